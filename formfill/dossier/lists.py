"""A list of candidates: any CSV or workbook. Encoding, separator and header row are sniffed; columns are mapped by their headings.

What the headings do not tell, a mapping does: a TOML file with one line for each column, which may be kept from one session to the
next::

    [columns]
    number = "Matricule"
    name = "Identité"
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill import readers
from formfill.errors import UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.dossier import Candidate
from formfill.normal import parse_session
from formfill.source import Source
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "number": (
        "numero candidat",
        "numero de candidat",
        "numero du candidat",
        "n candidat",
        "no candidat",
        "num candidat",
        "candidat numero",
        "numero inscription",
        "numero d inscription",
        "n inscription",
        "numero",
        "matricule",
    ),
    "name": (
        "nom prenom",
        "nom et prenom",
        "prenom nom",
        "prenom et nom",
        "nom complet",
        "nom prenoms",
        "nom et prenoms",
        "nom prenom s",
        "candidat",
        "identite",
        "etudiant",
        "eleve",
    ),
    "last": ("nom", "nom de famille", "nom d usage", "nom de naissance", "nom candidat", "nom du candidat"),
    "first": ("prenom", "prenoms", "prenom s", "prenom candidat", "prenom du candidat", "prenom s du candidat", "prenom 1"),
    "session": ("session", "annee", "annee de session", "session d examen"),
    "option": ("option", "specialite", "specialite option", "parcours", "serie", "division option"),
}
"""Normalised headings of each column, the surest first."""
_ENCODINGS: Final = ("cp1252", "mac_roman", "cp850")
_FRENCH: Final = frozenset("éèêëàâäîïôöûüùçœÉÈÊËÀÂÎÏÔÛÜÙÇŒ’°«»€")
_SEPARATORS: Final = ";,\t|"
_PACKAGES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF-")
"""How files begin that are no text: workbooks, and those of old formats, which are refused."""
_TEXT: Final = re.compile(r'="([^"]*)"')
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_WHOLE: Final = re.compile(r"(?<=\d)[.,]0+$")
_DEPTH: Final = 30
"""Rows among which the header row stands."""


class Roll(NamedTuple):
    """What a list says."""

    candidates: tuple[Candidate, ...]
    columns: dict[str, str]
    """Heading of each column, as a mapping holds it."""
    unread: tuple[int, ...]
    """Numbers, from 1, of the rows that hold something but neither a name nor a number."""
    lost: tuple[int, ...] = ()
    """Numbers of the rows whose candidate's number a spreadsheet has rounded: ``2,60123E+09``."""


