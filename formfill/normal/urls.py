"""Addresses of the Web as people write them: with or without a scheme, alone or in a sentence."""

from __future__ import annotations

import re
from typing import Final

_URL: Final = re.compile(
    r"(?i)\b(?:https?://[^\s<>\"«»]+|(?:www\.)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+[a-z]{2,}(?::\d+)?(?:/[^\s<>\"«»]*)?)"
)
_HOST: Final = re.compile(r"(?i)https?://(?:[^/@\s]*@)?([^\W_](?:[\w-]*[^\W_])?\.)+[a-z]{2,}(?::\d+)?(?:[/?#].*)?")


def parse_url(text: str) -> str | None:
    """The one address that a text holds, with its scheme (``https`` where none is written); None for none, several, a wrong one."""
    # an address that wraps over two lines
    joined = re.sub(r"(?<=[/\-_.=&?])\n(?=\S)", "", text.strip())
    found = [
        match[0].rstrip(".,;:!?)")
        for match in _URL.finditer(joined)
        if "@" not in joined[max(match.start() - 1, 0) : match.start()]
    ]
    if len(found) != 1 or re.search(r"(?i)https?\s*[:;]?\s*/", joined.replace(found[0], "")):
        return None
    url = found[0] if re.match(r"(?i)https?://", found[0]) else f"https://{found[0]}"
    return url if _HOST.fullmatch(url) else None
