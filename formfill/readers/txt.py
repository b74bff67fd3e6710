"""Plain text exports of a grid: a TAB opens a cell, an empty line followed by a TAB (or by the end) closes a row.

That is how word processors save a table as text: each cell starts with a tab and ends with a line break, each row ends with an
empty line. Text without any tab is read as paragraphs. Read as UTF-8, UTF-16 by its mark, else Windows-1252.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.errors import SourceTooLargeError
from formfill.language import gettext as _
from formfill.model.document import Document, Grid, TextBlock
from formfill.model.geometry import Place
from formfill.model.report import Finding, Severity
from formfill.readers._cells import DraftCell, Shelf

if TYPE_CHECKING:
    from formfill.source import Source

MAX_LINES: Final = 50_000
"""Most lines of a text that are read."""


class TxtReader:
    """Reads plain text exports."""

    formats: frozenset[str] = frozenset({"txt"})

    def read(self, source: Source) -> Document:
        """What stands in the text."""
        lines = _decode(source.data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if len(lines) > MAX_LINES:
            raise SourceTooLargeError(
                where=source.name,
                seen=_("le texte a {count} lignes, la limite est {limit}.").format(count=len(lines), limit=MAX_LINES),
                advice=_("Vérifiez que c’est bien le formulaire : une grille en texte a moins de 1000 lignes."),
            )
        shelf = Shelf()
        text: list[TextBlock] = []
        rows: list[list[DraftCell]] = []
        row: list[DraftCell] = []
        start = last = 0
        while start < len(lines):
            if not lines[start].startswith("\t"):
                if lines[start].strip():
                    paragraph = shelf.paragraph([lines[start]], Place(path=f"line[{start + 1}]"))
                    if paragraph is not None:
                        text.append(paragraph)
                start += 1
                continue
            end = _cell_end(lines, start)
            row_ends = end >= len(lines) or not lines[end]
            row.append(_cell(lines, start, end, len(row)))
            last, start = start, end
            if row_ends:
                rows.append(row)
                row = []
                while start < len(lines) and not lines[start].strip() and not lines[start].startswith("\t"):
                    start += 1
        grids = (Grid(tuple(shelf.row(cells, r) for r, cells in enumerate(rows)), Place(path="line[1]")),) if rows else ()
        found = _after(lines, last) if rows else ()
        return Document(pages=None, grids=grids, marks=tuple(shelf.marks), text=tuple(text), findings=found)


def _after(lines: list[str], last: int) -> tuple[Finding, ...]:
    """What stands after an empty line in the last cell, or after the grid: nothing in a text tells one from the other."""
    empty = next((at for at in range(last, len(lines)) if not lines[at].strip()), len(lines))
    at = next((at for at in range(empty, len(lines)) if lines[at].strip()), None)
    if at is None:
        return ()
    message = _("Un texte ne dit pas où finit un tableau : « {text} » et ce qui suit est lu dans sa dernière ligne. Vérifiez.")
    return (
        Finding("end-of-grid", Severity.WARNING, message.format(text=lines[at].strip()[:80]), place=Place(path=f"line[{at + 1}]")),
    )


def _cell(lines: list[str], start: int, end: int, col: int) -> DraftCell:
    return DraftCell.of_lines([lines[start][1:], *lines[start + 1 : end]], col, 1, Place(path=f"line[{start + 1}]"))


def _cell_end(lines: list[str], start: int) -> int:
    """Index after the last line of the cell that starts at ``start``: the next tab, or the empty line that ends its row."""
    at = start + 1
    while at < len(lines):
        if lines[at].startswith("\t"):
            return at
        if not lines[at]:
            after = at
            while after < len(lines) and not lines[after]:
                after += 1
            if after == len(lines) or lines[after].startswith("\t"):
                return at
        at += 1
    return at


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


READER = TxtReader()
