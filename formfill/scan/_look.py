"""One page looked at: which blank it is of, where its lines stand, and what the ink of its boxes says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np

from formfill.model.document import MarkState
from formfill.model.geometry import Box
from formfill.scan import _align, _blanks, _frames, _ink, _light, _register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.scan._align import Aligned
    from formfill.scan._blanks import Blank
    from formfill.scan._frames import Dark, Frame
    from formfill.scan._ink import Ink, Reading, Surroundings
    from formfill.scan._pages import Grey, PagePicture
    from formfill.scan._register import Found

KNOWN: Final = 0.5
"""Share of the printed text that must be found for a page to be one of a form."""
WORKING: Final = 160.0
"""Resolution at which pages are looked at; finer ones are kept for the text alone."""
BARE: Final = 0.004
"""Share of a page that is neither black nor white, under which it was scanned in black and white."""
APART: Final = 0.04
"""Likeness by which one edition must be nearer than another."""


class BoxSeen(NamedTuple):
    """One tick box of the blank on the page."""

    box: Box
    """Where its frame stands on the straightened page, in points."""
    ink: Ink | None
    """None when the page does not show it."""
    reading: Reading


class Looked(NamedTuple):
    """A page that was told."""

    blank: Blank
    found: Found
    flat: Grey
    """The page as the blank lies, evenly lit, at the resolution of the blanks."""
    lines: Aligned
    boxes: tuple[tuple[BoxSeen, ...], ...]
    """For each line of the blank, its boxes."""
    score: float
    """Share of the printed text that was found, 0 to 1."""
    bare: bool
    """Whether it was scanned in black and white."""
    dark: Dark
    """How dark each point of ``flat`` is, see :func:`darkness`."""
    ambiguous: tuple[str, ...] = ()
    """Editions that the page may be of as well."""


def looked(page: PagePicture) -> Looked | None:
    """What a page is and what its boxes say; None when it is a page of no known form."""
    grey, dpi = working(page)
    found = _register.candidates(grey, dpi)
    best: tuple[float, Found, Grey, Aligned] | None = None
    for candidate in found:
        flat = _register.straightened(grey, dpi, candidate)
        lines = _align.aligned(flat, candidate.blank)
        if best is None or lines.seen > best[0]:
            best = (lines.seen, candidate, flat, lines)
        if lines.seen > 0.8:
            break
    if best is None or best[0] < KNOWN:
        return None
    _seen, candidate, flat, lines = best
    blank, other = _edition(flat, candidate.blank)
    if blank is not candidate.blank:
        candidate = candidate._replace(blank=blank)
        flat = _register.straightened(grey, dpi, candidate)
        lines = _align.aligned(flat, blank)
    bare, dark = _bare(page.grey), darkness(flat, blank)
    return Looked(blank, candidate, flat, lines, _boxes(dark, blank, lines, bare=bare), lines.seen, bare, dark, other)


def working(page: PagePicture) -> tuple[Grey, float]:
    """The page evenly lit, no finer than it is looked at, and its resolution."""
    grey, dpi = page.grey, page.dpi
    # a photograph shows more than its page: its resolution is told by its long side alone
    if dpi > WORKING * 1.1:
        scale = WORKING / dpi
        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        dpi = WORKING
    return _light.even(grey, dpi), dpi


def _bare(grey: Grey) -> bool:
    """Whether a page has black and white and next to nothing between."""
    part = grey[:: max(1, grey.shape[0] // 400), :: max(1, grey.shape[1] // 400)]
    return float(((part > 30) & (part < 225)).mean()) < BARE


def _edition(flat: Grey, blank: Blank) -> tuple[Blank, tuple[str, ...]]:
    """The page of its family that this is, by the lines that they do not share; and those that cannot be told from it."""
    kin = _register.family(blank)
    if len(kin) < 2:
        return blank, ()
    common = set.intersection(*({line.text for line in one.lines} for one in kin))
    scores: dict[str, dict[str, tuple[float, float]]] = {}
    for one in kin:
        looking = _align.Looking(flat, one)
        own = [line for line in one.lines if line.text not in common and line.box.width > _align.NARROW]
        scores[one.name] = {line.text: (looking.likeness(line.box), line.box.width) for line in own}

    def worth(one: Blank, other: Blank) -> float | None:
        """How much that is alike which the other does not print."""
        apart = [score for text, score in scores[one.name].items() if text not in scores[other.name]]
        total = sum(width for _likeness, width in apart)
        return sum(likeness * width for likeness, width in apart) / total if total else None

    def against(one: Blank, other: Blank) -> float:
        mine, theirs = worth(one, other), worth(other, one)
        return 0.0 if mine is None and theirs is None else (mine or 0.0) - (theirs or 0.0)

    best = max(kin, key=lambda one: sum(against(one, other) > 0 for other in kin if other is not one))
    return best, tuple(other.name for other in kin if other is not best and against(best, other) < APART)


def darkness(flat: Grey, blank: Blank | None = None) -> Dark:
    """How dark each point is, 0 for paper and 1 for print as dark as this page has it."""
    dark = 255.0 - flat.astype(np.float32)
    level = 160.0
    if blank is not None:
        print_there = cv2.erode(blank.picture, np.ones((3, 3), np.uint8)) < 110
        if int(print_there.sum()) > 200:
            level = float(np.percentile(dark[print_there], 80))
    level = min(max(level, 70.0), 200.0)
    # paper is never quite even: what is nearly white is white
    return np.asarray(np.clip((dark - 0.1 * level) / (0.8 * level), 0.0, 1.0), np.float32)


def _boxes(dark: Dark, blank: Blank, lines: Aligned, *, bare: bool) -> tuple[tuple[BoxSeen, ...], ...]:
    expected: list[tuple[int, Box, tuple[float, float]]] = []
    for rank, (line, shift) in enumerate(zip(blank.lines, lines.shifts, strict=True)):
        for spot in line.spots:
            x, y = spot.centre
            dx, dy = (shift.dx, shift.dy) if shift.likeness >= _align.SEEN else _align.shift_at(x, y, blank, lines)
            expected.append((rank, spot, (x + dx, y + dy)))
    seen: list[list[BoxSeen]] = [[] for _line in blank.lines]
    if not expected:
        return tuple(map(tuple, seen))
    side = _frames.common_side(dark, [centre for _rank, _spot, centre in expected], [spot.width for _rank, spot, _c in expected])
    printed = _ink.thick(np.asarray((255.0 - blank.picture.astype(np.float32)) / 255.0, np.float32))
    sides = range(side - 1, side + 2)
    frames = [_frames.frame_at(dark, centre, sides, side) for _rank, _spot, centre in expected]
    clear = tuple([frame for frame in frames if frame is not None and frame.score >= _frames.FRAMED])
    page = _ink.Surroundings(dark, printed, clear, _ink.spread(dark, clear), bare)
    for (rank, spot, centre), frame in zip(expected, frames, strict=True):
        seen[rank].append(_box(page, spot, centre, side, frame))
    if bare and _ink.fades([box for line in seen for box in line]):
        lost = _ink.Reading(MarkState.UNCERTAIN, "lost")
        seen = [[box._replace(reading=lost) if box.reading.state is MarkState.BLANK else box for box in line] for line in seen]
    return tuple(map(tuple, seen))


def _box(page: Surroundings, spot: Box, centre: tuple[float, float], side: int, frame: Frame | None) -> BoxSeen:
    scale = _frames.SCALE
    if frame is None:
        half = side / 2 / scale
        box = Box(centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half)
        return BoxSeen(box, None, _ink.Reading(MarkState.UNCERTAIN, "unseen"))
    moved = (round(frame.x - spot.centre[0] * scale + frame.side / 2), round(frame.y - spot.centre[1] * scale + frame.side / 2))
    ink = _ink.measured(page, moved, frame)
    box = Box(frame.x / scale, frame.y / scale, (frame.x + frame.side) / scale, (frame.y + frame.side) / scale)
    return BoxSeen(box, ink, _ink.decided(ink))


def differing(page: Looked) -> set[int]:
    """The lines of a page that not all the editions print that it may be of: nothing says which stands there."""
    if not page.ambiguous:
        return set()
    others = [{line.text for line in _blanks.blank(name).lines} for name in page.ambiguous]
    return {rank for rank, line in enumerate(page.blank.lines) if not all(line.text in texts for texts in others)}


def agreed(pictures: Sequence[PagePicture], pages: Sequence[Looked | None]) -> list[Looked | None]:
    """The pages of one file, those that may be of several editions told by the nearest that is of one."""
    sure = [
        (rank, page.blank.form, page.blank.edition) for rank, page in enumerate(pages) if page is not None and not page.ambiguous
    ]
    result: list[Looked | None] = []
    for rank, page in enumerate(pages):
        if page is None or not page.ambiguous:
            result.append(page)
            continue
        names = (page.blank.name, *page.ambiguous)
        kin = [_blanks.blank(name) for name in names]
        told = None
        for _far, form, edition in sorted((abs(at - rank), form, edition) for at, form, edition in sure):
            told = next((one for one in kin if (one.form, one.edition) == (form, edition)), None)
            if told is not None:
                break
        result.append(page if told is None else _as(pictures[rank], page, told))
    return result


def _as(picture: PagePicture, page: Looked, blank: Blank) -> Looked:
    """A page read as one of another blank of its family."""
    if blank is page.blank:
        return page._replace(ambiguous=())
    grey, dpi = working(picture)
    found = page.found._replace(blank=blank)
    flat = _register.straightened(grey, dpi, found)
    lines = _align.aligned(flat, blank)
    dark = darkness(flat, blank)
    return Looked(blank, found, flat, lines, _boxes(dark, blank, lines, bare=page.bare), lines.seen, page.bare, dark)
