"""One walk through a Word document: what it knows of the rest of the package, and what it meets and must report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.geometry import NOWHERE
from formfill.readers import _wordnames as n
from formfill.readers._marks import STRUCK
from formfill.readers._symbols import CODED, font_key
from formfill.readers._wordcontrols import control_of
from formfill.readers._wordsuspects import may_be_styled
from formfill.readers._wordsymbols import Styles, decoded, own_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from formfill.model.geometry import Place
    from formfill.readers._marks import Piece
    from formfill.readers._wordfeatures import Features
    from formfill.readers._wordjudged import Doubt
    from formfill.readers._wordlists import Lists
    from formfill.readers._wordlooks import Looks
    from formfill.readers._wordnames import Element
    from formfill.readers._wordpictures import Pictures
    from formfill.readers._wordsymbols import Fonts

_UNSET: Final[Fonts] = (None, None, None)


class Walk:
    """The state of a walk."""

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

        kinds = formats.of_run(run, self.looks) if run is not None else set()
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
            return None if may_be_styled(characters) and self.styles.symbolic else characters
        if elsewhere or fonts[0] is None or fonts[1] is None or len(text.getparent()) > 2:
            # a run of several texts is decoded whole: only a few characters are boxes
            return None
        known = self._symbols.get((characters, fonts))
        if known is None:
            known = self._symbols[characters, fonts] = decoded(characters, fonts)
        return known
