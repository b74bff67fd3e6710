"""What stands on paper and was not read for certain: the answers that hold it are uncertain, with its picture. Pure.

A reader of scans puts a token where something is written that it could not read (:class:`~formfill.model.document.Unread`); the
extraction carries it like any text; here it is taken out again, and each becomes evidence and a finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.completed import Answer, AnswerState, RepeatedRow
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.completed import CompletedForm
    from formfill.model.document import Unread

_TOKEN: Final = re.compile(r"\s*⟦\?\d+⟧")
_KEY: Final = re.compile(r"⟦\?\d+⟧")


def settle(completed: CompletedForm, unread: Sequence[Unread]) -> tuple[CompletedForm, tuple[Finding, ...]]:
    """The form with what was not read out of its texts, and a finding for each.

    An answer that held something unread is uncertain; its value is what the rest of it says, None when nothing is left.
    """
    known = {item.token: item for item in unread}
    fields: dict[str, str] = {}
    answers = []
    for answer in completed.answers:
        tokens = list(dict.fromkeys(_tokens(answer.value)))
        fields.update(dict.fromkeys(tokens, answer.field))
        answers.append(_uncertain(answer, [known[token] for token in tokens if token in known]) if tokens else answer)
    comments = [comment._replace(text=_bare(comment.text)) for comment in completed.comments]
    boxes = [box._replace(row_label=_bare(box.row_label) or None) if box.row_label else box for box in completed.boxes]
    settled = completed._replace(
        answers=tuple(answers),
        boxes=tuple(boxes),
        comments=tuple([comment for comment in comments if comment.text]),
        lines=tuple([line for line in completed.lines if not _KEY.search(line.seen or "")]),
    )
    return settled, tuple([_finding(item, fields.get(item.token)) for item in unread])


def _tokens(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield from _KEY.findall(value)
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, RepeatedRow):
                yield from _tokens(item.intitule)
                yield from _tokens(item.periode)


def _uncertain(answer: Answer, items: Sequence[Unread]) -> Answer:
    evidence = (*answer.evidence, *(proof for item in items for proof in item.evidence))
    value = answer.value
    if isinstance(value, str):
        value = _bare(value) or None
    elif isinstance(value, tuple):
        value = tuple([_row(item) if isinstance(item, RepeatedRow) else item for item in value])  # type: ignore[assignment]  # rows stay rows, options options
    place = items[0].place if items else answer.place
    return answer._replace(value=value, state=AnswerState.UNCERTAIN, evidence=evidence, place=place, normalised=None)


def _row(row: RepeatedRow) -> RepeatedRow:
    return row._replace(intitule=_bare(row.intitule or "") or None, periode=_bare(row.periode or "") or None)


def _bare(text: str) -> str:
    """The text without tokens; nothing when only the signs around them are left."""
    bare = _TOKEN.sub("", text).strip()
    return bare if any(char.isalnum() for char in bare) else ""


def _finding(item: Unread, field: str | None) -> Finding:
    if item.text:
        message = _("Texte lu sans certitude sur la page {page} : « {text} ». Comparez avec le papier.").format(
            page=item.place.page, text=item.text
        )
    else:
        message = _("Ce qui est écrit à la main sur la page {page} n’a pas été lu : une personne doit le lire.").format(
            page=item.place.page
        )
    return Finding("unread-writing", Severity.WARNING, message, field=field, place=item.place)
