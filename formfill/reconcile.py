"""A form of our own carries its record. Does the page still show it?

What is printed always wins: boxes and texts are read from the page as for any document. Where page and attachment agree, the
attachment gives back what a page cannot hold (control characters, several spaces, characters without a glyph, who wrote a
comment). Where they differ, the attachment is left aside and a finding says so.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.completed import AnswerState, Comment
from formfill.model.report import Finding, Severity
from formfill.notes import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.completed import Answer
    from formfill.model.document import Attachment
    from formfill.model.record import Record

SUBSTITUTE = "\ufffd"
"""What a writer shows in the place of a character that no font has."""


def reconcile(record: Record, attachments: Sequence[Attachment]) -> Record:
    """The record as read, completed by the one attached when both say the same."""
    attached = next((found for item in attachments if (found := _Attached.of(item)) is not None), None)
    if attached is None or record.form is None or attached.form != record.form.id:
        return record
    differing = _differing(record, attached)
    if differing:
        message = _(
            "Le document ne montre plus ce que dit l’enregistrement joint ({fields}) ; c’est le document qui compte."
        ).format(fields=", ".join(differing))
        return replace(record, findings=(*record.findings, Finding("attachment-differs", Severity.WARNING, message)))
    answers = tuple(_restored(answer, attached.texts.get(answer.field)) for answer in record.answers)
    return replace(record, answers=answers, comments=_comments(record.comments, attached.comments))


@dataclass(frozen=True, slots=True)
class _Attached:
    """What an attached record says, as far as it is compared with the page.

    Taken straight from the JSON: the page is the yardstick, so that a wrong attachment can only fail to agree.
    """

    form: str
    states: dict[tuple[str, str, int | None], str]
    texts: dict[str, str]
    comments: tuple[Comment, ...]

    @classmethod
    def of(cls, attachment: Attachment) -> _Attached | None:
        """None when it is not a record that can be read."""
        if attachment.name != "record.json":
            return None
        try:
            data = json.loads(attachment.data)
            return cls(
                form=data["form"]["id"],
                states={(box["field"], box["option"], box["row"]): box["state"] for box in data["boxes"]},
                texts={field: a["value"] for field, a in data["answers"].items() if isinstance(a["value"], str)},
                comments=tuple(Comment(c["kind"], c["field"], c["text"], c["author"]) for c in data["comments"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None


def _differing(record: Record, attached: _Attached) -> list[str]:
    """The boxes and fields on which page and attachment differ."""
    found = [box.option for box in record.boxes if attached.states.get((box.field, box.option, box.row)) != box.state]
    for answer in record.answers:
        if not isinstance(answer.value, tuple):
            written = attached.texts.get(answer.field, "")
            if answer.value != written and not shows(answer.value or "", written):
                found.append(answer.field)
    return found


def _restored(answer: Answer, written: str | None) -> Answer:
    return answer if written is None else replace(answer, value=written, state=AnswerState.ANSWERED)


def _comments(seen: Sequence[Comment], attached: Sequence[Comment]) -> tuple[Comment, ...]:
    """The attached comments that the page shows, then what was added since."""
    left = list(seen)
    kept: list[Comment] = []
    for comment in attached:
        at = next(
            (i for i, other in enumerate(left) if shows(note(other), note(comment)) or shows(other.text, note(comment))), None
        )
        if at is not None:
            kept.append(comment)
            del left[at]
    return (*kept, *left)


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
