"""Writes a grid as one accessible HTML page that needs nothing else: no network, no script, no font to install.

The page is French whatever the language of the program, as the form is. The record goes with it as JSON.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from formfill import resources
from formfill.errors import RenderError
from formfill.language import gettext as _
from formfill.model.codec import dumps
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.model.record import Rendition
from formfill.model.report import Finding, Severity
from formfill.notes import HEADING, note
from formfill.writers import NO_PICTURES
from formfill.writers._fields import listed
from formfill.writers._layout import clean_grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from formfill.model.form import Form, GridLine
    from formfill.model.record import Record
    from formfill.writers import Writer

STATE_WORDS: Final = {MarkState.TICKED: "coché", MarkState.BLANK: "non coché", MarkState.UNCERTAIN: "incertain"}
"""What a screen reader says of a box."""

_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
"""Controls, surrogates and noncharacters: parse errors of HTML (WHATWG, §13.2.3.5, preprocessing the input stream); and U+000D,
which the parser turns into a line feed."""
_IN_SCRIPT: Final = re.compile("[<>&\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]|[^\x00-\uffff]")
"""What the JSON escapes, so that no text of it can close the element or trouble a parser."""


class _Group(NamedTuple):
    """Lines of a cell that follow one another with the same bullet."""

    bullet: str
    lines: list[GridLine]


class HtmlWriter:
    """The writer of the format ``html``."""

    format = "html"

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The grid as an HTML page in UTF-8, the same wording in all editions.

        Characters that HTML forbids are left out of the comments and notes, reported as ``unprintable-character`` and kept in
        the record that the page carries (``<script type="application/json" id="record">``).
        """
        if form.grid is None:
            return self._fields(record, form, edition, pictures)
        clean = clean_grid(record, form)
        findings = [
            _left_out(_("le commentaire de « {row} »").format(row=row.row.title), row.row.comment_field, row.comment)
            for row in clean.rows
            if row.comment and _FORBIDDEN.search(row.comment)
        ]
        findings += [_left_out(_("une remarque hors grille"), None, note) for note in clean.notes if _FORBIDDEN.search(note)]
        page = _environment().get_template("form/page.html")
        text = page.render(
            form=form,
            edition=edition or (record.form.edition if record.form else None),
            clean=clean,
            notes_title=clean.notes_title,
            notes=clean.notes,
            uncertain=any(row.state is MarkState.UNCERTAIN for row in clean.rows),
            groups=_groups,
            glyphs=SHOWN,
            words=STATE_WORDS,
            MarkState=MarkState,
            record=Markup(_script_json(dumps(record))),
        )
        return Rendition(format=self.format, data=text.encode(), findings=tuple(findings))

    def _fields(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes]) -> Rendition:
        """The fields of a form one under the other, with its boxes: faithful in content, not in looks."""
        if record.form is None or record.form.id != form.id:
            raise RenderError(
                where=record.source.name,
                seen=_("cet enregistrement n’est pas celui du formulaire « {form} ».").format(form=form.id),
                advice=_("Donnez le record.json du bon formulaire."),
            )
        shown = listed(record, form)
        notes = tuple(note(comment) for comment in record.comments)
        findings = [
            _left_out(_("le champ « {field} »").format(field=line.label), line.field, line.text)
            for line in shown
            if line.text and _FORBIDDEN.search(line.text)
        ]
        findings += [_left_out(_("une remarque hors grille"), None, text) for text in notes if _FORBIDDEN.search(text)]
        text = (
            _environment()
            .get_template("form/fields.html")
            .render(
                form=form,
                edition=edition or record.form.edition,
                lines=shown,
                notes_title=HEADING,
                notes=notes,
                uncertain=any(box.state is MarkState.UNCERTAIN for box in record.boxes),
                glyphs=SHOWN,
                words=STATE_WORDS,
                MarkState=MarkState,
                pictures=_pictures(record, pictures),
                record=Markup(_script_json(dumps(record))),
            )
        )
        return Rendition(self.format, text.encode(), tuple(findings), frozenset(pictures))


def _pictures(record: Record, given: Mapping[str, bytes]) -> dict[str | None, list[tuple[str, str]]]:
    """The pictures of each field: their bytes as a ``data:`` URL, and what they show."""
    found: dict[str | None, list[tuple[str, str]]] = {}
    for picture in record.pictures:
        data = given.get(picture.sha256 or "")
        if data is not None:
            url = f"data:{picture.type};base64,{b64encode(data).decode()}"
            found.setdefault(picture.field, []).append((url, _FORBIDDEN.sub("", picture.alt)))
    return found


def _groups(lines: tuple[GridLine, ...]) -> list[_Group]:
    """The lines of a cell by runs of the same bullet; the printed form gives the bullet."""
    groups: list[_Group] = []
    for line in lines:
        bullet = line.printed.removesuffix(line.text).strip() if line.printed.endswith(line.text) else ""
        if not groups or groups[-1].bullet != bullet:
            groups.append(_Group(bullet, []))
        groups[-1].lines.append(line)
    return groups


def _left_out(what: str, field: str | None, text: str) -> Finding:
    codes = ", ".join(f"U+{code:04X}" for code in sorted({ord(c) for c in _FORBIDDEN.findall(text)}))
    message = _(
        "Dans {what}, des caractères qu’une page HTML ne peut pas tenir ({codes}) : ils sont absents de la page, et conservés dans "
        "l’enregistrement joint."
    )
    return Finding("unprintable-character", Severity.WARNING, message.format(what=what, codes=codes), field=field)


def _script_json(text: str) -> str:
    return _IN_SCRIPT.sub(lambda m: "".join(f"\\u{unit:04x}" for unit in _units(m[0])), text)


def _units(character: str) -> tuple[int, ...]:
    data = character.encode("utf-16-be")
    return tuple(int.from_bytes(data[i : i + 2]) for i in range(0, len(data), 2))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
    )


def _template_text(name: str) -> str:
    folder, _slash, file = name.partition("/")
    return resources.template(folder, file).read_text(encoding="utf-8")


def _printable(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


WRITER: Final[Writer] = HtmlWriter()
