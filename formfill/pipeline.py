"""The spine: a completed form crosses the program once, left to right, and each arrow is one function in one place.

    Source ──read──▶ Document ──recognise──▶ Form ──extract──▶ CompletedForm ──validate──▶ Record ──render──▶ Rendition

It touches no disk and no database, and does not branch on the file format or the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from formfill import catalogue, readers
from formfill.checks import validate
from formfill.errors import FormfillError
from formfill.extract import extract
from formfill.language import gettext as _
from formfill.model.record import FormRef, Record, Rendition, SourceRef
from formfill.model.report import Finding, Severity
from formfill.recognise import mentioned, recognise
from formfill.writers import BOXES, NO_PICTURES, fitting, writer_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from formfill.model.completed import CompletedForm
    from formfill.model.document import Document
    from formfill.model.form import Form
    from formfill.model.picture import Picture
    from formfill.model.record import Part
    from formfill.recognise import Recognised
    from formfill.source import Source


See = Callable[["Source"], "Document"]
"""What reads a source: :func:`inspect`, or another that reads in a child process, or twice."""


class Processed(NamedTuple):
    """A record and its renditions."""

    record: Record
    renditions: tuple[Rendition, ...]


def process(source: Source, outputs: Sequence[str] = ("docx", "pdf"), see: See | None = None) -> tuple[Processed, ...]:
    """Reads, validates and regenerates one source, a form at a time; what is no known form has no rendition."""
    return tuple([regenerate(record, outputs, source, see) for record in read_all(source, see)])


def regenerate(record: Record, outputs: Sequence[str], source: Source, see: See | None = None) -> Processed:
    """A record and its clean forms, with the pictures of its source; the record says what they cannot hold.

    Raises:
        RenderError: a clean form cannot be made.
    """
    if record.form is None:
        return Processed(record, ())
    formats = outputs_of(record, outputs)
    if "html" in set(formats) - set(outputs):
        record = _noting(record, [_unrendered(outputs)])
    pictures = pictures_of(source, see) if record.pictures else {}
    renditions = tuple(render(record, to, pictures=pictures) for to in formats)
    whole = _noting(record, [finding for rendition in renditions for finding in rendition.findings])
    if whole is not record:
        # each carries the record, and the record is one: what the other formats could not hold is in it too
        renditions = tuple(render(whole, to, pictures=pictures) for to in formats)
    return Processed(whole, renditions)


def outputs_of(record: Record, outputs: Sequence[str] = ("docx", "pdf")) -> tuple[str, ...]:
    """The formats that a record is regenerated in, among those asked for: a workbook where a Word document is asked of a sheet.

    A form that none of them can hold is given as a page in HTML.
    """
    if record.form is None:
        return ()
    form = form_of(record)
    kept = tuple(dict.fromkeys(own for to in outputs if (own := fitting(to, form)) is not None))
    return kept if len(kept) == len(outputs) else (*kept, *(["html"] if "html" not in kept else []))


def inspect(source: Source, *, double: bool = False) -> Document:
    """What stands in the source, whatever the form; read ``double``, what two engines see alike (see :func:`readers.read`)."""
    return readers.read(source, double=double)


def read(source: Source, see: See | None = None) -> Record:
    """The validated record of a source; ``form`` is None, with the finding ``unknown-form``, when it is no known form.

    Of a source that holds several forms it is the record of the first, with the finding ``several-forms``.

    Args:
        source: the file.
        see: what reads it; :func:`inspect` by default.
    """
    records = read_all(source, see)
    return records[0] if len(records) == 1 else _first_of(records)


def read_all(source: Source, see: See | None = None) -> tuple[Record, ...]:
    """The validated record of each form of a source, in reading order; one when it is one form, or none that is known."""
    return records_of(source, (see or inspect)(source))


def records_of(source: Source, document: Document) -> tuple[Record, ...]:
    """The validated records of what was seen in a source."""
    if len(document.grids) < 2 and (document.pages or 1) < 2:
        return (record_of(source, document),)
    from formfill.parts import split

    pieces = split(document, catalogue.shelf(), name=source.name)
    whole = len(pieces) == 1 and pieces[0].document is document
    if not whole and document.attachments and not _disputed(document):
        from formfill.pictured import own_record

        data = own_record(document)
        own = _twin(source, document, data) if data is not None else None
        if own is not None and own.form is not None:
            # one form of ours, in which a person's text looks like the beginning of another
            return (_own(source, document, own),)
    return tuple([record_of(source, piece.document, piece.part, alone=len(pieces) == 1) for piece in pieces])


def _first_of(records: Sequence[Record]) -> Record:
    first = records[0]
    message = _("Le fichier contient {count} formulaires ; seul le premier est donné ici. Lisez-les tous.").format(
        count=len(records)
    )
    return first._replace(findings=(*first.findings, Finding("several-forms", Severity.ERROR, message)))


def record_of(source: Source, document: Document, part: Part | None = None, *, alone: bool = True) -> Record:
    """The validated record of what was seen in a source.

    Args:
        source: the file.
        document: what was seen in it, or in one part of it.
        part: which part; None for the whole.
        alone: whether the file holds no other form.
    """
    found = recognise(document, catalogue.shelf(), name=source.name)
    if found.form is None:
        near = found if found.nearest is not None else mentioned(document, catalogue.shelf())
        return Record(source_ref(source, document, part), None, findings=(*document.findings, _unknown(near)))
    completed = extract(document, found.form, edition=found.edition, score=found.score)
    if document.unread:
        from formfill.unread import settle

        completed, unread = settle(completed, document.unread)
        document = document._replace(findings=document.findings + unread)
    pictures: tuple[Picture, ...] = ()
    untaken: tuple[Finding, ...] = ()
    if document.pictured is not None:
        from formfill import pictured

        pictures, untaken = pictured.of_form(source, document, part, found, completed)
    report = validate(completed, found.form)
    record = Record(
        source=source_ref(source, document, part),
        form=FormRef(found.form.id, completed.edition, found.form.referentiel, found.score),
        answers=completed.answers,
        boxes=completed.boxes,
        comments=completed.comments,
        findings=document.findings + report.findings + untaken,
        pictures=pictures,
    )
    if not document.attachments:
        return record
    from formfill.reconcile import reconcile

    same: list[Record] = []

    def twin(data: bytes) -> Record | None:
        same.extend(own for own in (_twin(source, document, data),) if own is not None)
        return same[0] if same else None

    settled = reconcile(record, document.attachments, alone=alone, twin=None if _disputed(document) else twin)
    settled = _validated(settled, completed, document, found.form) if same else settled
    from formfill.pictured import with_its_own

    return with_its_own(settled, document)


def _validated(settled: Record, completed: CompletedForm, document: Document, form: Form) -> Record:
    """The record of a document that is what its own record makes: its rows and boxes are those of the form, all of them."""
    form_as_written = completed._replace(
        answers=settled.answers, boxes=settled.boxes, comments=settled.comments, lines=(), rows=(), unlabelled=()
    )
    return settled._replace(findings=document.findings + validate(form_as_written, form).findings)


def _disputed(document: Document) -> bool:
    """Whether two engines saw the document otherwise: then no record settles what they saw, not even its own."""
    return any(finding.code == "double-read-differs" for finding in document.findings)


def _twin(source: Source, document: Document, data: bytes) -> Record | None:
    """The record that a document carries, when rendering it makes that very document, and all that it says is seen there."""
    from formfill.model.codec import loads
    from formfill.reconcile import covers

    try:
        attached = loads(data.decode())
        if not covers(document, attached._replace(source=attached.source._replace(format=source.format))):
            return None
        pictures = pictures_of(source, lambda _source: document) if attached.pictures else {}
        same = any(render(attached, source.format, boxes=boxes, pictures=pictures).data == source.data for boxes in BOXES)
    except (FormfillError, UnicodeDecodeError):
        return None
    return attached if same else None


def _own(source: Source, document: Document, own: Record) -> Record:
    """The record of a document that is what this record makes."""
    from formfill.reconcile import placed

    form = form_of(own)
    completed = extract(document, form, edition=own.form.edition if own.form else None, score=1.0)
    ref = FormRef(form.id, completed.edition, form.referentiel, 1.0)
    read = Record(source_ref(source, document), ref, completed.answers, completed.boxes, completed.comments, document.findings)
    return _validated(placed(read, own), completed, document, form)


def pictures_of(source: Source, see: See | None = None) -> dict[str, bytes]:
    """The pictures of a source that a clean form may take, by their digest: see :func:`formfill.pictured.contents`."""
    from formfill import pictured

    return pictured.contents(source, see)


def render(
    record: Record,
    to: str,
    *,
    edition: str | None = None,
    boxes: str = BOXES[0],
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> Rendition:
    """The bytes of a clean form; the record that it carries says what the format could not hold.

    Args:
        record: a record of a known form.
        to: the format.
        edition: another edition than the record's own.
        boxes: how Word documents hold boxes, one of :data:`~formfill.writers.BOXES`.
        pictures: the bytes of its pictures, by their digest (:func:`pictures_of`).

    Raises:
        RenderError: it cannot show all that the record says.
    """
    from formfill.agreement import agree

    form = form_of(record)
    if edition is not None and record.form is not None:
        record = record._replace(form=record.form._replace(edition=edition))
    noted = agree(record, form)
    writer = writer_for(to, boxes)
    given: Mapping[str, bytes] = NO_PICTURES
    if record.pictures:
        from formfill import pictured

        given = pictured.taken(record, pictures)
        rendition = writer.write(record, form, edition, given)
        rendition = rendition._replace(findings=rendition.findings + pictured.left_out(record, rendition.pictures))
    else:
        rendition = writer.write(record, form, edition)
    if to == "txt" and form.layout is not None:
        _check_text(record, rendition)
    found = noted + rendition.findings
    if not found:
        return rendition
    whole = _noting(record, found)
    return (rendition if whole is record else writer.write(whole, form, edition, given))._replace(findings=found)


def render_on(record: Record, template: Path) -> Rendition:
    """The form on a school's own Word template: see :func:`formfill.writers.school.write`."""
    from formfill.agreement import agree
    from formfill.writers import school

    form = form_of(record)
    noted = agree(record, form)
    rendition = school.write(record, form, template)
    left: tuple[Finding, ...] = ()
    if record.pictures:
        from formfill.pictured import left_out

        left = left_out(record, ())
    return rendition._replace(findings=noted + rendition.findings + left)