def read_list(data: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Roll:
    """The candidates of a list.

    Args:
        data: the bytes of a CSV file, or of a workbook whose first sheet with headings counts.
        name: its file name, for messages.
        mapping: heading of each column (``number``, ``name``, ``last``, ``first``, ``session``, ``option``); guessed when left out.

    Raises:
        SourceError: the file cannot be read, or no column of names or numbers is in it.
    """
    tables = _grids(Source.of(data, name)) if data.startswith(_PACKAGES) else [parse_csv(data)]
    seen: list[str] = []
    for rows in tables:
        alone = all(sum(map(bool, row)) < 2 for row in rows)
        for at, row in enumerate(rows[:_DEPTH]):
            columns = _columns(row, mapping, alone=alone)
            if columns is not None:
                return _candidates(rows, at, columns)
        seen += [cell for row in rows[:1] for cell in row if cell]
    raise UnreadableSourceError(
        where=name,
        seen=_("aucune colonne de noms ou de numéros de candidat n’y a été reconnue (en-têtes : {headings}).").format(
            headings=", ".join(seen[:12]) or "–"
        ),
        advice=_('Donnez les en-têtes avec « --mapping colonnes.toml » : [columns], puis number = "…" ou name = "…".'),
    )


def read_mapping(data: bytes, name: str) -> dict[str, str]:
    """A saved mapping; raises ``UnreadableSourceError`` when it is none."""
    try:
        columns = tomllib.loads(data.decode("utf-8-sig"))["columns"]
        if (
            isinstance(columns, dict)
            and columns
            and set(columns) <= set(HEADINGS)
            and all(isinstance(v, str) for v in columns.values())
        ):
            return dict(columns)
        reason = str(columns)
    except (ValueError, KeyError) as error:
        reason = str(error)
    raise UnreadableSourceError(
        where=name,
        seen=_("ce n’est pas une correspondance de colonnes ({reason}).").format(reason=reason),
        advice=_('On attend [columns], puis des lignes {keys} = "en-tête".').format(keys=", ".join(HEADINGS)),
    )


def mapping_text(columns: Mapping[str, str]) -> str:
    """A mapping as it is saved."""
    return "[columns]\n" + "".join(
        f"{key} = {json.dumps(columns[key], ensure_ascii=False)}\n" for key in HEADINGS if key in columns
    )


def decode(data: bytes) -> str:
    """The text of a CSV file: what its first bytes say, else UTF-8, else the code page in which it reads as French."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    texts = [data.decode(encoding, "replace") for encoding in _ENCODINGS]
    return max(texts, key=_french)


def _french(text: str) -> int:
    """How many characters beyond ASCII are those of French, less those that are not."""
    return sum(1 if c in _FRENCH else -2 for c in text if c > "\x7f")


def parse_csv(data: bytes) -> list[list[str]]:
    """The cells of a CSV file, with the separator that gives the most rows of one length."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return _split(rest, first[4])
    tried = [_split(text, separator) for separator in _SEPARATORS]
    return max(tried, key=_regular)


def _split(text: str, separator: str) -> list[list[str]]:
    # a field of any length: a list is no place for an attack, and none is dropped
    csv.field_size_limit(2**24)
    return [[_plain(cell) for cell in row] for row in csv.reader(StringIO(text), delimiter=separator)]


def _plain(cell: str) -> str:
    """A cell on one line, without what spreadsheets put around a text that looks like a number: ``="0234"``."""
    bare = " ".join(cell.split())
    found = _TEXT.fullmatch(bare)
    return found[1] if found is not None else bare.removeprefix("'") if bare[1:].isdigit() else bare


def _regular(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many rows have the commonest length above one; then that length."""
    lengths = [len(row) for row in rows[:200] if len(row) > 1]
    if not lengths:
        return (0, 0)
    usual = max(set(lengths), key=lambda length: (lengths.count(length), length))
    return lengths.count(usual), usual


def _grids(source: Source) -> list[list[list[str]]]:
    document = readers.read(source)
    tables = []
    for grid in document.grids:
        rows: list[list[str]] = []
        for cells in grid.rows:
            width = max((cell.col + 1 for cell in cells), default=0)
            row = [""] * width
            for cell in cells:
                row[cell.col] = _plain(cell.text)
            rows.append(row)
        tables.append(rows)
    return tables


def _columns(row: Sequence[str], mapping: Mapping[str, str] | None, *, alone: bool) -> dict[str, int] | None:
    """The column of each thing in a header row; None for a row that is none. ``alone``: the list has one column."""
    names = ["".join(c if c.isalnum() else " " for c in normalise(cell)).split() for cell in row]
    headings = [" ".join(name) for name in names]
    if mapping is not None:
        wanted = {
            key: " ".join("".join(c if c.isalnum() else " " for c in normalise(text)).split()) for key, text in mapping.items()
        }
        found = {key: headings.index(text) for key, text in wanted.items() if text in headings}
        return found if set(found) == set(wanted) else None
    found = {}
    for key, known in HEADINGS.items():
        rank = next((headings.index(heading) for heading in known if heading in headings), None)
        if rank is not None and rank not in found.values():
            found[key] = rank
    if "last" in found and "first" in found:
        found.pop("name", None)
    elif "last" in found and "name" not in found:
        # the first name stands in the same cell, or nowhere
        found["name"] = found.pop("last")
    # a title line may hold one of these words; a header row holds two, but where there is one column
    return found if found.keys() & {"name", "last"} and (len(found) > 1 or alone) else None


def _candidates(rows: Sequence[Sequence[str]], at: int, columns: Mapping[str, int]) -> Roll:
    people: list[Candidate] = []
    unread: list[int] = []
    lost: list[int] = []
    for rank, row in enumerate(rows[at + 1 :], at + 2):
        held = {key: row[column].strip() if column < len(row) else "" for key, column in columns.items()}
        name = held.get("name") or " ".join(part for part in (held.get("last"), held.get("first")) if part)
        number = _WHOLE.sub("", held.get("number") or "")
        if _ROUNDED.fullmatch(number):
            lost.append(rank)
            number = ""
        # « Total : 30 » under the list is nobody
        if not name and (not number or sum(map(str.isalpha, number)) > sum(map(str.isdigit, number))):
            if any(cell.strip() for cell in row):
                unread.append(rank)
            continue
        people.append(
            Candidate(name or None, number or None, parse_session(held.get("session", "")), _option(held.get("option", "")))
        )
    return Roll(tuple(people), {key: rows[at][column] for key, column in columns.items()}, tuple(unread), tuple(lost))


def _option(text: str) -> str | None:
    bare = normalise(text)
    said = {
        option
        for option, words in (("SISR", ("sisr", "infrastructure", "reseau")), ("SLAM", ("slam", "logiciel", "applicati")))
        if any(word in bare for word in words)
    }
    said = said or {{"a": "SISR", "b": "SLAM"}.get(bare.removeprefix("option "), "")} - {""}
    return said.pop() if len(said) == 1 else None
