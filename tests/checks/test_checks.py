"""One passing and one failing case per code. The passing case of all is the official grid, ticked somewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from formfill import checks
from formfill.model.report import Severity
from tests.checks.test_rules import CASES as RULES
from tests.grids import FORM, Row, codes, official, read, states, text_of

Change = Callable[[dict[str, Row]], list[Row] | dict[str, Row]]


def ticked() -> dict[str, Row]:
    rows = official()
    rows["B1.1"].box = ["☒"]
    return rows


def _moved(rows: dict[str, Row]) -> dict[str, Row]:
    rows["B1.4"].title.append(rows["B1.5"].title.pop(2))
    return rows


def _identity(rows: dict[str, Row]) -> dict[str, Row]:
    rows["B1.4"].title[0] = "B1.4 : Organiser son développement professionnel"
    return rows


def _with(option: str, change: Callable[[Row], object]) -> Change:
    def apply(rows: dict[str, Row]) -> dict[str, Row]:
        change(rows[option])
        return rows

    return apply


def _replace(row: Row, at: int, text: str) -> None:
    row.title[at] = text


CASES: dict[str, Change] = {
    "missing-row": lambda rows: {option: row for option, row in rows.items() if option != "B1.3"},
    "duplicated-row": lambda rows: [*rows.values(), rows["B1.2"]],
    "misplaced-row": lambda rows: [rows["B1.6"], *(row for option, row in rows.items() if option != "B1.6")],
    "unknown-row": lambda rows: [*rows.values(), Row(["B1.7 : Autre compétence"], ["☒"], ["Rien."])],
    "row-identity": _identity,
    "reworded-title": _with("B1.2", lambda row: _replace(row, 0, "B1.2 : Répondre aux incidents et demandes d’assistance")),
    "typographic-title": _with("B1.3", lambda row: _replace(row, 0, "B1.3 : DEVELOPPER LA PRESENCE EN LIGNE DE L'ORGANISATION")),
    "several-boxes": _with("B1.5", lambda row: row.box.append("☐")),
    "missing-box": _with("B1.4", lambda row: row.box.clear()),
    "uncertain-box": _with("B1.4", lambda row: row.box.append("☒")),
    "typographic-variant": _with(
        "B1.1", lambda row: _replace(row, 3, "- mettre en place et verifier les niveaux d'habilitation associés à un service")
    ),
    "reworded-line": _with("B1.1", lambda row: _replace(row, 5, "· Gérer les sauvegardes du site")),
    "missing-line": _with("B1.1", lambda row: row.title.pop(5)),
    "unknown-line": _with("B1.1", lambda row: row.title.insert(3, "· Repeindre la salle serveur en bleu")),
    "duplicated-line": _with("B1.1", lambda row: row.title.append(row.title[1])),
    "misplaced-line": _with("B1.1", lambda row: row.title.append(row.title.pop(1))),
    "moved-line": _moved,
}


@pytest.mark.parametrize("code", CASES)
def test_a_failing_case(code: str) -> None:
    found = codes(read(CASES[code](ticked())))
    assert code in found


def test_the_passing_case() -> None:
    record = read(ticked())
    assert record.findings == ()
    assert states(record)["B1.1"] == "ticked"


def test_a_blank_form_says_so_and_has_no_error() -> None:
    record = read(official())
    assert [(f.code, f.severity) for f in record.findings] == [("blank-form", Severity.INFO)]


def test_a_comment_alone_makes_a_form_not_blank() -> None:
    rows = official()
    rows["B1.1"].indicators.append("Vu avec Mme Exemple.")
    assert codes(read(rows)) == []


def test_unverified_labels_are_said() -> None:
    from dataclasses import replace

    assert FORM.grid is not None
    row = replace(FORM.grid.rows[1], verified=False)
    form = replace(FORM, id="x", grid=replace(FORM.grid, rows=(row,)), checks=("unverified-label",))
    from formfill.model.completed import CompletedForm

    report = checks.validate(CompletedForm(form="x", edition=None, score=1.0, answers=(), boxes=()), form)
    assert [finding.code for finding in report.findings] == ["unverified-label"]
    assert report.findings[0].message.startswith("1 libellé")


@pytest.mark.parametrize(
    "code",
    ["missing-row", "duplicated-row", "row-identity", "moved-line", "reworded-title", "missing-line", "duplicated-line"],
)
def test_a_label_that_is_not_proved_never_blocks(code: str) -> None:
    from dataclasses import replace

    from formfill.model.completed import CompletedForm, LineMatch, MatchedLine, RowIssue, RowProblem

    assert FORM.grid is not None
    row = replace(FORM.grid.rows[1], verified=False)
    form = replace(FORM, id="x", grid=replace(FORM.grid, rows=(row, *FORM.grid.rows[2:])), checks=(code,))
    issues = tuple(
        RowIssue(problem, row.option, other=FORM.grid.rows[2].option, seen="x", difference="x") for problem in RowProblem
    )
    lines = tuple(MatchedLine(match, row.option, None, None, "x", "x", row.option, "x", verified=False) for match in LineMatch)
    done = CompletedForm(form="x", edition=None, score=1.0, answers=(), boxes=(), rows=issues, lines=lines)
    assert {finding.severity for finding in checks.validate(done, form).findings} == {Severity.WARNING}


def test_every_check_of_the_package_is_proved_here_and_applies_to_the_form() -> None:
    # the rules of forms that have fields: test_rules.py, test_field_checks.py
    assert set(checks.checks()) == {*CASES, *RULES, "blank-form", "unverified-label", "missing-label"}
    assert set(FORM.checks) == {*CASES, "blank-form", "unverified-label"}


def test_a_box_that_contradicts_itself_is_uncertain_and_the_message_names_both_sides() -> None:
    rows = ticked()
    rows["B1.4"].box = ["☐", "☒"]
    record = read(rows)
    assert states(record)["B1.4"] == "uncertain"
    [message] = [f.message for f in record.findings if f.code == "uncertain-box"]
    assert "U+2610" in message
    assert "U+2612" in message


def test_a_missing_row_is_not_guessed_blank() -> None:
    record = read({option: row for option, row in ticked().items() if option != "B1.3"})
    assert states(record)["B1.3"] == "uncertain"
    assert "uncertain-box" not in codes(record)


def test_duplicated_rows_that_disagree_are_uncertain() -> None:
    rows = ticked()
    again = Row(list(rows["B1.1"].title), ["☐"], list(rows["B1.1"].indicators))
    assert states(read([*rows.values(), again]))["B1.1"] == "uncertain"
    again.box = ["☒"]
    assert states(read([*rows.values(), again]))["B1.1"] == "ticked"


def test_moved_lines_name_their_home() -> None:
    record = read(_moved(ticked()))
    [finding] = [f for f in record.findings if f.code == "moved-line"]
    assert finding.severity is Severity.ERROR
    assert "B1.5 : Mettre à disposition" in finding.message
    assert text_of(record, "commentaire.B1.4") is None


def test_a_rewording_shows_the_words() -> None:
    record = read(CASES["reworded-line"](ticked()))
    [finding] = [f for f in record.findings if f.code == "reworded-line"]
    assert "{-des-} {+les+} sauvegardes {+du site+}" in finding.message


@pytest.mark.parametrize(
    ("official_words", "seen", "difference"),
    [
        ("Les sauvegardes", "Certaines sauvegardes", "{-Les-} {+Certaines+} sauvegardes"),
        ("sont réalisées", "sont au moins réalisées", "sont {+au moins+} réalisées"),
        ("sont réalisées", "sont ré\x07alisées", "{-réalisées-} {+ré<U+0007>alisées+}"),
        ("plan de sauvegarde.", "plan de secours.", "{-sauvegarde.-} {+secours.+}."),
    ],
)
def test_a_rewording_that_changes_the_meaning_is_shown_word_by_word(official_words: str, seen: str, difference: str) -> None:
    rows = official()
    at = next(i for i, line in enumerate(rows["B1.1"].indicators) if "plan de sauvegarde" in line)
    rows["B1.1"].indicators[at] = rows["B1.1"].indicators[at].replace(official_words, seen)
    [finding] = [f for f in read(rows).findings if f.code == "reworded-line"]
    assert difference in finding.message


def test_a_sentence_has_one_full_stop() -> None:
    rows = official()
    rows["B1.1"].indicators = [line.replace("Les référentiels", "Des référentiels") for line in rows["B1.1"].indicators]
    [finding] = [f for f in read(rows).findings if f.code == "reworded-line"]
    assert finding.message.endswith("pertinente.")


def test_findings_name_only_fields_of_the_form() -> None:
    for change in CASES.values():
        for finding in read(change(ticked())).findings:
            assert finding.field is None or finding.field in FORM.fields
            assert finding.reference
