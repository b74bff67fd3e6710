"""Numbers as the sheet shows them: general, fixed, percent, dates and times (ECMA-376 Part 1 §18.8.30, §18.8.31). Pure.

The signs are those of a French Excel: a decimal comma, dates day first. A format that is not understood leaves the number as it is
stored: nothing is made up.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "dd-mmm-yy", 16: "dd-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 49: "@",
}  # fmt: skip
"""Format codes that the file does not spell out (§18.8.30), those of dates in French order; the others are read as general."""

_MONTHS: Final = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_SHORT_MONTHS: Final = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
_DAYS: Final = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?:.)|\*(?:.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>AM/PM|A/P)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)|(?P<digits>[#0?][#0?,]*(?:\.[#0?]+)?)"
    r"|(?P<percent>%)|(?P<text>@)|(?P<general>General)|(?P<other>.)",
    re.DOTALL,
)
_SECTION: Final = re.compile(r';|(?:"[^"]*"|\\.|[^;"\\])+')
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED: Final = re.compile("[hms]+", re.IGNORECASE)


class _Code:
    """One section of a format code, cut in tokens."""

    def __init__(self, section: str) -> None:
        self.tokens = [(match.lastgroup or "skip", match[0], match[match.lastgroup] if match.lastgroup else "") for match in
                       _TOKEN.finditer(section)]  # fmt: skip
        kinds = {kind for kind, _whole, _inside in self.tokens}
        elapsed = any(kind == "bracket" and _ELAPSED.fullmatch(inside) for kind, _whole, inside in self.tokens)
        self.is_date = bool(kinds & {"date"}) or elapsed
        self.is_number = "digits" in kinds
        self.is_general = not self.tokens or bool(kinds & {"general", "text"})
        self.condition = next(
            (found for kind, _whole, inside in self.tokens if kind == "bracket" and (found := _CONDITION.fullmatch(inside))), None
        )

    @property
    def is_empty(self) -> bool:
        """Tells whether it shows nothing whatever the value: what is left is a colour or a condition."""
        return all(kind in ("bracket", "skip") for kind, _whole, _inside in self.tokens)

    @property
    def literal(self) -> str:
        """What it shows when it shows no part of the number: signs and words of its own."""
        return "".join(inside for kind, _whole, inside in self.tokens if kind in ("quoted", "escaped", "other"))

    def holds(self, number: Decimal) -> bool:
        """Whether the number meets its condition (§18.8.31)."""
        if self.condition is None:
            return True
        limit = Decimal(self.condition[2])
        return {
            "=": number == limit,
            "<>": number != limit,
            "<": number < limit,
            "<=": number <= limit,
            ">": number > limit,
            ">=": number >= limit,
        }[self.condition[1]]


@lru_cache(maxsize=1024)
def _codes(code: str) -> tuple[_Code, ...]:
    """The sections of a format code, those that hold nothing among them; none for General."""
    if not code:
        return ()
    sections = [""]
    for part in _SECTION.findall(code):
        if part == ";":
            sections.append("")
        else:
            sections[-1] += part
    return tuple(_Code(section) for section in sections[:4])


def _section(codes: tuple[_Code, ...], number: Decimal) -> _Code:
    """The section that shows a number: that of its condition, else of its sign (§18.8.31)."""
    if any(code.condition is not None for code in codes[:2]):
        return next((code for code in codes[:3] if code.holds(number)), codes[0])
    return codes[1] if number < 0 and len(codes) > 1 else codes[2] if number == 0 and len(codes) > 2 else codes[0]


@lru_cache(maxsize=4096)
def hides(code: str, text: str, *, number: bool) -> bool:
    """Tells whether a format shows nothing of a value: ``;;;`` (§18.8.31).

    Args:
        code: the format code.
        text: the text of the cell.
        number: whether it is a number.
    """
    codes = _codes(code)
    if len(codes) < 2:
        return False
    if not number:
        return len(codes) > 3 and codes[3].is_empty
    try:
        return _section(codes, Decimal(text.replace(",", "."))).is_empty
    except InvalidOperation:
        return False


@lru_cache(maxsize=4096)
def displayed_text(text: str, code: str) -> str:
    """A text as shown: its section of the format, the last one with an @, may put a box before it (§18.8.31)."""
    codes = _codes(code)
    section = codes[3] if len(codes) > 3 else codes[-1] if codes else None
    if section is None or not any(kind == "text" for kind, _whole, _inside in section.tokens):
        return text
    shown = {"text": text}
    kinds = ("quoted", "escaped", "other", "text")
    return "".join(shown.get(kind, inside) for kind, _whole, inside in section.tokens if kind in kinds)


def may_hide(code: str) -> bool:
    """Tells whether a format shows nothing of some values."""
    return ";" in code and any(section.is_empty for section in _codes(code))


def is_date(code: str) -> bool:
    """Tells whether the format shows a date or a time."""
    codes = _codes(code)
    return bool(codes) and codes[0].is_date


@lru_cache(maxsize=65536)
def displayed(value: str, code: str, date1904: bool = False) -> str:
    """The number as shown.

    Args:
        value: as stored in ``v``.
        code: the format code; empty for General.
        date1904: whether dates count from 1904 (§18.2.28) rather than 1900.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    codes = _codes(code)
    if not codes or (codes[0].is_general and len(codes) == 1):
        return general(number, value)
    chosen = _section(codes, number)
    if chosen.is_general or chosen.is_empty:
        return general(number, value)
    if chosen.is_date:
        return _date(number, chosen, date1904) or general(number, value)
    if chosen.is_number:
        return _number(abs(number) if chosen is not codes[0] else number, chosen)
    # a format may draw a box for a number: [=1]"☒";"☐"
    return chosen.literal.strip() or general(number, value)


