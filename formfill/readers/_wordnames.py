"""The element names of WordprocessingML (ECMA-376 Part 1 §17) that the Word reader asks for, and the values they carry.

``w14`` is [MS-DOCX] §2.6. Names only: nothing is read here.
"""

from __future__ import annotations

from typing import Any, Final

Element = Any
"""An lxml element; lxml-stubs types its attributes too loosely to help here."""

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATHS: Final = (MATH + "oMath", MATH + "oMathPara")
"""Equations (ECMA-376 Part 1 §22.1): their characters are text."""
MATH_TEXT: Final = MATH + "t"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

P, R, T, TAB, BR, CR = W + "p", W + "r", W + "t", W + "tab", W + "br", W + "cr"
SDT, SDT_CONTENT, SDT_PR = W + "sdt", W + "sdtContent", W + "sdtPr"
VAL, W14_VAL = W + "val", W14 + "val"
TBL, TR, TC, TC_PR, P_PR, R_PR = W + "tbl", W + "tr", W + "tc", W + "tcPr", W + "pPr", W + "rPr"
VANISH, INS, DEL, DEL_TEXT, AUTHOR = W + "vanish", W + "ins", W + "del", W + "delText", W + "author"
MOVE_FROM, MOVE_TO = W + "moveFrom", W + "moveTo"
FLD_CHAR, FLD_SIMPLE, FLD_TYPE, FF_DATA = W + "fldChar", W + "fldSimple", W + "fldCharType", W + "ffData"
INSTRUCTION, INSTR = W + "instrText", W + "instr"
ALT_CHUNK, TYPE, TC_BORDERS = W + "altChunk", W + "type", W + "tcBorders"
TR_PR, GRID_BEFORE, GRID_SPAN, V_MERGE = W + "trPr", W + "gridBefore", W + "gridSpan", W + "vMerge"
R_FONTS, R_STYLE, P_STYLE, SYM, NUM_PR = W + "rFonts", W + "rStyle", W + "pStyle", W + "sym", W + "numPr"
TBL_HEADER, HIDDEN, TL2BR, TR2BL = W + "tblHeader", W + "hidden", W + "tl2br", W + "tr2bl"
R_PR_CHANGE, P_PR_CHANGE, NUMBERING_CHANGE = W + "rPrChange", W + "pPrChange", W + "numberingChange"
TC_PR_CHANGE, TR_PR_CHANGE = W + "tcPrChange", W + "trPrChange"
STRIKE, DSTRIKE, HIGHLIGHT, SHD, FILL = W + "strike", W + "dstrike", W + "highlight", W + "shd", W + "fill"
BDR = W + "bdr"
RUBY, RUBY_BASE = W + "ruby", W + "rubyBase"
COMMENT_START, COMMENT_REFERENCE, ID = W + "commentRangeStart", W + "commentReference", W + "id"
DRAWN: Final = frozenset((W + "drawing", W + "pict", W + "object"))
TEXT_BOX: Final = W + "txbxContent"
HTML_INPUT: Final = "{http://www.w3.org/1999/xhtml}input"
"""A box or a button of a form of a web page that stands in a document (HTML 4.01 §17.4)."""
ALTERNATE: Final = MC + "AlternateContent"
BINDINGS: Final = frozenset((W + "dataBinding", W15 + "dataBinding"))
PLACEHOLDER: Final = W + "showingPlcHdr"
CHECKBOX: Final = W14 + "checkbox"
WRAPPERS: Final = frozenset(
    W + name for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
) | {MC + "Choice"}
"""Elements that only hold what is read."""
SKIPPED: Final = frozenset(W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"))
CHARS: Final = {TAB: "\t", BR: "\n", CR: "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad", W + "ptab": "\t"}
ON: Final = frozenset(("1", "true", "on"))
OFF: Final = frozenset(("0", "false", "off"))


def number(node: Element, default: int) -> int:
    """The ``w:val`` of an element as a small number."""
    value = node.get(VAL, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else default


def switched(node: Element | None) -> bool:
    """Tells whether a toggle property (§17.17.4) is there and on."""
    return node is not None and node.get(VAL, "1") not in OFF
