"""What an export holds of each record: its files, its readings, its history. Who exported what is a line of the journal first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from formfill.archive.find import note, selected
from formfill.archive.show import row_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.archive.database import Archive
    from formfill.archive.find import Criteria, Found
    from formfill.archive.pseudonym import Pseudonyms
    from formfill.archive.show import Shown

EXTENSIONS: Final = {"image": "img"}
"""Extensions of the formats whose name is none."""


class Item(NamedTuple):
    """A file of an export."""

    path: str
    """Where it stands under the folder of its record."""
    role: str
    """``original``, ``rendition``, ``record`` or ``history``."""
    format: str
    version: int
    """0 for what belongs to no version."""
    data: bytes


class Package(NamedTuple):
    """A record of an export."""

    id: str
    shown: Shown
    items: tuple[Item, ...]


def chosen(archive: Archive, criteria: Criteria, kind: str, *, pseudonymised: bool) -> list[Found]:
    """The records to export, noted in the journal as exported."""
    with archive.begin() as connection:
        found = selected(connection, criteria)
        note(connection, archive, "export", [one.id for one in found], kind=kind, pseudonymised=pseudonymised)
    return found


def packages(archive: Archive, found: Sequence[Found], pseudonyms: Pseudonyms | None = None) -> Iterator[Package]:
    """Each record with its files, one at a time; every byte is checked on its way.

    Raises:
        AlteredContentError: bytes are no longer those that were archived.
    """
    for one in found:
        with archive.begin() as connection:
            shown = whole(connection, row_of(connection, one.id))
        if pseudonyms is not None:
            yield pseudonyms.package(shown)
        else:
            yield Package(shown.id, shown, tuple(_items(archive, shown)))


def _items(archive: Archive, shown: Shown) -> Iterator[Item]:
    for kept in shown.files:
        data = archive.contents.get(kept.sha512)
        extension = EXTENSIONS.get(kept.format, kept.format)
        if kept.number == 0:
            yield Item(f"original.{extension}", kept.role, kept.format, 0, data)
        else:
            yield Item(f"version-{kept.number}/form.{extension}", kept.role, kept.format, kept.number, data)
    for version in shown.versions:
        yield Item(f"version-{version.number}/record.json", "record", "json", version.number, version.json.encode() + b"\n")
    yield Item("history.json", "history", "json", 0, as_json(history(shown)))


def history(shown: Shown) -> dict[str, Any]:
    """What is known of a record beside its files."""
    return {
        "id": shown.id,
        "form": shown.form,
        "edition": shown.edition,
        "session": shown.session,
        "candidate": shown.candidate,
        "candidate_number": shown.candidate_number,
        "added": shown.added,
        "names": list(shown.names),
        "versions": [{"number": one.number, "made": one.made, "program": one.program} for one in shown.versions],
        "files": [one._asdict() for one in shown.files],
        "decisions": list(shown.decisions),
        "holds": list(shown.holds),
    }


def as_json(said: object) -> bytes:
    """JSON for people and programs."""
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
