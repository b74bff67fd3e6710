"""Which form is this? From what stands in the document, never from the file's name. Ties are refused, not guessed.

The score is the weight of what was found over the weight of all that the form prints: its anchors, and the titles of its rows,
each of which counts only as the beginning of a cell in a row of its own. A page that merely lists the same compétences, or a
table that has them as column headings, is thus not taken for the grid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.errors import AmbiguousFormError
from formfill.language import gettext as _
from formfill.model.form import AnchorPlace
from formfill.model.glyphs import without_boxes
from formfill.shelf import Shelf, head
from formfill.text import alike, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.document import Cell, Document
    from formfill.model.form import Anchor, Form

TIE: Final = 0.05
"""Two forms whose scores differ by less are a tie."""
LONGEST_TICK: Final = 3
"""Characters of the longest text, ``oui``, that a person may type in the place of a box."""
QUOTED: Final = 2
"""Fewest printed texts, of three words or more, that a document quotes of its nearest form."""
MIN_NEAR: Final = 88.0
"""Nearness, 0 to 100, at which a retyped row title still counts, for half."""


class Recognised(NamedTuple):
    """The form a document is, or the nearest one when it is none."""

    form: Form | None
    edition: str | None
    score: float
    """0 to 1."""
    nearest: Form | None
    """The form with the best score, recognised or not; None when nothing was alike."""


def recognise(document: Document, known: Sequence[Form] | Shelf, *, name: str) -> Recognised:
    """The form that the document is; raises :class:`~formfill.errors.AmbiguousFormError` on a tie.

    Args:
        document: what was seen.
        known: forms to compare it with, or all that there are, of which only those that print something alike are looked at.
        name: what to call the document in errors.
    """
    seen = _Seen(document)
    forms = _alike(seen, known) if isinstance(known, Shelf) else known
    scores = sorted(((_score(seen, form), -rank) for rank, form in enumerate(forms)), reverse=True)
    if not scores or scores[0][0][0] <= 0:
        return Recognised(None, None, 0.0, None)
    (score, enough), rank = scores[0]
    best = forms[-rank]
    if not enough:
        return Recognised(None, None, score, best)
    if len(scores) > 1 and scores[1][0][1] and score - scores[1][0][0] < TIE:
        other = forms[-scores[1][1]]
        raise AmbiguousFormError(
            where=name,
            seen=_("deux formulaires y ressemblent autant : « {one} » et « {other} ».").format(one=best.id, other=other.id),
            advice=_("Séparez-les si le fichier contient les deux, sinon vérifiez qu’il n’a pas été modifié."),
        )
    return Recognised(best, best.editions[0].id if len(best.editions) == 1 else None, score, best)


def mentioned(document: Document, shelf: Shelf) -> Recognised:
    """The form whose printed texts a document of no known form quotes most, in running text too; none when it quotes hardly any.

    It serves to name the nearest form, never to recognise one: a portfolio quotes the compétences of a grid.
    """
    running = " ".join(_Seen(document).every_line)
    best, most = Recognised(None, None, 0.0, None), QUOTED - 1
    for form in shelf.all():
        labels = [label for options in form.boxes.values() for label in options.values()]
        texts = {normalise(text) for text in (*(anchor.text for anchor in form.recognition.anchors), *labels)}
        texts = {text for text in texts if text.count(" ") >= 2}
        found = sum(text in running for text in texts)
        if found > most:
            best, most = Recognised(None, None, found / len(texts), form), found
    return best


def _alike(seen: _Seen, shelf: Shelf) -> Sequence[Form]:
    """The forms to compare a document with: those that its heads name, else those that any of its lines names, else all."""
    return shelf.alike(map(head, seen.lines)) or shelf.alike(map(head, seen.every_line)) or shelf.all()


class _Seen:
    """The heads of the cells and the lines of a document, normalised once."""

    def __init__(self, document: Document) -> None:
        self.first: dict[str, list[int]] = {}
        """Rows, numbered through all grids, by the first line of each of their cells."""
        self.lines: set[str] = {normalise(block.text) for block in document.text}
        self.rows: list[tuple[Cell, ...]] = []
        self._cells: list[tuple[int, str]] = []
        for grid in document.grids:
            for row in grid.rows:
                number = len(self.rows)
                self.rows.append(row)
                for cell in row:
                    if cell.text:
                        text = without_boxes(cell.text).lstrip()
                        head = normalise(text.partition("\n")[0])
                        self.first.setdefault(head, []).append(number)
                        self._cells.append((number, text))
        self.lines.update(self.first)
        self._text = document.text
        self._heads: list[tuple[int, str]] | None = None
        self._bare: dict[str, str] | None = None
        self._every: list[str] | None = None
        self._blobs: tuple[str, str] | None = None

    @property
    def every_line(self) -> list[str]:
        """Every line of every cell and paragraph, cut at tabs too."""
        if self._every is None:
            texts = [text for _row, text in self._cells] + [without_boxes(block.text) for block in self._text]
            pieces = [piece for text in texts for line in text.split("\n") for piece in (line, *line.split("\t")[1:])]
            self._every = [line for piece in pieces if (line := normalise(piece))]
        return self._every

    def shows(self, anchor: Anchor) -> bool:
        """Whether the document shows an anchor, or one of its variants."""
        texts = (normalise(anchor.text), *map(normalise, anchor.variants))
        if anchor.at is AnchorPlace.LINE:
            return any(text in self.lines for text in texts)
        if self._blobs is None:
            whole = [normalise(text.replace("\n", " ")) for _row, text in self._cells]
            paragraphs = [normalise(block.text) for block in self._text]
            # paragraphs that follow each other may be one that wraps
            self._blobs = "\n" + "\n".join([*self.every_line, *whole, *paragraphs]) + "\n", " ".join([*whole, *paragraphs])
        lines, running = self._blobs
        if anchor.at is AnchorPlace.START:
            return any(f"\n{text}" in lines for text in texts)
        return any(text in lines or text in running for text in texts)

    @property
    def bare(self) -> dict[str, str]:
        """The first line of the cells, without its code, by that line as it is."""
        if self._bare is None:
            self._bare = {line: normalise(_CODE.sub("", line)) for line in self.first if line}
        return self._bare

    @property
    def heads(self) -> list[tuple[int, str]]:
        """The first lines of each cell run together, for titles that wrap: ``(row, text)``."""
        if self._heads is None:
            self._heads = [(row, normalise(" ".join(text.split("\n", 5)[:5]))) for row, text in self._cells]
        return self._heads


_CODE: Final = re.compile(r"^b ?\d\.\d ?[:.–-]? ?")


def _score(seen: _Seen, form: Form) -> tuple[float, bool]:
    """The score, and whether it is enough."""
    rules, total, found, required = form.recognition, 0.0, 0.0, True
    for anchor in rules.anchors:
        total += anchor.weight
        if seen.shows(anchor):
            found += anchor.weight
        elif anchor.required:
            required = False
    rows = 0
    if form.grid is not None:
        taken: set[int] = set()
        for row in form.grid.rows:
            total += rules.row_weight
            at, worth = _first(seen, taken, (row.title,)), 1.0
            if at is None:
                # a label without its code: other documents list the same compétences
                at, worth = _first(seen, taken, (row.label, *row.variants)), 0.5
            if at is None:
                at, worth = _near(seen, taken, row.title, row.label), 0.5
            if at is not None:
                taken.add(at)
                if _wordy(seen.rows[at], form.grid.box_column):
                    continue
                rows += 1
                found += rules.row_weight * worth
    score = found / total if total else 0.0
    return score, required and rows >= rules.min_rows and score >= rules.threshold


def _first(seen: _Seen, taken: set[int], titles: Iterable[str]) -> int | None:
    """The first row left that has a cell whose first line is one of the titles."""
    return next((i for title in titles for i in seen.first.get(normalise(title), ()) if i not in taken), None)


def _wordy(cells: Sequence[Cell], box_column: int) -> bool:
    """True when words stand where the form has a box and the row has no box anywhere: a portfolio, not the grid."""
    words = any(cell.col == box_column and len(cell.text.strip()) > LONGEST_TICK for cell in cells)
    return words and not any(cell.marks for cell in cells)


def _near(seen: _Seen, taken: set[int], title: str, label: str) -> int | None:
    """The first row left whose head begins with the title, or whose first line is nearly the label, its code apart."""
    begun = normalise(title)
    for at, text in seen.heads:
        if at not in taken and text.startswith(begun):
            return at
    for line in alike(normalise(label), seen.bare, MIN_NEAR):
        if not taken.issuperset(rows := seen.first[line]):
            return next(row for row in rows if row not in taken)
    return None
