"""Content controls whose file says two things: a placeholder that somebody filled, a text other than the data that it is bound to.

ECMA-376 Part 1 §17.5.2.39 (``w:showingPlcHdr``), §17.5.2.25 (``w:placeholder``), §17.5.2.6 (``w:dataBinding``). Nothing is settled
here: what is shown is read, and what disagrees is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers import _wordnames as n

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from formfill.readers._wordnames import Element

PROMPT_STYLES: Final = frozenset(
    ("PlaceholderText", "Textedelespacerserv", "Platzhaltertext", "Textodelmarcadordeposicin", "Testosegnaposto")
)
"""Identifiers that Word gives to the style of placeholders, in a few languages."""
_PROMPT: Final = re.compile(
    r"\[|<|(?:cliquez|choisi[sr]|s[ée]lectionne[zr]|entre[zr]|saisi[sr]|tapez|indique[zr]|ins[ée]re[zr]|pr[ée]cise[zr]"
    r"|[àa] compl[ée]ter|click|choose|select|enter|type|tap|insert)\w*\b",
    re.IGNORECASE,
)
"""How a prompt begins."""
_NOTHING: Final = " \t\n\u00a0\u2002.…_-"
_TYPES: Final = {n.W + name: name for name in ("text", "dropDownList", "comboBox", "date")}


class Doubt(NamedTuple):
    """What a control says twice."""

    code: str
    """``placeholder-filled`` or ``bound-text-differs``."""
    shown: str
    bound: str


def is_prompt(content: Element | None) -> bool:
    """Tells at a glance that nobody wrote what a control holds: it is set in the style of placeholders, or it is nothing."""
    if content is None:
        return True
    style = next(content.iter(n.R_STYLE), None)
    if style is not None:
        return style.get(n.VAL) in PROMPT_STYLES and next(content.iter(n.T), None) is not None and len(list(content.iter(n.T))) == 1
    return next(content.iter(n.T), None) is None


def is_filled(sdt: Element, styles: Callable[[], Collection[str]], part: Callable[[str], str | None]) -> bool:
    """Tells whether a control that says that it shows its placeholder holds something else, as far as the file tells.

    Args:
        sdt: the control.
        styles: gives the identifiers of the styles of placeholders.
        part: gives the text of a building block by its name, None when there is none.
    """
    content = sdt.find(n.SDT_CONTENT)
    text = text_of(content)
    if not text.strip(_NOTHING) or _PROMPT.match(text.strip()):
        return False
    named = sdt.find(f"{n.SDT_PR}/{n.W}placeholder/{n.W}docPart")
    known = part(named.get(n.VAL, "")) if named is not None else None
    if known is not None and _bare(known):
        return _bare(known) != _bare(text)
    runs = [run for run in content.iter(n.R) if next(run.iter(n.T), None) is not None] if content is not None else []
    prompts = styles()
    return not all((style := run.find(f"{n.R_PR}/{n.R_STYLE}")) is not None and style.get(n.VAL) in prompts for run in runs)


def differing(sdt: Element, value: str, *, is_placeholder: bool) -> str | None:
    """The text that a control shows, when the data that it is bound to says something else; None when they agree.

    Args:
        sdt: the control: of plain text, a list or a date; others are not compared.
        value: what the data says.
        is_placeholder: whether it shows its placeholder, which is nothing.
    """
    properties = sdt.find(n.SDT_PR)
    kind = next((child for child in properties if child.tag in _TYPES), None)
    if kind is None:
        return None
    shown = "" if is_placeholder else text_of(sdt.find(n.SDT_CONTENT))
    name = _TYPES[kind.tag]
    if name == "date":
        day = (kind.get(n.W + "fullDate") or "")[:10]
        if not is_placeholder and (not day or value.strip()[:10] == day):
            return None
    elif name != "text":
        # the data holds the value of an entry, the control shows its name (§17.5.2.21)
        names = {item.get(n.W + "value", ""): item.get(n.W + "displayText", "") for item in kind.iterchildren(n.W + "listItem")}
        value = names.get(value.strip()) or value
    return None if _bare(shown.strip(_NOTHING)) == _bare(value.strip(_NOTHING)) else shown


def text_of(content: Element | None) -> str:
    """The text of what a control holds."""
    return "".join(node.text or "" for node in content.iter(n.T)) if content is not None else ""


def _bare(text: str) -> str:
    """A text without its spaces and line ends, which forms of data keep otherwise."""
    return "".join(text.split())
