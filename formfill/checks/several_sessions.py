"""The pages of one form print different sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
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
    title="Sessions différentes d’une page à l’autre",
    authority=Authority(
        "RG-09",
        "modèles officiels du tableau de synthèse (annexe 8-1) et de la fiche descriptive (annexe VII-1-A)",
        Proof.OFFICIAL,
    ),
)
def several_sessions(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A verso kept from an older form makes nobody sure which exam the whole is for."""
    del form
    seen = dict.fromkeys(fact.value for fact in completed.facts if fact.kind is FactKind.SESSION)
    if len(seen) > 1:
        place = [fact.place for fact in completed.facts if fact.kind is FactKind.SESSION][-1]
        message = _("Le document porte plusieurs sessions : {sessions}.").format(sessions=", ".join(seen))
        yield self.found(message, field="session", place=place)