def merge(records: Sequence[Record], pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
    """One PDF portfolio of several clean forms, in their order; each record attached says what its page could not hold.

    Args:
        records: one or more records of known forms, of one candidate: see :func:`formfill.dossier.one_candidate`.
        pictures: the bytes of their pictures, by their digest (:func:`pictures_of`).

    Raises:
        RenderError: a page cannot show all that its record says.
        UnknownFormError: a record is of no known form.
    """
    from formfill import pictured
    from formfill.agreement import agree
    from formfill.writers import portfolio
    from formfill.writers.pdf import sheet_of

    forms = [form_of(record) for record in records]
    taken = [portfolio.taken(pictured.taken(record, pictures)) for record in records]
    noted = [
        (*agree(record, form), *sheet_of(record, form, None).findings, *pictured.left_out(record, shown))
        for record, form, shown in zip(records, forms, taken, strict=True)
    ]
    whole = [_noting(record, found) for record, found in zip(records, noted, strict=True)]
    found = tuple(dict.fromkeys(finding for own in noted for finding in own))
    shown = {digest: data for own in taken for digest, data in own.items()}
    return portfolio.write(whole, forms, shown)._replace(findings=found)


def _check_text(record: Record, rendition: Rendition) -> None:
    """Raises when a text does not read back as its record: nothing in a text tells what is printed from what is written."""
    from formfill.errors import UnprintableTextError
    from formfill.source import Source

    back = read(Source.of(rendition.data, f"{record.source.name}.txt"))
    wanted = {answer.field: answer.value for answer in record.answers}
    wrong = [answer.field for answer in back.answers if answer.value != wanted.get(answer.field)]
    states = {(box.field, box.option, box.row): box.state for box in back.boxes}
    wrong += [box.option for box in record.boxes if states.get((box.field, box.option, box.row)) is not box.state]
    told = [(comment.kind, comment.text, comment.author) for comment in record.comments]
    if back.form is None or wrong or told != [(comment.kind, comment.text, comment.author) for comment in back.comments]:
        raise UnprintableTextError(
            where=record.source.name,
            seen=_("en texte, ces champs ne se reliraient pas comme ils sont écrits : {fields}.").format(
                fields=", ".join(dict.fromkeys(wrong)) or _("remarques")
            ),
            advice=_("Choisissez docx, xlsx, pdf, html ou json."),
        )


def _noting(record: Record, findings: Sequence[Finding]) -> Record:
    """The record with these findings, each once; the same record when it has them all."""
    fresh = tuple(dict.fromkeys(finding for finding in findings if finding not in record.findings))
    return record._replace(findings=record.findings + fresh) if fresh else record


def form_of(record: Record) -> Form:
    """The form of a record; raises :class:`~formfill.errors.UnknownFormError` for a record of no known form."""
    from formfill.errors import UnknownFormError

    if record.form is None:
        raise UnknownFormError(
            where=record.source.name,
            seen=_("cet enregistrement n’est celui d’aucun formulaire connu."),
            advice=_("Seul un formulaire reconnu peut être régénéré."),
        )
    return catalogue.form(record.form.id)


def source_ref(source: Source, document: Document, part: Part | None = None) -> SourceRef:
    """The source as records name it."""
    return SourceRef(source.name, source.sha256, source.format, len(source.data), document.pages, part)


def _unrendered(outputs: Sequence[str]) -> Finding:
    message = _("Ce formulaire n’a pas encore de gabarit {formats} : il est restitué en HTML, avec son enregistrement.")
    return Finding("no-template", Severity.INFO, message.format(formats=", ".join(outputs)))


def _unknown(found: Recognised) -> Finding:
    if found.nearest is None:
        message = _("Ce document n’est aucun des formulaires connus (« formfill forms list » les donne).")
    else:
        message = _("Ce document n’est aucun des formulaires connus ; le plus proche est « {title} » ({score} %).").format(
            title=found.nearest.title, score=round(100 * found.score)
        )
    return Finding("unknown-form", Severity.ERROR, message)


def draw(source: Source, document: Document, by: Callable[[Source, Document], bytes] | None = None) -> bytes:
    """A PNG of what was seen: drawn over the pages of a PDF, else our own rendition of the tables and the text.

    Args:
        source: the file.
        document: what was seen in it.
        by: what draws over the pages of a PDF; this process by default.
    """
    if source.format != "pdf":
        from formfill import drawing

        return drawing.draw(document)
    if by is not None:
        return by(source, document)
    from formfill.readers import plumber

    return plumber.draw(source, document)
