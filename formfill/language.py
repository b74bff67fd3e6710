"""The language of the sentences shown to people: French as written in the code, English through a catalogue.

The source sentences are French, so that French needs no catalogue at all and starts fast. It does not touch logs, codes,
JSON keys or the text of forms, which are never translated.
"""

from __future__ import annotations

import gettext as _gettext
import os
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("fr", "en")
LOCALE_DIR: Final = Path(__file__).with_name("locale")

_current = "fr"


def set_language(code: str | None = None) -> str:
    """Chooses the language of this process and returns it.

    Args:
        code: ``fr`` or ``en``; without it, the variable ``FORMFILL_LANG``, then French.
    """
    global _current
    wanted = (code or os.environ.get("FORMFILL_LANG") or "fr")[:2].lower()
    _current = wanted if wanted in LANGUAGES else "fr"
    return _current


def language() -> str:
    """The language in use, ``fr`` or ``en``."""
    return _current


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    return _gettext.translation("formfill", str(LOCALE_DIR), [code], fallback=True)


def gettext(message: str) -> str:
    """The sentence in the language in use; the argument is the French one."""
    return message if _current == "fr" else _catalogue(_current).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural sentence in the language in use; in French 0 and 1 are singular."""
    if _current == "fr":
        return one if count < 2 else many
    return _catalogue(_current).ngettext(one, many, count)
