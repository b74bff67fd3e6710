"""The tableau gives no address of the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import empty
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
    title="Adresse du portfolio absente",
    authority=Authority("RG-11", "circulaire nationale, annexes 6 (2023) et VI (2026)", Proof.OFFICIAL),
)
def no_portfolio_url(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The jury consults the portfolio before the épreuve; that it can be reached is the candidate’s sole responsibility."""
    for field, answer in empty(form, completed, "url_portfolio"):
        yield self.found(_("L’adresse du portfolio n’est pas indiquée."), field=field.id, place=answer.place)
