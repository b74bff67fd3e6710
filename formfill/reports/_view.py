"""What the reports show of one outcome: its status, its counts, which comment belongs to which box. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.report import Finding, Severity
from formfill.reports._words import href, visible_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.completed import Answer, BoxReading
    from formfill.model.form import Form, GridRow
    from formfill.model.outcome import Outcome
    from formfill.model.record import Record


class Status(StrEnum):
    """What a person has to do with a file."""

    READ = "read"
    """Nothing."""
    REVIEW = "review"
    """Look at it: an error, a box that could not be settled, or a rendition that failed."""
    UNKNOWN = "unknown"
    """It is no known form."""
    REFUSED = "refused"
    """It could not be read."""


STATUS_GLYPHS: Final = {Status.READ: "✓", Status.REVIEW: "▲", Status.UNKNOWN: "✗", Status.REFUSED: "✗"}
_LINKS: Final = ("form.pdf", "form.docx", "form.xlsx", "form.html", "form.txt", "record.json")
_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def status_word(status: Status) -> str:
    """The status in words."""
    words = {
        Status.READ: _("lu"),
        Status.REVIEW: _("lu, à vérifier"),
        Status.UNKNOWN: _("formulaire inconnu"),
        Status.REFUSED: _("refusé"),
    }
    return words[status]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a file of the output folder."""

    label: str
    href: str
    """Relative and quoted."""
    path: str
    """The path as it is on disk."""


@dataclass(frozen=True, slots=True)
class Unverified:
    """A wording of the form that no official text has confirmed."""

    code: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class View:
    """One outcome, ready to be shown."""

    rank: int
    """From 1, in the order of the run; names the anchor of its section."""
    outcome: Outcome
    form: Form | None
    """The definition of its form, when there is one."""
    states: Counter[MarkState]
    severities: Counter[Severity]

    @property
    def record(self) -> Record | None:
        """The record; None for a refused file."""
        return self.outcome.record

    @property
    def name(self) -> str:
        """The file as the user knows it, with its part when it holds several forms."""
        name = visible_name(self.outcome.name)
        part = self.record.source.part if self.record else None
        return _("{name} (partie {n})").format(name=name, n=part.index) if part else name

    @property
    def status(self) -> Status:
        """What a person has to do with it."""
        if self.record is None:
            return Status.REFUSED
        if self.record.form is None:
            return Status.UNKNOWN
        doubtful = self.record.has_errors or self.states[MarkState.UNCERTAIN] or self.outcome.message
        return Status.REVIEW if doubtful else Status.READ

    @property
    def form_title(self) -> str:
        """The form's title, its id when its definition is not at hand, empty when it is unknown."""
        if self.form is not None:
            return self.form.title
        return self.record.form.id if self.record and self.record.form else ""

    @property
    def edition(self) -> str:
        """The edition, empty when it is not known."""
        return (self.record.form.edition or "") if self.record and self.record.form else ""

    @property
    def links(self) -> tuple[Link, ...]:
        """The files written for it: those to read first, the data last."""
        labels = {"form.pdf": "PDF", "form.docx": "Word", "form.xlsx": "Excel", "form.html": "HTML", "form.txt": _("texte")}
        labels["record.json"] = _("données")
        found = [(PurePosixPath(path).name, path) for path in self.outcome.files]
        found.sort(key=lambda item: _LINKS.index(item[0]) if item[0] in _LINKS else len(_LINKS))
        return tuple(Link(labels.get(name, visible_name(name)), href(path), path) for name, path in found)

    @property
    def findings(self) -> list[Finding]:
        """The findings, errors first, otherwise in their order."""
        return sorted(self.record.findings, key=lambda f: _RANK[f.severity]) if self.record else []

    def row(self, box: BoxReading) -> GridRow | None:
        """The row of the form's definition that a box belongs to."""
        grid = self.form.grid if self.form else None
        if grid is None or box.field != grid.field:
            return None
        return next((row for row in grid.rows if row.option == box.option), None)

    def comment(self, box: BoxReading) -> str | None:
        """What was written under a box's row, None when nothing was."""
        answer = self.record.answer(self._comment_field(box)) if self.record else None
        return answer.value if answer is not None and isinstance(answer.value, str) and answer.value else None

    def _comment_field(self, box: BoxReading) -> str:
        row = self.row(box)
        return row.comment_field if row else f"commentaire.{box.option}"

    @property
    def other_answers(self) -> list[Answer]:
        """The answers that stand neither in the boxes nor in their comments."""
        if self.record is None:
            return []
        shown = {box.field for box in self.record.boxes} | {self._comment_field(box) for box in self.record.boxes}
        return [answer for answer in self.record.answers if answer.field not in shown]

    @property
    def unverified(self) -> list[Unverified]:
        """The form's wordings that no official text has confirmed."""
        found: list[Unverified] = []
        for row in self.form.grid.rows if self.form and self.form.grid else ():
            if not row.verified:
                found.append(Unverified(row.code or row.option, row.label, row.source))
            found += [Unverified(line.code, line.text, "") for column in row.lines for line in column if not line.verified]
        return found


def views(outcomes: Sequence[Outcome], forms: Mapping[str, Form]) -> list[View]:
    """The outcomes ready to be shown, in their order."""
    return [_view(rank, outcome, forms) for rank, outcome in enumerate(outcomes, 1)]


def _view(rank: int, outcome: Outcome, forms: Mapping[str, Form]) -> View:
    record = outcome.record
    return View(
        rank=rank,
        outcome=outcome,
        form=forms.get(record.form.id) if record and record.form else None,
        states=Counter(box.state for box in record.boxes) if record else Counter(),
        severities=Counter(finding.severity for finding in record.findings) if record else Counter(),
    )
