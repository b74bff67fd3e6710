"""The session printed is no year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of, session_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Session illisible",
    authority=Authority(
        "RG-09",
        "modèles officiels du tableau de synthèse (annexe 8-1) et de la fiche descriptive (annexe VII-1-A)",
        Proof.OFFICIAL,
    ),
)
def unreadable_session(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A school year, or nothing, says no session: numbers of épreuve and annexe cannot be judged without it."""
    del form
    answer = answer_of(completed, "session")
    if answer is None or isinstance(answer.normalised, int) or session_of(completed) is not None:
        return
    if answer.value is None:
        message = _("La session n’est pas indiquée.")
    else:
        message = _("« {text} » n’est pas une session : on attend une année.").format(text=answer.text)
    yield self.found(message, field="session", place=answer.place)
