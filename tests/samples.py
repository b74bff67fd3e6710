"""The catalogue of sample cases: each file of ``samples/``, what a careful person says of it, and what we fail on and why."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import formfill
from formfill.model.completed import RepeatedRow
from formfill.model.document import MarkState
from formfill.results import code_of

if TYPE_CHECKING:
    from formfill.model.completed import Answer, BoxReading, Normalised
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
        form = self.path.parent.parent.name
        return f"{self.case}-{self.format}" if form == "bts-sio-grille-bloc1" else f"{form}-{self.case}-{self.format}"


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
        "boxes": {_box(box): box.state.value for box in given.boxes if box.row is None or box.state is not MarkState.BLANK},
        "answers": {a.field: _value(a) for a in given.answers},
        "comments": [comment.text for comment in given.comments],
        "findings": [[field or None, code, severity] for field, code, severity in findings],
    }


def _box(box: BoxReading) -> str:
    """What names a box: its option, with its field where a form has several, with its row in a table."""
    if box.field == "competences":
        return box.option
    return f"{box.field}/{box.option}" if box.row is None else f"{box.field}/{box.row}/{box.option}"


def _value(answer: Answer) -> Any:
    """What a field holds, as written, and its normalised twin beside it where it has one."""
    if not isinstance(answer.value, tuple):
        return answer.value if answer.normalised is None else [answer.value, _listed(answer.normalised)]
    rows = [[r.section, r.intitule, r.periode, list(r.competences)] for r in answer.value if isinstance(r, RepeatedRow)]
    if rows and isinstance(answer.normalised, tuple):
        return [[*row, _listed(period)] for row, period in zip(rows, answer.normalised, strict=True)]
    return list(answer.value)


def _listed(value: Normalised) -> Any:
    return list(value) if isinstance(value, tuple) else value


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
    first = next(name for name in ("docx", "xlsx", "txt") if name in said_by)
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
