"""A password is written in the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.checks import Check, check
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


_SECRET: Final = re.compile(r"(?i)\b(?:mot de passe|mots de passe|mdp|passwords?|pwd)\b\s*(?:\([^)]*\)\s*)?(?:[:=]|est)\s*\S+")


@check(severity=Severity.INFO, title="Mot de passe écrit")
def password_written(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The official note allows it, but everybody who receives the form reads it."""
    del form
    for answer in completed.answers:
        found = _SECRET.search(answer.value) if isinstance(answer.value, str) else None
        if found is not None:
            message = _("Un mot de passe est écrit en clair : quiconque reçoit le formulaire peut le lire.")
            yield self.found(message, field=answer.field, place=answer.place)
