"""The configuration of an archive, a TOML file: how long what is kept, and who transfers to whom.

How long exam papers are kept depends on texts and academies: there is no default, and what no rule names is kept.

    [[retention]]
    rule = "EXAMEN-1"                    # its name in lists and in transfers
    reference = "…"                      # the text that asks for it
    forms = ["bts-sio-*"]                # all by default
    from = "session"                     # 31 December of the session's year; or "added", the day of entry
    years = 1                            # and months, days
    action = "destroy"                   # or "keep": never eliminated

    [seda]
    archival_agency = "…"
    transferring_agency = "…"
    originating_agency = "…"
    agreement = "…"                      # optional
"""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from formfill.errors import InvalidArchiveRulesError
from formfill.files import reason
from formfill.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

_KEYS: Final = frozenset(("rule", "reference", "forms", "from", "years", "months", "days", "action"))
_SEDA: Final = ("archival_agency", "transferring_agency", "originating_agency", "agreement")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long some forms are kept."""

    rule: str
    reference: str
    forms: tuple[str, ...]
    """Patterns of form ids; ``-`` is what is no known form."""
    start: str
    """``session`` or ``added``."""
    years: int
    months: int
    days: int
    destroy: bool

    def covers(self, form: str | None) -> bool:
        """Whether it is about a form."""
        return any(fnmatchcase(form or "-", pattern) for pattern in self.forms)

    def began(self, year: int | None, added: str) -> date | None:
        """The day the time is counted from; None when the record does not say its session."""
        if self.start == "added":
            return date.fromisoformat(added[:10])
        return date(year, 12, 31) if year is not None else None

    def due(self, year: int | None, added: str) -> date | None:
        """The first day when it may be eliminated; None when nothing tells."""
        start = self.began(year, added)
        if start is None:
            return None
        months = start.month - 1 + self.months + 12 * self.years
        when, month = start.year + months // 12, months % 12 + 1
        if when > date.max.year - 1:
            return date.max
        day = min(start.day, calendar.monthrange(when, month)[1])
        return date(when, month, day) + timedelta(days=self.days + 1)


@dataclass(frozen=True, slots=True)
class Agencies:
    """Who transfers to whom."""

    archival_agency: str
    transferring_agency: str
    originating_agency: str
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """A configuration that was read."""

    where: str
    retention: tuple[Retention, ...] = ()
    agencies: Agencies | None = None

    def of(self, form: str | None) -> Retention | None:
        """The first rule about a form."""
        return next((one for one in self.retention if one.covers(form)), None)


def load_rules(path: Path) -> Rules:
    """Reads a configuration; raises :class:`~formfill.errors.InvalidArchiveRulesError` with what is wrong and where."""
    where = str(path)
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise _wrong(where, _("ce fichier ne peut pas être lu ({reason}).").format(reason=reason(error))) from error
    except ValueError as error:
        raise _wrong(where, _("ce n’est pas du TOML lisible ({reason}).").format(reason=error)) from error
    if unknown := sorted(set(data) - {"retention", "seda"}):
        raise _wrong(where, _("« {key} » n’est pas une clé connue.").format(key=unknown[0]))
    listed = data.get("retention", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise _wrong(where, _("« {key} » a une valeur incorrecte.").format(key="retention"))
    agencies = data.get("seda")
    return Rules(
        where=where,
        retention=tuple(_retention(where, number, one) for number, one in enumerate(listed, 1)),
        agencies=_agencies(where, agencies) if agencies is not None else None,
    )


def _wrong(where: str, seen: str) -> InvalidArchiveRulesError:
    return InvalidArchiveRulesError(where=where, seen=seen, advice=_("Le guide montre une configuration complète."))


def _retention(where: str, number: int, said: dict[str, Any]) -> Retention:
    where = f"{where}: [[retention]] {number}"
    if unknown := sorted(set(said) - _KEYS):
        raise _wrong(where, _("« {key} » n’est pas une clé connue.").format(key=unknown[0]))
    forms = said.get("forms", ["*"])
    lasts = [said.get(key, 0) for key in ("years", "months", "days")]
    action = said.get("action", "destroy")
    right = {
        "rule": isinstance(said.get("rule"), str) and said["rule"].strip() != "" and said["rule"].isprintable(),
        "reference": isinstance(said.get("reference", ""), str),
        "forms": isinstance(forms, list) and forms != [] and all(isinstance(one, str) for one in forms),
        "from": said.get("from") in ("session", "added") or action == "keep",
        "years": all(type(one) is int and 0 <= one <= 10_000 for one in lasts),
        "action": action in ("destroy", "keep"),
    }
    for key, fine in right.items():
        if not fine:
            raise _wrong(where, _("« {key} » manque ou a une valeur incorrecte.").format(key=key))
    if action == "destroy" and not set(said) & {"years", "months", "days"}:
        raise _wrong(where, _("la durée manque (years, months ou days)."))
    years, months, days = lasts
    start = said.get("from", "added")
    return Retention(said["rule"], said.get("reference", ""), tuple(forms), start, years, months, days, action == "destroy")


def _agencies(where: str, said: object) -> Agencies:
    where = f"{where}: [seda]"
    if not isinstance(said, dict):
        raise _wrong(where, _("« {key} » a une valeur incorrecte.").format(key="seda"))
    if unknown := sorted(set(said) - set(_SEDA)):
        raise _wrong(where, _("« {key} » n’est pas une clé connue.").format(key=unknown[0]))
    for key in _SEDA:
        value = said.get(key)
        if (value is None and key != "agreement") or (value is not None and not (isinstance(value, str) and value.strip())):
            raise _wrong(where, _("« {key} » manque ou a une valeur incorrecte.").format(key=key))
    return Agencies(**said)
