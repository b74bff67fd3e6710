"""A run made by hand: a clean form, a doubtful and hostile one, a blank one, an unknown one, a refused file."""

from __future__ import annotations

from typing import Final

from formfill.model.completed import Answer, AnswerState, BoxReading, Comment
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.form import Anchor, CheckboxGrid, Edition, Form, GridLine, GridRow, LineRole, Recognition
from formfill.model.geometry import Box, Place
from formfill.model.outcome import Outcome
from formfill.model.record import FormRef, Part, Record, SourceRef
from formfill.model.report import Finding, Severity

LABELS: Final = {"transversale": "Rendre compte", "B1.1": "Gérer le patrimoine", "B1.2": "Répondre aux incidents"}
HOSTILE_NAME: Final = "sous dossier/<script>alert('n')</script> 100%#1 «é» \"q\".docx"
HOSTILE_TEXT: Final = "<script>alert(1)</script> </table>\n  =cmd|' /C calc'!A0\x07\x00 & \"q\" ''\ud800 مرحبا"
FORMULA: Final = "=cmd|' /C calc'!A0"
LONG: Final = "é" * 40_000
SHA: Final = "0123456789abcdef" * 4


def _row(option: str, code: str | None, label: str, *, verified: bool) -> GridRow:
    line = GridLine(f"{option}.1", LineRole.ACTIVITY, f"Activité de {option}", f"· Activité de {option}", verified=verified)
    return GridRow(
        option=option,
        code=code,
        label=label,
        title=f"{code} : {label}" if code else label,
        lines=((line,), (), ()),
        comment_field=f"commentaire.{option}",
        verified=verified,
        source="RNCP",
    )


FORM: Final = Form(
    id="bts-sio-grille-bloc1",
    title="Bloc 1 <compétences>",
    diploma="BTS SIO",
    referentiel="bts-sio-2020",
    reference="Arrêté du 29 avril 2019",
    recognition=Recognition(0.5, (Anchor("Bloc 1", 1.0),)),
    editions=(Edition("activites"),),
    grid=CheckboxGrid(
        field="competences",
        headings=("Bloc 1", "", "Indicateurs"),
        title_column=0,
        box_column=1,
        rows=tuple(_row(o, None if o == "transversale" else o, label, verified=o != "B1.2") for o, label in LABELS.items()),
        comment_label="Commentaire",
    ),
    checks=(),
)
FORMS: Final = {FORM.id: FORM}
_STATES: Final = {"t": MarkState.TICKED, "b": MarkState.BLANK, "u": MarkState.UNCERTAIN}


def record(
    name: str,
    states: str,
    comments: dict[str, str] | None = None,
    findings: tuple[Finding, ...] = (),
    notes: tuple[Comment, ...] = (),
    part: Part | None = None,
) -> Record:
    """A record of :data:`FORM`; ``states`` has one letter per box: ``t``, ``b`` or ``u``."""
    written = comments or {}
    boxes = tuple(
        BoxReading(
            field="competences",
            option=option,
            label=label,
            state=_STATES[letter],
            place=Place(2, Box(1, 2, 3, 4), f"table[1]/row[{i}]/cell[2]"),
            evidence=(Evidence("glyph", Says.UNCLEAR if letter == "u" else Says.TICKED, f"detail <{option}>"),),
        )
        for i, ((option, label), letter) in enumerate(zip(LABELS.items(), states, strict=True), 1)
    )
    ticked = tuple(box.option for box in boxes if box.state is MarkState.TICKED)
    answers = [Answer("competences", ticked, AnswerState.ANSWERED if ticked else AnswerState.EMPTY)]
    for option in LABELS:
        text = written.get(option)
        answers.append(Answer(f"commentaire.{option}", text, AnswerState.ANSWERED if text else AnswerState.EMPTY))
    if "numero_candidat" in written:
        answers.append(Answer("numero_candidat", written["numero_candidat"], AnswerState.ANSWERED))
    source = SourceRef(name.rpartition("/")[2], SHA, "docx", 12_345, 2, part)
    return Record(source, FormRef(FORM.id, "activites", FORM.referentiel, 0.996), tuple(answers), boxes, notes, findings)


def written_files(name: str) -> tuple[str, ...]:
    """What a run writes for a record."""
    return tuple(f"{name}/{file}" for file in ("record.json", "form.docx", "form.pdf"))


FINDINGS: Final = (
    Finding("note", Severity.INFO, "Une information.", place=Place(path="line[12]")),
    Finding("typo", Severity.WARNING, f"Un avertissement {FORMULA}.", rule="RG-07", field="competences", reference="B1.1 <b>"),
    Finding("missing-row", Severity.ERROR, "Une erreur.", place=Place(path="Feuil1!C9")),
)
NOTES: Final = (
    Comment("word-comment", None, "À <revoir>\n\n  demain", "Relecteur & fils", Place(path="comment[4]")),
    Comment("insertion", "B1.1", FORMULA, None),
)
CLEAN: Final = Outcome("01 propre.txt", SHA, 0, record("01 propre.txt", "tbt"), files=written_files("01 propre.txt"))
DOUBTFUL: Final = Outcome(
    HOSTILE_NAME,
    SHA,
    1,
    record(
        HOSTILE_NAME,
        "ubt",
        {"B1.1": HOSTILE_TEXT, "B1.2": LONG, "transversale": FORMULA, "numero_candidat": "02345678901"},
        FINDINGS,
        NOTES,
    ),
    files=written_files(HOSTILE_NAME),
)
UNKNOWN: Final = Outcome(
    "note.docx",
    SHA,
    4,
    Record(SourceRef("note.docx", SHA, "docx", 10, None), None, findings=(Finding("unknown-form", Severity.ERROR, "Inconnu."),)),
    files=("note.docx/record.json",),
)
REFUSED: Final = Outcome("ancien.doc", None, 3, None, "unsupported-format", "ancien.doc : c’est un ancien format <Word>.")
OUTCOMES: Final = (CLEAN, DOUBTFUL, UNKNOWN, REFUSED)
