"""Fields are found by what is printed before them, wherever it stands; nothing written is lost or taken for a label."""

from __future__ import annotations

from typing import Final

import pytest
from formfill import catalogue
from formfill.extract import extract
from formfill.model.completed import AnswerState, CompletedForm
from formfill.model.document import Document, MarkState
from formfill.recognise import recognise
from hypothesis import given
from hypothesis import strategies as st
from tests.documents import document

TITLE: Final = (
    "BTS SERVICES INFORMATIQUES AUX ORGANISATIONS\tSESSION 2025\n"
    "ANnEXE 9-1B : Fiche descriptive de réalisation professionnelle (recto)\n"
    "Épreuve E6 - Conception et développement d’applications (option SLAM)"
)
CONCEIVE: Final = "Concevoir et développer une solution applicative"
MAINTAIN: Final = "Assurer la maintenance corrective ou évolutive d’une solution applicative"


def read(seen: Document) -> CompletedForm:
    found = recognise(seen, catalogue.shelf(), name="x")
    assert found.form is not None, found
    return extract(seen, found.form, edition=found.edition, score=found.score)


def values(done: CompletedForm) -> dict[str, object]:
    return {answer.field: answer.value for answer in done.answers if answer.value is not None}


def states(done: CompletedForm) -> dict[str, MarkState]:
    return {f"{box.field}.{box.option}": box.state for box in done.boxes}


def fiche(**cells: str) -> Document:
    """A fiche with the text of some of its cells changed."""
    known = {
        "numero": "N° réalisation :",
        "nom": "Nom, prénom :",
        "candidat": "N° candidat :",
        "forme": "Épreuve ponctuelle ☐ Contrôle en cours de formation ☐",
        "date": "Date : ...... / ...... /............",
        "organisation": "Organisation support de la réalisation professionnelle",
        "intitule": "Intitulé de la réalisation professionnelle",
        "periode": "Période de réalisation : ........ Lieu : ________\nModalité : ☐ Seul(e) ☐ En équipe",
        "competences": f"Compétences travaillées\n☐ {CONCEIVE}\n☐ {MAINTAIN}\n☐ Gérer les données",
        "conditions": "Conditions de réalisation1 (ressources fournies, résultats attendus)",
        "ressources": "Description des ressources documentaires, matérielles et logicielles utilisées2",
        "acces": "Modalités d’accès aux productions3 et à leur documentation4",
    }
    assert cells.keys() <= known.keys() | {"descriptif", "title"}
    c = known | cells
    rows = [["DESCRIPTION D’UNE RÉALISATION PROFESSIONNELLE", c["numero"]], [c["nom"], c["candidat"]], [c["forme"], c["date"]]]
    rows += [[c[name]] for name in ("organisation", "intitule", "periode", "competences", "conditions", "ressources", "acces")]
    verso = "Descriptif de la réalisation professionnelle, y compris les productions réalisées et schémas explicatifs"
    return document([[c.get("title", TITLE)]], rows, [[verso + c.get("descriptif", "")]])


def test_an_empty_fiche_holds_nothing_but_its_session() -> None:
    done = read(fiche())
    assert values(done) == {"session": "2025"}
    assert set(states(done).values()) == {MarkState.BLANK}
    assert done.comments == ()
    assert (done.form, done.edition) == ("bts-sio-fiche-slam", "9-1")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("N° candidat : 0123", "numero_candidat"),
        ("N° candidate : 0123", "numero_candidat"),
        ("N° DU CANDIDAT: 0123", "numero_candidat"),
        ("n°candidat\u00a0: ....0123....", "numero_candidat"),
        ("N° candidat :\n0123", "numero_candidat"),
    ],
)
def test_a_label_is_known_however_it_is_typed(label: str, field: str) -> None:
    assert values(read(fiche(candidat=label)))[field] == "0123"


def test_words_of_a_label_in_what_a_person_wrote_are_text() -> None:
    text = "\nLieu : le siège.\nDate : le mardi\nNom : Serveur1\nCompétences travaillées en équipe"
    done = read(
        fiche(conditions="Conditions de réalisation" + text, descriptif="\nIntitulé de la réalisation professionnelle : aucun")
    )
    assert values(done)["conditions"] == text.strip()
    assert "lieu" not in values(done)
    assert "nom_prenom" not in values(done)


