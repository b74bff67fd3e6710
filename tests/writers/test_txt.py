"""Plain text: the very layout of a grid copied out of a word processor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from formfill import catalogue
from formfill.errors import ExitCode, UnprintableTextError
from formfill.model.codec import loads
from formfill.model.completed import Answer, AnswerState, BoxReading
from formfill.model.document import MarkState
from formfill.model.record import FormRef, Record, SourceRef
from formfill.readers import read
from formfill.source import Source
from formfill.writers import writer_for
from hypothesis import given, settings
from hypothesis import strategies as st

FORM = catalogue.form("bts-sio-grille-bloc1")
SAMPLE = Path(__file__).with_name("grille-bloc1-completee.txt")


def record(states: dict[str, MarkState] | None = None, comments: dict[str, str] | None = None) -> Record:
    assert FORM.grid is not None
    states, comments = states or {}, comments or {}
    ticked = tuple(option for option, state in states.items() if state is MarkState.TICKED)
    answers = [Answer(FORM.grid.field, ticked or None, AnswerState.ANSWERED if ticked else AnswerState.EMPTY)]
    boxes = []
    for row in FORM.grid.rows:
        text = comments.get(row.option)
        answers.append(Answer(row.comment_field, text, AnswerState.ANSWERED if text else AnswerState.EMPTY))
        boxes.append(BoxReading(FORM.grid.field, row.option, row.label, states.get(row.option, MarkState.BLANK)))
    return Record(
        source=SourceRef("grille.txt", "0" * 64, "txt", 1, None),
        form=FormRef(FORM.id, FORM.editions[0].id, FORM.referentiel, 1.0),
        answers=tuple(answers),
        boxes=tuple(boxes),
    )


def text_of(given: Record) -> str:
    return writer_for("txt").write(given, FORM, None).data.decode()


def test_the_real_grid_byte_for_byte() -> None:
    ticked = dict.fromkeys(("B1.1", "B1.2", "B1.4", "B1.5"), MarkState.TICKED)
    # the official wording has no space at the end of these two lines
    official = (
        SAMPLE.read_bytes()
        .replace(b"demandes \n", b"demandes\n")
        .replace("l’interlocuteur. \n".encode(), "l’interlocuteur.\n".encode())
    )
    assert len(SAMPLE.read_bytes()) - len(official) == 2
    assert writer_for("txt").write(record(ticked), FORM, None).data == official


@pytest.mark.parametrize(("state", "glyph"), [(MarkState.TICKED, "☒"), (MarkState.BLANK, "☐"), (MarkState.UNCERTAIN, "⍰")])
def test_a_box_shows_its_state(state: MarkState, glyph: str) -> None:
    assert f"\n\t{glyph}\n\tDes tests pertinents" in text_of(record({"B1.5": state}))


def test_a_comment_is_a_row_of_one_cell_under_its_row() -> None:
    text = text_of(record(comments={"transversale": "Très bien.\n\n  Suite"}))
    assert "\n\t☐\n\t\n\n\tCommentaire\nTrès bien.\n\n  Suite\n\n\tB1.1 : " in text


@pytest.mark.parametrize(
    "comment",
    [
        "\tdébut",
        "un\n\tdeux",
        "un\n\n\tdeux",
        "fin\n",
        "\n",
        "a\rb",
        "a\x0bb",
        "a\x0cb",
        "a\x1cb",
        "a\x85b",
        "a\u2028b",
        "\x00",
        "\ud800",
    ],
)
def test_a_comment_that_would_not_read_back_is_refused(comment: str) -> None:
    with pytest.raises(UnprintableTextError) as caught:
        text_of(record(comments={"B1.3": comment}))
    assert "commentaire.B1.3" in caught.value.where
    assert caught.value.exit_code is ExitCode.RENDER


@settings(deadline=None)
@given(st.text(st.sampled_from("aé \t\n☐☒«\u00a0\ufeff😀\r\x0c\u2028\u0000"), min_size=1, max_size=12) | st.text(min_size=1))
def test_any_other_comment_reads_back_the_same(comment: str) -> None:
    try:
        data = text_of(record(comments={"B1.3": comment, "B1.6": comment})).encode()
    except UnprintableTextError:
        return
    rows = read(Source.of(data, "grille.txt")).grids[0].rows
    assert [row[0].text for row in rows if len(row) == 1] == [f"Commentaire\n{comment}"] * 2
    assert len(rows) == 10


def test_json_is_the_record() -> None:
    given = record({"B1.1": MarkState.TICKED}, {"B1.2": "«\u00a0é\u00a0»\x00"})
    data = writer_for("json").write(given, FORM, None).data
    assert data.endswith(b"\n}\n")
    assert b'"answers": {\n  "competences": {' in data
    assert loads(data.decode()) == given


def test_json_keeps_half_a_surrogate_pair_which_utf_8_cannot() -> None:
    data = writer_for("json").write(record(comments={"B1.2": "a\ud800b"}), FORM, None).data
    assert json.loads(data)["answers"]["commentaire.B1.2"]["value"] == "a\ud800b"
