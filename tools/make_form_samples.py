"""Makes the completed samples of the forms that have an official blank: ``samples/<form>/<case>/source.*``. Everybody is invented.

python -m tools.make_form_samples             the Word documents and the workbooks
python -m tools.make_form_samples --print     the PDFs, which LibreOffice prints from them
python -m tools.make_form_samples --out DIR   elsewhere than in samples/
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.styles import Border, PatternFill, Side
from tools.fill_form import STAMP, Form, checked, control, default, symbol, typed

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[1]
BLANKS: Final = ROOT / "tests" / "readers" / "blanks"
PROFILE: Final = "-env:UserInstallation=file:///tmp/lo-samples"
PRINTED: Final = frozenset(("typed-boxes",))
"""Cases that have a PDF too."""


def fiche_legacy() -> bytes:
    """The commonest: legacy fields ticked by their default, the description typed after the table."""
    form = Form(BLANKS / "fiche-descriptive-VII-1-A-2026.docx")
    form.after("N° réalisation\u00a0:", "1")
    form.after("Nom, prénom :", "EXEMPLE Candide")
    form.after("N° candidat\u00a0:", "02 345 678 901")
    form.after("Date :", "12/05/2026")
    form.below("Organisation support de la réalisation professionnelle", ["Fictif & Fils, 12 rue de l’Invention", "59000 Lille"])
    form.below("Intitulé de la réalisation professionnelle", ["Mise en place d’une supervision réseau"])
    form.after("Période de réalisation\u00a0:", "du 6 janvier au 13 février 2026")
    form.after("Lieu\u00a0:", "Lille")
    form.below(
        "Conditions de réalisation", ["Ressources fournies : deux serveurs, un commutateur.", "Date : les mardis de 14 h à 17 h."]
    )
    form.below("Description des ressources documentaires", ["Documentation de l’éditeur ; Debian 12 ; Zabbix 7."])
    form.below("Modalités d’accès aux productions", ["https://candide.example.org/supervision", "Identifiant : jury"])
    form.tail(
        ["1. Contexte", "Lieu : le siège de Fictif & Fils.", "2. Réalisation", "Les sondes sont posées sur les deux serveurs."]
    )
    form.fields(default, [0, 3, 4, 6])
    return form.data()


def fiche_typed() -> bytes:
    """Boxes typed as glyphs; the date with dashes; values on the line of their label."""
    form = Form(BLANKS / "fiche-descriptive-VII-1-B-2026.docx")
    form.after("N° réalisation\u00a0:", "2")
    form.after("Nom, prénom :", "INVENTÉE Zélie")
    form.after("N° candidat\u00a0:", "0234567890")
    form.after("Date :", "12-5-26")
    form.after("Organisation support de la réalisation professionnelle", ": Imaginaire SARL")
    form.below("Intitulé de la réalisation professionnelle", ["Application de réservation de salles"])
    form.after("Période de réalisation\u00a0:", "01/2026 - 02/2026")
    form.after("Lieu\u00a0:", "Valenciennes")
    form.below("Conditions de réalisation", ["Cahier des charges fourni.", "Résultat attendu : une application testée."])
    form.below("Description des ressources documentaires", ["PHP 8.3, Symfony 7, PostgreSQL 16."])
    form.below("Modalités d’accès aux productions", ["zelie.example.org/salles"])
    form.below("Descriptif de la réalisation professionnelle", ["L’application réserve des salles.", "Elle est testée."])
    form.fields(typed, [1, 2, 4, 5, 6], every=True)
    return form.data()


def fiche_controls() -> bytes:
    """The fiche of 2023 filled for 2025: controls of Word, an empty organisation, no number, an impossible date, labels retyped."""
    form = Form(BLANKS / "fiche-descriptive-7-1-B-2023.docx")
    form.replace("2023", "2025")
    form.replace("N° candidat", "N° candidate")
    form.replace("ANNEXE", "ANnEXE")
    form.after("Nom, prénom :", "INVENTÉE Zélie")
    form.after("Date :", "31/02/2025")
    form.below("Intitulé de la réalisation professionnelle", ["Site de l’association Fictive"])
    form.after("Période de réalisation\u00a0:", "2024-2025")
    form.fields(control, [1, 4], every=True)
    form.drop_row("Modalités d’accès aux productions")
    return form.data()


def attestation() -> bytes:
    """Values typed over the dots; symbols of Wingdings for the boxes."""
    form = Form(BLANKS / "attestation-stage-annexe-9-2025-reconstitution.docx")
    form.after("Nom ou dénomination sociale\u00a0:", "Fictif & Fils")
    form.after("Adresse\u00a0:", "12 rue de l’Invention, 59000 Lille")
    form.after("Nom\u00a0:", "EXEMPLE")
    form.after("Prénom\u00a0:", "Candide")
    form.after("Né(e) le\u00a0:", "03/02/2005")
    form.after("Mél\u00a0:", "candide@example.org")
    form.after("Dates de début et de fin du stage\u00a0: Du", "6 janvier 2025")
    form.after(" au ", "14 février 2025", within="Dates de début")
    form.after("Représentant une durée totale de", "6 semaines")
    form.after("pour un montant total de", "652,05")
    form.after("Fait à", "Le Cateau")
    form.after(" le ", "17/02/2025", within="Fait à")
    form.below("représentant de l’organisme d’accueil", ["Mme Fictive, directrice"])
    form.fields(symbol, [1, 2], every=True)
    return form.data()


def grille() -> bytes:
    """Levels ticked by a cross in the place of the box; one line left blank, one with two levels; a penalty and its points."""
    form = Form(BLANKS / "grille-evaluation-VII-5-B-2026.docx")
    form.after("Nom, prénom\u00a0:", "INVENTÉE Zélie")
    form.after("Date :", "3 juin 2026")
    form.after("N° candidat\u00a0:", "0234567890")
    form.after("N° commission :", "4")
    form.below("Noms des membres de la commission d’interrogation", ["Mme Fictive, M. Imaginaire"])
    form.cell(1, 1, 1, "13,5")
    form.cell(2, 1, 1, "10")
    form.cell(2, 5, 1, "3,5")
    form.fields(checked, [0, 2])
    # every row of competence has four boxes, of activity five
    form.symbols([2, *(4 + 5 * row + 3 for row in range(10)), 60], "☒")
    return form.data()


def controle() -> bytes:
    """One option, one reason, a date and a visa."""
    form = Form(BLANKS / "controle-conformite-VII-2-2026.docx")
    form.after("Nom et prénom :", "EXEMPLE Candide")
    form.after("N° candidat\u00a0:", "02345678901")
    form.after("Date du contrôle\u00a0:", "2 avril 2026")
    form.after("Visa\u00a0:", "Mme Fictive")
    form.fields(default, [0, 3])
    return form.data()


def besoins() -> bytes:
    """Both sides, of one option; two kinds of documentation."""
    form = Form(BLANKS / "expression-besoins-VII-3-2026.docx")
    form.after("N° commission :", "7")
    form.after("Date :", "04.06.2026")
    form.after("NOM, prénom\u00a0:", "INVENTÉE Zélie")
    form.after("N° candidat\u00a0:", "0234567890")
    form.after("Réalisation professionnelle retenue\u00a0:", "Application de réservation")
    form.after("N° réalisation\u00a0:", "2")
    form.below("Circonstances de l’expression des besoins", ["Les salles sont réservées deux fois."])
    form.below("Spécifications fonctionnelles de la production attendue", ["Refuser une réservation en double."])
    form.below("Production attendue", ["Une version corrigée."], nth=0)
    form.below("Ajustements éventuellement demandés", ["Prévenir par courriel."])
    form.fields(control, [1, 2, 4, 5, 10], every=True)
    return form.data()


def appreciation() -> bytes:
    """Observations of both phases, a note."""
    form = Form(BLANKS / "fiche-appreciation-VII-6-2026.docx")
    form.after("Nom, prénom\u00a0:", "INVENTÉE Zélie")
    form.after("N° candidat\u00a0:", "0234567890")
    form.after("N° commission :", "4")
    form.after("Date :", "3/6/2026")
    form.below("Observations", ["Exposé clair."], nth=0)
    form.below("Observations", ["La recette a réussi.", "Une anomalie corrigée."], nth=1)
    form.below("Appréciation sur les niveaux de maîtrise", ["Bonne maîtrise d’ensemble."])
    form.cell(1, 9, 1, "14")
    form.below("Visa des membres de la commission", ["Mme Fictive"])
    form.fields(default, [0, 3])
    return form.data()


def environnement() -> bytes:
    """Some elements described, one remark."""
    form = Form(BLANKS / "environnement-technologique-VII-7-2026.docx")
    form.cell(1, 0, 1, "Lycée Fictif, Lille")
    form.cell(2, 1, 1, "Active Directory")
    form.cell(2, 2, 1, "PostgreSQL 16")
    form.cell(2, 2, 2, "À compléter")
    form.cell(5, 1, 1, "Trois zones et une DMZ")
    form.cell(13, 2, 1, "Client riche en JavaScript")
    return form.data()


def ndrc(epreuve: str) -> bytes:
    """Levels ticked by changing the symbol; names and notes typed over the dots."""
    form = Form(BLANKS / f"ndrc-grille-{epreuve}-2025.docx")
    form.after("NOM\u00a0du CANDIDAT\u00a0:", "EXEMPLE")
    form.after("Prénom du candidat :", "Candide")
    form.after("NOTE sur 20", "15")
    form.syms([2, 7, 12] if epreuve == "E4" else [2, 7, 8, 13, 18, 23, 24], "F0FE")
    if epreuve == "E4":
        form.syms([0], "F0FE")
    return form.data()


def tableau() -> bytes:
    """Crosses, a fill, diagonals, ticks, « 1 »; an empty row between two; a tick in a row without a title."""
    book = load_workbook(BLANKS / "tableau-synthese-8-1-2026.xlsx")
    sheet: Any = book.active
    sheet["A3"] = "NOM et prénom : INVENTÉE Zélie"
    sheet["F3"] = "N° candidat : 0234567890"
    sheet["A4"] = "Centre de formation : Lycée Fictif, Lille"
    sheet["G4"], sheet["H4"] = "▢ SISR", "☒ SLAM"
    sheet["A5"] = "Adresse URL du portfolio : https://zelie.example.org/portfolio"
    thin = Side(style="thin")
    rows = (
        (9, "Installation de GLPI\nGuide d’utilisation", "02/09/24 au 20/12/24", {"C": "X", "D": "x", "G": "✔"}),
        (10, "Site de l’association", "du 6 janvier au 14 février 2025", {"E": "1"}),
        (12, "Veille technologique", "2024-2025", {"H": "X"}),
        (20, "Stage chez Fictif & Fils", "27/05/2024 au 05/07/2024", {"D": "X", "F": "X"}),
        (28, "Stage chez Imaginaire SARL", "01/2026 - 02/2026", {"C": "X"}),
        (29, None, None, {"F": "X"}),
    )
    for row, title, period, crosses in rows:
        sheet[f"A{row}"], sheet[f"B{row}"] = title, period
        for column, cross in crosses.items():
            sheet[f"{column}{row}"] = cross
    sheet["F10"].fill = PatternFill("solid", fgColor="FFCC00")
    sheet["G28"].border = Border(diagonal=thin, diagonalUp=True, diagonalDown=True)
    return _saved(book)


def tableau_22() -> bytes:
    """The variant with one column for each activity, under its compétence; sections named in other words."""
    book = load_workbook(BLANKS / "tableau-synthese-8-1-2026.xlsx")
    old: Any = book.active
    sheet = book.create_sheet("Tableau")
    for row in range(1, 6):
        for column in (1, 6, 7, 8):
            sheet.cell(row, column, old.cell(row, column).value)
    sheet["A3"] = "NOM et prénom : EXEMPLE Candide"
    sheet["F4"], sheet["G4"], sheet["H4"] = "Option :", "☑ SISR", "▢ SLAM"
    sheet["A6"], sheet["B6"] = old["A6"].value, old["B6"].value
    column, columns = 3, []
    for letter in "CDEFGH":
        parts = [line for line in str(old[f"{letter}7"].value).split("\n") if line.strip()]
        sheet.cell(6, column, old[f"{letter}6"].value)
        if len(parts) > 1:
            sheet.merge_cells(start_row=6, end_row=6, start_column=column, end_column=column + len(parts) - 1)
        for part in parts:
            sheet.cell(7, column, part)
            columns.append(letter)
            column += 1
    sheet.merge_cells(start_row=8, end_row=8, start_column=1, end_column=column - 1)
    sheet["A8"] = "Réalisations en cours de formation"
    sheet["A9"], sheet["B9"] = "Parc informatique", "10/2024 - 12/2024"
    sheet.cell(9, 3, "X")
    sheet.cell(9, 5, "X")
    sheet.cell(9, column - 1, "X")
    sheet.merge_cells(start_row=10, end_row=10, start_column=1, end_column=column - 1)
    sheet["A10"] = "Stage de 1ère année"
    sheet["A11"], sheet["B11"] = "Support aux utilisateurs", "du 27/05/2025 au 04/07/2025"
    sheet.cell(11, 3 + columns.index("D"), "X")
    book.remove(old)
    return _saved(book)


def _saved(book: Any) -> bytes:
    """The workbook with the same bytes at each run."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.namelist():
            data = package.read(name)
            if name == "docProps/core.xml":
                data = _undated(data)
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return out.getvalue()


