"""Comments that somebody marked as settled: they are read all the same, and told. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from formfill.model.document import Annotation


def resolved(notes: Iterable[Annotation]) -> Iterator[Finding]:
    """The findings on the comments whose thread is settled, one for each thread."""
    for note in notes:
        if note.resolved and note.answers is None:
            message = _("Le commentaire « {text} » est marqué comme résolu ; il a été lu.").format(text=note.text[:200])
            yield Finding("comment-resolved", Severity.INFO, message, place=note.place)
