"""ActiveX controls of a Word document: boxes, texts and lists ([MS-OFORMS] §2.2.5; ``ax:`` is [MS-OE376] §2.1.1790).

A control is an XML part: a property bag, or the name of a binary part. Only the caption and the value are read; a value that is
not found is not guessed, and a control of another class is told.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_AX: Final = "{http://schemas.microsoft.com/office/2006/activeX}"
_FORMS: Final = "-EC42-11CE-9E0D-00AA006002F3"
_HTML: Final = "-5CC6-11CF-8D67-00AA00BDCE1D"
_BOXES: Final = {
    f"8BD21D40{_FORMS}": "CheckBox",
    f"8BD21D50{_FORMS}": "OptionButton",
    f"8BD21D60{_FORMS}": "ToggleButton",
}
"""Class identifiers of the controls that are ticked ([MS-OFORMS] §2.1.2.1)."""
_TEXTS: Final = {f"8BD21D10{_FORMS}": "TextBox", f"8BD21D20{_FORMS}": "ListBox", f"8BD21D30{_FORMS}": "ComboBox"}
"""Those whose value is a text."""
_LABEL: Final = "978C9E23-D4B0-11CE-BF2D-00AA003F40D0"
_HTML_BOXES: Final = {f"5512D116{_HTML}": "HTML Checkbox", f"5512D118{_HTML}": "HTML Option"}
"""Controls of web forms, which keep the markup of their element (class identifiers of the type library of MSForms)."""
_HTML_TEXTS: Final = {
    f"5512D11A{_HTML}": "HTML Text",
    f"5512D11E{_HTML}": "HTML Password",
    f"5512D122{_HTML}": "HTML Select",
    f"5512D124{_HTML}": "HTML TextArea",
}
_SILENT: Final = frozenset(
    (
        *(f"5512D1{which}{_HTML}" for which in ("10", "12", "14", "1C")),
        *("D7053240-CE69-11CD-A777-00DD01143C57", "4C599241-6926-101B-9992-00000B65C6F9"),
    )
)
"""Buttons, pictures and hidden fields: nobody fills them in."""
_FIELDS: Final = (
    # bit of PropMask, bytes in the data block: MorphDataControl, [MS-OFORMS] §2.2.5.2 and §2.2.5.3
    *((0, 4), (1, 4), (2, 4), (3, 4), (4, 1), (5, 1), (6, 1), (7, 1), (9, 2), (10, 4), (11, 2), (12, 2), (13, 2), (14, 2)),
    *((15, 2), (16, 1), (17, 1), (18, 1), (20, 1), (21, 1), (22, 4), (23, 4), (24, 4), (25, 4), (26, 4), (27, 2), (28, 2)),
    *((29, 2), (32, 4)),
)
_SIZE, _VALUE, _CAPTION, _GROUP = 8, 22, 23, 32
_COMPRESSED: Final = 0x80000000
"""Set in the length of a string whose characters are one byte each ([MS-OFORMS] §2.4.4)."""


class Control(NamedTuple):
    """What an ActiveX control shows."""

    name: str
    """Its class, for a person."""
    evidence: tuple[Evidence, ...] | None
    """What it says when it is a box; None for one that is not."""
    text: str
    """The caption of a box; the value of another control."""
    group: str | None = None
    """The group of an option button, of which one at most is on; None for any other control."""
    is_read: bool = True
    """False when what a person entered may be in it and is not read."""


def control_parts(root: Element, binary: bytes | None) -> Control:
    """What a control shows: the evidence and the caption of a box, the value of a text or a list.

    Args:
        root: the root of its part (``ax:ocx``).
        binary: its binary part, when it names one.
    """
    classid = root.get(_AX + "classid", "").strip("{}").upper()
    bag = {item.get(_AX + "name", "").casefold(): item.get(_AX + "value", "") for item in root.iterchildren(_AX + "ocxPr")}
    if name := _HTML_BOXES.get(classid) or _HTML_TEXTS.get(classid):
        from formfill.readers._wordwebforms import element_of

        return element_of(f"ActiveX {name}", bag, binary, box=classid in _HTML_BOXES, choice=name == "HTML Option")
    name = _BOXES.get(classid) or _TEXTS.get(classid) or ("Label" if classid == _LABEL else None)
    if name is None:
        return Control(f"ActiveX {{{classid}}}", None, "", is_read=classid in _SILENT)
    kind = f"ActiveX {name}"
    if classid == _LABEL:
        return Control(kind, None, bag.get("caption", ""))
    value, caption, group = bag.get("value", bag.get("text")), bag.get("caption", ""), bag.get("groupname", "")
    if not bag and binary is not None:
        found = morph_data(binary)
        if found is None:
            if classid in _TEXTS:
                return Control(kind, None, "", is_read=False)
            return Control(kind, (Evidence("activex", Says.UNCLEAR, f"{kind}, unreadable binary"),), "", is_read=False)
        value, caption, group = found
    if classid in _TEXTS:
        # the default of a text is none; a list of which several entries may be chosen has no value
        several = bag.get("multiselect", "0") != "0" or (name == "ListBox" and value is None)
        return Control(kind, None, value or "", is_read=not several and bool(bag or binary))
    choice = group if name == "OptionButton" else None
    if value is None and bag:
        # a property bag leaves out what has its default: a box is born blank
        return Control(kind, (Evidence("activex", Says.BLANK, f"{kind} Value absent"),), caption, choice)
    return Control(kind, (Evidence("activex", says(value), f"{kind} Value={value}"),), caption, choice)


def says(value: str | None) -> Says:
    """What the value of a box says."""
    value = (value or "").strip().casefold()
    if value in ("1", "-1", "true", "vrai"):
        return Says.TICKED
    return Says.BLANK if value in ("0", "false", "faux") else Says.UNCLEAR


def morph_data(data: bytes) -> tuple[str | None, str, str] | None:
    """The value, the caption and the name of the group of a ``MorphDataControl``; None when the bytes are not one."""
    at = 16 if data[:16] and data[16:18] == b"\x00\x02" else 0
    if data[at : at + 2] != b"\x00\x02" or len(data) < at + 12:
        return None
    (size,) = struct.unpack_from("<H", data, at + 2)
    start = at + 4
    block = data[start : start + size]
    if len(block) < 8:
        return None
    (mask,) = struct.unpack_from("<Q", block)
    lengths: dict[int, int] = {}
    offset = 8
    for bit, width in _FIELDS:
        if mask >> bit & 1:
            offset += -offset % width
            if width == 4 and offset + 4 <= len(block):
                (lengths[bit],) = struct.unpack_from("<I", block, offset)
            offset += width
    offset += -offset % 4
    if mask >> _SIZE & 1:
        offset += 8
    strings: dict[int, str | None] = {}
    for bit in (_VALUE, _CAPTION, _GROUP):
        if bit in lengths:
            count = lengths[bit] & ~_COMPRESSED
            raw = block[offset : offset + count]
            if len(raw) != count:
                return None
            strings[bit] = raw.decode("latin-1" if lengths[bit] & _COMPRESSED else "utf-16-le", errors="replace")
            offset += count + -count % 4
    return strings.get(_VALUE), strings.get(_CAPTION) or "", strings.get(_GROUP) or ""
