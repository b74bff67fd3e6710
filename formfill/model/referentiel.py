"""A référentiel: a diploma's blocs, compétences, activités and indicateurs, each with its proof.

Attribute names are the keys of the TOML files, in French as the administration has them; nothing of a file is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

# the annotations are read at run time, to build these types from the files
from formfill.model.diploma import Diploma, Epreuve, Option  # noqa: TC001 – read from the annotations at run time
from formfill.model.grading import NonCompliance, Penalty, Rule, Scale, Typography  # noqa: TC001 – read from the annotations at run time
from formfill.model.label import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from formfill.model.label import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Activite(Labelled):
    """An activité (sous-compétence) of a compétence."""

    ordre: int
    libelle_rap: str | None = None
    """The nominal wording of the référentiel des activités professionnelles."""
    code_officiel: bool = True
    """False when the code is ours."""
    critere: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicateur(Labelled):
    """An indicateur de performance of a compétence."""

    ordre: int
    elements: tuple[str, ...] = ()
    """The items of the list it introduces."""
    elements_variants: tuple[str, ...] = ()
    observables: tuple[str, ...] = ()
    poids_soutenance: float | None = None
    variants_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(Labelled):
    """A compétence of a bloc."""

    id: str
    """Unique in the référentiel, where ``code`` is shared by the options."""
    options: tuple[str, ...] = ()
    libelle_rap: str | None = None
    libelle_rap_note: str | None = None
    code_officiel: bool = True
    """False when the code is ours."""
    code_variants: tuple[str, ...] = ()
    indicateurs_complets: bool | None = None
    indicateurs_note: str | None = None
    poids: tuple[float, ...] = ()
    poids_composantes: tuple[str, ...] = ()
    activites: tuple[Activite, ...] = ()
    indicateurs: tuple[Indicateur, ...] = ()

    def activite(self, code: str) -> Activite | None:
        """The activité of that code, None when the compétence has none."""
        return next((a for a in self.activites if a.code == code), None)

    def indicateur(self, code: str) -> Indicateur | None:
        """The indicateur of that code, None when the compétence has none."""
        return next((i for i in self.indicateurs if i.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CritereTransversal(Labelled):
    """A row that evaluation grids print beside the compétences, without activité nor indicateur."""

    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc(Labelled):
    """A bloc de compétences."""

    id: str
    """Unique in the référentiel, where ``code`` is shared by the options."""
    options: tuple[str, ...] = ()
    rncp: tuple[str, ...] = ()
    criteres_transversaux: tuple[CritereTransversal, ...] = ()
    competences: tuple[Competence, ...] = ()

    def competence(self, key: str, option: str | None = None) -> Competence | None:
        """The compétence of that id, or of that code for the option; None when none or several answer."""
        return _only(self.competences, key, option)

    def critere(self, code: str) -> CritereTransversal | None:
        """The critère transversal of that code, None when the bloc has none."""
        return next((c for c in self.criteres_transversaux if c.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedCompetence(Labelled):
    """A compétence that the diploma leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document that wordings were read in."""

    id: str
    titre: str
    localisation: str
    adresse: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many entries the file says that it holds."""

    competences: int
    blocs: int | None = None
    activites: int | None = None
    indicateurs: int | None = None
    lignes_d_indicateurs: int | None = None
    """Each item of a list counts, its introduction does not."""
    indicateurs_verifies: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referentiel:
    """A whole référentiel."""

    schema_version: int
    referentiel: str
    """Its id, the stem of its file."""
    langue: str
    diplome: Diploma
    blocs: tuple[Bloc, ...]
    sources: tuple[Reference, ...]
    comptes: Counts
    options: tuple[Option, ...] = ()
    epreuves: tuple[Epreuve, ...] = ()
    typographie: Typography | None = None
    echelles: tuple[Scale, ...] = field(default=(), metadata={"keyed": True})
    """In the file, one table per id."""
    penalites: tuple[Penalty, ...] = ()
    motifs_non_conformite: tuple[NonCompliance, ...] = ()
    regles: tuple[Rule, ...] = ()
    competences_non_mobilisees: tuple[UnusedCompetence, ...] = ()

    def bloc(self, key: str, option: str | None = None) -> Bloc | None:
        """The bloc of that id, or of that code for the option; None when none or several answer."""
        return _only(self.blocs, key, option)

    def competence(self, key: str, option: str | None = None) -> Competence | None:
        """The compétence of that id, or of that code for the option; None when none or several answer."""
        return _only([c for b in self.blocs for c in b.competences], key, option)

    def reference(self, source_id: str) -> Reference | None:
        """The document of that id, None when the file lists none."""
        return next((s for s in self.sources if s.id == source_id), None)

    def epreuves_of(self, session: int, option: str | None = None) -> tuple[Epreuve, ...]:
        """The épreuves of a session (a year), of one option or of all."""
        return tuple(e for e in self.epreuves if e.holds_in(session) and (option is None or not e.options or option in e.options))

    def epreuve_of(self, bloc_id: str, session: int, option: str | None = None) -> Epreuve | None:
        """The épreuve that evaluates a bloc in a session; None when none or several answer."""
        found = [e for e in self.epreuves_of(session, option) if bloc_id in e.blocs]
        return found[0] if len(found) == 1 else None

    def on(self, day: date) -> Referentiel:
        """The référentiel as it stood that day.

        Official texts signed later, RNCP sheets not in force and épreuves of sessions of other years are left out; entries without
        a date stay. Wordings carry no date in the files: they are the same every day.
        """
        diplome = replace(
            self.diplome,
            textes=tuple(t for t in self.diplome.textes if t.date is None or t.date <= day),
            fiches_rncp=tuple(f for f in self.diplome.fiches_rncp if f.in_force(day)),
        )
        return replace(self, diplome=diplome, epreuves=self.epreuves_of(day.year))

    def label_on(self, code: str, day: date, option: str | None = None) -> Label | None:
        """The official wording behind a code that day; None when nothing, or several things, bear that code.

        Args:
            code: id or code of a bloc, compétence, critère transversal, activité, indicateur, or épreuve (``E5``, dated).
            day: the day asked about; it matters for épreuves only, which are renamed from one session to another.
            option: code of the option, where a code is shared.
        """
        labels = [label for keys, label in self.on(day)._named(option) if code in keys]
        return labels[0] if len(labels) == 1 else None

    def labels(self, option: str | None = None) -> Iterator[tuple[str, Label]]:
        """Every wording once, with the id of its bloc or compétence, or its code; of one option or of all."""
        yield from ((keys[0], label) for keys, label in self._named(option))

    def _named(self, option: str | None) -> Iterator[tuple[tuple[str, ...], Label]]:
        yield from (((e.code,), e.label) for e in self.epreuves if _concerns(e.options, option))
        for bloc in self.blocs:
            if not _concerns(bloc.options, option):
                continue
            yield (bloc.id, bloc.code), bloc.label
            yield from (((c.code,), c.label) for c in bloc.criteres_transversaux)
            for competence in bloc.competences:
                if _concerns(competence.options, option):
                    yield (competence.id, competence.code), competence.label
                    yield from (((a.code,), a.label) for a in competence.activites)
                    yield from (((i.code,), i.label) for i in competence.indicateurs)


def _concerns(options: tuple[str, ...], option: str | None) -> bool:
    return option is None or not options or option in options


class _Keyed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def options(self) -> tuple[str, ...]: ...


_K = TypeVar("_K", bound=_Keyed)


def _only(entries: Iterable[_K], key: str, option: str | None) -> _K | None:
    entries = [e for e in entries if _concerns(e.options, option)]
    found = [e for e in entries if e.id == key] or [e for e in entries if e.code == key]
    return found[0] if len(found) == 1 else None
