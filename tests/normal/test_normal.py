"""Dates, periods, numbers and addresses as people write them; what is impossible or ambiguous is never turned into something."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest
from formfill.normal import parse_date, parse_identifier, parse_number, parse_period, parse_session, parse_url
from hypothesis import given
from hypothesis import strategies as st

MONTHS: Final = [
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
DAYS: Final = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
WAYS: Final = (
    "{0.day:02}/{0.month:02}/{0.year}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day}-{0.month}-{0.year}",
    "{0.day:02}.{0.month:02}.{0.year}",
    "{0.day:02} / {0.month:02} / {0.year}",
    "{0.day} {1} {0.year}",
    "{0.day} {2} {0.year}",
    "le {0.day} {1} {0.year}",
    "{3} {0.day} {1} {0.year}",
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}/{0.month:02}/{0.day:02}",
)
days = st.dates(dt.date(1970, 1, 1), dt.date(2049, 12, 31))


def written(day: dt.date, way: str) -> str:
    return way.format(day, MONTHS[day.month - 1], MONTHS[day.month - 1].upper(), DAYS[day.weekday()])


@given(days, st.sampled_from(WAYS))
def test_a_date_is_the_same_in_every_way(day: dt.date, way: str) -> None:
    assert parse_date(written(day, way)) == day.isoformat()


@given(days)
def test_a_year_of_two_digits_is_of_a_living_person(day: dt.date) -> None:
    assert parse_date(f"{day.day}/{day.month}/{day.year % 100:02}") == day.isoformat()


@given(
    days,
    days,
    st.sampled_from(WAYS),
    st.sampled_from(("du {} au {}", "{} - {}", "{} → {}", "de {} à {}", "Du {} au {} (6 semaines)")),
)
def test_a_period_is_its_two_dates(first: dt.date, last: dt.date, way: str, joined: str) -> None:
    assert parse_period(joined.format(written(first, way), written(last, way))) == (first.isoformat(), last.isoformat())


@given(st.text(max_size=40))
def test_nothing_makes_them_fail(text: str) -> None:
    for parse in (parse_date, parse_period, parse_number, parse_identifier, parse_session, parse_url):
        parse(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12-3-25", "2025-03-12"),
        ("1er mars 2025", "2025-03-01"),
        ("1er Mars 2025.", "2025-03-01"),
        ("mer. 12 mars 2025", "2025-03-12"),
        ("12 sept. 2025", "2025-09-12"),
        ("03/02/98", "1998-02-03"),
        ("31/02/2025", None),
        ("03/25/2025", None),
        ("24/2/202", None),
        ("12 mars", None),
        ("mars 2025", None),
        ("12/03/2025 ou 13/03/2025", None),
        ("vers le 12/03/2025", None),
        ("2025", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("du 6 janvier au 14 février 2025", ("2025-01-06", "2025-02-14")),
        ("du 6 au 14 février 2025", ("2025-02-06", "2025-02-14")),
        ("du 15 décembre au 10 janvier 2025", ("2024-12-15", "2025-01-10")),
        ("01/2025 - 02/2025", ("2025-01-01", "2025-02-28")),
        ("janvier-février 2024", ("2024-01-01", "2024-02-29")),
        ("novembre 2024 à janvier 2025", ("2024-11-01", "2025-01-31")),
        ("mars 2025", ("2025-03-01", "2025-03-31")),
        ("depuis le 12/03/2025", ("2025-03-12", None)),
        ("6 janvier 2025 au", ("2025-01-06", None)),
        ("01/10/24 au 15/12/24", ("2024-10-01", "2024-12-15")),
        ("2024-2025", None),
        ("2024 à 2026", None),
        ("2025", None),
        ("31/02/2025 au 15/03/2025", None),
        ("du 1/1/25 au 2/1/25 et du 3/1/25 au 4/1/25", None),
        ("Semaine 12 à 15", None),
        ("le mois de mars", None),
    ],
)
def test_periods(text: str, period: tuple[str, str | None] | None) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("14,5", 14.5),
        ("14 / 20", 14),
        ("1 200,50 €", 1200.5),
        ("1.200,50", 1200.5),
        ("6 semaines", 6),
        ("12 ou 13", None),
        ("treize", None),
    ],
)
def test_numbers(text: str, number: float | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "year"), [("2026", 2026), ("juin 2026", 2026), ("2024-2025", None), ("06/02026", None), ("", None)]
)
def test_sessions(text: str, year: int | None) -> None:
    assert parse_session(text) == year


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("02 345.678-901", "02345678901"),
        ("n° ab12", "AB12"),
        ("N° 0234567890 (SISR)", "0234567890"),
        ("060123456AB", "060123456AB"),
        ("aucun", None),
    ],
)
def test_identifiers(text: str, bare: str | None) -> None:
    assert parse_identifier(text) == bare


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://candide.example.org/p?a=1", "https://candide.example.org/p?a=1"),
        ("voir www.example.org.", "https://www.example.org"),
        ("candide.github.io/portfolio", "https://candide.github.io/portfolio"),
        ("https://example.org/un/\nlong", "https://example.org/un/long"),
        ("https ://example.org", None),
        ("contact@example.org", None),
        ("http://a.example.org http://b.example.org", None),
        ("à venir", None),
    ],
)
def test_urls(text: str, url: str | None) -> None:
    assert parse_url(text) == url


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("6 semaines (05/01/2026 - 13/02/2026)", ("2026-01-05", "2026-02-13")),
        ("05/01/2026 – 13/02/2026 (soit 6 semaines de stage)", ("2026-01-05", "2026-02-13")),
        ("du 05/01/0026 au 13/02/0026", None),
    ],
)
def test_a_duration_beside_the_dates_takes_none_of_them_away(text: str, period: tuple[str, str] | None) -> None:
    assert parse_period(text) == period


def test_addresses_with_accents() -> None:
    assert parse_url("portfolio.élève.example.fr/a") == "https://portfolio.élève.example.fr/a"
