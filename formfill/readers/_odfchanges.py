"""Pending tracked changes of OpenDocument (1.3 Part 3 §5.5, §9.9): reported, while the body shows their final state.

Nobody has accepted them yet; of a change of formatting only what strikes, highlights or prints in a symbol font is news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Annotation, AnnotationKind
from formfill.model.geometry import Place
from formfill.readers._odfml import ANNOTATION, DC, PARAGRAPHS, TABLE, TEXT, XML_ID, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._odfml import Element

_TRACKED, _ID, _CHANGE = TEXT + "tracked-changes", TEXT + "id", TEXT + "change-id"
_INSERTION, _DELETION, _START, _END = (TEXT + name for name in ("insertion", "deletion", "change-start", "change-end"))
_FORMAT: Final = TEXT + "format-change"
_CELL_CHANGE: Final = TABLE + "cell-content-change"


def changes_of_text(body: Element) -> Iterator[Annotation]:
    """The insertions and the deletions of a text, in the order in which the file declares them."""
    tracked = next(body.iterchildren(_TRACKED), None)
    if tracked is None:
        return
    inserted = _inserted(body)
    for number, region in enumerate(tracked, 1):
        place = Place(path=f"change[{number}]")
        for change in region:
            author = change.findtext(f".//{DC}creator")
            if change.tag == _INSERTION:
                name = region.get(_ID) or region.get(XML_ID) or ""
                yield Annotation(AnnotationKind.INSERTION, inserted.get(name, ""), author, place)
            elif change.tag == _DELETION:
                texts = [text for part in change if (text := plain_text(part)) and not part.tag.endswith("}change-info")]
                yield Annotation(AnnotationKind.DELETION, "\n".join(texts), author, place)


def formats_of_text(body: Element) -> set[str]:
    """The names of the changes of format (§5.5.8): what stood there before is not kept."""
    tracked = next(body.iterchildren(_TRACKED), None)
    if tracked is None:
        return set()
    changed = [region for region in tracked if any(change.tag == _FORMAT for change in region)]
    return {region.get(_ID) or region.get(XML_ID) or "" for region in changed}


def _inserted(body: Element) -> dict[str, str]:
    """The text between the start and the end of each change."""
    found: dict[str, list[str]] = {}
    open_changes: dict[str, list[str]] = {}

    def take(text: str | None) -> None:
        if text and open_changes:
            for parts in open_changes.values():
                parts.append(text)

    def walk(parent: Element) -> None:
        for child in parent:
            tag, name = child.tag, child.get(_CHANGE, "")
            if tag == _START:
                open_changes[name] = found.setdefault(name, [])
            elif tag == _END:
                open_changes.pop(name, None)
            elif tag not in (_TRACKED, ANNOTATION):
                if tag in PARAGRAPHS or tag == TEXT + "line-break":
                    take("\n")
                elif tag in (TEXT + "s", TEXT + "tab"):
                    take(" ")
                take(child.text)
                walk(child)
            take(child.tail)

    walk(body)
    return {
        name: "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip("\n") for name, parts in found.items()
    }


def changes_of_sheets(body: Element) -> Iterator[Annotation]:
    """The cells whose content was changed: what stood there before (§9.9.3)."""
    for tracked in body.iterchildren(TABLE + "tracked-changes"):
        for number, change in enumerate(tracked, 1):
            if change.get(TABLE + "acceptance-state", "pending") != "pending":
                continue
            author = change.findtext(f".//{DC}creator")
            place = Place(path=f"change[{number}]")
            if change.tag == _CELL_CHANGE:
                before = "\n".join(plain_text(p) for cell in change.iter(TABLE + "change-track-table-cell") for p in cell)
                yield Annotation(AnnotationKind.DELETION, before, author, place)
            elif change.tag in (TABLE + "insertion", TABLE + "deletion"):
                kind = AnnotationKind.INSERTION if change.tag == TABLE + "insertion" else AnnotationKind.DELETION
                before = "\n".join(plain_text(p) for cell in change.iter(TABLE + "change-track-table-cell") for p in cell)
                yield Annotation(kind, before, author, place)
