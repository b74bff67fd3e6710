"""Content controls: check boxes, and the values bound to custom XML (ECMA-376 Part 1 §17.5.2; ``w14`` is [MS-DOCX] §2.6.1.10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._marks import glyph_evidence
from formfill.readers._symbols import font_key
from formfill.readers._wordsymbols import sym_piece, symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element

CHECKBOX, _CHECKED = n.W14 + "checkbox", n.W14 + "checked"
_CHECKED_STATE, _UNCHECKED_STATE = n.W14 + "checkedState", n.W14 + "uncheckedState"
_BINDING: Final = frozenset((n.W + "dataBinding", n.W15 + "dataBinding"))
_STEP: Final = re.compile(r"/(?:([\w.-]+):)?(@?[\w.-]+)(?:\[(\d+)\])?")
_PREFIX: Final = re.compile(r"xmlns:([\w.-]+)\s*=\s*['\"]([^'\"]*)['\"]")


def control_evidence(
    sdt: Element, bound: Callable[[Element], str | None] | None = None, shown: Element | None = None
) -> tuple[Evidence, ...] | None:
    """What a content control says when it is a check box, else None.

    Args:
        sdt: the control.
        bound: gives the value that a ``w:dataBinding`` stands for.
        shown: the element that shows its glyph; the control's content by default.
    """
    checkbox = content = binding = None
    for child in sdt:
        if child.tag == n.SDT_PR:
            for property_ in child:
                if property_.tag == CHECKBOX:
                    checkbox = property_
                elif property_.tag in _BINDING:
                    binding = property_
            if checkbox is None:
                return None
        elif child.tag == n.SDT_CONTENT:
            content = child
    if checkbox is None:
        return None
    evidence = _checkbox(checkbox, content if shown is None else shown)
    if binding is not None and bound is not None and (value := bound(binding)) is not None:
        evidence = (*evidence, Evidence("dataBinding", _says(value.strip().casefold()), f"{binding.get(n.W + 'xpath')} = {value}"))
    return evidence


def control_pieces(sdt: Element, bound: Callable[[Element], str | None] | None, shown: Element | None = None) -> list[Piece] | None:
    """A check box control as its box and what is typed in it beside the glyph; None when it is no check box."""
    evidence = control_evidence(sdt, bound, shown)
    if evidence is None:
        return None
    content = sdt.find(n.SDT_CONTENT) if shown is None else shown
    text = "".join([node.text or "" for node in content.iter(n.T)]) if content is not None else ""
    if len(text) < 2 or len(text.strip()) < 2:
        return [evidence]
    glyph = next((char for char in text if char in BOX_GLYPHS), None)
    if glyph is None:
        return [evidence]
    before, _, after = text.partition(glyph)
    pieces: list[Piece] = [before, evidence, after]
    return [piece for piece in pieces if piece]


def _says(value: str) -> Says:
    return Says.TICKED if value in n.ON else Says.BLANK if value in n.OFF else Says.UNCLEAR


def _checkbox(checkbox: Element, content: Element | None) -> tuple[Evidence, ...]:
    """What a ``w14:checkbox`` says: its attribute, and the glyph that it shows."""
    checked = next(checkbox.iterchildren(_CHECKED), None)
    value = checked.get(n.W14_VAL, "1") if checked is not None else "0"
    attribute = Evidence("w14:checked", _says(value), f"w14:checked={value}" if checked is not None else "w14:checked absent")
    seen = _glyph(checkbox, content) if content is not None else None
    return (attribute, seen) if seen is not None else (attribute,)


def _glyph(checkbox: Element, content: Element) -> Evidence | None:
    """What the glyph shown says: by itself, by the control's own states, or by its font."""
    shown = ""
    fonts: list[str] = []
    for node in content.iter(n.T, n.SYM, n.R_FONTS):
        if node.tag == n.T:
            shown += node.text or ""
        elif node.tag == n.R_FONTS:
            fonts += node.values()
        else:
            piece = sym_piece(node)
            declared = _declared(checkbox, node.get(n.W + "char", ""))
            if declared is not None:
                return declared
            if isinstance(piece, tuple):
                return piece[0]
            shown += piece if isinstance(piece, str) else "?"
    shown = shown.strip()
    if not shown:
        return None
    # a label may be typed in the control, beside its glyph
    boxes = [char for char in shown if char in BOX_GLYPHS]
    seen = glyph_evidence(boxes[0] if len(boxes) == 1 else shown)
    if seen is None and len(shown) == 1:
        seen = _declared(checkbox, f"{ord(shown):X}")
        for font in fonts:
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
    prefixes = dict(_PREFIX.findall(mappings))
    steps = list(_STEP.finditer(xpath.strip()))
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
