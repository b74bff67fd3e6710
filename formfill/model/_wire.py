"""The stored shape of a record, as pydantic models: what JSON is checked against and what the published JSON Schema says."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

State = Literal["ticked", "blank", "uncertain"]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class PlaceWire(_Wire):
    """Where something was read."""

    page: int | None = Field(ge=1, description="Page, from 1.")
    box: tuple[float, float, float, float] | None = Field(description="[x0, top, x1, bottom] in points from the top left.")
    path: str | None = Field(description="Path in the file, counted from 1.")


class EvidenceWire(_Wire):
    """One reason to believe that a box is ticked or not."""

    kind: str
    says: Literal["ticked", "blank", "unclear"]
    detail: str


class PartWire(_Wire):
    """Which of several forms in one file."""

    index: int = Field(ge=1)
    pages: tuple[int, ...]


class SourceWire(_Wire):
    """The file the record was read from."""

    name: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    format: Literal["docx", "xlsx", "odt", "ods", "pdf", "txt", "image"]
    bytes: int = Field(ge=0)
    pages: int | None
    part: PartWire | None = None


class FormWire(_Wire):
    """The form that was recognised."""

    id: str
    edition: str | None
    referentiel: str
    score: float = Field(ge=0, le=1)


class RowWire(_Wire):
    """One row that was filled in, in a repeating table."""

    section: str | None
    intitule: str | None
    periode: str | None
    competences: tuple[str, ...]


class AnswerWire(_Wire):
    """What a field holds."""

    value: str | tuple[str, ...] | tuple[RowWire, ...] | None
    state: Literal["answered", "empty", "uncertain"]
    place: PlaceWire
    evidence: tuple[EvidenceWire, ...]
    normalised: str | int | float | tuple[str | tuple[str | None, str | None] | None, ...] | None = Field(
        default=None, description="A date as ISO 8601, a number, a period as two dates; one period for each row of a table."
    )


class BoxWire(_Wire):
    """What one tick box says."""

    field: str
    option: str
    label: str
    row: int | None
    row_label: str | None
    state: State
    place: PlaceWire
    evidence: tuple[EvidenceWire, ...]


class CommentWire(_Wire):
    """What a person wrote that belongs to no field."""

    kind: Literal["text", "word-comment", "pdf-annotation", "insertion", "deletion"]
    field: str | None
    text: str
    author: str | None
    place: PlaceWire


class PictureWire(_Wire):
    """A picture that stands in a field; its bytes are in the source."""

    field: str | None
    line: int = Field(ge=-1, description="Line of the field's value that it stands in or under, from 0; -1 above the first.")
    sha256: str | None = Field(pattern="^[0-9a-f]{64}$", description="Digest of its bytes; null when they are not in the file.")
    type: str = Field(description="Media type.")
    bytes: int = Field(ge=0)
    width: float = Field(ge=0, description="Points.")
    height: float = Field(ge=0, description="Points.")
    alt: str
    place: PlaceWire


class FindingWire(_Wire):
    """One thing to report."""

    code: str = Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")
    severity: Literal["error", "warning", "info"]
    rule: str | None
    field: str | None
    message: str
    place: PlaceWire
    reference: str | None = None


class RecordWire(_Wire):
    """One completed form, read and validated by formfill."""

    schema_: Literal["formfill.record/1"] = Field(alias="schema")
    source: SourceWire
    form: FormWire | None
    answers: dict[str, AnswerWire]
    boxes: tuple[BoxWire, ...]
    comments: tuple[CommentWire, ...]
    findings: tuple[FindingWire, ...]
    pictures: tuple[PictureWire, ...] = ()
