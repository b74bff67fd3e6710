"""The sheets of a class: candidates × documents in colours, findings, compétences covered, what is left to do. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.report import Severity
from formfill.reports._class_view import STATE_GLYPHS, State, class_view, state_word, whole_word
from formfill.reports._sheets import Cell, Column, Sheet, Tone
from formfill.reports._words import place_words, severity_word, visible_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome
    from formfill.reports._class_view import ClassView, Heading, Row, Told

_TONES = {State.GOOD: Tone.GOOD, State.DOUBT: Tone.DOUBT, State.MISSING: Tone.BAD}
_SEVERITIES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.INFO}


def whole(outcomes: Sequence[Outcome], cohort: Cohort, forms: Mapping[str, Form]) -> tuple[Sheet, ...]:
    """Every view of a class, a sheet each."""
    view = class_view(outcomes, cohort, forms)
    return _matrix(view), _to_do(view), _findings(view), _covered(view), _files(view, outcomes)


def beside(outcomes: Sequence[Outcome], cohort: Cohort, forms: Mapping[str, Form]) -> tuple[Sheet, ...]:
    """The views that the sheets of a run have not: the findings and files are there already."""
    view = class_view(outcomes, cohort, forms)
    return _matrix(view), _to_do(view), _covered(view)


def shown(state: State, count: int = 1) -> str:
    """A piece in a word, with its sign: a grey print says the same."""
    if state is State.NONE:
        return STATE_GLYPHS[state]
    word = f"{STATE_GLYPHS[state]} {state_word(state)}"
    return f"{word} ({count})" if count > 1 else word


def _state(state: State) -> str:
    """A candidate's whole in a word, with its sign."""
    return f"{STATE_GLYPHS[state]} {whole_word(state)}"


def heading(view: ClassView, item: Heading) -> str:
    """A column of the matrix: the épreuve and the piece."""
    return f"{view.epreuves.get(item.bloc, item.bloc)}\n{item.piece.label}"


def _tones(most: int = 6) -> tuple[tuple[str, Tone], ...]:
    return tuple((shown(state, count), tone) for state, tone in _TONES.items() for count in range(1, most + 1))


def _matrix(view: ClassView) -> Sheet:
    columns = (
        Column(_("Candidat"), 30),
        Column(_("N°"), 16),
        Column(_("Session"), 9),
        Column(_("Option"), 9),
        *(Column(heading(view, item), 20, _tones()) for item in view.headings),
        Column(_("Dossier"), 16, tuple((_state(state), tone) for state, tone in _TONES.items())),
        Column(_("Erreurs"), 10, positive=Tone.BAD),
        Column(_("Avertissements"), 16, positive=Tone.DOUBT),
    )
    rows = tuple(
        (
            *_who(row),
            *(shown(row.piece(item), len(row.handed(item)) if item.piece.several else 1) for item in view.headings),
            _state(row.state),
            row.count(Severity.ERROR),
            row.count(Severity.WARNING),
        )
        for row in view.rows
    )
    return Sheet("formfill_matrix", _("Dossiers"), columns, rows)


def _who(row: Row) -> tuple[Cell, ...]:
    person = row.candidate
    return person.name, person.number, str(person.session or ""), person.option


def _to_do(view: ClassView) -> Sheet:
    columns = (
        Column(_("Candidat"), 30),
        Column(_("Épreuve"), 10),
        Column(_("Document"), 34),
        Column(_("À faire"), 76),
        Column(_("Règle"), 10),
        Column(_("Fait"), 8),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in view.rows:
        if not row.dossiers:
            rows.append((row.candidate.label, None, None, _("Aucun document remis."), "RG-30", None))
        rows += [
            (row.candidate.label, told.epreuve, _file(told), told.finding.message, told.finding.rule, None) for told in row.to_do
        ]
    rows += [
        (_("Ensemble"), None, _file(told), told.finding.message, told.finding.rule, None)
        for told in view.told
        if told.finding.code != "candidate-without-dossier" and told.finding.severity is not Severity.INFO
    ]
    return Sheet("formfill_todo", _("À faire"), columns, tuple(rows))


def _findings(view: ClassView) -> Sheet:
    columns = (
        Column(_("Candidat"), 30),
        Column(_("Épreuve"), 10),
        Column(_("Document"), 34),
        Column(_("Gravité"), 15, tuple((severity_word(s), tone) for s, tone in _SEVERITIES.items())),
        Column(_("Constat"), 66),
        Column(_("Règle"), 10),
        Column(_("Code"), 24),
        Column(_("Référence"), 44),
        Column(_("Lieu"), 30),
    )
    rows = [(row.candidate.label, told) for row in view.rows for told in row.told]
    rows += [(_("Ensemble"), told) for told in view.told]
    return Sheet("formfill_findings", _("Constats"), columns, tuple(_finding(name, told) for name, told in rows))


def _finding(name: str, told: Told) -> tuple[Cell, ...]:
    f = told.finding
    where = place_words(f.place)
    return name, told.epreuve, _file(told), severity_word(f.severity), f.message, f.rule, f.code, f.reference, where


def _file(told: Told) -> str | None:
    return visible_name(told.source) if told.source is not None else None


def _covered(view: ClassView) -> Sheet:
    tones = (("0", Tone.BAD),)
    columns = (
        Column(_("Candidat"), 30),
        Column(_("Option"), 9),
        *(Column(f"{code}\n{label}", 22, tones) for code, label in view.competences),
    )
    rows = []
    for row in view.rows:
        if row.dossiers:
            found = row.covered()
            rows.append(
                (row.candidate.label, row.candidate.option, *(str(found.get(code, 0)) for code, _label in view.competences))
            )
    return Sheet("formfill_covered", _("Compétences"), columns, tuple(rows))


def _files(view: ClassView, outcomes: Sequence[Outcome]) -> Sheet:
    columns = (
        Column(_("Fichier"), 60),
        Column(_("Candidat"), 30),
        Column(_("Pièce"), 40),
        Column(_("État"), 20),
        Column(_("Message"), 60),
    )
    return Sheet("formfill_files", _("Fichiers"), columns, tuple(_file_rows(view, outcomes)))


def _file_rows(view: ClassView, outcomes: Sequence[Outcome]) -> Iterator[tuple[Cell, ...]]:
    words = {
        "present": _("présent"),
        "duplicate": _("copie"),
        "superseded": _("remplacé"),
        "version": _("plusieurs versions"),
        "stray": _("en trop"),
    }
    filed = {
        id(item.paper.record): (row.candidate.label, item)
        for row in view.rows
        for dossier in row.dossiers
        for item in dossier.handed
    }
    for outcome in outcomes:
        name = visible_name(outcome.name)
        if id(outcome.record) in filed:
            who, item = filed[id(outcome.record)]
            yield name, who, item.piece.label if item.piece is not None else None, words[item.place.value], None
        elif outcome.record is None:
            yield name, None, None, _("refusé"), outcome.message
        else:
            form = outcome.record.form
            yield name, None, form.id if form is not None else None, _("hors dossier") if form else _("formulaire inconnu"), None
