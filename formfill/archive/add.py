"""Puts records into an archive: one transaction for each group, all of it or nothing.

Putting the same again changes nothing; what is read otherwise is a new version beside the old ones.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select, update

from formfill._version import __version__
from formfill.archive import journal, words
from formfill.archive.contents import digest
from formfill.archive.entry import Entry, Facts, facts, index, json_of, record_id, seal
from formfill.archive.tables import content, file, finding, name, record, version
from formfill.files import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from formfill.archive.database import Archive

ORIGINAL, RENDITION = "original", "rendition"


class Done(StrEnum):
    """What putting an entry changed."""

    ADDED = "added"
    VERSION = "version"
    """A version more: the same source reads otherwise than before."""
    COMPLETED = "completed"
    """The original, a rendition or a name that was missing."""
    SAME = "same"


class Put(NamedTuple):
    """An entry that is in the archive."""

    id: str
    done: Done
    original: bool
    """Whether the archive holds the source as it was handed in."""


class _Draft(NamedTuple):
    """An entry and what can be worked out before the archive is held."""

    id: str
    entry: Entry
    json: str
    original: str | None
    renditions: dict[str, str]
    facts: Facts
    words: str
    whole: bool


def _draft(entry: Entry) -> _Draft:
    said = facts(entry.record, entry.session, entry.candidate)
    found, whole = index(entry.record, said.candidate)
    return _Draft(
        id=record_id(entry.record),
        entry=entry,
        json=json_of(entry.record),
        original=None if entry.original is None else digest(entry.original),
        renditions={format: digest(data) for format, data in entry.renditions},
        facts=said,
        words=found,
        whole=whole,
    )


def put(archive: Archive, entries: Iterable[Entry]) -> list[Put]:
    """Puts entries in one transaction and returns what became of each, in order.

    Raises:
        ArchiveError: nothing of them was put.
    """
    drafts = [_draft(entry) for entry in entries]
    unique: dict[str, _Draft] = {}
    again: list[_Draft] = []
    for draft in drafts:
        again.append(draft) if draft.id in unique else unique.update({draft.id: draft})
    bytes_of: dict[str, bytes] = {}
    for draft in drafts:
        if draft.original is not None and draft.entry.original is not None:
            bytes_of[draft.original] = draft.entry.original
        bytes_of |= {draft.renditions[format]: data for format, data in draft.entry.renditions}
    with archive.begin() as connection:
        archive.contents.put(list(bytes_of.items()))
        _contents(connection, bytes_of)
        keys = _keys(connection, unique)
        fresh = [draft for draft in unique.values() if draft.id not in keys]
        done = {draft.id: Done.ADDED for draft in fresh}
        lines = _insert(connection, fresh)
        results = []
        for draft in drafts:
            if draft.id in done and draft is unique[draft.id]:
                results.append(Put(draft.id, Done.ADDED, draft.original is not None))
            else:
                results.append(_revise(connection, draft, lines))
        journal.append(connection, archive.actor, "add", lines)
    return results


def _contents(connection: Connection, bytes_of: dict[str, bytes]) -> None:
    known = {
        sha512
        for some in _some(list(bytes_of))
        for sha512 in connection.execute(select(content.c.sha512).where(content.c.sha512.in_(some))).scalars()
    }
    at = journal.now()
    rows = [{"sha512": sha512, "size": len(data), "added": at} for sha512, data in bytes_of.items() if sha512 not in known]
    if rows:
        connection.execute(insert(content), rows)


def _keys(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    rows = (
        row
        for some in _some(list(ids))
        for row in connection.execute(select(record.c.id, record.c.key).where(record.c.id.in_(some)))
    )
    return {row.id: row.key for row in rows}


def _some(values: list[str]) -> Iterable[list[str]]:
    """Databases bound the number of values of one question."""
    return (values[start : start + 500] for start in range(0, len(values), 500))


def _insert(connection: Connection, drafts: Sequence[_Draft]) -> list[dict[str, Any]]:
    """Inserts records that are new; returns their lines of the journal."""
    if not drafts:
        return []
    at = journal.now()
    connection.execute(insert(record), [_row(draft, at) for draft in drafts])
    keys = _keys(connection, [draft.id for draft in drafts])
    words.put(connection, [(keys[draft.id], draft.words) for draft in drafts])
    connection.execute(
        insert(name), [{"record": keys[draft.id], "name": shown(draft.entry.record.source.name)} for draft in drafts]
    )
    rows = [
        _file(keys[draft.id], 0, ORIGINAL, draft.entry.record.source.format, draft.original) for draft in drafts if draft.original
    ]
    if rows:
        connection.execute(insert(file), rows)
    return _versions(connection, [(keys[draft.id], 1, draft) for draft in drafts], at)


def _row(draft: _Draft, at: str) -> dict[str, Any]:
    form, said = draft.entry.record.form, draft.facts
    return {
        "id": draft.id,
        "source_sha256": draft.entry.record.source.sha256,
        "form": form.id if form else None,
        "edition": form.edition if form else None,
        "session": said.session,
        "session_year": said.year,
        "candidate": said.candidate,
        "candidate_number": said.number,
        "candidate_folded": said.folded,
        "added": at,
        "version": 1,
        "whole_index": draft.whole,
    }


def _file(key: int, number: int, role: str, format: str, sha512: str) -> dict[str, Any]:
    return {"record": key, "number": number, "role": role, "format": format, "sha512": sha512}


def _versions(connection: Connection, drafts: Sequence[tuple[int, int, _Draft]], at: str) -> list[dict[str, Any]]:
    """Inserts versions with their renditions and findings; returns their lines of the journal."""
    lines, versions, files, findings = [], [], [], []
    for key, number, draft in drafts:
        sealed = seal(draft.json, draft.renditions.items())
        lines.append({"id": draft.id, "version": number, "seal": sealed, "original": draft.original})
        versions.append({"record": key, "number": number, "made": at, "program": __version__, "json": draft.json, "seal": sealed})
        files += [_file(key, number, RENDITION, format, sha512) for format, sha512 in draft.renditions.items()]
        findings += [
            {"record": key, "number": number, "code": said.code, "severity": said.severity.value, "field": said.field}
            for said in draft.entry.record.findings
        ]
    connection.execute(insert(version), versions)
    for table, rows in ((file, files), (finding, findings)):
        if rows:
            connection.execute(insert(table), rows)
    return lines


def _revise(connection: Connection, draft: _Draft, lines: list[dict[str, Any]]) -> Put:
    """Adds to a record that is there what it lacks."""
    row = connection.execute(select(record).where(record.c.id == draft.id)).one()
    files = connection.execute(select(file).where(file.c.record == row.key)).all()
    original = next((known.sha512 for known in files if known.role == ORIGINAL), None)
    done = Done.SAME
    if original is None and draft.original is not None:
        connection.execute(insert(file), _file(row.key, 0, ORIGINAL, draft.entry.record.source.format, draft.original))
        original, done = draft.original, Done.COMPLETED
    last = connection.execute(select(version).where(version.c.record == row.key, version.c.number == row.version)).one()
    renditions = {known.format: known.sha512 for known in files if known.role == RENDITION and known.number == row.version}
    if _same(last.json, draft.json):
        more = {format: sha512 for format, sha512 in draft.renditions.items() if format not in renditions}
        if more:
            connection.execute(
                insert(file), [_file(row.key, row.version, RENDITION, format, sha512) for format, sha512 in more.items()]
            )
            done = Done.COMPLETED
        if done is Done.COMPLETED:
            sealed = seal(last.json, (renditions | more).items())
            connection.execute(update(version).where(version.c.key == last.key).values(seal=sealed))
            lines.append({"id": draft.id, "version": row.version, "seal": sealed, "original": original})
    else:
        number = row.version + 1
        [line] = _versions(connection, [(row.key, number, draft)], journal.now())
        lines.append(line | {"original": original})
        done = Done.VERSION
    if _describe(connection, row, draft, newer=done is Done.VERSION) and done is Done.SAME:
        done = Done.COMPLETED
    return Put(draft.id, done, original is not None)


def _same(kept: str, read: str) -> bool:
    """Whether two readings of one source say the same: the name of the file may differ."""
    if kept == read:
        return True
    one, other = json.loads(kept), json.loads(read)
    one["source"]["name"] = other["source"]["name"] = ""
    return bool(one == other)


def _describe(connection: Connection, row: Any, draft: _Draft, *, newer: bool) -> bool:
    """Brings what a record is found by up to date; True when something was missing."""
    wanted = _row(draft, row.added)
    for column in ("session", "session_year", "candidate", "candidate_number"):
        # what a reading does not say stays as it was; another reading of the same says nothing new
        kept = getattr(row, column)
        if wanted[column] is None or not (newer or kept is None):
            wanted[column] = kept
    wanted["candidate_folded"] = words.fold(" ".join(filter(None, (wanted["candidate"], wanted["candidate_number"]))))
    wanted["version"] = row.version + 1 if newer else row.version
    names = set(connection.execute(select(name.c.name).where(name.c.record == row.key)).scalars())
    called = shown(draft.entry.record.source.name)
    changed = {column: value for column, value in wanted.items() if getattr(row, column) != value}
    if called not in names:
        connection.execute(insert(name), {"record": row.key, "name": called})
    if not changed and called in names:
        return False
    if changed:
        connection.execute(update(record).where(record.c.key == row.key).values(changed))
    said, _whole = words.distinct([draft.words, *names, *filter(None, (wanted["candidate"],))])
    words.remove(connection, [row.key])
    words.put(connection, [(row.key, said)])
    return True
