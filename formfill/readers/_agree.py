"""Two readings of one PDF, compared box by box. Pure: it opens nothing and knows no engine.

Where they differ the box is uncertain, with both views as evidence, and a finding says so: nobody knows which is right. A box that
one of them alone saw is such a difference. What the second engine does not look at is said too, never taken for agreement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.language import gettext as _
from formfill.language import ngettext
from formfill.model.document import Evidence, Mark, MarkState, Says
from formfill.model.glyphs import BOX_GLYPHS, SHOWN, without_boxes
from formfill.model.report import Finding, Severity
from formfill.readers._marks import weigh
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from formfill.model.document import Cell, Document, TextBlock
    from formfill.model.geometry import Place

NEAR: Final = 6.0
"""Two boxes whose centres are nearer than this, in points, are the same: engines disagree on the height of a glyph."""
FIRST: Final = "first-reading"
"""Kind of evidence: what PDFium's reading says of a box that it did not see."""
SECOND: Final = "second-reading"
"""Kind of evidence: what the second engine says of a box."""
_KINDS: Final = {"widget": "field", "drawn-box": "drawn"}
_SAYS: Final = {MarkState.TICKED: Says.TICKED, MarkState.BLANK: Says.BLANK, MarkState.UNCERTAIN: Says.UNCLEAR}


class Seen(NamedTuple):
    """A box as the second engine sees it."""

    label: str
    """Text of the line that it stands in."""
    state: str
    """A :class:`~formfill.model.document.MarkState`."""
    place: Place
    kind: str = "glyph"
    """``glyph``, ``field`` or ``drawn``."""
    sure: bool = True
    """False when the engine sees that something is in the box and does not settle what it is."""
    alone: bool = True
    """False for a drawn square that may as well be a cell, a comb, or a frame around words."""


def compared(document: Document, seen: Sequence[Seen], looks_at: Callable[[Evidence], bool]) -> Document:
    """The document with every box on which both readings differ made uncertain, and one finding for each.

    Args:
        document: the first reading.
        seen: the boxes of the second reading.
        looks_at: whether the second reading looks at a piece of evidence.
    """
    left = list(seen)
    marks: list[Mark] = []
    findings: list[Finding] = []
    unread = 0
    for mark in document.marks:
        kind = next((_KINDS[item.kind] for item in mark.evidence if item.kind in _KINDS), "glyph")
        twin = _nearest(mark.place, [item for item in left if item.kind == kind]) or _nearest(mark.place, left)
        if twin is not None:
            left.remove(twin)
        common = [item for item in mark.evidence if looks_at(item)]
        if twin is None and len(common) < len(mark.evidence):
            unread += 1
        elif twin is None:
            findings.append(_differs(_named(mark.state), _("aucune case"), mark))
            mark = _doubted(mark, Evidence(SECOND, Says.UNCLEAR, _("aucune case")))
        elif _disagrees(mark, twin, common):
            findings.append(_differs(_named(mark.state), _named(twin.state), mark))
            mark = _doubted(mark, Evidence(SECOND, _SAYS[MarkState(twin.state)], _named(twin.state)))
        marks.append(mark)
    document = document._replace(marks=tuple(marks))
    for extra in left:
        if extra.alone and _nearest(extra.place, [Seen("", mark.state, mark.place) for mark in document.marks]) is None:
            document, mark = _added(document, extra)
            findings.append(_differs(_("aucune case"), _named(extra.state), mark))
    if unread:
        findings.append(_unread(unread))
    return document._replace(findings=(*document.findings, *findings)) if findings else document


def _disagrees(mark: Mark, twin: Seen, common: Sequence[Evidence]) -> bool:
    """Tells whether two views of one box contradict each other."""
    state = MarkState(twin.state)
    if twin.kind == "glyph" or not any(item.kind in ("widget", "drawn-box") for item in mark.evidence):
        return state not in (mark.state, weigh(common) if common else mark.state)
    if mark.state is MarkState.UNCERTAIN:
        # a person looks at it already
        return False
    return state is not mark.state and (twin.sure or mark.state is MarkState.BLANK)


def failed(document: Document, reason: str) -> Document:
    """The document, with the finding that the second engine could not read it."""
    message = _("La seconde lecture a échoué ({reason}) : aucune case n’a été relue. Regardez le document.").format(reason=reason)
    return document._replace(findings=(*document.findings, Finding("double-read-failed", Severity.ERROR, message)))


def _doubted(mark: Mark, says: Evidence) -> Mark:
    return mark._replace(state=MarkState.UNCERTAIN, evidence=(*mark.evidence, says))


