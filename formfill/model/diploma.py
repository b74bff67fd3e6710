"""The diploma of a référentiel: its official texts, its options and its épreuves, session by session.

Attribute names are the keys of the TOML files, in French as the administration has them.
"""

from __future__ import annotations

# the annotations are read at run time, to build these types from the files
import datetime as dt  # noqa: TC003 – read from the annotations at run time
from dataclasses import dataclass

from formfill.model.label import Label, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalText(Sourced):
    """An official text of the diploma."""

    id: str
    titre: str
    identifiant_legifrance: str
    date: dt.date | None = None
    """Day it was signed."""
    jorf: str | None = None
    nor: str | None = None
    """NOR number, empty when it was not found."""
    nor_verified: bool | None = None
    effet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RncpSheet(Sourced):
    """A registration in the national directory, with the dates it is in force."""

    numero: str
    date_effet: dt.date
    date_fin: dt.date | None = None
    remplacee_par: str | None = None

    def in_force(self, day: dt.date) -> bool:
        """Tells whether the sheet is in force that day, first and last days included."""
        return self.date_effet <= day and (self.date_fin is None or day <= self.date_fin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diploma(Sourced):
    """The diploma the référentiel belongs to."""

    sigle: str
    intitule: str
    niveau_cnc: int
    """Level of the national framework of certifications, 1 to 8."""
    intitule_court: str | None = None
    entete_formulaires: str | None = None
    """The line its forms print at the top."""
    nsf: str | None = None
    certificateur: str | None = None
    premiere_session: int | None = None
    rncp: tuple[str, ...] = ()
    texte: str | None = None
    """Its official text, for a référentiel that lists no ``textes``."""
    textes: tuple[LegalText, ...] = ()
    fiches_rncp: tuple[RncpSheet, ...] = ()

    @property
    def name(self) -> str:
        """The shortest full name."""
        return self.intitule_court or self.intitule

    @property
    def label(self) -> Label:
        """The official title with its proof."""
        return self._label(self.intitule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Sourced):
    """An option of the diploma."""

    code: str
    lettre: str
    intitule: str
    case: str | None = None
    """The box and word that forms print for it."""

    @property
    def label(self) -> Label:
        """The official title with its proof."""
        return self._label(self.intitule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Epreuve(Sourced):
    """An épreuve as it stands for a range of sessions."""

    code: str
    intitule: str
    regime: str | None = None
    """The sessions it holds for, in one word: ``2022-2024``, ``2025-``."""
    session_debut: int | None = None
    session_fin: int | None = None
    blocs: tuple[str, ...] = ()
    """Ids of the blocs it evaluates."""
    options: tuple[str, ...] = ()
    """Codes of the options that sit it; empty when the diploma has none."""
    coefficient: int | None = None
    coefficient_verified: bool | None = None
    forme: str | None = None
    duree: str | None = None
    duree_verified: bool | None = None
    competences_evaluees: tuple[str, ...] = ()
    composantes: tuple[str, ...] = ()
    coefficients_composantes: tuple[int, ...] = ()
    formule: str | None = None

    @property
    def label(self) -> Label:
        """The official title with its proof."""
        return self._label(self.intitule)

    def holds_in(self, session: int) -> bool:
        """Tells whether it stands for the session (a year); open ends hold for ever."""
        return (self.session_debut or session) <= session <= (self.session_fin or session)
