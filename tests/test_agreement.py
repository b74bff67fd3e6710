"""A record that somebody edited: what its form cannot show is refused, and every field named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from formfill import catalogue, pipeline
from formfill.cli import run_command_line
from formfill.errors import ExitCode, InconsistentRecordError, UnknownEditionError
from formfill.language import set_language
from formfill.model import codec
from formfill.model.completed import Answer, AnswerState, BoxReading, Comment
from formfill.model.document import MarkState
from formfill.writers import MODULES, can_write
from tests.grids import official, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from formfill.model.record import Record


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


@pytest.fixture
def record() -> Record:
    rows = official()
    rows["B1.1"].box = ["☒"]
    rows["B1.2"].indicators.append("Vu avec M. Imaginaire.")
    return read(rows)


def _answer(record: Record, at: str, **changes: Any) -> Record:
    return record._replace(answers=tuple(a._replace(**changes) if a.field == at else a for a in record.answers))


def _box(record: Record, at: str, **changes: Any) -> Record:
    return record._replace(boxes=tuple(b._replace(**changes) if b.option == at else b for b in record.boxes))


def _referentiel(record: Record) -> Record:
    assert record.form is not None
    return record._replace(form=record.form._replace(referentiel="bts-nope"))


FORMATS = [to for to in MODULES if can_write(to, catalogue.form("bts-sio-grille-bloc1"))]
NOPE = Answer("nope", "perdu", AnswerState.ANSWERED)
EDITS: dict[str, tuple[Callable[[Record], Record], str]] = {
    "unknown field": (lambda r: r._replace(answers=(*r.answers, NOPE)), "« nope »"),
    "field twice": (lambda r: r._replace(answers=(*r.answers, r.answers[-1])), "« commentaire.B1.6 »"),
    "unknown option": (lambda r: _box(r, "B1.3", option="B1.9"), "« B1.9 »"),
    "unknown box field": (lambda r: _box(r, "B1.3", field="cases"), "« cases »"),
    "box twice": (lambda r: r._replace(boxes=(*r.boxes, r.boxes[0])), "« transversale »"),
    "box missing": (lambda r: r._replace(boxes=r.boxes[:-1]), "« B1.6 »"),
    "box of a row": (lambda r: _box(r, "B1.3", row=0), "« B1.3 »"),
    "a tick that the answer lacks": (lambda r: _box(r, "B1.4", state=MarkState.TICKED), "« B1.4 »"),
    "a tick that the boxes lack": (lambda r: _answer(r, "competences", value=("B1.1", "B1.5")), "« B1.5 »"),
    "a tick nobody knows": (lambda r: _answer(r, "competences", value=("B1.1", "B9.9")), "« B9.9 »"),
    "no tick in the answer": (lambda r: _answer(r, "competences", value=None), "« B1.1 »"),
    "another state": (lambda r: _answer(r, "competences", state=AnswerState.EMPTY), "« competences »"),
    "doubt in the boxes only": (lambda r: _box(r, "B1.4", state=MarkState.UNCERTAIN), "« competences »"),
    "text for boxes": (lambda r: _answer(r, "competences", value="B1.1"), "« competences »"),
    "list for text": (lambda r: _answer(r, "commentaire.B1.2", value=("a", "b")), "« commentaire.B1.2 »"),
    "text said empty": (lambda r: _answer(r, "commentaire.B1.2", state=AnswerState.EMPTY), "« commentaire.B1.2 »"),
    "nothing said answered": (lambda r: _answer(r, "commentaire.B1.2", value=None), "« commentaire.B1.2 »"),
    "remark on an unknown field": (lambda r: r._replace(comments=(Comment("text", "nope", "perdu", None),)), "« nope »"),
    "another référentiel": (_referentiel, "« bts-nope »"),
}


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize(("edit", "named"), EDITS.values(), ids=EDITS.keys())
def test_what_the_form_cannot_show_is_refused_and_named(
    record: Record, edit: Callable[[Record], Record], named: str, to: str
) -> None:
    assert pipeline.render(record, to).findings == ()
    with pytest.raises(InconsistentRecordError) as refused:
        pipeline.render(edit(record), to)
    assert named in refused.value.seen
    assert refused.value.exit_code == ExitCode.RENDER


def test_a_record_with_fewer_texts_is_rendered(record: Record) -> None:
    """Another program need not write the fields that hold nothing."""
    short = record._replace(answers=tuple(a for a in record.answers if a.value is not None))
    assert pipeline.render(short, "json").findings == ()
    assert pipeline.render(record._replace(answers=()), "txt").findings == ()


@pytest.mark.parametrize("to", FORMATS)
def test_an_unknown_edition_is_refused_whatever_the_format(record: Record, to: str) -> None:
    with pytest.raises(UnknownEditionError, match="Éditions connues : activites"):
        pipeline.render(record, to, edition="nope")
    with pytest.raises(UnknownEditionError, match="Éditions connues"):
        pipeline.render(record, to, edition="")
    assert record.form is not None
    with pytest.raises(UnknownEditionError, match="« 1999 »"):
        pipeline.render(record._replace(form=record.form._replace(edition="1999")), to)


def test_the_edition_asked_for_is_that_of_the_record_inside(record: Record) -> None:
    assert record.form is not None
    bare = record._replace(form=record.form._replace(edition=None))
    made = codec.loads(pipeline.render(bare, "json", edition="activites").data.decode())
    assert made.form == record.form._replace(edition="activites", score=round(record.form.score, 4))


def test_a_label_that_is_not_the_official_one_is_told(record: Record) -> None:
    rendition = pipeline.render(_box(record, "B1.3", label="Développer sa présence"), "docx")
    [finding] = rendition.findings
    assert finding.code == "official-wording"
    assert "« Développer sa présence »" in finding.message
    assert "« B1.3 »" in finding.message


def test_many_disagreements_are_counted(record: Record) -> None:
    boxes = tuple(BoxReading("cases", f"X{n}", "", MarkState.BLANK) for n in range(30))
    with pytest.raises(InconsistentRecordError, match=r"et d’autres \(25\)"):
        pipeline.render(record._replace(boxes=(*record.boxes, *boxes)), "txt")


def test_the_command_refuses_and_writes_nothing(record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "record.json", tmp_path / "form.pdf"
    path.write_text(codec.dumps(record._replace(answers=(*record.answers, NOPE))), "utf-8")
    assert run_command_line(["render", str(path), "--to", "pdf", "-o", str(out)]) == ExitCode.RENDER
    assert "« nope »" in capsys.readouterr().err
    path.write_text(codec.dumps(record), "utf-8")
    assert run_command_line(["render", str(path), "--to", "html", "-o", str(out), "--edition", "nope"]) == ExitCode.RENDER
    assert "activites" in capsys.readouterr().err
    assert not out.exists()


def test_keys_that_no_record_has_are_named(record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = codec.record_to_dict(record)
    data["avis"] = "favorable"
    data["boxes"][2]["note"] = 3
    path = tmp_path / "record.json"
    path.write_text(json.dumps(data), "utf-8")
    assert run_command_line(["render", str(path), "--to", "txt", "-o", str(tmp_path / "form.txt")]) == ExitCode.DONE
    assert "boxes.2.note, avis" in capsys.readouterr().err
    path.write_text(codec.dumps(record), "utf-8")
    run_command_line(["render", str(path), "--to", "txt", "-o", str(tmp_path / "form.txt")])
    assert capsys.readouterr().err == ""


def test_a_key_written_twice_is_refused(record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "record.json"
    path.write_text(codec.dumps(record).replace('"commentaire.B1.3":', '"commentaire.B1.2":'), "utf-8")
    assert run_command_line(["render", str(path), "--to", "txt", "-o", str(tmp_path / "form.txt")]) == ExitCode.SOURCE
    assert "clé en double : « commentaire.B1.2 »" in capsys.readouterr().err
