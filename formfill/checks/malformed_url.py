"""What is written where the address of the portfolio is asked for is no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Adresse du portfolio mal écrite",
    authority=Authority("RG-11", "circulaire nationale, annexes 6 (2023) et VI (2026)", Proof.OFFICIAL),
)
def malformed_url(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Nobody can open it. The network is never asked whether an address answers."""
    del form
    answer = answer_of(completed, "url_portfolio")
    # two addresses are no single address, and each of them can be opened
    if answer is not None and answer.text and answer.normalised is None and not any(map(parse_url, answer.text.split())):
        message = _("« {text} » n’est pas une adresse du Web.").format(text=answer.text)
        yield self.found(message, field=answer.field, place=answer.place)
