"""Every encoding of every format as one list of cases, each in its family: what the table of the README is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from formfill import readers
from formfill.source import Source
from tests.readers import encodings_docx, encodings_odf, encodings_xlsx, pdf_cases
from tests.readers.packages import package

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES: Final = ("ticked", "blank", "uncertain")
FORMATS: Final = ("Word", "Excel", "OpenDocument", "PDF")
FAMILIES: Final[dict[str, tuple[str | None, str | None, str | None, str | None]]] = {
    "Check box controls: `w14:checkbox`, check boxes of cells, `loext:checkbox`": (
        r"w14:checkbox|two w14:checkbox",
        r"grid cell check box",
        r"content-control",
        None,
    ),
    "`FORMCHECKBOX` fields": (r"FORMCHECKBOX", None, r"field-mark", None),
    "Form controls, ActiveX, option buttons, AcroForm fields": (
        r"ActiveX",
        r"control|VML|ActiveX",
        r"(?:checkbox|radio|sheet)-control",
        r"AcroForm",
    ),
    "Box glyphs of Unicode": (
        r". against |■ among|circles",
        r"(?:grid '[☒☑✅▣■●]|grid empty box|option [☒☑✅■▣] )",
        r"glyphs|sheet-glyph|cell$|box-and-words",
        r"box glyph",
    ),
    "Symbol fonts: `w:sym`, letters of Wingdings and its kin, Type 3": (
        r"w:sym|letters|a tick of",
        r"grid (?:Wingdings|Marlett)",
        r"wingdings|opensymbol|starsymbol|symbol-font|sheet-symbol-font",
        r"symbol",
    ),
    "Fields that Word draws: `SYMBOL`, `EQ`, `MACROBUTTON`": (r"(?:SYMBOL|EQ|MACROBUTTON) field", None, None, None),
    "Boxes that are list bullets": (r"list bullet", None, r"list-bullet", None),
    "Boxes of brackets; an X or a tick in the place of a box, or beside one": (
        r"\[|\||\(|X in the place|X (?:before|after)|✔ in the place|typed ☑",
        r"grid '\[|option (?:[xX✓❌|\[]|bars|after its label|in one cell|overwritten|typed)",
        r"brackets|bars|X beside",
        r"typed",
    ),
    "Crosses and ticks in the body of a table": (r". in a grid", r"grid (?:'|1)", r"(?:sheet|text-table)-letter", r"cell letter"),
    "Fills set apart": (
        r"fill of a cell|theme fill",
        r"grid (?:x on a fill|fill|hatched)|option (?:fill|box and filled)",
        r"(?:sheet|text-table)-fill",
        r"cell fill",
    ),
    "Diagonals of a cell": (
        r"both diagonals|one of two",
        r"grid (?:both|one) diagonals?|grid x and diagonals",
        r"(?:sheet|text-table)-diagonals",
        r"cell diagonals",
    ),
    "Shapes, ink, pictures, text boxes and annotations over a box or a cell; boxes that are drawn": (
        r"cross ",
        r"(?:grid|option) (?:text box|mathMultiply|freehand|polygon|two lines|group|one line|picture|ellipse|ink|shape)",
        r"sheet-text-box|(?:sheet-|text-table-)?shape",
        r"drawn box|annotation|cell strokes",
    ),
    "Boxes that are struck through": (r"struck (?:box|cross|tick)", r"(?:option|grid) struck", r"struck-(?:box|cross)", None),
    "Choices without a box: struck, highlighted, shaded, circled": (
        r".* alternative",
        r"option without boxes|(?:grid|option) alternatives",
        r".*alternative",
        r"alternative",
    ),
    "Empty boxes that are highlighted, shaded, or in a filled cell, or whose words are": (
        r"empty box",
        r"empty box",
        r"empty-box",
        None,
    ),
    "Tracked ticks: the final state counts": (r"tracked|moved", None, r"tracked", None),
    "Inside text boxes, headers, notes, `mc:AlternateContent`, inserted documents, flat files, form XObjects": (
        r"text box|mc:Alt|header|footnote|inserted",
        r"text box",
        r"text-box|flat",
        r"form XObject",
    ),
}
"""Patterns of the beginnings of their names, one for each of :data:`FORMATS`; the first family that matches counts."""


@dataclass(frozen=True)
class Case:
    """One file and the marks that a careful person sees in it."""

    format: str
    name: str
    data: bytes
    expected: tuple[tuple[str, str], ...]
    """State and label of each mark, in any order."""
    state: str
    """What the file shows: one of :data:`STATES`."""

    @property
    def read_well(self) -> bool:
        """Tells whether the reader sees just those marks."""
        marks = readers.read(Source.of(self.data, "essai")).marks
        return sorted((mark.state.value, mark.label) for mark in marks) == sorted(self.expected)

    @property
    def family(self) -> str:
        """Its family; raises ``LookupError`` for an encoding that no family names."""
        rank = FORMATS.index(self.format)
        for family, patterns in FAMILIES.items():
            pattern = patterns[rank]
            if pattern is not None and re.match(pattern, self.name):
                return family
        raise LookupError(f"{self.format}: « {self.name} » is in no family")


def cases() -> Iterator[Case]:
    """Every file of every encoding."""
    yield from _word()
    yield from _excel()
    yield from _opendocument()
    yield from _pdf()


def _word() -> Iterator[Case]:
    for one in encodings_docx.ENCODINGS:
        files = [("ticked", one.ticked, one.parts)]
        if one.blank is not None:
            files.append(("blank", one.blank, one.parts if one.blank_parts is None else one.blank_parts))
        elif one.label == encodings_docx.GRID_LABEL:
            # in the body of a grid a blank is an empty cell, which is no mark: what it means is the form's to say
            yield Case("Word", one.name, package(encodings_docx.EMPTY_GRID), (), "blank")
        for state, body, parts in files:
            other = "blank" if state == "ticked" else "ticked"
            others = tuple((other if said == "other" else said, label) for said, label in one.others)
            yield Case("Word", one.name, package(body, parts), ((state, one.label), *others), state)
    for doubt in encodings_docx.DOUBTS:
        expected = tuple(("uncertain", label) for label in doubt.labels)
        yield Case("Word", doubt.name, package(doubt.body, doubt.parts), expected, "uncertain")


def _excel() -> Iterator[Case]:
    options = (("blank", "SISR"), ("blank", "SLAM"))
    form = encodings_xlsx.NOT_MARKS["the form"]
    for name, one in encodings_xlsx.ENCODINGS.items():
        said = {state for state, _label in one.marks if (state, _label) not in options}
        state = next((state for state in ("uncertain", "ticked") if state in said), "blank")
        yield Case("Excel", name, one.data, one.marks, state)
        if state != "blank" and name.startswith(("grid", "option")):
            yield Case("Excel", name, form, options, "blank")


def _opendocument() -> Iterator[Case]:
    for name, one in encodings_odf.ENCODINGS.items():
        for rank, state in enumerate(one.states):
            yield Case("OpenDocument", name, one.build(rank), tuple(one.marks(rank)), "blank" if state == "none" else state)


def _pdf() -> Iterator[Case]:
    for one in pdf_cases.cases():
        yield Case("PDF", one.name, one.data, one.marks, one.state)
