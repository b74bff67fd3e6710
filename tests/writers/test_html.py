"""The filled form as an HTML page: it shows the record, carries it whole, and nothing in it becomes markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Final

import pytest
from formfill import catalogue
from formfill.errors import RenderError
from formfill.language import set_language
from formfill.model.codec import dumps, record_to_dict
from formfill.model.completed import Answer, AnswerState, BoxReading, Comment
from formfill.model.document import MarkState
from formfill.model.record import FormRef, Record, SourceRef
from formfill.model.report import Severity
from formfill.writers import writer_for
from formfill.writers._layout import clean_grid
from formfill.writers.html import STATE_WORDS, WRITER
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

FORM = catalogue.form("bts-sio-grille-bloc1")
OPTIONS: Final = ("transversale", "B1.1", "B1.2", "B1.3", "B1.4", "B1.5", "B1.6")
T, B, U = MarkState.TICKED, MarkState.BLANK, MarkState.UNCERTAIN
STATES: Final = (T, B, U, B, T, B, U)
MARKUP: Final = "</script><script>alert(1)</script> <!-- & \"q\" 'a' ]]> </p></table>\n  =1+1\tfin  مرحبا"


def record(comments: dict[str, str] | None = None, notes: tuple[Comment, ...] = ()) -> Record:
    written = comments or {}
    return Record(
        source=SourceRef("a </script>.docx", "0" * 64, "docx", 1, None),
        form=FormRef(FORM.id, "activites", FORM.referentiel, 1.0),
        answers=tuple(
            Answer(f"commentaire.{o}", written.get(o), AnswerState.ANSWERED if o in written else AnswerState.EMPTY) for o in OPTIONS
        ),
        boxes=tuple(BoxReading("competences", o, "", s) for o, s in zip(OPTIONS, STATES, strict=True)),
        comments=notes,
    )


def page(value: Record) -> html.HtmlElement:
    return html.document_fromstring(WRITER.write(value, FORM, None).data.decode())


def squeezed(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def shown_comments(value: Record) -> dict[str, str]:
    return {str(row.get("data-field")): row.find_class("as-written")[0].text_content() for row in page(value).find_class("comment")}


def test_the_writer_is_the_one_of_the_format() -> None:
    assert writer_for("html") is WRITER


def test_every_box_shows_its_state_by_glyph_and_word() -> None:
    rows = page(record()).find_class("group")
    assert [row.get("data-option") for row in rows] == list(OPTIONS)
    signs = [row.find_class("sign")[0] for row in rows]
    assert [(s.text_content(), s.get("role"), s.get("aria-label")) for s in signs] == [
        ({T: "☒", B: "☐", U: "⍰"}[state], "img", STATE_WORDS[state]) for state in STATES
    ]


def test_the_official_texts_are_all_there_in_order() -> None:
    table = page(record()).find(".//table")
    assert table is not None
    clean = clean_grid(record(), FORM)
    for row, shown in zip(clean.rows, table.find_class("group"), strict=True):
        cells = [c for c in shown if c.tag in ("th", "td")]
        for column, lines in enumerate(row.row.lines):
            if column == clean.grid.box_column:
                continue
            title = [row.row.title] if column == clean.grid.title_column else []
            texts = [squeezed(e) for e in cells[column].iter("p", "li")]
            assert texts == title + [" ".join(line.printed.split()) for line in lines]


def test_a_comment_stands_under_its_row_as_written() -> None:
    value = record({"B1.1": MARKUP, "B1.6": "une ligne"})
    assert shown_comments(value) == {"commentaire.B1.1": MARKUP, "commentaire.B1.6": "une ligne"}
    row = page(value).find_class("comment")[0]
    before = row.getprevious()
    assert before is not None
    assert before.get("data-option") == "B1.1"
    assert row.xpath("string(td/@colspan)") == "3"


def test_notes_outside_the_grid_stand_after_it() -> None:
    note = Comment("word-comment", None, "<b>à revoir</b>", "Une relectrice")
    [section] = page(record(notes=(note,))).find_class("notes")
    assert section.find_class("as-written")[0].text_content() == "Commentaire Word, de « Une relectrice » : <b>à revoir</b>"
    assert page(record()).find_class("notes") == []


def test_the_uncertain_sign_is_explained_when_it_is_used() -> None:
    assert "à vérifier sur l’original" in squeezed(page(record()).find_class("warning")[0])


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\ufdd0", "\uffff", "\U0001ffff", "\r"])
def test_what_html_cannot_hold_is_left_out_and_reported(text: str) -> None:
    value = record({"B1.2": f"avant{text}après"})
    rendition = WRITER.write(value, FORM, None)
    [finding] = rendition.findings
    assert (finding.code, finding.severity, finding.field) == ("unprintable-character", Severity.WARNING, "commentaire.B1.2")
    assert f"U+{ord(text):04X}" in finding.message
    assert shown_comments(value) == {"commentaire.B1.2": "avant\naprès" if text == "\r" else "avantaprès"}
    assert text not in rendition.data.decode()


def test_a_note_that_html_cannot_hold_is_reported_too() -> None:
    [finding] = WRITER.write(record(notes=(Comment("text", None, "a\x01b", None),)), FORM, None).findings
    assert finding.field is None


class ScriptReader(HTMLParser):
    """Collects the scripts of a page with their attributes, as a browser separates them."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._inside = True
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self._inside:
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False


def embedded(value: Record) -> str:
    reader = ScriptReader()
    reader.feed(WRITER.write(value, FORM, None).data.decode())
    [(attributes, text)] = reader.scripts
    assert attributes == {"type": "application/json", "id": "record"}
    return text


def test_the_record_goes_with_the_page_whole() -> None:
    value = record({"B1.1": MARKUP + "\x00\ud800\u2028😀\x85\ufffe"})
    text = embedded(value)
    assert json.loads(text) == record_to_dict(value) == json.loads(dumps(value))
    assert not re.search("[<>&\x7f-\x9f\u2028\ufffe]", text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="\r"), min_size=1))
def test_any_comment_comes_back(text: str) -> None:
    value = record({"B1.3": text})
    rendition = WRITER.write(value, FORM, None)
    assert json.loads(embedded(value)) == record_to_dict(value)
    assert (shown_comments(value)["commentaire.B1.3"] == text) != bool(rendition.findings)


def test_the_page_stands_alone() -> None:
    text = WRITER.write(record({"B1.1": MARKUP}), FORM, None).data.decode()
    assert not re.search(r"""(?:src|href|action)\s*=""", text)
    assert set(re.findall(r"url\(([^)]{0,6})", text)) == {'"data:'}
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_the_page_is_sound_for_a_screen_reader() -> None:
    tree = page(record({"B1.1": "x"}))
    assert tree.get("lang") == "fr-FR"
    assert tree.findtext(".//title") == FORM.title
    assert [squeezed(h) for h in tree.iter("h1")] == [FORM.title]
    assert squeezed(next(tree.iter("caption")))
    assert [th.get("scope") for th in tree.iter("th")] == ["col"] * 3 + ["row"] * len(OPTIONS)
    assert all(squeezed(th) for th in tree.iter("th"))


def test_the_form_is_french_and_the_same_in_every_language() -> None:
    french = WRITER.write(record({"B1.1": "x"}), FORM, None).data
    set_language("en")
    try:
        assert WRITER.write(record({"B1.1": "x"}), FORM, None).data == french
    finally:
        set_language("fr")


def test_a_record_of_another_form_is_refused() -> None:
    other = Record(SourceRef("a", "0" * 64, "txt", 1, None), None)
    with pytest.raises(RenderError):
        WRITER.write(other, FORM, None)
