"""How well scans are read, from a clean one to a bad fax: a table for the README, a picture, and the calibration of the ink.

python -m tools.scan_report            the figures, on the half of the hands that nothing was fitted on
python -m tools.scan_report --fit      the thresholds that the other half asks for
python -m tools.scan_report --into README.md --plot docs/images/scans.png
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from formfill.model.document import MarkState
from formfill.scan import _blanks, _ink, _look, _pages
from tools.scans.hands import TICKS, TRICKS, Style
from tools.scans.pages import DPI, Stock
from tools.scans.plot import plot
from tools.scans.worn import MODERATE, SEVERITIES, worn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.scan._ink import Ink, Thresholds

ROUNDS: Final = 8
"""Times that each page is filled in for the moderate set."""
OTHERS: Final = 2
"""The same for the other severities."""
BEGIN: Final = "<!-- scan-report -->"
END: Final = "<!-- /scan-report -->"


class Row(NamedTuple):
    """One box."""

    style: Style
    ink: Ink | None
    state: MarkState
    why: str


class Set(NamedTuple):
    """What was read at one severity."""

    name: str
    pages: int
    known: int
    """Pages told as what they are: the form and its page."""
    wrong: int
    """Pages told as another form."""
    rows: tuple[Row, ...]

    @property
    def errors(self) -> int:
        """Boxes read the other way."""
        return sum(wrong(row.style, row.state) for row in self.rows)

    @property
    def uncertain(self) -> int:
        """Boxes left to a person."""
        return sum(row.state is MarkState.UNCERTAIN for row in self.rows)


def wrong(style: Style, state: MarkState) -> bool:
    """Whether a careful person reads a box the other way."""
    if style is Style.NONE:
        return state is MarkState.TICKED
    if style in TICKS or style is Style.SLASH:
        return state is MarkState.BLANK
    return state is MarkState.TICKED


def measured(stock: Stock, severity: int, rounds: int, half: int, *, tricks: bool = False) -> Set:
    """Reads every page with boxes some times over, each time by another hand.

    Args:
        stock: the printed pages.
        severity: rank in :data:`SEVERITIES`.
        rounds: how many times.
        half: 0 for the hands that the thresholds were fitted on, 1 for the others.
        tricks: whether what is no clear tick is among the ticks.
    """
    name, wear = SEVERITIES[severity]
    pages = known = other = 0
    rows: list[Row] = []
    for turn in range(rounds):
        rng = np.random.default_rng([2 * turn + half, severity, int(tricks)])
        for filled in stock.all(rng, tricks=tricks):
            grey = worn(filled.dark, DPI, wear, rng)
            if rng.random() < 0.25:
                grey = np.ascontiguousarray(np.rot90(grey, int(rng.integers(1, 4))))
            looked = _look.looked(_pages.page(1, grey, wear.dpi))
            pages += 1
            if looked is None:
                continue
            blank = _blanks.blank(filled.name)
            if (looked.blank.form, looked.blank.page) != (blank.form, blank.page):
                other += not looked.ambiguous
                continue
            known += 1
            boxes = [box for line in looked.boxes for box in line]
            rows += [
                Row(style, box.ink, box.reading.state, box.reading.why) for style, box in zip(filled.styles, boxes, strict=True)
            ]
    return Set(name, pages, known, other, tuple(rows))


def fitted(rows: Sequence[Row]) -> Thresholds:
    """The thresholds in the middle of the gap between blank boxes and ticked ones, and those of shapes."""
    inked = [(row.style, row.ink) for row in rows if row.ink is not None]
    sharp = [(style, ink) for style, ink in inked if ink.blur < 0.03]
    blank = sorted(ink.inside for style, ink in sharp if style is Style.NONE)
    ticked = sorted(ink.inside for style, ink in sharp if style in TICKS and style is not Style.CIRCLE)
    low, high = float(np.quantile(blank, 0.999)), float(np.quantile(ticked, 0.001))
    gap = max(high - low, 0.0)
    strokes = float(np.quantile([ink.strokes for style, ink in sharp if style is Style.NONE], 0.998))
    bent = float(np.quantile([ink.single for style, ink in sharp if style in (Style.CHECK, Style.CROSS)], 0.99))
    print(f"blank boxes up to {low:.3f} (sure ink {strokes:.3f}), ticked ones from {high:.3f}; bent strokes up to {bent:.2f}")
    return _ink.Thresholds(blank=low + 0.15 * gap, ticked=low + 0.8 * gap, blank_strokes=max(strokes, 0.012), single=bent)


def table(sets: Sequence[Set], traps: Set) -> str:
    """The figures in Markdown."""
    lines = [
        "| Scan | Pages | Form told | Boxes | Read the other way | Left to a person |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for item in sets:
        boxes = len(item.rows) or 1
        lines.append(
            f"| {item.name} | {item.pages} | {100 * item.known / item.pages:.1f} % | {len(item.rows):,} | {item.errors} "
            f"| {100 * item.uncertain / boxes:.2f} % |"
        )
    lines += ["", "What is no clear tick, among the ticks of the moderate set:", ""]
    lines += ["| Drawn | Boxes | Uncertain | Blank | Ticked |", "| --- | ---: | ---: | ---: | ---: |"]
    counts = Counter((row.style, row.state) for row in traps.rows)
    for style in TRICKS:
        states = [counts[style, state] for state in (MarkState.UNCERTAIN, MarkState.BLANK, MarkState.TICKED)]
        lines.append(f"| {style.value} | {sum(states)} | {states[0]} | {states[1]} | {states[2]} |")
    return "\n".join(lines)


def main() -> None:
    """Measures, prints, and writes what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--others", type=int, default=OTHERS)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    stock = Stock()
    if given.fit:
        rows = [row for severity in (0, MODERATE, 2) for row in measured(stock, severity, given.others, 0).rows]
        print(fitted(rows))
        return
    sets = [
        measured(stock, severity, given.rounds if severity == MODERATE else given.others, 1)
        for severity in range(len(SEVERITIES))
        if severity == MODERATE or given.others
    ]
    traps = measured(stock, MODERATE, max(1, given.others), 1, tricks=True)
    text = table(sets, traps)
    print(text)
    for item in (*sets, traps):
        for (style, state, why), count in sorted(_wrong(item)):
            print(f"  {item.name}: {count} × {style} read {state} ({why})")
    if given.into:
        page = given.into.read_text("utf-8")
        block = f"{BEGIN}\n{text}\n{END}"
        given.into.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _match: block, page, flags=re.DOTALL), "utf-8")
    if given.plot:
        plot([(item.name, item.known / item.pages, item.errors, item.uncertain, len(item.rows)) for item in sets], given.plot)


def _wrong(item: Set) -> Iterator[tuple[tuple[str, str, str], int]]:
    counts = Counter((row.style.value, row.state.value, row.why) for row in item.rows if wrong(row.style, row.state))
    yield from counts.items()


if __name__ == "__main__":
    main()
