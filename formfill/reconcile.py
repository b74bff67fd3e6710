"""A form of our own carries its record. Does the page still show it?

What is printed always wins: boxes and texts are read from the page as for any document. Where page and attachment agree, the
attachment gives back what a page cannot hold (control characters, several spaces, characters without a glyph, who wrote a
comment). Where they differ in anything, the attachment is left aside and a finding says so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.errors import FormfillError
from formfill.language import gettext as _
from formfill.model.completed import AnswerState, Comment, RepeatedRow
from formfill.model.document import MarkState
from formfill.model.geometry import NOWHERE
from formfill.model.glyphs import TICKS, TYPED_TICKS, without_boxes
from formfill.model.report import Finding, Severity
from formfill.notes import KINDS, note
from formfill.text import sentence, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.completed import Answer, BoxReading
    from formfill.model.document import Attachment, Document
    from formfill.model.record import Record

_NAME: Final = re.compile(r"record(-[0-9]+)?\.json")
"""Name of the record in a form of ours, and of each record in a portfolio."""
LONGEST_QUOTE: Final = 60
"""Most characters of a text that a sentence quotes."""
_INVISIBLE: Final = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
"""General categories of spaces, controls and formats."""


Twin = Callable[[bytes], "Record | None"]
"""Gives the record of an attachment when rendering it makes the very bytes of the document."""


def reconcile(record: Record, attachments: Sequence[Attachment], *, alone: bool = True, twin: Twin | None = None) -> Record:
    """The record as read, completed by the one attached when both say the same; ``attachment-differs`` when they do not.

    With several records attached (a portfolio of our own pages), the one that says most nearly the same is this page's. Where the
    form is not ``alone`` in its file, a record that differs may be of another form: it is left, without a finding.

    A document that is, byte for byte, what its record makes shows that record and nothing else, even where what a person wrote
    looks like what the form prints: there the record is right, and the reading of the page was not.
    """
    inside = [(item, _Attached.of(item)) for item in attachments if _NAME.fullmatch(item.name)]
    if not inside:
        return record
    compared = [_compared(record, attached, item) for item, attached in inside if attached is not None]
    if not compared:
        # whoever made this file named a record in it; a form of ours has one that reads
        return _told(record, [_("illisible")]) if record.form is not None and alone else record
    best = min(compared, key=lambda found: len(found.differing))
    if best.differing and alone and twin is not None and (same := twin(best.item.data)) is not None:
        return placed(record, same)
    if best.differing:
        return _told(record, best.differing) if alone or _numbered(best, record) else record
    answers = tuple(_restored(answer, best.attached) for answer in record.answers)
    boxes = tuple(_retitled(box, answers) for box in record.boxes if _held(box, best.attached))
    return record._replace(answers=answers, boxes=boxes, comments=best.comments)


def _numbered(best: _Compared, record: Record) -> bool:
    """Whether a record is one of a portfolio of ours, where each page has its own."""
    return best.item.name != "record.json" and record.form is not None and best.attached.form == record.form.id


def placed(record: Record, same: Record) -> Record:
    """Another record's answers, boxes and comments, with the places of the document read."""
    answers = {answer.field: answer.place for answer in record.answers}
    boxes = {(box.field, box.option, box.row): box for box in record.boxes}
    return record._replace(
        answers=tuple(answer._replace(place=answers.get(answer.field, NOWHERE)) for answer in same.answers),
        boxes=tuple(_evident(box, boxes.get((box.field, box.option, box.row))) for box in same.boxes),
        comments=tuple(comment._replace(place=NOWHERE) for comment in same.comments),
    )


def _evident(box: BoxReading, seen: BoxReading | None) -> BoxReading:
    if seen is None or seen.state is not box.state:
        return box._replace(place=NOWHERE, evidence=())
    return box._replace(place=seen.place, evidence=seen.evidence)


def _held(box: BoxReading, attached: _Attached) -> bool:
    """False for a blank box of a row left empty that the attached record does not list: the clean form has more rows."""
    return (
        box.row is None
        or box.row_label is not None
        or box.state is not MarkState.BLANK
        or (box.field, box.option, box.row) in attached.states
    )


def _told(record: Record, differing: Sequence[str]) -> Record:
    message = _("Le document ne montre plus ce que dit l’enregistrement joint ({fields}) ; c’est le document qui compte.").format(
        fields=", ".join(differing)
    )
    message = sentence(message)
    return record._replace(findings=(*record.findings, Finding("attachment-differs", Severity.WARNING, message)))


