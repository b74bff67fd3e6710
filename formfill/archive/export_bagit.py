"""An export as a bag: BagIt 1.0 (RFC 8493), manifests in SHA-512.

bagit.txt  bag-info.txt  manifest-sha512.txt  tagmanifest-sha512.txt
data/index.jsonl                            one line for each record
data/<id>/original.docx                     as it was handed in
data/<id>/version-1/record.json form.pdf …  what was read, what was made of it
data/<id>/history.json                      names, versions, decisions, holds
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from formfill._version import __version__
from formfill.archive.contents import digest
from formfill.archive.destination import building
from formfill.archive.package import chosen, packages

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.archive.database import Archive
    from formfill.archive.find import Criteria
    from formfill.archive.package import Package
    from formfill.archive.pseudonym import Pseudonyms

DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""RFC 8493 §2.1.1."""


def export_bagit(archive: Archive, target: Path, criteria: Criteria, pseudonyms: Pseudonyms | None = None) -> int:
    """Writes a bag and returns how many records are in it.

    Raises:
        UnwritableOutputError: the target cannot be written, or there is something there.
        AlteredContentError: bytes are no longer those that were archived; nothing is left at the target.
    """
    with building(target) as folder:
        found = chosen(archive, criteria, "bagit", pseudonymised=pseudonyms is not None)
        digests: dict[str, str] = {}
        size = 0
        index = []
        for package in packages(archive, found, pseudonyms):
            for item in package.items:
                path = f"data/{package.id}/{item.path}"
                _write(folder / path, item.data)
                digests[path] = digest(item.data)
                size += len(item.data)
            index.append(json.dumps(_line(package, named=pseudonyms is None), ensure_ascii=False) + "\n")
        listed = "".join(index).encode()
        _write(folder / "data/index.jsonl", listed)
        digests["data/index.jsonl"] = digest(listed)
        tags = {
            "bagit.txt": DECLARATION,
            # §2.2.2; Payload-Oxum is octets.streams
            "bag-info.txt": f"Bag-Software-Agent: formfill {__version__}\nBagging-Date: {datetime.now(UTC).date()}\n"
            f"External-Identifier: {archive.id}\nPayload-Oxum: {size + len(listed)}.{len(digests)}\n",
            "manifest-sha512.txt": _manifest(digests),
        }
        for name, text in tags.items():
            _write(folder / name, text.encode())
        _write(folder / "tagmanifest-sha512.txt", _manifest({name: digest(text.encode()) for name, text in tags.items()}).encode())
    return len(found)


def _manifest(digests: dict[str, str]) -> str:
    # no path of ours holds what §2.1.3 asks to encode
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))


def _line(package: Package, *, named: bool) -> dict[str, object]:
    shown = package.shown
    line: dict[str, object] = {"id": package.id, "form": shown.form, "session": shown.session}
    if named:
        line |= {"candidate": shown.candidate, "candidate_number": shown.candidate_number, "names": list(shown.names)}
    return line | {"files": [item.path for item in package.items]}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
