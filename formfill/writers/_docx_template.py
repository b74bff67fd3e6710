"""Compiles a Word template into byte segments: what never changes, and the places that a record fills.

The template says where they are by the tags of its content controls (ECMA-376 Part 1 §17.5.2): ``competences:B1.1`` on a
``w14:checkbox`` ([MS-DOCX] §2.6.1.1), ``commentaire.B1.1`` on the block control of a comment, which takes its whole table row with
it. The XML is cut by the parser at nodes put around those places, never by looking for text in it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from formfill.errors import MissingTemplateError
from formfill.faults import fault
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.writers._zip import Prefix, deflated, kept, prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CUSTOM_XML: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
RECORD: Final = "urn:formfill:record:1"
"""Namespace of the part that holds the record."""

DOCUMENT: Final = "word/document.xml"
_DOCUMENT_RELS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_UNCERTAIN_FONT: Final = "Segoe UI Symbol"
"""Has U+2370, which MS Gothic lacks."""
_CUT: Final = "formfill"
"""Target of the processing instructions at which the serialised template is cut."""
_CUT_BYTES: Final = etree.tostring(etree.ProcessingInstruction(_CUT))

Element = Any
"""An lxml element; lxml-stubs types its attributes too loosely to help here."""
_UNPREFIXED: Final[Any] = {None: RELATIONSHIPS[1:-1]}
"""A default namespace, which lxml-stubs does not know of."""


@dataclass(frozen=True, slots=True)
class BoxSlot:
    """A check box: the bytes of its control in each state."""

    option: str
    states: dict[MarkState, bytes]


@dataclass(frozen=True, slots=True)
class CommentSlot:
    """The table row of a comment, all of which goes when there is none."""

    field: str
    head: bytes
    """The row up to its comment."""
    before: bytes
    """What opens a paragraph and its run."""
    after: bytes
    """What closes them."""
    tail: bytes


@dataclass(frozen=True, slots=True)
class NotesSlot:
    """Where the notes stand: after the table, before the section's properties (ECMA-376 Part 1 §17.6.17)."""

    before: bytes
    """What opens a paragraph of a comment and its run."""
    after: bytes
    """What closes them."""


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template."""

    members: Prefix
    """Every member of the package but the document and the record."""
    parts: tuple[bytes | BoxSlot | CommentSlot | NotesSlot, ...]
    """The document, in order."""
    record_part: str
    """Name of the member that holds the record."""
    fields: frozenset[str]
    """The options of its boxes and the fields of its comments."""


def compile_template(data: bytes, name: str, grid_field: str) -> Template:
    """The template in segments.

    Args:
        data: the bytes of the DOCX.
        name: its name, for error messages.
        grid_field: the field whose boxes it holds: ``competences``.

    Raises:
        MissingTemplateError: it is no package, or a control is not built as expected.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part: package.read(part) for part in (DOCUMENT, _DOCUMENT_RELS, _TYPES)}
            names = set(package.namelist())
    except (zipfile.BadZipFile, KeyError) as error:
        raise _wrong(name, _("ce n’est pas un document Word complet ({reason}).").format(reason=fault(error))) from error
    number = next(n for n in range(1, len(names) + 2) if f"customXml/item{n}.xml" not in names)
    fresh = record_members(parts[_TYPES], parts[_DOCUMENT_RELS], number)
    members = [deflated(part, content, 9) for part, content in fresh.items()]
    segments = _segments(parse(parts[DOCUMENT]), name, f"{grid_field}:")
    slots = [part for part in segments if isinstance(part, BoxSlot | CommentSlot)]
    return Template(
        members=prefix([members[0], *kept(data, {DOCUMENT, *fresh}), *members[1:]]),
        parts=segments,
        record_part=f"customXml/item{number}.xml",
        fields=frozenset(slot.option if isinstance(slot, BoxSlot) else slot.field for slot in slots),
    )


def _wrong(name: str, seen: str) -> MissingTemplateError:
    return MissingTemplateError(
        where=name, seen=seen, advice=_("Refaites le modèle avec les outils du dossier « tools », ou réinstallez formfill.")
    )


# ------------------------------------------------------------------------------------------------------------ the document


def _segments(root: Element, name: str, box_prefix: str) -> tuple[bytes | BoxSlot | CommentSlot | NotesSlot, ...]:
    boxes, comments, order = {}, {}, []
    for sdt in root.iter(W + "sdt"):
        tag = sdt.find(f"{W}sdtPr/{W}tag")
        value = tag.get(W + "val", "") if tag is not None else ""
        if value.startswith(box_prefix):
            order.append(value)
            boxes[value] = sdt
        elif value.startswith("commentaire."):
            order.append(value)
            comments[value] = sdt
    if len(order) != len(set(order)):
        raise _wrong(name, _("deux contrôles de contenu portent la même balise."))
    try:
        for sdt in boxes.values():
            _cut_around(sdt)
        for sdt in comments.values():
            _cut_comment(sdt)
        root.find(f"{W}body/{W}sectPr").addprevious(etree.ProcessingInstruction(_CUT))
        cuts = {state: _serialise(root, list(boxes.values()), state) for state in MarkState}
    except (AttributeError, StopIteration) as error:
        raise _wrong(name, _("un contrôle de contenu n’a pas la structure attendue.")) from error
    return tuple(_slots(cuts, order, boxes.keys(), box_prefix))