class _Attached(NamedTuple):
    """What an attached record says, as far as it is compared with the page.

    Taken straight from the JSON: the page is the yardstick, so that a wrong attachment can only fail to agree.
    """

    form: str
    states: dict[tuple[str, str, int | None], str]
    listed: dict[str, tuple[object, ...]]
    """The options that each field of boxes holds, which the boxes say once more, and the rows of tables."""
    texts: dict[str, str]
    comments: tuple[Comment, ...]

    @classmethod
    def of(cls, attachment: Attachment) -> _Attached | None:
        """None when it is not a record that can be read."""
        try:
            data = json.loads(attachment.data)
            return cls(
                form=data["form"]["id"],
                states={(box["field"], box["option"], box["row"]): box["state"] for box in data["boxes"]},
                listed={field: tuple(a["value"]) for field, a in data["answers"].items() if isinstance(a["value"], list)},
                texts={field: a["value"] for field, a in data["answers"].items() if isinstance(a["value"], str)},
                comments=tuple(map(_comment, data["comments"])),
            )
        except (FormfillError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None


def _comment(data: dict[str, str | None]) -> Comment:
    """A comment; raises ``ValueError`` when it is not one."""
    kind, field, text, author = data["kind"], data["field"], data["text"], data["author"]
    if kind not in KINDS or not isinstance(text, str) or not all(item is None or isinstance(item, str) for item in (field, author)):
        raise ValueError(kind)
    return Comment(kind, field, text, author)


class _Compared(NamedTuple):
    """An attached record beside the page."""

    item: Attachment
    attached: _Attached
    differing: list[str]
    """The boxes, fields and remarks on which they differ, in words."""
    comments: tuple[Comment, ...]
    """The attached comments."""


def _compared(record: Record, attached: _Attached, item: Attachment) -> _Compared:
    if record.form is None or attached.form != record.form.id:
        return _Compared(item, attached, [_("formulaire « {id} »").format(id=_quoted(attached.form))], ())
    kept, added, gone = _comments(record, attached.comments)
    remarks = [_("remarque « {text} »").format(text=_quoted(note(comment))) for comment in (*gone, *added)]
    return _Compared(item, attached, [*_differing(record, attached), *remarks], kept)


def _quoted(text: object) -> str:
    """The beginning of a text, for a sentence."""
    return str(text)[:LONGEST_QUOTE]


def _differing(record: Record, attached: _Attached) -> list[str]:
    """The boxes and fields on which page and attachment differ."""
    found = [
        box.option
        for box in record.boxes
        if attached.states.get((box.field, box.option, box.row)) != box.state and _held(box, attached)
    ]
    shown = {(box.field, box.option, box.row) for box in record.boxes}
    found += [_quoted(option) for field, option, row in attached.states if (field, option, row) not in shown]
    for answer in record.answers:
        if answer.field in attached.listed or isinstance(answer.value, tuple):
            if not _same(answer.value or (), attached.listed.get(answer.field, ()), record.source.format):
                found.append(answer.field)
            continue
        written = attached.texts.get(answer.field, "")
        if answer.value != written and not shows(answer.value or "", written, record.source.format):
            found.append(answer.field)
    fields = {answer.field for answer in record.answers}
    found += [_quoted(field) for field in (*attached.listed, *attached.texts) if field not in fields]
    return list(dict.fromkeys(found))


def _same(shown: str | tuple[str, ...] | tuple[RepeatedRow, ...], written: Sequence[object], to: str) -> bool:
    """Whether the page shows the options, or the rows of a table, that the attached record lists."""
    if len(shown) != len(written):
        return False
    for one, other in zip(shown, written, strict=True):
        if not isinstance(one, RepeatedRow):
            if one != other:
                return False
        elif (
            not isinstance(other, dict)
            or [one.section, list(one.competences)] != [other.get("section"), other.get("competences")]
            or not shows(one.intitule or "", str(other.get("intitule") or ""), to)
            or not shows(one.periode or "", str(other.get("periode") or ""), to)
        ):
            return False
    return True


def _restored(answer: Answer, attached: _Attached) -> Answer:
    """The answer with what a page cannot hold; what is unsure stays so."""
    rows = _rows_of(answer)
    if rows:
        own = [row for row in attached.listed.get(answer.field, ()) if isinstance(row, dict)]
        value = tuple(
            row._replace(intitule=_text(other.get("intitule")), periode=_text(other.get("periode")))
            for row, other in zip(rows, own, strict=True)
        )
        return answer._replace(value=value)
    written = attached.texts.get(answer.field)
    if isinstance(answer.value, tuple) or not written or written == answer.value:
        return answer
    state = answer.state if answer.state is AnswerState.UNCERTAIN else AnswerState.ANSWERED
    return answer._replace(value=written, state=state)


def _rows_of(answer: Answer) -> list[RepeatedRow]:
    """The rows of a table; none for another field."""
    return [row for row in answer.value if isinstance(row, RepeatedRow)] if isinstance(answer.value, tuple) else []


def _text(value: object) -> str | None:
    """A text of an attachment, None when it is none."""
    return value if isinstance(value, str) and value else None


def _retitled(box: BoxReading, answers: Sequence[Answer]) -> BoxReading:
    """The box with its row's title as restored."""
    if box.row_label is None or box.row is None:
        return box
    rows = next((_rows_of(answer) for answer in answers if box.field.startswith(f"{answer.field}.")), [])
    return box._replace(row_label=rows[box.row].intitule) if box.row < len(rows) else box


def _comments(record: Record, attached: Sequence[Comment]) -> tuple[tuple[Comment, ...], list[Comment], list[Comment]]:
    """The attached comments that the page shows, those it shows besides, and the attached ones that it shows no more."""
    left = list(record.comments)
    kept: list[Comment] = []
    gone: list[Comment] = []
    for comment in attached:
        line = note(comment)
        at = next((i for i, other in enumerate(left) if shows(note(other), line, record.source.format)), None)
        if at is None:
            gone.append(comment)
        else:
            kept.append(comment)
            del left[at]
    return tuple(kept), left, gone


LONG: Final = 30
"""Characters of a word that may have been cut at the end of a line."""
_MIRRORED: Final = str.maketrans("([{<«\u2039≤“\u2018", ")]}>»\u203a≥”\u2019")
"""Brackets and quotes that are drawn turned round in right-to-left text (UAX #9, rule L4)."""


def shows(page: str, written: str, to: str = "") -> bool:
    """Whether a page text is what a written text looks like in a format: runs of spaces and invisible characters apart in a PDF.

    Right-to-left text may come off a page in another order; there the same characters in any order will do.

    Args:
        page: what was read.
        written: what was to be written.
        to: the format of the page; ``docx`` leaves out what XML forbids, ``pdf`` substitutes what no font has.
    """
    hold = _printed(written, to)
    if page in (written, hold):
        return True
    if to in ("docx", "xlsx"):
        return page.strip() == hold.strip()
    seen, hold = squeeze(page), squeeze(hold)
    if seen == hold:
        return True
    if any(len(word) > LONG for word in hold.split()) and _visible(seen) == _visible(hold):
        # a word that a line could not hold comes off the page in pieces
        return True
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in hold):
        return False
    return Counter(_visible(seen).translate(_MIRRORED)) == Counter(_visible(hold).translate(_MIRRORED))


