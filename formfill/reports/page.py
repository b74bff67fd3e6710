"""The page that a secretary opens after a run: every file at a glance, then each form as it was read.

One file, readable without network and without script, the same for the same outcomes. It carries no date and no person.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from formfill import resources
from formfill.language import gettext, language, ngettext
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.model.report import Severity
from formfill.reports import _words
from formfill.reports._view import STATUS_GLYPHS, Status, status_word, views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.form import Form
    from formfill.model.outcome import Outcome


def index_html(outcomes: Sequence[Outcome], forms: Mapping[str, Form]) -> bytes:
    """The page of a run, UTF-8.

    Args:
        outcomes: what became of each source, in the order to show them.
        forms: the definitions of the forms that were recognised, by id.
    """
    shown = views(outcomes, forms)
    script = template_text("report/filter.js").strip()
    page = environment().get_template("report/index.html")
    text = page.render(
        lang=language(),
        files=shown,
        names=len({view.outcome.name for view in shown}),
        read=sum(view.status in (Status.READ, Status.REVIEW) for view in shown),
        review=sum(view.status is Status.REVIEW for view in shown),
        with_findings=sum(bool(view.record and view.record.findings) for view in shown),
        unknown=sum(view.status is Status.UNKNOWN for view in shown),
        refused=sum(view.status is Status.REFUSED for view in shown),
        script=Markup(script),
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return text.encode()


@cache
def environment() -> Environment:
    """The environment of every page: all is escaped, what cannot be shown is shown by a sign."""
    environment = Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    environment.globals |= {
        "_": gettext,
        "ngettext": ngettext,
        "MarkState": MarkState,
        "Severity": Severity,
        "Status": Status,
        "STATE_GLYPHS": SHOWN,
        "SEVERITY_GLYPHS": _words.SEVERITY_GLYPHS,
        "STATUS_GLYPHS": STATUS_GLYPHS,
        "evidence_word": _words.evidence_word,
        "kind_word": _words.kind_word,
        "percent_words": _words.percent_words,
        "place_words": _words.place_words,
        "says_word": _words.says_word,
        "severity_word": _words.severity_word,
        "size_words": _words.size_words,
        "state_word": _words.state_word,
        "status_word": status_word,
    }
    return environment


def template_text(name: str) -> str:
    """The text of a template: ``report/index.html``."""
    folder, _slash, file = name.partition("/")
    return resources.template(folder, file).read_text(encoding="utf-8")


def _shown(value: object) -> object:
    """Passes every text put into the page through :func:`~formfill.reports._words.visible`."""
    return _words.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
