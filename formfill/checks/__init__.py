"""The rules: one module per code, each with one function marked ``@check``. The package is scanned, the form says which apply.

A check yields findings. It does not print, stop, repair, or look at what another check found. To add one, write
``formfill/checks/<code>.py`` (the code in snake_case) and name the code in the form definitions it applies to.
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

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form

    Rule = Callable[["Check", Form, CompletedForm], Iterator[Finding]]


class Check(NamedTuple):
    """A rule with what people must know of it."""

    code: str
    severity: Severity
    title: str
    """What the rule finds, a few French words."""
    rule: str | None
    """Completeness rule it enforces, ``RG-07``; None when none of the list applies."""
    function: Rule

    def found(self, message: str, *, field: str | None = None, place: Place = NOWHERE, reference: str | None = None) -> Finding:
        """A finding of this check."""
        return Finding(self.code, self.severity, sentence(message), self.rule, field, place, reference)


def check(*, severity: Severity, title: str, rule: str | None = None) -> Callable[[Rule], Check]:
    """Makes a :class:`Check` of a function; its code is the name of its module in kebab-case."""

    def wrap(function: Rule) -> Check:
        code = function.__module__.rpartition(".")[2].replace("_", "-")
        return Check(code=code, severity=severity, title=title, rule=rule, function=function)

    return wrap


@cache
def checks() -> dict[str, Check]:
    """Every check by its code. A module that cannot be imported is an error, never one rule fewer."""
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            loaded = import_module(f"{__name__}.{module.name}")
            found.update((item.code, item) for item in vars(loaded).values() if isinstance(item, Check))
    return found


def validate(completed: CompletedForm, form: Form) -> Report:
    """The findings of every check that applies to the form, in the form's order of checks."""
    rules = checks()
    return Report(tuple(finding for code in form.checks for finding in rules[code].function(rules[code], form, completed)))
