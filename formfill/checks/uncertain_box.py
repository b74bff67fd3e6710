"""A box could not be settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import row_reference, title
from formfill.language import gettext as _
from formfill.model.completed import RowProblem
from formfill.model.document import MarkState, Says
from formfill.model.report import Severity

_WORDS = {
    Says.TICKED: lambda: _("dit cochée"),
    Says.BLANK: lambda: _("dit vide"),
    Says.UNCLEAR: lambda: _("ne dit rien de clair"),
}

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from formfill.model.completed import BoxReading, CompletedForm
    from formfill.model.document import Evidence
    from formfill.model.form import Form
    from formfill.model.report import Finding


def _named(item: Evidence) -> str:
    """What a piece of evidence is, for a person."""
    if item.kind == "strikethrough":
        return _("le signe barré")
    if item.kind == "highlight":
        return _("le surlignage")
    if item.kind in ("shading", "fill"):
        return _("le fond de couleur")
    if item.kind == "heading":
        return _("l’en-tête « {text} »").format(text=item.detail)
    return item.detail


@check(severity=Severity.ERROR, title="Case incertaine")
def uncertain_box(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Evidence that disagrees is never settled by guessing; the message names each piece of it."""
    titles = {row.option: row.title for row in form.grid.rows} if form.grid is not None else {}
    reported = [issue for issue in completed.rows if issue.problem in (RowProblem.MISSING, RowProblem.NO_BOX)]
    # a row of levels that is missing explains all its boxes
    explained = {(issue.field, issue.option) for issue in reported} | {
        (issue.field, None) for issue in reported if issue.option == issue.field
    }
    for box in completed.boxes:
        own = box.field if form.grid is None or box.field != form.grid.field else None
        if box.state is MarkState.UNCERTAIN and not explained & {(own, box.option), (own, None)}:
            seen = " ; ".join(f"{_named(item)} {_WORDS[item.says]()}" for item in box.evidence if item.kind != "crop") or _(
                "rien à voir"
            )
            message = _("Case « {title} » incertaine : {seen}.").format(title=_name(form, box, titles), seen=seen)
            yield self.found(message, field=box.field, place=box.place, reference=row_reference(form, box.option))


def _name(form: Form, box: BoxReading, titles: Mapping[str, str]) -> str:
    if form.layout is None:
        return titles.get(box.option, box.label)
    if box.row is not None:
        return f"{box.row_label or box.row + 1} – {box.label}"
    return title(form, box.option, box.field)
