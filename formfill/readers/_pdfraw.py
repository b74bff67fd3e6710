"""What PDFium does not tell of a PDF's form: the values that fields inherit, what /Fields lists, fields without a widget. Pure.

PDFium mends a form as it opens it, so that a disagreement is seen in the bytes of the file only. Dictionaries are found by pattern,
in object streams too (ISO 32000-1 §7.5.7); nothing is read that cannot be read so, and nothing is concluded from its absence.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Final

LARGEST: Final = 16 * 2**20
"""A larger file is not looked through, in bytes."""
MOST: Final = 200_000
"""Objects looked at."""
INFLATED: Final = 4 * 2**20
"""Most bytes that an object stream may hold."""
DEEPEST: Final = 16

_OBJECT: Final = re.compile(rb"(?<![\d.])(\d{1,9})\s+\d{1,5}\s+obj\b(.*?)(?:endobj|\Z)", re.DOTALL)
_REF: Final = re.compile(rb"(\d+)\s+\d+\s+R")
_PARENT: Final = re.compile(rb"/Parent\s+(\d+)\s+\d+\s+R")
_KIDS: Final = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_FIELDS: Final = re.compile(rb"/Fields\s*(?:\[([^\]]*)\]|(\d+)\s+\d+\s+R)")
_ACROFORM: Final = re.compile(rb"/AcroForm\s*(?:(\d+)\s+\d+\s+R|<<)")
_TYPE: Final = re.compile(rb"/FT\s*/(\w+)")
_VALUE: Final = re.compile(rb"/V\s*(?:/([^\s/<>\[\]()]*)|\(((?:\\.|[^\\()])*)\))")
_RECT: Final = re.compile(rb"/Rect\s*\[\s*([-+.\d]+)\s+([-+.\d]+)\s+([-+.\d]+)\s+([-+.\d]+)")
_NAME: Final = re.compile(rb"/T\s*\(((?:\\.|[^\\()])*)\)")
_STATES: Final = re.compile(rb"/N\s*<<(.*?)>>", re.DOTALL)
_APPEARANCE: Final = re.compile(rb"/AP\s+(\d+)\s+\d+\s+R")
_NORMAL: Final = re.compile(rb"/N\s+(\d+)\s+\d+\s+R")
_STATE: Final = re.compile(rb"/([^\s/<>\[\]()]+)\s+\d+\s+\d+\s+R")
_OFF: Final = re.compile(rb"/OFF\s*(?:\[\s*\d|\d+\s+\d+\s+R)|/BaseState\s*/OFF|/(?:ViewState|PrintState)\s*/OFF")
_STREAM: Final = re.compile(rb"/ObjStm[^>]{0,200}>>\s*stream\r?\n|<<[^>]{0,200}/ObjStm[^>]{0,200}>>\s*stream\r?\n")
_FIRST: Final = re.compile(rb"/First\s+(\d+)")
_COUNT: Final = re.compile(rb"/N\s+(\d+)")

Rect = tuple[int, int, int, int]
"""A rectangle in tenths of a point, as the file gives it: what tells one widget from another."""


@dataclass(slots=True)
class Widget:
    """A widget as the file has it."""

    value: str | None
    """/V, its own or inherited; None when there is none."""
    states: frozenset[str] | None
    """The states that have an appearance; None when it is not known."""
    listed: bool
    """True when its field is in /Fields."""


@dataclass(slots=True)
class RawForm:
    """The form of a file."""

    widgets: dict[Rect, Widget] = field(default_factory=dict)
    orphans: list[str] = field(default_factory=list)
    """Names of the fields that have no widget."""


def rect_key(left: float, bottom: float, right: float, top: float) -> Rect:
    """What tells a widget from another."""
    return round(10 * left), round(10 * bottom), round(10 * right), round(10 * top)


def hides_layers(data: bytes) -> bool:
    """Tells whether a PDF has layers that are switched off (§8.11.4.3): a dictionary of them says OFF somewhere."""
    layers, off = b"/OCProperties" in data, False
    if b"/ObjStm" not in data or len(data) > LARGEST:
        return layers and _OFF.search(data) is not None
    for match in _STREAM.finditer(data):
        try:
            text = zlib.decompressobj().decompress(data[match.end() : match.end() + INFLATED], INFLATED)
        except zlib.error:
            continue
        layers = layers or b"/OCProperties" in text
        off = off or _OFF.search(text) is not None
    return layers and (off or _OFF.search(data) is not None)


def form_of(data: bytes) -> RawForm:
    """The form of a PDF; empty when nothing could be read."""
    found = RawForm()
    if len(data) > LARGEST:
        return found
    bodies = _bodies(data)
    top = _listed(bodies)
    for number, body in bodies.items():
        kind = _inherited(bodies, body, _TYPE)
        if kind is None:
            continue
        rect = _RECT.search(body)
        if rect is None:
            if b"/Kids" not in body and _NAME.search(body):
                found.orphans.append(_text(_NAME, body))
            continue
        if kind.group(1) != b"Btn":
            continue
        value = _inherited(bodies, body, _VALUE)
        key = rect_key(*(_number(side) for side in rect.groups()))
        listed = top is None or _root(bodies, number) in top
        found.widgets[key] = Widget(_decoded(value) if value else None, _states(bodies, body), listed)
    return found


def _bodies(data: bytes) -> dict[int, bytes]:
    """The dictionaries of the objects of a file, by number; a later one replaces an earlier one, as it does in a reader."""
    found: dict[int, bytes] = {}
    for count, match in enumerate(_OBJECT.finditer(data)):
        if count > MOST:
            break
        body = match.group(2)
        at = body.find(b"stream")
        if at >= 0 and b"/ObjStm" in body[:at]:
            _inflate(body[:at], body[at + 6 :], found)
        elif at < 0 or b"<<" in body[:at]:
            found[int(match.group(1))] = body if at < 0 else body[:at]
    return found


def _inflate(head: bytes, stream: bytes, found: dict[int, bytes]) -> None:
    first, count = _FIRST.search(head), _COUNT.search(head)
    if first is None or count is None or b"FlateDecode" not in head:
        return
    try:
        text = zlib.decompressobj().decompress(stream.lstrip(b"\r\n"), INFLATED)
        numbers = [int(word) for word in text[: int(first.group(1))].split()]
    except (zlib.error, ValueError):
        return
    start = int(first.group(1))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))[: int(count.group(1))]
    for index, (number, offset) in enumerate(pairs):
        after = pairs[index + 1][1] if index + 1 < len(pairs) else len(text)
        found[number] = text[start + offset : start + after]


def _listed(bodies: dict[int, bytes]) -> set[int] | None:
    """The fields that the form lists; None when it cannot be told."""
    for body in bodies.values():
        form = _ACROFORM.search(body)
        if form is None:
            continue
        inside = bodies.get(int(form.group(1)), b"") if form.group(1) else body[form.start() :]
        fields = _FIELDS.search(inside)
        if fields is None:
            return set()
        if fields.group(2):
            return {int(number) for number in _REF.findall(bodies.get(int(fields.group(2)), b""))}
        return {int(number) for number in _REF.findall(fields.group(1))}
    return set()


def _root(bodies: dict[int, bytes], number: int) -> int:
    for _step in range(DEEPEST):
        parent = _PARENT.search(bodies.get(number, b""))
        if parent is None or int(parent.group(1)) not in bodies:
            break
        number = int(parent.group(1))
    return number


def _inherited(bodies: dict[int, bytes], body: bytes, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
    """An entry of a field, its own or that of a field it is part of."""
    for _step in range(DEEPEST):
        found = pattern.search(body)
        if found is not None:
            return found
        parent = _PARENT.search(body)
        if parent is None:
            return None
        body = bodies.get(int(parent.group(1)), b"")
    return None


def _states(bodies: dict[int, bytes], body: bytes) -> frozenset[str] | None:
    if b"/AP" not in body:
        return frozenset()
    inside = body[body.index(b"/AP") :]
    outside = _APPEARANCE.match(inside)
    if outside is not None:
        inside = bodies.get(int(outside.group(1)), b"")
    states = _STATES.search(inside)
    if states is None:
        normal = _NORMAL.search(inside)
        if normal is None:
            return None
        names = bodies.get(int(normal.group(1)), b"")
        if b"<<" not in names or b"/BBox" in names:
            return None
        return frozenset(_unescaped(name) for name in _STATE.findall(names))
    return frozenset(_unescaped(name) for name in _STATE.findall(states.group(1)))


def _decoded(value: re.Match[bytes]) -> str:
    name, text = value.groups()
    return _unescaped(name) if name is not None else text.decode("latin-1")


def _text(pattern: re.Pattern[bytes], body: bytes) -> str:
    found = pattern.search(body)
    raw = found.group(1) if found else b""
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


def _unescaped(name: bytes) -> str:
    """A name with its #xx (§7.3.5)."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes((int(found.group(1), 16),)), name).decode("utf-8", "replace")


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
