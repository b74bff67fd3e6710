"""Completed forms made from the definitions: everything as a careful candidate leaves it, but for what a case changes."""

from __future__ import annotations

from typing import Any, Final

from formfill import catalogue
from formfill.extract.fields._values import normal
from formfill.model.completed import Answer, AnswerState, BoxReading, CompletedForm, FactKind, PrintedFact, RepeatedRow
from formfill.model.document import MarkState
from formfill.model.layout import FieldKind

ROWS: Final = (
    ("formation", "Parc informatique\nGuide", "02/09/24 au 20/12/24", "B1.1 B1.2 B1.3"),
    ("premiere_annee", "Stage chez Fictif & Fils", "26/05/25 au 04/07/25", "B1.4"),
    ("seconde_annee", "Stage chez Imaginaire SARL", "05/01/26 au 13/02/26", "B1.5 B1.6"),
)
"""Section, title, period and compétences of each réalisation."""
WHO: Final = {"session": "2026", "nom_prenom": "EXEMPLE Candide", "numero_candidat": "0234567890"}
FICHE: Final = WHO | {
    "numero_realisation": "1",
    "forme_epreuve": "ponctuelle",
    "date": "12/05/2026",
    "organisation": "Fictif & Fils, Lille",
    "intitule": "Supervision du réseau",
    "periode": "du 5 janvier au 13 février 2026",
    "lieu": "Lille",
    "modalite": "seul",
    "competences": "B2.1 B2.3",
    "conditions": "Deux serveurs.",
    "ressources": "Debian 12.",
    "acces": "https://candide.example.org/supervision",
    "descriptif": "Les sondes sont posées.",
}
FORMS: Final[dict[str, dict[str, str]]] = {
    "bts-sio-fiche-sisr": FICHE,
    "bts-sio-fiche-slam": FICHE,
    "bts-sio-tableau-synthese": WHO
    | {"centre": "Lycée Fictif, Lille", "option": "SISR", "url_portfolio": "https://candide.example.org"},
    "bts-sio-attestation-stage": {
        "session": "2026",
        "organisme": "Fictif & Fils",
        "nom": "EXEMPLE",
        "prenom": "Candide",
        "naissance": "03/02/2005",
        "sexe": "M",
        "adresse": "12 rue de l’Invention, Lille",
        "option": "SISR",
        "etablissement": "Lycée Fictif",
        "debut": "05/01/2026",
        "fin": "13/02/2026",
        "duree": "6 semaines",
        "gratification": "0",
        "fait_a": "Lille",
        "fait_le": "13/02/2026",
        "signataire": "Mme Fictive, directrice",
    },
    "bts-sio-grille-bloc2-sisr": WHO | {"date": "3 juin 2026", "forme_epreuve": "ponctuelle", "note": "14", "note_finale": "14"},
    "bts-sio-controle-conformite": WHO
    | {"option": "SISR", "motifs": "depot_tardif", "date_controle": "2 avril 2026", "visa": "Mme Fictive"},
    "bts-sio-expression-besoins": WHO
    | {
        "option": "SISR",
        "option_verso": "SISR",
        "forme_epreuve": "ccf",
        "date": "4/6/2026",
        "numero_realisation": "2",
        "documentation": "technique",
    },
    "bts-sio-fiche-appreciation": WHO | {"option": "SISR", "date": "3/6/2026", "note": "9", "appreciation": "À reprendre."},
    "bts-sio-environnement-technologique": {"session": "2026"},
    "bts-ndrc-grille-e4": {"session": "2025", "nom": "EXEMPLE", "prenom": "Candide", "note": "12"},
}
FACTS: Final[dict[str, tuple[str, ...]]] = {
    "bts-sio-fiche-sisr": ("session 2026", "annexe VII-1-A", "epreuve E6"),
    "bts-sio-fiche-slam": ("session 2026", "annexe VII-1-B", "epreuve E6"),
    "bts-sio-tableau-synthese": ("session 2026", "epreuve E5"),
    "bts-sio-attestation-stage": ("session 2026", "annexe IX"),
}


def completed(form_id: str, *, facts: tuple[str, ...] | None = None, rows: Any = ROWS, **changes: str) -> CompletedForm:
    """The form as a careful candidate leaves it, but for the changes.

    Args:
        form_id: form id.
        facts: what its title lines say, ``annexe VII-1-A``; those of session 2026 when left out.
        rows: the rows of its table.
        **changes: what else its fields hold; a box is uncertain with ``?`` before its option, a double underscore is a dot.
    """
    form = catalogue.form(form_id)
    layout = form.layout
    assert layout is not None
    held = FORMS[form_id] | {name.replace("__", "."): value for name, value in changes.items()}
    answers: list[Answer] = []
    boxes: list[BoxReading] = []
    for field in layout.fields:
        text = held.get(field.id, "")
        if field.kind.boxed:
            own = [BoxReading(field.id, o.id, o.label, _state(o.id, text)) for o in field.options]
            boxes += own
            answers.append(_boxed(field.id, own, one=field.kind is FieldKind.CHOICE))
        else:
            state = AnswerState.ANSWERED if text else AnswerState.EMPTY
            answers.append(Answer(field.id, text or None, state, normalised=normal(text, field.kind) if text else None))
    for row in layout.levels.rows if layout.levels else ():
        own = [BoxReading(row.field, level, level, _state(level, held.get(row.field, "bonne"))) for level in row.levels]
        boxes += own
        answers.append(_boxed(row.field, own, one=True))
    if layout.table is not None:
        found = tuple(RepeatedRow(section, title, period, tuple(ticks.split())) for section, title, period, ticks in rows)
        periods = tuple(normal(row.periode, FieldKind.PERIOD) if row.periode else None for row in found)
        answers.append(Answer(layout.table.field, found, AnswerState.ANSWERED, normalised=periods))
        for rank, (_section, title, _period, ticks) in enumerate(rows):
            for column in layout.table.columns:
                boxes.append(
                    BoxReading(layout.table.boxes, column.id, column.label, _state(column.id, ticks), row=rank, row_label=title)
                )
    for cell in layout.matrix.ids if layout.matrix else ():
        text = held.get(cell, "Décrit" if cell.startswith("sisr") and cell.endswith("description") else "")
        answers.append(Answer(cell, text or None, AnswerState.ANSWERED if text else AnswerState.EMPTY))
    said = FACTS.get(form_id, ()) if facts is None else facts
    printed = tuple(PrintedFact(FactKind(kind), value) for kind, _space, value in (fact.partition(" ") for fact in said))
    return CompletedForm(form_id, None, 1.0, tuple(answers), tuple(boxes), facts=printed)


def _state(option: str, ticks: str) -> MarkState:
    if f"?{option}" in ticks.split():
        return MarkState.UNCERTAIN
    return MarkState.TICKED if option in ticks.split() else MarkState.BLANK


def _boxed(field: str, boxes: list[BoxReading], *, one: bool) -> Answer:
    ticked = tuple(box.option for box in boxes if box.state is MarkState.TICKED)
    value: str | tuple[str, ...] | None = ticked[0] if one and len(ticked) == 1 else ticked or None
    return Answer(field, value, AnswerState.ANSWERED if ticked else AnswerState.EMPTY)
