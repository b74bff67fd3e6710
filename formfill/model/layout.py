"""The fields of a form, as data: what each is called, which texts print it, which options it has. It knows no file format.

A field is found by what the form prints before it, in the same cell, to the left or above: a reader of forms needs no coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds, and thus what its normalised twin is."""

    TEXT = "text"
    DATE = "date"
    """Normalised to ISO 8601."""
    PERIOD = "period"
    """Normalised to two ISO 8601 dates."""
    NUMBER = "number"
    """Normalised to a number: a note, an amount."""
    IDENTIFIER = "identifier"
    """Normalised without its spaces and dots: a candidate's number."""
    SESSION = "session"
    """Normalised to a year."""
    URL = "url"
    """Normalised with its scheme."""
    CHOICE = "choice"
    """One option of several."""
    BOXES = "boxes"
    """Any of several options."""

    @property
    def boxed(self) -> bool:
        """Whether the field is answered by ticking."""
        return self in (FieldKind.CHOICE, FieldKind.BOXES)


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One box of a field."""

    id: str
    """``ponctuelle``, ``B2.1``."""
    label: str
    """The wording printed beside the box, official where there is one."""
    variants: tuple[str, ...] = ()
    """Other wordings really met."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    id: str
    kind: FieldKind
    label: str
    """What the form calls it, for people."""
    printed: tuple[str, ...] = ()
    """The texts that stand before its value, the official one first; none for boxes that only their own labels announce."""
    options: tuple[FieldOption, ...] = ()
    long: bool = False
    """True when its value may run over several cells, lines and pages."""
    inline: bool = False
    """True when its printed text stands in the middle of a sentence, after the field before: ``au``, ``le``."""
    line: bool = False
    """True when its value ends with the line."""
    rest: bool = False
    """True for the field that takes what was written after the form, under no heading."""
    preprinted: bool = False
    """True when the blank form already prints a value, which may be changed: the session."""
    placeholders: tuple[str, ...] = ()
    """Texts that the form prints where the value goes, and are no value."""
    suffixes: tuple[str, ...] = ()
    """Texts that the form prints after the value: ``/ 20``, ``euros``."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One row of a grid of levels: exactly one of its boxes is to be ticked."""

    field: str
    """``niveau.B2.1.3``."""
    label: str
    """The official wording of the row."""
    levels: tuple[str, ...]
    """Ids of the levels that have a box in this row, in the order of the columns."""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelGrid:
    """Rows of levels."""

    options: tuple[FieldOption, ...]
    """The levels, in the order of the columns."""
    rows: tuple[LevelRow, ...]
    signs: tuple[str, ...] = ()
    """What the empty box of this form looks like where its symbol font is missing: ``5`` for Wingdings 2."""


@dataclass(frozen=True, slots=True)
class RowSection:
    """A heading over rows of a repeating table."""

    id: str
    label: str
    rows: int = 0
    """Empty rows that the blank form prints under it."""
    variants: tuple[str, ...] = ()
    """Words that name the section in other headings."""


@dataclass(frozen=True, slots=True)
class RepeatingTable:
    """Rows that a candidate fills in, as many as needed, under sections."""

    field: str
    """``realisations``."""
    title: tuple[str, ...]
    """Headings of the column of titles."""
    period: tuple[str, ...]
    """Headings of the column of periods."""
    columns: tuple[FieldOption, ...]
    """The columns with boxes."""
    parts: tuple[tuple[str, ...], ...]
    """For each column, the wordings of what it is made of: a variant of the form has one column for each."""
    sections: tuple[RowSection, ...]

    @property
    def boxes(self) -> str:
        """The field of its boxes: ``realisations.competences``."""
        return f"{self.field}.competences"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of texts: a cell to fill in under each heading."""

    id: str
    """``sisr.sgbd``: begins with the id of its part."""
    label: str


@dataclass(frozen=True, slots=True)
class MatrixPart:
    """A part of the form whose rows may have the same labels as another's: one for each option."""

    id: str
    announced: tuple[str, ...]
    """Texts that begin it."""
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of texts."""

    columns: tuple[FieldOption, ...]
    """The columns to fill in, with their headings."""
    parts: tuple[MatrixPart, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The field of every cell: ``sisr.sgbd.description``."""
        return tuple(f"{row.id}.{column.id}" for part in self.parts for row in part.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that a form asks outside a grid of one box per row."""

    fields: tuple[Field, ...]
    """In the form's order."""
    fixed: tuple[str, ...] = ()
    """Other printed texts: a value ends where one begins."""
    levels: LevelGrid | None = None
    table: RepeatingTable | None = None
    matrix: Matrix | None = None

    def field(self, field_id: str) -> Field | None:
        """The field of that id, None when there is none."""
        return next((field for field in self.fields if field.id == field_id), None)

    @property
    def boxes(self) -> dict[str, dict[str, str]]:
        """The boxes of each field that is ticked, with their wordings; those of the repeating table are in each of its rows."""
        found = {field.id: {option.id: option.label for option in field.options} for field in self.fields if field.kind.boxed}
        if self.levels is not None:
            labels = {option.id: option.label for option in self.levels.options}
            found |= {row.field: {level: labels[level] for level in row.levels} for row in self.levels.rows}
        if self.table is not None:
            found[self.table.boxes] = {option.id: option.label for option in self.table.columns}
        return found

    def exclusive(self, field_id: str) -> bool:
        """Whether one box of the field at most is to be ticked."""
        field = self.field(field_id)
        return field.kind is FieldKind.CHOICE if field is not None else True

    @property
    def ids(self) -> tuple[str, ...]:
        """Every field id, in the form's order: fields, then levels, then the repeating table, then rows of texts."""
        levels = tuple(row.field for row in self.levels.rows) if self.levels else ()
        table = (self.table.field,) if self.table else ()
        return (*(field.id for field in self.fields), *levels, *table, *(self.matrix.ids if self.matrix else ()))
