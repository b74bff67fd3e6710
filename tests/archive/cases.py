"""Invented entries of an archive, and what tests ask of one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from formfill.archive import Entry
from formfill.model.completed import Answer, AnswerState, BoxReading, Comment
from formfill.model.document import MarkState
from formfill.model.record import FormRef, Record, SourceRef
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.archive import Archive


def entry(
    number: int = 1,
    *,
    candidate: str | None = "Zélie INVENTÉE",
    identifier: str | None = "0234567890",
    session: str | None = "2026",
    text: str = "Mise en œuvre d’un pare-feu",
    finding: str = "date-before-period",
    original: bool = True,
    renditions: bool = True,
    name: str = "fiche.docx",
) -> Entry:
    """A fiche of an invented candidate; ``number`` tells sources apart."""
    data = f"source {number}".encode()
    written = {"nom_prenom": candidate, "numero_candidat": identifier, "session": session, "descriptif": text}
    record = Record(
        source=SourceRef(name, hashlib.sha256(data).hexdigest(), "docx", len(data), None),
        form=FormRef("bts-sio-fiche-sisr", "VII-1", "bts-sio-2020", 1.0),
        answers=tuple(
            Answer(field, said, AnswerState.ANSWERED if said else AnswerState.EMPTY, normalised=said and said.casefold())
            for field, said in written.items()
        ),
        boxes=(BoxReading("competences", "B2.1", "Concevoir une solution d’infrastructure réseau", MarkState.TICKED),),
        comments=(Comment("word-comment", None, f"Relu par {candidate}", "Mme Fictive"),),
        findings=(Finding(finding, Severity.WARNING, "Un constat.", field="descriptif"),),
    )
    clean = (("docx", b"docx of " + data), ("pdf", b"%PDF of " + data)) if renditions else ()
    return Entry(record, data if original else None, clean)


def ident(number: int = 1) -> str:
    """The identifier of the record of an entry."""
    return hashlib.sha256(f"source {number}".encode()).hexdigest()


def path_of(archive: Archive, sha512: str) -> Path:
    """The file of a content."""
    from pathlib import Path

    return Path(archive.contents.where, sha512[:2], sha512)