def test_words_of_a_label_that_is_gone_are_text_wherever_no_label_can_stand() -> None:
    text = "Un serveur au lieu de deux, N° candidat inconnu, selon l’intitulé de la réalisation professionnelle retenue."
    gone = {"periode": "Modalité : ☐ Seul(e) ☐ En équipe", "candidat": "", "intitule": ""}
    done = read(fiche(**gone, conditions=f"Conditions de réalisation\n{text}"))
    assert values(done) == {"session": "2025", "conditions": text}
    assert {"lieu", "intitule", "numero_candidat"} <= set(done.unlabelled)


def test_a_value_goes_on_below_and_on_other_pages() -> None:
    seen = document(
        [[TITLE]],
        [
            ["Intitulé de la réalisation professionnelle"],
            ["Conditions de réalisation"],
            ["une ligne"],
            ["une autre"],
            ["Description des ressources documentaires, matérielles et logicielles utilisées"],
            ["Modalités d’accès aux productions"],
            ["Compétences travaillées"],
            ["Organisation support de la réalisation professionnelle", "Fictif & Fils"],
        ],
        [["Descriptif de la réalisation professionnelle\nle début"]],
        text=["la suite", "", "la fin"],
    )
    done = read(seen)
    assert values(done)["conditions"] == "une ligne\nune autre"
    assert values(done)["descriptif"] == "le début\nla suite\nla fin"
    assert values(done)["organisation"] == "Fictif & Fils"


def test_values_and_boxes_in_cells_of_their_own() -> None:
    seen = document(
        [[TITLE]],
        [
            ["Nom, prénom :", "EXEMPLE Candide", "N° candidat :", "0123 456"],
            ["Épreuve ponctuelle", "☒", "Contrôle en cours de formation", "☐"],
            ["Période de réalisation", "du 6 au 14 février 2025", "Lieu", "Lille"],
            ["Modalité", "☐", "Seul(e)", "☒", "En équipe"],
            ["Compétences travaillées"],
            ["☐", "Concevoir et développer une solution applicative"],
            ["☒", MAINTAIN],
            ["☒", "Gérer les données"],
            ["Conditions de réalisation"],
            ["Description des ressources documentaires, matérielles et logicielles utilisées"],
            ["Modalités d’accès aux productions"],
        ],
    )
    done = read(seen)
    assert values(done) == {
        "session": "2025",
        "nom_prenom": "EXEMPLE Candide",
        "numero_candidat": "0123 456",
        "forme_epreuve": "ponctuelle",
        "periode": "du 6 au 14 février 2025",
        "lieu": "Lille",
        "modalite": "equipe",
        "competences": ("B2.2", "B2.3"),
    }


@pytest.mark.parametrize(
    ("line", "ticked"),
    [
        ("Modalité : ☐ Seul(e) ☒ En équipe", "equipe"),
        ("Modalité : Seul(e) ☐ En équipe ☒", "equipe"),
        ("Modalité :\t☒\u200b\tSeul(e)\t\t☐\u00a0En équipe", "seul"),
        ("Modalité :\n☒ Seul(e)\n☐ En équipe", "seul"),
        ("Modalité : En ☒ équipe   Seul(e) ☐", "equipe"),
        ("Modalité : ☐ Seule ☒ en Équipe", "equipe"),
    ],
)
def test_a_box_stands_before_after_or_inside_its_label(line: str, ticked: str) -> None:
    done = read(fiche(periode=line))
    assert values(done)["modalite"] == ticked
    assert sorted(state for key, state in states(done).items() if key.startswith("modalite")) == [MarkState.BLANK, MarkState.TICKED]


def test_a_box_inside_a_label_is_its_own_whatever_stands_beside() -> None:
    own = states(read(fiche(periode="Modalité : En ☒ équipe Seul(e)")))
    assert own["modalite.equipe"] is MarkState.TICKED
    assert own["modalite.seul"] is MarkState.UNCERTAIN


def test_a_box_that_two_labels_could_claim_is_uncertain_with_its_reason() -> None:
    done = read(fiche(forme="Épreuve ponctuelle ☒ Contrôle en cours de formation"))
    own = [box for box in done.boxes if box.field == "forme_epreuve"]
    assert {box.state for box in own} == {MarkState.UNCERTAIN}
    assert all(box.evidence[0].kind == "binding" for box in own)


