"""Dates as people write them in French: ``12/03/2025``, ``12-3-25``, ``1er mars 2025``, ``mercredi 12 mars 2025``, ``2025-03-12``.

The day comes before the month, unless the year comes first. A month above 12 is no date: days and months are never exchanged.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final, NamedTuple

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juil jul",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
PIVOT: Final = 50
"""Years of two digits below it are of this century, the others of the last: nobody in a class of today was born in 2050."""
EARLIEST: Final = 1900
"""The first year that a person of a class, or a paper, can name: ``12/03/0025`` is no date."""
_SIGN: Final = r"\s*[/.\-\\]\s*"
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:\d{4}|['’]?\d{2})(?!\d)"
DATE: Final = re.compile(
    rf"(?<![\d])(?:(?P<iy>\d{{4}}){_SIGN}(?P<im>\d{{1,2}}){_SIGN}(?P<id>\d{{1,2}})(?!\d)"
    rf"|(?P<nd>\d{{1,2}})(?:{_SIGN}|\s+)(?P<nm>\d{{1,2}})(?:{_SIGN}|\s+)(?P<ny>\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?P<my_m>\d{{1,2}}){_SIGN}(?P<my_y>\d{{4}})(?!\d)"
    rf"|(?P<dm_d>\d{{1,2}})\s*/\s*(?P<dm_m>\d{{1,2}})(?!\d)"
    rf"|(?:(?P<td>\d{{1,2}})\s*(?:er\b|ᵉʳ)?[\s.\-/]*)?\b(?P<tm>{_MONTH})\b\.?(?:[\s.\-/,]*(?:de\s+)?(?P<ty>{_YEAR}))?"
    rf"|(?P<d>\d{{1,2}})(?:er\b)?(?!\d))"
)
"""One date, or a part of one, in folded text."""
_DAYS: Final = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim)\b\.?")
FILLER: Final = re.compile(r"[\s,.;:()]|\ble\b|\bla\b|\bdate\b|\bfait\b")


_DASHES: Final = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")
"""Hyphens, dashes and the minus sign."""


class Partial(NamedTuple):
    """A date, or as much of it as was written."""

    day: int | None
    month: int | None
    year: int | None

    def date(self) -> dt.date | None:
        """The date, None when a part is missing or when there is no such day."""
        if self.day is None or self.month is None or self.year is None or self.year < EARLIEST:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None


def folded(text: str) -> str:
    """The text in lower case, without accents and days of the week, with plain spaces and dashes."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(" " if c.isspace() else c for c in bare if unicodedata.category(c) not in ("Mn", "Cf"))
    return _DAYS.sub(" ", bare.translate(_DASHES).replace("1 er ", "1er "))


def partial(match: re.Match[str]) -> Partial:
    """What a match of :data:`DATE` says."""
    g = match.groupdict()
    if g["iy"]:
        return Partial(int(g["id"]), int(g["im"]), int(g["iy"]))
    if g["nd"]:
        return Partial(int(g["nd"]), int(g["nm"]), _year(g["ny"]))
    if g["my_m"]:
        return Partial(None, int(g["my_m"]), int(g["my_y"]))
    if g["dm_d"]:
        return Partial(int(g["dm_d"]), int(g["dm_m"]), None)
    if g["tm"]:
        return Partial(int(g["td"]) if g["td"] else None, MONTHS[g["tm"]], _year(g["ty"]) if g["ty"] else None)
    return Partial(int(g["d"]), None, None)


def _year(digits: str) -> int:
    digits = digits.lstrip("'’")
    year = int(digits)
    return year if len(digits) == 4 else 2000 + year if year < PIVOT else 1900 + year


def parse_date(text: str) -> str | None:
    """The date that a text is, as ISO 8601; None when it is none, is impossible, or says something else too."""
    bare = folded(text)
    found = [partial(match) for match in DATE.finditer(bare)]
    rest = FILLER.sub("", DATE.sub("", bare))
    if len(found) != 1 or rest.strip("-/ "):
        return None
    date = found[0].date()
    return None if date is None else date.isoformat()


def impossible_days(text: str) -> tuple[str, ...]:
    """The whole dates of a text that no calendar has, as ``31/02/2025``."""
    found = (partial(match) for match in DATE.finditer(folded(text)))
    return tuple(
        f"{date.day:02}/{date.month:02}/{date.year}"
        for date in found
        if date.day is not None and date.month is not None and (date.year or 0) >= EARLIEST and date.date() is None
    )


def french(iso: str) -> str:
    """An ISO 8601 date as French people write it: ``14/02/2025``."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
