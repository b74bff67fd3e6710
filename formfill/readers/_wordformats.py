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
from formfill.readers._wordtints import emphasis

if TYPE_CHECKING:
    from formfill.readers._wordlists import Lists
    from formfill.readers._wordnames import Element

_EMPHASES: Final = frozenset((n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, n.SHD))


def of_run(properties: Element) -> set[str]:
    """What a tracked change of the properties of a run changes: ``strikethrough``, ``highlight``, ``shading``, ``font``."""
    change = properties.find(n.R_PR_CHANGE)
    if change is None:
        return set()
    old = change.find(n.R_PR)
    changed = _emphases(properties) ^ _emphases(old)
    kinds = {kind for kind, _detail in changed}
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


def message(kinds: set[str]) -> str:
    """What to tell a person of changes of these kinds."""
    names = {
        "strikethrough": _("barré"),
        "highlight": _("surlignage"),
        "shading": _("fond de couleur"),
        "font": _("police de symboles"),
        "bullet": _("puce"),
    }
    what = ", ".join(name for kind, name in names.items() if kind in kinds)
    return _("Une mise en forme suivie n’est pas acceptée ({what}) ; elle est lue comme acceptée.").format(what=what)


def _emphases(properties: Element | None) -> set[tuple[str, str]]:
    nodes = [node for node in properties if node.tag in _EMPHASES] if properties is not None else []
    return {(tint.kind, tint.detail) for node in nodes if (tint := emphasis(node)) is not None}


def _symbolic(properties: Element | None) -> set[str]:
    fonts = properties.find(n.R_FONTS) if properties is not None else None
    return {key for name in (fonts.values() if fonts is not None else ()) if (key := font_key(name)) is not None}
