"""What the README promises is what the program has: every command, code and error, and nothing that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from formfill import checks, errors
from formfill.cli import COMMANDS
from formfill.dossier.rules import rules
from formfill.writers import MODULES
from tools import rules_table
from tools.marked import block

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def _classes(base: type[errors.FormfillError]) -> set[type[errors.FormfillError]]:
    return {base, *(found for child in base.__subclasses__() for found in _classes(child))}


def test_every_command_is_in_the_readme() -> None:
    for command in COMMANDS:
        assert f"`formfill {command}" in README, command


def test_every_check_is_in_the_readme_with_its_severity() -> None:
    severities = {code: check.severity for code, check in checks.checks().items()} | {
        code: r.severity for code, r in rules().items()
    }
    for code, severity in severities.items():
        assert re.search(rf"^\| `{code}` \| {severity} \|", README, re.MULTILINE), code


def test_every_other_finding_of_the_code_is_in_the_readme() -> None:
    written = set()
    for path in (ROOT / "formfill").rglob("*.py"):
        written |= set(re.findall(r'Finding\(\s*(?:code=)?"([a-z-]+)"', path.read_text("utf-8")))
    assert {"unknown-form", "attachment-differs", "tracked-change"} <= written
    for code in written:
        assert f"| `{code}` |" in README, code


def test_no_finding_of_the_readme_is_gone() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "formfill").rglob("*.py"))
    for code in re.findall(r"^\| `([a-z-]+)` \| (?:info|warning|error) \|", README, re.MULTILINE):
        assert f'"{code}"' in text or code in checks.checks() or code in rules(), code


def test_every_error_is_in_the_readme() -> None:
    roots = {errors.SourceError, errors.RecognitionError, errors.DefinitionError, errors.ArchiveError, errors.FormfillError}
    for error in _classes(errors.FormfillError) - roots:
        assert f"`{error.code}`" in README, error.code


def test_every_output_format_is_in_the_readme() -> None:
    [formats] = re.findall(r"formfill render RECORD.json --to ([^ ]+) -o", README)
    assert set(formats.split("\\|")) == set(MODULES)


def test_links_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "samples" / "README.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
            assert target.startswith("http") or (path.parent / target).exists(), (path.name, target)


def test_the_tables_of_the_rules_are_those_of_the_rules() -> None:
    """Run ``python -m tools.rules_table README.md`` when this fails."""
    assert block(README, "rules") == "\n".join(rules_table.table())


def test_every_completeness_rule_is_decided_or_has_its_reason() -> None:
    decided = {entry.authority.rule for entry in rules_table.entries() if entry.authority is not None}
    assert decided | set(rules_table.UNDECIDED) == set(rules_table.RULES)
    assert not decided & set(rules_table.UNDECIDED)
