"""The page that a secretary opens after a run: every file at a glance, then each form as it was read.

One file, readable without network and without script, the same for the same outcomes. It carries no date and no person.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from markupsafe import Markup

from formfill.language import language
from formfill.reports._html import environment, template_text
from formfill.reports._view import Status, views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome


def index_html(
    outcomes: Sequence[Outcome],
    forms: Mapping[str, Form],
    cohort: Cohort | None = None,
    pages: Sequence[str] = (),
    number: int = 1,
) -> bytes:
    """The page of a run, UTF-8.

    Args:
        outcomes: what became of each source, in the order to show them.
        forms: the definitions of the forms that were recognised, by id.
        cohort: their dossiers; the candidates come first then, each with what was handed in and what is missing.
        pages: the names of all pages, when there are several.
        number: which of them this one is, from 1.
    """
    shown = views(outcomes, forms)
    script = template_text("report/filter.js").strip()
    people: dict[str, object] = {"view": None}
    if cohort is not None and cohort.dossiers:
        from formfill.reports import _class_html

        anchors: dict[str, str] = {}
        for view in shown:
            if view.record is not None:
                anchors.setdefault(view.outcome.name, f"#f{view.rank}")
        people = _class_html.context(outcomes, cohort, forms, link_of=anchors.get, own=True)
        script += "\n" + template_text("report/class.js").strip()
    page = environment().get_template("report/index.html")
    text = page.render(
        lang=language(),
        files=shown,
        pages=pages,
        number=number,
        names=len({view.outcome.name for view in shown}),
        read=sum(view.status in (Status.READ, Status.REVIEW) for view in shown),
        review=sum(view.status is Status.REVIEW for view in shown),
        with_findings=sum(bool(view.record and view.record.findings) for view in shown),
        unknown=sum(view.status is Status.UNKNOWN for view in shown),
        refused=sum(view.status is Status.REFUSED for view in shown),
        script=Markup(script),
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        **people,
    )
    return text.encode()
