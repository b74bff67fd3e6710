"""The signs and words that every report uses for states, severities, places and names. Pure.

It never changes what a person wrote, except to show what no screen can show: a control character becomes its picture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from formfill.language import gettext as _
from formfill.model.document import MarkState, Says
from formfill.model.report import Severity

if TYPE_CHECKING:
    from formfill.model.geometry import Place

SEVERITY_GLYPHS: Final = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.INFO: "●"}
"""Told apart by shape, so that a grey print says the same."""

_UNSHOWABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
"""What neither HTML nor XML 1.0 may hold: controls, lone surrogates, noncharacters."""
_DISGUISES: Final = re.compile("[\t\n\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What makes a file name look like another: line ends and the controls of writing direction."""
_SEGMENT: Final = re.compile(r"([a-z]+)\[(\d+)\]\Z")


def visible(text: str) -> str:
    """The text with line ends as line feeds and every character that cannot be shown replaced by ``␀``…``␡`` or ``�``."""
    return _UNSHOWABLE.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"


def visible_name(name: str) -> str:
    """A file name on one line that cannot pass for another: ``exe.<U+202E>fdp``."""
    return visible(_DISGUISES.sub(lambda m: f"<U+{ord(m[0]):04X}>", name))


def href(path: str) -> str:
    """A relative link to a file of the output folder; a name that is not UTF-8 keeps its bytes."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "replace")
    return quote(data.lstrip(b"/"), safe="/")


def state_word(state: MarkState) -> str:
    """What a tick box says, in one word."""
    words = {MarkState.TICKED: _("coché"), MarkState.BLANK: _("non coché"), MarkState.UNCERTAIN: _("incertain")}
    return words[state]


def says_word(says: Says) -> str:
    """What one piece of evidence says, in words."""
    return {Says.TICKED: _("dit coché"), Says.BLANK: _("dit non coché"), Says.UNCLEAR: _("ne tranche pas")}[says]


def severity_word(severity: Severity) -> str:
    """How much a finding matters, in one word."""
    return {Severity.ERROR: _("erreur"), Severity.WARNING: _("avertissement"), Severity.INFO: _("information")}[severity]


def evidence_word(kind: str) -> str:
    """What was looked at to settle a box, in words; an unknown kind is shown as it is."""
    words = {
        "glyph": _("signe imprimé"),
        "w14:checked": _("case à cocher Word"),
        "FORMCHECKBOX": _("ancien champ à cocher Word"),
        "widget": _("champ PDF"),
        "first-reading": _("première lecture"),
        "second-reading": _("seconde lecture"),
        "ink": _("encre"),
        "ocr": _("lecture du texte imprimé"),
        "handwriting": _("écriture à la main"),
    }
    return words.get(kind, kind)


def kind_word(kind: str) -> str:
    """What a comment is, in words; an unknown kind is shown as it is."""
    words = {
        "text": _("texte hors des rubriques"),
        "word-comment": _("commentaire Word"),
        "pdf-annotation": _("annotation PDF"),
        "insertion": _("insertion suivie"),
        "deletion": _("suppression suivie"),
    }
    return words.get(kind, kind)


def place_words(place: Place) -> str:
    """Where something stands: ``page 2, tableau 1, ligne 3``; empty when it stands nowhere."""
    parts = [_("page {n}").format(n=place.page)] if place.page is not None else []
    if place.path:
        sheet, bang, cell = place.path.rpartition("!")
        if bang:
            parts.append(_("feuille « {sheet} », cellule {cell}").format(sheet=sheet, cell=cell))
        else:
            parts += [_segment(part) for part in place.path.split("/")]
    return ", ".join(parts)


def _segment(part: str) -> str:
    words = {
        "cell": _("cellule {n}"),
        "comment": _("commentaire {n}"),
        "grid": _("tableau {n}"),
        "line": _("ligne {n}"),
        "mark": _("case {n}"),
        "page": _("page {n}"),
        "paragraph": _("paragraphe {n}"),
        "row": _("ligne {n}"),
        "sheet": _("feuille {n}"),
        "table": _("tableau {n}"),
        "text": _("texte {n}"),
    }
    match = _SEGMENT.match(part)
    return words[match[1]].format(n=match[2]) if match and match[1] in words else part


def size_words(size: int) -> str:
    """A file size for people, rounded up: ``12 ko``."""
    if size < 1000:
        return _("{n} octets").format(n=size)
    if size < 1_000_000:
        return _("{n} ko").format(n=-(-size // 1000))
    return _("{n} Mo").format(n=-(-size // 1_000_000))


def percent_words(score: float) -> str:
    """A score from 0 to 1 as a percentage rounded down, so that only a perfect score reads 100 %."""
    return _("{n} %").format(n=int(score * 100 + 1e-9))
