"""The boxes in the text of cells: « ▢ SISR », « |x| SISR », « X SISR » where the cell beside it is « ▢ SLAM ». Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._cells import resolve
from formfill.readers._marks import STRUCK
from formfill.readers._sheetglyphs import (
    BESIDE,
    BRACKETS,
    FILLED,
    LEADING,
    STANDING,
    TRAILING,
    bracket_evidence,
    lone,
    printed,
    sign_evidence,
    suspect,
)
from formfill.readers._sheetmodel import SheetCell, Tick
from formfill.readers._sheetstruck import struck
from formfill.readers._signs import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.readers._marks import Piece

LONGEST: Final = 60
"""Longest label that a typed cross stands before, in characters."""
_LEADS: Final = re.compile(rf"\s*[{''.join(sorted(BOX_GLYPHS))}]").match
"""Tells whether a text begins with a box."""


def show_symbols(cell: SheetCell) -> None:
    """Puts what symbol fonts print in the place of their letters."""
    cell.text = printed(cell.text, cell.runs, cell.look.font)


def find_boxes(cell: SheetCell) -> None:
    """Finds the boxes of a cell that are boxes wherever they stand, with words around them."""
    if suspect(cell.text) is None or lone(cell.text) is not None:
        return
    marked = struck(cell)
    lines: list[tuple[str, Sequence[bool]]] = []
    at = 0
    for line in cell.text.split("\n"):
        lines.append((line, marked[at : at + len(line)]))
        at += len(line) + 1
    settled = [resolve(_pieces(*line)) for line in lines]
    if not any(boxes for _text, boxes in settled):
        return
    if _LEADS(settled[0][0]) or _LEADS(settled[-1][0]) or LEADING.search(settled[0][0]):
        settled = [resolve(_pieces(*line, signs=True)) for line in lines]
    cell.text = "\n".join(text for text, _boxes in settled)
    cell.ticks = [Tick(list(box), printed=_printed(box)) for _text, boxes in settled for box in boxes]
    after = TRAILING.search(cell.text) if len(cell.ticks) == 1 and cell.ticks[0].printed else None
    if after is not None and after["sign"] in LETTERS:
        cell.ticks[0].evidence.append(Evidence("typed", Says.TICKED, f"{after['sign']} after the label"))


def _printed(evidence: Sequence[Evidence]) -> bool:
    return all(item.says is Says.BLANK for item in evidence)


def _pieces(line: str, marked: Sequence[bool], *, signs: bool = False) -> list[Piece]:
    """A line as text and boxes: those made of brackets, those with an X beside them; box glyphs stay in the text.

    Args:
        line: its text.
        marked: whether each of its characters is struck through, if any is: a box that is struck is in doubt.
        signs: whether a cross or a blackened square in the place of a box is one: the text has boxes before their labels.
    """
    out: list[Piece] = []
    done = 0
    for match in sorted([*BRACKETS.finditer(line), *BESIDE.finditer(line)], key=lambda match: match.start()):
        if match.start() < done:
            continue
        if match.re is BRACKETS:
            if match["round"] is not None and line[: match.start()].strip() and line[match.end() :].strip():
                # in the middle of a sentence (x) is a letter
                continue
            box: tuple[Evidence, ...] = (bracket_evidence(match),)
        else:
            glyph, letter = match["box"] or match["box2"], match["before"] or match["after"]
            box = (sign_evidence(glyph, Says.BLANK), Evidence("typed", Says.TICKED, f"{letter} beside the box"))
        out += _text(line, done, match.start(), marked, signs=signs)
        out.append((*box, STRUCK) if any(marked[match.start() : match.end()]) else box)
        done = match.end()
    return [piece for piece in [*out, *_text(line, done, len(line), marked, signs=signs)] if piece]


def _text(line: str, start: int, end: int, marked: Sequence[bool], *, signs: bool) -> list[Piece]:
    """A stretch of a line as text, the signs in it that are boxes as such, and the box glyphs that are struck."""
    out: list[Piece] = []
    boxes = {start + match.start("sign") for match in STANDING.finditer(line[start:end])} if signs else set()
    if marked:
        boxes.update(at for at in range(start, end) if marked[at] and line[at] in BOX_GLYPHS)
    done = start
    for at in sorted(boxes):
        seen = sign_evidence(line[at])
        out += [line[done:at], (seen, STRUCK) if marked and marked[at] else (seen,)]
        done = at + 1
    return [part for part in [*out, line[done:end]] if part]


def typed_in_place(cells: Iterable[SheetCell], beside: Iterable[SheetCell]) -> None:
    """Finds the crosses typed in the place of a box.

    Args:
        cells: the cells of one row, in order.
        beside: the cells above and below them.

    A sign before a short text is a box when a cell beside it has its box there, or when it answers a question: « Option : ».
    """
    row = [cell for cell in cells if cell.text]
    around = [*row, *beside]
    first = any(cell.ticks and _LEADS(cell.text) for cell in around)
    last = any(cell.ticks and _trails(cell) for cell in around)
    asked = False
    for cell in row:
        text = cell.text
        if text.rstrip().endswith(":"):
            asked = True
        elif not cell.ticks and len(text) <= LONGEST and "\n" not in text.strip("\n"):
            match = LEADING.search(text) if first or asked else None
            match = match or (TRAILING.search(text) if last else None)
            if match is not None and (first or last or match["sign"] not in FILLED):
                at = match.start("sign")
                cell.text = text[:at] + "☒" + text[at + 1 :]
                cell.ticks = [Tick([sign_evidence(match["sign"]), *([STRUCK] if any(struck(cell)[at : at + 1]) else [])])]


def _trails(cell: SheetCell) -> bool:
    return cell.text.rstrip()[-1:] in BOX_GLYPHS if cell.text.strip() else False
