"""What stands in a paragraph of a Word document: text, boxes, and what is drawn over them (ECMA-376 Part 1 §17.3).

One walk, in reading order, through every wrapper. It knows no form and binds nothing to a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.readers import _wordnames as n
from formfill.readers._marks import STRUCK, Emphasised, Tint, Tinted
from formfill.readers._signs import split_glyphs
from formfill.readers._symbols import font_key
from formfill.readers._wordsuspects import may_be_styled, may_be_symbols
from formfill.readers._wordsymbols import decoded, sym_piece
from formfill.readers._wordtints import emphasis
from formfill.readers._wordwalk import Walk

if TYPE_CHECKING:
    from formfill.readers._marks import Piece
    from formfill.readers._wordfields import Fields
    from formfill.readers._wordnames import Element

_CONTROL: Final = n.W + "control"
_LOOKS: Final = frozenset((n.R_FONTS, n.VANISH, n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, n.SHD, n.BDR))


def pieces(paragraph: Element, walk: Walk) -> list[Piece]:
    """The text and the boxes of a paragraph, in order."""
    out: list[Piece] = []
    if walk.lists is not None and (bullet := walk.lists.box(paragraph)) is not None:
        out += [bullet, "\t"]
    _Paragraph(paragraph, walk, out).collect(paragraph)
    if walk.formats:
        walk.format_changed(paragraph=next(paragraph.iterchildren(n.P_PR), None))
    if not walk.emphasis:
        return out
    if walk.shades and (tint := shading(next(paragraph.iterchildren(n.P_PR), None))) is not None:
        # the words of a shaded paragraph are no choice, its boxes may be one
        out = [tinted(piece, tint) if isinstance(piece, tuple) else piece for piece in split_glyphs(out)]
    return _struck(out, walk)


def tinted(piece: Piece, tint: Tint) -> Piece:
    """A stretch of text or a box with its emphasis; a struck box is told otherwise."""
    if isinstance(piece, str):
        return Emphasised.of(piece, *tint)
    if isinstance(piece, tuple) and tint.kind != STRUCK.kind:
        return Tinted.of(piece, tint)
    return piece


def shading(properties: Element | None) -> Tint | None:
    """The shading that the properties of a paragraph set (§17.3.1.31)."""
    node = properties.find(n.SHD) if properties is not None else None
    return emphasis(node) if node is not None else None


def _struck(out: list[Piece], walk: Walk) -> list[Piece]:
    """The pieces of a paragraph, a lone struck sign as a box; notes the text that is struck."""
    struck = [piece for piece in out if isinstance(piece, Emphasised) and piece.kind == STRUCK.kind]
    if len(struck) == len(out) == 1:
        from formfill.readers._typed import lone_struck

        out = lone_struck(struck[0])
        struck = [piece for piece in struck if piece in out]
    text = "".join(struck)
    if text.strip():
        before = walk.struck.get(walk.place)
        walk.struck[walk.place] = text if before is None else f"{before} {text}"
    return out


def plain(items: list[Piece]) -> str:
    """The text of pieces, boxes left out."""
    return "".join(item for item in items if isinstance(item, str))


class _Paragraph:
    """One paragraph being read."""

    __slots__ = ("_fields", "_looks", "element", "out", "walk")

    def __init__(self, element: Element, walk: Walk, out: list[Piece]) -> None:
        self.element, self.walk, self.out = element, walk, out
        self._fields: Fields | None = None
        self._looks = walk.hides or walk.emphasis

    def collect(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == n.R:
                self._run(child)
            elif tag in n.SKIPPED:
                continue
            elif tag == n.SDT:
                self._control(child)
            elif tag in n.WRAPPERS:
                self._wrapper(tag, child)
            elif tag in (n.DEL, n.MOVE_FROM):
                text = "".join(t.text or "" for t in child.iter(n.DEL_TEXT, n.T)) or _boxes_of(child)
                self._change("deletion", text, child)
            elif tag == n.ALTERNATE and len(child):
                self.collect(child[0])
            elif tag in n.MATHS:
                self.out.append("".join(t.text or "" for t in child.iter(n.MATH_TEXT)))
            elif tag == n.COMMENT_START:
                self.walk.anchors.setdefault(child.get(n.ID, ""), self.walk.place)

    def _wrapper(self, tag: str, child: Element) -> None:
        before = len(self.out)
        self.collect(child)
        if tag in (n.INS, n.MOVE_TO):
            self._change("insertion", shown(self.out[before:]), child)
        elif tag == n.FLD_SIMPLE:
            from formfill.readers._wordresults import simple

            simple(child, self.out, before)

    def _change(self, kind: str, text: str, node: Element) -> None:
        self.walk.changes.append((kind, text, node.get(n.AUTHOR), self.walk.place))

    def _run(self, run: Element) -> None:
        out = self.out
        start = len(out)
        properties: Element | None = None
        for node in run:
            kind = node.tag
            if kind == n.T:
                if text := node.text:
                    out.append(text)
            elif kind == n.R_PR:
                properties = node
            else:
                self._part(kind, node)
        if self.walk.formats and properties is not None and len(out) > start:
            self.walk.format_changed(properties)
        if len(out) > start and (self._looks or may_be_symbols(out, start)):
            self._look(run, properties, start)

    def _look(self, run: Element, properties: Element | None, start: int) -> None:
        """What the properties of a run say of its text: hidden, set apart, printed in a symbol font (§17.3.2)."""
        walk, out = self.walk, self.out
        tint: Tint | None = None
        short = may_be_symbols(out, start)
        own = short and may_be_styled(plain(out[start:])) and walk.styles.symbolic
        for child in properties if properties is not None else ():
            tag = child.tag
            if tag not in _LOOKS:
                continue
            if tag == n.R_FONTS:
                if short and not own:
                    own = any(font_key(name) for name in child.values())
            elif tag == n.VANISH:
                if n.switched(child):
                    walk.hidden.append("".join(t.text or "" for t in run.iter(n.T)))
            elif tag == n.BDR:
                from formfill.readers._wordborders import bordered

                out[start:] = bordered(run, out[start:])
            else:
                tint = tint or emphasis(child)
        if walk.looks is not None:
            tint = walk.looks.of(properties, self.element) or (None if tint is not None and tint.kind == STRUCK.kind else tint)
        if own:
            fonts = walk.styles.fonts(properties, self.element)
            complex_script = properties is not None and (
                n.switched(properties.find(n.W + "rtl")) or n.switched(properties.find(n.W + "cs"))
            )
            out[start:] = [
                printed
                for piece in out[start:]
                for printed in (decoded(piece, fonts, complex_script=complex_script) if isinstance(piece, str) else [piece])
            ]
        if tint is not None and walk.emphasis:
            if tint.kind == STRUCK.kind:
                from formfill.readers._typed import struck_boxes

                out[start:] = struck_boxes(out[start:])
            out[start:] = [tinted(piece, tint) for piece in out[start:]]

    def _part(self, tag: str, node: Element) -> None:
        """What a run holds besides its text."""
        out = self.out
        if tag in n.CHARS:
            # page and column breaks are layout, not text
            if tag != n.BR or node.get(n.W + "type") in (None, "textWrapping"):
                out.append(n.CHARS[tag])
        elif tag == n.FLD_CHAR:
            if self._fields is None:
                from formfill.readers._wordfields import Fields

                self._fields = Fields()
            self._fields.meet(node, out)
        elif tag == n.SYM:
            piece = sym_piece(node)
            if piece is not None:
                out.append(piece)
        elif tag == n.ALTERNATE:
            for part in node[0] if len(node) else ():
                if part.tag == n.T:
                    out.append(part.text or "")
                else:
                    self._part(part.tag, part)
        elif tag in n.DRAWN:
            self._drawing(node)
        elif tag == n.COMMENT_REFERENCE:
            self.walk.anchors.setdefault(node.get(n.ID, ""), self.walk.place)
        elif tag == n.HTML_INPUT:
            detail = f"{node.get('type')} {'checked' if node.get('checked') else 'not checked'}"
            out.append((Evidence("html-input", Says.TICKED if node.get("checked") else Says.BLANK, detail),))
        elif tag == n.RUBY:
            # what tells how to pronounce a text is no part of it (§17.3.3.25)
            for base in node.iterchildren(n.RUBY_BASE):
                self.collect(base)

    def _drawing(self, node: Element) -> None:
        walk = self.walk
        control = node.find(_CONTROL)
        if control is not None and walk.activex is not None:
            shown, unread = walk.activex(control.get(n.REL + "id", ""))
            if unread is not None:
                walk.unread.append((unread, walk.place))
            if shown is not None:
                self.out += shown
                return
        from formfill.readers._wordshapes import drawn

        found = drawn(node)
        walk.pictures += found.pictures
        if walk.tokens is not None:
            self.out += walk.tokens.meet(node, walk.place)
        self.out += found.overlays
        walk.text_boxes += [(box, walk.place) for box in found.boxes]

    def _control(self, sdt: Element) -> None:
        box, is_placeholder = self.walk.control(sdt)
        if box is not None:
            self.out += box
        elif not is_placeholder:
            for child in sdt:
                if child.tag == n.SDT_CONTENT:
                    self.collect(child)


def shown(items: list[Piece]) -> str:
    """Pieces as text for a person, one glyph per box."""
    from formfill.model.glyphs import SHOWN
    from formfill.readers._marks import weigh

    return "".join(SHOWN[weigh(item)] if isinstance(item, tuple) else item if isinstance(item, str) else "" for item in items)


def _boxes_of(deleted: Element) -> str:
    """The boxes in deleted content, as text: fields, symbols and controls hold no deleted text."""
    walk = Walk()
    out: list[Piece] = []
    _Paragraph(deleted, walk, out).collect(deleted)
    return shown(out)
