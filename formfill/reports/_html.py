"""How the pages are made: one environment for all their templates."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from formfill import resources
from formfill.language import gettext, ngettext
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.model.report import Severity
from formfill.reports import _words
from formfill.reports._view import STATUS_GLYPHS, Status, status_word


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
