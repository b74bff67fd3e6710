"""Makes the Word files that LibreOffice printed as the PDF files of this folder: see README.md."""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

COMMENTS = {
    2: [
        "Commentaire : l’inventaire a été refait en février avec un script maison, ce qui a permis de retrouver douze postes"
        " oubliés dans la salle de réunion du deuxième étage.",
        "Très bon travail.",
        "À revoir : les sauvegardes hors site.",
    ],
    4: [
        "Court.",
        "",
        "Après une ligne vide, un second commentaire qui tient sur plus d’une ligne parce que l’auteur aime écrire longuement sur"
        " la présence en ligne.",
    ],
}
"""Invented comments, by row of the grid."""


def make(grid: Path, out: Path, *, split: bool, centred: bool, font: str) -> None:
    """Writes the Word file of a grid given as text, with a repeated header row."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(10)
    document.add_heading("Grille d’évaluation du bloc 1", 1)
    document.add_paragraph(
        "Candidat : Camille Exemple, numéro 02345678901. Ce texte d’introduction est assez long pour devoir passer à la ligne"
        " au moins une fois sur la page."
    )
    document.sections[0].footer.paragraphs[0].text = "BTS SIO – session 2026"
    document.sections[0].header.paragraphs[0].text = "Académie de Nulle-Part"
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    head = table.rows[0]
    head.cells[0].text, head.cells[2].text = "Bloc 1 : compétences", "Indicateurs de performance"
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    body = grid.read_text("utf-8").split("Indicateurs de performance", 1)[1]
    blocks = [block.strip("\n") for block in body.split("\n\n") if block.strip()]
    for number, block in enumerate(blocks):
        row = table.add_row()
        if not split:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        texts = [part.strip("\t\n").split("\n") for part in block.split("\n\t")]
        texts += [[""]] * (3 - len(texts))
        texts[2] = texts[2] + COMMENTS.get(number, [])
        for cell, lines in zip(row.cells, texts, strict=True):
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
        if centred:
            align = OxmlElement("w:vAlign")
            align.set(qn("w:val"), "center")
            row.cells[1]._tc.get_or_add_tcPr().append(align)
    document.add_paragraph("Fait à Nulle-Part, le 3 juin 2026.")
    document.save(str(out))


if __name__ == "__main__":
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    make(source, folder / "bloc1-libreoffice-tagged.docx", split=True, centred=True, font="Liberation Sans")
    make(source, folder / "bloc1-libreoffice-unsplit.docx", split=False, centred=False, font="DejaVu Serif")
