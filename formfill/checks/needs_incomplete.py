"""The expression des besoins lacks its option, form of exam, number or documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of, place_of, ticked
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal import parse_realisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Expression des besoins incomplète",
    authority=Authority(
        "RG-35", "modèles officiels de l’expression des besoins (annexes 7-3, VII-3), déduit", Proof.SECONDARY, first=2023
    ),
)
def needs_incomplete(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The candidate works from it during the épreuve."""
    for name in ("option", "forme_epreuve", "documentation"):
        field = form.layout.field(name) if form.layout is not None else None
        options = ticked(completed, name)
        if field is None or options is None:
            continue
        if not options:
            message = _("« {label} » : rien n’est coché.").format(label=field.label)
            yield self.found(message, field=name, place=place_of(completed, name))
        elif len(options) > 1 and name != "documentation":
            message = _("« {label} » : plusieurs cases sont cochées.").format(label=field.label)
            yield self.found(message, field=name, place=place_of(completed, name))
    answer = answer_of(completed, "numero_realisation")
    if answer is not None and parse_realisation(answer.text) is None:
        message = _("Le numéro de la réalisation (1 ou 2) n’est pas indiqué.")
        yield self.found(message, field=answer.field, place=answer.place)