def _printed(written: str, to: str) -> str:
    """The text as the writer of a format prints it."""
    if to == "pdf":
        from formfill.writers._fonts import printable

        return printable(written)[0]
    if to in ("docx", "xlsx"):
        from formfill.writers._word_text import FORBIDDEN

        return FORBIDDEN.sub("", written)
    return written


def _visible(text: str) -> str:
    """The characters that leave a mark on paper, compatibility forms folded."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in _INVISIBLE)


BRACKETS: Final = frozenset("()[]|")
"""What makes a box around a tick, or around nothing."""
MISSED: Final = 5
"""One character in so many may be missed by the reading of a page."""


def covers(document: Document, record: Record) -> bool:
    """Whether a document shows all that a record says: as many boxes in each state, and every character of every text.

    Where each of them stands is another question: this one is asked of a document that is what its record makes, so that no
    mistake in the making passes for what the record says. A blank cell of a table is no box.
    """
    marks = Counter(mark.state for mark in document.marks)
    boxes = Counter(box.state for box in record.boxes if box.row is None or box.state is not MarkState.BLANK)
    cells = (cell.text for grid in document.grids for row in grid.rows for cell in row)
    shown = (*(block.text for block in document.text), *cells, *(item.text for item in document.annotations))
    seen = Counter(_visible("".join(shown)).translate(_MIRRORED))
    to = record.source.format
    written = (_printed(text, to) for text in (*_texts(record), *(comment.text for comment in record.comments)))
    wanted = Counter(_visible(without_boxes("".join(written))).translate(_MIRRORED))
    for sign in TICKS | TYPED_TICKS | BRACKETS:
        # a tick alone in a cell, or between brackets, is shown as the box that it ticks
        del wanted[sign]
    missing = (wanted - seen).total()
    # a reading of a page misses some characters, in words of thousands of letters or under marks; never a text
    return boxes <= marks and (missing == 0 or (to == "pdf" and missing * MISSED < wanted.total()))


def _texts(record: Record) -> Iterator[str]:
    for answer in record.answers:
        if isinstance(answer.value, str) and not any(box.field == answer.field for box in record.boxes):
            yield answer.value
        for row in _rows_of(answer):
            yield from (text for text in (row.intitule, row.periode) if text)
