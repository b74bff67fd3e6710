"""Makes the Word template of the letters, ``templates/letters/lettre.docx``: plain styles, Jinja2 tags that a secretary may move.

``python -m tools.make_letter_template [FILE]``; the same bytes at each run.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

TARGET: Final = Path(__file__).parent.parent / "templates" / "letters" / "lettre.docx"
STAMP: Final = (2000, 1, 1, 0, 0, 0)


def build() -> bytes:
    """The bytes of the template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = "Lettre aux candidats"
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    section.header.paragraphs[0].text = "Établissement ou service des examens – adresse – téléphone (à compléter dans ce modèle)"
    section.footer.paragraphs[0].text = "BTS Services informatiques aux organisations"

    def line(text: str, *, bold: bool = False, style: str | None = None, right: bool = False) -> None:
        paragraph = document.add_paragraph(style=style)
        paragraph.add_run(text).bold = bold
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    line("{{ name }}", bold=True, right=True)
    line("N° candidat : {{ number or 'non indiqué' }}", right=True)
    line("{% if date %}Le {{ date }}{% endif %}", right=True)
    line("")
    line("Objet : BTS SIO{% if session %}, session {{ session }}{% endif %} – dossier à compléter", bold=True)
    line("")
    line("Madame, Monsieur,")
    line("Votre dossier d’examen{% if epreuves %} pour {{ epreuves }}{% endif %} est incomplet ou appelle des corrections.")
    line("{%p if missing %}")
    line("Pièces manquantes", bold=True)
    line("{%p for item in missing %}")
    line("{{ item.piece }} – épreuve {{ item.epreuve }} [{{ item.rule }} : {{ item.source }}]", style="List Bullet")
    line("{%p endfor %}")
    line("{%p endif %}")
    line("{%p if wrong %}")
    line("Points à corriger", bold=True)
    line("{%p for item in wrong %}")
    line(
        "{% if item.document %}{{ item.document }} : {% endif %}{{ item.message }}"
        "{% if item.rule %} [{{ item.rule }} : {{ item.source }}]{% endif %}",
        style="List Bullet",
    )
    line("{%p endfor %}")
    line("{%p endif %}")
    line("Ces documents sont attendus au plus tard le {{ deadline }}.", bold=True)
    # said of a missing piece only: nothing official says it of a mistake
    line("{%p if missing %}")
    line("Passé cette date, votre convocation à l’épreuve pourra être annulée.")
    line("{%p endif %}")
    line("Veuillez agréer, Madame, Monsieur, l’expression de mes salutations distinguées.")
    line("")
    line("Le service des examens", right=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return _settled(buffer.getvalue())


def _settled(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, package.read(name))
    return out.getvalue()


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET).write_bytes(build())
