"""Writes the tables of the rules into the README, from the rules themselves.

``python -m tools.rules_table`` prints them; with ``README.md``, they are written between its marks.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill import catalogue, checks
from formfill.dossier.rules import rules
from tools.marked import put_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.model.authority import Authority
    from formfill.model.report import Severity

UNDECIDED: Final = {
    "RG-30": "`formfill letters` writes to whoever misses a piece; `candidate-without-dossier` names who handed in nothing",
    "RG-13": "the official grid of bloc 1 (6-3, 8-3, VI-3) has not been found: there is no form to read",
    "RG-21": "whether an environment conforms to annexe II.E is for the jury; RG-36 checks that it is described",
    "RG-29": "no form known here has weights",
    "RG-31": "an absence is no document",
}
"""The rules that no program decides here, and why."""
RULES: Final = tuple(f"RG-{number:02}" for number in range(1, 37))


class Entry(NamedTuple):
    """One code of the tables."""

    code: str
    severity: Severity
    says: str
    authority: Authority | None
    where: str
    """The forms it applies to, or the dossier."""


def entries() -> list[Entry]:
    """Every rule that judges what a person wrote, in the order of the completeness rules, then of the codes."""
    structure = set(catalogue.form("bts-sio-grille-bloc1").checks) | {"missing-label"}
    found = []
    for code, check in checks.checks().items():
        if code not in structure:
            forms = [form.id.removeprefix("bts-") for form in catalogue.forms() if code in form.checks]
            found.append(Entry(code, check.severity, _says(check.function), check.authority, ", ".join(forms)))
    for code, rule in rules().items():
        found.append(Entry(code, rule.severity, _says(rule.function), rule.authority, "dossier"))
    return sorted(found, key=lambda entry: (entry.authority.rule if entry.authority else "RG-99", entry.code))


def _says(function: Callable[..., object]) -> str:
    """The first line of the module of a rule."""
    return (import_module(function.__module__).__doc__ or "").partition("\n")[0].replace("|", "\\|")


def table() -> Iterator[str]:
    """The lines of both tables."""
    listed = entries()
    yield "| Code | Severity | Says | Rule | Rests on | Proof | Sessions | Where |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for entry in listed:
        why = entry.authority
        basis = (why.rule, why.source, str(why.proof), why.sessions) if why else ("", "", "", "")
        yield " | ".join((f"| `{entry.code}`", str(entry.severity), entry.says, *basis, entry.where)) + " |"
    yield ""
    yield "| Rule | Decided by |"
    yield "| --- | --- |"
    for rule in RULES:
        codes = ", ".join(f"`{entry.code}`" for entry in listed if entry.authority and entry.authority.rule == rule)
        yield f"| {rule} | {codes or UNDECIDED.get(rule, '')} |"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    file = parser.parse_args().file
    if file is None:
        sys.stdout.write("\n".join(table()) + "\n")
    else:
        put_into(file, "rules", "\n".join(table()))


if __name__ == "__main__":
    main()
