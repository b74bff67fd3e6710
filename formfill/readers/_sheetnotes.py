"""Around the cells of a sheet: notes and threads (ECMA-376 Part 1 §18.7; [MS-XLSX] §2.6.205), page headers and footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Annotation, AnnotationKind, TextBlock
from formfill.model.geometry import Place
from formfill.readers._sheetml import S, flag, local, rich_text, whole

if TYPE_CHECKING:
    from formfill.readers._sheetml import Book, Element, Relation


_CODE: Final = re.compile(r'&(?:"[^"]*"|[0-9]+|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|(?P<part>[LCR])|(?P<and>&)|[A-Za-z+])')
"""A code in a header (§18.3.1.39): its part of the line, a font, a size, a page number, a date."""


def headers(root: Element, sheet: str) -> list[TextBlock]:
    """The headers and footers that a person typed, one paragraph each; page numbers and dates are no part of them."""
    found = []
    for item in root.iterfind(f"{S}headerFooter/*"):
        shown = _CODE.sub(lambda code: "\t" if code["part"] else "&" if code["and"] else "", item.text or "")
        if shown.strip():
            text = " ".join(part.strip() for part in shown.split("\t") if part.strip())
            found.append(TextBlock(text, Place(path=f"{sheet}/{local(item)}")))
    return found


def notes(book: Book, relations: dict[str, Relation], sheet: str, before: int = 0) -> list[Annotation]:
    """The notes of a sheet, threads first read as such: who answers what, and which are settled ([MS-XLSX] §2.6.204).

    Args:
        book: the workbook.
        relations: those of the sheet.
        sheet: its name as references write it.
        before: how many annotations of the document come before them.
    """
    found: list[Annotation] = []
    threaded: set[str] = set()
    for relation in relations.values():
        if relation.kind == "threadedComment":
            people = _people(book)
            numbers: dict[str, int] = {}
            for item in book.parse(relation.part):
                if local(item) == "threadedComment":
                    text = "".join(child.text or "" for child in item if local(child) == "text")
                    at = item.get("ref") or ""
                    threaded.add(at)
                    note = _note(text, people.get((item.get("personId") or "").upper()), sheet, at)
                    answers = numbers.get(item.get("parentId") or "")
                    numbers.setdefault(item.get("id") or "", before + len(found))
                    found.append(note._replace(answers=answers, resolved=flag(item, "done")))
    for relation in relations.values():
        if relation.kind == "comments":
            root = book.parse(relation.part)
            authors = [author.text or "" for author in root.iterfind(f"{S}authors/{S}author")]
            for item in root.iterfind(f"{S}commentList/{S}comment"):
                at, body = item.get("ref") or "", item.find(S + "text")
                index = whole(item.get("authorId"), -1)
                author = authors[index] if 0 <= index < len(authors) else ""
                # for older programs Excel writes beside a thread a note that says so, by an author that is no one
                if not (at in threaded and author.startswith("tc=")):
                    found.append(_note(rich_text(body).text if body is not None else "", author or None, sheet, at))
    return found


def _note(text: str, author: str | None, sheet: str, at: str) -> Annotation:
    return Annotation(AnnotationKind.WORD_COMMENT, text, author, Place(path=f"{sheet}!{at}"))


def _people(book: Book) -> dict[str, str]:
    """The names of those who comment, by id."""
    return {
        (person.get("id") or "").upper(): person.get("displayName") or ""
        for part in book.parts("xl/persons/")
        for person in book.parse(part)
        if local(person) == "person"
    }