def _cut_around(element: Element) -> None:
    element.addprevious(etree.ProcessingInstruction(_CUT))
    element.addnext(etree.ProcessingInstruction(_CUT))


def _cut_comment(sdt: Element) -> None:
    """Cuts around the row, its first paragraph and that paragraph's text; what showed a placeholder shows text."""
    paragraph = sdt.find(f"{W}sdtContent/{W}p")
    text = paragraph.find(f"{W}r/{W}t")
    for other in paragraph.itersiblings(W + "p"):
        other.getparent().remove(other)
    for hint in (sdt.find(f"{W}sdtPr/{W}showingPlcHdr"), text.getparent().find(f"{W}rPr/{W}rStyle")):
        if hint is not None:
            hint.getparent().remove(hint)
    for element in (next(sdt.iterancestors(W + "tr")), paragraph, text):
        _cut_around(element)


def _serialise(root: Element, boxes: list[Element], state: MarkState) -> list[bytes]:
    """The document with every box in one state, cut."""
    for sdt in boxes:
        _set_box(sdt, state)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data.split(_CUT_BYTES)


def _set_box(sdt: Element, state: MarkState) -> None:
    """An uncertain box says unticked and shows a question mark: two kinds of evidence that disagree read back uncertain."""
    sdt.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(W14 + "val", "1" if state is MarkState.TICKED else "0")
    run = sdt.find(f"{W}sdtContent/{W}r")
    run.find(W + "t").text = SHOWN[state]
    if state is MarkState.UNCERTAIN:
        fonts = run.find(f"{W}rPr/{W}rFonts")
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(W + script, _UNCERTAIN_FONT)


def _slots(
    cuts: dict[MarkState, list[bytes]], order: list[str], boxes: Any, box_prefix: str
) -> Iterator[bytes | BoxSlot | CommentSlot | NotesSlot]:
    pieces = cuts[MarkState.BLANK]
    yield pieces[0]
    at, before, after = 1, b"", b""
    for value in order:
        if value in boxes:
            yield BoxSlot(value.removeprefix(box_prefix), {state: cuts[state][at] for state in MarkState})
            at += 1
        else:
            head, before, _text, after, tail = pieces[at : at + 5]
            yield CommentSlot(value, head, before, after, tail)
            at += 5
        yield pieces[at]
        at += 1
    yield NotesSlot(before, after)
    yield pieces[at]


# ------------------------------------------------------------------------------------------------------------- the package


def record_members(types: bytes, relationships: bytes, number: int, part: str = DOCUMENT) -> dict[str, bytes]:
    """The members that make room for the record: a custom XML part and its properties (ECMA-376 Part 1 §15.2.4, §15.2.6)."""
    properties = f"customXml/itemProps{number}.xml"
    folder, _slash, file = part.rpartition("/")
    content_types = parse(types)
    if not any(e.get("Extension") == "xml" for e in content_types.iter(CONTENT_TYPES + "Default")):
        content_types.insert(
            0, content_types.makeelement(CONTENT_TYPES + "Default", Extension="xml", ContentType="application/xml")
        )
    etree.SubElement(
        content_types,
        CONTENT_TYPES + "Override",
        PartName=f"/{properties}",
        ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    from_document = parse(relationships)
    _relate(from_document, "rIdRecord", f"{OFFICE}/customXml", f"../customXml/item{number}.xml")
    from_record = etree.Element(RELATIONSHIPS + "Relationships", nsmap=_UNPREFIXED)
    _relate(from_record, "rId1", f"{OFFICE}/customXmlProps", f"itemProps{number}.xml")
    ds = f"{{{CUSTOM_XML}}}"
    item = etree.Element(f"{ds}datastoreItem", nsmap={"ds": CUSTOM_XML})
    item.set(f"{ds}itemID", "{7B0B9C4E-6C1F-4E43-9A55-0F0E8D1C52A1}")
    references = etree.SubElement(item, f"{ds}schemaRefs")
    etree.SubElement(references, f"{ds}schemaRef").set(f"{ds}uri", RECORD)
    roots = {
        _TYPES: content_types,
        f"{folder}/_rels/{file}.rels": from_document,
        f"customXml/_rels/item{number}.xml.rels": from_record,
        properties: item,
    }
    return {name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) for name, root in roots.items()}


def _relate(relationships: Element, identifier: str, kind: str, target: str) -> None:
    etree.SubElement(relationships, RELATIONSHIPS + "Relationship", Id=identifier, Type=kind, Target=target)


def parse(data: bytes) -> Element:
    """The root of an XML part of a template."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
