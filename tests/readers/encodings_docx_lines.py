"""Lines of a Word document: paragraphs of a cell or of the body, or lines of one paragraph."""

from __future__ import annotations

from tests.readers.packages import cell, paragraph, run, table

BORDER = '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>'


def lines_of_cell(*lines: str) -> str:
    """A cell of paragraphs."""
    return table(cell("Modalité") + cell(*lines))


def lines_of_body(*lines: str) -> str:
    """Paragraphs outside tables."""
    return "".join(map(paragraph, lines))


def spaced_lines(*lines: str) -> str:
    """The same with an empty paragraph after each."""
    return "".join(paragraph(line) + paragraph("") for line in lines)


def broken(*lines: str) -> str:
    """One paragraph with line breaks."""
    return paragraph(run("</w:t><w:br/><w:t>".join(lines)))


def broken_in_cell(*lines: str) -> str:
    """The same in a cell."""
    return table(cell("Modalité") + cell(broken(*lines)))