def general(number: Decimal, value: str) -> str:
    """The number in the General format: at most 11 digits, no zeros at its end, a decimal comma."""
    if abs(number) >= Decimal(10) ** 11 and number != number.to_integral_value():
        return value
    if abs(number) >= Decimal(10) ** 20 or (number != 0 and abs(number) < Decimal("1e-9")):
        return value
    if number == number.to_integral_value():
        return str(int(number))
    whole = len(str(abs(int(number))))
    text = f"{number.quantize(Decimal(1).scaleb(-max(0, 10 - whole)), ROUND_HALF_UP):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _number(number: Decimal, code: _Code) -> str:
    if abs(number) >= Decimal(10) ** 25:
        return str(number)
    for kind, _whole, _inside in code.tokens:
        if kind == "percent":
            number *= 100
    parts, done = [], False
    for kind, token, inside in code.tokens:
        if kind == "digits" and not done:
            parts.append(_digits(number, token))
            done = True
        elif kind in {"quoted", "escaped", "other"}:
            parts.append(inside)
        elif kind == "percent":
            parts.append("%")
        elif kind == "bracket" and inside.startswith("$"):
            parts.append(inside[1:].partition("-")[0])
    return "".join(parts)


def _digits(number: Decimal, pattern: str) -> str:
    before, _point, after = pattern.partition(".")
    text = f"{abs(number).quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP):f}"
    whole, _point, rest = text.partition(".")
    while rest and len(rest) > after.rstrip("#?").__len__() and rest.endswith("0"):
        rest = rest[:-1]
    whole = whole.lstrip("0").rjust(before.count("0"), "0")
    if "," in before:
        groups = re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole)
        whole = "\u202f".join(groups)
    sign = "-" if number < 0 and (whole.strip("0\u202f") or rest.strip("0")) else ""
    return sign + whole + ("," + rest if rest else "")


def _date(number: Decimal, code: _Code, date1904: bool) -> str | None:
    """The date shown; None when there is no such day: Excel counts a 29 February 1900 that never was (§18.17.4.1)."""
    if not 0 <= number < 2_958_466 or (60 <= number < 61 and not date1904):
        return None
    seconds = int((number * 86_400).to_integral_value(ROUND_HALF_UP))
    days = seconds // 86_400
    # a date of a sheet has no time zone (ECMA-376 Part 1 §18.17.4)
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30) if days > 60 else datetime(1899, 12, 31)  # noqa: DTZ001
    try:
        moment = epoch + timedelta(seconds=seconds)
    except OverflowError:
        return None
    half = any(kind == "ampm" for kind, _whole, _inside in code.tokens)
    parts: list[str] = []
    before = ""
    for index, (kind, _token, inside) in enumerate(code.tokens):
        if kind == "date":
            unit = inside[0].lower()
            after = next((text[0].lower() for name, _t, text in code.tokens[index + 1 :] if name == "date"), "")
            minutes = unit == "m" and len(inside) <= 2 and (before == "h" or after == "s")
            parts.append(_unit(moment, "n" if minutes else unit, len(inside.partition(".")[0]), half))
            before = unit if not minutes else "n"
        elif kind == "bracket" and _ELAPSED.fullmatch(inside):
            unit = inside[0].lower()
            parts.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[unit]).rjust(len(inside), "0"))
            before = unit
        elif kind in {"quoted", "escaped", "other"}:
            parts.append(inside)
        elif kind == "ampm":
            parts.append("AM" if moment.hour < 12 else "PM")
    return "".join(parts)


def _unit(moment: datetime, unit: str, length: int, half: bool) -> str:
    """One unit of a date: ``y``, ``m`` (month), ``n`` (minute), ``d``, ``h``, ``s``."""
    if unit == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if unit == "m" and length > 2:
        name = _MONTHS[moment.month - 1]
        return {3: _SHORT_MONTHS[moment.month - 1], 5: name[0].upper()}.get(length, name)
    if unit == "d" and length > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] + "." if length == 3 else name
    hour = (moment.hour % 12 or 12) if half else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[unit]
    return str(value).rjust(min(length, 2), "0")
