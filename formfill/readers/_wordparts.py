"""The parts of a Word package around its document: comments and their threads, notes, headers, bound XML, ActiveX controls."""

from __future__ import annotations

import base64
import binascii
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from formfill.errors import SourceError
from formfill.model.document import Attachment, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._symbols import SYMBOLS, Shape
from formfill.readers._wordcontrols import bound_value
from formfill.readers._wordsymbols import Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.document import Annotation, Evidence
    from formfill.model.geometry import Place
    from formfill.readers._marks import Piece
    from formfill.readers._package import Package, Relation
    from formfill.readers._wordfeatures import Features
    from formfill.readers._wordlists import Lists
    from formfill.readers._wordlooks import Looks
    from formfill.readers._wordnames import Element
    from formfill.readers._wordwalk import Walk

RECORD_NAMESPACE: Final = b"urn:formfill:record:1"
"""Namespace of the custom XML part in which formfill attaches the record (base64 of its JSON)."""
_FONT_NAMES: Final = (b"dings", b"ingbats", b"Symbol", b"Segoe MD", b"Segoe Fl", b"arlett")
"""What styles that set a symbol font hold."""
_STORIES: Final = (
    ("header", n.W + "headerReference"),
    ("footer", n.W + "footerReference"),
    ("footnotes", n.W + "footnoteReference"),
    ("endnotes", n.W + "endnoteReference"),
)
"""The parts outside the body, and the element of the document that asks for each."""
_HOLDS: Final = (b":t>", b":t ", b":sdt>", b":fldChar", b":sym", b":pict", b":drawing", b"<t>", b"<t ", b"\x00:\x00t")
"""What the bytes of a part hold that is not empty; names may have no prefix, and characters two bytes."""


def _box_texts() -> frozenset[bytes]:
    """What the text of a box level may be: box glyphs, and the codes of boxes in the fonts of most bullets, but « o »."""
    codes = {
        code
        for font in ("wingdings", "webdings", "zapfdingbats")
        for code, shape in SYMBOLS[font].items()
        if shape in (Shape.EMPTY, Shape.TICKED)
    }
    shown = {chr(0xF000 + code) for code in codes} | {chr(code) for code in codes - {0x6F}} | set(BOX_GLYPHS)
    return frozenset(char.encode() for char in shown)


_BOX_TEXTS: Final = _box_texts()
_LEVEL_TEXT: Final = re.compile(rb'lvlText\s+[^<>]*?val="([^"]*)"').findall
_WINGDINGS_O: Final = re.compile(rb'lvlText\s+[^<>]*?val="o"\s*/>(?:(?!:lvl>).){0,300}[Ww]ingdings', re.DOTALL).search
"""Finds the « o » that is a box: it is one in Wingdings, and the most common of bullets in other fonts."""
_ITEM_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_CONTROLS: Final = frozenset(("control", "activeXControl"))
_SMALL: Final = 16_384
_USUAL: Final = "word/document.xml"


def may_print_boxes(numbering: bytes) -> bool:
    """Tells whether the bullet of a level may be a box: a code of a symbol font, or the glyph of a box."""
    if b"ingdings 2" in numbering:
        return True
    texts = set(_LEVEL_TEXT(numbering))
    if not _BOX_TEXTS.isdisjoint(texts) or any(b"&#" in text for text in texts):
        return True
    return b"o" in texts and _WINGDINGS_O(numbering) is not None


