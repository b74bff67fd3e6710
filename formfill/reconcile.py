"""A form of our own carries its record. Does the page still show it?

What is printed always wins: boxes and texts are read from the page as for any document. Where page and attachment agree, the
attachment gives back what a page cannot hold (control characters, several spaces, characters without a glyph, who wrote a
comment). Where they differ, the attachment is left aside and a finding says so.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from formfill.errors import FormfillError
from formfill.language import gettext as _
from formfill.model.completed import AnswerState
from formfill.model.report import Finding, Severity
from formfill.writers._layout import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.completed import Answer, Comment
    from formfill.model.document import Attachment
    from formfill.model.record import Record

SUBSTITUTE = "\ufffd"
"""What a writer shows in the place of a character that no font has."""


def reconcile(record: Record, attachments: Sequence[Attachment]) -> Record:
    """The record as read, completed by the one attached when both say the same."""
    attached = _attached(attachments)
    if attached is None or attached.form is None or record.form is None or attached.form.id != record.form.id:
        return record
    differing = _differing(record, attached)
    if differing:
        message = _(
            "Le document ne montre plus ce que dit l’enregistrement joint ({fields}) ; c’est le document qui compte."
        ).format(fields=", ".join(differing))
        return replace(record, findings=(*record.findings, Finding("attachment-differs", Severity.WARNING, message)))
    known = {answer.field: answer for answer in attached.answers}
    answers = tuple(_restored(answer, known.get(answer.field)) for answer in record.answers)
    return replace(record, answers=answers, comments=_comments(record.comments, attached.comments))


def _attached(attachments: Sequence[Attachment]) -> Record | None:
    from formfill.model.codec import loads

    for attachment in attachments:
        if attachment.name == "record.json":
            try:
                return loads(attachment.data.decode("utf-8"))
            except (UnicodeDecodeError, FormfillError):
                return None
    return None


def _differing(record: Record, attached: Record) -> list[str]:
    """The boxes and fields on which page and attachment differ."""
    states = {(box.field, box.option, box.row): box.state for box in attached.boxes}
    found = [box.option for box in record.boxes if states.get((box.field, box.option, box.row)) is not box.state]
    known = {answer.field: answer for answer in attached.answers}
    for answer in record.answers:
        if not isinstance(answer.value, tuple):
            other = known.get(answer.field)
            written = other.value if other is not None and isinstance(other.value, str) else None
            if not shows(answer.value or "", written or ""):
                found.append(answer.field)
    return found


def _restored(answer: Answer, attached: Answer | None) -> Answer:
    if attached is None or not isinstance(attached.value, str):
        return answer
    return replace(answer, value=attached.value, state=AnswerState.ANSWERED)


def _comments(seen: Sequence[Comment], attached: Sequence[Comment]) -> tuple[Comment, ...]:
    """The attached comments that the page shows, then what was added since."""
    left = list(seen)
    kept: list[Comment] = []
    for comment in attached:
        shown = [line for line in note(comment).split("\n") if line.strip()]
        at = _run(left, shown)
        if at is not None:
            kept.append(comment)
            del left[at : at + len(shown)]
    return (*kept, *left)


def _run(seen: Sequence[Comment], lines: Sequence[str]) -> int | None:
    """Where consecutive comments show the lines."""
    for at in range(len(seen) - len(lines) + 1):
        if all(shows(comment.text, line) for comment, line in zip(seen[at:], lines, strict=False)):
            return at
    return None


def shows(page: str, written: str) -> bool:
    """Whether a page text is what a written text looks like: spaces and invisible characters apart, substitutes allowed.

    Right-to-left text may come off a page in another order; there the same characters in any order will do.
    """
    for hold in (_visible(written, substitutes=True), _visible(written, substitutes=False)):
        seen = _visible(page, substitutes=True)
        if len(seen) == len(hold) and all(a in (b, SUBSTITUTE) for a, b in zip(seen, hold, strict=True)):
            return True
        if any(unicodedata.bidirectional(char) in ("R", "AL") for char in hold) and Counter(seen) == Counter(hold):
            return True
    return False


def _visible(text: str, *, substitutes: bool) -> str:
    out = []
    for char in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(char)
        if category in ("Cc", "Cs", "Cn", "Co") and substitutes and not char.isspace():
            out.append(SUBSTITUTE if category != "Co" else char)
        elif category[0] not in "ZC" and not char.isspace():
            out.append(char)
    return "".join(out)
