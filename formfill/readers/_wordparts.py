"""The parts of a Word package around its document: comments and their threads, notes, headers, bound XML, ActiveX controls."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from formfill.errors import SourceError
from formfill.model.document import Annotation, AnnotationKind, Attachment
from formfill.model.geometry import Place
from formfill.readers import _wordnames as n
from formfill.readers._wordactivex import control_parts
from formfill.readers._wordcontrols import bound_value
from formfill.readers._wordlists import Lists
from formfill.readers._wordruns import Walk, pieces, plain
from formfill.readers._wordsymbols import Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._marks import Piece
    from formfill.readers._package import Package, Relation
    from formfill.readers._wordblocks import Features
    from formfill.readers._wordnames import Element

RECORD_NAMESPACE: Final = b"urn:formfill:record:1"
"""Namespace of the custom XML part in which formfill attaches the record (base64 of its JSON)."""
_FONT_NAMES: Final = (b"ingdings", b"ebdings", b"ingbats", b'"Symbol', b"Segoe UI Sy", b"Segoe MDL2")
_PRIVATE_USE: Final = (b"\xef\x80", b"\xef\x81", b"\xef\x82", b"\xef\x83")
"""First bytes of U+F000 to U+F0FF in UTF-8."""
_ITEM_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_USUAL: Final = "word/document.xml"


class Parts:
    """The parts of a package, each read when it is first asked for."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        self._relations: dict[str, Relation] | None = None
        self._bound: dict[str, Element] | None = None

    def named(self, kind: str) -> str | None:
        """The name of the part of a kind (``comments``, ``styles``), None when there is none."""
        usual = f"word/{kind}.xml"
        if self._main == _USUAL and usual in self._package.names:
            return usual
        return next((relation.target for relation in self.relations.values() if relation.kind == kind), None)

    @property
    def relations(self) -> dict[str, Relation]:
        """The relationships of the document."""
        if self._relations is None:
            self._relations = self._package.relations(self._main)
        return self._relations

    def prepare(self, walk: Walk, features: Features, data: bytes) -> None:
        """Gives a walk what it needs to know of the other parts, as far as the document asks for it."""
        walk.emphasis = features.alternatives
        walk.bound = self._bound_value
        walk.activex = self._activex
        styles = self._styles(features, data)
        if features.symbols or (styles is not None and styles.symbolic):
            walk.styles = styles or Styles(None)
        if (features.lists or (styles is not None and features.styled)) and (name := self.named("numbering")) is not None:
            numbering = self._package.read(name)
            if any(font in numbering for font in _FONT_NAMES) or any(box in numbering for box in _BOXES):
                lists = Lists(self._package.parse(name, numbering), styles or self._all_styles(features))
                walk.lists = lists if lists else None

    def _styles(self, features: Features, data: bytes) -> Styles | None:
        """The styles, when one of them may print a run of this document in a symbol font."""
        if not features.symbols and not features.styled and not any(code in data for code in _PRIVATE_USE):
            return None
        name = self.named("styles")
        if name is None:
            return None
        if not features.symbols:
            # a font table names every font in use (§17.8.3.10): a few bytes that spare the reading of the styles
            table = self.named("fontTable")
            if table is not None and not any(font in self._package.read(table) for font in _FONT_NAMES):
                return None
        part = self._package.read(name)
        if not features.symbols and not any(font in part for font in _FONT_NAMES):
            return None
        return Styles(self._package.parse(name, part))

    def _all_styles(self, features: Features) -> Styles | None:
        name = self.named("styles") if features.styled else None
        return Styles(self._package.parse(name)) if name is not None else None

    def comments(self, anchors: dict[str, Place]) -> list[Annotation]:
        """The comments, each where it is anchored, replies after what they answer ([MS-DOCX] §2.5.2.1)."""
        name = self.named("comments")
        if name is None:
            return []
        parents = self._threads()
        notes: list[tuple[str, Annotation]] = []
        by_paragraph: dict[str, int] = {}
        replies: dict[int, list[int]] = {}
        for index, comment in enumerate(self._package.parse(name).iter(n.W + "comment")):
            paragraphs = list(comment.iter(n.P))
            number = comment.get(n.ID, "")
            text = "\n".join(plain(pieces(p, Walk())) for p in paragraphs)
            place = anchors.get(number) or Place(path=f"comment[{number}]")
            last = paragraphs[-1].get(n.W14 + "paraId", "") if paragraphs else ""
            notes.append((last, Annotation(AnnotationKind.WORD_COMMENT, text, comment.get(n.AUTHOR), place)))
            if last:
                by_paragraph.setdefault(last, index)
        for index, (last, _note) in enumerate(notes):
            parent = by_paragraph.get(parents.get(last, ""))
            if parent is not None and parent != index:
                replies.setdefault(parent, []).append(index)
        answered = {index for of_parent in replies.values() for index in of_parent}
        order: list[int] = []
        for index in range(len(notes)):
            if index not in answered:
                order += [index, *replies.get(index, ())]
        order += [index for index in range(len(notes)) if index not in set(order)]
        return [notes[index][1] for index in order]

    def _threads(self) -> dict[str, str]:
        name = self.named("commentsExtended")
        if name is None:
            return {}
        return {
            node.get(n.W15 + "paraId", ""): node.get(n.W15 + "paraIdParent", "")
            for node in self._package.parse(name).iter(n.W15 + "commentEx")
        }

    def stories(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """The names and bytes of the headers, footers and notes that the document names."""
        wanted = [
            kind
            for kind, sign in (
                ("header", b"headerReference"),
                ("footer", b"footerReference"),
                ("footnotes", b"footnoteReference"),
                ("endnotes", b"endnoteReference"),
            )
            if sign in data
        ]
        if not wanted:
            return
        for kind in wanted:
            if self._main == _USUAL:
                names = [name for name in self._package.names if name.startswith(f"word/{kind}") and name.endswith(".xml")]
            else:
                names = [relation.target for relation in self.relations.values() if relation.kind == kind]
            for name in names:
                part = self._package.read(name)
                if b"t>" in part or b"sdt>" in part or b":fldChar" in part or b":sym" in part:
                    yield name, part

    def _activex(self, relation: str) -> list[Piece] | None:
        """The box and the caption of an ActiveX control; None when it is no box."""
        found = self.relations.get(relation)
        if found is None or found.kind != "control":
            return None
        binary = None
        for other in self._package.relations(found.target).values():
            if other.kind == "activeXControlBinary":
                binary = self._package.read(other.target)
        read = control_parts(self._package.parse(found.target), binary)
        if read is None:
            return None
        evidence, caption = read
        return [evidence, f" {caption}"] if caption else [evidence]

    def _bound_value(self, binding: Element) -> str | None:
        """The value that a ``w:dataBinding`` stands for (§17.5.2.6)."""
        if self._bound is None:
            self._bound = {}
            for name in self._package.names:
                if name.startswith("customXml/itemProps") and (item := name.replace("itemProps", "item")) in self._package.names:
                    with suppress(SourceError):
                        store = self._package.parse(name).get(_ITEM_ID, "")
                        self._bound[store.strip("{}").upper()] = self._package.parse(item)
        root = self._bound.get(binding.get(n.W + "storeItemID", "").strip("{}").upper())
        if root is None:
            return None
        return bound_value(root, binding.get(n.W + "xpath", ""), binding.get(n.W + "prefixMappings", ""))


_BOXES: Final = tuple(glyph.encode() for glyph in "☐☑☒□▢◻⬜❏❑❒❐") + (b"&#x2610", b"&#9744")
"""Box glyphs as bullets."""


def attachments(package: Package) -> list[Attachment]:
    """The records that formfill attached to a form of its own.

    The part is one element of base64, which holds no ``<`` nor ``>``: its text is cut out without a parser, and anything else
    that bears our namespace fails to decode and is left.
    """
    found = []
    for name in package.names:
        if name.startswith("customXml/item") and not name.startswith("customXml/itemProps"):
            data = package.read(name)
            if RECORD_NAMESPACE in data[:500]:
                text = data[: data.rfind(b"</")].rpartition(b">")[2]
                with suppress(binascii.Error):
                    found.append(Attachment("record.json", base64.b64decode(text, validate=True)))
    return found
