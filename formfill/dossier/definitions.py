"""What each épreuve asks for, from ``formfill/dossiers/*.toml``, and its number in a session, from the référentiel."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from formfill import catalogue
from formfill.model.dossier import Asked, Piece

_FOLDER: Final = Path(__file__).parent.parent / "dossiers"


class Definition(NamedTuple):
    """The dossier of one diploma."""

    referentiel: str
    centre: tuple[str, ...]
    """Forms that belong to an exam centre and to no candidate."""
    epreuves: tuple[Asked, ...]

    def forms(self) -> frozenset[str]:
        """Every form that is a piece of an épreuve."""
        return frozenset(form for asked in self.epreuves for piece in asked.pieces for form in piece.forms)

    def epreuve(self, bloc: str, session: int | None, option: str | None) -> str | None:
        """The number of the épreuve that evaluates a bloc in a session; None without a session."""
        if session is None:
            return None
        known = catalogue.referentiel(self.referentiel)
        codes = {
            epreuve.code
            for epreuve in known.epreuves_of(session, option)
            if any(name.rpartition(":")[2] == bloc for name in epreuve.blocs)
        }
        return codes.pop() if len(codes) == 1 else None


@cache
def definition(name: str = "bts-sio") -> Definition:
    """The dossier of a diploma."""
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    return Definition(data["referentiel"], tuple(data["centre"]), tuple(_asked(table) for table in data["epreuves"]))


def _asked(table: dict[str, object]) -> Asked:
    pieces = table["pieces"]
    assert isinstance(pieces, list)
    found = tuple(Piece(**{**piece, "forms": tuple(piece["forms"])}) for piece in pieces)
    return Asked(str(table["bloc"]), str(table["title"]), found)
