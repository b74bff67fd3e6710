"""Empty boxes of a Word document that somebody highlighted or shaded, or whose words are: in doubt."""

from __future__ import annotations

from typing import Final

from tests.readers.packages import cell, checkbox, fonts, legacy, paragraph, run, table

PEN: Final = '<w:highlight w:val="yellow"/>'
SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'


def in_shade(body: str) -> str:
    """A shaded paragraph."""
    return body.replace("<w:p>", f"<w:p><w:pPr>{SHADE}</w:pPr>", 1)


def highlighted_field() -> str:
    """A highlighted check box field."""
    return legacy('<w:default w:val="0"/>').replace("<w:r>", f"<w:r><w:rPr>{PEN}</w:rPr>")


_GREY: Final = '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
TINTED: Final[tuple[tuple[str, str], ...]] = (
    *(
        (f"empty box, {what} {name}", paragraph(box, " Seul(e)"))
        for name, look in (
            ("highlighted", PEN),
            ("shaded", SHADE),
            ("hatched", '<w:shd w:val="pct20" w:color="auto" w:fill="auto"/>'),
        )
        for what, box in (
            ("a glyph", run("☐", look)),
            ("a letter", run("¨", fonts("Wingdings") + look)),
            ("a symbol", f'<w:r><w:rPr>{look}</w:rPr><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'),
            ("brackets", run("[ ]", look)),
            ("a control", checkbox("0", "", content=run("☐", look))),
        )
    ),
    ("empty box, a field highlighted", paragraph(highlighted_field(), " Seul(e)")),
    ("empty box, glyph and words highlighted", paragraph(run("☐ Seul(e)", PEN))),
    ("empty box, words after it highlighted", paragraph("☐ ", run("Seul(e)", PEN))),
    ("empty box, words before it highlighted", paragraph(run("Seul(e)", PEN), " ☐")),
    ("empty box, paragraph shaded", in_shade(paragraph("☐ Seul(e)"))),
    ("empty box, words of another cell highlighted", table(cell(paragraph(run("Seul(e)", PEN))) + cell("☐"))),
    ("empty box, cell filled", table(cell("Seul(e)") + cell("☐", properties=_GREY))),
    ("empty box, cell with its words filled", table(cell("Modalité") + cell("☐ Seul(e)", properties=_GREY))),
)