@pytest.mark.parametrize(
    "line",
    [
        "Modalité : En équipe ☐ Seul(e) ☒ En équipe",
        "Modalité : Seul(e) ☒ En équipe ☐ Seul(e)",
        "Modalité : Seul(e)\nSeul(e) ☒ En équipe ☐ Seul(e)",
    ],
)
def test_a_label_on_both_sides_of_the_boxes_leaves_them_uncertain(line: str) -> None:
    own = [box for box in read(fiche(periode=line)).boxes if box.field == "modalite"]
    assert {box.state for box in own} == {MarkState.UNCERTAIN}
    assert all(any(item.kind == "binding" for item in box.evidence) for box in own)


def test_a_label_written_once_more_without_a_box_changes_nothing() -> None:
    done = read(fiche(periode="Modalité : ☒ Seul(e) ☐ En équipe\nEn équipe"))
    assert states(done)["modalite.seul"] is MarkState.TICKED
    assert states(done)["modalite.equipe"] is MarkState.BLANK


def test_two_boxes_of_a_choice_are_both_said_and_the_answer_is_uncertain() -> None:
    done = read(fiche(forme="Épreuve ponctuelle ☒ Contrôle en cours de formation ☒"))
    answer = next(answer for answer in done.answers if answer.field == "forme_epreuve")
    assert (answer.value, answer.state) == (("ponctuelle", "ccf"), AnswerState.UNCERTAIN)


def test_labels_of_boxes_may_be_reworded_or_cut() -> None:
    text = f"Compétences travaillées\n☒ {CONCEIVE}\n☒ Assurer la maintenance corrective\n☐ Gérer des données"
    done = read(fiche(competences=text))
    assert values(done)["competences"] == ("B2.1", "B2.2")
    assert states(done)["competences.B2.3"] is MarkState.BLANK


def test_a_box_that_is_gone_is_uncertain() -> None:
    done = read(fiche(periode="Modalité : ☒ Seul(e)"))
    assert states(done)["modalite.seul"] is MarkState.TICKED
    assert states(done)["modalite.equipe"] is MarkState.UNCERTAIN
    assert [(issue.field, issue.option) for issue in done.rows] == [("modalite", "equipe")]


def test_a_label_that_is_gone_is_said() -> None:
    done = read(fiche(intitule="", date=""))
    assert set(done.unlabelled) == {"intitule", "date"}


def test_title_lines_may_be_swapped_and_pages_may_differ() -> None:
    lines = TITLE.split("\n")
    assert read(fiche(title="\n".join([lines[0], lines[2], lines[1]]))).edition == "9-1"
    assert read(fiche(title=TITLE.replace("SESSION 2025", "SESSION 2026").replace("ANnEXE 9-1B", "ANNEXE"))).edition == "VII-1"
    # the number printed says more than the session: an old form may be used
    assert read(fiche(title=TITLE.replace("9-1B", "VII-1-B"))).edition == "VII-1"
    assert read(fiche(title="Fiche descriptive de réalisation professionnelle (option SLAM)")).edition is None


@pytest.mark.parametrize(
    "text", ["......", "____ ____", "… / … / …", ". . . . . .", "...... / ...... /............", " / / ", "\u00a0\t"]
)
def test_dots_underscores_and_bars_are_nothing(text: str) -> None:
    assert values(read(fiche(date=f"Date : {text}", nom=f"Nom, prénom : {text.replace('/', '')}"))) == {"session": "2025"}


words = st.lists(
    st.sampled_from(("lieu", "Zélie", "12/03", "réalisation", "n°", "été", "N° candidat", "Modalité", "…", "l’accès")), min_size=1
)


@given(words.map(" ".join), words.map("\n".join))
def test_what_is_written_in_a_long_field_comes_back_whole(first: str, second: str) -> None:
    """Whatever words it is made of, those of the form's own labels included."""
    done = read(
        fiche(conditions=f"Conditions de réalisation (ressources fournies, résultats attendus)\nAlors {first}\net {second} fin")
    )
    found = values(done)
    assert found["conditions"] == "\n".join(line.strip() for line in f"Alors {first}\net {second} fin".split("\n"))
    assert set(found) == {"session", "conditions"}


