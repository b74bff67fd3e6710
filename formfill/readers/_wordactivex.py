"""ActiveX check boxes, option buttons and toggles of a Word document ([MS-OFORMS] §2.2.5; ``ax:`` is [MS-OE376] §2.1.1790).

A control is an XML part: a property bag, or the name of a binary part. Only the caption and the value are read; a value that is
not found is not guessed.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_AX: Final = "{http://schemas.microsoft.com/office/2006/activeX}"
_BOXES: Final = {
    "8BD21D40-EC42-11CE-9E0D-00AA006002F3": "CheckBox",
    "8BD21D50-EC42-11CE-9E0D-00AA006002F3": "OptionButton",
    "8BD21D60-EC42-11CE-9E0D-00AA006002F3": "ToggleButton",
}
"""Class identifiers of the controls that are ticked ([MS-OFORMS] §2.1.2.1)."""
_FIELDS: Final = (
    # bit of PropMask, bytes in the data block: MorphDataControl, [MS-OFORMS] §2.2.5.2 and §2.2.5.3
    *((0, 4), (1, 4), (2, 4), (3, 4), (4, 1), (5, 1), (6, 1), (7, 1), (9, 2), (10, 4), (11, 2), (12, 2), (13, 2), (14, 2)),
    *((15, 2), (16, 1), (17, 1), (18, 1), (20, 1), (21, 1), (22, 4), (23, 4), (24, 4), (25, 4), (26, 4), (27, 2), (28, 2)),
    *((29, 2), (32, 4)),
)
_SIZE, _VALUE, _CAPTION = 8, 22, 23
_COMPRESSED: Final = 0x80000000
"""Set in the length of a string whose characters are one byte each ([MS-OFORMS] §2.4.4)."""


def control_parts(root: Element, binary: bytes | None) -> tuple[tuple[Evidence, ...], str] | None:
    """The evidence and the caption of a control that is ticked; None for one that is not.

    Args:
        root: the root of its part (``ax:ocx``).
        binary: its binary part, when it names one.
    """
    name = _BOXES.get(root.get(_AX + "classid", "").strip("{}").upper())
    if name is None:
        return None
    bag = {item.get(_AX + "name", ""): item.get(_AX + "value", "") for item in root.iterchildren(_AX + "ocxPr")}
    value, caption = bag.get("Value"), bag.get("Caption", "")
    kind = f"ActiveX {name}"
    if not bag and binary is not None:
        found = morph_data(binary)
        if found is None:
            return (Evidence("activex", Says.UNCLEAR, f"{kind}, unreadable binary"),), ""
        value, caption = found
    if value is None and bag:
        # a property bag leaves out what has its default: a box is born blank
        return (Evidence("activex", Says.BLANK, f"{kind} Value absent"),), caption
    says = {"1": Says.TICKED, "-1": Says.TICKED, "0": Says.BLANK, "": Says.UNCLEAR}.get((value or "").strip(), Says.UNCLEAR)
    if (value or "").strip().casefold() in ("true", "vrai"):
        says = Says.TICKED
    elif (value or "").strip().casefold() in ("false", "faux"):
        says = Says.BLANK
    return (Evidence("activex", says, f"{kind} Value={value}"),), caption


def morph_data(data: bytes) -> tuple[str | None, str] | None:
    """The value and the caption of a ``MorphDataControl``; None when the bytes are not one."""
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
    for bit in (_VALUE, _CAPTION):
        if bit in lengths:
            count = lengths[bit] & ~_COMPRESSED
            raw = block[offset : offset + count]
            if len(raw) != count:
                return None
            strings[bit] = raw.decode("latin-1" if lengths[bit] & _COMPRESSED else "utf-16-le", errors="replace")
            offset += count + -count % 4
    return strings.get(_VALUE), strings.get(_CAPTION) or ""
