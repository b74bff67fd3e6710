"""Boxes that are glyphs of a Type 3 font: procedures that draw them, in vectors or as a bitmap, under any code, without Unicode."""

from __future__ import annotations

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers.pdfbytes import Page, pdf, text

_FRAME = "1000 0 0 0 900 900 d1 60 w 80 30 740 740 re S"
_CROSS = "80 30 m 820 770 l S 820 30 m 80 770 l S"


def _bitmap(rows: list[str]) -> str:
    data = "".join(f"{int(row, 2):04X}" for row in rows)
    return f"1000 0 0 0 900 900 d1 900 0 0 900 0 0 cm BI /W 16 /H {len(rows)} /IM true /BPC 1 /D [1 0] /F /AHx ID {data}> EI"


_EDGE = ["1" * 16] * 2
_ROWS = [
    "".join("1" if c in (0, 1, 14, 15) or (x and (c in (r, r + 1) or 15 - c in (r, r + 1))) else "0" for c in range(16))
    for x in (False, True)
    for r in range(2, 14)
]
SETS = {
    "strokes": (_FRAME, f"{_FRAME} {_CROSS}"),
    "a check": (_FRAME, f"{_FRAME} 200 400 m 380 180 l 700 640 l S"),
    "a dot": (_FRAME, f"{_FRAME} 300 250 300 300 re f"),
    "filled": (_FRAME, "1000 0 0 0 900 900 d1 80 30 740 740 re f"),
    "coloured": (_FRAME.replace("0 0 900 900 d1", "d0 0 G"), f"{_FRAME} {_CROSS}".replace("0 0 900 900 d1", "d0 0 0 1 RG")),
    "a false bounding box": tuple(f"{body}".replace("0 0 900 900 d1", "0 0 0 0 d1") for body in (_FRAME, f"{_FRAME} {_CROSS}")),
    "bitmaps": (_bitmap(_EDGE + _ROWS[:12] + _EDGE), _bitmap(_EDGE + _ROWS[12:] + _EDGE)),
}
"""The procedures of an empty box and of a ticked one."""


def _font(procs: tuple[str, ...], first: int) -> dict[int, bytes]:
    names = [f"g{number}" for number in range(len(procs))]
    listed = " ".join(f"/{name} {1010 + k} 0 R" for k, name in enumerate(names))
    entries = (
        f"/Encoding << /Differences [{first} {' '.join('/' + name for name in names)}] >> /FirstChar {first}"
        f" /LastChar {first + len(procs) - 1} /Widths [{'1000 ' * len(procs)}] /Resources << >>"
    )
    head = "/Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0]"
    found = {1001: f"<< {head} /CharProcs << {listed} >> {entries} >>".encode()}
    for k, body in enumerate(procs):
        found[1010 + k] = f"<< /Length {len(body)} >>\nstream\n{body}\nendstream".encode()
    return found


def seen(codes: list[bytes], labels: list[str], objects: dict[int, bytes]) -> list[tuple[str, str]]:
    content = []
    for k, (code, label) in enumerate(zip(codes, labels, strict=True)):
        content += [
            f"BT /F9 12 Tf 1 0 0 1 50 {700 - 20 * k} Tm <{code.hex()}> Tj ET",
            text(50 + 15 * len(code), 700 - 20 * k, label),
        ]
    found = read(Source.of(pdf(Page(content, fonts="/F9 1001 0 R"), objects=objects), "x.pdf"))
    return [(mark.label, mark.state.value) for mark in found.marks]


@pytest.mark.parametrize("first", [1, 0x21, 0x41])
@pytest.mark.parametrize("name", SETS)
def test_a_box_drawn_by_a_procedure_is_read_by_its_look(name: str, first: int) -> None:
    objects = _font(SETS[name], first)
    found = seen([bytes([first]), bytes([first + 1]), bytes([first])], ["Seul(e)", "En équipe", "Autre"], objects)
    assert found == [("Seul(e)", "blank"), ("En équipe", "ticked"), ("Autre", "blank")]


def test_two_signs_of_one_run_are_two_boxes() -> None:
    objects = _font(SETS["strokes"], 1)
    assert [state for _label, state in seen([b"\1\2"], ["Seul(e)"], objects)] == ["blank", "ticked"]


def test_bullets_drawn_by_a_procedure_are_no_boxes() -> None:
    assert seen([b"\1", b"\1"], ["Un point", "Un autre"], _font((SETS["filled"][1],), 1)) == []
