"""Points of a penalty that the annexe does not print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.checks import Check, check
from formfill.checks._facts import number_of, place_of, ticked
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


_PENALTIES: Final = {"une_absente": 10, "deux_absentes": 20, "environnement": 15}
"""Points printed beside each box; up to that many for the last."""


@check(
    severity=Severity.ERROR,
    title="Points de pénalité",
    authority=Authority("RG-32", "modèles officiels de la grille du bloc 2 (annexes 7-5, VII-5)", Proof.OFFICIAL),
)
def penalty_points(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """10 and 20 as printed, up to 15 for the environment; and points go with a tick."""
    del form
    options = ticked(completed, "penalites")
    if options is None:
        return
    for option, most in _PENALTIES.items():
        field = f"points_{option}"
        written = number_of(completed, field)
        # « -10 » is how some write a penalty of ten
        points = abs(written) if written is not None else None
        fixed = option != "environnement"
        if points and option not in options:
            message = _("{points} points de pénalité sans que la case soit cochée.").format(points=f"{points:g}")
        elif points is not None and option in options and (points > most or (fixed and points != most)):
            message = _("{points} points de pénalité : l’annexe en imprime {most}.").format(points=f"{points:g}", most=most)
        elif points is None and option in options and not fixed:
            message = _("La pénalité « environnement technologique » est cochée sans ses points (15 au plus).")
        else:
            continue
        yield self.found(message, field=field, place=place_of(completed, field))
