"""Every way to tick a box in OpenDocument: one tiny file each, ticked and blank, with the label and the state expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.readers.odfpackages import (
    cell,
    cell_style,
    common,
    control,
    flat,
    ods,
    odt,
    paragraph,
    row,
    span,
    table,
    text_style,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LABEL = "Déployer un service"


class Encoding(NamedTuple):
    """One encoding of a tick box."""

    states: tuple[str, ...]
    """What each of its files holds: ``ticked``, ``blank``, ``uncertain``; a blank cell of a sheet is ``none``, no mark at all."""
    build: Callable[[int], bytes]
    """The file of the state of that rank."""
    format: str = "odt"
    label: str = LABEL
    other: str = ""
    """The label of another mark, ticked where this one is blank."""
    others: tuple[tuple[str, str], ...] = ()
    """State and label of the marks that come after it in every file."""

    def marks(self, rank: int) -> list[tuple[str, str]]:
        """The marks of the file of that rank, as (state, label)."""
        state = self.states[rank]
        if state == "none":
            return []
        others = [("blank" if state == "ticked" else "ticked", self.other)] if self.other else []
        return [(state, self.label), *others, *self.others]


def beside(*boxes: str, styles: str = "", before: str = "") -> Callable[[int], bytes]:
    """A box and its label in a paragraph."""
    return lambda rank: odt(before + paragraph(boxes[rank], f" {LABEL}"), styles)


def spans(font: str, *texts: str) -> Callable[[int], bytes]:
    """A character of a symbol font before the label."""
    return beside(*(span("S", text) for text in texts), styles=text_style("S", f'style:font-name="{font}"'))


def content_box(attributes: str, shown: str) -> str:
    return f'<loext:content-control loext:checkbox="true" {attributes}>{shown}</loext:content-control>'


def field_mark(value: str | None, name: str = "field:fieldmark") -> str:
    inside = "" if value is None else f'<field:param field:name="Checkbox_Checked" field:value="{value}"/>'
    return f'<{name} field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">{inside}</{name}>'


def shown_control(*elements: str) -> Callable[[int], bytes]:
    """A form control in a text."""

    def build(rank: int) -> bytes:
        declared, place = control("c1", elements[rank])
        return odt(declared + paragraph(place, f" {LABEL}"))

    return build


def labelled_control(*elements: str) -> Callable[[int], bytes]:
    """A form control whose caption is its label, alone in a cell of a text."""

    def build(rank: int) -> bytes:
        declared, place = control("c1", elements[rank].replace("/>", f' form:label="{LABEL}"/>'))
        return odt(declared + table(row("Modalité", cell(paragraph(place)))))

    return build


def sheet_control(*elements: str) -> Callable[[int], bytes]:
    """A form control in a cell of a sheet."""

    def build(rank: int) -> bytes:
        declared, place = control("c1", elements[rank])
        shown = f"<table:table-cell>{place}</table:table-cell>"
        return ods(table(row(LABEL, shown)).replace("<table:table-row>", declared + "<table:table-row>", 1))

    return build


def bullet(properties: str, *chars: str) -> Callable[[int], bytes]:
    """A box that the list style prints."""

    def build(rank: int) -> bytes:
        start = f'<text:list-level-style-bullet text:level="1" text:bullet-char="{chars[rank]}">'
        level = f"{start}{properties}</text:list-level-style-bullet>"
        style = f'<text:list-style style:name="L1">{level}</text:list-style>'
        item = f"<text:list-item>{paragraph(LABEL)}</text:list-item>"
        return odt(f'<text:list text:style-name="L1">{item}</text:list>', style)

    return build


def crossed(*cells: str, styles: str = "") -> Callable[[int], bytes]:
    """A cell in the body of a sheet."""
    return lambda rank: ods(
        table(row("Réalisation", "Période", "B1.1"), row("Site", "mai", cells[rank]), row("Réseau", "juin", "")), styles
    )


def alternatives(properties: str, *, struck: bool) -> Callable[[int], bytes]:
    """Two alternatives, one of them set apart: the one that is struck is not chosen."""

    def build(rank: int) -> bytes:
        apart = bool(rank) if struck else not rank
        words = [span("S", "Seul(e)") if apart else "Seul(e)", "En équipe" if apart else span("S", "En équipe")]
        return odt(paragraph("Modalité : ", words[0], " / ", words[1]), text_style("S", properties))

    return build


def gridded(*cells: str, styles: str = "") -> Callable[[int], bytes]:
    """A cell in the body of a table of a text."""
    return lambda rank: odt(
        table(row("Réalisation", "Période", "B1.1"), row("Site", "mai", cells[rank]), row("Réseau", "juin", "")), styles
    )


_AT = 'text:anchor-type="char" svg:width="0.4cm" svg:height="0.4cm" svg:x="0cm" svg:y="0cm"'


def far(shape: str) -> str:
    """The same shape far under the paragraph that it is anchored to."""
    return shape.replace('y="0cm"', 'y="8cm"').replace('y1="0cm"', 'y1="8cm"').replace('y2="0.4cm"', 'y2="8.4cm"')


SHAPES = {
    "line": '<draw:line text:anchor-type="char" svg:x1="0cm" svg:y1="0cm" svg:x2="0.4cm" svg:y2="0.4cm"/>',
    "ellipse": f"<draw:ellipse {_AT}/>",
    "path": f"<draw:path {_AT}/>",
    "mathMultiply": f'<draw:custom-shape {_AT}><draw:enhanced-geometry draw:type="ooxml-mathMultiply"/></draw:custom-shape>',
    "picture": f"<draw:frame {_AT}><draw:image/></draw:frame>",
}
CROSS_BOX = f"<draw:frame {_AT}><draw:text-box>{paragraph('X')}</draw:text-box></draw:frame>"
CELL_SHAPE = '<draw:line table:end-cell-address="Feuille1.C2" svg:x1="0cm" svg:y1="0cm" svg:x2="0.4cm" svg:y2="0.4cm"/>'

FILLS = cell_style("fond", 'fo:background-color="#FFC000"') + cell_style("neutre", 'fo:background-color="transparent"')
DIAGONALS = cell_style(
    "croix", 'style:diagonal-bl-tr="0.74pt solid #000000" style:diagonal-tl-br="0.74pt solid #000000"'
) + cell_style("trait", 'style:diagonal-bl-tr="0.74pt solid #000000" style:diagonal-tl-br="none"')
CROSS = "B1.1 | Site"
TWO, THREE = ("ticked", "blank"), ("ticked", "blank", "uncertain")
FONT = '<style:text-properties style:font-name="{}"/>'.format

LINE = 'style:text-line-through-style="solid"'
PEN = 'fo:background-color="#ffff00"'
FRAMES = {
    "frame": f"<draw:frame {_AT}><draw:text-box>{{}}</draw:text-box></draw:frame>",
    "shape": f'<draw:custom-shape {_AT}>{{}}<draw:enhanced-geometry draw:type="rectangle"/></draw:custom-shape>',
}


def _styled(on: bool) -> dict[str, str]:
    return {"style": "C"} if on else {}


def _in_shape(shape: str, text: str) -> Callable[[int], bytes]:
    """A box under a shape that holds a text, or without it."""
    over = shape.format(paragraph(text))
    return lambda rank: odt(paragraph(("☐" + over, "☐")[rank], f" {LABEL}"), text_style("W", 'style:font-name="Wingdings"'))


def option_buttons(*buttons: tuple[str, bool]) -> bytes:
    """Option buttons, each the name of its group and whether it is on, in paragraphs of their own."""
    declared, shown = "", ""
    for number, (group, on) in enumerate(buttons):
        label = LABEL if not number else f"Autre {number}"
        declared += (
            f'<form:radio xml:id="c{number}" form:id="c{number}" form:name="{group}" form:label="{label}" '
            f'form:current-selected="{str(on).lower()}"/>'
        )
        shown += paragraph(f'<draw:control draw:control="c{number}"/>')
    return odt(f"<office:forms><form:form>{declared}</form:form></office:forms>{shown}")


_SIGNS = ("✔️", "■", "●", "▪", "XX", "1", "\u0425", "🗙")

ENCODINGS: dict[str, Encoding] = {
    "content-control": Encoding(
        (*THREE, "uncertain", "ticked"),
        beside(
            content_box('loext:checked="true"', "☒"),
            content_box("", "☐"),
            content_box('loext:checked="true"', "☐"),
            content_box('loext:checked="false"', "☒"),
            content_box('loext:checked="true"', ""),
        ),
    ),
    "content-control-own-glyphs": Encoding(
        THREE,
        beside(
            *(
                content_box(f'loext:checked="{checked}" loext:checked-state="X" loext:unchecked-state="O"', shown)
                for checked, shown in (("true", "X"), ("false", "O"), ("true", "O"))
            )
        ),
    ),
    "field-mark": Encoding(THREE, beside(field_mark("true"), field_mark(None), field_mark("peut-être"))),
    "field-mark-off": Encoding(("blank",), beside(field_mark("false"))),
    "field-mark-in-two": Encoding(
        THREE,
        beside(
            *(
                field_mark(value, "field:fieldmark-start") + shown + "<field:fieldmark-end/>"
                for value, shown in (("true", "☒"), ("false", ""), ("true", "☐"))
            )
        ),
    ),
    "checkbox-control": Encoding(
        THREE,
        shown_control(
            '<form:checkbox form:current-state="checked"/>',
            '<form:checkbox form:current-state="unchecked" form:state="checked"/>',
            '<form:checkbox form:current-state="unknown"/>',
        ),
    ),
    "checkbox-control-default": Encoding(TWO, shown_control('<form:checkbox form:state="checked"/>', "<form:checkbox/>")),
    "checkbox-control-caption": Encoding(
        TWO, labelled_control('<form:checkbox form:current-state="checked"/>', "<form:checkbox/>")
    ),
    "radio-control": Encoding(
        TWO, shown_control('<form:radio form:current-selected="true"/>', '<form:radio form:selected="false"/>')
    ),
    "radio-control-default": Encoding(TWO, shown_control('<form:radio form:selected="true"/>', "<form:radio/>")),
    "glyphs": Encoding(("ticked", "ticked", "ticked", "blank", "blank", "uncertain"), beside("☒", "☑", "✅", "☐", "▢", "⍰")),
    "wingdings": Encoding(
        ("ticked", "ticked", "ticked", "blank", "blank", "blank"),
        spans("Wingdings", "\uf0fe", "\uf0fd", "þ", "\uf0a8", "\uf06f", "¨"),
    ),
    "wingdings-2": Encoding((*TWO, "blank"), spans("Wingdings 2", "\uf052", "\uf035", "5")),
    "opensymbol": Encoding(TWO, spans("OpenSymbol", "\uf0fe", "\uf0a8")),
    "starsymbol": Encoding(TWO, spans("StarSymbol", "\uf0fe", "\uf0a8")),
    "symbol-font-of-a-common-style": Encoding(
        TWO,
        lambda rank: odt(
            paragraph(span("Fils", ("þ", "¨")[rank]), f" {LABEL}"),
            '<style:style style:name="Fils" style:family="text" style:parent-style-name="Père"/>',
            {"styles.xml": common(text_style("Père", 'style:font-name="Wingdings"'))},
        ),
    ),
    "list-bullet": Encoding(TWO, bullet("", "☑", "☐")),
    "list-bullet-wingdings": Encoding(TWO, bullet(FONT("Wingdings"), "\uf0fe", "\uf0a8")),
    "list-bullet-opensymbol": Encoding(TWO, bullet(FONT("OpenSymbol"), "\uf0fe", "\uf0a8")),
    "box-and-words-in-paragraphs-of-their-own": Encoding(
        TWO,
        lambda rank: odt("".join(map(paragraph, ("☒☐"[rank], LABEL, "", "☐", "", "Autre")))),
        others=(("blank", "Autre"),),
    ),
    "tracked-tick": Encoding(
        TWO,
        lambda rank: odt(
            "<text:tracked-changes>"
            '<text:changed-region text:id="i"><text:insertion><office:change-info><dc:creator>Ex</dc:creator></office:change-info>'
            "</text:insertion></text:changed-region>"
            '<text:changed-region text:id="d"><text:deletion><office:change-info><dc:creator>Ex</dc:creator></office:change-info>'
            f"{paragraph('☐☒'[rank])}</text:deletion></text:changed-region></text:tracked-changes>"
            + paragraph(
                f'<text:change text:change-id="d"/><text:change-start text:change-id="i"/>{"☒☐"[rank]}'
                f'<text:change-end text:change-id="i"/> {LABEL}'
            )
        ),
    ),
    "text-box": Encoding(
        TWO,
        lambda rank: odt(
            paragraph("<draw:frame><draw:text-box>", paragraph("☒☐"[rank], " ", LABEL), "</draw:text-box></draw:frame>")
        ),
    ),
    "cell": Encoding(TWO, lambda rank: odt(table(row(LABEL, "☒☐"[rank])))),
    "flat-text": Encoding(TWO, lambda rank: flat("text", paragraph(f"{'☒☐'[rank]} {LABEL}"))),
    "sheet-glyph": Encoding((*TWO, "ticked"), lambda rank: ods(table(row("Option :", f"{'☒▢☑'[rank]} {LABEL}"))), "ods"),
    "sheet-glyph-alone": Encoding((*TWO, "ticked"), crossed("☒", "☐", "✔"), "ods", CROSS),
    "sheet-letter": Encoding(("ticked", "ticked", "none"), crossed("x", "X", ""), "ods", CROSS),
    "sheet-letter-or-sign": Encoding((*("ticked",) * len(_SIGNS), "none"), crossed(*_SIGNS, ""), "ods", CROSS),
    "text-table-letter-or-emoji": Encoding(("ticked", "ticked", "none"), gridded("✔️", "\u0425", ""), label=CROSS),
    "sheet-fill": Encoding(("ticked", "none"), crossed(cell(style="fond"), cell(style="neutre"), styles=FILLS), "ods", CROSS),
    "sheet-letter-on-a-fill": Encoding(
        ("ticked", "none"), crossed(cell("x", style="fond"), cell(style="neutre"), styles=FILLS), "ods", CROSS
    ),
    "sheet-diagonals": Encoding(
        ("ticked", "none", "uncertain"), crossed(cell(style="croix"), "", cell(style="trait"), styles=DIAGONALS), "ods", CROSS
    ),
    "sheet-symbol-font": Encoding(
        TWO,
        lambda rank: ods(
            table(row(LABEL, cell("þ¨"[rank], style="W"))), text_style("W", 'style:font-name="Wingdings"', "table-cell")
        ),
        "ods",
    ),
    "sheet-text-box": Encoding(
        TWO,
        lambda rank: ods(
            table(
                row(
                    "Option :",
                    cell(
                        f"▢ {LABEL}",
                        ("<draw:frame><draw:text-box>" + paragraph("X") + "</draw:text-box></draw:frame>", "")[rank],
                    ),
                )
            )
        ),
        "ods",
    ),
    "sheet-control": Encoding(
        THREE,
        sheet_control(
            '<form:checkbox form:current-state="checked"/>',
            "<form:checkbox/>",
            '<form:checkbox form:current-state="unknown"/>',
        ),
        "ods",
    ),
    "struck-alternative": Encoding(
        TWO, alternatives('style:text-line-through-style="solid"', struck=True), label="Seul(e)", other="En équipe"
    ),
    "highlighted-alternative": Encoding(
        TWO, alternatives('fo:background-color="#ffff00"', struck=False), label="Seul(e)", other="En équipe"
    ),
    "brackets": Encoding(TWO, beside("[x]", "[ ]")),
    "bars": Encoding(TWO, beside("|x|", "| |")),
    "X beside a box": Encoding(("uncertain",), beside("X ☐")),
    **{
        f"shape {name}": Encoding(THREE, beside(f"☐{shape}", "☐", f"☐{far(shape)}"))
        for name, shape in SHAPES.items()
        if name != "picture"
    },
    "shape picture": Encoding(TWO, beside(f"☐{SHAPES['picture']}", "☐")),
    "shape text-box": Encoding(TWO, beside(f"☐{CROSS_BOX}", "☐")),
    "text-table-letter": Encoding(("ticked", "ticked", "none"), gridded("x", "✔", ""), label=CROSS),
    "text-table-fill": Encoding(("ticked", "none"), gridded(cell(style="fond"), cell(style="neutre"), styles=FILLS), label=CROSS),
    "text-table-diagonals": Encoding(
        ("ticked", "none", "uncertain"), gridded(cell(style="croix"), "", cell(style="trait"), styles=DIAGONALS), label=CROSS
    ),
    "text-table-shape": Encoding(("ticked", "none"), gridded(cell(paragraph(SHAPES["line"])), ""), label=CROSS),
    "sheet-shape": Encoding(
        ("ticked", "none", "uncertain"),
        crossed(cell(CELL_SHAPE), "", cell(CELL_SHAPE.replace("C2", "D2"))),
        "ods",
        CROSS,
    ),
    "sheet-shape-over-a-box": Encoding(
        TWO, lambda rank: ods(table(row("Option :", cell(f"▢ {LABEL}", (CELL_SHAPE.replace("C2", "B1"), "")[rank])))), "ods"
    ),
    "struck-box": Encoding(
        ("uncertain",) * 7,
        lambda rank: odt(
            (
                paragraph(span("S", "☐"), f" {LABEL}"),
                paragraph(span("S", f"☒ {LABEL}")),
                paragraph(span("S", "[x]"), f" {LABEL}"),
                paragraph(span("W", "þ"), f" {LABEL}"),
                paragraph(span("S", content_box('loext:checked="true"', "☒")), f" {LABEL}"),
                paragraph(content_box('loext:checked="true"', span("S", "☒")), f" {LABEL}"),
                paragraph(f"☒ {LABEL}", style="P"),
            )[rank],
            text_style("S", LINE)
            + text_style("W", f'{LINE} style:font-name="Wingdings"')
            + text_style("P", LINE.replace("style=", "type="), "paragraph"),
        ),
    ),
    "struck-cross": Encoding(("uncertain",), gridded(cell(paragraph(span("S", "x"))), styles=text_style("S", LINE)), label="Site"),
    "struck-box-sheet": Encoding(
        ("uncertain", "uncertain"),
        lambda rank: ods(table(row("Option :", cell(f"{'☒▢'[rank]} {LABEL}", style="C"))), text_style("C", LINE, "table-cell")),
        "ods",
    ),
    "struck-cross-sheet": Encoding(
        ("uncertain",), crossed(cell("x", style="C"), styles=text_style("C", LINE, "table-cell")), "ods", CROSS
    ),
    "sheet-struck-alternative": Encoding(
        TWO,
        lambda rank: ods(
            table(row("Modalité :", cell("Seul(e)", **_styled(rank == 1)), cell("En équipe", **_styled(rank == 0)))),
            text_style("C", LINE, "table-cell"),
        ),
        "ods",
        "Seul(e)",
        "En équipe",
    ),
    "sheet-filled-alternative": Encoding(
        TWO,
        lambda rank: ods(
            table(row("Modalité :", cell("Seul(e)", **_styled(rank == 0)), cell("En équipe", **_styled(rank == 1)))),
            cell_style("C", PEN),
        ),
        "ods",
        "Seul(e)",
        "En équipe",
    ),
    "sheet-fill-of-an-option": Encoding(
        TWO,
        lambda rank: ods(
            table(row("Modalité :", cell("▢ Seul(e)", **_styled(rank == 0)), cell("▢ En équipe", **_styled(rank == 1)))),
            cell_style("C", PEN),
        ),
        "ods",
        "Seul(e)",
        "En équipe",
    ),
    "empty-box": Encoding(
        ("uncertain",) * 7,
        lambda rank: odt(
            (
                paragraph(span("H", "☐"), f" {LABEL}"),
                paragraph(span("H", f"☐ {LABEL}")),
                paragraph("☐ ", span("H", LABEL)),
                paragraph(span("HW", "¨"), f" {LABEL}"),
                paragraph(span("H", field_mark(None)), f" {LABEL}"),
                paragraph(content_box("", span("H", "☐")), f" {LABEL}"),
                paragraph(f"☐ {LABEL}", style="P"),
            )[rank],
            text_style("H", PEN)
            + text_style("HW", f'{PEN} style:font-name="Wingdings"')
            + '<style:style style:name="P" style:family="paragraph">'
            + f"<style:paragraph-properties {PEN}/></style:style>",
        ),
    ),
    "empty-box-in-a-filled-cell": Encoding(
        ("uncertain",), lambda rank: odt(table(row(cell("☐", style="C"), LABEL)), cell_style("C", PEN))
    ),
    "empty-box-in-a-filled-cell-of-a-sheet": Encoding(
        ("uncertain",), lambda rank: ods(table(row(cell("☐", style="C"), LABEL)), cell_style("C", PEN)), "ods"
    ),
    "empty-box-whose-label-is-filled": Encoding(
        ("uncertain",),
        lambda rank: ods(table(row("☐", cell(LABEL, style="C")), row("☐", "Un"), row("☐", "Deux")), cell_style("C", PEN)),
        "ods",
        others=(("blank", "Un"), ("blank", "Deux")),
    ),
    "radio-control-two-on": Encoding(
        ("uncertain",), lambda rank: option_buttons(("g", True), ("g", True)), others=(("uncertain", "Autre 1"),)
    ),
    "radio-control-two-groups": Encoding(
        TWO, lambda rank: option_buttons(("g", not rank), ("h", True)), others=(("ticked", "Autre 1"),)
    ),
    **{
        f"shape text-box {sign} in a {name}": Encoding(TWO, _in_shape(shape, text))
        for name, shape in FRAMES.items()
        for sign, text in (
            ("☒", "☒"),
            ("✓", "✓"),
            ("✔️", "✔️"),
            ("of Wingdings", span("W", "þ")),
            ("tick of Wingdings", span("W", "ü")),
        )
    },
    "shape text-box OK": Encoding(("uncertain",), _in_shape(FRAMES["frame"], "OK"), label=f"OK {LABEL}"),
    "sheet-text-box-glyph": Encoding(
        ("ticked", "ticked", "ticked", "uncertain", "blank"),
        lambda rank: ods(
            table(
                row("Option :", cell(f"▢ {LABEL}", FRAMES["frame"].format(paragraph(("☒", "✓", span("W", "þ"), "OK", "")[rank]))))
            ),
            text_style("W", 'style:font-name="Wingdings"'),
        ),
        "ods",
    ),
    "flat-sheet": Encoding(TWO, lambda rank: flat("spreadsheet", table(row("Option :", f"{'☒▢'[rank]} {LABEL}"))), "ods"),
}
