"""Names of OpenDocument, and what a walk through a document meets and must report.

Element names are those of OpenDocument 1.3 Part 3; ``loext`` and ``field`` are LibreOffice's own extensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.model.document import Annotation, AnnotationKind
from formfill.model.geometry import NOWHERE
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.geometry import Place

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE, DRAW, FORM = (
    f"{_OASIS}{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing", "form")
)
FO: Final = f"{_OASIS}xsl-fo-compatible:1.0}}"
SVG: Final = f"{_OASIS}svg-compatible:1.0}}"
FIELD: Final = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
LOEXT: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"

P, H, SPAN, LIST, SECTION = TEXT + "p", TEXT + "h", TEXT + "span", TEXT + "list", TEXT + "section"
PARAGRAPHS: Final = frozenset((P, H))
TBL, ROW, CELL, COVERED = TABLE + "table", TABLE + "table-row", TABLE + "table-cell", TABLE + "covered-table-cell"
STYLE_NAME, CELL_STYLE = TEXT + "style-name", TABLE + "style-name"
ANNOTATION: Final = OFFICE + "annotation"

Element = Any
"""An lxml element; lxml-stubs types its attributes too loosely to help here."""

MAX_CELLS: Final = 500_000
"""Most cells of a document, repeated ones counted each."""
MAX_REPORTED: Final = 200
"""Characters of hidden text that a finding quotes."""


class Seen:
    """What a walk meets on its way and must report."""

    def __init__(self) -> None:
        self.hidden: list[str] = []
        """Hidden texts, or the names of what is hidden."""
        self.notes: list[Element] = []
        """Footnotes and endnotes (``text:note-body``), in order."""
        self.tables: list[Element] = []
        """Tables that stand in a text box, not read yet."""
        self.annotations: list[Annotation] = []
        self.changes: list[Annotation] = []
        """Pending tracked changes."""
        self.struck: dict[Place, str] = {}
        """Text that is struck through, by where it stands."""
        self.filled: list[tuple[Place, str]] = []
        """Texts of content controls that say that they show their placeholder, and where they stand."""
        self.formats: set[str] = set()
        """Names of the tracked changes of format."""
        self.formatted: dict[Place, set[str]] = {}
        """What they set apart or print in a symbol font, by where it stands."""
        self._names: dict[str, int] = {}
        self.pictures = 0
        """Pictures met."""
        self.place: Place = NOWHERE
        """Where the walk stands."""

    def annotated(self, note: Element) -> None:
        """Keeps a comment (``office:annotation``, §14.1)."""
        author = note.findtext(DC + "creator")
        text = "\n".join(plain_text(p) for p in note.iter(P, H))
        resolved = note.get(LOEXT + "resolved") == "true"
        parent = next((name for space in (LOEXT, OFFICE) if (name := note.get(space + "parent-name"))), None)
        answers = self._names.get(parent) if parent else None
        self._names.setdefault(note.get(OFFICE + "name", ""), len(self.annotations))
        self.annotations.append(Annotation(AnnotationKind.WORD_COMMENT, text, author, self.place, answers, resolved))

    def notes_and_changes(self) -> tuple[Annotation, ...]:
        """The tracked changes, then the comments, which know by their number in the whole which comment they answer."""
        before = len(self.changes)
        notes = [note if note.answers is None else note._replace(answers=note.answers + before) for note in self.annotations]
        return (*self.changes, *notes)

    def strike(self, text: str) -> None:
        """Keeps text that is struck through."""
        if text.strip():
            before = self.struck.get(self.place)
            self.struck[self.place] = text if before is None else f"{before} {text}"

    def findings(self, tracked: str, hidden: str) -> Iterator[Finding]:
        """The findings, said with the given sentences (``{count}``, ``{text}``)."""
        if self.changes:
            yield Finding("tracked-change", Severity.INFO, tracked.format(count=len(self.changes)))
        texts = [text.strip() for text in self.hidden if text.strip()]
        if texts:
            yield Finding("hidden-content", Severity.WARNING, hidden.format(text=" ".join(texts)[:MAX_REPORTED]))


def plain_text(element: Element) -> str:
    """All the text under an element, white space collapsed, comments left out."""
    found: list[str] = []
    _plain(element, found)
    return " ".join("".join(found).split())


def _plain(element: Element, found: list[str]) -> None:
    if element.text:
        found.append(element.text)
    for child in element:
        if child.tag in (TEXT + "s", TEXT + "tab", TEXT + "line-break"):
            found.append(" ")
        elif child.tag not in (ANNOTATION, TEXT + "tracked-changes"):
            _plain(child, found)
        if child.tail:
            found.append(child.tail)


def count(element: Element, name: str, default: int = 1) -> int:
    """A positive number given by an attribute."""
    value = element.get(name, "")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 9 else default
