"""What the pages about a class hand to their templates, ``report/class_macros.html``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from formfill.language import gettext as _
from formfill.model.dossier import Place
from formfill.model.report import Severity
from formfill.reports import _class_view
from formfill.reports._class_view import State, class_view
from formfill.reports._words import visible_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome
    from formfill.reports._class_view import Row, Told


def context(
    outcomes: Sequence[Outcome],
    cohort: Cohort,
    forms: Mapping[str, Form],
    *,
    link_of: Callable[[str], str | None],
    own: bool = False,
) -> dict[str, Any]:
    """The names that the templates use.

    Args:
        outcomes: what became of each file.
        cohort: their dossiers.
        forms: the definitions of the forms, by id.
        link_of: the address of a file from the page; None for one that it cannot show.
        own: whether to leave out what single files say: the page of a run shows it with the file.
    """
    view = class_view(outcomes, cohort, forms)

    def kept(told: Sequence[Told]) -> list[Told]:
        return [item for item in told if item.source is None or not own]

    def told_of(row: Row) -> list[Told]:
        return kept(row.told)

    return {
        "view": view,
        "class_told": kept(view.told),
        "told_of": told_of,
        "State": State,
        "Place": Place,
        "Severity": Severity,
        "CELL_GLYPHS": _class_view.STATE_GLYPHS,
        "cell_word": _class_view.state_word,
        "whole_word": _class_view.whole_word,
        "place_word": _place_word,
        "name_of": visible_name,
        "link_of": link_of,
    }


def _place_word(place: Place) -> str:
    words = {
        Place.PRESENT: _("présent"),
        Place.DUPLICATE: _("copie"),
        Place.SUPERSEDED: _("remplacé"),
        Place.VERSION: _("plusieurs versions"),
        Place.STRAY: _("en trop"),
    }
    return words[place]
