"""Compiles the Word template of a form with fields: an official blank whose boxes and fields stand in tagged content controls.

A tag is the id of a field (``organisation``), or a field and an option (``competences:B2.1``) for a box; what the control holds is
what the blank prints there: dots, empty lines, the box in its own encoding. The XML is cut by the parser at those controls
(ECMA-376 Part 1 §17.5.2), never by looking for text in it.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from formfill.errors import MissingTemplateError
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.writers._docx_template import CONTENT_TYPES, DOCUMENT, OFFICE, RELATIONSHIPS, W14, W, parse, record_members
from formfill.writers._word_boxes import control, legacy
from formfill.writers._word_pictures import with_pictures
from formfill.writers._zip import Prefix, deflated, kept, prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EPREUVE: Final = "formfill.epreuve"
"""Tag of the number of the épreuve in the title lines of an edition that serves several."""
COMMENTS: Final = "word/comments.xml"
_TYPES: Final = "[Content_Types].xml"
_RELS: Final = "word/_rels/document.xml.rels"
_CUT: Final = re.compile(rb"<\?formfill (\d+)\?>")
_NAMESPACES: Final = re.compile(rb' xmlns:\w+="[^"]*"')
_TEXT: Final = "\ue000"
"""Stands for a person's text where a fragment is cut."""
_NOT_TYPED: Final = ("strike", "dstrike", "vanish", "specVanish", "highlight", "ins", "del", "moveFrom", "moveTo", "rPrChange")
"""Properties of a mark that no text typed there should have."""
Element = Any


@dataclass(frozen=True, slots=True)
class BoxSlot:
    """A check box: its bytes in each state, as a control that can be clicked and as the official form encodes it."""

    field: str
    option: str
    control: dict[MarkState, bytes]
    legacy: dict[MarkState, bytes]


@dataclass(frozen=True, slots=True)
class TextSlot:
    """A field of text inside a paragraph."""

    field: str
    empty: bytes
    """The whole control, nothing being written in it."""
    head: bytes
    """What opens the control and its run."""
    tail: bytes
    """What closes them."""


@dataclass(frozen=True, slots=True)
class BlockSlot:
    """A field of paragraphs."""

    field: str
    empty: bytes
    """The whole control, nothing being written in it."""
    head: bytes
    before: bytes
    """What opens a paragraph and its run."""
    after: bytes
    """What closes them."""
    tail: bytes
    lines: int
    """Empty lines that the blank prints."""


@dataclass(frozen=True, slots=True)
class EpreuveSlot:
    """The number of the épreuve."""

    before: bytes
    printed: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class AnchorSlot:
    """Where Word comments are anchored: the end of the first title line."""


@dataclass(frozen=True, slots=True)
class NotesSlot:
    """Where remarks stand: after everything, before the section's properties (ECMA-376 Part 1 §17.6.17)."""


Slot = BoxSlot | TextSlot | BlockSlot | EpreuveSlot | AnchorSlot | NotesSlot


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """A compiled template."""

    plain: Prefix
    """Every member of the package but the document and the record."""
    commented: Prefix
    """The same, with room for Word comments."""
    parts: tuple[bytes | Slot, ...]
    """The document, in order."""
    record_part: str
    fields: frozenset[tuple[str, str | None]]
    """The fields, and the fields with each of their options."""
    data: bytes
    """The template itself."""
    fresh: dict[str, bytes]
    """The members that are written anew."""

    def pictured(self, pictures: Mapping[str, bytes], *, commented: bool) -> Prefix:
        """Every member of the package but the document, the record and the pictures, for which it has room."""
        fresh = _with_comments(self.fresh) if commented else self.fresh
        return _prefix(self.data, with_pictures(fresh, pictures, (_TYPES, _RELS)))


