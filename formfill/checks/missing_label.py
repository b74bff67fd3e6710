"""A printed label of the form is not in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Rubrique absente")
def missing_label(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A field whose label was taken away or retyped beyond recognition reads as empty: a person must know why."""
    for own in completed.unlabelled:
        field = form.layout.field(own) if form.layout is not None else None
        if field is not None:
            message = _("La rubrique « {label} » n’est pas dans le document : ce qui y répondrait n’a pas pu être lu.")
            yield self.found(message.format(label=field.label), field=own, reference=form.reference)
