"""What a form's TOML file may hold: strict pydantic models, described in French for the published JSON Schema."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

# pydantic needs them when the module runs
from formfill.definitions.layout_file import FieldTable, LevelsTable, MatrixTable, RowsTable  # noqa: TC001 – read from the annotations at run time
from formfill.definitions.schema import STRICT


class AnchorTable(BaseModel):
    """Un texte imprimé qui fait reconnaître le formulaire."""

    model_config = STRICT

    text: str = Field(description="Le texte, tel qu’imprimé.")
    weight: float = Field(description="Son poids dans le score, plus grand que 0.")
    required: bool = Field(default=False, description="true : sans ce texte, le formulaire n’est pas reconnu.")
    at: Literal["line", "start", "within"] = Field(
        default="line",
        description="line : toute la première ligne d’une cellule ; start : au début d’une ligne ; within : n’importe où.",
    )
    variants: list[str] = Field(default=[], description="Autres textes qui valent autant, une fois pour tous.")


class RecognitionTable(BaseModel):
    """Comment le formulaire se distingue de tous les autres."""

    model_config = STRICT

    threshold: float = Field(description="Plus petit score accepté, plus grand que 0 et jusqu’à 1.")
    row_weight: float = Field(default=1.0, description="Poids de chaque titre de ligne retrouvé au début d’une cellule.")
    min_rows: int = Field(default=0, description="Nombre de titres de ligne sans lesquels le formulaire n’est pas reconnu.")
    copies: int = Field(
        default=1,
        description="Nombre de fois que le formulaire imprime ses textes : 2 s’il a une moitié par option.",
    )
    closed: bool = Field(
        default=False,
        description="true : une page qui suit sa dernière ligne et n’imprime rien de lui n’en fait pas partie.",
    )
    anchors: list[AnchorTable] = Field(description="Textes qui le font reconnaître.")


class EditionTable(BaseModel):
    """Un tirage du formulaire."""

    model_config = STRICT

    id: str = Field(description="Identifiant de l’édition : VII-1, activites.")
    sessions: list[int] = Field(default=[], description="Sessions (années) qui l’emploient ; absent : toutes.")
    annexes: list[str] = Field(default=[], description="Numéros d’annexe qu’elle imprime : VII-1-A.")
    epreuves: list[str] = Field(
        default=[], description="Épreuves qu’elle imprime : une pour toutes ses sessions (E6), ou une par session, dans leur ordre."
    )
    confirmed: list[int] = Field(
        default=[], description="Sessions dont le numéro d’annexe a été lu sur un texte officiel ; déduit pour les autres."
    )


class TemplateTable(BaseModel):
    """Un gabarit du dossier templates/<form>/."""

    model_config = STRICT

    name: str = Field(description="Nom du fichier : page.typ, blank-activites.docx.")
    sha256: str | None = Field(default=None, description="Empreinte du fichier, en hexadécimal minuscule.")


class LinesTable(BaseModel):
    """Les libellés du référentiel qu’une colonne imprime, un par ligne."""

    model_config = STRICT

    column: int = Field(description="Colonne, comptée à partir de 0.")
    role: Literal["activity", "indicator"] = Field(description="activity : les activités ; indicator : les indicateurs.")
    printed: str = Field(default="{text}", description="Une ligne imprimée : « · {text} ».")
    element: str = Field(default="{text}", description="Un élément de liste imprimé sous son indicateur : « - {text} ».")


class RowTable(BaseModel):
    """Une ligne de la grille : une compétence ou un critère transversal du référentiel, et sa case."""

    model_config = STRICT

    code: str = Field(description="Code ou id, dans le bloc : B1.1.")
    option: str | None = Field(default=None, description="Identifiant de la case ; absent : le code.")
    title: str | None = Field(default=None, description="Titre imprimé, s’il diffère de grid.title : « {label} ».")


class GridTable(BaseModel):
    """Une grille à une case par ligne."""

    model_config = STRICT

    field: str = Field(description="Identifiant du champ : competences.")
    bloc: str = Field(description="Id du bloc du référentiel d’où viennent les lignes : B1.")
    headings: list[str] = Field(description="Ligne d’en-tête, un texte par colonne, vide où rien n’est imprimé.")
    title_column: int = Field(description="Colonne du titre des lignes, à partir de 0.")
    box_column: int = Field(description="Colonne de la case, à partir de 0.")
    title: str = Field(description="Titre imprimé d’une ligne, avec {code} et {label}.")
    comment_field: str = Field(description="Identifiant du commentaire d’une ligne, avec {option}.")
    comment_label: str = Field(description="Ce que le formulaire restitué imprime avant un commentaire.")
    lines: list[LinesTable] = Field(default=[], description="Ce que les colonnes impriment.")
    rows: list[RowTable] = Field(description="Les lignes, dans l’ordre imprimé.")


class FormFile(BaseModel):
    """Un formulaire : comment il est reconnu, ce qu’il imprime, ses champs et ses cases. Les libellés viennent du référentiel."""

    model_config = STRICT

    schema_version: int = Field(description="Version de ce format : 1.")
    form: str = Field(description="Identifiant du formulaire, égal au nom du fichier sans .toml.")
    title: str = Field(description="Titre du document.")
    referentiel: str = Field(description="Identifiant du référentiel.")
    reference: str = Field(description="Texte officiel d’où viennent les libellés.")
    verified: bool = Field(
        default=True,
        description="false : le modèle officiel vierge n’a pas été trouvé ; les règles de l’examen avertissent sans bloquer.",
    )
    checks: list[str] = Field(description="Codes des contrôles qui s’appliquent.")
    printed: list[str] = Field(
        default=[],
        description="Ce que le formulaire imprime hors de ses champs : motifs en minuscules sans accent, * pour une suite.",
    )
    recognition: RecognitionTable = Field(description="Reconnaissance.")
    editions: list[EditionTable] = Field(description="Éditions, la plus récente en dernier.")
    templates: list[TemplateTable] = Field(default=[], description="Gabarits qui doivent exister.")
    fixed: list[str] = Field(default=[], description="Autres textes imprimés : une valeur finit où l’un d’eux commence.")
    fields: list[FieldTable] = Field(default=[], description="Les champs, dans l’ordre imprimé.")
    levels: LevelsTable | None = Field(default=None, description="Grille de niveaux.")
    table: RowsTable | None = Field(default=None, description="Tableau rempli ligne par ligne.")
    matrix: MatrixTable | None = Field(default=None, description="Lignes de textes.")
    grid: GridTable | None = Field(default=None, description="Grille à une case par ligne.")
