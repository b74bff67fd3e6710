"""Text, as WordprocessingML holds it, and the record as a part of the package."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.codec import dumps
from formfill.model.report import Finding, Severity
from formfill.writers._docx_template import RECORD

if TYPE_CHECKING:
    from formfill.model.record import Record

FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside XML 1.0 §2.2 production 2, and U+000D, which a parser turns into a line end."""
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'


def allowed(text: str, what: str, field: str | None, findings: list[Finding], *, attached: bool = True) -> str:
    """The text without what XML forbids, which is reported; ``attached`` tells whether the document carries its record."""
    forbidden = FORBIDDEN.findall(text)
    if forbidden:
        findings.append(_left_out(what, field, forbidden, attached=attached))
        text = FORBIDDEN.sub("", text)
    return text


def run(line: str) -> bytes:
    """The content of a run: its spaces are kept (XML 1.0 §2.10), its tabs are ``w:tab`` (ECMA-376 Part 1 §17.3.3.32)."""
    if not line:
        return b""
    text = line.translate(_ESCAPES).replace("\t", _TAB)
    return f'<w:t xml:space="preserve">{text}</w:t>'.encode()


def attribute(text: str) -> bytes:
    """The value of an attribute: spaces that a parser would change are references (XML 1.0 §3.3.3)."""
    for sign, reference in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;")):
        text = text.replace(sign, reference)
    return text.encode()


def _left_out(what: str, field: str | None, characters: list[str], *, attached: bool) -> Finding:
    codes = ", ".join(f"U+{code:04X}" for code in sorted({ord(c) for c in characters}))
    message = _(
        "Dans {what}, des caractères qu’un document Word ne peut pas tenir ({codes}) : ils en sont absents, et conservés dans "
        "l’enregistrement joint au document."
    )
    if not attached:
        message = _("Dans {what}, des caractères qu’un document Word ne peut pas tenir ({codes}) : ils en sont absents.")
    return Finding("unprintable-character", Severity.WARNING, message.format(what=what, codes=codes), field=field)


def record_part(record: Record) -> bytes:
    """The custom XML part that carries the record, as base64 so that no character of it troubles an XML parser."""
    data = b64encode(dumps(record).encode())
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<record xmlns="%b" name="record.json">%b</record>' % (
        RECORD.encode(),
        data,
    )
