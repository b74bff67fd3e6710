"""What was written, in a form that programs compare: dates, periods, numbers, addresses. Pure; nothing is guessed.

Each function gives None for what is not, or not surely, the thing asked for: an impossible day, a date without a year.
"""

from __future__ import annotations

from formfill.normal.dates import parse_date
from formfill.normal.numbers import parse_identifier, parse_number, parse_realisation, parse_session
from formfill.normal.periods import parse_period
from formfill.normal.urls import parse_url

__all__ = ["parse_date", "parse_identifier", "parse_number", "parse_period", "parse_realisation", "parse_session", "parse_url"]
