"""The inside of an OpenDocument paragraph: its text and its boxes in order (OpenDocument 1.3 Part 3 §6, §7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from formfill.model.document import Evidence
from formfill.readers import _odfboxes as boxes
from formfill.readers._marks import STRUCK, Emphasised, Overlay, Tinted, glyph_evidence, more
from formfill.readers._odfframes import framed, settled
from formfill.readers._odfml import ANNOTATION, DRAW, LOEXT, OFFICE, SPAN, STYLE_NAME, TBL, TEXT, H, P, count, plain_text
from formfill.readers._odfshapes import frame_over, overlay
from formfill.readers._odfstyles import NO_GROUND, PLAIN, Look
from formfill.readers._signs import split_glyphs
from formfill.readers._symbols import SAYS, shape_of

if TYPE_CHECKING:
    from formfill.readers._marks import Piece, Tint
    from formfill.readers._odfml import Element, Seen
    from formfill.readers._odfstyles import Styles

_S, _TAB, _BREAK = TEXT + "s", TEXT + "tab", TEXT + "line-break"
_CHANGE_START, _CHANGE_END = TEXT + "change-start", TEXT + "change-end"
_SKIPPED: Final = frozenset(
    (
        *(TEXT + name for name in ("placeholder", "tracked-changes", "note-citation", "ruby-text", "label", "script")),
        *(OFFICE + name for name in ("forms", "event-listeners", "annotation-end")),
        LOEXT + "list-item",
    )
)
"""Elements whose text is not the paragraph's."""
_SPACES: Final = re.compile("[ \t\r\n]+")
_UNEVEN: Final = re.compile("[\t\r\n]|  ")
_MAX_SPACES: Final = 1000


