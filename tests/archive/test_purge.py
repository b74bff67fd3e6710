"""What the rules no longer ask to keep goes, whole; all the rest stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from formfill.archive.add import Done, put
from formfill.archive.find import Criteria, find
from formfill.archive.purge import purge, survey
from formfill.archive.rules import Retention, Rules, load_rules
from formfill.archive.settle import Decision, decide, lift_hold, place_hold
from formfill.archive.tables import elimination
from formfill.archive.verify import verify
from formfill.errors import InvalidArchiveRulesError
from sqlalchemy import select
from tests.archive.cases import entry, ident

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.archive import Archive

TODAY = date(2027, 6, 1)


def rules(*, years: int = 1, days: int = 0, start: str = "session", forms: tuple[str, ...] = ("*",), destroy: bool = True) -> Rules:
    return Rules("regles.toml", (Retention("EXAMEN", "un texte", forms, start, years, 0, days, destroy),))


def left(archive: Archive) -> set[str]:
    return {one.id for one in find(archive, Criteria())}


def test_what_is_due_goes_and_the_rest_stays(archive: Archive) -> None:
    put(archive, [entry(1, session="2025"), entry(2, session="2026"), entry(3, session=None), entry(4, session="2024-2025")])
    put(archive, [entry(5, session="2020")])
    place_hold(archive, [ident(5)], "recours")
    decide(archive, ident(1), Decision("competences", "ticked", "vu", "Mme Fictive"))
    planned = survey(archive, rules(), TODAY)
    assert left(archive) == set(map(ident, range(1, 6)))
    done = purge(archive, rules(), TODAY, visa="AD-2027-3")
    assert done == planned
    assert {one.id for one in done.due} == {ident(1), ident(4)}
    assert [one.id for one in done.held] == [ident(5)]
    assert (done.kept, done.no_rule, done.no_session) == (1, 0, 1)
    assert left(archive) == {ident(2), ident(3), ident(5)}
    assert len(list(archive.contents.listed())) == 9
    assert verify(archive).problems == []
    with archive.begin() as connection:
        rows = connection.execute(select(elimination).order_by(elimination.c.id)).mappings().all()
    assert sorted(row["id"] for row in rows) == sorted([ident(1), ident(4)])
    assert {(row["visa"], row["rule"], row["due"], row["files"]) for row in rows} == {("AD-2027-3", "EXAMEN", "2027-01-01", 3)}
    assert purge(archive, rules(), TODAY).due == ()
    lift_hold(archive, [ident(5)])
    assert [one.id for one in purge(archive, rules(), TODAY).due] == [ident(5)]
    assert verify(archive).problems == []


def test_a_content_that_another_record_has_stays(archive: Archive) -> None:
    one, other = entry(1, session="2020"), entry(2, session="2026")
    put(archive, [one, replace(other, renditions=one.renditions)])
    purge(archive, rules(), TODAY)
    assert len(list(archive.contents.listed())) == 3
    assert verify(archive).problems == []


def test_what_was_eliminated_may_be_archived_again(archive: Archive) -> None:
    put(archive, [entry(1, session="2020")])
    purge(archive, rules(), TODAY)
    assert put(archive, [entry(1, session="2020")])[0].done is Done.ADDED
    assert verify(archive).problems == []


def test_nothing_of_a_person_is_left_in_the_file(light: Archive) -> None:
    put(light, [entry(number, session="2020", candidate=f"Zélie Introuvable{number}", text="Motsecret") for number in range(30)])
    assert light.path is not None
    assert b"Introuvable" in light.path.read_bytes()
    purge(light, rules(), TODAY)
    light.close()
    kept = light.path.read_bytes().lower()
    assert [word for word in (b"introuvable", b"motsecret", b"0234567890") if word in kept] == []
    assert list(light.contents.listed()) == []


@pytest.mark.parametrize(
    ("rule", "year", "added", "due"),
    [
        ({"years": 1}, 2025, "2025-07-01T00:00:00+00:00", "2027-01-01"),
        ({"years": 0}, 2025, "2025-07-01T00:00:00+00:00", "2026-01-01"),
        ({"years": 1}, None, "2025-07-01T00:00:00+00:00", None),
        ({"years": 4, "start": "added"}, None, "2024-02-29T23:00:00+00:00", "2028-03-01"),
        ({"years": 1, "start": "added"}, None, "2024-02-29T23:00:00+00:00", "2025-03-01"),
        ({"years": 0, "days": 30, "start": "added"}, None, "2025-12-15T00:00:00+00:00", "2026-01-15"),
        ({"years": 9999}, 2025, "2025-07-01T00:00:00+00:00", "9999-12-31"),
    ],
)
def test_the_day_when_it_may_go(rule: dict[str, int], year: int | None, added: str, due: str | None) -> None:
    [one] = rules(**rule).retention  # type: ignore[arg-type]
    found = one.due(year, added)
    assert (found.isoformat() if found else None) == due


def test_the_first_rule_about_a_form_counts(archive: Archive) -> None:
    put(archive, [entry(1, session="2000")])
    keep = rules(forms=("bts-sio-*",), destroy=False).retention + rules().retention
    assert survey(archive, Rules("x", keep), TODAY).due == ()
    assert survey(archive, Rules("x", rules(forms=("bts-ndrc-*",)).retention), TODAY).no_rule == 1
    with pytest.raises(InvalidArchiveRulesError):
        purge(archive, Rules("x"), TODAY)
    assert left(archive) == {ident(1)}


WHOLE = """
[[retention]]
rule = "EXAMEN"
reference = "un texte"
forms = ["bts-*"]
from = "session"
years = 1
[[retention]]
rule = "TOUJOURS"
action = "keep"
[seda]
archival_agency = "AD"
transferring_agency = "RECTORAT"
originating_agency = "DEC"
"""


def test_a_configuration_is_read(tmp_path: Path) -> None:
    path = tmp_path / "regles.toml"
    path.write_text(WHOLE, "utf-8")
    read = load_rules(path)
    first, second = read.retention
    assert (first.rule, first.forms, first.years, first.destroy) == ("EXAMEN", ("bts-*",), 1, True)
    assert (second.forms, second.destroy) == (("*",), False)
    assert read.agencies is not None
    assert read.of("bts-sio-fiche-sisr") is first
    assert read.of(None) is second


@pytest.mark.parametrize(
    ("was", "wrong"),
    [
        ('rule = "EXAMEN"', ""),
        ('rule = "EXAMEN"', 'rule = ""'),
        ("years = 1", ""),
        ("years = 1", "years = -1"),
        ("years = 1", "years = true"),
        ("years = 1", 'years = "1"'),
        ("years = 1", "year = 1"),
        ('from = "session"', 'from = "birth"'),
        ('from = "session"', ""),
        ('forms = ["bts-*"]', "forms = []"),
        ('action = "keep"', 'action = "burn"'),
        ('archival_agency = "AD"', ""),
        ("[seda]", "[sede]"),
        ("[[retention]]", "[[retention"),
        ("[seda]", "retention = 3\n[seda]"),
    ],
)
def test_a_wrong_configuration_is_said(tmp_path: Path, was: str, wrong: str) -> None:
    path = tmp_path / "regles.toml"
    assert was in WHOLE
    path.write_text(WHOLE.replace(was, wrong, 1), "utf-8")
    with pytest.raises(InvalidArchiveRulesError) as said:
        load_rules(path)
    assert "regles.toml" in str(said.value)
    assert said.value.exit_code == 7
    with pytest.raises(InvalidArchiveRulesError):
        load_rules(tmp_path / "absent.toml")
