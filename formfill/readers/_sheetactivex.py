"""ActiveX buttons over a sheet: their value, caption and group ([MS-OFORMS] §2.2.5; ``ax:`` is [MS-OE376] §2.1.1790)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers._sheetml import R

if TYPE_CHECKING:
    from formfill.readers._sheetml import Book, Element, Relation

CLASSES: Final = {"8BD21D40": "checkbox", "8BD21D50": "radio", "8BD21D60": "checkbox"}
"""Classes: Forms.CheckBox.1, Forms.OptionButton.1, Forms.ToggleButton.1."""
_AX: Final = "{http://schemas.microsoft.com/office/2006/activeX}"
_SIZES: Final = {
    **dict.fromkeys((0, 1, 2, 3, 10, 22, 23, 24, 25, 26, 32), 4), **dict.fromkeys((9, 11, 12, 13, 14, 15, 27, 28, 29), 2),
    **dict.fromkeys((4, 5, 6, 7, 16, 17, 18, 20, 21), 1),
}  # fmt: skip
"""Size of each property of a button in its block of data, by the bit that says it is there (§2.2.5.2)."""
_EXTENT: Final = 8
_STRINGS: Final = (22, 23, 32)
"""Bits of the value, the caption and the name of the group, in the order in which they are written (§2.2.5.4)."""
_COMPRESSED: Final = 1 << 31


class Button(NamedTuple):
    """What an ActiveX button says of itself."""

    kind: str
    """``checkbox`` or ``radio``."""
    value: str | None
    """None when it was not found."""
    caption: str
    group: str


def button(book: Book, root: Element, relation: Relation) -> Button | None:
    """The button of a part (``ax:ocx``); None when it is none."""
    kind = CLASSES.get((root.get(_AX + "classid") or "").strip("{}")[:8].upper())
    if kind is None:
        return None
    values = {item.get(_AX + "name"): item.get(_AX + "value") or "" for item in root.iter(_AX + "ocxPr")}
    if "Value" in values or len(root):
        return Button(kind, values.get("Value", ""), values.get("Caption", ""), values.get("GroupName", ""))
    binary = book.relations(relation.part).get(root.get(R + "id") or "")
    value, caption, group = _strings(book.package.read(binary.part)) if binary else ("", "", "")
    return Button(kind, value if value in {"0", "1", "2"} else None, caption, group)


def _strings(data: bytes) -> tuple[str, str, str]:
    """The value, the caption and the group of a binary button (§2.2.5.1, ``MorphDataControl``); empty where there are none."""
    start = 0 if data[:2] == b"\x00\x02" else 16
    if data[start : start + 2] != b"\x00\x02" or len(data) < start + 12:
        return "", "", ""
    mask = int.from_bytes(data[start + 4 : start + 12], "little")
    at = start + 12
    lengths: dict[int, int] = {}
    for bit, size in sorted(_SIZES.items()):
        if mask >> bit & 1:
            at += -(at - start) % size
            lengths[bit] = int.from_bytes(data[at : at + size], "little")
            at += size
    at += -(at - start) % 4 + (8 if mask >> _EXTENT & 1 else 0)
    found = []
    for bit in _STRINGS:
        length = lengths.get(bit, 0)
        size = length & ~_COMPRESSED
        raw = data[at : at + size]
        at += size + -size % 4
        found.append(raw.decode("latin-1" if length & _COMPRESSED else "utf-16-le", "replace") if len(raw) == size else "")
    return found[0], found[1], found[2]
