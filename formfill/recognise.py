"""Which form is this? From what stands in the document, never from the file's name. Ties are refused, not guessed.

The score is the weight of what was found over the weight of all that the form prints: its anchors, and the titles of its rows,
each of which counts only as the beginning of a cell in a row of its own. A page that merely lists the same compétences, or a
table that has them as column headings, is thus not taken for the grid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from formfill.errors import AmbiguousFormError
from formfill.language import gettext as _
from formfill.model.glyphs import without_boxes
from formfill.text import nearness, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Document
    from formfill.model.form import Form

TIE: Final = 0.05
"""Two forms whose scores differ by less are a tie."""
MIN_NEAR: Final = 88.0
"""Nearness, 0 to 100, at which a retyped row title still counts, for half."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The form a document is, or the nearest one when it is none."""

    form: Form | None
    edition: str | None
    score: float
    """0 to 1."""
    nearest: Form | None
    """The form with the best score, recognised or not; None when nothing was alike."""


def recognise(document: Document, forms: Sequence[Form], *, name: str) -> Recognised:
    """The form that the document is; raises :class:`~formfill.errors.AmbiguousFormError` on a tie."""
    seen = _Seen(document)
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


class _Seen:
    """The lines of a document, normalised once."""

    def __init__(self, document: Document) -> None:
        self.heads: list[list[str]] = []
        """Per row of every grid, the first lines of its cells."""
        self.lines: set[str] = set()
        for block in document.text:
            self.lines.add(normalise(block.text))
        for grid in document.grids:
            for row in grid.rows:
                heads = [normalise(without_boxes(cell.text.lstrip().split("\n", 1)[0])) for cell in row if cell.text]
                self.heads.append(heads)
                self.lines.update(heads)


_CODE: Final = re.compile(r"^b ?\d\.\d ?[:.–-]? ?")


def _score(seen: _Seen, form: Form) -> tuple[float, bool]:
    """The score, and whether it is enough."""
    rules, total, found, required = form.recognition, 0.0, 0.0, True
    for anchor in rules.anchors:
        total += anchor.weight
        if normalise(anchor.text) in seen.lines:
            found += anchor.weight
        elif anchor.required:
            required = False
    rows = 0
    if form.grid is not None:
        taken: set[int] = set()
        for row in form.grid.rows:
            total += rules.row_weight
            titles = {normalise(text) for text in (row.title, row.label, *row.variants)}
            at = next((i for i, heads in enumerate(seen.heads) if i not in taken and not titles.isdisjoint(heads)), None)
            worth = 1.0
            if at is None:
                at, worth = _near(seen, taken, row.title, row.label), 0.5
            if at is not None:
                taken.add(at)
                rows += 1
                found += rules.row_weight * worth
    score = found / total if total else 0.0
    return score, required and rows >= rules.min_rows and score >= rules.threshold


def _near(seen: _Seen, taken: set[int], title: str, label: str) -> int | None:
    """The first row left whose head is nearly the title or, its code apart, the label."""
    for at, heads in enumerate(seen.heads):
        if at in taken:
            continue
        for head in heads:
            if head and (head.startswith(normalise(title)) or nearness(_CODE.sub("", head), label) >= MIN_NEAR):
                return at
    return None
