"""Option buttons of a Word document of which several of one group are on: one at most can be ([MS-OFORMS] §2.5.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.document import Evidence, Says
from formfill.model.report import Finding, Severity
from formfill.readers._marks import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formfill.model.document import Mark


def doubt_clashes(marks: list[Mark], options: Iterable[list[Evidence]]) -> list[Finding]:
    """Makes the marks of option buttons that are on together uncertain, and tells them.

    Args:
        marks: all marks; those in doubt are replaced.
        options: what the buttons that are on say of themselves, those of each group.
    """
    findings = []
    for group in options:
        own = set(map(id, group))
        chosen = [at for at, mark in enumerate(marks) if any(id(seen) in own for seen in mark.evidence)]
        if len(chosen) < 2:
            continue
        for at in chosen:
            doubt = Evidence("activex", Says.UNCLEAR, f"{len(chosen)} option buttons of one group are on")
            evidence = (*marks[at].evidence, doubt)
            marks[at] = marks[at]._replace(state=weigh(evidence), evidence=evidence)
        message = _("Boutons d’option : {names} sont choisis ensemble, alors qu’un seul du groupe peut l’être.")
        names = ", ".join(f"« {marks[at].label} »" for at in chosen)
        findings.append(Finding("uncertain-mark", Severity.WARNING, message.format(names=names), place=marks[chosen[0]].place))
    return findings
