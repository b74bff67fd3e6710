"""Every line of a row against the official lines: exact, typographic variant, reworded, moved, duplicated, or nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.extract._index import MARGIN
from formfill.model.completed import LineMatch, MatchedLine
from formfill.model.glyphs import without_boxes
from formfill.text import denies, nearest, normalise, squeeze, strip_bullet, word_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.extract._index import GridIndex, RowIndex
    from formfill.model.geometry import Place

NEAR: Final = 80.0
"""Nearness, 0 to 100, from which a line is a rewording wherever it stands."""
NEAR_IN_PLACE: Final = 65.0
"""Nearness from which it is one when it stands just where the official line is missing."""
MAX_JOINED: Final = 8
"""Most lines joined to make one official line."""


@dataclass(slots=True)
class Line:
    """One line of a cell."""

    text: str
    """As written."""
    place: Place
    rank: int | None = None
    """Rank of the official line it is, among the lines of its row."""
    head: bool = True
    """False for the second and further pieces of a line that was cut."""
    match: LineMatch | None = None
    home: tuple[str, int] | None = None
    """For a moved line: the option of its row, its rank there."""

    @property
    def repeated(self) -> bool:
        """True when the same official line already stands above."""
        return self.match is LineMatch.DUPLICATED

    @property
    def spoken_for(self) -> bool:
        """True when it is somebody's label."""
        return self.rank is not None or self.home is not None