class Inside:
    """Reads the inside of paragraphs, one at a time."""

    def __init__(self, styles: Styles, controls: boxes.Controls, seen: Seen) -> None:
        self.styles, self.controls, self.seen = styles, controls, seen
        self._out: list[Piece] = []
        self._spaced = True
        self._field: tuple[tuple[Evidence, ...], int] | None = None
        self._formats: set[str] = set()
        """The tracked changes of format that the text here is in."""

    def pieces(self, paragraph: Element, below: Look = PLAIN) -> list[Piece]:
        """The text and the boxes of a paragraph, or of a frame that stands in none, in order.

        Args:
            paragraph: a paragraph, a heading, a frame, a shape or a form control.
            below: how text looks where the paragraph's own style says nothing.
        """
        out = self._out = []
        self._spaced, self._field = True, None
        shade: Tint | None = None
        if paragraph.tag.startswith(DRAW):
            self._drawn(paragraph.tag, paragraph)
        else:
            look = self.styles.look("paragraph", paragraph.get(STYLE_NAME)).over(below)
            self._collect(paragraph, look)
            shade = look.shade if look.shade != NO_GROUND else None
        self._close_field()
        out = settled(out)
        if shade is not None:
            # the words of a shaded paragraph are no choice, its boxes may be one
            out = [as_box(piece, shade) for piece in split_glyphs(out)]
        return self._struck(out)

    def _struck(self, out: list[Piece]) -> list[Piece]:
        """The pieces of a paragraph, a lone struck sign as a box; notes the text that is struck."""
        struck = [piece for piece in out if isinstance(piece, Emphasised) and piece.kind == STRUCK.kind]
        if len(struck) == len(out) == 1:
            from formfill.readers._typed import lone_struck

            out = lone_struck(struck[0])
            struck = [piece for piece in struck if piece in out]
        self.seen.strike("".join(struck))
        return out

    def _collect(self, parent: Element, look: Look) -> None:
        if parent.text:
            self._add(parent.text, look)
        for child in parent:
            tag = child.tag
            if tag == SPAN:
                name = child.get(STYLE_NAME)
                self._collect(child, self.styles.look("text", name).over(look) if name else look)
            elif tag == _S:
                self._add_raw(" " * min(count(child, TEXT + "c"), _MAX_SPACES), look)
            elif tag == _TAB:
                self._add_raw("\t", look)
            elif tag == _BREAK:
                self._add_raw("\n", look)
            elif tag not in _SKIPPED:
                self._special(tag, child, look)
            if child.tail:
                self._add(child.tail, look)

    def _special(self, tag: str, node: Element, look: Look) -> None:
        if tag == boxes.CONTENT_CONTROL:
            box, shown = boxes.content_box(node), ""
            if box is not None:
                inner = next((span.get(STYLE_NAME) for span in node.iter(SPAN)), None)
                self._box(box, self.styles.look("text", inner).over(look) if inner else look)
            elif not boxes.is_placeholder(node) or (shown := boxes.filled(node)):
                if shown:
                    self.seen.filled.append((self.seen.place, shown))
                self._collect(node, look)
        elif tag in (boxes.MARK, boxes.MARK_START):
            self._field_mark(tag, node, look)
        elif tag == boxes.MARK_END:
            self._close_field()
        elif tag == ANNOTATION:
            self.seen.annotated(node)
        elif tag in (_CHANGE_START, _CHANGE_END):
            name = node.get(TEXT + "change-id", "")
            if tag == _CHANGE_END:
                self._formats.discard(name)
            elif name in self.seen.formats:
                self._formats.add(name)
        elif tag == TEXT + "note":
            self.seen.notes += node.iterchildren(TEXT + "note-body")
        elif tag == TEXT + "text-input":
            # a prompt that nobody replaced is what the field describes
            if plain_text(node) != node.get(TEXT + "description", ""):
                self._collect(node, look)
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            self._add(node.get(TEXT + "string-value") or plain_text(node), Look(hidden=True).over(look))
        elif node.tag.startswith(DRAW):
            self._drawn(tag, node)
        else:
            self._collect(node, look)

    def _field_mark(self, tag: str, node: Element, look: Look) -> None:
        box = boxes.field_box(node)
        if box is not None:
            if tag == boxes.MARK_START:
                self._close_field()
                self._field = (as_box(box, look.emphasis), len(self._out))
            else:
                self._box(box, look)
        elif choice := boxes.field_choice(node):
            self._add_raw(choice, look)

    def _close_field(self) -> None:
        """Ends a check box that is written as a start and an end: a glyph between them is its own."""
        if self._field is None:
            return
        (box, start), self._field = self._field, None
        inside = self._out[start:]
        shown = "".join(piece for piece in inside if isinstance(piece, str)).strip()
        glyph = glyph_evidence(shown) if shown else None
        if glyph is not None:
            self._out[start:] = [more(box, glyph)]
        else:
            self._out.insert(start, box)

    def _drawn(self, tag: str, node: Element) -> None:
        """Frames and shapes: the paragraphs of text boxes, the form controls, the pictures."""
        if tag == DRAW + "control":
            for piece in self.controls.pieces(node.get(DRAW + "control")):
                if isinstance(piece, str):
                    self._add_raw(piece, PLAIN)
                elif isinstance(piece, tuple):
                    self._box(piece)
        elif tag == DRAW + "image":
            self.seen.pictures += 1
        else:
            over = overlay(node, self.styles)
            if over is not None:
                self._out.append(over)
            start = len(self._out)
            for child in node:
                if child.tag in (P, H):
                    self._line(child)
                elif child.tag == ANNOTATION:
                    self.seen.annotated(child)
                elif child.tag == TBL:
                    self.seen.tables.append(child)
                elif child.tag.startswith((DRAW, TEXT)):
                    self._drawn(child.tag, child)
            if over is None and len(self._out) > start:
                lead = 1 if self._out[start] == "\n" else 0
                inside = framed(self._out[start + lead :], frame_over(node, self.styles))
                if len(inside) == 1 and isinstance(inside[0], Overlay):
                    lead, self._out[start:] = 0, []
                self._out[start + lead :] = inside

    def _line(self, paragraph: Element) -> None:
        if self._out:
            self._out.append("\n")
        self._spaced = True
        self._collect(paragraph, self.styles.look("paragraph", paragraph.get(STYLE_NAME)))

    def _box(self, evidence: tuple[Evidence, ...], look: Look = PLAIN) -> None:
        self._out.append(as_box(evidence, look.emphasis))
        self._spaced = False

    def _add(self, text: str, look: Look) -> None:
        """Text of the file, its white space collapsed (§6.1.2)."""
        if _UNEVEN.search(text):
            text = _SPACES.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if text:
            self._add_raw(text, look)
            self._spaced = text.endswith(" ")

    def _add_raw(self, text: str, look: Look) -> None:
        if look.hidden:
            self.seen.hidden.append(text)
        self._spaced = False
        emphasis = look.emphasis
        if self._formats and (kinds := {*([emphasis.kind] if emphasis else []), *(["font"] if look.symbol else [])}):
            self.seen.formatted.setdefault(self.seen.place, set()).update(kinds)
        pieces: list[Piece] = symbols(text, look.symbol) if look.symbol else [text]
        if emphasis is not None:
            pieces = [Emphasised.of(piece, *emphasis) if isinstance(piece, str) else as_box(piece, emphasis) for piece in pieces]
            if emphasis.kind == STRUCK.kind:
                pieces = split_glyphs(pieces)
        self._out += pieces


_P = TypeVar("_P", bound="Piece | tuple[Evidence, ...]")


def as_box(piece: _P, tint: Tint | None) -> _P | tuple[Evidence, ...]:
    """A box struck through, highlighted or shaded; any other piece as it is."""
    if tint is None or not isinstance(piece, tuple) or STRUCK in piece or isinstance(piece, Tinted):
        return piece
    return (*piece, STRUCK) if tint.kind == STRUCK.kind else Tinted.of(piece, tint)


def symbols(text: str, font: str) -> list[Piece]:
    """Text set in a symbol font: its boxes as evidence, its ticks as the characters that they show."""
    out: list[Piece] = []
    for char in text:
        shape = shape_of(font, ord(char))
        says = SAYS.get(shape) if shape is not None else None
        if says is not None:
            out.append((Evidence("symbol", says, f"U+{ord(char):04X} {font}"),))
        else:
            out.append(shape.value if shape is not None else char)
    return out
