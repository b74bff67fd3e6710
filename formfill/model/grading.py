"""How a référentiel is marked: scales of levels, penalties, grounds of non-compliance, rules, and the typography of forms.

Attribute names are the keys of the TOML files, in French as the administration has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from formfill.model.label import Labelled, Sourced


class PenaltyMode(StrEnum):
    """How the points of a penalty are taken."""

    FORFAIT = "forfait"
    """All of them."""
    MAXIMUM = "maximum"
    """That many at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolBox:
    """An empty box printed with a symbol font."""

    police: str
    caractere: str
    formulaires: tuple[str, ...]
    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """What is not a difference when wordings are compared, as seen on official and real forms."""

    apostrophes_equivalentes: tuple[str, ...]
    ligatures_equivalentes: tuple[str, ...]
    """Pairs: ``œ=oe``."""
    puces: tuple[str, ...]
    cases_vides: tuple[str, ...]
    cases_cochees: tuple[str, ...]
    verified: bool
    espaces: str | None = None
    point_final: str | None = None
    apostrophes_mixtes: str | None = None
    cases_vides_symboles: tuple[SymbolBox, ...] = ()
    cases_vides_champs: str | None = None
    cases_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What one level of a scale means."""

    niveau: str
    """The level described, one of the scale's ``niveaux``: not the nature of a proof."""
    ordre: int
    textes: tuple[str, ...]
    verified: bool
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Sourced):
    """A scale of levels, lowest first."""

    id: str
    usage: str
    niveaux: tuple[str, ...]
    exclusif: bool
    """True when one level at most may be ticked on a row."""
    titre: str | None = None
    niveaux_competence: tuple[str, ...] = ()
    niveaux_sous_competence: tuple[str, ...] = ()
    cases_par_competence: int | None = None
    cases_par_sous_competence: int | None = None
    variants: tuple[str, ...] = ()
    libelles: tuple[str, ...] = ()
    observables: tuple[str, ...] = ()
    valeurs: tuple[int, ...] = ()
    non_evalue: str | None = None
    descripteurs: tuple[Descriptor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty(Labelled):
    """A penalty printed on evaluation grids."""

    points: int
    mode: PenaltyMode
    blocs: tuple[str, ...]
    annexes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NonCompliance(Labelled):
    """A ground for declaring a candidate's dossier non-compliant."""

    effet: str
    blocs: tuple[str, ...]
    annexes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Sourced):
    """A control that the official form itself makes."""

    code: str
    enonce: str
    origine: str
