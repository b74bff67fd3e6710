"""Forms and référentiels as text, and the mistakes of their files: what the commands ``forms`` and ``referentiel`` print."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from formfill import catalogue
from formfill.errors import MissingTemplateError, UnreadableSourceError
from formfill.files import reason
from formfill.language import gettext as _
from formfill.language import ngettext
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from formfill.definitions.problems import Problem
    from formfill.model.diploma import Epreuve
    from formfill.model.form import CheckboxGrid
    from formfill.model.label import Label
    from formfill.model.layout import Layout
    from formfill.model.referentiel import Bloc, Competence, Referentiel

_LARGEST = 20 * 2**20


def forms_list() -> str:
    """One line per form: id, editions, title."""
    forms = catalogue.forms()
    width = max((len(form.id) for form in forms), default=0)
    return "\n".join(f"{form.id:<{width}}  {form.title} ({', '.join(e.id for e in form.editions)})" for form in forms)


def referentiel_list() -> str:
    """One line per référentiel: id, diploma, how many compétences, how many wordings are not verified."""
    ids = catalogue.referentiel_ids()
    width = max(map(len, ids), default=0)
    return "\n".join(f"{own:<{width}}  {_summary(catalogue.referentiel(own))}" for own in ids)


def _summary(referentiel: Referentiel) -> str:
    competences = sum(len(bloc.competences) for bloc in referentiel.blocs)
    unverified = sum(not label.verified for _code, label in referentiel.labels())
    parts = [referentiel.diplome.sigle, ngettext("{n} compétence", "{n} compétences", competences).format(n=competences)]
    if unverified:
        parts.append(ngettext("{n} libellé non vérifié", "{n} libellés non vérifiés", unverified).format(n=unverified))
    return " · ".join(parts)


def form_show(form_id: str) -> str:
    """A form: what it prints, its fields, how it is recognised, its checks."""
    form = catalogue.form(form_id)
    recognition = form.recognition
    lines = [
        f"{form.id} — {form.title}",
        _("Diplôme : {name}").format(name=form.diploma),
        _("Référentiel : {name}").format(name=form.referentiel),
        _("Textes : {name}").format(name=form.reference),
        _("Éditions : {names}").format(names=", ".join(edition.id for edition in form.editions)),
        "",
        _("Reconnaissance : score d’au moins {threshold:g}, {rows} titres de ligne au moins.").format(
            threshold=recognition.threshold, rows=recognition.min_rows
        ),
        *(f"  {anchor.weight:g}  {anchor.text}{_(' (obligatoire)') if anchor.required else ''}" for anchor in recognition.anchors),
    ]
    if form.grid is not None:
        lines += ["", *_grid(form.grid)]
    if form.layout is not None:
        lines += ["", *_fields(form.layout)]
    lines += ["", _("Contrôles : {codes}").format(codes=", ".join(form.checks))]
    return "\n".join(lines)


def _fields(layout: Layout) -> Iterator[str]:
    yield _("Champs :")
    for field in layout.fields:
        yield f"  {field.id} ({field.kind}) — {field.label}"
        yield from (f"      ☐ {option.id} — {option.label}" for option in field.options)
    if layout.levels is not None:
        names = ", ".join(option.id for option in layout.levels.options)
        yield "  " + _("Niveaux, un par ligne : {names}").format(names=names)
        yield from (f"      {row.field} — {row.label}" for row in layout.levels.rows)
    if layout.table is not None:
        names = ", ".join(section.id for section in layout.table.sections)
        yield "  " + _("{field} : un tableau, sections {names}").format(field=layout.table.field, names=names)
        yield from (f"      ☐ {option.id} — {option.label}" for option in layout.table.columns)
    if layout.matrix is not None:
        yield "  " + _("Lignes de textes :")
        yield from (f"      {own}" for own in layout.matrix.ids)


def _grid(grid: CheckboxGrid) -> Iterator[str]:
    yield _("Cases du champ « {field} », une par ligne :").format(field=grid.field)
    for row in grid.rows:
        count = sum(map(len, row.lines))
        yield f"  ☐ {row.option} — {row.label}{_unverified(row.verified)}"
        counted = ngettext("{n} ligne imprimée", "{n} lignes imprimées", count).format(n=count)
        yield "      " + _("{counted} ; commentaire : {field}").format(counted=counted, field=row.comment_field)
        for line in (line for column in row.lines for line in column if not line.verified):
            yield f"      {line.code} {line.text}{_unverified(line.verified)}"


def referentiel_show(referentiel_id: str) -> str:
    """A référentiel: diploma, texts, épreuves by session, blocs with their compétences, each unverified wording marked."""
    referentiel = catalogue.referentiel(referentiel_id)
    return "\n".join([*_diploma(referentiel), *_epreuves(referentiel.epreuves), *(t for b in referentiel.blocs for t in _bloc(b))])


def _diploma(referentiel: Referentiel) -> Iterator[str]:
    diploma = referentiel.diplome
    yield f"{referentiel.referentiel} — {diploma.sigle}"
    yield _label(diploma.label)
    for option in referentiel.options:
        yield _("Option {letter} : {code}, {label}").format(letter=option.lettre, code=option.code, label=_label(option.label))
    if diploma.texte or diploma.textes:
        yield from ("", _("Textes"))
    if diploma.texte:
        yield f"  {diploma.texte}"
    for text in diploma.textes:
        yield f"  {text.titre} ({', '.join(filter(None, [text.jorf, text.identifiant_legifrance]))}){_unverified(text.verified)}"
    for sheet in diploma.fiches_rncp:
        end = sheet.date_fin.isoformat() if sheet.date_fin else "…"
        yield f"  {sheet.numero} : {sheet.date_effet.isoformat()} → {end}{_unverified(sheet.verified)}"
    for unused in referentiel.competences_non_mobilisees:
        yield "  " + _("Non mobilisée : {code} {label}").format(code=unused.code, label=_label(unused.label))


def _epreuves(epreuves: Iterable[Epreuve]) -> Iterator[str]:
    by_session: dict[str, list[Epreuve]] = {}
    for epreuve in epreuves:
        by_session.setdefault(_sessions(epreuve), []).append(epreuve)
    for sessions, found in by_session.items():
        yield from ("", _("Épreuves, {sessions}").format(sessions=sessions))
        for epreuve in found:
            options = f" ({', '.join(epreuve.options)})" if epreuve.options else ""
            yield f"  {epreuve.code}{options} {_label(epreuve.label)}"
            yield from _terms(epreuve)


def _sessions(epreuve: Epreuve) -> str:
    start, end = epreuve.session_debut, epreuve.session_fin
    if start is None:
        return _("toutes sessions") if end is None else _("jusqu’à la session {end}").format(end=end)
    if end is None:
        return _("depuis la session {start}").format(start=start)
    return _("sessions {start} à {end}").format(start=start, end=end)


def _terms(epreuve: Epreuve) -> Iterator[str]:
    coefficient = _("coefficient {n}").format(n=epreuve.coefficient) if epreuve.coefficient is not None else None
    terms = [
        (", ".join(epreuve.blocs) or None, True),
        (coefficient, epreuve.coefficient_verified is not False),
        (epreuve.forme, True),
        (epreuve.duree, epreuve.duree_verified is not False),
    ]
    said = [f"{text}{_unverified(verified)}" for text, verified in terms if text]
    if said:
        yield f"      {' · '.join(said)}"


def _bloc(bloc: Bloc) -> Iterator[str]:
    options = f" ({', '.join(bloc.options)})" if bloc.options else ""
    yield from ("", _("Bloc {id}{options} : {label}").format(id=bloc.id, options=options, label=_label(bloc.label)))
    for critere in bloc.criteres_transversaux:
        yield f"  {critere.code} {_label(critere.label)}"
    for competence in bloc.competences:
        yield from _competence(competence)


def _competence(competence: Competence) -> Iterator[str]:
    yield f"  {competence.code} {_label(competence.label)}"
    for activite in competence.activites:
        yield f"    · {activite.code} {_label(activite.label)}"
    for indicateur in competence.indicateurs:
        yield f"    → {indicateur.code} {_label(indicateur.label)}"
        yield from (f"        - {element}{_unverified(indicateur.label.verified)}" for element in indicateur.elements)
    if competence.indicateurs_complets is False:
        yield "    " + _("Indicateurs incomplets. {note}").format(note=competence.indicateurs_note or "").rstrip()


def _label(label: Label) -> str:
    return f"{label.text}{_unverified(label.verified)}".lstrip()


def _unverified(verified: bool) -> str:
    return "" if verified else " " + _("[non vérifié]")


def check_referentiel_file(path_or_id: str) -> tuple[Problem, ...]:
    """Every mistake of a référentiel file.

    Args:
        path_or_id: a path, the id of a référentiel that formfill ships, or ``-`` for standard input.

    Raises:
        UnreadableSourceError: when there is no such file, or it cannot be read.
    """
    from formfill.definitions.check import check_referentiel

    text, stem, found = _text_of(path_or_id, "referentiels", "referentiel", catalogue.referentiel_ids())
    return found or check_referentiel(text, stem)


def check_form_file(path_or_id: str, checks: Collection[str] | None = None) -> tuple[Problem, ...]:
    """Every mistake of a form's file.

    Args:
        path_or_id: a path, the id of a form that formfill ships, or ``-`` for standard input.
        checks: codes of every check; without it, the codes of the file are not compared.

    Raises:
        UnreadableSourceError: when there is no such file, or it cannot be read.
        InvalidReferentielError: when the référentiel of the form is wrong.
    """
    from formfill.definitions.check import check_form
    from formfill.definitions.load import Referentiels

    text, stem, found = _text_of(path_or_id, "forms", "form", catalogue.form_ids())

    def digest(name: str) -> str | None:
        try:
            return hashlib.sha256(catalogue.template(stem, name).read_bytes()).hexdigest()
        except MissingTemplateError:
            return None

    referentiels = Referentiels(catalogue.PACKAGE / "referentiels")
    return found or check_form(text, stem, referentiels=referentiels, checks=checks, templates=digest)


def _text_of(path_or_id: str, folder: str, key: str, ids: Collection[str]) -> tuple[str, str, tuple[Problem, ...]]:
    """The text of a definition, the name it must bear, and what keeps it from being text."""
    from formfill.definitions.syntax import decode, own_name

    path = Path(path_or_id)
    if path_or_id in ids and not path.exists():
        path = catalogue.PACKAGE / folder / f"{path_or_id}.toml"
    try:
        if path_or_id == "-":
            text, found = decode(sys.stdin.buffer.read(_LARGEST))
            # standard input has no name: the file is taken at its word
            return text, own_name(text, key), found
        text, found = decode(path.read_bytes())
    except OSError as exc:
        raise UnreadableSourceError(
            where=path_or_id,
            seen=_("ce fichier ne peut pas être lu ({reason}).").format(reason=reason(exc)),
            advice=_("Donnez le chemin d’un fichier TOML, ou l’un de : {known}.").format(known=", ".join(ids)),
        ) from exc
    return text, path.stem, found


def problems_text(problems: Iterable[Problem], name: str) -> str:
    """One line per mistake, as editors and compilers have them: ``FILE:LINE: message``.

    Args:
        problems: the mistakes.
        name: the file, as the user named it.
    """
    warning = _("avertissement : {message}")
    return "\n".join(
        f"{name}:{p.line}: {p.message if p.severity is Severity.ERROR else warning.format(message=p.message)}" for p in problems
    )
