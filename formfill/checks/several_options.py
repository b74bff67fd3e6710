"""More than one box of a choice is ticked, where no rule of the exam asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import place_of, ticked
from formfill.language import gettext as _
from formfill.model.layout import FieldKind
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Plusieurs cases d’un même choix")
def several_options(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The form prints a choice: the rules of the exam that name one have checks of their own."""
    for field in form.layout.fields if form.layout is not None else ():
        options = ticked(completed, field.id) if field.kind is FieldKind.CHOICE else None
        if options is not None and len(options) > 1:
            names = ", ".join(option.label for option in field.options if option.id in options)
            message = _("« {label} » : plusieurs cases sont cochées ({names}), une seule peut l’être.")
            yield self.found(message.format(label=field.label, names=names), field=field.id, place=place_of(completed, field.id))
