"""What a part of a Word document names: the extra work that its paragraphs and cells ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.readers import _wordnames as n

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_W = n.W
CELL_CHANGES: Final = frozenset((_W + "cellIns", _W + "cellDel"))
CAREFUL: Final = frozenset(
    (
        *(n.TBL, n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO, *CELL_CHANGES, n.HIDDEN),
        *(n.VANISH, n.STRIKE, n.DSTRIKE, n.HIGHLIGHT, *n.DRAWN, n.ALTERNATE, n.COMMENT_START, n.COMMENT_REFERENCE, *n.MATHS),
        *(n.RUBY, n.FLD_SIMPLE, n.R_PR_CHANGE, n.P_PR_CHANGE, n.NUMBERING_CHANGE, n.HTML_INPUT, n.BDR),
    )
)
"""Elements that a cell cannot hold and still be read at a glance."""
_INLINE: Final = frozenset(
    (
        *(*n.CHARS, n.FLD_CHAR, n.SYM, n.SDT, n.SHD, n.TL2BR, n.TR2BL, n.GRID_SPAN, n.V_MERGE, n.GRID_BEFORE),
        *(n.TC_PR_CHANGE, n.TR_PR_CHANGE),
    )
)
"""Elements that a cell read at a glance may hold, and that are looked at when they are there."""
_OTHERS: Final = frozenset(
    _W + name for name in ("rStyle", "altChunk", "headerReference", "footerReference", "footnoteReference", "endnoteReference")
)
"""Elements that ask for other parts of the package."""
_SIMPLE: Final = _OTHERS | {n.FLD_SIMPLE}
"""Elements that a story of plain paragraphs may hold."""


_TAGS: Final = frozenset((n.TBL_HEADER, *CAREFUL, *_INLINE, *_OTHERS))
_SHORT: Final = 4096
"""Bytes of a part that is sooner looked through for names than the names are made ready."""
_ONE_BYTE: Final = re.compile(rb"<[^\x00]").match
"""Tells that the names of a part stand in it as they are: in UTF-16 two bytes make a character, with a mark before it or not."""
_LOCAL_NAMES: Final = re.compile(rb"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)").findall
_BY_NAME: Final = {name: {tag for tag in _TAGS if tag.rpartition("}")[2] == name} for name in (t.rpartition("}")[2] for t in _TAGS)}


def _named(part: bytes) -> set[str]:
    """Which of the tags a part in UTF-8 may name, by their local names."""
    return {tag for name in set(_LOCAL_NAMES(part)) for tag in _BY_NAME.get(name.decode("utf-8", "replace"), ())}


class Features:
    """What a part names. One pass over its elements, in which lxml shows only those that matter."""

    __slots__ = ("_found", "_root", "glanced", "named")

    def __init__(self, root: Element, part: bytes | None = None) -> None:
        """Looks through a part.

        Args:
            root: its root element.
            part: its bytes, where it is so short that they are sooner looked through than all names are made ready.
        """
        self._root = root
        self._found: dict[str, bool] = {}
        tags = _TAGS if part is None or len(part) > _SHORT or not _ONE_BYTE(part) else _named(part)
        self.named = {node.tag for node in root.iter(*tags)} if tags else set()
        """Which of the elements that ask for care the part names."""
        glanced = self.named - _OTHERS
        self.glanced = (n.T, n.P, n.TC, n.TR, *glanced)
        """Tags that a table is read at a glance by."""

    def glance_at_lists(self) -> None:
        """Has paragraphs that may have a bullet walked with care: it may be a box."""
        self.glanced += (n.NUM_PR, n.P_STYLE)

    def any(self, *tags: str) -> bool:
        """Tells whether the part names one of these elements."""
        return not self.named.isdisjoint(tags)

    def has(self, tag: str) -> bool:
        """Tells whether an element stands in the part; for those that most paragraphs have."""
        if tag not in self._found:
            self._found[tag] = next(self._root.iter(tag), None) is not None
        return self._found[tag]

    @property
    def styled(self) -> bool:
        """Some paragraph or run asks for a style."""
        return self.any(n.R_STYLE) or self.has(n.P_STYLE)

    @property
    def styles(self) -> set[str]:
        """The identifiers of the styles of paragraphs and runs that the part asks for."""
        return {node.get(n.VAL, "") for node in self._root.iter(n.P_STYLE, n.R_STYLE)}

    @property
    def plain(self) -> bool:
        """The part holds nothing but paragraphs of text, and simple fields."""
        return self.named <= _SIMPLE

    @property
    def fills(self) -> bool:
        """Cells may be filled, or crossed by diagonals."""
        return self.any(n.SHD, n.TL2BR, n.TR2BL)
