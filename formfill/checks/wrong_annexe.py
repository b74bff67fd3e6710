"""The number of annexe printed is not that of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import bare, session_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.completed import FactKind, PrintedFact
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Annexe d’une autre session",
    authority=Authority("RG-10", "annexes des circulaires de chaque session", Proof.OFFICIAL),
)
def wrong_annexe(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """An older form was reused. Where the number of the session itself is only deduced, the finding is a warning."""
    session = session_of(completed)
    own = [edition for edition in form.editions if session in edition.sessions]
    if session is None or not own:
        return
    known = {bare(annexe) for edition in form.editions for annexe in edition.annexes}
    right = {bare(annexe) for edition in own for annexe in edition.annexes}
    severity = Severity.ERROR if any(session in edition.confirmed for edition in own) else Severity.WARNING
    wrong: dict[str, PrintedFact] = {}
    for fact in completed.facts:
        if fact.kind is FactKind.ANNEXE and bare(fact.value) in known - right:
            wrong.setdefault(fact.value, fact)
    for fact in wrong.values():
        message = _("Annexe {annexe} : pour la session {session}, c’est l’annexe {expected}.").format(
            annexe=fact.value, session=session, expected=own[0].annexes[0]
        )
        yield self.found(message, place=fact.place, severity=severity)
