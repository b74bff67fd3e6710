"""The final note is not the note less the penalties."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from formfill.checks import Check, check
from formfill.checks._facts import empty, number_of, place_of, ticked
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


_FIXED: Final = {"une_absente": 10.0, "deux_absentes": 20.0}
"""Points of the penalties that leave no choice."""


def _points(completed: CompletedForm, option: str) -> float | None:
    """The points written beside a penalty (``-10`` is ten), else those that it always takes."""
    written = number_of(completed, f"points_{option}")
    return abs(written) if written is not None else _FIXED.get(option)


@check(
    severity=Severity.ERROR,
    title="Note finale",
    authority=Authority("RG-32", "modèles officiels de la grille du bloc 2 (annexes 7-5, VII-5)", Proof.OFFICIAL),
)
def final_note(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Never under 0; rounding up is accepted. Where the points of a penalty are not known nothing is said."""
    note, final, options = number_of(completed, "note"), number_of(completed, "note_finale"), ticked(completed, "penalites")
    if note is None or options is None:
        return
    points = [_points(completed, option) for option in options]
    if final is None:
        for field, answer in empty(form, completed, "note_finale"):
            yield self.found(_("La note finale n’est pas portée."), field=field.id, place=answer.place)
    elif None not in points:
        wanted = max(0.0, note - sum(point for point in points if point is not None))
        if final not in (wanted, ceil(wanted)):
            message = _("Note finale {final} : {note} moins les pénalités donne {wanted}.").format(
                final=f"{final:g}", note=f"{note:g}", wanted=f"{wanted:g}"
            )
            yield self.found(message, field="note_finale", place=place_of(completed, "note_finale"))
