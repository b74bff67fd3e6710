"""The pictures of a document, from the fields that they stand in to those of its clean forms.

A record says which pictures its fields hold; their bytes stay in the source and are given to whoever renders it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from formfill import catalogue, readers
from formfill.errors import FormfillError
from formfill.extract import extract
from formfill.illustrations import carried, findings, located, missing
from formfill.model.raster import ATTACHED, MOST_BYTES, raster, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from formfill.model.completed import CompletedForm
    from formfill.model.document import Document
    from formfill.model.picture import Picture
    from formfill.model.record import Part, Record
    from formfill.model.report import Finding
    from formfill.recognise import Recognised
    from formfill.source import Source


def of_form(
    source: Source, document: Document, part: Part | None, found: Recognised, completed: CompletedForm
) -> tuple[tuple[Picture, ...], tuple[Finding, ...]]:
    """The pictures of a form, each in its field, and what is told of those that no clean form can take.

    Args:
        source: the file.
        document: what was seen in it, pictures among it.
        part: which part of the file the form is; None for the whole.
        found: the form.
        completed: what it says.
    """
    assert document.pictured is not None
    assert found.form is not None
    tokened, seen = document.pictured()
    if part is not None:
        from formfill.parts import split

        pieces = split(tokened, catalogue.shelf(), name=source.name)
        if len(pieces) < part.index:
            # the pictures make another division of the document: which form they stand in is not told
            return tuple(seen.values()), findings(seen.values())
        tokened = pieces[part.index - 1].document
        shown = "".join((*(block.text for block in tokened.text), *(c.text for g in tokened.grids for row in g.rows for c in row)))
        seen = {token: picture for token, picture in seen.items() if token in shown}
    pictures = located(extract(tokened, found.form, edition=found.edition, score=found.score), completed, seen)
    return pictures, findings(pictures)


def with_its_own(record: Record, document: Document) -> Record:
    """The record of a PDF of ours with the pictures that its own record names: a page does not tell them from its own drawings."""
    if record.source.format != "pdf" or any(finding.code == "attachment-differs" for finding in record.findings):
        return record
    data = own_record(document)
    if data is None or b'"pictures": [' not in data:
        return record
    from formfill.model.codec import loads

    try:
        return record._replace(pictures=loads(data.decode()).pictures)
    except (FormfillError, UnicodeDecodeError):
        return record


def own_record(document: Document) -> bytes | None:
    """The one record that a document carries, its pictures apart; None when it carries none, or several."""
    found = [item for item in document.attachments if not item.name.startswith(ATTACHED)]
    return found[0].data if len(found) == 1 else None


def contents(source: Source, see: Callable[[Source], Document] | None = None) -> dict[str, bytes]:
    """The pictures of a source that a clean form may take, by the digest of their bytes: of a Word document, or of a PDF of ours.

    Args:
        source: the file.
        see: what reads a PDF; this process by default.
    """
    if source.format == "docx":
        from formfill.readers._wordpictures import contents as of_word

        return of_word(source)
    if source.format != "pdf":
        return {}
    attached = (item for item in (see or readers.read)(source).attachments if item.name.startswith(ATTACHED))
    return {digest: data for digest, data in (unwrapped(item.data) for item in attached) if data}


def taken(record: Record, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bytes that were given for the pictures of a record: those that its digests tell, that a clean form may take."""
    found: dict[str, bytes] = {}
    for picture in record.pictures:
        digest = picture.sha256
        data = pictures.get(digest) if digest is not None and carried(picture) else None
        if data is None or digest is None or len(data) > MOST_BYTES or sha256(data).hexdigest() != digest:
            continue
        kind = raster(data)
        if kind is not None and kind.fits and kind.type == picture.type:
            found[digest] = data
    return found


def left_out(record: Record, shown: Iterable[str]) -> tuple[Finding, ...]:
    """What is told of the pictures of a record that a clean form does not show; ``shown`` has the digests of those it does."""
    return missing(record.pictures, frozenset(shown))
