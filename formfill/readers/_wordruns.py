"""What stands in a paragraph of a Word document: text, boxes, and what is drawn over them (ECMA-376 Part 1 §17.3).

One walk, in reading order, through every wrapper. It knows no form and binds nothing to a label.
"""

from __future__ import annotations

from string import ascii_letters
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.geometry import NOWHERE
from formfill.model.glyphs import BOX_GLYPHS, TICKS
from formfill.readers import _wordnames as n
from formfill.readers._marks import STRUCK, Emphasised, Tint, Tinted
from formfill.readers._signs import split_glyphs
from formfill.readers._symbols import CODED, font_key
from formfill.readers._wordcontrols import control_of
from formfill.readers._wordsymbols import SHORT, Styles, decoded, own_fonts, sym_piece
from formfill.readers._wordtints import emphasis

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from formfill.model.geometry import Place
    from formfill.readers._marks import Piece
    from formfill.readers._wordfeatures import Features
    from formfill.readers._wordfields import Fields
    from formfill.readers._wordjudged import Doubt
    from formfill.readers._wordlists import Lists
    from formfill.readers._wordlooks import Looks
    from formfill.readers._wordnames import Element
    from formfill.readers._wordpictures import Pictures
    from formfill.readers._wordsymbols import Fonts

_CONTROL: Final = n.W + "control"
_LOOKS: Final = frozenset((n.R_FONTS, n.VANISH, n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, n.SHD, n.BDR))
bare: Final = (CODED | BOX_GLYPHS | TICKS | frozenset(" \t\n\u00a0\u2011\u00ad")).issuperset
"""Tells whether a text is but characters that are boxes in one symbol font or another, and spaces: no word, however long."""
_BEYOND: Final = frozenset(char for char in CODED if char > "\x7f") - frozenset("–—•")
"""Characters that are seldom anything else than boxes."""
_LETTERS: Final = frozenset(ascii_letters) - CODED
"""Letters that are no box in any symbol font."""
_UNSET: Final[Fonts] = (None, None, None)


