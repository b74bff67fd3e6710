"""The épreuve printed is not the one that evaluates the form’s bloc in its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import bare, session_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.completed import FactKind
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Épreuve d’une autre session",
    authority=Authority("RG-10", "arrêté du 8 juillet 2024, formulaires officiels de 2023 à 2026", Proof.OFFICIAL),
)
def wrong_epreuve(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The numbers changed in 2025: E5 is the bloc 1 since, and was the bloc 2 before."""
    session = session_of(completed)
    right = {epreuve for edition in form.editions for epreuve in edition.epreuves_of(session)}
    said = [fact for fact in completed.facts if fact.kind is FactKind.EPREUVE]
    if right and said and not right & {bare(fact.value) for fact in said}:
        message = _("Épreuve {epreuve} : pour la session {session}, c’est l’épreuve {expected}.").format(
            epreuve=said[0].value, session=session, expected=", ".join(sorted(right))
        )
        yield self.found(message, place=said[0].place)
