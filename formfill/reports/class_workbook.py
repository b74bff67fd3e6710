"""The workbook of a class, a sheet for each view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.reports import _class_sheets
from formfill.reports.workbook import book_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome


def class_xlsx(outcomes: Sequence[Outcome], cohort: Cohort, forms: Mapping[str, Form]) -> bytes:
    """The workbook of a class, an XLSX file.

    Args:
        outcomes: what became of each file.
        cohort: their dossiers.
        forms: the definitions of the forms, by id.
    """
    return book_xlsx(_class_sheets.whole(outcomes, cohort, forms))
