"""Nothing was ticked and nothing was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import is_blank
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.INFO, title="Formulaire vierge")
def blank_form(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A template or an annexe left empty is a record like any other, and no error."""
    if is_blank(form, completed):
        yield self.found(_("Le formulaire est vierge : aucune case cochée, rien d’écrit."), reference=form.reference)
