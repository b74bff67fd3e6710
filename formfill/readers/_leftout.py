"""What is told of the pictures of files from which no clean form takes them: OpenDocument texts, workbooks. Pure."""

from __future__ import annotations

from formfill.language import gettext as _
from formfill.model.report import Finding, Severity


def left_out(count: int) -> Finding:
    """Tells that a file holds pictures that its clean forms will not show."""
    message = _("Le document a {count} image(s) qu’un formulaire propre ne reprend pas ; elles sont dans le fichier d’origine.")
    return Finding("picture-left-out", Severity.INFO, message.format(count=count))
