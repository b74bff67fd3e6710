"""An invented class of twelve candidates, and the mistakes planted in what they hand in. Nobody here exists.

What is planted is what real candidates do: see ``samples/README.md``. ``PLANTED`` is written by hand: it is what a careful person
would find, not what the program says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Person:
    """A candidate."""

    folder: str
    last: str
    first: str
    number: str
    session: int
    option: str
    topics: tuple[str, str]
    """Titles of both réalisations."""
    ways: tuple[str, str] = ("default", "typed")
    """How the boxes of both fiches are ticked."""
    pdf: tuple[str, ...] = ()
    """Documents that are handed in as PDF."""
    mistakes: dict[str, dict[str, object]] = field(default_factory=dict)
    """What is changed, by document."""

    @property
    def name(self) -> str:
        """As most of the documents have it."""
        return f"{self.last} {self.first}"


CENTRE: Final = "Lycée Fictif, Lille"
PEOPLE: Final = (
    Person("01-exemple", "EXEMPLE", "Candide", "02601234501", 2026, "SISR", ("Supervision du réseau", "Accès distant sécurisé")),
    Person(
        "02-inventee",
        "INVENTÉE",
        "Zélie",
        "02601234502",
        2026,
        "SLAM",
        ("Réservation de salles", "Suivi des prêts de matériel"),
        ways=("typed", "typed"),
        pdf=("fiche-2", "attestation-1"),
        # accents, case, order and spaces of a number are no difference; a copy in PDF is one document
        mistakes={
            "fiche-1": {"nom": "Zélie Inventée", "copy": True},
            "fiche-2": {"nom": "inventee zelie"},
            "tableau": {"numero": "026 0123 4502"},
        },
    ),
    Person(
        "03-fictif",
        "FICTIF",
        "Basile",
        "02601234503",
        2026,
        "SISR",
        ("Segmentation du réseau", "Sauvegarde des postes"),
        mistakes={"fiche-2": {"organisation": "", "numero": "", "date": ""}},
    ),
    Person(
        "04-imaginaire",
        "IMAGINAIRE",
        "Colette",
        "02601234504",
        2026,
        "SLAM",
        ("Gestion de stock", "Annuaire des anciens"),
        ways=("typed", "control"),
        pdf=("fiche-1",),
        mistakes={
            "fiche-1": {"ticks": [3, 4, 5]},
            "fiche-2": {
                "ticks": [0, 1, 2, 3, 4],
                "organisation": "Il était une fois une association qui cherchait ses anciens élèves. " * 5,
            },
        },
    ),
    Person(
        "05-supposee",
        "SUPPOSÉE",
        "Denise",
        "02601234505",
        2026,
        "SISR",
        ("Portail captif", "Répartition de charge"),
        mistakes={
            "fiche-1": {"blank": "7-1", "labels": True},
            "fiche-2": {"verso": "2024"},
        },
    ),
    Person(
        "06-fabuleux",
        "FABULEUX",
        "Édith",
        "02601234506",
        2026,
        "SLAM",
        ("Carnet de bord", "Covoiturage"),
        ways=("symbol", "default"),
        mistakes={
            "fiche-1": {"date": "31/02/2026", "periode": "du 13/02/2026 au 05/01/2026"},
            "fiche-2": {"date": "06/02026"},
            "attestation-1": {"fait_le": "24/2/202"},
        },
    ),
    Person(
        "07-chimere",
        "CHIMÈRE",
        "Flore",
        "02601234507",
        2026,
        "SISR",
        ("Relais de courrier", "Filtrage des accès"),
        mistakes={
            "tableau": {
                "option": "",
                "url": "htp//flore example",
                "rows": {
                    10: (None, "06/01/25 au 14/02/25", "D"),
                    11: ("Veille", "2024-2025", "H"),
                    12: ("Aide aux usagers", "03/03/25 au 04/04/25", ""),
                },
            }
        },
    ),
    Person(
        "08-legende",
        "LÉGENDE",
        "Gaston",
        "02401234508",
        2024,
        "SLAM",
        ("Planning partagé", "Agenda"),
        ways=("checked", "typed"),
        mistakes={"fiche-2": {"absent": True}, "tableau": {"rows": {9: ("Parc informatique", "20/12/22 au 05/09/22", "CDH")}}},
    ),
    Person(
        "09-mirage",
        "MIRAGE",
        "Hortense",
        "02401234509",
        2024,
        "SISR",
        ("Réseau sans fil", "Téléphonie"),
        mistakes={
            "fiche-2": {"realisation": "1"},
            "attestation-1": {"nom": "FICTIVE", "prenom": "Anne", "signataire": "Mme Anne Fictive, directrice"},
            "tableau": {"rows": {28: ("Stage chez Imaginaire SARL", "08/01/24 au 16/02/24", "F")}},
        },
    ),
    Person(
        "10-utopie",
        "UTOPIE",
        "Irène",
        "02601234510",
        2026,
        "SLAM",
        ("Ventes en ligne", "Sondages"),
        pdf=("attestation-2",),
        mistakes={
            "tableau": {"option": "SISR SLAM", "url": ""},
            "fiche-1": {"nom": "UTOPIA Irène"},
            "fiche-2": {"numero": "02601234501"[:-2] + "11"},
        },
    ),
    Person(
        "11-songe",
        "SONGE",
        "Jules",
        "02401234511",
        2024,
        "SISR",
        ("Détection d’intrusions", "Annuaire"),
        mistakes={
            "attestation-1": {"fait_le": "20/06/2023", "option": ""},
            "attestation-2": {"duree": "12 semaines"},
            "fiche-1": {"date": "02/09/2023"},
            "fiche-2": {"acces": "https://jules.example.org – identifiant : jury, mot de passe : 4tEx!"},
        },
    ),
    Person(
        "12-reveuse",
        "RÊVEUSE",
        "Karine",
        "02401234512",
        2024,
        "SLAM",
        ("Inventaire", "Messagerie"),
        mistakes={
            "tableau": {"absent": True},
            "fiche-1": {"older": True},
            "fiche-2": {"session": "2023-2024"},
        },
    ),
)

PLANTED: Final[dict[str, dict[str, list[str]]]] = {
    "01-exemple": {},
    "02-inventee": {"E6": ["duplicate-document"]},
    "03-fictif": {"fiche-2": ["empty-date", "empty-field", "empty-identity"]},
    "04-imaginaire": {
        "fiche-1": ["no-exam-form"],
        "fiche-2": ["organisation-story", "two-exam-forms", "two-working-modes"],
        "E6": ["bloc-not-covered"],
    },
    "05-supposee": {"fiche-1": ["wrong-annexe", "wrong-epreuve"], "fiche-2": ["several-sessions"]},
    "06-fabuleux": {
        "fiche-1": ["impossible-date", "period-order"],
        "fiche-2": ["unreadable-date"],
        "attestation-1": ["unreadable-date"],
    },
    "07-chimere": {"tableau": ["malformed-url", "no-option", "row-period-format", "row-without-competence", "row-without-title"]},
    "08-legende": {"tableau": ["row-period-order"], "E5": ["missing-fiche"]},
    "09-mirage": {
        "tableau": ["uncovered-competence"],
        "attestation-1": ["signatory-is-student"],
        "E4": ["internship-not-attested"],
        "E5": ["same-realisation-number"],
        "class": ["unassigned-document"],
    },
    "10-utopie": {"tableau": ["no-portfolio-url", "two-options"], "E5": ["identity-differs", "number-differs"]},
    "11-songe": {
        "attestation-1": ["attestation-option", "signed-too-early"],
        "attestation-2": ["internship-duration"],
        "attestation-ecole": ["unknown-form"],
        "fiche-1": ["date-before-period"],
        "fiche-2": ["password-written"],
    },
    "12-reveuse": {
        "fiche-2": ["unreadable-session"],
        "portfolio": ["unknown-form"],
        "E4": ["missing-document"],
        "E5": ["superseded-document"],
    },
    "vierge": {"fiche": ["blank-form"]},
}
"""The codes that each document, dossier (by épreuve) and the class must give: these, and nothing else."""
LISTED: Final = {"candidate-without-dossier": "ABSENTE Lise", "dossier-without-candidate": "RÊVEUSE Karine"}
"""What the list of candidates adds."""
