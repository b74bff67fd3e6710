"""Tracked changes of format that touch what makes a mark: a strike, a highlight, a shading, a symbol font, the bullet of a list.

ECMA-376 Part 1 §17.13.5.31 (``w:rPrChange``), §17.13.5.29 (``w:pPrChange``), §17.13.5.19 (``w:ins`` of ``w:numPr``), Part 4 §14.7.1
(``w:numberingChange``). The new format counts, as with tracked text; other changes of format are no news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._symbols import CODED, font_key
from formfill.readers._wordtints import emphasis, fill_of

if TYPE_CHECKING:
    from formfill.readers._wordlists import Lists
    from formfill.readers._wordlooks import Looks
    from formfill.readers._wordnames import Element

_EMPHASES: Final = frozenset((n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, n.SHD))


def of_run(properties: Element, looks: Looks | None = None) -> set[str]:
    """What a tracked change of the properties of a run changes.

    Args:
        properties: the properties of the run.
        looks: the styles that set text apart, None when none of them does.

    Returns:
        Of ``strikethrough``, ``highlight``, ``shading``, ``font``, ``hidden``.
    """
    change = properties.find(n.R_PR_CHANGE)
    if change is None:
        return set()
    old = change.find(n.R_PR)
    changed = _emphases(properties) ^ _emphases(old)
    kinds = {kind for kind, _detail in changed}
    if looks is not None:
        now, before = looks.of(properties, None), looks.of(old, None)
        if now != before:
            kinds |= {tint.kind for tint in (now, before) if tint is not None}
    if n.switched(properties.find(n.VANISH)) != (old is not None and n.switched(old.find(n.VANISH))):
        kinds.add("hidden")
    return kinds | ({"font"} if _symbolic(properties) != _symbolic(old) else set())


def of_paragraph(properties: Element, lists: Lists | None) -> set[str]:
    """What tracked changes of the properties of a paragraph (``w:pPr``) change: ``shading``, ``bullet``."""
    found = set()
    change = properties.find(n.P_PR_CHANGE)
    old = change.find(n.P_PR) if change is not None else None
    if change is not None and _emphases(properties) != _emphases(old):
        found.add("shading")
    numbering = properties.find(n.NUM_PR)
    if lists is not None:
        now = lists.of(properties)
        before = lists.of(old) if old is not None else None
        is_new = numbering is not None and numbering.find(n.INS) is not None
        if (change is not None and now != before) or (is_new and now is not None):
            found.add("bullet")
    renumbered = numbering.find(n.NUMBERING_CHANGE) if numbering is not None else None
    if renumbered is not None:
        original = renumbered.get(n.W + "original", "")
        # a list that was numbered otherwise is no news, a bullet that may be a box is
        was_box = any(char in BOX_GLYPHS or (char in CODED and char > "\x7f") for char in original)
        if was_box or (lists is not None and lists.of(properties) is not None):
            found.add("bullet")
    return found


def of_cells(table: Element) -> set[str]:
    """What tracked changes of the cells of a table (§17.13.5.37, ``w:tcPrChange``) change: ``shading``, ``border``.

    Cells of tables in it are theirs.
    """
    found = set()
    for change in table.iter(n.TC_PR_CHANGE):
        if next(change.iterancestors(n.TBL), None) is not table:
            continue
        now, old = change.getparent(), change.find(n.TC_PR)
        if _fill(now) != _fill(old):
            found.add("shading")
        if _diagonals(now) != _diagonals(old):
            found.add("border")
    return found


def _fill(properties: Element | None) -> str | None:
    shd = properties.find(n.SHD) if properties is not None else None
    return fill_of(shd) if shd is not None else None


def _diagonals(properties: Element | None) -> set[str]:
    borders = properties.find(n.TC_BORDERS) if properties is not None else None
    lines = [node for node in borders if node.tag in (n.TL2BR, n.TR2BL)] if borders is not None else []
    return {node.tag for node in lines if node.get(n.VAL) not in ("nil", "none")}


def message(kinds: set[str]) -> str:
    """What to tell a person of changes of these kinds."""
    names = {
        "strikethrough": _("barré"),
        "highlight": _("surlignage"),
        "shading": _("fond de couleur"),
        "font": _("police de symboles"),
        "bullet": _("puce"),
        "hidden": _("texte masqué"),
        "border": _("diagonale de cellule"),
    }
    what = ", ".join(name for kind, name in names.items() if kind in kinds)
    return _("Une mise en forme suivie n’est pas acceptée ({what}) ; elle est lue comme acceptée.").format(what=what)


def _emphases(properties: Element | None) -> set[tuple[str, str]]:
    nodes = [node for node in properties if node.tag in _EMPHASES] if properties is not None else []
    return {(tint.kind, tint.detail) for node in nodes if (tint := emphasis(node)) is not None}


def _symbolic(properties: Element | None) -> set[str]:
    fonts = properties.find(n.R_FONTS) if properties is not None else None
    return {key for name in (fonts.values() if fonts is not None else ()) if (key := font_key(name)) is not None}
