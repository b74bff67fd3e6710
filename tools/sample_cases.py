"""The sample cases of the grid « Bloc 1 : compétences », as data: what stands in each document, whatever its format.

The wording is that of the real grid (``samples/bts-sio-grille-bloc1/real-grid/source.txt``), never the référentiel's: a wrong
référentiel must not make a wrong sample. Everybody named here is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

SAMPLES: Final = Path(__file__).parents[1] / "samples" / "bts-sio-grille-bloc1"
REAL: Final = SAMPLES / "real-grid" / "source.txt"
OPTIONS: Final = ("transversale", "B1.1", "B1.2", "B1.3", "B1.4", "B1.5", "B1.6")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of three cells."""

    title: str
    activities: tuple[str, ...]
    """Lines under the title; one that begins with ``· `` is an item of a list."""
    box: tuple[str, ...]
    """Lines of the box cell. ☐ and ☒ are boxes; ⍰ is one that contradicts itself."""
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A row of one cell over the whole width."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table that is no grid."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a word processor happened to write the document."""

    boxes: str = "inline"
    """``typed`` glyphs, or ``w14:checkbox`` controls: ``inline``, ``block`` (around the paragraph), ``cell`` (around the cell)."""
    lists: bool = False
    """Bullets by ``w:numPr`` instead of typed « · »."""
    runs: bool = False
    """Paragraphs cut in several runs, as after many edits, with marks of the spelling checker."""
    header: bool = True
    """A header row that repeats on each page."""
    fixed: bool = False
    """Rows that do not break over pages (``w:cantSplit``)."""
    font: str = "Calibri"


@dataclass(frozen=True, slots=True)
class Case:
    """One document."""

    name: str
    body: tuple[Row | Span, ...] = ()
    before: tuple[str, ...] = ()
    """Paragraphs above the grid; the first is the title."""
    after: tuple[str, ...] = ()
    """Paragraphs below the grid."""
    headings: tuple[str, ...] = ("Bloc 1 : compétences", "", "Indicateurs de performance")
    table: Table | None = None
    """A table that stands in the place of the grid."""
    look: Look = field(default_factory=Look)
    pdf: str = "libreoffice"
    """Who prints the PDF: ``libreoffice`` from the DOCX, or ``word``, drawn with the operators that Word writes."""


def _blank() -> dict[str, Row]:
    """The rows of the real grid, their boxes emptied."""
    chunks = REAL.read_text(encoding="utf-8").rstrip("\n").split("\n\n\t")
    rows = []
    for chunk in chunks[1:]:
        first, _box, third = (cell.rstrip("\n").split("\n") for cell in chunk.split("\n\t"))
        rows.append(Row(first[0], tuple(first[1:]), ("☐",), tuple(line for line in third if line)))
    return dict(zip(OPTIONS, rows, strict=True))


BLANK: Final = _blank()
TITLE: Final = "Bloc 1 : compétences et indicateurs de performance"


def grid(ticked: str = "", **changed: Row | tuple[Row | Span, ...]) -> tuple[Row | Span, ...]:
    """The seven rows; ``ticked`` holds the digits of those ticked (0 is the transversal one), ``r1=…`` replaces a row by others."""
    out: list[Row | Span] = []
    for digit, option in enumerate(OPTIONS):
        row = changed.get(f"r{digit}", BLANK[option])
        rows = row if isinstance(row, tuple) else (row,)
        tick = str(digit) in ticked
        out += [replace(r, box=("☒",)) if tick and isinstance(r, Row) and r.box == ("☐",) else r for r in rows]
    return tuple(out)


def row(digit: int) -> Row:
    """A blank row by its digit."""
    return BLANK[OPTIONS[digit]]


def reworded(source: Row, *pairs: tuple[str, str], title: str | None = None) -> Row:
    """The row with texts replaced in its lines; each must be there."""
    changed = source
    for old, new in pairs:
        assert any(old in line for line in (*changed.activities, *changed.indicators)), old
        changed = replace(
            changed,
            activities=tuple(line.replace(old, new) for line in changed.activities),
            indicators=tuple(line.replace(old, new) for line in changed.indicators),
        )
    return replace(changed, title=title or changed.title)


_LONG: Final = (
    "Séance du 5 mars 2026, salle inventée B 204. Candide a présenté son environnement de travail à Mme Fictive et à "
    "M. Imaginaire : trois machines virtuelles, un serveur de sauvegarde et un poste d’administration. La démonstration a "
    "duré vingt minutes ; elle a été interrompue deux fois par des questions du jury.",
    "Points forts : l’inventaire est tenu à jour, les droits sont documentés et le plan de sauvegarde est connu par cœur.",
    "Points à reprendre : la restauration n’a été testée que sur un fichier ; la procédure de reprise n’est pas écrite.",
)


def _minutes(count: int) -> tuple[str, ...]:
    """Numbered minutes, so that a line lost, doubled or out of order shows."""
    return tuple(
        f"{n}. {what} (relevé par {who} le {1 + n % 28:02d}/02/2026)."
        for n in range(1, count + 1)
        for what, who in [
            (
                (
                    "Le ticket fictif a été qualifié, traité puis clos après accord de l’utilisateur",
                    "La sauvegarde de la nuit est vérifiée et le journal est archivé avec le compte rendu",
                    "Le poste de prêt est remis en état, son image disque est refaite et l’inventaire corrigé",
                    "Réunion d’avancement : les écarts sont expliqués, le planning est repoussé de deux jours",
                )[n % 4],
                ("Mme Fictive", "M. Imaginaire", "Zélie Inventée")[n % 3],
            )
        ]
    )


CASES: Final = (
    Case("all-blank", grid(), look=Look(font="Times New Roman")),
    Case("all-ticked", grid("0123456"), before=(TITLE, "Nom : Candide EXEMPLE"), look=Look(boxes="cell", lists=True)),
    Case(
        "comments-in-every-row",
        grid(
            "0135",
            r0=replace(row(0), indicators=("Zélie a présenté « sa » part du projet Parc 2026 : claire, chiffrée.",)),
            r1=replace(
                row(1),
                activities=(
                    *row(1).activities,
                    "Vu en stage chez Fictif & Fils :",
                    "",
                    "inventaire de 42 postes, écarts justifiés.",
                ),
            ),
            r2=replace(row(2), indicators=(*row(2).indicators, "À revoir : l'accueil téléphonique (M. Imaginaire, 12/03/2026).")),
            r3=replace(row(3), box=("☒", "vu")),
            r4=(
                row(4),
                Span(
                    (
                        "Mme Fictive : « planning tenu, sauf la recette ».",
                        "",
                        "À reprendre avant le 30\u00a0mai\u00a0; l’écart est de 12\u202f%.",
                    )
                ),
            ),
            r5=(row(5), Span(("• recette signée par le client fictif", "• déploiement fait le 2 avril"))),
            r6=replace(
                row(6),
                activities=(*row(6).activities, "Profil en ligne relu avec Mme Fictive."),
                indicators=(*row(6).indicators, "Veille : 3 sources, “ régulière ” mais sans outil."),
            ),
        ),
        before=(TITLE,),
        look=Look(boxes="block", runs=True),
    ),
    Case(
        "long-comments",
        grid(
            "1256",
            r1=(row(1), Span(_LONG)),
            r2=(row(2), Span(_minutes(48))),
            r6=replace(row(6), activities=(*row(6).activities, *_minutes(26))),
        ),
        before=(TITLE, "Nom : Candide EXEMPLE"),
        look=Look(runs=True, lists=True, font="Arial"),
    ),
    Case(
        "reworded-labels",
        grid(
            "124",
            r1=reworded(
                row(1),
                ("Gérer des sauvegardes", "Gérer les sauvegardes"),
                ("d’habilitation", "d'habilitation"),
                (
                    "Les restaurations sont testées et opérationnelles.",
                    "Les restaurations ont été testées et sont opérationnelles.",
                ),
            ),
            r2=reworded(
                row(2), ("Traiter des demandes concernant les applications", "TRAITER DES DEMANDES CONCERNANT LES APPLICATIONS")
            ),
            r3=reworded(
                row(3),
                ("Les mentions légales sont accessibles", "Les mentions legales sont accessibles"),
                ("mesurer leur visibilité.", "mesurer leur visibilité"),
                title="B1.3 : Developper la presence en ligne de l'organisation",
            ),
            r4=reworded(
                row(4),
                ("· Planifier les activités", "· Planifier ses activités"),
                ("Le projet est documenté.", "Le projet est  documenté"),
            ),
            r6=reworded(
                row(6), ("Mettre en œuvre", "Mettre en oeuvre"), ("- renforcer ses compétences.", "- Renforcer de ses compétences.")
            ),
        ),
        before=(TITLE,),
        look=Look(boxes="typed", lists=True),
        pdf="word",
    ),
    Case("missing-row", grid("12", r3=()), before=(TITLE,), look=Look(runs=True), pdf="word"),
    Case("duplicated-row", grid("12", r2=(row(2), row(2))), before=(TITLE,), look=Look(boxes="typed")),
    Case(
        "duplicated-row-disagreeing",
        grid("1", r2=(row(2), replace(row(2), box=("☒",)))),
        before=(TITLE,),
        look=Look(lists=True),
        pdf="word",
    ),
    Case(
        "rows-out-of-order",
        (grid("456")[0], *(grid("456")[i] for i in (4, 1, 2, 3, 6, 5))),
        before=(TITLE, "Nom : Candide EXEMPLE"),
        look=Look(boxes="typed", runs=True),
        pdf="word",
    ),
    Case(
        "swapped-between-competences",
        grid(
            "25",
            r2=replace(row(2), activities=row(5).activities, indicators=row(5).indicators),
            r5=replace(row(5), activities=row(2).activities, indicators=row(2).indicators),
        ),
        before=(TITLE,),
        look=Look(boxes="cell"),
    ),
    Case(
        "lines-moved-between-competences",
        grid(
            "35",
            r3=replace(row(3), activities=(*row(3).activities, *row(5).activities[:2])),
            r5=replace(row(5), activities=row(5).activities[2:]),
        ),
        before=(TITLE,),
        look=Look(lists=True, runs=True),
    ),
    Case("uncertain-box", grid("1", r4=replace(row(4), box=("⍰",))), before=(TITLE,), pdf="word"),
    Case(
        "look-alike",
        before=(
            "Portfolio de Candide EXEMPLE",
            "Mes compétences du bloc 1",
            *(BLANK[option].title for option in OPTIONS),
            "Bloc 1 : compétences",
        ),
        table=Table(
            (
                ("Compétence", "Ce que j’ai fait", "Preuve"),
                *(
                    (BLANK[option].title, done, proof)
                    for option, done, proof in zip(
                        OPTIONS[1:],
                        (
                            "Inventaire du parc de l’entreprise inventée Fictif & Fils",
                            "Assistance aux utilisateurs pendant six semaines",
                            "Refonte du site d’une association imaginaire",
                            "Projet d’équipe : un serveur de fichiers",
                            "Déploiement d’un antivirus sur douze postes",
                            "Veille sur les mots de passe",
                        ),
                        ("inventaire.ods", "tickets.pdf", "capture.png", "planning.pdf", "procédure.pdf", "veille.html"),
                        strict=True,
                    )
                ),
            )
        ),
    ),
    Case(
        "two-boxes-in-a-row",
        grid("6", r1=replace(row(1), box=("☐", "☒")), r5=replace(row(5), box=("☒", "☒"))),
        before=(TITLE,),
        look=Look(runs=True),
    ),
    Case(
        "code-label-contradiction",
        grid("14", r4=replace(row(4), title="B1.4 : Organiser son développement professionnel")),
        before=(TITLE,),
        look=Look(boxes="typed", lists=True),
        pdf="word",
    ),
    Case(
        "unknown-row",
        grid(
            "2",
            r6=(
                row(6),
                Row(
                    "B1.7 : Administrer les serveurs d’une entreprise inventée",
                    ("· Superviser les services", "· Automatiser les tâches"),
                    ("☒",),
                    ("Les services sont disponibles aux heures convenues.",),
                ),
            ),
        ),
        before=(TITLE,),
        look=Look(boxes="block"),
    ),
    Case(
        "title-retyped",
        grid(
            "16",
            r1=replace(row(1), title="B1.1 – Gestion du patrimoine informatique"),
            r2=replace(row(2), title="B1.2 : Répondre aux incidents et aux demandes d’assistance"),
            r6=replace(row(6), title="Organiser son développement professionnel"),
        ),
        before=(TITLE, "Nom : Candide EXEMPLE"),
        look=Look(runs=True, header=False),
    ),
    Case(
        "remarks-outside",
        grid("3"),
        before=(TITLE, "Nom : Candide EXEMPLE", "Avis du jury inventé : favorable, sous réserve.", "Session 2026"),
        after=("Fait à Villefictive, le 3 juin 2026.",),
        look=Look(boxes="cell"),
    ),
)
"""Every case but the real grid, which nobody makes."""