class RowLines:
    """The lines of one row, whichever cells and pages they stand in."""

    def __init__(self, row: RowIndex, grid: GridIndex) -> None:
        self.row = row
        self.grid = grid
        self.cells: list[list[Line]] = []
        self.ranges: list[int] = []
        """For each cell, which row of the document it stands in."""
        self.range = 0
        """How many rows of the document came before."""
        self.found: dict[int, Line] = {}
        self.kept: list[tuple[int, list[str], Place]] = []
        """What stands under the label of the comments: how many cells came before, its lines, its place."""
        self.doubled = False
        """True when the whole row stands twice: its lines are then no news."""

    def keep(self, texts: list[str], place: Place) -> None:
        """Takes the lines of a cell that is a comment whatever it says."""
        if any(text.strip() for text in texts):
            self.kept.append((len(self.cells), texts, place))

    def add(self, texts: Sequence[str], place: Place) -> None:
        """Takes the lines of one more cell."""
        cell = [Line(text, place) for text in texts]
        self.cells.append(cell)
        self.ranges.append(self.range)
        exact = self.row.exact
        for line in cell:
            rank = exact.get(line.text)
            if rank is not None:
                self._take(line, rank, LineMatch.EXACT)
            elif line.text.strip():
                self._typographic(line)

    def _take(self, line: Line, rank: int, match: LineMatch) -> None:
        line.rank, line.match = rank, match
        if rank in self.found:
            line.match = LineMatch.DUPLICATED
        else:
            self.found[rank] = line

    def _typographic(self, line: Line) -> None:
        bare = without_boxes(line.text)
        rank = self.row.normal.get(normalise(bare))
        if rank is not None:
            self._take(line, rank, _closeness(bare, self.row.lines[rank].text))

    def settle(self) -> None:
        """Settles what no line alone could: lines cut in pieces, moved lines, rewordings."""
        if len(self.found) == len(self.row.lines) and not any(self._open()):
            return
        for cell in self.cells:
            self._lone_bullets(cell)
            self._join(cell)
            self._split(cell)
        for line in self._open():
            key = normalise(without_boxes(line.text))
            line.home = self.grid.home(key, self.row.option) if key else None
            if line.home is not None:
                line.match = LineMatch.MOVED
        for cell in self.cells:
            self._reworded(cell)

    def _open(self) -> list[Line]:
        return [line for cell in self.cells for line in cell if not line.spoken_for and line.text.strip()]

    def _lone_bullets(self, cell: list[Line]) -> None:
        """Bullets that stand on a line of their own before an official line, as some PDFs print them, are that line's."""
        for line, following in pairwise(cell):
            if line.rank is None and following.rank is not None and line.text.strip() and not strip_bullet(line.text):
                line.rank, line.head = following.rank, False

    def _join(self, cell: list[Line]) -> None:
        """Official lines that a page or a column cut in several."""
        for start, line in enumerate(cell):
            if line.spoken_for or not line.text.strip():
                continue
            joined = line.text
            for end in range(start + 1, min(start + MAX_JOINED, len(cell))):
                if cell[end].spoken_for:
                    break
                joined = f"{joined} {cell[end].text}"
                rank = self.row.normal.get(normalise(without_boxes(joined)))
                if rank is not None and rank not in self.found:
                    self._take(line, rank, _closeness(without_boxes(joined), self.row.lines[rank].text))
                    for piece in cell[start + 1 : end + 1]:
                        piece.rank, piece.head = rank, False
                    break

    def _split(self, cell: list[Line]) -> None:
        """Official lines that were run together in one paragraph, nothing else standing in it."""
        at = 0
        while at < len(cell):
            line = cell[at]
            at += 1
            if line.spoken_for or not line.text.strip():
                continue
            ranks = self._decomposed(normalise(without_boxes(line.text)))
            if len(ranks) > 1:
                pieces = [Line(self.row.lines[rank].text, line.place) for rank in ranks]
                cell[at - 1 : at] = pieces
                for piece, rank in zip(pieces, ranks, strict=True):
                    self._take(piece, rank, LineMatch.EXACT)
                at += len(pieces) - 1

    def _decomposed(self, key: str) -> list[int]:
        """The ranks whose keys, one after the other, make the whole key; empty when they do not."""
        ranks: list[int] = []
        while key:
            rank = next((r for r, own in enumerate(self.row.keys) if r not in ranks and self._heads(key, own, r)), None)
            if rank is None:
                return []
            ranks.append(rank)
            key = normalise(key[len(self.row.keys[rank]) :].lstrip(" .;:"))
        return ranks

    def _heads(self, key: str, own: str, rank: int) -> bool:
        return rank not in self.found and f"{key} ".startswith((f"{own} ", f"{own}."))

    def _reworded(self, cell: list[Line]) -> None:
        for at, line in enumerate(cell):
            if line.spoken_for or not line.text.strip():
                continue
            missing = [rank for rank in range(len(self.row.lines)) if rank not in self.found]
            if not missing:
                return
            bare = without_boxes(line.text)
            rank = self._variant(bare, missing)
            if rank is None:
                found = nearest(bare, [self.row.lines[r].text for r in missing])
                if found is None:
                    continue
                best, score, runner_up = missing[found[0]], found[1], found[2]
                if score - runner_up < MARGIN or score < (NEAR_IN_PLACE if self._fits(cell, at, best) else NEAR):
                    continue
                rank = best
                if denies(self.row.lines[rank].text, bare):
                    # « Les livrables ne sont pas conformes. » is what somebody thinks of the label
                    continue
            self._take(line, rank, LineMatch.REWORDED)

    def _variant(self, text: str, missing: Sequence[int]) -> int | None:
        key = normalise(text)
        for rank in missing:
            if any(normalise(variant) == key for variant in self.row.lines[rank].variants):
                return rank
        return None

    def _fits(self, cell: list[Line], at: int, rank: int) -> bool:
        """True when the line stands between the official neighbours of ``rank``."""
        before = next((line.rank for line in reversed(cell[:at]) if line.rank is not None), None)
        after = next((line.rank for line in cell[at + 1 :] if line.rank is not None), None)
        if before is None and after is None:
            return False
        return (before is None or before == rank - 1) and (after is None or after == rank + 1)

    def comment(self) -> list[str]:
        """The lines that are nobody's label, as written and in order; empty lines between two of them are kept."""
        comment: list[str] = []
        for rank, cell in enumerate(self.cells):
            comment += [text for before, texts, _place in self.kept if before == rank for text in texts]
            gap: list[str] = []
            started = False
            for line in cell:
                if line.spoken_for:
                    gap, started = [], False
                elif not line.text.strip():
                    gap.append(line.text)
                else:
                    if started:
                        comment += gap
                    gap, started = [], True
                    comment.append(line.text)
        return comment + [text for before, texts, _place in self.kept if before >= len(self.cells) for text in texts]

    def comment_place(self) -> Place | None:
        """Where the comment begins; None without a comment."""
        places: list[tuple[float, Place]] = [
            (rank, line.place) for rank, cell in enumerate(self.cells) for line in cell if not line.spoken_for and line.text.strip()
        ]
        places += [(before - 0.5, place) for before, _texts, place in self.kept]
        return min(places, key=lambda found: found[0], default=(0, None))[1]

    def compared(self) -> list[MatchedLine]:
        """Every line that is not exactly the official one, and every official line that is missing."""
        out: list[MatchedLine] = []
        misplaced = self._misplaced()
        for cell in self.cells:
            ranks = [i for i, line in enumerate(cell) if line.rank is not None]
            for at, line in enumerate(cell):
                if line.home is not None:
                    out.append(self._moved(line))
                elif line.rank is not None and line.head:
                    if line.match is not LineMatch.EXACT and not (self.doubled and line.repeated):
                        out.append(self._compare(line, line.rank, line.match or LineMatch.VARIANT))
                    if id(line) in misplaced:
                        out.append(self._compare(line, line.rank, LineMatch.MISPLACED))
                elif line.rank is None and line.text.strip() and ranks and ranks[0] < at < ranks[-1]:
                    out.append(
                        MatchedLine(LineMatch.UNKNOWN, self.row.option, None, None, None, squeeze(line.text), place=line.place)
                    )
        for rank, official in enumerate(self.row.lines):
            if rank not in self.found:
                out.append(
                    MatchedLine(
                        LineMatch.MISSING,
                        self.row.option,
                        official.role,
                        official.code,
                        official.text,
                        None,
                        verified=official.verified,
                    )
                )
        return out

    def _misplaced(self) -> set[int]:
        """Ids of the lines outside the longest run that is in the official order; the order of the columns is the file's own."""
        placed = [[line for line in cell if line.rank is not None and line.head and not line.repeated] for cell in self.cells]
        if all((a.rank or 0) < (b.rank or 0) for a, b in pairwise(line for cell in placed for line in cell)):
            return set()
        filled = [(at, cell) for at, cell in zip(self.ranges, placed, strict=True) if cell]
        filled.sort(key=lambda item: (item[0], _middle(item[1])))
        sequence = [line for _at, cell in filled for line in cell]
        ranks = [line.rank or 0 for line in sequence]
        kept = longest_increasing(ranks)
        return {id(line) for i, line in enumerate(sequence) if i not in kept}

    def _compare(self, line: Line, rank: int, match: LineMatch) -> MatchedLine:
        official = self.row.lines[rank]
        difference = word_difference(official.text, without_boxes(line.text)) if match is LineMatch.REWORDED else None
        return MatchedLine(
            match,
            self.row.option,
            official.role,
            official.code,
            official.text,
            squeeze(line.text),
            difference=difference,
            verified=official.verified,
            place=line.place,
        )

    def _moved(self, line: Line) -> MatchedLine:
        option, rank = line.home or (self.row.option, 0)
        official = self.grid.rows[option].lines[rank]
        return MatchedLine(
            LineMatch.MOVED,
            self.row.option,
            official.role,
            official.code,
            official.text,
            squeeze(line.text),
            home=option,
            verified=official.verified,
            place=line.place,
        )


def _closeness(seen: str, official: str) -> LineMatch:
    return LineMatch.EXACT if squeeze(strip_bullet(seen)) == squeeze(official) else LineMatch.VARIANT


def _middle(cell: Sequence[Line]) -> int:
    """The rank that as many lines of a cell come before as after."""
    return sorted(line.rank or 0 for line in cell)[len(cell) // 2]


def longest_increasing(ranks: Sequence[int]) -> set[int]:
    """Positions of a longest strictly increasing run of the sequence (patience sorting, n log n)."""
    from bisect import bisect_left

    tails: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for i, rank in enumerate(ranks):
        slot = bisect_left(tails, rank)
        back.append(at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(rank)
            at.append(i)
        else:
            tails[slot], at[slot] = rank, i
    kept: set[int] = set()
    i = at[-1] if at else -1
    while i >= 0:
        kept.add(i)
        i = back[i]
    return kept
