"""What each sheet of the workbook holds, as plain rows. Pure: it knows nothing of the file format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.completed import AnswerState
from formfill.model.document import MarkState
from formfill.model.report import Severity
from formfill.reports._view import Status, status_word
from formfill.reports._words import evidence_word, kind_word, place_words, says_word, severity_word, state_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.completed import BoxReading
    from formfill.reports._view import View


class Tone(StrEnum):
    """The colour of a value."""

    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class LinkCell:
    """A text that opens a file of the output folder."""

    text: str
    path: str
    """As it is on disk, relative to the workbook."""


Cell = str | int | LinkCell | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    width: float
    """In characters."""
    tones: tuple[tuple[str, Tone], ...] = ()
    """The colour of each word the column may hold."""
    positive: Tone | None = None
    """The colour of a number above zero."""
    wrap: bool = True
    """Whether a long text goes on under itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table that starts in A1."""

    id: str
    """Name of the table, the same in every language: ``formfill_files``."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(views: Sequence[View]) -> tuple[Sheet, ...]:
    """The sheets of a run, in their order."""
    return _files(views), _boxes(views), _comments(views), _findings(views)


def _files(views: Sequence[View]) -> Sheet:
    status = {Status.READ: Tone.GOOD, Status.REVIEW: Tone.DOUBT, Status.UNKNOWN: Tone.BAD, Status.REFUSED: Tone.BAD}
    columns = (
        Column(_("Fichier"), 34),
        Column(_("État"), 20, tuple((status_word(s), tone) for s, tone in status.items())),
        Column(_("Formulaire"), 24),
        Column(_("Édition"), 11),
        Column(_("Cases cochées"), 11),
        Column(_("Cases non cochées"), 12),
        Column(_("Cases incertaines"), 12, positive=Tone.DOUBT),
        Column(_("Erreurs"), 10, positive=Tone.BAD),
        Column(_("Avertissements"), 17, positive=Tone.DOUBT),
        Column(_("Informations"), 14, positive=Tone.INFO),
        Column(_("Message"), 46),
        Column(_("Empreinte SHA-256"), 20, wrap=False),
    )
    return Sheet("formfill_files", _("Fichiers"), columns, tuple(_file_row(view) for view in views))


def _file_row(view: View) -> tuple[Cell, ...]:
    name: Cell = LinkCell(view.name, view.links[0].path) if view.links else view.name
    outcome, read = view.outcome, view.record is not None
    states = (view.states[s] if read else None for s in (MarkState.TICKED, MarkState.BLANK, MarkState.UNCERTAIN))
    severities = (view.severities[s] if read else None for s in Severity)
    message = outcome.message if read or not outcome.code else f"{outcome.message or ''} [{outcome.code}]".strip()
    return (name, status_word(view.status), view.form_title, view.edition, *states, *severities, message, outcome.sha256)


def _boxes(views: Sequence[View]) -> Sheet:
    tones = ((state_word(MarkState.TICKED), Tone.GOOD), (state_word(MarkState.UNCERTAIN), Tone.DOUBT))
    columns = (
        Column(_("Fichier"), 32),
        Column(_("Rubrique"), 16),
        Column(_("Ligne"), 24),
        Column(_("Case"), 13),
        Column(_("Libellé"), 56),
        Column(_("État"), 13, tones),
        Column(_("Page"), 8),
        Column(_("Ce qui a été vu"), 44),
    )
    rows = tuple(
        (view.name, b.field, _row_title(b), b.option, b.label, state_word(b.state), b.place.page, _seen(b))
        for view in views
        for b in (view.record.boxes if view.record else ())
    )
    return Sheet("formfill_boxes", _("Cases"), columns, rows)


def _row_title(box: BoxReading) -> str | None:
    if box.row is None:
        return None
    return f"{box.row + 1} — {box.row_label}" if box.row_label else str(box.row + 1)


def _seen(box: BoxReading) -> str:
    return "\n".join(f"{evidence_word(e.kind)} : {says_word(e.says)} ({e.detail})" for e in box.evidence if e.kind != "crop")


def _comments(views: Sequence[View]) -> Sheet:
    columns = (
        Column(_("Fichier"), 32),
        Column(_("Nature"), 22),
        Column(_("Rubrique"), 26),
        Column(_("Texte"), 84),
        Column(_("Auteur"), 18),
        Column(_("Lieu"), 32),
    )
    return Sheet("formfill_comments", _("Commentaires"), columns, tuple(row for view in views for row in _written(view)))


def _written(view: View) -> Iterator[tuple[Cell, ...]]:
    if view.record is None:
        return
    boxes = {box.field for box in view.record.boxes}
    for answer in view.record.answers:
        if answer.field in boxes or answer.state is AnswerState.EMPTY or answer.value is None:
            continue
        yield view.name, _("rubrique du formulaire"), answer.field, answer.text, None, place_words(answer.place)
    for comment in view.record.comments:
        yield view.name, kind_word(comment.kind), comment.field, comment.text, comment.author, place_words(comment.place)


def _findings(views: Sequence[View]) -> Sheet:
    severity = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.INFO}
    columns = (
        Column(_("Fichier"), 32),
        Column(_("Gravité"), 15, tuple((severity_word(s), tone) for s, tone in severity.items())),
        Column(_("Constat"), 60),
        Column(_("Code"), 22),
        Column(_("Règle"), 10),
        Column(_("Rubrique"), 20),
        Column(_("Référence"), 36),
        Column(_("Page"), 8),
        Column(_("Lieu"), 30),
    )
    rows = tuple(
        (v.name, severity_word(f.severity), f.message, f.code, f.rule, f.field, f.reference, f.place.page, place_words(f.place))
        for v in views
        for f in v.findings
    )
    return Sheet("formfill_findings", _("Constats"), columns, rows)