class Parts:
    """The parts of a package, each read when it is first asked for."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        self._relations: dict[str, Relation] | None = None
        self._bound: dict[str, Element] | None = None
        self._quiet = False
        """Whether no style sets text apart, as far as was asked."""
        self._blocks: dict[str, str] | None = None
        self._styles_read = False
        self.options: dict[str, list[Evidence]] = {}
        """What the option buttons that are on say of themselves, by the name of their group."""
        self._listed = ""
        """The names of all parts, one a line."""
        self._symbolic: Styles | None = None

    def named(self, kind: str) -> str | None:
        """The name of the part of a kind (``comments``, ``styles``), None when there is none."""
        if self._main == _USUAL:
            usual = f"word/{kind}.xml"
            if usual in self._package.names:
                return usual
            if not self._listed:
                self._listed = "\n".join(["", *self._package.names])
            if f"\nword/{kind}" not in self._listed or not any(
                name.startswith(f"word/{kind}") and name[5 + len(kind) : -4].isdigit() for name in self._package.names
            ):
                return None
        return next((relation.target for relation in self.relations.values() if relation.kind == kind), None)

    @property
    def relations(self) -> dict[str, Relation]:
        """The relationships of the document."""
        if self._relations is None:
            self._relations = self._package.relations(self._main)
        return self._relations

    def prepare(self, walk: Walk, features: Features) -> None:
        """Gives a walk what it needs to know of the other parts, as far as the document asks for it."""
        walk.bound = self._bound_value
        walk.activex = self._activex
        walk.find_styles = self._styles
        walk.find_looks = self._looks
        walk.prompt_styles = self._prompt_styles
        walk.building_block = self._building_block
        walk.looks_of(features)
        if features.has(n.P_STYLE) or features.has(n.NUM_PR):
            walk.lists = self.lists(features)

    def _styles(self, features: Features) -> Styles | None:
        """The styles that a part of the given features asks for, when one of them sets a symbol font.

        The font table is not asked: programs that change styles seldom keep it true.
        """
        if not features.styled:
            return None
        if not self._styles_read:
            self._styles_read = True
            self._symbolic = self._symbolic_styles()
        return self._symbolic

    def _symbolic_styles(self) -> Styles | None:
        name = self.named("styles")
        if name is None:
            return None
        part = self._package.read(name)
        if not any(font in part for font in _FONT_NAMES):
            return None
        root = self._package.parse(name, part)
        styles = Styles(root)
        if not styles.symbolic:
            return None
        self.note_repeated(name, root, n.W + "styleId")
        return styles

    def _prompt_styles(self) -> frozenset[str]:
        """The styles of placeholders: Word knows them by their English name (§17.7.4.9)."""
        from formfill.readers._wordjudged import PROMPT_STYLES

        name = self.named("styles")
        found = set()
        for style in self._package.parse(name).iterchildren(n.W + "style") if name is not None else ():
            title = style.find(n.W + "name")
            if title is not None and title.get(n.VAL, "").casefold() == "placeholder text":
                found.add(style.get(n.W + "styleId", ""))
        return PROMPT_STYLES | found

    def _building_block(self, name: str) -> str | None:
        """The text of a part of the glossary (§17.12), by its name; None when it holds none of that name."""
        if self._blocks is None:
            self._blocks = {}
            glossary = next((relation.target for relation in self.relations.values() if relation.kind == "glossaryDocument"), None)
            for part in self._package.parse(glossary).iter(n.W + "docPart") if glossary is not None else ():
                title, body = part.find(f"{n.W}docPartPr/{n.W}name"), part.find(n.W + "docPartBody")
                if title is not None and body is not None:
                    self._blocks.setdefault(title.get(n.VAL, ""), "".join(text.text or "" for text in body.iter(n.T)))
        return self._blocks.get(name)

    def _looks(self, features: Features) -> Looks | None:
        """The styles that strike text or highlight it, when a part of the given features may ask for one."""
        name = self.named("styles") if not self._quiet and features.styled else None
        if name is None:
            return None
        from formfill.readers._wordlooks import Looks, may_emphasise, sets_apart

        # a small part is sooner read than the names of all styles
        if self._package.names[name].file_size > _SMALL and not may_emphasise(features.styles):
            return None
        part = self._package.read(name)
        self._quiet = not sets_apart(part)
        if self._quiet or not may_emphasise(features.styles):
            return None
        return Looks(self._package.parse(name, part)) or None

    def lists(self, features: Features) -> Lists | None:
        """The lists, when the bullet of one of their levels may be a box."""
        name = self.named("numbering")
        if name is None:
            return None
        of_styles = self.named("styles") if features.has(n.P_STYLE) else None
        if not features.has(n.NUM_PR) and (of_styles is None or b"numPr" not in self._package.read(of_styles)):
            return None
        part = self._package.read(name)
        if not may_print_boxes(part):
            return None
        from formfill.readers._wordlists import Lists

        styles = Styles(self._package.parse(of_styles)) if of_styles is not None else None
        root = self._package.parse(name, part)
        lists = Lists(root, styles)
        if not lists:
            return None
        self.note_repeated(name, root, n.W + "numId")
        return lists

    def note_repeated(self, name: str, root: Element, attribute: str = n.ID) -> None:
        """Notes a part of which two children have the same id: which one is meant is not told."""
        ids = [own for child in root if (own := child.get(attribute)) is not None]
        if len(set(ids)) < len(ids):
            self._package.repaired.append(name)

    def comments(self, anchors: dict[str, Place], before: int = 0) -> list[Annotation]:
        """The comments, each where it is anchored, replies after what they answer.

        Args:
            anchors: where each comment is anchored, by its id.
            before: how many annotations of the document come before them.
        """
        name = self.named("comments")
        if name is None:
            return []
        from formfill.readers._wordcomments import threaded

        root = self._package.parse(name)
        self.note_repeated(name, root)
        extended = self.named("commentsExtended")
        return threaded(root, self._package.parse(extended) if extended is not None else None, anchors, before)

    def stories(self, features: Features) -> Iterator[tuple[str, bytes]]:
        """The names and bytes of the headers, footers and notes that the document names."""
        for kind, element in _STORIES:
            if not features.any(element):
                continue
            if self._main == _USUAL:
                names = [name for name in self._package.names if name.startswith(f"word/{kind}") and name.endswith(".xml")]
            else:
                names = [relation.target for relation in self.relations.values() if relation.kind == kind]
            for name in names:
                part = self._package.read(name)
                if any(sign in part for sign in _HOLDS):
                    yield name, part

    def _activex(self, relation: str) -> tuple[list[Piece] | None, str | None]:
        """The box and the caption of an ActiveX control, or its text, None for neither; and its class when it is not read."""
        found = self.relations.get(relation)
        if found is None:
            # nothing tells what it was: a person must look
            self._package.repaired.append(f"{self._main}#{relation}")
            return None, None
        if found.kind not in _CONTROLS:
            return None, found.kind
        binary = None
        for other in self._package.relations(found.target).values():
            if other.kind == "activeXControlBinary":
                binary = self._package.read(other.target)
        from formfill.readers._wordactivex import control_parts

        read = control_parts(self._package.parse(found.target), binary)
        unread = None if read.is_read else read.name
        if read.group is not None and read.evidence is not None and read.evidence[0].says is Says.TICKED:
            self.options.setdefault(read.group.casefold(), []).append(read.evidence[0])
        if read.evidence is None:
            return [read.text] if read.text else None, unread
        return [read.evidence, f" {read.text}"] if read.text else [read.evidence], unread

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


def attachments(package: Package) -> list[Attachment]:
    """The custom XML parts, one of which is the record that formfill attaches; none is opened before it is asked for."""
    parts = (name for name in package.names if name.startswith("customXml/item") and not name.startswith("customXml/itemProps"))
    return [Attachment("record.json", partial(_record, package, name)) for name in parts]


def _record(package: Package, name: str) -> bytes:
    """The record in a custom XML part; empty when the part is not ours.

    Our part is one element of base64, which holds no ``<`` nor ``>``: its text is cut out without a parser, and anything else
    that bears our namespace fails to decode.
    """
    data = package.read(name)
    if RECORD_NAMESPACE in data[:500]:
        with suppress(binascii.Error):
            return base64.b64decode(data[: data.rfind(b"</")].rpartition(b">")[2], validate=True)
    return b""
