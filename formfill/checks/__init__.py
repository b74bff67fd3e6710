"""The rules: one module per code, each with one function marked ``@check``. The package is scanned, the form says which apply.

A check yields findings. It does not print, stop, repair, or look at what another check found. To add one, write
``formfill/checks/<code>.py`` (the code in snake_case) and name the code in the form definitions it applies to.

A check with an :class:`~formfill.model.authority.Authority` judges what a person wrote: it says nothing of a blank form, nor of a
session where its text does not hold. On a form whose official blank was never read it warns and never blocks.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from formfill.model.geometry import NOWHERE, Place
from formfill.model.report import Finding, Report, Severity
from formfill.text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.model.authority import Authority
    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form

    Rule = Callable[["Check", Form, CompletedForm], Iterator[Finding]]


class Check(NamedTuple):
    """A rule with what people must know of it."""

    code: str
    severity: Severity
    title: str
    """What the rule finds, a few French words."""
    function: Rule
    authority: Authority | None = None
    """What it rests on; None for what needs no text: a line that is missing, a day that does not exist."""

    @property
    def rule(self) -> str | None:
        """Completeness rule it enforces, ``RG-07``; None when none of the list applies."""
        return self.authority.rule if self.authority is not None else None

    def found(
        self,
        message: str,
        *,
        field: str | None = None,
        place: Place = NOWHERE,
        reference: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this check; ``severity`` lowers it where the text is less sure."""
        if reference is None and self.authority is not None:
            reference = self.authority.source
        return Finding(self.code, severity or self.severity, sentence(message), self.rule, field, place, reference)


def check(*, severity: Severity, title: str, authority: Authority | None = None) -> Callable[[Rule], Check]:
    """Makes a :class:`Check` of a function; its code is the name of its module in kebab-case."""

    def wrap(function: Rule) -> Check:
        code = function.__module__.rpartition(".")[2].replace("_", "-")
        return Check(code=code, severity=severity, title=title, function=function, authority=authority)

    return wrap


@cache
def load(code: str) -> Check:
    """The check of a code: only the rules of the form at hand are imported. Raises ``ImportError`` when there is no such rule."""
    module = import_module(f"{__name__}.{code.replace('-', '_')}")
    return next(item for item in vars(module).values() if isinstance(item, Check))


@cache
def checks() -> dict[str, Check]:
    """Every check by its code. A module that cannot be imported is an error, never one rule fewer."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name.replace("_", "-"): load(name.replace("_", "-")) for name in names}


def validate(completed: CompletedForm, form: Form) -> Report:
    """The findings of every check that applies to the form, in the form's order of checks."""
    from formfill.checks._facts import is_blank, session_of

    blank, session = is_blank(form, completed), session_of(completed)
    found: list[Finding] = []
    for code in form.checks:
        rule = load(code)
        if rule.authority is None or (not blank and rule.authority.holds_in(session)):
            own = rule.function(rule, form, completed)
            found += own if form.verified or rule.authority is None else map(_warned, own)
    return Report(tuple(found))


def _warned(finding: Finding) -> Finding:
    """The finding as a warning, if it was an error: what it rests on was not read on the official form."""
    return finding._replace(severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding
