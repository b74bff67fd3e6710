"""Legacy form fields: check boxes, texts and drop-down lists (ECMA-376 Part 1 §17.16.6 to §17.16.34)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._marks import glyph_evidence, more

if TYPE_CHECKING:
    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element

_CHECKED, _DEFAULT = n.W + "checked", n.W + "default"
_CHECK_BOX, _TEXT_INPUT, _LIST = n.W + "checkBox", n.W + "textInput", n.W + "ddList"
_RESULT: Final = "result"
"""A field that holds no data of a form and has come to its result."""
_NOTHING: Final = "\u2002 \u00a0"
"""What an empty text field shows: five U+2002."""


def legacy_evidence(box: Element) -> tuple[Evidence, ...]:
    """What a legacy ``w:checkBox`` says: ``w:checked`` when present, else ``w:default`` (§17.16.8)."""
    found = {child.tag: child for child in box}
    for name, tag in (("checked", _CHECKED), ("default", _DEFAULT)):
        node = found.get(tag)
        if node is not None:
            value = node.get(n.VAL, "1")
            says = Says.TICKED if value in n.ON else Says.BLANK if value in n.OFF else Says.UNCLEAR
            return (Evidence("FORMCHECKBOX", says, f"w:{name}={value}"),)
    return (Evidence("FORMCHECKBOX", Says.BLANK, "w:checked absent, w:default absent"),)


def box_of(holder: Element) -> Element | None:
    """The ``w:checkBox`` of the ``w:ffData`` in an element; None when there is none."""
    return next((box for data in holder.iterchildren(n.FF_DATA) for box in data.iterchildren(_CHECK_BOX)), None)


class Fields:
    """The fields open at a point of a paragraph: they nest, and each may show a result (§17.16.18)."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: list[tuple[str, int, Element]] = []

    def meet(self, node: Element, out: list[Piece]) -> None:
        """A ``w:fldChar``: begins a field, starts its result, or ends it."""
        kind = node.get(n.FLD_TYPE)
        if kind == "begin":
            self._open.append((*self._begin(next((child for child in node if child.tag == n.FF_DATA), None), out), node))
        elif kind == "separate" and self._open and not self._open[-1][0]:
            self._open[-1] = (_RESULT, *self._open[-1][1:])
        elif kind == "end" and self._open:
            name, start, begin = self._open.pop()
            if name == _RESULT and len(out) > start:
                return
            if name and name != _RESULT:
                self._end(name, start, out)
            else:
                from formfill.readers._wordresults import shown_by

                shown_by(begin, node, out, start)

    @staticmethod
    def _begin(data: Element | None, out: list[Piece]) -> tuple[str, int]:
        if data is None:
            return "", len(out)
        for child in data:
            if child.tag == _CHECK_BOX:
                out.append(legacy_evidence(child))
                return "box", len(out)
            if child.tag == _TEXT_INPUT:
                return "text", len(out)
            if child.tag == _LIST:
                chosen = _chosen(child)
                if chosen is not None:
                    out.append(chosen)
                return "list", len(out)
        return "", len(out)

    @staticmethod
    def _end(kind: str, start: int, out: list[Piece]) -> None:
        if start > len(out):
            return
        shown = "".join(piece for piece in out[start:] if isinstance(piece, str))
        if kind == "text":
            if not shown.strip(_NOTHING) and shown.count("\u2002") >= 5 and len(out) > start:
                del out[start:]
        elif kind == "list":
            # Word keeps no result; a program that does repeats the chosen entry
            del out[start:]
        elif len(out) > start and (glyph := shown.strip()) in BOX_GLYPHS:
            # the glyph that the field shows is the same box, and more evidence
            field, seen = out[start - 1], glyph_evidence(glyph)
            if isinstance(field, tuple) and seen is not None:
                out[start - 1 :] = [more(field, seen)]


def _chosen(entries: Element) -> str | None:
    """The chosen entry of a ``w:ddList`` (§17.16.9): its result, else its default; Word shows the first when both are absent."""
    texts = [entry.get(n.VAL, "") for entry in entries.iterchildren(n.W + "listEntry")]
    for name in ("result", "default"):
        node = entries.find(n.W + name)
        if node is not None:
            index = n.number(node, 0)
            return texts[index] if index < len(texts) else None
    return texts[0] if texts else None
