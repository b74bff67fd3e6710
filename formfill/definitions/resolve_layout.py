"""The fields of a form's file and its référentiel to a :class:`~formfill.model.layout.Layout`: the official labels put in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.layout import (
    Field,
    FieldKind,
    FieldOption,
    Layout,
    LevelGrid,
    LevelRow,
    Matrix,
    MatrixPart,
    MatrixRow,
    RepeatingTable,
    RowSection,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.definitions.form_file import FormFile
    from formfill.definitions.layout_file import FieldTable, LevelsTable, MatrixTable, OptionTable, RowsTable
    from formfill.model.referentiel import Bloc, Competence, Referentiel


def resolve_layout(file: FormFile, referentiel: Referentiel) -> Layout | None:
    """The layout with the official labels in it; None for a form that has no field of its own.

    Raises:
        LookupError: when the file names a bloc or a code that the référentiel does not have; ``check_form`` says where.
    """
    if not file.fields and file.levels is None and file.table is None and file.matrix is None:
        return None
    levels = file.levels
    official = tuple(_indicators(_bloc(levels.bloc, referentiel))) if levels is not None and levels.bloc is not None else ()
    return Layout(
        fields=tuple(_field(field, referentiel) for field in file.fields),
        fixed=tuple(dict.fromkeys((*file.fixed, *official))),
        levels=_levels(levels, referentiel) if levels is not None else None,
        table=_table(file.table, referentiel) if file.table is not None else None,
        matrix=_matrix(file.matrix) if file.matrix is not None else None,
    )


def _bloc(name: str | None, referentiel: Referentiel) -> Bloc:
    bloc = referentiel.bloc(name) if name is not None else None
    if bloc is None:
        raise LookupError(name)
    return bloc


def _competence(bloc: Bloc, code: str) -> Competence:
    found = bloc.competence(code)
    if found is None:
        raise LookupError(code)
    return found


def _field(table: FieldTable, referentiel: Referentiel) -> Field:
    return Field(
        id=table.id,
        kind=FieldKind(table.kind),
        label=table.label,
        printed=tuple(table.printed),
        options=tuple(_option(option, table, referentiel) for option in table.options),
        long=table.long,
        inline=table.inline,
        line=table.line,
        rest=table.rest,
        preprinted=table.preprinted,
        placeholders=tuple(table.placeholders),
        suffixes=tuple(table.suffixes),
    )


def _option(option: OptionTable, table: FieldTable, referentiel: Referentiel) -> FieldOption:
    if option.code is None:
        return FieldOption(option.id or "", option.label or "", tuple(option.variants))
    found = _competence(_bloc(table.bloc, referentiel), option.code)
    return FieldOption(option.id or found.code, found.libelle, (*found.variants, *option.variants))


def _levels(table: LevelsTable, referentiel: Referentiel) -> LevelGrid:
    every = tuple(option.id for option in table.options)
    rows = [LevelRow(table.field.format(code=r.id), r.label, every, tuple(r.variants)) for r in table.rows]
    if table.bloc is not None:
        for competence in _bloc(table.bloc, referentiel).competences:
            levels = tuple(table.competence_levels) or every
            rows.append(LevelRow(table.field.format(code=competence.code), competence.libelle, levels, competence.variants))
            rows += [LevelRow(table.field.format(code=a.code), a.libelle, every, a.variants) for a in competence.activites]
    options = tuple(FieldOption(option.id, option.label, tuple(option.variants)) for option in table.options)
    return LevelGrid(options, tuple(rows), tuple(table.signs))


def _indicators(bloc: Bloc) -> Iterator[str]:
    """What a grid of levels prints beside its rows."""
    for competence in bloc.competences:
        for indicateur in competence.indicateurs:
            yield from (text for text in (indicateur.libelle, *indicateur.elements) if text)


def _table(table: RowsTable, referentiel: Referentiel) -> RepeatingTable:
    bloc = _bloc(table.bloc, referentiel)
    competences = [_competence(bloc, code) for code in table.columns]
    return RepeatingTable(
        field=table.field,
        title=tuple(table.title),
        period=tuple(table.period),
        columns=tuple(FieldOption(c.code, c.libelle, c.variants) for c in competences),
        parts=tuple(tuple(text for a in c.activites for text in (a.libelle, *a.variants)) for c in competences),
        sections=tuple(RowSection(s.id, s.label, s.rows, tuple(s.variants)) for s in table.sections),
    )


def _matrix(table: MatrixTable) -> Matrix:
    return Matrix(
        columns=tuple(FieldOption(c.id, c.label, tuple(c.variants)) for c in table.columns),
        parts=tuple(
            MatrixPart(
                part.id,
                tuple(part.announced),
                tuple(MatrixRow(f"{part.id}.{row.id}", row.label) for row in table.rows if not row.parts or part.id in row.parts),
            )
            for part in table.parts
        ),
    )
