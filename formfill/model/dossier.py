"""What a candidate hands in for an épreuve, and the dossiers of a whole class. It knows neither files nor rules."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from formfill.model.record import Record
    from formfill.model.report import Finding


class Candidate(NamedTuple):
    """A person, as the documents or a list name them."""

    name: str | None
    """As most documents write it."""
    number: str | None
    session: int | None = None
    option: str | None = None
    """``SISR``, ``SLAM``."""

    @property
    def label(self) -> str:
        """The person for people: ``EXEMPLE Candide (0234567890)``."""
        if self.name and self.number:
            return f"{self.name} ({self.number})"
        return self.name or self.number or "?"


class Paper(NamedTuple):
    """One completed form, with what it says of whose it is."""

    source: str
    """The file as the user knows it."""
    record: Record
    form: str
    name: str | None
    """As written; None when it names nobody."""
    number: str | None
    """The candidate's number, normalised, without the zeros before it."""
    session: int | None
    option: str | None
    """The option it is for, when it is for one."""

    @property
    def file(self) -> str:
        """The name of the file alone, for sentences; with the part where it holds several forms."""
        name = self.source.replace("\\", "/").rstrip("/").rpartition("/")[2] or self.source
        part = self.record.source.part
        return f"{name} ({part.index})" if part is not None else name

    @property
    def path(self) -> str:
        """The same with the folder it lies in, where all of a class is spoken of: every candidate has a ``fiche-1.docx``."""
        folder = self.source.replace("\\", "/").rstrip("/").rpartition("/")[0].rpartition("/")[2]
        return f"{folder}/{self.file}" if folder else self.file


class Piece(NamedTuple):
    """A document that an épreuve asks for, or that its jury adds."""

    id: str
    """``tableau``, ``fiche-1``."""
    label: str
    forms: tuple[str, ...]
    """Ids of the forms that are this piece."""
    required: bool = True
    """Whether the candidate must hand it in."""
    several: bool = False
    """Whether there may be several, none another version of the other."""
    number: int | None = None
    """Number of the réalisation, where it tells pieces of one form apart."""
    otherwise: bool = False
    """Whether it may be handed in as a document that is no known form: a certificate of work."""


class Asked(NamedTuple):
    """The pieces of one épreuve."""

    bloc: str
    """The bloc it evaluates: ``B1``; its own number depends on the session."""
    title: str
    pieces: tuple[Piece, ...]


class Place(StrEnum):
    """What a document is in a dossier."""

    PRESENT = "present"
    DUPLICATE = "duplicate"
    """Says what another one says."""
    SUPERSEDED = "superseded"
    """Another version of the same piece is of a later session."""
    VERSION = "version"
    """One of several versions of a piece: nothing tells which one counts."""
    STRAY = "stray"
    """No piece of the épreuve."""


class Handed(NamedTuple):
    """A document of a dossier."""

    piece: Piece | None
    """None for one that is no piece of the épreuve."""
    place: Place
    paper: Paper


class Dossier(NamedTuple):
    """What one candidate handed in for one épreuve."""

    candidate: Candidate
    bloc: str
    title: str
    epreuve: str | None
    """Number of the épreuve in the candidate's session: ``E5``; None when the session is not known."""
    handed: tuple[Handed, ...]
    missing: tuple[Piece, ...]
    findings: tuple[Finding, ...] = ()
    perhaps: tuple[tuple[Piece, tuple[Paper, ...]], ...] = ()
    """The missing pieces that documents of nobody may be, with these: to be settled before anything is asked of the candidate."""

    def may_be(self, piece: Piece) -> tuple[Paper, ...]:
        """The documents of nobody that may be a missing piece."""
        return next((papers for missing, papers in self.perhaps if missing == piece), ())

    def papers(self, piece: str) -> list[Paper]:
        """The documents that stand for a piece, without the superseded ones and the duplicates."""
        kept = (Place.PRESENT, Place.VERSION)
        return [item.paper for item in self.handed if item.piece is not None and item.piece.id == piece and item.place in kept]


class Cohort(NamedTuple):
    """The dossiers of a class, and what concerns more than one of them."""

    dossiers: tuple[Dossier, ...]
    findings: tuple[Finding, ...] = ()
    unassigned: tuple[Paper, ...] = ()
    """Documents that could not be given to a candidate."""
    absent: tuple[Candidate, ...] = ()
    """Candidates of the list without a dossier."""
    owed: tuple[Dossier, ...] = ()
    """The dossiers that those owe, with nothing in them."""
