"""Which edition of a form is written, and the épreuve that its title lines print. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from formfill.model.form import Edition, Form
    from formfill.model.record import Record


def chosen_edition(record: Record, form: Form, asked: str | None) -> tuple[str, list[Finding]]:
    """The edition asked for, else the record's own, else the one of its session, else the last; the last choice is told."""
    own = asked or (record.form.edition if record.form else None)
    session = session_of(record)
    if own is not None:
        return own, _out_of_session(form, own, session) if asked else []
    named = [edition for edition in form.editions if session is not None and session in edition.sessions]
    if len(named) == 1:
        return named[0].id, []
    chosen = form.editions[-1].id
    if len(form.editions) == 1:
        return chosen, []
    message = _(
        "Rien ne dit l’édition de ce formulaire : il est restitué sur la dernière, « {edition} » ; --edition en choisit une autre."
    )
    return chosen, [Finding("edition-chosen", Severity.INFO, message.format(edition=chosen))]


def _out_of_session(form: Form, edition: str, session: int | None) -> list[Finding]:
    """Told when the edition asked for is not of the session that the record prints."""
    own = next((item for item in form.editions if item.id == edition), None)
    if own is None or session is None or not own.sessions or session in own.sessions:
        return []
    message = _("L’édition « {edition} » n’est pas celle de la session {session} ; la session est imprimée telle quelle.")
    return [Finding("edition-session", Severity.WARNING, message.format(edition=edition, session=session), field="session")]


def session_of(record: Record) -> int | None:
    """The year of the session, None when it is no year."""
    answer = record.answer("session")
    if answer is None:
        return None
    if isinstance(answer.normalised, int):
        return answer.normalised
    value = answer.value if isinstance(answer.value, str) else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) == 4 else None


def epreuve_of(record: Record, form: Form, edition: str) -> str | None:
    """The épreuve that the title lines print: an edition of as many épreuves as sessions has one for each, in the same order."""
    own: Edition = next(item for item in form.editions if item.id == edition)
    if len(own.epreuves) < 2:
        return own.epreuves[0] if own.epreuves else None
    session = session_of(record)
    if len(own.epreuves) == len(own.sessions) and session in own.sessions:
        return own.epreuves[own.sessions.index(session)]
    return own.epreuves[-1]
