"""Makes ``samples/classe-bts-sio``: what twelve invented candidates hand in, in Word, Excel and PDF, with mistakes planted.

``python -m tools.make_class`` writes the Word documents, the workbooks and the list; ``--print`` prints the PDFs with LibreOffice.
The official blanks are filled as people do; none of formfill's own writers is used.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from tools.class_people import CENTRE, PEOPLE, Person
from tools.fill_form import Form, checked, control, default, symbol, typed
from tools.make_form_samples import BLANKS, PROFILE, ROOT, _saved

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT: Final = ROOT / "samples" / "classe-bts-sio"
WAYS: Final = {"default": default, "typed": typed, "checked": checked, "control": control, "symbol": symbol}
ANNEXES: Final = {2023: "7-1", 2024: "9-1", 2026: "VII-1"}


def fiche(person: Person, rank: int, session: int | None = None) -> bytes:
    """A fiche descriptive; ``session`` for one of an older session."""
    changed: dict[str, Any] = dict(person.mistakes.get(f"fiche-{rank}", {}))
    year = session or person.session
    letter = "A" if person.option == "SISR" else "B"
    old = year < 2026 or changed.get("blank") == "7-1"
    form = Form(BLANKS / f"fiche-descriptive-{'7-1' if old else 'VII-1'}-{letter}-{2023 if old else 2026}.docx")
    if old:
        form.replace("2023", str(changed.get("session", year)))
        if not changed.get("blank"):
            form.replace("7-1", ANNEXES[year])
    if changed.get("labels"):
        form.replace("N° candidat", "N° candidate")
        form.replace("ANNEXE", "ANnEXE")
    start = year
    form.after("N° réalisation\u00a0:", changed.get("realisation", str(rank)))
    form.after("Nom, prénom :", changed.get("nom", person.name))
    number = changed.get("numero", person.number)
    if number:
        form.after(
            "N° candidate" if changed.get("labels") else "N° candidat\u00a0:", f": {number}" if changed.get("labels") else number
        )
    if date := changed.get("date", f"1{rank}/05/{year}"):
        form.after("Date :", date)
    if organisation := changed.get("organisation", "Fictif & Fils, 12 rue de l’Invention, Lille"):
        form.below("Organisation support de la réalisation professionnelle", [organisation])
    form.below("Intitulé de la réalisation professionnelle", [person.topics[rank - 1]])
    period = f"du 0{rank}/10/{start - 1} au 1{rank}/12/{start - 1}" if rank == 1 else f"du 08/01/{start} au 16/02/{start}"
    form.after("Période de réalisation\u00a0:", changed.get("periode", period))
    form.after("Lieu\u00a0:", "Lille")
    form.below("Conditions de réalisation", ["Ressources fournies : deux serveurs.", "Résultat attendu : une solution en service."])
    form.below("Description des ressources documentaires", ["Documentation de l’éditeur ; Debian 12."])
    form.below("Modalités d’accès aux productions", [changed.get("acces", f"https://{person.folder[3:]}.example.org/{rank}")])
    form.tail([f"{person.topics[rank - 1]} : le besoin, la solution, les tests.", "Les schémas sont dans le dépôt."])
    if verso := changed.get("verso"):
        _verso(form, str(person.session), verso)
    ticks = changed.get("ticks", [0, 2, 4, 5] if rank == 1 else [0, 3, 6])
    how = WAYS[person.ways[rank - 1]]
    form.fields(how, ticks, every=how is not default)
    return form.data()


def _verso(form: Form, here: str, there: str) -> None:
    """Changes the session of the last title only."""
    texts = [
        text
        for text in form.root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
        if here in (text.text or "")
    ]
    last = [text for text in texts if "SESSION" in (text.text or "").upper() or (text.text or "").strip() == here][-1]
    last.text = last.text.replace(here, there)


def attestation(person: Person, rank: int) -> bytes:
    """An attestation de stage, of the first or of the second year."""
    changed: dict[str, Any] = dict(person.mistakes.get(f"attestation-{rank}", {}))
    form = Form(BLANKS / "attestation-stage-annexe-9-2025-reconstitution.docx")
    form.replace("2025", str(person.session))
    if person.session == 2026:
        form.replace("ANNEXE 9", "ANNEXE IX")
    year = person.session
    start, end, signed = (
        (f"22/05/{year - 1}", f"30/06/{year - 1}", f"30/06/{year - 1}")
        if rank == 1
        else (f"08/01/{year}", f"16/02/{year}", f"16/02/{year}")
    )
    form.after("Nom ou dénomination sociale\u00a0:", "Fictif & Fils" if rank == 1 else "Imaginaire SARL")
    form.after("Adresse\u00a0:", "12 rue de l’Invention, 59000 Lille")
    form.after("Nom\u00a0:", changed.get("nom", person.last))
    form.after("Prénom\u00a0:", changed.get("prenom", person.first))
    form.after("Né(e) le\u00a0:", "03/02/2005")
    form.after("Adresse\u00a0:", "3 rue du Songe, 59000 Lille", nth=1)
    form.below("AU SEIN DE", [CENTRE])
    form.after("Dates de début et de fin du stage\u00a0: Du", start)
    form.after(" au ", end, within="Dates de début")
    form.after("Représentant une durée totale de", changed.get("duree", "6 semaines"))
    form.after("pour un montant total de", "652,05")
    form.after("Fait à", "Roubaix")
    form.after(" le ", changed.get("fait_le", signed), within="Fait à")
    form.below("représentant de l’organisme d’accueil", [changed.get("signataire", "M. Imaginaire, directeur")])
    options = {"SISR": [2], "SLAM": [3], "": []}[changed.get("option", person.option)]
    how = typed if f"attestation-{rank}" in person.pdf else symbol if rank == 1 else default
    form.fields(how, [0 if person.first.endswith("e") else 1, *options], every=how is not default)
    return form.data()


def tableau(person: Person) -> bytes:
    """A tableau de synthèse."""
    changed: dict[str, Any] = dict(person.mistakes.get("tableau", {}))
    book = load_workbook(BLANKS / f"tableau-synthese-8-1-{person.session}.xlsx")
    sheet: Any = book.active
    year = person.session
    sheet["A3"] = f"NOM et prénom : {person.name}"
    sheet["F3"] = f"N° candidat : {changed.get('numero', person.number)}"
    sheet["A4"] = f"Centre de formation : {CENTRE}"
    option = changed.get("option", person.option).split()
    sheet["G4"], sheet["H4"] = (f"{'☒' if name in option else '▢'} {name}" for name in ("SISR", "SLAM"))
    sheet["A5"] = f"Adresse URL du portfolio : {changed.get('url', f'https://{person.folder[3:]}.example.org/portfolio')}"
    rows: dict[int, tuple[str | None, str, str]] = {
        9: ("Parc informatique\nGuide d’utilisation", f"02/09/{year - 2002} au 20/12/{year - 2002}", "CDH"),
        20: ("Stage chez Fictif & Fils", f"22/05/{year - 2001} au 30/06/{year - 2001}", "DE"),
        28: ("Stage chez Imaginaire SARL", f"08/01/{year - 2000} au 16/02/{year - 2000}", "FG"),
    } | changed.get("rows", {})
    for row, (title, period, crosses) in rows.items():
        sheet[f"A{row}"], sheet[f"B{row}"] = title, period
        for column in crosses:
            sheet[f"{column}{row}"] = "X"
    return _saved(book)


def school_attestation() -> bytes:
    """A school's own attestation: another text, other fields. It is not the form."""
    return _word(
        [
            "Lycée Fictif – Section de techniciens supérieurs",
            "CERTIFICAT DE PRÉSENCE EN ENTREPRISE",
            "Je soussigné, M. Imaginaire, certifie que SONGE Jules a été accueilli ici du 8 janvier au 16 février 2024.",
            "Fait pour servir et valoir ce que de droit.",
        ]
    )


