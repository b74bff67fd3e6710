"""Documents glued together in one file: several forms, several candidates, portfolio pages around a form. Pure.

A document is cut into atoms, each a table or the part of one on one page, or a page without tables. The shortest runs of atoms that
are a form by themselves are found from left to right; a run that says again what the one before says is another copy of the form.
What makes a form is asked of :func:`~formfill.recognise.recognise` alone, so that a new form needs nothing here. A file that cannot
be cut for certain stays whole, and what stands twice in it is reported there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.language import gettext as _
from formfill.model.record import Part
from formfill.model.report import Finding, Severity
from formfill.parts._atoms import Atoms
from formfill.parts._cut import Cut
from formfill.parts._signs import Signs, shelf_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Document
    from formfill.model.form import Form
    from formfill.shelf import Shelf

MOST: Final = 2_000
"""A document of more atoms than this is not cut."""


class Piece(NamedTuple):
    """One form of a document, or the whole document."""

    document: Document
    part: Part | None
    """None when the document is whole."""


def split(document: Document, known: Sequence[Form] | Shelf, *, name: str) -> tuple[Piece, ...]:
    """The forms of a document, in reading order, each with its pages; the whole document when it is one form, or none.

    Args:
        document: what was seen in a file.
        known: the forms to look for, as :func:`~formfill.recognise.recognise` takes them.
        name: what to call the file in errors.
    """
    atoms = Atoms(document)
    if not 1 < atoms.count <= MOST:
        return (Piece(document, None),)
    signs = Signs(document, atoms, shelf_of(known))
    if not signs.several():
        return (Piece(document, None),)
    runs = Cut(atoms, signs, name).runs()
    mine = [set(range(run.first, run.last + 1)) for run in runs]
    others = set(range(atoms.count)).difference(*mine)
    if not runs or (len(runs) == 1 and not others):
        return (Piece(document, None),)
    pieces = [Piece(atoms.document(kept), Part(index, atoms.pages(kept))) for index, kept in enumerate(mine, 1)]
    left = sorted(set(atoms.pages(others)).difference(*(piece.part.pages for piece in pieces if piece.part)))
    if left:
        # what was found of these pages themselves (a page that is an image) must not be lost
        first = pieces[0].document
        found = [item for item in document.findings if item.place.page in left]
        pieces[0] = pieces[0]._replace(document=first._replace(findings=(*first.findings, *found, _others(left))))
    return tuple(pieces)


def _others(pages: Sequence[int]) -> Finding:
    listed: list[str] = []
    start = pages[0]
    for page, after in zip(pages, [*pages[1:], 0], strict=True):
        if after != page + 1:
            listed.append(f"{start}–{page}" if page > start else str(page))
            start = after
    message = _("Les pages {pages} ne sont d’aucun formulaire connu : elles n’ont pas été lues avec lui.")
    return Finding("other-pages", Severity.WARNING, message.format(pages=", ".join(listed)))
