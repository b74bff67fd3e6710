"""Text that a style strikes through or highlights (ECMA-376 Part 1 §17.7): looked for when a document names such a style.

A toggle property set by both the paragraph style and the character style is off (§17.7.3); what the run itself says wins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.readers import _wordnames as n
from formfill.readers._marks import STRUCK, Tint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formfill.readers._wordnames import Element

_STRIKES: Final = (n.STRIKE, n.DSTRIKE)
_DEEPEST: Final = 12
"""Longest chain of styles followed; Word allows no more than eleven."""
_ORDINARY: Final = re.compile(
    r"(?:Titre|Heading|berschrift|TM|TOC|Title|Titre|Sous-titre|Subtitle|ListBullet|ListNumber|ListParagraph|Paragraphedeliste"
    r"|Normal|NormalWeb|Header|Footer|En-tte|Pieddepage|Corpsdetexte|BodyText|TableParagraph|Sansinterligne|NoSpacing"
    r"|Appelnotedebasdep|Notedebasdepage|FootnoteReference|FootnoteText|Lienhypertexte|Hyperlink|CommentReference|CommentText"
    r"|Marquedecommentaire|Commentaire|Textedelespacerserv|PlaceholderText|Caption|Lgende)\d?"
).fullmatch
"""Names of the styles that Word itself makes: nobody strikes a whole heading level."""


def may_emphasise(names: Iterable[str]) -> bool:
    """Tells whether one of the styles that a part asks for may strike text or highlight it."""
    return not all(map(_ORDINARY, names))


def sets_apart(styles: bytes) -> bool:
    """Tells whether some style may set text apart."""
    return b"strike" in styles or b"highlight" in styles


class Looks:
    """The styles of a document that strike text through, or highlight it."""

    def __init__(self, styles: Element) -> None:
        own: dict[str, tuple[bool | None, bool | None]] = {}
        based: dict[str, str] = {}
        self._default: str | None = None
        for style in styles.iterchildren(n.W + "style"):
            name = style.get(n.W + "styleId")
            if name is None or name in own:
                continue
            own[name] = _set(style.find(n.R_PR))
            parent = style.find(n.W + "basedOn")
            if parent is not None:
                based[name] = parent.get(n.VAL, "")
            if style.get(n.W + "type") == "paragraph" and style.get(n.W + "default") in n.ON:
                self._default = name
        self._styles = {name: _inherited(name, own, based) for name in own}

    def __bool__(self) -> bool:
        return any(any(look) for look in self._styles.values())

    def of(self, run_properties: Element | None, paragraph: Element | None) -> Tint | None:
        """How the styles of a run set it apart, unless its own properties say otherwise; None when they do not."""
        run = run_properties.find(n.R_STYLE) if run_properties is not None else None
        struck, lit = self._styles.get(run.get(n.VAL, ""), _NOTHING) if run is not None else _NOTHING
        properties = next(paragraph.iterchildren(n.P_PR), None) if paragraph is not None else None
        style = properties.find(n.P_STYLE) if properties is not None else None
        around = self._styles.get((style.get(n.VAL) if style is not None else self._default) or "", _NOTHING)
        struck, lit = bool(struck) != bool(around[0]), around[1] if lit is None else lit
        own = _set(run_properties)
        if struck if own[0] is None else own[0]:
            return Tint(STRUCK.kind, "")
        return Tint("highlight", "w:highlight") if (lit if own[1] is None else own[1]) else None

    def strike(self, content: Element) -> bool:
        """Tells whether styles strike text of what a content control holds."""
        return any((look := self.of(run.find(n.R_PR), _around(run))) and look.kind == STRUCK.kind for run in content.iter(n.R))


def _around(run: Element) -> Element | None:
    return next(run.iterancestors(n.P), None)


_NOTHING: Final[tuple[bool | None, bool | None]] = (None, None)


def _inherited(
    name: str, own: dict[str, tuple[bool | None, bool | None]], based: dict[str, str]
) -> tuple[bool | None, bool | None]:
    struck = lit = None
    for _step in range(_DEEPEST):
        look = own.get(name)
        if look is None:
            break
        struck = look[0] if struck is None else struck
        lit = look[1] if lit is None else lit
        name = based.get(name, "")
    return struck, lit


def _set(properties: Element | None) -> tuple[bool | None, bool | None]:
    """Whether properties strike text and highlight it; None where they do not say."""
    struck = lit = None
    for child in properties if properties is not None else ():
        if child.tag in _STRIKES:
            struck = bool(struck) or n.switched(child)
        elif child.tag == n.HIGHLIGHT:
            lit = child.get(n.VAL) not in ("none", "white", None)
    return struck, lit