def portfolio() -> bytes:
    """A page of a portfolio that names the compétences of the bloc. It is not the form."""
    return _word(
        [
            "Mon portfolio – Karine RÊVEUSE",
            "Compétences officielles couvertes : gérer le patrimoine informatique, travailler en mode projet.",
            "Réalisation professionnelle : inventaire du matériel. Voir la fiche descriptive et le tableau de synthèse.",
        ]
    )


def _word(lines: list[str]) -> bytes:
    """A plain Word document, made from a blank whose body is replaced."""
    form = Form(BLANKS / "controle-conformite-VII-2-2026.docx")
    body = form.root[0]
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    form.tail(lines)
    return form.data()


def candidates() -> bytes:
    """The list of the class, as a school's software exports it: Windows letters, semicolons. One more, one less."""
    lines = ["Nom;Prénom;N° candidat;Option;Session"]
    lines += [f"{p.last};{p.first};{p.number};{p.option};{p.session}" for p in PEOPLE[:-1]]
    lines.append("ABSENTE;Lise;02601234599;SLAM;2026")
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def documents() -> Iterator[tuple[str, bytes]]:
    """Every file but the PDFs, as the path under the class and the bytes; those to be printed are among them."""
    for person in PEOPLE:
        for rank in (1, 2):
            changed = person.mistakes.get(f"fiche-{rank}", {})
            if not changed.get("absent"):
                yield f"{person.folder}/fiche-{rank}.docx", fiche(person, rank)
            if changed.get("older"):
                yield f"{person.folder}/fiche-{rank}-ancienne.docx", fiche(person, rank, 2023)
            yield f"{person.folder}/attestation-{rank}.docx", attestation(person, rank)
        if not person.mistakes.get("tableau", {}).get("absent"):
            yield f"{person.folder}/tableau.xlsx", tableau(person)
    yield "11-songe/attestation-ecole.docx", school_attestation()
    yield "12-reveuse/portfolio.docx", portfolio()
    yield "vierge/fiche.docx", (BLANKS / "fiche-descriptive-VII-1-A-2026.docx").read_bytes()
    yield "candidats.csv", candidates()


def printed() -> dict[str, bool]:
    """The documents handed in as PDF, by path without extension; True where the Word document is handed in too."""
    found = {f"{person.folder}/{name}": False for person in PEOPLE for name in person.pdf}
    return found | {
        f"{person.folder}/{name}": True for person in PEOPLE for name, changed in person.mistakes.items() if changed.get("copy")
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--print", action="store_true", dest="printed")
    chosen = parser.parse_args()
    made = dict(documents())
    pdfs = printed()
    for name, data in made.items():
        if pdfs.get(name.removesuffix(".docx"), True):
            path = chosen.out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if chosen.printed:
        _print({name: made[f"{name}.docx"] for name in pdfs}, chosen.out)


def _print(sources: dict[str, bytes], out: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is needed")
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name.replace('/', '_')}.docx" for name in sources}
        for name, path in paths.items():
            path.write_bytes(sources[name])
        command = [
            office,
            PROFILE,
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            folder,
            *map(str, paths.values()),
        ]
        subprocess.run(command, check=True, capture_output=True)
        for name, path in paths.items():
            target = out / f"{name}.pdf"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path.with_suffix(".pdf"), target)


if __name__ == "__main__":
    main()
