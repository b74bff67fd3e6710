"""Which piece each document is: present, copy, superseded, one of several versions, stray; and which pieces are missing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.names import near_name, same_name
from formfill.dossier.papers import text_of
from formfill.model.dossier import Dossier, Handed, Place
from formfill.normal import parse_realisation
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.completed import Answer
    from formfill.model.dossier import Asked, Candidate, Paper, Piece


def complete(candidate: Candidate, epreuve: str | None, asked: Asked, own: Sequence[Paper]) -> Dossier:
    """The dossier of one candidate for one épreuve."""
    handed: list[Handed] = []
    missing: list[Piece] = []
    numbered = [piece for piece in asked.pieces if piece.number is not None]
    for piece in asked.pieces:
        if piece.number is None:
            found = [paper for paper in own if paper.form in piece.forms]
            handed += _versions(piece, found)
            if piece.required and not found:
                missing.append(piece)
    if numbered:
        fiches, absent = _numbered(numbered, [paper for paper in own if paper.form in numbered[0].forms])
        handed += fiches
        missing += absent
    order = {piece.id: rank for rank, piece in enumerate(asked.pieces)}
    handed.sort(key=lambda item: order[item.piece.id] if item.piece is not None else len(order))
    missing.sort(key=lambda piece: order[piece.id])
    return Dossier(candidate, asked.bloc, asked.title, epreuve, tuple(handed), tuple(missing))


def perhaps(missing: Iterable[Piece], who: Candidate, loose: Iterable[Paper]) -> tuple[tuple[Piece, tuple[Paper, ...]], ...]:
    """The missing pieces that documents of nobody may be: without a name, or with one that is nearly the candidate's."""
    own = [paper for paper in loose if paper.name is None or same_name(paper.name, who.name) or near_name(paper.name, who.name)]
    found = ((piece, tuple(paper for paper in own if paper.form in piece.forms)) for piece in missing)
    return tuple((piece, papers) for piece, papers in found if papers)


def realisation(paper: Paper) -> int | None:
    """The number of the réalisation that a fiche describes, 1 or 2."""
    return parse_realisation(text_of(paper.record, "numero_realisation") or "")


def title(paper: Paper) -> str:
    """The title of the réalisation for comparison."""
    return normalise(text_of(paper.record, "intitule") or "")


def _numbered(pieces: Sequence[Piece], papers: Iterable[Paper]) -> tuple[list[Handed], list[Piece]]:
    """The fiches: as many different ones as there are pieces, whatever number they bear; another rule reads the numbers."""
    distinct: list[list[Paper]] = []
    for paper in papers:
        home = next((group for group in distinct if _one_fiche(group[0], paper)), None)
        if home is None:
            distinct.append([paper])
        else:
            home.append(paper)
    free = list(pieces)
    given: dict[int, Piece | None] = {}
    # those that say their number first, then the others in the places left
    for rank, group in enumerate(distinct):
        piece = next((piece for piece in free if piece.number == realisation(group[0])), None)
        if piece is not None:
            free.remove(piece)
            given[rank] = piece
    for rank, group in enumerate(distinct):
        if rank not in given:
            # one too many: another version of the fiche of its number, as far as anybody can tell
            same = next((piece for piece in pieces if piece.number == realisation(group[0])), None)
            given[rank] = free.pop(0) if free else same
    handed: list[Handed] = []
    for piece in pieces:
        handed += _versions(piece, [paper for rank, group in enumerate(distinct) if given[rank] is piece for paper in group])
    handed += [Handed(None, Place.STRAY, paper) for rank, group in enumerate(distinct) if given[rank] is None for paper in group]
    return handed, free


def _one_fiche(a: Paper, b: Paper) -> bool:
    """Whether two fiches are versions of one: the same réalisation, and numbers that do not say two."""
    numbers = {realisation(a), realisation(b)} - {None}
    return len(numbers) < 2 and title(a) == title(b) and bool(title(a) or says(a) == says(b))


def _versions(piece: Piece, papers: Sequence[Paper]) -> list[Handed]:
    """The documents of one piece: copies, versions of an older session, versions that nothing tells apart."""
    kept: list[Paper] = []
    handed: list[Handed] = []
    for paper in papers:
        if any(says(paper) == says(other) for other in kept):
            handed.append(Handed(piece, Place.DUPLICATE, paper))
        else:
            kept.append(paper)
    for group in _several(piece, kept):
        latest = max((paper.session or 0 for paper in group), default=0)
        current = [paper for paper in group if (paper.session or latest) == latest]
        handed += [Handed(piece, Place.SUPERSEDED, paper) for paper in group if paper not in current]
        place = Place.PRESENT if len(current) == 1 else Place.VERSION
        handed += [Handed(piece, place, paper) for paper in current]
    return handed


def _several(piece: Piece, papers: Sequence[Paper]) -> list[list[Paper]]:
    """The versions of each document, where a piece is several: attestations of one period are versions of one."""
    if not piece.several:
        return [list(papers)] if papers else []
    found: dict[object, list[Paper]] = {}
    for rank, paper in enumerate(papers):
        dates = [answer.normalised for field in ("debut", "fin") if (answer := paper.record.answer(field)) is not None]
        found.setdefault(tuple(dates) if all(dates) and dates else rank, []).append(paper)
    return list(found.values())


def says(paper: Paper) -> tuple[tuple[str, object], ...]:
    """What a document says, wherever it stands: its Word and its PDF say one thing."""
    return tuple((answer.field, _value(answer)) for answer in paper.record.answers)


def _value(answer: Answer) -> object:
    return " ".join(answer.value.split()) if isinstance(answer.value, str) else answer.value
