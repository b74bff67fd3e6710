"""What of a text was written by a person: dot leaders, underscores and the printed words of the place are nothing. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.extract.fields._words import key, words
from formfill.model.layout import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEADERS: Final = re.compile(r"[._·‧…]{4,}|…{2,}|[_]{2,}|(?:[.…_] ){3,}[.…_]?")
"""A run of dots or underscores, longer than what a person writes for « and so on »."""
_ANY_LEADER: Final = re.compile(r"[_…]|\.{2,}|(?:^|(?<=[\s/]))\.+|\.+(?=\s*(?:/|$))")
_SEPARATORS: Final = re.compile(r"[\s/\\\-–.…_:|]*")
_PLACEHOLDER: Final = re.compile(
    r"\s*(?:cliquez|cliquer|appuyez|click|tap)\s+(?:ou\s+appuyez\s+|or\s+tap\s+)?(?:ici|here)\b[^\n]{0,60}"
    r"|\s*choisissez un [ée]l[ée]ment\.?\s*|\s*choose an item\.?\s*",
    re.IGNORECASE,
)
"""What Word shows in an empty content control."""


def written(text: str, kind: FieldKind, placeholders: Sequence[str] = (), suffixes: Sequence[str] = ()) -> str | None:
    """The value that stands in a text, without what the form prints around it; None when nobody wrote anything."""
    text = _without_suffix(text, suffixes)
    if kind in (FieldKind.DATE, FieldKind.PERIOD):
        text = _dated(text)
    text = _LEADERS.sub(lambda m: "\n" if "\n" in m[0] else " ", text) if _LEADERS.search(text) else text
    if placeholders:
        lines = {" ".join(placeholder.split()) for placeholder in placeholders}
        text = "\n".join(line for line in text.split("\n") if not line.strip() or " ".join(line.split()) not in lines)
    text = _trimmed(text)
    if not any(c.isalnum() for c in text):
        shown = text.strip(" \t\n\u00a0\u202f.…_")
        return None if not shown or kind is not FieldKind.TEXT or _SEPARATORS.fullmatch(text) else text
    if _PLACEHOLDER.fullmatch(text):
        return None
    own = words(text).texts if placeholders else ()
    return None if any(own == key(placeholder) for placeholder in placeholders) else text


def _trimmed(text: str) -> str:
    """The text without the spaces at its ends, nor before the ends of its lines, nor the sign that opens a value."""
    lines = [line.strip(" \t\u00a0\u202f\u200b") for line in text.split("\n")]
    text = "\n".join(lines).strip("\n")
    return text.lstrip(":").lstrip(" \t\u00a0\u202f") if text.startswith(":") else text


def _without_suffix(text: str, suffixes: Sequence[str]) -> str:
    """The text up to what the form prints after the value."""
    for suffix in suffixes:
        at = text.rfind(suffix)
        if at < 0:
            at = text.casefold().rfind(suffix.casefold())
        if at >= 0 and not any(c.isalnum() for c in text[at + len(suffix) :]):
            return text[:at]
    return text


def _dated(text: str) -> str:
    """A date typed between the dots that a form prints for it: ``..12.. / .03... / ....2025....``."""
    if re.search(r"[._…]{2,}|[._…]\s*/|/\s*[._…]|[_…]", text):
        text = re.sub(r"[ \u00a0]{2,}", " ", _ANY_LEADER.sub(" ", text)).strip(" .")
    # « 12/05/2026 / / »: the bars of the form, left behind
    return re.sub(r"(?:[ \u00a0]*/[ \u00a0]*){2,}$|[ \u00a0]+/[ \u00a0]*$|^[ \u00a0]*(?:/[ \u00a0]*)+(?=\d)", "", text)
