"""The rules of a dossier: one module per code, each with one function marked ``@rule``. The package is scanned.

A rule sees one candidate's documents, of one épreuve or of all, and yields findings. Like a check, it prints, stops and repairs
nothing. To add one, write ``formfill/dossier/rules/<code>.py``.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from formfill.model.report import Finding, Severity
from formfill.text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.model.authority import Authority
    from formfill.model.dossier import Candidate, Dossier, Paper

    Judge = Callable[["DossierRule", "Folder"], Iterator[Finding]]


class Folder(NamedTuple):
    """Everything of one candidate that a rule may look at."""

    candidate: Candidate
    papers: tuple[Paper, ...]
    """The documents that count: no copy, no version of an older session."""
    dossier: Dossier
    """The dossier of the épreuve that the rule is about; for a rule about all of them, the first."""


class DossierRule(NamedTuple):
    """A rule with what people must know of it."""

    code: str
    severity: Severity
    title: str
    """What the rule finds, a few French words."""
    function: Judge
    authority: Authority | None = None
    bloc: str | None = None
    """The bloc whose dossier it is about; None for all the documents of a candidate."""
    each: bool = False
    """True for a rule about the dossier of each épreuve."""

    def found(self, message: str, *, field: str | None = None, severity: Severity | None = None) -> Finding:
        """A finding of this rule; it has no place, as it is about several documents, which its message names.

        ``severity`` lowers it where the text is less sure.
        """
        why = self.authority
        return Finding(
            self.code,
            severity or self.severity,
            sentence(message),
            why.rule if why is not None else None,
            field,
            reference=why.source if why is not None else None,
        )


def rule(
    *, severity: Severity, title: str, authority: Authority | None = None, bloc: str | None = None, each: bool = False
) -> Callable[[Judge], DossierRule]:
    """Makes a :class:`DossierRule` of a function; its code is the name of its module in kebab-case."""

    def wrap(function: Judge) -> DossierRule:
        code = function.__module__.rpartition(".")[2].replace("_", "-")
        return DossierRule(code, severity, title, function, authority, bloc, each)

    return wrap


@cache
def rules() -> dict[str, DossierRule]:
    """Every rule by its code. A module that cannot be imported is an error, never one rule fewer."""
    found: dict[str, DossierRule] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda item: item.name):
        if not module.name.startswith("_"):
            loaded = import_module(f"{__name__}.{module.name}")
            found.update((item.code, item) for item in vars(loaded).values() if isinstance(item, DossierRule))
    return found


def judge(folder: Folder, *, first: bool) -> tuple[Finding, ...]:
    """The findings of every rule about a dossier; those about all the documents come with the first dossier of a candidate."""
    session = folder.candidate.session
    return tuple(
        finding
        for item in rules().values()
        if (item.authority is None or item.authority.holds_in(session))
        and (item.each or item.bloc == folder.dossier.bloc or (first and item.bloc is None))
        for finding in item.function(item, folder)
    )