def compile_form(data: bytes, name: str) -> FormTemplate:
    """The template in segments.

    Args:
        data: the bytes of the DOCX.
        name: its name, for error messages.

    Raises:
        MissingTemplateError: it is no package, or a control is not built as expected.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document, rels, types = (package.read(part) for part in (DOCUMENT, _RELS, _TYPES))
            names = set(package.namelist())
    except (zipfile.BadZipFile, KeyError) as error:
        raise wrong(name, _("ce n’est pas un document Word complet ({reason}).").format(reason=error)) from error
    number = next(n for n in range(1, len(names) + 2) if f"customXml/item{n}.xml" not in names)
    try:
        parts = tuple(_segments(parse(document)))
    except (AttributeError, IndexError, ValueError) as error:
        raise wrong(name, _("un contrôle de contenu n’a pas la structure attendue.")) from error
    fresh = record_members(types, rels, number)
    fields: set[tuple[str, str | None]] = set()
    for part in parts:
        if isinstance(part, BoxSlot):
            fields.add((part.field, part.option))
        elif isinstance(part, TextSlot | BlockSlot):
            fields.add((part.field, None))
    return FormTemplate(
        plain=_prefix(data, fresh),
        commented=_prefix(data, _with_comments(fresh)),
        parts=parts,
        record_part=f"customXml/item{number}.xml",
        fields=frozenset(fields),
        data=data,
        fresh=fresh,
    )


def wrong(name: str, seen: str) -> MissingTemplateError:
    """The error of a template that is not as expected."""
    return MissingTemplateError(
        where=name, seen=seen, advice=_("Refaites le modèle avec les outils du dossier « tools », ou réinstallez formfill.")
    )


def _prefix(data: bytes, fresh: dict[str, bytes]) -> Prefix:
    members = [deflated(part, content, 9) for part, content in fresh.items()]
    return prefix([members[0], *kept(data, {DOCUMENT, *fresh}), *members[1:]])


def _with_comments(members: dict[str, bytes]) -> dict[str, bytes]:
    """The members with a relationship to the part of the comments (ECMA-376 Part 1 §11.3.2)."""
    types, rels = parse(members[_TYPES]), parse(members[_RELS])
    etree.SubElement(
        types,
        CONTENT_TYPES + "Override",
        PartName=f"/{COMMENTS}",
        ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    )
    etree.SubElement(rels, RELATIONSHIPS + "Relationship", Id="rIdComments", Type=f"{OFFICE}/comments", Target="comments.xml")
    fresh = {_TYPES: types, _RELS: rels}
    return members | {
        part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) for part, root in fresh.items()
    }


# ------------------------------------------------------------------------------------------------------------ the document


def _segments(root: Element) -> Iterator[bytes | Slot]:
    slots: list[Slot] = []

    def cut(slot: Slot) -> Element:
        slots.append(slot)
        return etree.ProcessingInstruction("formfill", str(len(slots) - 1))

    for sdt in list(root.iter(W + "sdt")):
        tag = sdt.find(f"{W}sdtPr/{W}tag")
        if tag is not None:
            slot = _slot(sdt, tag.get(W + "val", ""))
            sdt.getparent().replace(sdt, cut(slot))
    next(root.iter(W + "p")).append(cut(AnchorSlot()))
    root.find(f"{W}body/{W}sectPr").addprevious(cut(NotesSlot()))
    pieces = _CUT.split(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    for i, piece in enumerate(pieces):
        yield slots[int(piece)] if i % 2 else piece


def _slot(sdt: Element, tag: str) -> Slot:
    field, _colon, option = tag.partition(":")
    if option:
        return BoxSlot(
            field,
            option,
            {state: fragment(control(sdt, state)) for state in MarkState},
            {state: b"".join(fragment(run) for run in legacy(sdt, state)) for state in MarkState},
        )
    if tag == EPREUVE:
        run = copy.copy(sdt.find(f"{W}sdtContent/{W}r"))
        text = run.find(W + "t")
        printed, text.text = text.text.encode(), _TEXT
        before, after = fragment(_under(sdt, run)).split(_TEXT.encode())
        return EpreuveSlot(before, printed, after)
    inline = sdt.find(f"{W}sdtContent/{W}p") is None
    return _text_slot(sdt, field) if inline else _block_slot(sdt, field)


def _text_slot(sdt: Element, field: str) -> TextSlot:
    shape = sdt.find(f"{W}sdtContent/{W}r/{W}rPr")
    filled = _cleared(sdt)
    _made_run(filled.find(W + "sdtContent"), shape)
    head, tail = fragment(filled).split(_TEXT.encode())
    return TextSlot(field, _shown_empty(sdt), head, tail)


def _block_slot(sdt: Element, field: str) -> BlockSlot:
    taken = sdt.findall(f"{W}sdtContent/{W}p")
    # the first may still have the look of a title
    shape = taken[-1].find(W + "pPr")
    mark = taken[-1].find(f"{W}r/{W}rPr")
    if mark is None and shape is not None:
        mark = shape.find(W + "rPr")
    filled = _cleared(sdt)
    content = filled.find(W + "sdtContent")
    paragraph = etree.SubElement(content, W + "p")
    if shape is not None:
        paragraph.append(copy.deepcopy(shape))
    _made_run(paragraph, mark)
    paragraph.addprevious(etree.Comment("cut"))
    paragraph.addnext(etree.Comment("cut"))
    head, middle, tail = fragment(filled).split(b"<!--cut-->")
    before, after = middle.split(_TEXT.encode())
    return BlockSlot(field, _shown_empty(sdt), head, before, after, tail, len(taken))


def _cleared(sdt: Element) -> Element:
    """The control without its content, in its place in the document, so that its names are those of the document."""
    found = copy.deepcopy(sdt)
    content = found.find(W + "sdtContent")
    for child in list(content):
        content.remove(child)
    return _under(sdt, found)


def _under(sdt: Element, element: Element) -> Element:
    sdt.addnext(element)
    return element


def _made_run(parent: Element, shape: Element) -> None:
    run = etree.SubElement(parent, W + "r")
    if shape is not None:
        own = copy.deepcopy(shape)
        own.tag = W + "rPr"
        for name in _NOT_TYPED:
            for element in own.findall(W + name):
                own.remove(element)
        run.append(own)
    run.append(etree.Comment(_TEXT))


def _shown_empty(sdt: Element) -> bytes:
    """The control with what the blank prints, as its placeholder (ECMA-376 Part 1 §17.5.2.39)."""
    found = copy.deepcopy(sdt)
    shape = found.find(W + "sdtPr")
    shape.find(W + "id").addnext(etree.Element(W + "showingPlcHdr"))
    return fragment(_under(sdt, found))


def fragment(element: Element) -> bytes:
    """The bytes of an element of the document, which declares its names already; the element leaves the document."""
    tail, element.tail = element.tail, None
    data: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    element.tail = tail
    end = data.index(b">") + 1
    if (parent := element.getparent()) is not None:
        parent.remove(element)
    return (_NAMESPACES.sub(b"", data[:end]) + data[end:]).replace(b"<!--" + _TEXT.encode() + b"-->", _TEXT.encode())


__all__ = ["COMMENTS", "W14", "AnchorSlot", "BlockSlot", "BoxSlot", "EpreuveSlot", "FormTemplate", "NotesSlot", "TextSlot"]
