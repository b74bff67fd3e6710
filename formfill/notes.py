"""What was written outside the fields, as a clean form prints it: one line per remark, under a heading of its own.

A line reads back as what it was: what kind of remark, who wrote it, its text. Line breaks are shown as ``↵``.
"""

from __future__ import annotations

import re
from typing import Final

from formfill.model.completed import Comment

HEADING: Final = "Remarques relevées hors de la grille"
"""Printed in French whatever the language: the form is a French form."""
_NAMES: Final = {
    "text": "Hors grille",
    "word-comment": "Commentaire Word",
    "pdf-annotation": "Annotation du PDF",
    "insertion": "Texte inséré",
    "deletion": "Texte supprimé",
}
KINDS: Final = frozenset(_NAMES)
"""The kinds of remarks that can be printed."""
_KINDS: Final = {name: kind for kind, name in _NAMES.items()}
_LINE: Final = re.compile(rf"({'|'.join(_NAMES.values())})(?:, de «\s(.*?)\s»)?\s:(?:\s(.*))?", re.DOTALL)
_FOOTER: Final = "{form} · édition {edition} · référentiel {referentiel} · source {digest}"
_IS_FOOTER: Final = re.compile(r"[\w-]+ · édition \S+ · référentiel \S+ · source [0-9a-f]{8,64}(?: page \d+ / \d+)?")
_BREAK: Final = " ↵ "
_ENDS: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""Every character at which some format would begin a new line."""


def note(comment: Comment) -> str:
    """The line that a clean form prints for a remark."""
    who = f", de « {comment.author} »" if comment.author else ""
    # a space at its end would look like that of a line that wraps
    return _ENDS.sub(_BREAK, f"{_NAMES[comment.kind]}{who} : {comment.text}").rstrip()


def footer(form: str, edition: str, referentiel: str, digest: str) -> str:
    """What our own pages print at their foot, before the number of the page."""
    return _FOOTER.format(form=form, edition=edition, referentiel=referentiel, digest=digest[:16])


def is_footer(line: str) -> bool:
    """Whether a line is the foot of one of our own pages."""
    return " · édition " in line and _IS_FOOTER.fullmatch(line.strip()) is not None


def parse(line: str) -> Comment | None:
    """The remark that a line prints, or None when it prints none."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    return Comment(_KINDS[match[1]], None, (match[3] or "").replace(_BREAK, "\n"), match[2])
