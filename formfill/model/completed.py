"""A completed form: one answer per field, one reading per tick box, and how each printed line compares with the official one.

It knows no file format and no rule.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from formfill.model.geometry import NOWHERE, Place

if TYPE_CHECKING:
    from formfill.model.document import Evidence, MarkState
    from formfill.model.form import LineRole


Normalised = str | int | float | tuple["Normalised", ...] | None
"""A date as ISO 8601, a number, a period as two dates (either may be None), one of these for each row of a table."""


class AnswerState(StrEnum):
    """Whether a field holds something."""

    ANSWERED = "answered"
    EMPTY = "empty"
    UNCERTAIN = "uncertain"


class RepeatedRow(NamedTuple):
    """One row that was filled in, in a repeating table."""

    section: str | None
    """Id of the section it stands under; None when it stands under none."""
    intitule: str | None
    """Its title as written."""
    periode: str | None
    """Its period as written."""
    competences: tuple[str, ...]
    """The options ticked."""

    @property
    def text(self) -> str:
        """The row on one line."""
        parts = (self.intitule, self.periode, ", ".join(self.competences))
        return " ".join(" – ".join(part for part in parts if part).split("\n"))


class Answer(NamedTuple):
    """What a field of the form holds."""

    field: str
    value: str | tuple[str, ...] | tuple[RepeatedRow, ...] | None
    """Text as written, the option ids ticked, the rows of a table, or None when empty."""
    state: AnswerState
    place: Place = NOWHERE
    evidence: tuple[Evidence, ...] = ()
    normalised: Normalised = None
    """The value in a form that programs compare; None when it has none, or when what was written is no such thing."""

    @property
    def text(self) -> str:
        """The value as people read it: the text, the options, or a line for each row; empty when there is none."""
        if not isinstance(self.value, tuple):
            return self.value or ""
        rows = [item.text for item in self.value if isinstance(item, RepeatedRow)]
        return "\n".join(rows) if rows else ", ".join(item for item in self.value if isinstance(item, str))


class BoxReading(NamedTuple):
    """What one tick box of the form says."""

    field: str
    option: str
    label: str
    """The official wording of the option."""
    state: MarkState
    place: Place = NOWHERE
    evidence: tuple[Evidence, ...] = ()
    row: int | None = None
    """Row of a repeating table, from 0."""
    row_label: str | None = None
    """The row's own title in a repeating table."""


class Comment(NamedTuple):
    """What a person wrote that belongs to no field of the form, or beside a field."""

    kind: str
    """``text``, ``word-comment``, ``pdf-annotation``, ``insertion`` or ``deletion``."""
    field: str | None
    text: str
    author: str | None
    place: Place = NOWHERE


class LineMatch(StrEnum):
    """How a line of the file compares with the official lines."""

    EXACT = "exact"
    VARIANT = "variant"
    """The same but for case, accents, apostrophes, spaces, bullets, final stop."""
    REWORDED = "reworded"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Stands among the official lines and is nobody's label: kept in the comment."""
    DUPLICATED = "duplicated"
    MISPLACED = "misplaced"
    """Out of order among the lines of its row."""
    MOVED = "moved"
    """Stands in the row of another compétence."""


class MatchedLine(NamedTuple):
    """One line that compares otherwise than exactly with the référentiel (exact lines are not listed)."""

    match: LineMatch
    option: str
    """The row where it stands, or where it is missing."""
    role: LineRole | None
    code: str | None
    """The official line's code; None for an unknown line."""
    official: str | None
    """The official wording; None for an unknown line."""
    seen: str | None
    """The line as written; None for a missing line."""
    home: str | None = None
    """For a moved line, the option of the row it belongs to."""
    difference: str | None = None
    """Word-level difference: ``[-les-] {+des+} sauvegardes``."""
    verified: bool = True
    place: Place = NOWHERE


class RowProblem(StrEnum):
    """What is wrong with a row as a whole."""

    MISSING = "missing"
    DUPLICATED = "duplicated"
    MISPLACED = "misplaced"
    IDENTITY = "identity"
    """Its code says one compétence and its label another."""
    RETITLED = "retitled"
    """Its title is reworded."""
    VARIANT = "variant"
    """Its title is a typographic variant."""
    SEVERAL_BOXES = "several-boxes"
    NO_BOX = "no-box"
    UNKNOWN = "unknown"
    """A row with a box that is no row of the form; its texts are kept as comments."""


class RowIssue(NamedTuple):
    """One problem of one row."""

    problem: RowProblem
    option: str | None
    """The row of the form; None for a row that is none of them."""
    field: str | None = None
    """The field, for an option of a field that is no grid of one box per row."""
    seen: str | None = None
    other: str | None = None
    """The option its label says, when its code says ``option``."""
    difference: str | None = None
    place: Place = NOWHERE


class FactKind(StrEnum):
    """What a title line of a form says of itself."""

    SESSION = "session"
    ANNEXE = "annexe"
    EPREUVE = "epreuve"


class PrintedFact(NamedTuple):
    """Something that a title line says, on one of the pages."""

    kind: FactKind
    value: str
    """As written: ``2026``, ``VII-1-A``, ``E6``."""
    place: Place = NOWHERE


class CompletedForm(NamedTuple):
    """A form as one person completed it."""

    form: str
    """Form id."""
    edition: str | None
    score: float
    """Recognition score, 0 to 1."""
    answers: tuple[Answer, ...]
    boxes: tuple[BoxReading, ...]
    comments: tuple[Comment, ...] = ()
    lines: tuple[MatchedLine, ...] = ()
    rows: tuple[RowIssue, ...] = ()
    facts: tuple[PrintedFact, ...] = ()
    """What its title lines say, in reading order."""
    unlabelled: tuple[str, ...] = ()
    """Fields whose printed label stands nowhere in the document."""
