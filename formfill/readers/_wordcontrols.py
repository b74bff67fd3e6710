"""Content controls: check boxes, and the values bound to custom XML (ECMA-376 Part 1 §17.5.2; ``w14`` is [MS-DOCX] §2.6.1.10)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._marks import STRUCK, Tint, Tinted, glyph_evidence
from formfill.readers._symbols import font_key
from formfill.readers._wordsymbols import sym_piece, symbol
from formfill.readers._wordtints import emphasis

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element

_CHECKED = n.W14 + "checked"
_CHECKED_STATE, _UNCHECKED_STATE = n.W14 + "checkedState", n.W14 + "uncheckedState"
_TELLING: Final = frozenset((n.CHECKBOX, n.PLACEHOLDER, *n.BINDINGS))
_STAND_IN: Final = "☐"
_STEP: Final = r"/(?:([\w.-]+):)?(@?[\w.-]+)(?:\[(\d+)\])?"
_PREFIX: Final = r"xmlns:([\w.-]+)\s*=\s*['\"]([^'\"]*)['\"]"


def control_of(
    sdt: Element, bound: Callable[[Element], str | None] | None, shown: Element | None = None
) -> tuple[list[Piece] | None, bool, bool]:
    """What a content control is: the box and what is typed in it beside the glyph, and whether it holds but a placeholder.

    Args:
        sdt: the control.
        bound: gives the value that a ``w:dataBinding`` stands for.
        shown: the element that shows its glyph; the control's content by default.

    Returns:
        The pieces of a check box, None for any other control; True when nobody wrote what the control holds; True when that, or
        the data that it is bound to, must be looked at with care.
    """
    checkbox = content = binding = None
    is_placeholder = False
    for child in sdt:
        tag = child.tag
        if tag == n.SDT_PR:
            for node in child:
                tag = node.tag
                if tag in _TELLING:
                    if tag == n.CHECKBOX:
                        checkbox = node
                    elif tag == n.PLACEHOLDER:
                        is_placeholder = n.switched(node)
                    else:
                        binding = node
        elif tag == n.SDT_CONTENT:
            content = child
    if checkbox is None:
        return None, is_placeholder, binding is not None or (is_placeholder and not _is_prompt(content))
    if shown is not None:
        content = shown
    evidence, text, tint = _checkbox(checkbox, content)
    if binding is not None and bound is not None and (value := bound(binding)) is not None:
        evidence = (*evidence, Evidence("dataBinding", _says(value.strip().casefold()), f"{binding.get(n.W + 'xpath')} = {value}"))
    return _with_text(evidence if tint is None else Tinted.of(evidence, tint), text), is_placeholder, False


def _is_prompt(content: Element | None) -> bool:
    from formfill.readers._wordjudged import is_prompt

    return is_prompt(content)


def _with_text(evidence: tuple[Evidence, ...], text: str) -> list[Piece]:
    """A box, and the text that stands beside its glyph."""
    if len(text) < 2 or len(text.strip()) < 2:
        return [evidence]
    glyph = next((char for char in text if char in BOX_GLYPHS), None)
    before, _, after = text.partition(glyph) if glyph is not None else ("", "", text)
    pieces: list[Piece] = [before, evidence, after]
    return [piece for piece in pieces if piece]


def _says(value: str) -> Says:
    return Says.TICKED if value in n.ON else Says.BLANK if value in n.OFF else Says.UNCLEAR


@lru_cache(64)
def _attribute(value: str) -> Evidence:
    return Evidence("w14:checked", _says(value), f"w14:checked={value}")


def _checkbox(checkbox: Element, content: Element | None) -> tuple[tuple[Evidence, ...], str, Tint | None]:
    """What a ``w14:checkbox`` says: its attribute, and the glyph that it shows; all the text it shows; and its highlight."""
    for child in checkbox:
        if child.tag == _CHECKED:
            attribute = _attribute(child.get(n.W14_VAL, "1"))
            break
    else:
        attribute = Evidence("w14:checked", Says.BLANK, "w14:checked absent")
    if content is None:
        return (attribute,), "", None
    if (alone := _alone(content)) is not None:
        text, fonts = alone
        seen = _glyph(checkbox, text.strip(), fonts)
        return ((attribute, seen) if seen is not None else (attribute,)), text, None
    text = ""
    tint: Tint | None = None
    fonts = []
    struck: tuple[Evidence, ...] = ()
    has_symbol = False
    for node in content.iter(n.T, n.SYM, n.R_FONTS, n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, n.SHD):
        if node.tag == n.T:
            text += node.text or ""
        elif node.tag == n.R_FONTS:
            fonts.append(node)
        elif node.tag == n.SYM:
            has_symbol = True
        elif node.getparent().getparent().tag != n.R:
            # of a cell, a paragraph mark, or from before a tracked change
            continue
        elif node.tag in (n.HIGHLIGHT, n.SHD):
            tint = emphasis(node) or tint
        elif n.switched(node):
            struck = (STRUCK,)
    if has_symbol:
        evidence, text = _symbols(checkbox, content, attribute)
        return evidence + struck, text, tint
    seen = _glyph(checkbox, text.strip(), fonts)
    return ((attribute, seen, *struck) if seen is not None else (attribute, *struck)), text, tint


def _alone(content: Element) -> tuple[str, list[Element]] | None:
    """The text and the fonts of a content that is one run with one text and nothing else: what most check boxes hold."""
    if len(content) != 1:
        return None
    run = content[0]
    if run.tag != n.R or len(run) != 2:
        return None
    properties, shown = run
    if shown.tag != n.T or properties.tag != n.R_PR:
        return None
    fonts = list(properties)
    return (shown.text or "", fonts) if all(node.tag == n.R_FONTS for node in fonts) else None


def _symbols(checkbox: Element, content: Element, attribute: Evidence) -> tuple[tuple[Evidence, ...], str]:
    """The same for a control that shows its state by a ``w:sym``, which stands in its text as an empty box."""
    shown = text = ""
    seen: Evidence | None = None
    for node in content.iter(n.T, n.SYM):
        if node.tag == n.T:
            text += node.text or ""
            shown += node.text or ""
        elif seen is None:
            piece = sym_piece(node)
            seen = _declared(checkbox, node.get(n.W + "char", "")) or (piece[0] if isinstance(piece, tuple) else None)
            text += "" if seen is None else _STAND_IN
            shown += piece if isinstance(piece, str) else "?"
    seen = seen or _glyph(checkbox, shown.strip(), list(content.iter(n.R_FONTS)))
    return ((attribute, seen) if seen is not None else (attribute,)), text


def _glyph(checkbox: Element, shown: str, fonts: list[Element]) -> Evidence | None:
    """What the glyph shown says: by itself, by the control's own states, or by its font."""
    if len(shown) == 1 and (seen := glyph_evidence(shown)) is not None:
        return seen
    if not shown:
        return None
    # a label may be typed in the control, beside its glyph
    boxes = [char for char in shown if char in BOX_GLYPHS]
    seen = glyph_evidence(boxes[0] if len(boxes) == 1 else shown)
    if seen is None and len(shown) == 1:
        seen = _declared(checkbox, f"{ord(shown):X}")
        for font in (name for node in fonts for name in node.values()):
            if seen is None and font_key(font):
                piece = symbol(font, ord(shown))
                seen = piece[0] if isinstance(piece, tuple) else None
    return seen or Evidence("glyph", Says.UNCLEAR, repr(shown[:20]))