class Walk:
    """One walk through a document: what it knows of the rest of the package, and what it meets and must report."""

    def __init__(self) -> None:
        self.place: Place = NOWHERE
        """Where the walk is."""
        self.changes: list[tuple[str, str, str | None, Place]] = []
        """Pending tracked changes: ``(kind, text, author, place)``, kind ``insertion`` or ``deletion``."""
        self.hidden: list[str] = []
        """Hidden texts."""
        self.struck: dict[Place, str] = {}
        """Struck texts, by where they stand."""
        self.anchors: dict[str, Place] = {}
        """Where each comment is anchored, by its id."""
        self.text_boxes: list[tuple[Element, Place]] = []
        """Text boxes met and not yet read."""
        self.pictures = 0
        """How many pictures were met."""
        self.tokens: Pictures | None = None
        """What puts a token in the text for each picture, where somebody asks."""
        self.unread: list[tuple[str, Place]] = []
        """What was met and is not read."""
        self.lists: Lists | None = None
        """The lists whose bullet is a box; None when there are none."""
        self.emphasis = False
        """Whether struck, highlighted and shaded text is told apart."""
        self.shades = False
        """Whether some paragraph may be shaded."""
        self.formats = False
        """Whether some format may be changed by a tracked change."""
        self.formatted: dict[Place, set[str]] = {}
        """What tracked changes of format change, by where they stand."""
        self.hides = True
        """Whether some text may be hidden."""
        self.bound: Callable[[Element], str | None] | None = None
        """Gives the value of a ``w:dataBinding``."""
        self.activex: Callable[[str], tuple[list[Piece] | None, str | None]] | None = None
        """Gives what the ActiveX control of a relationship prints, and its class when what it holds is not read."""
        self.find_styles: Callable[[Features], Styles | None] | None = None
        """Gives the styles that a part of given features asks for, None when none of them sets a symbol font."""
        self.prompt_styles: Callable[[], Collection[str]] = frozenset
        """Gives the identifiers of the styles of placeholders."""
        self.building_block: Callable[[str], str | None] = lambda _name: None
        """Gives the text of a building block, by its name."""
        self.doubts: list[tuple[Doubt, Place]] = []
        """Controls of which the file says two things."""
        self.find_looks: Callable[[Features], Looks | None] | None = None
        """Gives the styles that set text apart, None when a part of given features asks for none."""
        self.looks: Looks | None = None
        """The styles that set text apart, when the part may ask for one."""
        self._features: Features | None = None
        self._styles: Styles | None = None
        self._symbols: dict[tuple[str, Fonts], list[Piece]] = {}
        self._letters: set[Fonts] = set()

    def looks_of(self, features: Features) -> None:
        """Notes which looks of text a part names, before it is read."""
        self._features, self._styles = features, None
        self.looks = self.find_looks(features) if self.find_looks is not None else None
        self.emphasis = self.looks is not None or features.any(n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, n.SHD, n.BDR)
        self.shades = features.any(n.SHD)
        self.hides = features.any(n.VANISH)
        self.formats = features.any(n.R_PR_CHANGE, n.P_PR_CHANGE, n.NUMBERING_CHANGE, n.INS)

    @property
    def styles(self) -> Styles:
        """The styles that the part asks for; read when a first run may print in a symbol font."""
        if self._styles is None:
            found = self.find_styles(self._features) if self.find_styles is not None and self._features is not None else None
            self._styles = found or Styles(None)
        return self._styles

    @property
    def asked_styles(self) -> bool:
        """Whether what was read of the part hangs on the styles of the document."""
        return self._styles is not None

    def control(self, sdt: Element, shown: Element | None = None) -> tuple[list[Piece] | None, bool]:
        """What a content control is (:func:`~formfill.readers._wordcontrols.control_of`), struck by its styles if they say so."""
        box, is_placeholder, doubtful = control_of(sdt, self.bound, shown)
        if self.formats and box is not None:
            for run in sdt.iter(n.R):
                self.format_changed(run.find(n.R_PR))
        if doubtful:
            is_placeholder = self._judged(sdt, is_placeholder=is_placeholder)
        if box is not None and self.looks is not None and self.looks.strike(sdt if shown is None else shown):
            box = [(*piece, STRUCK) if isinstance(piece, tuple) and STRUCK not in piece else piece for piece in box]
        return box, is_placeholder

    def format_changed(self, run: Element | None = None, paragraph: Element | None = None) -> None:
        """Notes what tracked changes of the properties of a run, or of a paragraph, change of what makes a mark."""
        from formfill.readers import _wordformats as formats

        kinds = formats.of_run(run) if run is not None else set()
        if paragraph is not None:
            kinds |= formats.of_paragraph(paragraph, self.lists)
        if kinds:
            self.formatted.setdefault(self.place, set()).update(kinds)

    def _judged(self, sdt: Element, *, is_placeholder: bool) -> bool:
        """Whether a control holds but its placeholder; notes where the file says two things of it."""
        from formfill.readers import _wordjudged as judged

        content = sdt.find(n.SDT_CONTENT)
        if is_placeholder and judged.is_filled(sdt, self.prompt_styles, self.building_block):
            is_placeholder = False
            self.doubts.append((judged.Doubt("placeholder-filled", judged.text_of(content), ""), self.place))
        binding = next((node for node in sdt.find(n.SDT_PR) if node.tag in n.BINDINGS), None)
        value = self.bound(binding) if binding is not None and self.bound is not None else None
        shown = judged.differing(sdt, value, is_placeholder=is_placeholder) if value is not None else None
        if value is not None and shown is not None:
            self.doubts.append((judged.Doubt("bound-text-differs", shown, value), self.place))
        return is_placeholder

    def printed(self, text: Element, characters: str) -> str | list[Piece] | None:
        """What a ``w:t`` of a few characters prints.

        Returns:
            The characters themselves, the boxes that they are in the symbol font of their run, None when its style may tell.
        """
        if CODED.isdisjoint(characters):
            return characters
        fonts, elsewhere = _UNSET, False
        for node in text.getparent():
            if node.tag == n.R_PR:
                fonts, elsewhere = own_fonts(node)
            break
        if fonts in self._letters or not any(map(font_key, fonts)):
            self._letters.add(fonts)
            return None if _may_be_styled(characters) and self.styles.symbolic else characters
        if elsewhere or fonts[0] is None or fonts[1] is None or len(text.getparent()) > 2:
            # a run of several texts is decoded whole: only a few characters are boxes
            return None
        known = self._symbols.get((characters, fonts))
        if known is None:
            known = self._symbols[characters, fonts] = decoded(characters, fonts)
        return known


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
        if len(out) > start and (self._looks or _may_be_symbols(out, start)):
            self._look(run, properties, start)

    def _look(self, run: Element, properties: Element | None, start: int) -> None:
        """What the properties of a run say of its text: hidden, set apart, printed in a symbol font (§17.3.2)."""
        walk, out = self.walk, self.out
        tint: Tint | None = None
        short = _may_be_symbols(out, start)
        own = short and _may_be_styled(plain(out[start:])) and walk.styles.symbolic
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


def _may_be_styled(characters: str) -> bool:
    """Tells whether a few characters, one coded at least, may be boxes in the symbol font of a style: costly to look for.

    ASCII letters are worth a look when they are all boxes and no two that differ stand beside each other: others are a word, and so
    is a sign beyond them that other letters stand beside.
    """
    if not _BEYOND.isdisjoint(characters) and any(
        not _BEYOND.isdisjoint(word) and _LETTERS.isdisjoint(word) for word in characters.split()
    ):
        return True
    return bare(characters) and all(len(CODED.intersection(word)) < 2 for word in characters.split())


def _may_be_symbols(out: list[Piece], start: int) -> bool:
    """Tells whether a run holds so few characters, or none but such, that a symbol font may print them as boxes."""
    length, coded = 0, False
    for piece in out[start:]:
        if isinstance(piece, str):
            length += len(piece)
            if length > SHORT and not bare(piece):
                return False
            coded = coded or not CODED.isdisjoint(piece)
    return coded and (length <= SHORT or bare(plain(out[start:])))


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
