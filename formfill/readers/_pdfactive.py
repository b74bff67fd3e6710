"""What a PDF would do if it were let: scripts, actions, links. Nothing of it is ever run; that it is there is said.

Looked for by name in the bytes of the file and in its object streams (ISO 32000-1 §7.5.7), which PDFium has no call for. An
encrypted file hides its object streams; nothing is run there either.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from formfill.language import gettext as _
from formfill.model.report import Finding, Severity

_NAMES: Final = re.compile(
    rb"/(JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|RichMedia|Rendition|Movie|Sound|URI|ObjStm)(?=[\s(<>/\[])"
)
"""Types of actions (§12.6.4) and of annotations that play something, and of streams that hold objects."""
_STREAM: Final = re.compile(rb"stream\r?\n")
MOST: Final = 4096
"""Most object streams that are looked into."""
LARGEST: Final = 2**22
"""Most bytes taken out of one."""
_AHEAD: Final = 4096
"""Bytes between the type of a stream and its content."""


def active_content(data: bytes) -> list[Finding]:
    """One finding that names what is active in a file; none when nothing is."""
    found: set[bytes] = set()
    streams = 0
    for match in _NAMES.finditer(data):
        if match[1] != b"ObjStm":
            found.add(match[1])
        elif streams < MOST:
            streams += 1
            found.update(name[1] for name in _NAMES.finditer(_inflated(data, match.end())))
    found.discard(b"ObjStm")
    words = {
        b"JavaScript": _("du JavaScript"),
        b"Launch": _("le lancement d’un programme"),
        b"SubmitForm": _("l’envoi du formulaire"),
        b"ImportData": _("l’import de données"),
        b"GoToR": _("des liens"),
        b"GoToE": _("des liens"),
        b"URI": _("des liens"),
    }
    listed = ", ".join(dict.fromkeys(words.get(name, _("du son ou des images animées")) for name in sorted(found)))
    if not listed:
        return []
    message = _("Ce PDF contient {what} : rien n’en est exécuté ni suivi.").format(what=listed)
    return [Finding("active-content", Severity.INFO, message)]


def _inflated(data: bytes, after: int) -> bytes:
    """The content of the stream whose dictionary holds this position; empty when it does not inflate."""
    start = _STREAM.search(data, after, after + _AHEAD)
    if start is None:
        return b""
    try:
        return zlib.decompressobj().decompress(data[start.end() : start.end() + LARGEST], LARGEST)
    except zlib.error:
        return b""
