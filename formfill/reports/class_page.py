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

from formfill.language import language
from formfill.reports._class_html import context
from formfill.reports._class_view import State
from formfill.reports._html import environment, template_text
from formfill.reports._words import href

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
    shared = context(outcomes, cohort, forms, link_of=lambda source: _link(source, beside))
    script = template_text("report/class.js").strip()
    states = [row.state for row in shared["view"].rows]
    text = (
        environment()
        .get_template("report/class.html")
        .render(
            lang=language(),
            complete=states.count(State.GOOD),
            doubtful=states.count(State.DOUBT),
            missing=states.count(State.MISSING),
            script=Markup(script),
            script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            **shared,
        )
    )
    return text.encode()


def _link(source: str, beside: Path) -> str | None:
    """The address of a file from the page; None for standard input, or for a file on another disk."""
    if source == "-" or not Path(source).exists():
        return None
    try:
        return href(Path(os.path.relpath(source, beside)).as_posix())
    except ValueError:
        return None
