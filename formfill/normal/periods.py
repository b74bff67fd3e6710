"""Periods as people write them: ``du 6 janvier au 14 février 2025``, ``01/2025 - 02/2025``, ``janvier-février 2025``.

What the first date leaves out is taken from the second (``du 6 au 14 février 2025``); months alone run from their first day to
their last. A year alone, a school year, several periods are left as they are: their days would be guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from formfill.normal.dates import DATE, FILLER, Partial, folded, partial

Period = tuple[str | None, str | None]

_LENGTH: Final = r"\b(?:soit\s+|pendant\s+|sur\s+|environ\s+)*\d+(?:[.,]\d+)?\s*(?:semaines?|sem|mois|jours?|j|heures?|h)\b"
_DURATION: Final = re.compile(rf"\(\s*{_LENGTH}[^()]{{0,20}}\)|{_LENGTH}")
_WORDS: Final = re.compile(
    r"\b(?:du|au|de|des|d|a|et|en|entre|jusqu|jusqu'au|le|la|puis|inclus|periode|stage|semaines?|from|to|debut|fin|s)\b|[-–→>=~'’/|&+]"
)
_OPEN: Final = re.compile(r"\b(?:depuis|a partir d[eu]|des le)\b|\bau\s*$|\ben cours\b|\ba ce jour\b|\baujourd'hui\b|[-→]\s*$")
_YEARS: Final = re.compile(r"(?<![\d/.\-])\s*(?:19|20)\d\d\s*(?:[-/]|a|et)\s*(?:19|20)\d\d\b(?![/.\-]\d)")


def parse_period(text: str) -> Period | None:
    """The first and the last day of a period, as ISO 8601; the last is None while it runs, the whole when it is no period."""
    bare = folded(text)
    if _YEARS.search(bare):
        return None
    bare = _DURATION.sub(" ", bare)
    # « 1er/01/2025 », « 1 janvier »: ordinals before a sign
    bare = re.sub(r"\b1er(?=\s*[/.\-])", "1", bare)
    matches = list(DATE.finditer(bare))
    found = [partial(match) for match in matches]
    rest = FILLER.sub("", _WORDS.sub("", _OPEN.sub("", DATE.sub(" ", bare))))
    if len(found) == 1:
        return _single(found[0], bare, rest)
    if len(found) != 2:
        return None
    start, end = found
    if rest and (start.date() is None or end.date() is None):
        return None
    return _between(start, end)


def _single(only: Partial, bare: str, rest: str) -> Period | None:
    if rest or only.month is None or only.year is None:
        return None
    if only.day is None:
        return _bounds(_first(only), _last(only)) if not _OPEN.search(bare) else _bounds(_first(only), None)
    date = only.date()
    if date is None:
        return None
    return (date.isoformat(), None) if _OPEN.search(bare) else (date.isoformat(), date.isoformat())


def _between(start: Partial, end: Partial) -> Period | None:
    if end.year is None or end.month is None:
        return None
    if (start.day is None) != (end.day is None):
        return None
    month = start.month if start.month is not None else end.month
    year = start.year
    if year is None:
        year = end.year - 1 if month > end.month else end.year
    begin = Partial(start.day, month, year)
    first, last = _first(begin), _last(end)
    return None if first is None or last is None else _bounds(first, last)


def _first(date: Partial) -> dt.date | None:
    return date._replace(day=date.day if date.day is not None else 1).date()


def _last(date: Partial) -> dt.date | None:
    if date.day is not None or date.month is None or date.year is None:
        return date.date()
    if not (1 <= date.month <= 12 and 1 <= date.year <= 9999):
        return None
    return dt.date(date.year, date.month, calendar.monthrange(date.year, date.month)[1])


def _bounds(first: dt.date | None, last: dt.date | None) -> Period | None:
    return None if first is None else (first.isoformat(), last.isoformat() if last else None)
