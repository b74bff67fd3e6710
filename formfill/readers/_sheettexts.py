"""The text of a shape over a sheet (ECMA-376 Part 1 §20.1.2.2.40, §21.1.2): what it prints, and where a lone sign in it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.readers._sheetglyphs import symbols
from formfill.readers._sheetml import Run, local, whole
from formfill.readers._sheetplan import POINT, Rect
from formfill.readers._sheetstyles import A
from formfill.readers._symbols import SAYS, font_key, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._sheetml import Element

_INSETS: Final = (("lIns", 91_440), ("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720))
"""Inner margins of a shape and what they are where it does not say (§21.1.2.1.1), in EMU."""
_SIZE: Final = 1100
"""Size of the text where it does not say, in hundredths of a point: what Excel writes in a new text box is 11 pt."""
_BEFORE: Final = {"ctr": 0.5, "b": 1.0, "r": 1.0, "dist": 0.5}
"""Part of the free space that stands before the text, by its alignment (§20.1.10.59, §20.1.10.60)."""


def shape_text(body: Element) -> tuple[Run, ...]:
    """The text of a shape as printed, one line per paragraph: stretches, each struck through or not."""
    found: list[Run] = []
    for paragraph in body.iter(A + "p"):
        runs = list(_runs(paragraph))
        if found:
            found.append(Run("\n", None, False))
        if any(run.text.strip() for run in runs):
            found += _bullet(paragraph)
        found += runs
    return tuple(found)


def _runs(paragraph: Element) -> Iterator[Run]:
    for child in paragraph:
        name = local(child)
        if name == "br":
            yield Run("\n", None, False)
        elif name in {"r", "fld"}:
            text = "".join(t.text or "" for t in child if local(t) == "t")
            properties = next((part for part in child if local(part) == "rPr"), None)
            faces = {local(part): part.get("typeface") or "" for part in properties} if properties is not None else {}
            struck = properties is not None and properties.get("strike") in {"sngStrike", "dblStrike"}
            yield Run(symbols(text, _font(text, faces)), None, struck)


def _font(text: str, faces: dict[str, str]) -> str:
    """The typeface of a run: that of symbols prints the private codes, whatever that of letters (§21.1.2.3.10)."""
    latin = faces.get("latin", "")
    private = any("\uf020" <= char <= "\uf0ff" for char in text)
    return faces.get("sym", latin) if private and font_key(latin) is None else latin


def _bullet(paragraph: Element) -> list[Run]:
    """The box that a paragraph has for bullet (§21.1.2.4.3); nothing for any other bullet."""
    properties = next((child for child in paragraph if local(child) == "pPr"), None)
    parts = {local(child): child for child in properties} if properties is not None else {}
    char = (parts["buChar"].get("char") or "") if "buChar" in parts else ""
    font = font_key(parts["buFont"].get("typeface")) if "buFont" in parts else None
    shape = shape_of(font, ord(char)) if len(char) == 1 else None
    return [Run(f"{shape.value} ", None, False)] if shape in SAYS and shape is not None else []


def sign_rect(body: Element, rect: Rect) -> Rect:
    """Where a lone sign stands in its shape, by its alignment; the whole shape where that leaves no room for it.

    A text box is drawn larger than the cross in it, and its text begins in its upper left corner.
    """
    frame = next((child for child in body if local(child) == "bodyPr"), None)
    paragraph = next((p for p in body.iter(A + "p") if any((t.text or "").strip() for t in p.iter(A + "t"))), None)
    across = down = ""
    size = _SIZE
    if paragraph is not None:
        properties = next((child for child in paragraph if local(child) == "pPr"), None)
        across = (properties.get("algn") or "") if properties is not None else ""
        size = next((whole(run.get("sz"), _SIZE) for run in paragraph.iter(A + "rPr")), _SIZE)
    margins = dict(_INSETS)
    if frame is not None:
        down = frame.get("anchor") or ""
        margins = {name: whole(frame.get(name), usual) for name, usual in _INSETS}
        if frame.get("anchorCtr") in {"1", "true"}:
            across = "ctr"
    side = max(100, min(size, 40_000)) * POINT // 100
    x0, x1 = _along(rect.x0 + margins["lIns"], rect.x1 - margins["rIns"], side, _BEFORE.get(across, 0.0)) or (rect.x0, rect.x1)
    top, bottom = _along(rect.top + margins["tIns"], rect.bottom - margins["bIns"], side, _BEFORE.get(down, 0.0)) or (
        rect.top,
        rect.bottom,
    )
    return Rect(x0, top, x1, bottom)


def _along(start: int, end: int, size: int, before: float) -> tuple[int, int] | None:
    free = end - start - size
    if free <= 0:
        return None
    at = start + int(free * before)
    return at, at + size
