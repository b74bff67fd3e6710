"""Fields that Word draws itself and of which a file may hold no result: ``SYMBOL``, ``EQ``, ``FORMCHECKBOX`` (ECMA-376 §17.16.5).

Read from the instruction of a field that shows nothing, or of a ``w:fldSimple``. No other field is computed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, TICKS, TYPED_TICKS
from formfill.readers import _wordnames as n
from formfill.readers._marks import glyph_evidence
from formfill.readers._wordfields import box_of, legacy_evidence
from formfill.readers._wordsymbols import decoded, own_fonts, sym_piece, symbol

if TYPE_CHECKING:
    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element

_WORDS: Final = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
_CROSSES: Final = TICKS | TYPED_TICKS
_BOXED: Final = re.compile(r"\\x\s*(?:\\\w+\s*)*\(\s*([^()\\]{0,3}?)\s*\)", re.IGNORECASE)
_OVER: Final = re.compile(r"\\o\s*(?:\\\w+\s*)*\(([^()\\]*)\)", re.IGNORECASE)
_BUTTONS: Final = frozenset(("MACROBUTTON", "GOTOBUTTON"))
_FIRST: Final = re.compile(r"\s*\S+\s?")
_SWITCH: Final = re.compile(r"\\[A-Za-z]{1,2}\d*")


def drawn(instruction: str, begin: Element | None = None) -> list[Piece]:
    r"""What a field without a result shows; nothing for a field that is not drawn by Word.

    Args:
        instruction: its code: ``SYMBOL 254 \f Wingdings``.
        begin: the element that begins it, which may hold its ``w:ffData``.
    """
    name, _space, rest = instruction.strip().partition(" ")
    name = name.upper()
    if name == "SYMBOL":
        return _symbol(rest)
    if name == "EQ":
        return _equation(rest)
    if name == "FORMCHECKBOX":
        box = box_of(begin) if begin is not None else None
        return [legacy_evidence(box) if box is not None else (Evidence("FORMCHECKBOX", Says.UNCLEAR, "w:ffData absent"),)]
    return []


def shown_by(begin: Element, end: Element, out: list[Piece], start: int) -> None:
    """What a field without a result shows; of a button (§17.16.5.22, §17.16.5.34) that is its last words, signs among them.

    Args:
        begin: the ``w:fldChar`` that begins it.
        end: that which ends it.
        out: the pieces of the paragraph.
        start: where in them those of the field begin: boxes of its code, or of fields in it.
    """
    code = instruction_of(begin, end)
    if code.split(None, 1)[:1] and code.split(None, 1)[0].upper() in _BUTTONS:
        shown = _on_button(begin, end)
        if shown is not None:
            out[start:] = shown
    elif len(out) == start:
        out += drawn(code, begin)


def _on_button(begin: Element, end: Element) -> list[Piece] | None:
    """The words and signs on a button, each in the font of its run; None where a field stands in it."""
    shown: list[Piece] = []
    paragraph = next(begin.iterancestors(n.P))
    skip = 2
    is_inside = False
    for node in paragraph.iter(n.FLD_CHAR, n.INSTRUCTION, n.SYM):
        if node is end:
            break
        if node is begin or not is_inside:
            is_inside = is_inside or node is begin
        elif node.tag == n.FLD_CHAR:
            return None
        elif node.tag == n.SYM:
            piece = sym_piece(node)
            shown += [piece] if piece is not None else []
        else:
            text = node.text or ""
            while skip and (word := _FIRST.match(text)) is not None:
                # the name of the field, and that of the macro or the place
                text, skip = text[word.end() :], skip - 1
            if text and not skip:
                properties = node.getparent().find(n.R_PR)
                fonts = own_fonts(properties)[0] if properties is not None else (None, None, None)
                shown += decoded(text if shown else text.lstrip(), fonts)
    if shown and isinstance(shown[-1], str):
        shown[-1] = shown[-1].rstrip()
    return shown


def simple(field: Element, out: list[Piece], start: int) -> None:
    """A ``w:fldSimple`` (§17.16.19) whose result is in ``out`` from ``start`` on: what Word draws, when the file shows nothing."""
    instruction = field.get(n.INSTR, "").strip()
    words = instruction.split(None, 2)
    if words and words[0].upper() in _BUTTONS and len(out) == start:
        out += words[2:]
        return
    shown = "".join(piece for piece in out[start:] if isinstance(piece, str)).strip()
    if not shown and len(out) == start:
        out += drawn(instruction, field)
    elif instruction.upper().startswith("FORMCHECKBOX") and (box := box_of(field)) is not None:
        seen = glyph_evidence(shown) if shown in BOX_GLYPHS else None
        out[start:] = [(*legacy_evidence(box), seen)] if seen is not None else [legacy_evidence(box), *out[start:]]


def instruction_of(begin: Element, end: Element) -> str:
    """The code of a field, from its ``w:fldChar`` that begins it to that which ends it; that of fields in it left out."""
    paragraph = next(begin.iterancestors(n.P), None)
    code, depth = "", 0
    for node in paragraph.iter(n.FLD_CHAR, n.INSTRUCTION) if paragraph is not None else ():
        if node is end:
            break
        if node is begin:
            code, depth = "", 1
        elif depth and node.tag == n.FLD_CHAR:
            depth += {"begin": 1, "end": -1}.get(node.get(n.FLD_TYPE, ""), 0)
        elif depth == 1:
            code += node.text or ""
    return code


def _symbol(rest: str) -> list[Piece]:
    """A ``SYMBOL`` (§17.16.5.64): the code of a character, decimal or 0x, and its font."""
    words = [next(filter(None, found), "") for found in _WORDS.findall(rest)]
    if not words:
        return []
    try:
        code = int(words[0], 16 if words[0][:2].lower() == "0x" else 10)
    except ValueError:
        # a character may stand for its code
        code = ord(words[0]) if len(words[0]) == 1 else -1
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return []
    switches = [word.lower() for word in words]
    font = words[switches.index("\\f") + 1] if "\\f" in switches[:-1] else ""
    piece = symbol(font, code)
    if piece is None and (code < 0x100 or 0xE000 <= code <= 0xF8FF) and not font:
        piece = chr(code) if "\\u" in switches else bytes([code & 0xFF]).decode("cp1252", errors="replace")
    return [] if piece is None else [piece]


def _equation(rest: str) -> list[Piece]:
    """An ``EQ`` (§17.16.5.18): a box drawn around a cross or nothing, signs printed over each other, else its characters."""
    boxed = _BOXED.search(rest)
    if boxed is not None and (not boxed[1] or boxed[1] in _CROSSES):
        says = Says.TICKED if boxed[1] else Says.BLANK
        return [(Evidence("typed-box", says, f"EQ \\x({boxed[1]})"),)]
    over = _OVER.search(rest)
    if over is not None:
        signs = [sign.strip() for sign in re.split("[;,]", over[1]) if sign.strip()]
        boxes = [sign for sign in signs if sign in BOX_GLYPHS]
        others = [sign for sign in signs if sign not in BOX_GLYPHS]
        if len(boxes) == 1 and (seen := glyph_evidence(boxes[0])) is not None:
            return [
                (seen, *(Evidence("typed-over", Says.TICKED if o in _CROSSES else Says.UNCLEAR, f"EQ \\o {o}") for o in others))
            ]
    text = re.sub("[;,()]+", " ", _SWITCH.sub(" ", rest))
    return [" ".join(text.split())] if text.strip() else []