TABLE: Final[list[list[str | tuple[str, int]]]] = [
    [("BTS SERVICES INFORMATIQUES AUX ORGANISATIONS", 6), ("SESSION 2026", 2)],
    [("Tableau de synthèse des réalisations professionnelles", 8)],
    [("NOM et prénom : EXEMPLE Candide", 5), ("N° candidat : ", 3)],
    [("Centre de formation :", 5), "Option :", "☒ SISR", "▢ SLAM"],
    [("Adresse URL du portfolio : candide.example.org", 8)],
    [
        *("Réalisations professionnelles (intitulé et liste des documents et productions associés)", "Période"),
        *("Gérer le patrimoine informatique", "Répondre aux incidents et aux demandes d’assistance et d’évolution"),
        *("Développer la présence en ligne de l’organisation", "Travailler en mode projet"),
        *("Mettre à disposition des utilisateurs un service informatique", "Organiser son développement professionnel"),
    ],
]


def tableau(*rows: list[str | tuple[str, int]]) -> CompletedForm:
    return read(document([*TABLE, *rows]))


def test_rows_of_the_tableau_under_their_sections() -> None:
    done = tableau(
        [("Réalisation en cours de formation", 8)],
        ["GLPI\nGuide", "du 1er au 3 mars 2025", "X", "", "", "x", "", ""],
        ["", "", "", "", "", "", "", ""],
        [("Réalisations en milieu professionnel en cours de seconde année", 8)],
        ["Stage", "01/2026 - 02/2026", "", "", "", "", "", "une phrase"],
        ["", "", "", "X", "", "", "", ""],
        [("Autre chose", 8)],
        ["Ailleurs", "", "", "", "", "", "", ""],
    )
    rows = next(answer for answer in done.answers if answer.field == "realisations")
    assert [tuple(row) for row in rows.value or ()] == [
        ("formation", "GLPI\nGuide", "du 1er au 3 mars 2025", ("B1.1", "B1.4")),
        ("seconde_annee", "Stage", "01/2026 - 02/2026", ()),
        ("seconde_annee", None, None, ("B1.2",)),
        (None, "Ailleurs", None, ()),
    ]
    assert rows.normalised == (("2025-03-01", "2025-03-03"), ("2026-01-01", "2026-02-28"), None, None)
    own = {(box.row, box.option): box for box in done.boxes if box.row is not None}
    assert own[1, "B1.6"].state is MarkState.UNCERTAIN
    assert own[1, "B1.6"].row_label == "Stage"
    assert own[0, "B1.2"].state is MarkState.BLANK
    # the empty row that the form prints comes after the filled ones
    assert {row for row, _option in own} == {0, 1, 2, 3, 4}
    assert [comment.text for comment in done.comments] == ["Autre chose"]
    assert values(done)["option"] == "SISR"


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=8))
def test_every_cross_of_the_tableau_is_where_it_stands(crosses: list[list[bool]]) -> None:
    rows: list[list[str | tuple[str, int]]] = [[f"R{i}", "", *("X" if on else "" for on in row)] for i, row in enumerate(crosses)]
    done = tableau([("Réalisation en cours de formation", 8)], *rows)
    own = {
        (box.row, box.option): box.state is MarkState.TICKED for box in done.boxes if box.row is not None and box.row < len(rows)
    }
    assert own == {(i, f"B1.{j}"): on for i, row in enumerate(crosses) for j, on in enumerate(row, 1)}


def test_an_option_ticked_elsewhere_than_in_its_boxes_is_uncertain() -> None:
    rows: list[list[str | tuple[str, int]]] = [*TABLE[:2], [("NOM et prénom :", 5), ("N° candidat : Option : ☒ SISR ☐ SLAM", 3)]]
    rows += [[("Centre de formation :", 5), "Option :", "▢ SISR", "▢ SLAM"], *TABLE[4:]]
    own = {box.option: box for box in read(document(rows)).boxes if box.field == "option"}
    assert own["SISR"].state is MarkState.UNCERTAIN
    assert {item.detail for item in own["SISR"].evidence} == {"☒", "▢"}
    assert own["SLAM"].state is MarkState.BLANK


def test_headings_typed_over_leave_the_columns_that_are_known() -> None:
    head = ["Mes travaux", "Quand", *(str(item) for item in TABLE[5][2:])]
    rows: list[list[str | tuple[str, int]]] = [*TABLE[:5], [*head], ["GLPI", "mars 2025", "", "X", "", "", "", ""]]
    assert values(read(document([*rows, *SECTIONS])))["realisations"] == ((None, "GLPI", "mars 2025", ("B1.2",)),)


