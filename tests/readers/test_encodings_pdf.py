"""Every way a PDF shows a tick box is read: state and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import pdf, text

if TYPE_CHECKING:
    from formfill.model.document import Document

MARKS = {
    **{name: (draw, "ticked") for name, draw in made.TICKS.items()},
    **{name: (draw, "uncertain") for name, draw in made.UNCLEAR.items()},
    **{name: (draw, "blank") for name, draw in made.NOTHING.items()},
}


def document(data: bytes) -> Document:
    return read(Source.of(data, "formulaire.pdf"))


def seen(found: Document) -> list[tuple[str, str]]:
    return [(mark.label, mark.state.value) for mark in found.marks]


def expected(place: str, state: str) -> list[tuple[str, str]]:
    labels = made.PLACES[place].labels
    return list(zip(labels, ("blank", state, "blank"), strict=True))


@pytest.mark.parametrize("box", made.BOXES)
@pytest.mark.parametrize("mark", MARKS)
def test_every_box_is_read_however_it_is_drawn_and_ticked(box: str, mark: str) -> None:
    draw, state = MARKS[mark]
    assert seen(document(pdf(made.page(box, draw, "before its label")))) == expected("before its label", state)


@pytest.mark.parametrize("place", made.PLACES)
@pytest.mark.parametrize("box", ["re S, as Word", "four separate lines", "glyph"])
@pytest.mark.parametrize("mark", ["two diagonals", "a letter X", "a fill", "one diagonal", "nothing"])
def test_every_box_has_its_label_wherever_it_stands(box: str, mark: str, place: str) -> None:
    draw, state = MARKS[mark]
    assert seen(document(pdf(made.page(box, draw, place)))) == expected(place, state)


LAYERS = "/OCProperties << /OCGs [5 0 R 7 0 R] /D << /OFF [5 0 R] /Order [] >> >>"
OFF, ON = ({5 + 2 * k: f"<< /Type /OCG /Name (calque {k}) >>".encode()} for k in range(2))


@pytest.mark.parametrize("packed", [False, True])
def test_a_layer_that_is_switched_off_is_not_seen(packed: bool) -> None:
    def content(layer: str) -> list[str]:
        draw = made.BOXES["re S, as Word"](60, 700)
        inside = made.TICKS["two diagonals"](60, 700)
        words = text(75, 701, "Seul(e)")
        return [draw, words, f"/OC /{layer} BDC", inside, text(75, 640, "secret"), "EMC"]

    resources = "/Properties << /Hidden 5 0 R /Shown 7 0 R >>"
    for layer, state, words in (("Hidden", "blank", ["☐ Seul(e)"]), ("Shown", "ticked", ["☒ Seul(e)", "secret"])):
        data = pdf(made.with_resources(content(layer), resources), catalog=LAYERS, objects=OFF | ON)
        if packed:
            data = made.packed(data)
        found = document(data)
        assert seen(found) == [("Seul(e)", state)]
        assert [block.text for block in found.text] == words
        assert [finding.code for finding in found.findings] == ["hidden-content"] * (layer == "Hidden")
