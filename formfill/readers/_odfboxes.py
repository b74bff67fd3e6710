"""The boxes of OpenDocument that are more than a glyph: content controls, field marks, form controls. Pure.

A form control is declared under ``office:forms`` (OpenDocument 1.3 Part 3 §13) and shown by a ``draw:control`` of the same id
(§10.3.13). Field marks and content controls are LibreOffice's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.readers._marks import Piece, glyph_evidence
from formfill.readers._odfml import FIELD, FORM, LOEXT, OFFICE, SPAN, STYLE_NAME, XML_ID, plain_text
from formfill.readers._wordjudged import _NOTHING as NOTHING
from formfill.readers._wordjudged import _PROMPT as PROMPT

if TYPE_CHECKING:
    from formfill.readers._odfml import Element

CONTENT_CONTROL: Final = LOEXT + "content-control"
MARK, MARK_START, MARK_END = FIELD + "fieldmark", FIELD + "fieldmark-start", FIELD + "fieldmark-end"
_TYPE, _PARAM, _NAME, _VALUE = FIELD + "type", FIELD + "param", FIELD + "name", FIELD + "value"
_ON, _OFF = frozenset(("true", "1")), frozenset(("false", "0"))
_STATES: Final = {"checked": Says.TICKED, "unchecked": Says.BLANK}
_VALUES: Final = (FORM + "current-value", FORM + "value")
_TYPED: Final = frozenset(FORM + name for name in ("text", "textarea", "formatted-text", "number", "date", "time", "combobox"))


def content_box(control: Element) -> tuple[Evidence, ...] | None:
    """What a ``loext:content-control`` says when it is a check box: its attribute and its glyph; else None."""
    if control.get(LOEXT + "checkbox") != "true":
        return None
    value = control.get(LOEXT + "checked", "false")
    attribute = Evidence("loext:checked", _said(value), f"loext:checked={value}")
    shown = plain_text(control)
    if not shown:
        return (attribute,)
    on, off = control.get(LOEXT + "checked-state") or "☒", control.get(LOEXT + "unchecked-state") or "☐"
    if on != off and shown in (on, off):
        # the control itself says what its glyphs mean
        says, name = (Says.TICKED, "checked-state") if shown == on else (Says.BLANK, "unchecked-state")
        own = glyph_evidence(shown)
        if own is None or own.says is says:
            return attribute, own or Evidence("glyph", says, f"U+{ord(shown[0]):04X} loext:{name}")
    return attribute, glyph_evidence(shown) or Evidence("glyph", Says.UNCLEAR, repr(shown[:20]))


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows a text that nobody wrote."""
    return bool(control.get(LOEXT + "showing-place-holder") == "true")


def filled(control: Element) -> str:
    """What somebody wrote in a content control that says that it shows its placeholder; empty when it does show it."""
    text = plain_text(control)
    in_style = any("laceholder" in span.get(STYLE_NAME, "") for span in control.iter(SPAN))
    if not text.strip(NOTHING) or in_style or PROMPT.match(text):
        return ""
    return text


def field_box(mark: Element) -> tuple[Evidence, ...] | None:
    """What a field mark says when it is a check box, else None."""
    if not mark.get(_TYPE, "").endswith(".FORMCHECKBOX"):
        return None
    value = _parameters(mark).get("Checkbox_Checked")
    if value is None:
        return (Evidence("FORMCHECKBOX", Says.BLANK, "Checkbox_Checked absent"),)
    return (Evidence("FORMCHECKBOX", _said(value), f"Checkbox_Checked={value}"),)


def field_choice(mark: Element) -> str | None:
    """The entry chosen in a drop-down field mark; empty when none is, None when it is no drop-down."""
    if not mark.get(_TYPE, "").endswith(".FORMDROPDOWN"):
        return None
    entries = [p.get(_VALUE, "") for p in mark.iterchildren(_PARAM) if p.get(_NAME) == "Dropdown_ListEntry"]
    chosen = _parameters(mark).get("Dropdown_Selected", "")
    return str(entries[int(chosen)]) if chosen.isascii() and chosen.isdigit() and int(chosen) < len(entries) else ""


def _parameters(mark: Element) -> dict[str, str]:
    return {p.get(_NAME, ""): p.get(_VALUE, "") for p in mark.iterchildren(_PARAM)}


def _said(value: str) -> Says:
    return Says.TICKED if value in _ON else Says.BLANK if value in _OFF else Says.UNCLEAR


class Controls:
    """The form controls of a document, by id."""

    def __init__(self, body: Element) -> None:
        self._controls: dict[str, Element] = {}
        for forms in body.iter(OFFICE + "forms"):
            for node in forms.iter():
                for name in (node.get(FORM + "id"), node.get(XML_ID)):
                    if name:
                        self._controls.setdefault(name, node)
        self.clashes: list[list[str]] = []
        """The labels, or the names, of the option buttons of one group that are on together."""
        self._together = self._clashing(body)

    def _clashing(self, body: Element) -> set[Element]:
        """The option buttons that are on beside another of their group: of the same name in one form (§13.5.18)."""
        groups: dict[tuple[Element, str], list[Element]] = {}
        for node in body.iter(FORM + "radio"):
            group = next((node.get(space + "group-name") for space in (FORM, LOEXT) if node.get(space + "group-name")), None)
            if any(item.says is Says.TICKED for item in control_box(node) or ()):
                groups.setdefault((node.getparent(), group or node.get(FORM + "name", "")), []).append(node)
        together = [nodes for nodes in groups.values() if len(nodes) > 1]
        self.clashes = [[node.get(FORM + "label") or node.get(FORM + "name", "") for node in nodes] for nodes in together]
        return {node for nodes in together for node in nodes}

    def pieces(self, name: str | None) -> list[Piece]:
        """What a control shows: its box and its label, its choice, or what was typed in it."""
        control = self._controls.get(name or "")
        if control is None:
            return []
        box = control_box(control)
        if box is not None:
            if control in self._together:
                box = (*box, Evidence("form:radio", Says.UNCLEAR, "option buttons of one group are on together"))
            label = control.get(FORM + "label", "").strip()
            return [box, f" {label} "] if label else [box]
        if control.tag == FORM + "listbox":
            chosen = [o.get(FORM + "label", "") for o in control.iterchildren(FORM + "option") if _selected(o) == "true"]
            return [", ".join(chosen)] if chosen else []
        if control.tag in _TYPED:
            value = next((found for at in _VALUES if (found := control.get(at))), None)
            return [value if value is not None else plain_text(control)]
        return []


def _selected(node: Element) -> str:
    return str(node.get(FORM + "current-selected", node.get(FORM + "selected", "false")))


def control_box(control: Element) -> tuple[Evidence, ...] | None:
    """What a form control says when it is a check box or a radio button (§13.5.8, §13.5.18), else None.

    The current state wins over the one that the control is reset to.
    """
    if control.tag == FORM + "checkbox":
        name = "current-state" if control.get(FORM + "current-state") is not None else "state"
        value = control.get(FORM + name, "unchecked")
        return (Evidence("form:checkbox", _STATES.get(value, Says.UNCLEAR), f"form:{name}={value}"),)
    if control.tag == FORM + "radio":
        name = "current-selected" if control.get(FORM + "current-selected") is not None else "selected"
        value = control.get(FORM + name, "false")
        return (Evidence("form:radio", _said(value), f"form:{name}={value}"),)
    return None
