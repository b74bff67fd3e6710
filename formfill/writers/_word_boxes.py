"""One check box of a Word form in each state: as a control of Word 2010, or in the encoding of the official blank."""

from __future__ import annotations

import copy
from typing import Any, Final

from lxml import etree

from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.writers._docx_template import W14, W

Element = Any
_FONT: Final = "MS Gothic"
_UNCERTAIN_FONT: Final = "Segoe UI Symbol"
"""Has U+2370, which MS Gothic lacks."""
_DEFAULT_SIZE: Final = 20
"""Half-points of a text whose style alone says its size."""
_SYMBOL_TICKED: Final = "F0FE"
"""The crossed box of Wingdings."""
_LETTER_TICKED: Final = {"5": "S", "\uf035": "\uf053"}
"""The crossed box of Wingdings 2, for each way of writing its empty one."""


def control(sdt: Element, state: MarkState) -> Element:
    """The box as ``w14:checkbox`` ([MS-DOCX] §2.6.1.1), put beside the control of the template.

    An uncertain box says unticked and shows a question mark: two kinds of evidence that disagree read back uncertain.
    """
    made = copy.deepcopy(sdt)
    shape, content = made.find(W + "sdtPr"), made.find(W + "sdtContent")
    first = content.find(W + "r")
    for child in list(content):
        content.remove(child)
    content.append(_glyph(first, state))
    etree.SubElement(shape, W + "lock").set(W + "val", "sdtLocked")
    box = etree.SubElement(shape, W14 + "checkbox")
    etree.SubElement(box, W14 + "checked").set(W14 + "val", "1" if state is MarkState.TICKED else "0")
    for name, shown in (("checkedState", MarkState.TICKED), ("uncheckedState", MarkState.BLANK)):
        look = etree.SubElement(box, W14 + name)
        look.set(W14 + "val", f"{ord(SHOWN[shown]):04X}")
        look.set(W14 + "font", _FONT)
    sdt.addnext(made)
    return made


def legacy(sdt: Element, state: MarkState) -> list[Element]:
    """The runs of the box as the blank encodes it, put beside the control of the template.

    No official encoding says uncertain: such a box is the glyph that formfill shows for it.
    """
    runs = [copy.deepcopy(run) for run in sdt.find(W + "sdtContent")]
    if state is MarkState.UNCERTAIN:
        runs = [_glyph(runs[0], state)]
    elif state is MarkState.TICKED:
        for run in runs:
            _tick(run)
    for run in reversed(runs):
        sdt.addnext(run)
    return runs


def _tick(run: Element) -> None:
    box = run.find(f"{W}fldChar/{W}ffData/{W}checkBox")
    sym = run.find(W + "sym")
    if box is not None:
        # the last of the sequence, ECMA-376 Part 1 §17.16.7
        etree.SubElement(box, W + "checked")
    elif sym is not None:
        sym.set(W + "char", _SYMBOL_TICKED)
    else:
        for text in run.findall(W + "t"):
            text.text = _LETTER_TICKED.get(text.text or "", text.text)


def _glyph(like: Element, state: MarkState) -> Element:
    """A run with the glyph of a state, of the colour of another run and about its size: no row grows by it.

    Properties are in the order of ECMA-376 Part 1 §17.3.2.28.
    """
    run = etree.Element(W + "r")
    shape = etree.SubElement(run, W + "rPr")
    fonts = etree.SubElement(shape, W + "rFonts")
    for script in ("ascii", "eastAsia", "hAnsi", "cs"):
        fonts.set(W + script, _UNCERTAIN_FONT if state is MarkState.UNCERTAIN else _FONT)
    color = like.find(f"{W}rPr/{W}color")
    if color is not None:
        shape.append(copy.deepcopy(color))
    size = like.find(f"{W}rPr/{W}sz")
    points = int(size.get(W + "val")) if size is not None else _DEFAULT_SIZE
    if like.find(W + "fldChar") is None:
        # letters of symbol fonts are lower than glyphs of a text font: the rows of the official grids are full
        points = max(points - 2, 12)
    for name in ("sz", "szCs"):
        etree.SubElement(shape, W + name).set(W + "val", str(points))
    etree.SubElement(run, W + "t").text = SHOWN[state]
    return run
