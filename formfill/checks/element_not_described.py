"""Obligatory elements of the technological environment are not described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.checks import Check, check
from formfill.checks._facts import text_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


_CHOICES: Final = {
    "sisr": (frozenset(("deux_sites", "deploiement", "scripting", "detection")), 1),
    "slam": (frozenset(("client_lourd", "navigateur", "mobile", "serveur")), 3),
}
"""Elements of part 2.2 of each option, and how many of them are enough."""


@check(
    severity=Severity.ERROR,
    title="Environnement incomplet",
    authority=Authority(
        "RG-36", "modèle officiel de l’annexe VII-7 (2026), annexe II.E du référentiel", Proof.OFFICIAL, first=2026
    ),
)
def element_not_described(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Of the option that is filled in: every element but those of which one (SISR 2.2) or three (SLAM 2.2) are enough."""
    matrix = form.layout.matrix if form.layout is not None else None
    for part in matrix.parts if matrix else ():
        described = {row.id for row in part.rows if text_of(completed, f"{row.id}.description")}
        if not described:
            continue
        choice, least = _CHOICES.get(part.id, (frozenset[str](), 0))
        wanted = [row for row in part.rows if row.id.partition(".")[2] not in choice]
        missing = [row.label for row in wanted if row.id not in described]
        if missing:
            message = _("{option} : {count} élément(s) non décrit(s), dont : {elements}.")
            elements = " ; ".join(missing[:3])
            message = message.format(option=part.id.upper(), count=len(missing), elements=elements)
            yield self.found(message, field=part.id)
        if len({row.partition(".")[2] for row in described} & choice) < least:
            message = _("{option}, partie 2.2 : il faut décrire au moins {count} solution(s).")
            yield self.found(message.format(option=part.id.upper(), count=least), field=part.id)
