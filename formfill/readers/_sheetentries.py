"""Controls over a sheet that are no boxes: texts, lists, drop-downs (ECMA-376 Part 1 §18.3.1.19, [MS-OFORMS] §2.2.5).

What a person entered in them is text of the sheet where they lie; what is not found is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers._sheetactivex import CLASSES
from formfill.readers._sheetdrawings import anchor_rect
from formfill.readers._sheetml import R, S, area_of, local, whole
from formfill.readers._sheetmodel import SheetCell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._sheetml import Book, Element, Relation
    from formfill.readers._sheetmodel import Cells

_AX: Final = "{http://schemas.microsoft.com/office/2006/activeX}classid"
_LISTS: Final = frozenset(("Drop", "List"))
_LONGEST: Final = 10_000
"""Most entries of a list."""


class Entry(NamedTuple):
    """What a control holds."""

    cell: SheetCell
    """Its text, as a cell that is not the sheet's, where it lies; no text when nothing was entered."""
    unread: str
    """What it is, when what it holds is not read."""


def entries(book: Book, root: Element, relations: dict[str, Relation], cells: Cells) -> Iterator[Entry]:
    """The texts and the choices of the controls of a sheet, each once."""
    met = set()
    for element in root.iter(S + "control"):
        shape = element.get("shapeId") or ""
        relation = relations.get(element.get(R + "id") or "")
        if relation is None or shape in met:
            continue
        met.add(shape)
        found = _entered(book, relation, cells)
        if found is None or found == ("", ""):
            continue
        anchor = next((child for child in element.iter() if local(child) == "anchor"), None)
        rect = anchor_rect(anchor, cells.plan) if anchor is not None else None
        row, col = cells.plan.cell_at(rect.centre) if rect is not None else (0, 0)
        yield Entry(SheetCell(row, col, found[0]), found[1])


def _entered(book: Book, relation: Relation, cells: Cells) -> tuple[str, str] | None:
    """The text of a control, and what it is when that is not read; None for a box."""
    root = book.parse(relation.part)
    if local(root) == "formControlPr":
        kind = root.get("objectType") or ""
        chosen = whole(root.get("sel"), 0)
        if kind not in _LISTS or (not chosen and root.get("multiSel") is None):
            return None
        text = _nth(root.get("fmlaRange") or "", chosen, cells) if root.get("multiSel") is None else None
        return ("", kind) if text is None else (text, "")
    classid = (root.get(_AX) or "").strip("{}").upper()
    if not classid or classid[:8] in CLASSES:
        return None
    from formfill.readers._wordactivex import control_parts

    others = book.relations(relation.part).values()
    binary = next((book.package.read(other.part) for other in others if other.kind == "activeXControlBinary"), None)
    read = control_parts(root, binary)
    if read.evidence is not None:
        # a box of a web form: no sheet has one but by a copy of its page
        return "", read.name
    return read.text, "" if read.is_read else read.name


def _nth(reference: str, number: int, cells: Cells) -> str | None:
    """The text of an entry of a list, which stands in a range of this sheet; None when it does not."""
    area = area_of(reference.replace("$", "")) if "!" not in reference else None
    if area is None or not 0 < number <= _LONGEST:
        return None
    width = area[3] - area[1] + 1
    row, col = area[0] + (number - 1) // width, area[1] + (number - 1) % width
    cell = cells.at(row, col)
    return cell.text if cell is not None and row <= area[2] else None