def _nearest(place: Place, boxes: Sequence[Seen]) -> Seen | None:
    """The box that stands where the place is; None when none does."""
    best, least = None, NEAR
    for item in boxes:
        other = item.place
        if other.page != place.page or other.box is None or place.box is None:
            continue
        (xa, ya), (xb, yb) = place.box.centre, other.box.centre
        far = max(abs(xa - xb), abs(ya - yb))
        if far <= least:
            best, least = item, far
    return best


def _added(document: Document, extra: Seen) -> tuple[Document, Mark]:
    """The document with an uncertain box where the second reading alone saw one: in its cell, else in its paragraph."""
    evidence = (
        Evidence(FIRST, Says.UNCLEAR, _("aucune case")),
        Evidence(SECOND, _SAYS[MarkState(extra.state)], _named(extra.state)),
    )
    mark = Mark(f"m{len(document.marks) + 1}", MarkState.UNCERTAIN, extra.label, extra.place, evidence)
    document = document._replace(marks=(*document.marks, mark))
    places = {item.id: item.place for item in document.marks}
    for number, grid in enumerate(document.grids):
        for rank, row in enumerate(grid.rows):
            for at, cell in enumerate(row):
                if _holds(cell.place, extra.place):
                    text, ids = _inserted(cell, mark, places)
                    cells = (*row[:at], cell._replace(text=text, marks=ids), *row[at + 1 :])
                    rows = (*grid.rows[:rank], cells, *grid.rows[rank + 1 :])
                    grids = (*document.grids[:number], grid._replace(rows=rows), *document.grids[number + 1 :])
                    return document._replace(grids=grids), mark
    for at, block in enumerate(document.text):
        if _holds(block.place, extra.place):
            text, ids = _inserted(block, mark, places)
            blocks = (*document.text[:at], block._replace(text=text, marks=ids), *document.text[at + 1 :])
            return document._replace(text=blocks), mark
    return document, mark


def _holds(place: Place, other: Place) -> bool:
    return place.page == other.page and place.box is not None and other.box is not None and place.box.contains(*other.box.centre)


def _inserted(holder: Cell | TextBlock, mark: Mark, places: dict[str, Place]) -> tuple[str, tuple[str, ...]]:
    """The text and the marks of a cell or a paragraph with one more box, which stands in the text by its place or its line."""
    at = sum(1 for other in holder.marks if _before(places[other], mark.place))
    ids = (*holder.marks[:at], mark.id, *holder.marks[at:])
    glyphs = [index for index, char in enumerate(holder.text) if char in BOX_GLYPHS]
    if at < len(glyphs):
        where = glyphs[at]
    elif glyphs:
        where = glyphs[-1] + 1
    else:
        where = _line_of(holder.text, mark.label)
    return f"{holder.text[:where]}{SHOWN[MarkState.UNCERTAIN]}{' ' if holder.text[where:] else ''}{holder.text[where:]}", ids


def _before(a: Place, b: Place) -> bool:
    if a.box is None or b.box is None:
        return a.page is not None and b.page is not None and a.page < b.page
    return (a.page or 0, round(a.box.top / NEAR), a.box.x0) < (b.page or 0, round(b.box.top / NEAR), b.box.x0)


def _line_of(text: str, label: str) -> int:
    """Where the first line begins that is part of a label; 0 when none is."""
    start = 0
    for line in text.split("\n"):
        bare = squeeze(without_boxes(line))
        if bare and bare in squeeze(label):
            return start
        start += len(line) + 1
    return 0


def _named(state: str) -> str:
    names = {
        MarkState.TICKED: _("une case cochée"),
        MarkState.BLANK: _("une case vide"),
        MarkState.UNCERTAIN: _("une case incertaine"),
    }
    return names[MarkState(state)]


def _differs(first: str, second: str, mark: Mark) -> Finding:
    message = _("Les deux lectures diffèrent : la première voit {first}, la seconde {second}. Regardez le document.")
    return Finding("double-read-differs", Severity.ERROR, message.format(first=first, second=second), place=mark.place)


def _unread(count: int) -> Finding:
    message = ngettext(
        "{count} case n’a été lue qu’une fois : le second moteur ne lit pas ce qui la montre (contour, remplissage).",
        "{count} cases n’ont été lues qu’une fois : le second moteur ne lit pas ce qui les montre (contour, remplissage).",
        count,
    )
    return Finding("double-read-partial", Severity.INFO, message.format(count=count))
