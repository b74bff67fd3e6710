"""Which field each picture of a document stands in, and which of them a clean form cannot take. Pure.

The document is read once more with a token in its texts for each picture; the extraction carries the tokens like any text, and
what it says of all else is not used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.raster import EXTENSIONS
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from formfill.model.completed import CompletedForm
    from formfill.model.picture import Picture

_TOKEN: Final = re.compile(r"⟦i\d+⟧")


def located(tokened: CompletedForm, completed: CompletedForm, seen: Mapping[str, Picture]) -> tuple[Picture, ...]:
    """The pictures of a form, each with its field and its line there.

    Args:
        tokened: the form as read with a token for each picture.
        completed: the same as read without.
        seen: the picture of each token.
    """
    values = {answer.field: answer.value for answer in completed.answers}
    found: dict[str, Picture] = {}
    for answer in tokened.answers:
        if isinstance(answer.value, str) and _TOKEN.search(answer.value):
            value = values.get(answer.field)
            for token, line in _lines(answer.value, value if isinstance(value, str) else ""):
                if token in seen:
                    found.setdefault(token, seen[token]._replace(field=answer.field, line=line))
    # in the order of the document; those of no field too
    return tuple(found.get(token, picture) for token, picture in seen.items())


def _lines(text: str, value: str) -> Iterator[tuple[str, int]]:
    """Each token of a text, and the line of the value that it stands in or after: the last one above that says something.

    Empty lines are not counted: one that held but a picture is in the value of some readings and not of others.
    """
    said = [number for number, line in enumerate(value.split("\n")) if line.strip()]
    above = 0
    for line in text.split("\n"):
        above += bool(_TOKEN.sub("", line).strip())
        for match in _TOKEN.finditer(line):
            yield match[0], said[min(above, len(said)) - 1] if above and said else -1


def findings(pictures: Iterable[Picture]) -> tuple[Finding, ...]:
    """What is told of the pictures that no clean form can take."""
    return tuple(_finding(picture) for picture in pictures if picture.field is None or not carried(picture))


def carried(picture: Picture) -> bool:
    """Whether a clean form may take it, its bytes being given."""
    return picture.field is not None and picture.sha256 is not None and picture.type in EXTENSIONS


def _finding(picture: Picture) -> Finding:
    what = _("« {alt} »").format(alt=picture.alt[:80]) if picture.alt else picture.type
    if picture.field is None:
        message = _("Une image ({what}) n’est dans aucun champ du formulaire : elle n’est pas reprise.").format(what=what)
        return Finding("picture-left-out", Severity.INFO, message, place=picture.place)
    message = _("Une image de ce champ ({what}) ne peut pas être reprise dans un formulaire propre : voyez le document d’origine.")
    return Finding("picture-left-out", Severity.WARNING, message.format(what=what), field=picture.field, place=picture.place)


def missing(pictures: Sequence[Picture], taken: frozenset[str]) -> tuple[Finding, ...]:
    """What is told of the pictures that a clean form could take and this one has not.

    The same whether its format cannot show them or their bytes were not given: a form of ours is known by being made again.

    Args:
        pictures: those of the record.
        taken: the digests of those that the clean form shows.
    """
    found = []
    for picture in pictures:
        if carried(picture) and picture.sha256 not in taken:
            what = _("« {alt} »").format(alt=picture.alt[:80]) if picture.alt else picture.type
            message = _(
                "Une image de ce champ ({what}) n’est pas reprise : ce format ne peut pas la montrer, ou le document d’origine "
                "n’est pas donné (--source)."
            )
            found.append(Finding("picture-left-out", Severity.WARNING, message.format(what=what), field=picture.field))
    return tuple(found)
