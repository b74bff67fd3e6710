"""A blank form as data: what it prints, where boxes stand, how it is recognised. It knows no file format.

A :class:`Form` comes out of ``catalogue.py`` already resolved: the official labels of the référentiel are in it, so that
recognition, extraction and checks need nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formfill.model.layout import Layout


class LineRole(StrEnum):
    """What an official line of a grid row is."""

    ACTIVITY = "activity"
    """An activité (sous-compétence) of the compétence."""
    INDICATOR = "indicator"
    """An indicateur de performance."""
    ELEMENT = "element"
    """An item of the list that an indicateur introduces."""


@dataclass(frozen=True, slots=True)
class GridLine:
    """An official line printed in a cell of a grid row."""

    code: str
    """Code in the référentiel: ``B1.1.3``, ``P1.6.3``; an element adds its rank: ``P1.6.3/2``."""
    role: LineRole
    text: str
    """The official wording."""
    printed: str
    """The wording with the bullet the form prints before it: ``· Gérer des sauvegardes``."""
    variants: tuple[str, ...] = ()
    """Other wordings really met, not official."""
    verified: bool = True
    """False when the wording is known by transcription only."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid with one tick box."""

    option: str
    """The option id of the box: ``transversale``, ``B1.1``."""
    code: str | None
    """The official code as printed (``B1.1``), None where the form prints none."""
    label: str
    """The official wording of the compétence."""
    title: str
    """The line the form prints: ``B1.1 : Gérer le patrimoine informatique``."""
    lines: tuple[tuple[GridLine, ...], ...]
    """The official lines of each column, in order: ``lines[0]`` stand under the title, ``lines[2]`` in the third column."""
    comment_field: str
    """The field id of the row's free comment: ``commentaire.B1.1``."""
    variants: tuple[str, ...] = ()
    """Other wordings of ``label`` really met."""
    verified: bool = True
    """False when the label is known by transcription only."""
    source: str = ""
    """The official text the label comes from, for people."""


@dataclass(frozen=True, slots=True)
class CheckboxGrid:
    """A grid with one tick box per row: the field holds the options ticked."""

    field: str
    """Field id: ``competences``."""
    headings: tuple[str, ...]
    """The header row, one text per column, empty where the form prints none."""
    title_column: int
    box_column: int
    rows: tuple[GridRow, ...]
    comment_label: str
    """What the clean form prints before a row's comment."""


class AnchorPlace(StrEnum):
    """Where an anchor counts."""

    LINE = "line"
    """It is the whole first line of a cell, or a whole line of text."""
    START = "start"
    """A cell, or a line anywhere, begins with it: a value may follow."""
    WITHIN = "within"
    """It stands anywhere, over several lines too."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A text by which a form is recognised."""

    text: str
    weight: float
    required: bool = False
    """When true, the form is not recognised without it."""
    at: AnchorPlace = AnchorPlace.LINE
    variants: tuple[str, ...] = ()
    """Other texts that count as much, once for all of them."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a form is told from all others."""

    threshold: float
    """Smallest score, 0 to 1."""
    anchors: tuple[Anchor, ...]
    row_weight: float = 1.0
    """Weight of each row title found as the beginning of a cell of a row of its own."""
    min_rows: int = 0
    """Fewest row titles, each in a row of its own, without which the form is not recognised."""
    copies: int = 1
    """How many times over the form prints its anchors: twice where it has a half for each option."""
    closed: bool = False
    """True when a page after its last line that prints nothing of it is not the form's; else the form goes on to the next one."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One printing of the form."""

    id: str
    sessions: tuple[int, ...] = ()
    """Exam sessions (years) that use it; empty when any may."""
    annexes: tuple[str, ...] = ()
    """Numbers of annexe that it prints: ``VII-1-A``; several editions may share one."""
    epreuves: tuple[str, ...] = ()
    """Épreuves that it prints: one for all its sessions (``E6``), or one for each, in their order; empty when it prints none."""
    confirmed: tuple[int, ...] = ()
    """Its sessions whose number of annexe was read on an official text; for the others it is deduced."""

    def epreuves_of(self, session: int | None) -> tuple[str, ...]:
        """The épreuves that it prints in a session; none when it is not of that session."""
        if session not in self.sessions:
            return ()
        if len(self.epreuves) == len(self.sessions):
            return (self.epreuves[self.sessions.index(session)],)
        return self.epreuves


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its editions."""

    id: str
    title: str
    """The document's title, for people."""
    diploma: str
    referentiel: str
    """Référentiel id."""
    reference: str
    """The official text that the labels come from, for people."""
    recognition: Recognition
    editions: tuple[Edition, ...]
    grid: CheckboxGrid | None
    checks: tuple[str, ...]
    """Codes of the checks that apply."""
    printed: tuple[str, ...] = ()
    """What the form prints outside its fields (titles, footers), as ``fnmatch`` patterns over normalised text."""
    layout: Layout | None = None
    """Its fields other than a grid of one box per row."""
    verified: bool = True
    """False when its official blank was never read: completed forms and transcriptions tell what it asks for."""

    @property
    def boxes(self) -> dict[str, dict[str, str]]:
        """The boxes of each field that is ticked, with their official wordings."""
        own = self.layout.boxes if self.layout is not None else {}
        if self.grid is None:
            return own
        return own | {self.grid.field: {row.option: row.label for row in self.grid.rows}}

    @property
    def rows(self) -> str | None:
        """The field of the boxes that stand in every row of a repeating table, None when there is no such table."""
        table = self.layout.table if self.layout is not None else None
        return table.boxes if table is not None else None

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field id, in the form's order."""
        own = self.layout.ids if self.layout is not None else ()
        if self.grid is None:
            return own
        return (*own, self.grid.field, *(row.comment_field for row in self.grid.rows))
