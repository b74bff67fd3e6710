"""What stands outside the form's grid: what the form itself prints there is left, the rest is kept as comments."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from formfill.model.completed import Comment
from formfill.model.document import AnnotationKind
from formfill.notes import HEADING, parse
from formfill.text import normalise, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.document import Cell, Document
    from formfill.model.form import Form

_KINDS: Final = {
    AnnotationKind.WORD_COMMENT: "word-comment",
    AnnotationKind.INSERTION: "insertion",
    AnnotationKind.DELETION: "deletion",
}


def outside_comments(document: Document, form: Form, used: frozenset[int], strangers: tuple[Cell, ...]) -> tuple[Comment, ...]:
    """The texts, tables and annotations that belong to no field, in reading order."""
    found: list[Comment] = []
    heading, listed, last = normalise(HEADING), False, ""
    for block in document.text:
        if normalise(block.text) == heading:
            # what follows was printed by formfill: each line says what it was
            listed = True
        elif squeeze(block.text) and not _printed(block.text, form):
            printed = parse(block.text) if listed else None
            if printed is None and last and block.place.page is not None:
                # on a page, a line that says nothing of the kind is the rest of the remark above
                last = f"{last} {block.text}"
                found[-1] = (parse(last) or found[-1])._replace(place=found[-1].place)
                continue
            last = "" if printed is None else block.text
            found.append((printed or Comment("text", None, block.text, None))._replace(place=block.place))
    for rank, grid in enumerate(document.grids):
        if rank not in used:
            found += [Comment("text", None, cell.text, None, cell.place) for row in grid.rows for cell in row if cell.text.strip()]
    found += [Comment("text", None, cell.text, None, cell.place) for cell in strangers]
    return (*found, *annotation_comments(document))


def annotation_comments(document: Document) -> Iterator[Comment]:
    """The margin comments, tracked changes and notes of a document, in reading order."""
    for annotation in document.annotations:
        kind = _KINDS.get(annotation.kind, "pdf-annotation")
        yield Comment(kind, None, annotation.text, annotation.author, annotation.place)


def _printed(text: str, form: Form) -> bool:
    key = normalise(text)
    return any(fnmatchcase(key, pattern) for pattern in form.printed)
