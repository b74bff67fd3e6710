"""What the fields of a form's TOML file may hold: strict pydantic models, described in French for the published JSON Schema."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from formfill.definitions.schema import STRICT


class OptionTable(BaseModel):
    """Une case d’un champ."""

    model_config = STRICT

    id: str | None = Field(default=None, description="Identifiant de la case ; absent : le code.")
    code: str | None = Field(default=None, description="Code d’une compétence du bloc, qui donne le libellé.")
    label: str | None = Field(default=None, description="Libellé imprimé à côté de la case, sans code.")
    variants: list[str] = Field(default=[], description="Autres écritures rencontrées.")


class FieldTable(BaseModel):
    """Un champ : ce qui l’annonce, ce qu’il contient."""

    model_config = STRICT

    id: str = Field(description="Identifiant du champ : numero_candidat.")
    kind: Literal["text", "date", "period", "number", "identifier", "session", "url", "choice", "boxes"] = Field(
        description="text, date, period, number, identifier, session, url, choice (une case sur plusieurs) ou boxes."
    )
    label: str = Field(description="Son nom, pour les personnes.")
    printed: list[str] = Field(default=[], description="Les textes imprimés devant sa valeur, l’officiel en premier.")
    long: bool = Field(default=False, description="true : la valeur peut courir sur plusieurs cellules, lignes et pages.")
    inline: bool = Field(default=False, description="true : annoncé au milieu d’une phrase, après le champ précédent.")
    line: bool = Field(default=False, description="true : la valeur finit avec la ligne.")
    rest: bool = Field(default=False, description="true : reçoit ce qui est écrit après le formulaire, sous aucun titre.")
    preprinted: bool = Field(default=False, description="true : le modèle vierge imprime déjà une valeur.")
    placeholders: list[str] = Field(default=[], description="Textes imprimés à la place de la valeur, qui n’en sont pas une.")
    suffixes: list[str] = Field(default=[], description="Textes imprimés après la valeur : / 20.")
    bloc: str | None = Field(default=None, description="Id du bloc du référentiel d’où viennent les codes des cases.")
    options: list[OptionTable] = Field(default=[], description="Les cases.")


class LevelOptionTable(BaseModel):
    """Un niveau."""

    model_config = STRICT

    id: str = Field(description="Identifiant du niveau : bonne.")
    label: str = Field(description="En-tête de sa colonne.")
    variants: list[str] = Field(default=[], description="Autres écritures rencontrées.")


class LevelRowTable(BaseModel):
    """Une ligne de niveaux dont le libellé n’est pas dans un référentiel."""

    model_config = STRICT

    id: str = Field(description="Fin de l’identifiant du champ, mise à la place de {code}.")
    label: str = Field(description="Libellé imprimé.")
    variants: list[str] = Field(default=[], description="Autres écritures rencontrées.")


class LevelsTable(BaseModel):
    """Une grille de niveaux : un niveau à cocher par ligne."""

    model_config = STRICT

    field: str = Field(description="Identifiant du champ d’une ligne, avec {code}.")
    bloc: str | None = Field(default=None, description="Id du bloc dont les compétences et les activités sont les lignes.")
    competence_levels: list[str] = Field(default=[], description="Niveaux d’une ligne de compétence ; absent : tous.")
    signs: list[str] = Field(default=[], description="Signes qui montrent la case vide quand sa police manque : 5.")
    options: list[LevelOptionTable] = Field(description="Les niveaux, dans l’ordre des colonnes.")
    rows: list[LevelRowTable] = Field(default=[], description="Les lignes, quand aucun bloc ne les donne.")


class SectionTable(BaseModel):
    """Un titre au-dessus de lignes du tableau."""

    model_config = STRICT

    id: str = Field(description="Identifiant de la section : formation.")
    label: str = Field(description="Titre imprimé.")
    rows: int = Field(default=0, description="Lignes vides imprimées sous ce titre.")
    variants: list[str] = Field(default=[], description="Mots qui nomment la section dans un autre titre.")


class RowsTable(BaseModel):
    """Un tableau que l’on remplit ligne par ligne."""

    model_config = STRICT

    field: str = Field(description="Identifiant du champ : realisations.")
    bloc: str = Field(description="Id du bloc du référentiel dont les compétences sont les colonnes.")
    title: list[str] = Field(description="En-têtes de la colonne des intitulés.")
    period: list[str] = Field(description="En-têtes de la colonne des périodes.")
    columns: list[str] = Field(description="Codes des compétences, dans l’ordre des colonnes.")
    sections: list[SectionTable] = Field(description="Les sections, dans l’ordre imprimé.")


class MatrixColumnTable(BaseModel):
    """Une colonne de cellules à remplir."""

    model_config = STRICT

    id: str = Field(description="Fin de l’identifiant du champ : description.")
    label: str = Field(description="En-tête de la colonne.")
    variants: list[str] = Field(default=[], description="Autres écritures rencontrées.")


class MatrixRowTable(BaseModel):
    """Une ligne de cellules à remplir."""

    model_config = STRICT

    id: str = Field(description="Identifiant de la ligne : sgbd.")
    label: str = Field(description="Libellé imprimé dans la première cellule.")
    parts: list[str] = Field(default=[], description="Parties qui l’impriment ; absent : toutes.")


class MatrixPartTable(BaseModel):
    """Une partie du formulaire, dont les lignes peuvent avoir les mêmes libellés que celles d’une autre."""

    model_config = STRICT

    id: str = Field(description="Début de l’identifiant de ses champs : sisr.")
    announced: list[str] = Field(description="Textes qui la commencent.")


class MatrixTable(BaseModel):
    """Des lignes de textes, une cellule à remplir sous chaque en-tête."""

    model_config = STRICT

    columns: list[MatrixColumnTable] = Field(description="Les colonnes à remplir.")
    parts: list[MatrixPartTable] = Field(description="Les parties, dans l’ordre imprimé.")
    rows: list[MatrixRowTable] = Field(description="Les lignes, dans l’ordre imprimé.")
