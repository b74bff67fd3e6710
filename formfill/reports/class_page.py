"""The dashboard of a class: one page, readable without network and without script, that filters where there is a script.

The matrix of candidates and documents, then each candidate: the pieces, what is to be done, the compétences covered.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from formfill.language import gettext as _
from formfill.language import language
from formfill.model.dossier import Place
from formfill.model.report import Severity
from formfill.reports import _class_view
from formfill.reports._class_view import State, class_view
from formfill.reports._words import href, visible_name
from formfill.reports.page import environment, template_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome


def class_html(outcomes: Sequence[Outcome], cohort: Cohort, forms: Mapping[str, Form], *, beside: Path) -> bytes:
    """The dashboard, UTF-8.

    Args:
        outcomes: what became of each file.
        cohort: their dossiers.
        forms: the definitions of the forms, by id.
        beside: the folder the page will be in, from which it links to the files.
    """
    view = class_view(outcomes, cohort, forms)
    script = template_text("report/class.js").strip()
    states = [row.state for row in view.rows]
    text = (
        environment()
        .get_template("report/class.html")
        .render(
            lang=language(),
            view=view,
            complete=states.count(State.GOOD),
            doubtful=states.count(State.DOUBT),
            missing=states.count(State.MISSING),
            State=State,
            Place=Place,
            Severity=Severity,
            CELL_GLYPHS=_class_view.STATE_GLYPHS,
            cell_word=_class_view.state_word,
            whole_word=_class_view.whole_word,
            place_word=_place_word,
            name_of=visible_name,
            link_of=lambda source: _link(source, beside),
            forms=forms,
            script=Markup(script),
            script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    return text.encode()


def _place_word(place: Place) -> str:
    words = {
        Place.PRESENT: _("présent"),
        Place.DUPLICATE: _("copie"),
        Place.SUPERSEDED: _("remplacé"),
        Place.VERSION: _("plusieurs versions"),
        Place.STRAY: _("en trop"),
    }
    return words[place]


def _link(source: str, beside: Path) -> str | None:
    """The address of a file from the page; None for standard input, or for a file on another disk."""
    if source == "-" or not Path(source).exists():
        return None
    try:
        return href(Path(os.path.relpath(source, beside)).as_posix())
    except ValueError:
        return None
