"""Form fields of PDFs: every state that /V, /AS and the look of a box may be in, and what is wrong with a form."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from formfill.readers import read
from formfill.source import Source
from pikepdf import Array, Dictionary, Name, String

CROSS = b"q 0 0 10 10 re S BT /ZaDb 9 Tf 1 1 Td (8) Tj ET Q"
FRAME = b"q 0 0 10 10 re S Q"


class Form:
    """A form in the making: one page, its fields below each other."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page(page_size=(595, 842))
        self.fields: list[pikepdf.Object] = []
        self.annots: list[pikepdf.Object] = []

    def look(self, content: bytes) -> pikepdf.Object:
        """An appearance stream."""
        return self.pdf.make_stream(content, BBox=[0, 0, 10, 10], Type=Name.XObject, Subtype=Name.Form)

    def looks(self, on: str = "Oui", ticked: bytes = CROSS, blank: bytes = FRAME) -> Dictionary:
        """The appearances of a box in its two states."""
        return Dictionary(N=Dictionary({f"/{on}": self.look(ticked), "/Off": self.look(blank)}))

    def widget(self, *, listed: bool = True, width: float = 10, **entries: Any) -> pikepdf.Object:
        """A widget below the last one."""
        y = 780 - 20 * len(self.annots)
        rect = Array([50, y, 50 + width, y + 10])
        made = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rect, **entries))
        self.annots.append(made)
        if listed:
            self.fields.append(made)
        return made

    def box(self, value: str | None, state: str | None, *, listed: bool = True, **entries: Any) -> None:
        """A check box."""
        if value is not None:
            entries["V"] = Name(f"/{value}")
        if state is not None:
            entries["AS"] = Name(f"/{state}")
        entries.setdefault("AP", self.looks())
        self.widget(listed=listed, FT=Name.Btn, T=String(f"c{len(self.annots)}"), **entries)

    def radio(self, value: str | None, states: tuple[str, ...], **entries: Any) -> None:
        """A radio group whose buttons are on by a, b, c…"""
        group = self.pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String(f"r{len(self.annots)}"), **entries))
        if value is not None:
            group.V = Name(f"/{value}")
        kids = [
            self.widget(listed=False, Parent=group, AP=self.looks("abc"[k]), AS=Name(f"/{state}")) for k, state in enumerate(states)
        ]
        group.Kids = Array(kids)
        self.fields.append(group)

    def data(self, *, packed: bool = False, **form: Any) -> bytes:
        """The file."""
        self.page.obj.Annots = Array(self.annots)
        if form.pop("missing", False) is False:
            entries = {"Fields": Array(self.fields), "DA": String("/Helv 0 Tf"), **form}
            self.pdf.Root.AcroForm = self.pdf.make_indirect(Dictionary({f"/{key}": value for key, value in entries.items()}))
        out = io.BytesIO()
        modes = pikepdf.ObjectStreamMode
        self.pdf.save(out, object_stream_mode=modes.generate if packed else modes.disable)
        return out.getvalue()


def states(data: bytes) -> list[str]:
    return [mark.state.value for mark in read(Source.of(data, "champs.pdf")).marks]


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in read(Source.of(data, "champs.pdf")).findings]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "in object streams"])
def test_a_check_box_is_its_value_and_its_state(packed: bool) -> None:
    form = Form()
    for value, state in (
        ("Oui", "Oui"),
        ("Off", "Off"),
        ("Oui", "Off"),
        ("Off", "Oui"),
        (None, "Oui"),
        ("Oui", None),
        (None, None),
    ):
        form.box(value, state)
    assert states(form.data(packed=packed)) == ["ticked", "blank", "uncertain", "uncertain", "ticked", "ticked", "blank"]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "in object streams"])
def test_a_radio_button_inherits_the_value_of_its_group(packed: bool) -> None:
    form = Form()
    form.radio("b", ("Off", "b"))
    form.radio("b", ("Off", "Off"))
    form.radio("b", ("a", "Off"))
    form.radio(None, ("Off", "b"))
    form.radio("Off", ("Off", "Off"))
    found = states(form.data(packed=packed))
    assert found == ["blank", "ticked", "blank", "uncertain", "uncertain", "uncertain", "blank", "ticked", "blank", "blank"]


@pytest.mark.parametrize("name", ["Yes", "1", "On", "coché", "choix 2", "O#ui"])
def test_any_name_but_off_is_on(name: str) -> None:
    form = Form()
    looks = form.looks(name)
    form.box(name, name, AP=looks)
    form.box("Off", "Off", AP=form.looks(name))
    assert states(form.data()) == ["ticked", "blank"]


def test_a_look_that_shows_otherwise_leaves_a_doubt() -> None:
    form = Form()
    form.box("Oui", "Oui", AP=form.looks(ticked=b""))
    form.box("Off", "Off", AP=form.looks(blank=CROSS))
    assert states(form.data()) == ["uncertain", "uncertain"]
    assert codes(form.data()) == ["field-without-appearance"]


def test_a_box_without_a_look_is_read_and_reported() -> None:
    form = Form()
    form.box("Oui", "Oui", AP=Dictionary())
    form.box("Autre", "Autre")
    assert states(form.data()) == ["ticked", "ticked"]
    assert codes(form.data()) == ["field-without-appearance"]


@pytest.mark.filterwarnings("ignore:This document has")
def test_fields_that_no_form_lists_are_read_and_reported() -> None:
    for missing in (True, False):
        form = Form()
        form.box("Oui", "Oui", listed=False)
        form.box("Off", "Off", listed=False)
        assert states(form.data(missing=missing)) == ["ticked", "blank"]
        assert codes(form.data(missing=missing)) == ["field-not-listed"]


def test_what_else_is_odd_in_a_form_is_reported() -> None:
    form = Form()
    form.box("Oui", "Oui", Ff=1)
    form.fields.append(form.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("perdu"), V=String("sans place"))))
    xfa = form.pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    assert sorted(codes(form.data(XFA=xfa))) == ["field-read-only", "field-without-widget", "xfa-form"]


def test_text_and_choice_fields_are_text() -> None:
    form = Form()
    form.widget(FT=Name.Tx, T=String("nom"), V=String("Dupont, Zoé"), width=150)
    options = Array([Array([String("a"), String("Premier")]), Array([String("b"), String("Second")])])
    form.widget(FT=Name.Ch, Ff=1 << 17, T=String("choix"), V=String("b"), Opt=options, width=150)
    form.widget(FT=Name.Tx, T=String("vide"), width=150)
    assert " ".join(block.text for block in read(Source.of(form.data(), "champs.pdf")).text) == "Dupont, Zoé Second"
