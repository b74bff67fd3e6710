"""Letters to the candidates whose dossier is incomplete or wrong: for each a Word document, a PDF of it, and the text of an e-mail.

Nothing is sent. The Word document comes from a template that a secretary edits in Word (Jinja2 tags, docxtpl); the PDF shows what
that document says, whatever the template. Nothing depends on the day they are made: the deadline and the date are given.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from formfill.language import gettext as _
from formfill.model.report import Severity
from formfill.reports._class_view import class_view
from formfill.reports._html import template_text
from formfill.reports._words import visible
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from formfill.model.dossier import Candidate, Cohort, Dossier
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome
    from formfill.reports._class_view import Row

MONTHS: Final = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MISSING: Final = ("missing-document", "missing-fiche")


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece to hand in."""

    piece: str
    epreuve: str
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A thing to correct."""

    document: str
    """Name of the file; empty for what several documents say."""
    message: str
    epreuve: str
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; the names are those of the tags of a template."""

    name: str
    number: str
    session: str
    option: str
    epreuves: str
    deadline: str
    """``15 décembre 2026``."""
    date: str
    """The date of the letter; empty when none was given."""
    missing: tuple[Missing, ...]
    wrong: tuple[Wrong, ...]

    @property
    def stem(self) -> str:
        """The name of its files: ``legende-gaston-02401234508``."""
        words = "".join(c if c.isascii() and c.isalnum() else " " for c in normalise(f"{self.name} {self.number}"))
        return "-".join(words.split())[:80] or "candidat"

    def tags(self) -> dict[str, Any]:
        """What a template may show; what XML forbids is shown by signs."""
        return {key: _shown(value) for key, value in asdict(self).items()}


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _shown(inner) for key, inner in value.items()}
    return [_shown(inner) for inner in value] if isinstance(value, list | tuple) else value


def letters(
    outcomes: Sequence[Outcome], cohort: Cohort, forms: Mapping[str, Form], *, deadline: str, date: str | None = None
) -> list[Letter]:
    """The letters of a class: to those who miss a piece, or have an error to correct.

    Args:
        outcomes: what became of each file.
        cohort: their dossiers.
        forms: the definitions of the forms, by id.
        deadline: ISO 8601.
        date: of the letter, ISO 8601; left out when it is not given.
    """
    rows = class_view(outcomes, cohort, forms).rows
    made = (_letter(row, long_date(deadline), long_date(date) if date else "") for row in rows)
    return [letter for letter in made if letter.missing or letter.wrong]


def unsettled(cohort: Cohort) -> list[str]:
    """The candidates of whom a piece is not asked for, as a document of nobody may be it."""
    return list(dict.fromkeys(dossier.candidate.label for dossier in cohort.dossiers if dossier.perhaps))


def _letter(row: Row, deadline: str, date: str) -> Letter:
    who: Candidate = row.candidate
    dossiers = (*row.dossiers, *row.owed)
    return Letter(
        name=who.name or "",
        number=who.number or "",
        session=str(who.session or ""),
        option=who.option or "",
        epreuves=", ".join(dossier.epreuve or dossier.bloc for dossier in dossiers),
        deadline=deadline,
        date=date,
        missing=tuple(item for dossier in dossiers for item in _missing(dossier)),
        wrong=tuple(_wrong(row)),
    )


def _missing(dossier: Dossier) -> Iterator[Missing]:
    """The pieces to hand in; one that a document of nobody may be is not asked for before that is settled."""
    found = [finding for finding in dossier.findings if finding.code in _MISSING]
    for piece, finding in zip(dossier.missing, found, strict=True):
        if not dossier.may_be(piece):
            yield Missing(piece.label, dossier.epreuve or dossier.bloc, finding.rule or "", finding.reference or "")


def _wrong(row: Row) -> Iterator[Wrong]:
    for told in row.told:
        f = told.finding
        if told.to_give and f.severity is Severity.ERROR and f.code not in _MISSING:
            document = (told.source or "").replace("\\", "/").rpartition("/")[2]
            yield Wrong(document, f.message, told.epreuve or "", f.rule or "", f.reference or "")


def long_date(iso: str) -> str:
    """An ISO 8601 date as a letter has it: ``1er février 2026``."""
    year, month, day = map(int, iso.split("-"))
    return f"{'1er' if day == 1 else day} {MONTHS[month - 1]} {year}"


def mail(letter: Letter) -> str:
    """The text of an e-mail: its subject on the first line. It is never sent."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.from_string(template_text("letters/courriel.txt")).render(letter.tags())


def heading() -> str:
    """What a PDF is called, for people who hear it."""
    return _("Dossier d’examen à compléter")