def _undated(data: bytes) -> bytes:
    import re

    return re.sub(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", b"2026-01-15T08:30:00Z", data)


CASES: Final[dict[str, tuple[str, Callable[[], bytes]]]] = {
    "bts-sio-fiche-sisr/legacy-fields": ("docx", fiche_legacy),
    "bts-sio-fiche-slam/typed-boxes": ("docx", fiche_typed),
    "bts-sio-fiche-slam/controls": ("docx", fiche_controls),
    "bts-sio-tableau-synthese/crosses": ("xlsx", tableau),
    "bts-sio-tableau-synthese/22-columns": ("xlsx", tableau_22),
    "bts-sio-attestation-stage/typed-over-dots": ("docx", attestation),
    "bts-sio-grille-bloc2-slam/levels": ("docx", grille),
    "bts-sio-controle-conformite/filled": ("docx", controle),
    "bts-sio-expression-besoins/both-sides": ("docx", besoins),
    "bts-sio-fiche-appreciation/filled": ("docx", appreciation),
    "bts-sio-environnement-technologique/filled": ("docx", environnement),
    "bts-ndrc-grille-e4/levels": ("docx", lambda: ndrc("E4")),
    "bts-ndrc-grille-e6/levels": ("docx", lambda: ndrc("E6")),
}
"""Format and maker of each case."""


def make(out: Path) -> None:
    """Writes every case."""
    for name, (suffix, maker) in CASES.items():
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"source.{suffix}").write_bytes(maker())


def print_pdfs(out: Path) -> None:
    """Prints the cases that have a PDF, with LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is needed")
    for name, (suffix, _maker) in CASES.items():
        if name.partition("/")[2] in PRINTED:
            with tempfile.TemporaryDirectory() as folder:
                command = [
                    office,
                    PROFILE,
                    "--headless",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    folder,
                    str(out / name / f"source.{suffix}"),
                ]
                subprocess.run(command, check=True, capture_output=True)
                shutil.copy(Path(folder) / "source.pdf", out / name / "source.pdf")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "samples")
    parser.add_argument("--print", action="store_true", dest="printed")
    chosen = parser.parse_args()
    make(chosen.out)
    if chosen.printed:
        print_pdfs(chosen.out)


if __name__ == "__main__":
    main()
