"""Records, findings and documents as plain lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.files import shown
from formfill.language import gettext as _
from formfill.language import ngettext
from formfill.model.document import MarkState
from formfill.model.dossier import Place as Worth
from formfill.model.glyphs import SHOWN
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.document import Document, Mark
    from formfill.model.dossier import Cohort, Dossier
    from formfill.model.geometry import Place
    from formfill.model.record import Record
    from formfill.model.report import Finding


def state_word(state: MarkState) -> str:
    """The state of a box, in a word."""
    return {MarkState.TICKED: _("cochée"), MarkState.BLANK: _("vide"), MarkState.UNCERTAIN: _("incertaine")}[state]


def severity_word(severity: Severity) -> str:
    """A severity, in a word."""
    return {Severity.ERROR: _("erreur"), Severity.WARNING: _("avertissement"), Severity.INFO: _("information")}[severity]


def place_words(place: Place) -> str:
    """Where something stands, for a person: ``tableau 1, ligne 3``; empty when nobody knows."""
    if place.page is None and place.path is None:
        return ""
    from formfill.reports import _words

    return _words.place_words(place)


def finding_line(finding: Finding) -> str:
    """One finding on one line."""
    where = place_words(finding.place)
    return f"  {severity_word(finding.severity)} [{finding.code}] {finding.message}" + (f" ({where})" if where else "")


def part_name(name: str, record: Record) -> str:
    """The name of a file, with the part of it that a record is."""
    part = record.source.part
    if part is None:
        return name
    if not part.pages:
        return _("{name} (partie {n})").format(name=name, n=part.index)
    return _("{name} (partie {n}, pages {pages})").format(name=name, n=part.index, pages=", ".join(map(str, part.pages)))


def record_text(record: Record) -> Iterator[str]:
    """A record: its form, its boxes, its texts, its findings."""
    form = record.form
    recognised = _("formulaire inconnu")
    if form is not None:
        edition = f", {form.edition}" if form.edition else ""
        recognised = f"{form.id}{edition} ({_('{n} %').format(n=round(100 * form.score))})"
    yield _("{name} : {text}").format(name=part_name(shown(record.source.name), record), text=recognised)
    boxed = {box.field for box in record.boxes}
    for box in record.boxes:
        if box.row is None:
            yield f"  {SHOWN[box.state]} {box.option:<13} {box.label} – {state_word(box.state)}"
        elif box.state is MarkState.UNCERTAIN:
            yield f"  {SHOWN[box.state]} {box.option:<13} {box.row_label or box.row + 1} : {box.label} – {state_word(box.state)}"
    for answer in record.answers:
        if answer.value is not None and answer.field not in boxed:
            first, *rest = answer.text.split("\n")
            yield "  " + _("{name} : {text}").format(name=answer.field, text=first)
            yield from (f"    {line}" for line in rest)
    for comment in record.comments:
        yield "  " + _("hors grille : {text}").format(text=" / ".join(comment.text.split("\n")))
    yield from map(finding_line, record.findings)


def document_text(document: Document) -> Iterator[str]:
    """What a reader saw: its grids, its text, its marks, its annotations."""
    marks = {mark.id: mark for mark in document.marks}
    for number, grid in enumerate(document.grids, 1):
        yield _("Tableau {number} : {count} lignes").format(number=number, count=len(grid.rows))
        for row in grid.rows:
            for cell in row:
                text = " / ".join(cell.text.split("\n"))
                yield f"  [{cell.row + 1},{cell.col + 1}] {text}"
    for block in document.text:
        yield _("Texte : {text}").format(text=" / ".join(block.text.split("\n")))
    for mark in marks.values():
        yield mark_line(mark)
    for note in document.annotations:
        yield _("Annotation ({kind}) : {text}").format(kind=note.kind.value, text=note.text)
    yield from map(finding_line, document.findings)


def mark_line(mark: Mark) -> str:
    """One mark on one line."""
    where = place_words(mark.place)
    name = f"{SHOWN[mark.state]} {mark.id} {state_word(mark.state)}"
    return _("{name} : {text}").format(name=name, text=mark.label) + (f" ({where})" if where else "")


def cohort_text(cohort: Cohort) -> Iterator[str]:
    """Each dossier, then what concerns the whole class."""
    for dossier in cohort.dossiers:
        epreuve = dossier.epreuve or dossier.bloc
        count = len(dossier.missing)
        state = (
            ngettext("{count} pièce manquante", "{count} pièces manquantes", count).format(count=count)
            if count
            else _("pièces au complet")
        )
        wrong = errors(dossier)
        if wrong:
            state += ", " + ngettext("{count} erreur", "{count} erreurs", wrong).format(count=wrong)
        yield _("Dossier {candidate}, {epreuve} : {state}.").format(candidate=dossier.candidate.label, epreuve=epreuve, state=state)
        yield from map(finding_line, dossier.findings)
    if cohort.findings:
        yield _("Ensemble :")
        yield from map(finding_line, cohort.findings)


def errors(dossier: Dossier) -> int:
    """How many errors are to be corrected in a dossier and its documents, the missing pieces apart."""
    own = sum(finding.severity is Severity.ERROR for finding in dossier.findings) - len(dossier.missing)
    counted = [item for item in dossier.handed if item.place not in (Worth.DUPLICATE, Worth.SUPERSEDED)]
    return own + sum(finding.severity is Severity.ERROR for item in counted for finding in item.paper.record.findings)