def _declared(checkbox: Element, shown: str) -> Evidence | None:
    """What the control itself says its glyph means, for glyphs that are no box by themselves."""
    code = _code(shown)
    on, off = _state(checkbox.find(_CHECKED_STATE), 0x2612), _state(checkbox.find(_UNCHECKED_STATE), 0x2610)
    if code is None or on == off:
        return None
    if code == on:
        return Evidence("glyph", Says.TICKED, f"U+{code:04X} w14:checkedState")
    if code == off:
        return Evidence("glyph", Says.BLANK, f"U+{code:04X} w14:uncheckedState")
    return None


def _code(text: str) -> int | None:
    """A code in hexadecimal; those of symbol fonts stand with and without their private-use F0."""
    try:
        code = int(text, 16)
    except ValueError:
        return None
    return code & 0xFF if 0xF000 <= code <= 0xF0FF else code


def _state(state: Element | None, default: int) -> int | None:
    return _code(state.get(n.W14_VAL, "")) if state is not None else default


def bound_value(root: Element, xpath: str, mappings: str) -> str | None:
    """The value at a simple absolute path: ``/ns0:root[1]/ns0:box[1]``, ``/a/@b``; None for any other path or no such element.

    Args:
        root: the custom XML part's root element.
        xpath: the ``w:xpath`` of a ``w:dataBinding`` (§17.5.2.6).
        mappings: its ``w:prefixMappings``.
    """
    prefixes = dict(re.findall(_PREFIX, mappings))
    steps = list(re.finditer(_STEP, xpath.strip()))
    if not steps or "".join(step.group() for step in steps) != xpath.strip():
        return None
    at: Element | None = None
    for depth, step in enumerate(steps):
        prefix, name, position = step.groups()
        namespace = prefixes.get(prefix) if prefix else None
        if prefix and namespace is None:
            return None
        tag = f"{{{namespace}}}{name.lstrip('@')}" if namespace else name.lstrip("@")
        if depth == 0:
            at = root if root.tag == tag else None
        elif at is not None and name.startswith("@"):
            value: str | None = at.get(tag)
            return value
        elif at is not None:
            same = list(at.iterchildren(tag))
            index = int(position or 1) - 1
            at = same[index] if 0 <= index < len(same) else None
        if at is None:
            return None
    return "".join(at.itertext()) if at is not None else None
