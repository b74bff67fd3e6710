"""The catalogue of sample cases: each file of ``samples/``, what a careful person says of it, and what we fail on and why."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import formfill
from formfill.results import code_of

if TYPE_CHECKING:
    from formfill.model.record import Record

ROOT: Final = Path(__file__).parents[1] / "samples"
PARTS: Final = ("form", "exit", "boxes", "answers", "comments", "findings")
"""What ``expected.json`` says, in its order."""

FAILURES: Final[dict[str, str]] = {}
"""What is known to fail, by test id (``case-format-field``), each with its reason. Empty is as it should be."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of a case."""

    path: Path

    @property
    def case(self) -> str:
        return self.path.parent.name

    @property
    def format(self) -> str:
        return self.path.suffix.removeprefix(".")

    @property
    def id(self) -> str:
        return f"{self.case}-{self.format}"


def samples() -> list[Sample]:
    """Every file of every case."""
    return [Sample(path) for path in sorted(ROOT.glob("*/*/source.*"))]


@cache
def record(sample: Sample) -> Record:
    """The sample as read; once per run."""
    return formfill.read(sample.path)


def said(given: Record) -> dict[str, Any]:
    """What a record says, in the shape of ``expected.json``."""
    findings = sorted([finding.field or "", finding.code, finding.severity.value] for finding in given.findings)
    return {
        "form": given.form.id if given.form else None,
        "exit": int(code_of(given)),
        "boxes": {box.option: box.state.value for box in given.boxes},
        "answers": {a.field: list(a.value) if isinstance(a.value, tuple) else a.value for a in given.answers},
        "comments": [comment.text for comment in given.comments],
        "findings": [[field or None, code, severity] for field, code, severity in findings],
    }


def stored(case: Path) -> dict[str, Any]:
    """``expected.json`` of a case, as it is."""
    loaded: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return loaded


def expected(sample: Sample) -> dict[str, Any]:
    """What is expected of one file: what the case says, and what its format forces."""
    whole = stored(sample.path.parent)
    forced = whole.get("formats", {}).get(sample.format, {})
    return {
        part: whole[part] | forced.get(part, {}) if isinstance(whole[part], dict) else forced.get(part, whole[part])
        for part in PARTS
    }


def merged(said_by: dict[str, dict[str, Any]], reasons: dict[str, str]) -> dict[str, Any]:
    """One expectation for all formats: what the DOCX says (else the text), and how the others differ."""
    first = "docx" if "docx" in said_by else "txt"
    whole: dict[str, Any] = dict(said_by[first])
    formats = {}
    for name, other in said_by.items():
        forced: dict[str, Any] = {}
        for part in PARTS:
            mine, its = whole[part], other[part]
            if isinstance(mine, dict) and mine.keys() == its.keys():
                its = {key: value for key, value in its.items() if value != mine[key]}
                mine = {}
            if its != mine:
                forced[part] = its
        if forced:
            formats[name] = {"reason": reasons.get(name, ""), **forced}
    return whole | ({"formats": formats} if formats else {})


def dumped(whole: dict[str, Any]) -> str:
    """The text of ``expected.json``: one line for each thing said."""
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return re.sub(r"\[\n\s+(null|\"[^\"]*\"),\n\s+(\"[^\"]*\"),\n\s+(\"[^\"]*\")\n\s+\]", r"[\1, \2, \3]", text) + "\n"
