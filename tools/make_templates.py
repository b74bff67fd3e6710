"""Makes the Word templates of the forms from the official blanks: ``python -m tools.make_templates``.

Each form says here where its fields stand on its blank. An edition of which no blank was found is made from the nearest blank, with
the title lines of the edition: ``templates/README.md`` says which.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formfill import catalogue
from tools.tag_blank import Blank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from formfill.model.layout import Layout

ROOT: Final = Path(__file__).parents[1]
BLANKS: Final = ROOT / "tests" / "readers" / "blanks"
EPREUVE: Final = "formfill.epreuve"
"""Tag of the number of the épreuve, which an edition of two sessions prints by the session."""


def fiche(blank: Blank, form: str) -> None:
    """The fiche descriptive, recto and verso."""
    blank.session()
    blank.after("numero_realisation", "N° réalisation :")
    blank.after("nom_prenom", "Nom, prénom :")
    blank.after("numero_candidat", "N° candidat :")
    blank.after("date", "Date :")
    blank.below("organisation", "Organisation support de la réalisation professionnelle")
    blank.below("intitule", "Intitulé de la réalisation professionnelle")
    blank.after("periode", "Période de réalisation :")
    blank.after("lieu", "Lieu :")
    blank.below("conditions", "Conditions de réalisation")
    blank.below("ressources", "Description des ressources documentaires")
    blank.below("acces", "Modalités d’accès aux productions")
    blank.below("descriptif", "Descriptif de la réalisation professionnelle")
    blank.boxes(_options(form, "forme_epreuve", "modalite", "competences"))


def attestation(blank: Blank, form: str) -> None:
    """The attestation de stage."""
    blank.session()
    blank.after("organisme", "Nom ou dénomination sociale :")
    blank.after("organisme_adresse", "Adresse :")
    blank.after("organisme_telephone", "~^\uf027\\s*:")
    blank.after("nom", "~^Nom\\s*:")
    blank.after("prenom", "Prénom :")
    blank.after("naissance", "Né(e) le :")
    blank.after("adresse", "Adresse :", nth=1)
    blank.after("telephone", "~^\uf027\\s*:", nth=1)
    blank.after("mel", "Mél :")
    blank.line("etablissement", "AU SEIN DE")
    blank.after("debut", "~fin du stage\\s*:\\s*Du")
    blank.after("fin", "~Dates de début.*\\sau(?=\\s)")
    blank.after("duree", "Représentant une durée totale de")
    blank.after("gratification", "pour un montant total de")
    blank.after("fait_a", "Fait à")
    blank.after("fait_le", "~Fait à.*\\sle(?=\\s)")
    blank.below("signataire", "représentant de l’organisme d’accueil")
    blank.boxes(_options(form, "sexe", "option"))


def grille(blank: Blank, form: str) -> None:
    """The grille d’aide à l’évaluation of bloc 2, recto and verso."""
    blank.session()
    blank.after("nom_prenom", "Nom, prénom :")
    blank.after("date", "Date :")
    blank.after("numero_candidat", "N° candidat :")
    blank.after("numero_commission", "N° commission :")
    blank.below("membres", "Noms des membres de la commission d’interrogation", lines=1)
    for field, label in {
        "note": "NOTE",
        "points_une_absente": "Absence d’une réalisation professionnelle (10 points de pénalité)",
        "points_deux_absentes": "Absence des deux réalisations professionnelles (20 points de pénalité)",
        "points_environnement": "Environnement technologique mis en œuvre non conforme à l’annexe II.E "
        "(jusqu’à 15 points de pénalité)",
        "note_finale": "NOTE FINALE",
    }.items():
        blank.inside(field, next(blank.cells_after(label))[0])
    blank.boxes([*_options(form, "forme_epreuve", "penalites"), *_levels(form)])


def controle(blank: Blank, form: str) -> None:
    """The fiche de contrôle de conformité."""
    blank.session()
    blank.after("nom_prenom", "Nom et prénom :")
    blank.after("numero_candidat", "N° candidat :")
    blank.after("date_controle", "Date du contrôle :")
    blank.after("visa", "Visa :")
    blank.boxes(_options(form, "option", "motifs"))


def besoins(blank: Blank, form: str) -> None:
    """The expression des besoins, recto and verso."""
    blank.session()
    blank.after("numero_commission", "N° commission :")
    blank.after("date", "Date :")
    blank.after("nom_prenom", "NOM, prénom :")
    blank.after("numero_candidat", "N° candidat :")
    blank.after("realisation_retenue", "Réalisation professionnelle retenue :")
    blank.after("numero_realisation", "N° réalisation :")
    blank.below("circonstances", "Circonstances de l’expression des besoins")
    blank.below("specifications", "Spécifications fonctionnelles de la production attendue")
    blank.below("documents_fournis", "Si besoin liste des documents fournis")
    blank.below("production", "~^Production attendue")
    blank.below("ajustements", "Ajustements éventuellement demandés")
    blank.boxes(_options(form, "option", "forme_epreuve", "documentation", "option_verso"))


def appreciation(blank: Blank, form: str) -> None:
    """The fiche d’appréciation."""
    blank.session()
    blank.after("nom_prenom", "Nom, prénom :")
    blank.after("numero_candidat", "N° candidat :")
    blank.after("numero_commission", "N° commission :")
    blank.after("date", "Date :")
    for number in (1, 2):
        blank.after(f"phase_{number}", f"~^Phase {number} : .*\\)")
        blank.below(f"observations_{number}", "~^Observations", nth=number - 1)
    blank.below("appreciation", "Appréciation sur les niveaux de maîtrise")
    blank.inside("note", next(blank.cells_after("NOTE"))[0])
    blank.below("visa", "Visa des membres de la commission")
    blank.boxes(_options(form, "forme_epreuve", "option", "absences"))


def environnement(blank: Blank, form: str) -> None:
    """The environnement technologique, of both options."""
    blank.session()
    matrix = _layout(form).matrix
    assert matrix is not None
    for rank, field in enumerate(("identification", "identification_slam")):
        blank.inside(field, list(blank.cells_after("Identification"))[rank][0])
    for rank, part in enumerate(matrix.parts):
        for row in part.rows:
            found = list(blank.cells_after(row.label))
            for cell, column in zip(found[rank if len(found) > 1 else 0], matrix.columns, strict=True):
                blank.inside(f"{row.id}.{column.id}", cell)


def ndrc_e4(blank: Blank, form: str) -> None:
    """The grille and the fiche d’évaluation of E4."""
    _ndrc(blank)
    blank.after("date_a", "~^Date\\s*:")
    blank.after("date_b", "~^Date\\s*:", nth=1)
    blank.after("numero_fiche", "FICHE D’activité N° :")
    blank.after("titre_fiche", "TITRE :")
    for rank, side in enumerate("ab"):
        blank.below(f"appreciation_{side}", "Appréciation de la commission", nth=rank)
        blank.below(f"commission_{side}", "Nom et signature des membres de la commission :", nth=rank, lines=2)
    rows = [f"{row}:{level}" for row in ("negocier.1", "evenement.1", "negocier.2", "evenement.2", "evenement.3") for level in TIS]
    blank.boxes(
        [
            "activites:prospecter",
            *(f"niveau.prospecter.{row}:{level}" for row in range(1, 5) for level in TIS),
            "activites:negocier",
            "activites:evenement",
            *(f"niveau.{row}" for row in rows),
            "activites:information",
            *(f"niveau.information.{row}:{level}" for row in (1, 2) for level in TIS),
            "simulation:negociation",
            "simulation:evenement",
        ]
    )


def ndrc_e6(blank: Blank, form: str) -> None:
    """The grille and the fiche d’évaluation of E6."""
    _ndrc(blank)
    blank.after("date_grille_a", "~^Dates.*Situation A\\s*:")
    blank.after("date_grille_b", "~^Dates.*Situation B\\s*:")
    blank.after("date_a", "~^Date\\s*:")
    blank.after("date_b", "~^Date\\s*:", nth=1)
    blank.after("fiche_a", "Fiche n° :")
    blank.after("fiches_b", "~Fiches n°\\s*:")
    for rank, side in enumerate("ab"):
        blank.below(f"appreciation_{side}", "Appréciation du Jury", nth=rank)
        blank.below(f"commission_{side}", "Nom et signature du membre de la commission :", nth=rank, lines=1)
    blank.boxes([*_levels(form), *_options(form, "reseau_a", "reseaux_b")])


def _ndrc(blank: Blank) -> None:
    blank.session()
    for rank, side in enumerate(("", "_fiche")):
        blank.after(f"nom{side}", "NOM du CANDIDAT :", nth=rank)
        blank.after(f"prenom{side}", "Prénom du candidat :", nth=rank)
        blank.after(f"note{side}", "NOTE sur 20", nth=rank)


TIS: Final = ("TI", "I", "S", "TS")
_E5: Final = (("Épreuve E6", "Épreuve E5"),)
_Editions = dict[str, tuple[str, tuple[tuple[str, str], ...]]]
SOURCES: Final[Mapping[str, tuple[Callable[[Blank, str], None], _Editions]]] = (
    {
        f"bts-sio-fiche-{option}": (
            fiche,
            {
                "7-1": (f"fiche-descriptive-7-1-{letter}-2023.docx", ()),
                "9-1": (f"fiche-descriptive-VII-1-{letter}-2026.docx", ((f"ANNEXE VII-1-{letter}", f"ANNEXE 9-1-{letter}"),)),
                "VII-1": (f"fiche-descriptive-VII-1-{letter}-2026.docx", ()),
            },
        )
        for option, letter in (("sisr", "A"), ("slam", "B"))
    }
    | {
        f"bts-sio-grille-bloc2-{option}": (
            grille,
            {
                "7-5": (f"grille-evaluation-7-5-{letter}-2023.docx", ()),
                "VII-5": (f"grille-evaluation-VII-5-{letter}-2026.docx", ()),
            },
        )
        for option, letter in (("sisr", "A"), ("slam", "B"))
    }
    | {
        "bts-sio-attestation-stage": (
            attestation,
            {
                "9": ("attestation-stage-annexe-9-2025-reconstitution.docx", ()),
                "IX": ("attestation-stage-annexe-9-2025-reconstitution.docx", (("ANNEXE 9", "ANNEXE IX"),)),
            },
        ),
        "bts-sio-controle-conformite": (
            controle,
            {
                "7-2": ("controle-conformite-VII-2-2026.docx", (("ANNEXE VII-2", "ANNEXE 7-2"), *_E5)),
                "VII-2": ("controle-conformite-VII-2-2026.docx", ()),
            },
        ),
        "bts-sio-expression-besoins": (
            besoins,
            {
                "7-3": ("expression-besoins-VII-3-2026.docx", (("ANNEXE VII-3", "ANNEXE 7-3"), *_E5)),
                "VII-3": ("expression-besoins-VII-3-2026.docx", ()),
            },
        ),
        "bts-sio-fiche-appreciation": (
            appreciation,
            {
                "7-6": ("fiche-appreciation-VII-6-2026.docx", (("ANNEXE VII-6", "ANNEXE 7-6"), *_E5)),
                "VII-6": ("fiche-appreciation-VII-6-2026.docx", ()),
            },
        ),
        "bts-sio-environnement-technologique": (environnement, {"VII-7": ("environnement-technologique-VII-7-2026.docx", ())}),
        "bts-ndrc-grille-e4": (ndrc_e4, {"2025": ("ndrc-grille-E4-2025.docx", ())}),
        "bts-ndrc-grille-e6": (ndrc_e6, {"2025": ("ndrc-grille-E6-2025.docx", ())}),
    }
)
"""How each form is tagged, and for each edition its blank and what is reprinted on it."""


SHEETS: Final = {
    "6-1": "tableau-synthese-8-1-2024.xlsx",
    "8-1": "tableau-synthese-8-1-2024.xlsx",
    "VI": "tableau-synthese-8-1-2026.xlsx",
}
"""The official sheet of each edition of the tableau, taken as it is: the writer prints its session and its épreuve."""


def _layout(form: str) -> Layout:
    layout = catalogue.form(form).layout
    assert layout is not None
    return layout


def _options(form: str, *fields: str) -> list[str]:
    found = []
    for name in fields:
        field = _layout(form).field(name)
        assert field is not None
        found += [f"{name}:{option.id}" for option in field.options]
    return found


def _levels(form: str) -> list[str]:
    levels = _layout(form).levels
    assert levels is not None
    return [f"{row.field}:{level}" for row in levels.rows for level in row.levels]


def make(form: str, edition: str) -> bytes:
    """The template of an edition."""
    tag, editions = SOURCES[form]
    name, reprinted = editions[edition]
    blank = Blank(BLANKS / name)
    for old, new in reprinted:
        blank.replace(old, new)
    own = next(item for item in catalogue.form(form).editions if item.id == edition)
    if len(own.epreuves) > 1:
        blank.epreuve(EPREUVE)
    blank.name({field.id: field.label for field in _layout(form).fields})
    tag(blank, form)
    blank.flow()
    wanted = set(catalogue.form(form).fields)
    missing = wanted - {value.partition(":")[0] for value in blank.tags()}
    if missing:
        raise LookupError(f"{form} {edition}: {sorted(missing)}")
    return blank.data()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "templates")
    chosen = parser.parse_args()
    for form, (_tag, editions) in SOURCES.items():
        folder = chosen.out / form
        folder.mkdir(parents=True, exist_ok=True)
        for edition in editions:
            (folder / f"blank-{edition}.docx").write_bytes(make(form, edition))
    folder = chosen.out / "bts-sio-tableau-synthese"
    folder.mkdir(parents=True, exist_ok=True)
    for edition, name in SHEETS.items():
        (folder / f"blank-{edition}.xlsx").write_bytes((BLANKS / name).read_bytes())


if __name__ == "__main__":
    main()
