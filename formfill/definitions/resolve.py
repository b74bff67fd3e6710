"""A form's file and its référentiel to a :class:`Form`: the official labels put where the form prints them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from formfill.definitions.resolve_layout import resolve_layout
from formfill.model.form import Anchor, AnchorPlace, CheckboxGrid, Edition, Form, GridLine, GridRow, LineRole, Recognition
from formfill.model.referentiel import Competence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.definitions.form_file import FormFile, GridTable, LinesTable, RowTable
    from formfill.model.referentiel import Activite, Bloc, CritereTransversal, Indicateur, Referentiel


def resolve(file: FormFile, referentiel: Referentiel) -> Form:
    """The form with the official labels in it.

    Raises:
        LookupError: when the file names a bloc or a code that the référentiel does not have; ``check_form`` says where.
    """
    recognition = file.recognition
    return Form(
        id=file.form,
        title=file.title,
        diploma=referentiel.diplome.name,
        referentiel=file.referentiel,
        reference=file.reference,
        recognition=Recognition(
            threshold=recognition.threshold,
            anchors=tuple(Anchor(a.text, a.weight, a.required, AnchorPlace(a.at), tuple(a.variants)) for a in recognition.anchors),
            row_weight=recognition.row_weight,
            min_rows=recognition.min_rows,
            copies=recognition.copies,
            closed=recognition.closed,
        ),
        editions=tuple(
            Edition(e.id, tuple(e.sessions), tuple(e.annexes), tuple(e.epreuves), tuple(e.confirmed)) for e in file.editions
        ),
        grid=_grid(file.grid, referentiel) if file.grid is not None else None,
        checks=tuple(file.checks),
        printed=tuple(file.printed),
        layout=resolve_layout(file, referentiel),
        verified=file.verified,
    )


def entry(bloc: Bloc, code: str) -> Competence | CritereTransversal | None:
    """What a row refers to: a compétence of the bloc, by id or code, or a critère transversal."""
    return bloc.competence(code) or bloc.critere(code)


def _grid(table: GridTable, referentiel: Referentiel) -> CheckboxGrid:
    bloc = referentiel.bloc(table.bloc)
    if bloc is None:
        raise LookupError(table.bloc)
    return CheckboxGrid(
        field=table.field,
        headings=tuple(table.headings),
        title_column=table.title_column,
        box_column=table.box_column,
        rows=tuple(_row(row, table, bloc, referentiel) for row in table.rows),
        comment_label=table.comment_label,
    )


def _row(row: RowTable, table: GridTable, bloc: Bloc, referentiel: Referentiel) -> GridRow:
    found = entry(bloc, row.code)
    if found is None:
        raise LookupError(row.code)
    option = row.option or found.code
    title = row.title or table.title
    reference = referentiel.reference(found.sources[0]) if found.sources else None
    return GridRow(
        option=option,
        code=found.code if "{code}" in title else None,
        label=found.libelle,
        title=title.format(code=found.code, label=found.libelle),
        lines=tuple(
            tuple(line for lines in table.lines if lines.column == column for line in _lines(found, lines))
            for column in range(len(table.headings))
        ),
        comment_field=table.comment_field.format(option=option),
        variants=found.variants,
        verified=found.label.verified,
        source=reference.titre if reference else "",
    )


def _lines(found: Competence | CritereTransversal, lines: LinesTable) -> Iterator[GridLine]:
    if not isinstance(found, Competence):
        return
    if lines.role == "activity":
        yield from (_line(a, LineRole.ACTIVITY, lines.printed) for a in found.activites)
        return
    for indicateur in found.indicateurs:
        # an indicateur may be a bare list, without an introduction
        if indicateur.libelle:
            yield _line(indicateur, LineRole.INDICATOR, lines.printed)
        for rank, text in enumerate(indicateur.elements, start=1):
            yield GridLine(
                code=f"{indicateur.code}/{rank}",
                role=LineRole.ELEMENT,
                text=text,
                printed=lines.element.format(text=text),
                variants=_variants_of(text, indicateur),
                verified=indicateur.label.verified,
            )


def _line(found: Activite | Indicateur, role: LineRole, printed: str) -> GridLine:
    return GridLine(found.code, role, found.libelle, printed.format(text=found.libelle), found.variants, found.label.verified)


def _variants_of(element: str, indicateur: Indicateur) -> tuple[str, ...]:
    """The variants nearer to this element than to the others: the référentiel lists them together."""

    def nearest(variant: str) -> str:
        return max(indicateur.elements, key=lambda e: SequenceMatcher(None, e.casefold(), variant.casefold()).ratio())

    return tuple(dict.fromkeys(v for v in indicateur.elements_variants if nearest(v) == element))
