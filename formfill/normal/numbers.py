"""Numbers as people write them: ``14,5``, ``14,5 / 20``, ``1 200,50 €``; candidates' numbers; exam sessions."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(
    r"(?<![\w.,])[-\u2212]?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?(?![\w])|(?<![\w.,])[-\u2212]?\d+(?:[.,]\d+)?(?!\w|[.,]\d)"
)
_OUT_OF: Final = re.compile(r"/\s*\d+\b")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PART: Final = re.compile(r"[^\W_]+")
_BESIDE: Final = frozenset(("N", "NO", "NUM", "NUMERO", "NUMÉRO", "CANDIDAT", "CANDIDATE", "OPTION", "SISR", "SLAM"))
_DIGITS: Final = re.compile(r"\d+")
_OUT_OF_TWO: Final = re.compile(r"\d\s*(?:/|sur)\s*2\b")


def parse_number(text: str) -> int | float | None:
    """The one number that a text holds; None when it holds none or several. What it is out of, ``/ 20``, is left aside."""
    found = _NUMBER.findall(_OUT_OF.sub(" ", text))
    if len(found) != 1:
        return None
    digits = re.sub(r"[ \u00a0\u202f]", "", found[0]).replace("\u2212", "-")
    if digits.count(".") > 1 or ("." in digits and "," in digits):
        digits = digits.replace(".", "")
    value = float(digits.replace(",", "."))
    return int(value) if value.is_integer() else value


def parse_identifier(text: str) -> str | None:
    """A candidate's number without spaces, dots and dashes, in capitals; None when nothing is left, or no digit.

    Words that people write beside it (``N° 0234567890``, ``0234567890 (SISR)``) are no part of it.
    """
    parts = _PART.findall(text.upper().replace("N°", " ").replace("Nº", " "))
    bare = "".join(part for part in parts if part not in _BESIDE)
    return bare if any(c.isdigit() for c in bare) else None


def parse_session(text: str) -> int | None:
    """The year of a session; None unless the text holds exactly one year, and no other number than a day and a month."""
    years = _YEAR.findall(text)
    others = [digits for digits in _DIGITS.findall(_YEAR.sub(" ", text)) if len(digits) > 2]
    return int(years[0]) if len(years) == 1 and not others else None


def parse_realisation(text: str) -> int | None:
    """1 or 2 as people write the number of a réalisation: ``1``, ``n° 2``, ``1/2``, ``Réalisation 2``; None for anything else."""
    digits = _DIGITS.findall(text)
    if len(digits) == 2 and digits[1] == "2" and _OUT_OF_TWO.search(text):
        digits.pop()
    return int(digits[0]) if len(digits) == 1 and digits[0].lstrip("0") in ("1", "2") else None