SECTIONS: Final[list[list[str | tuple[str, int]]]] = [
    [("Réalisation en cours de formation", 8)],
    [("Réalisations en milieu professionnel en cours de première année", 8)],
    [("Réalisations en milieu professionnel en cours de seconde année", 8)],
]


def unreadable(width: int) -> CompletedForm:
    """A tableau of so many columns, their headings set upright and read in pieces."""
    sections = ("Réalisation en cours de formation", "première année", "seconde année")
    rows: list[list[str | tuple[str, int]]] = [*TABLE[:5], ["e\nr\nè\nG"] * width]
    for section in sections:
        text = section if section.startswith("R") else f"Réalisations en milieu professionnel en cours de {section}"
        rows += [[(text, width)], [f"Fait en {section[:6]}", "mars 2025", "", "X", *[""] * (width - 4)]]
    return read(document(rows))


def test_a_tableau_whose_headings_cannot_be_read_has_its_columns_by_their_place() -> None:
    rows = values(unreadable(8))["realisations"]
    assert rows == (
        ("formation", "Fait en Réalis", "mars 2025", ("B1.2",)),
        ("premiere_annee", "Fait en premiè", "mars 2025", ("B1.2",)),
        ("seconde_annee", "Fait en second", "mars 2025", ("B1.2",)),
    )


def test_a_tableau_that_lost_a_column_too_is_not_read_as_empty() -> None:
    done = unreadable(7)
    answer = next(answer for answer in done.answers if answer.field == "realisations")
    assert (answer.value, answer.state) == (None, AnswerState.UNCERTAIN)
    assert ("missing", "realisations") in [(issue.problem, issue.field) for issue in done.rows]
    assert any("Fait en premiè" in comment.text for comment in done.comments)


LEVELS: Final = [
    "Niveaux de maîtrise\nCompétences",
    "Non\névalué",
    "Non \nmaitrisé",
    "Maitrise\npartielle",
    "Bonne\nmaitrise",
    "Excellente\nmaitrise",
]


@given(st.data())
def test_a_level_is_that_of_its_column_and_row(data: st.DataObject) -> None:
    levels = catalogue.form("bts-sio-grille-bloc2-slam").layout
    assert levels is not None
    assert levels.levels is not None
    rows: list[list[str | tuple[str, int]]] = [list(LEVELS)]
    wanted = {}
    for row in levels.levels.rows:
        at = data.draw(st.integers(0, len(row.levels)))
        wanted[row.field] = row.levels[at] if at < len(row.levels) else None
        boxes = ["☒" if i == at else "☐" for i in range(len(row.levels))]
        rows.append([(row.label, 2), *boxes] if len(boxes) == 4 else [row.label, *boxes])
    seen = document([["Grille d’aide à l’évaluation (option SLAM)"], ["Liste des pénalités retenues"]], rows)
    done = read(seen)
    assert {answer.field: answer.value for answer in done.answers if answer.field in wanted} == wanted
    assert MarkState.UNCERTAIN not in {box.state for box in done.boxes if box.field in wanted}


def test_a_row_of_levels_that_is_gone_is_uncertain_and_one_without_headings_is_read_by_its_place() -> None:
    rows: list[list[str | tuple[str, int]]] = [
        [
            "Réaliser les tests nécessaires à la validation ou à la mise en production d’éléments adaptés ou développés",
            "☐",
            "☐",
            "☒",
            "☐",
            "☐",
        ],
        ["Gérer les données", "☐", "☐", "☐", "☒"],
    ]
    front = [
        ["Grille d’aide à l’évaluation (option SLAM)"],
        ["Liste des pénalités retenues"],
        ["NOTE FINALE"],
        ["Niveaux de maîtrise"],
    ]
    front += [
        ["☐ Absence d’une réalisation professionnelle (10 points de pénalité)"],
        ["Noms des membres de la commission d’interrogation"],
    ]
    done = read(document(front, rows))
    assert values(done)["niveau.B2.3"] == "excellente"
    missing = {box.state for box in done.boxes if box.field == "niveau.B2.1"}
    assert missing == {MarkState.UNCERTAIN}
