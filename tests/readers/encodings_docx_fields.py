"""Boxes that are fields of a Word document, beside the usual ``FORMCHECKBOX``; ticked and blank bodies by name."""

from __future__ import annotations

from tests.readers.packages import fonts, run, sym

_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bare_field(instruction: str, result: str | None = None) -> str:
    """A field without ``w:ffData``."""
    middle = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>'
        f'{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def simple_field(instruction: str, inside: str = "") -> str:
    """A ``w:fldSimple``."""
    return f"<w:fldSimple w:instr=' {instruction} '>{inside}</w:fldSimple>"


_WINGDINGS = fonts("Wingdings")


def button(sign: str) -> str:
    """A ``MACROBUTTON`` whose sign stands in a run of its own."""
    return bare_field("MACROBUTTON Cocher").replace(
        _END, sign.replace("w:t ", "w:instrText ").replace("w:t>", "w:instrText>") + _END
    )


def data(box: str) -> str:
    """The ``w:ffData`` of a check box."""
    return f"<w:ffData><w:checkBox>{box}</w:checkBox></w:ffData>"


FIELDS: tuple[tuple[str, str, str], ...] = (
    ("SYMBOL field", bare_field('SYMBOL 254 \\f "Wingdings" \\s 12'), bare_field('SYMBOL 168 \\f "Wingdings" \\s 12')),
    ("SYMBOL field, hexadecimal", bare_field("symbol 0xFE \\f Wingdings"), bare_field("symbol 0xA8 \\f Wingdings")),
    ("SYMBOL field, Unicode", bare_field('SYMBOL 9746 \\f "MS Gothic" \\u'), bare_field('SYMBOL 9744 \\f "MS Gothic" \\u')),
    (
        "SYMBOL field, simple",
        simple_field("SYMBOL 82 \\f &quot;Wingdings 2&quot;"),
        simple_field("SYMBOL 163 \\f &quot;Wingdings 2&quot;"),
    ),
    ("MACROBUTTON field", bare_field("MACROBUTTON Cocher ☒"), bare_field("MACROBUTTON Cocher ☐")),
    ("MACROBUTTON field, symbol font", button(run("þ", _WINGDINGS)), button(run("¨", _WINGDINGS))),
    ("MACROBUTTON field, w:sym", button(sym("Wingdings", "F0FE")), button(sym("Wingdings", "F0A8"))),
    ("MACROBUTTON field, simple", simple_field("MACROBUTTON Cocher ☒"), simple_field("MACROBUTTON Cocher ☐")),
    ("EQ field, a box drawn", bare_field("EQ \\x(X)"), bare_field("EQ \\x( )")),
    ("EQ field, one sign over another", bare_field("EQ \\o(☐;X)"), bare_field("EQ \\o(☐;)")),
    (
        "FORMCHECKBOX, simple",
        simple_field("FORMCHECKBOX", data("<w:checked/>")),
        simple_field("FORMCHECKBOX", data('<w:default w:val="0"/>')),
    ),
    (
        "FORMCHECKBOX, simple with a result",
        simple_field("FORMCHECKBOX", data("<w:checked/>") + run("☒")),
        simple_field("FORMCHECKBOX", data("") + run("☐")),
    ),
)
DOUBTED: tuple[tuple[str, str], ...] = (
    ("FORMCHECKBOX, simple, without data", simple_field("FORMCHECKBOX")),
    ("FORMCHECKBOX without data", bare_field("FORMCHECKBOX")),
    ("FORMCHECKBOX, simple, blank with a ticked result", simple_field("FORMCHECKBOX", data("") + run("☒"))),
)
