"""Paragraphs whose mark is a tracked deletion (ECMA-376 Part 1 §17.13.5.15): accepted, they are one with the next paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from formfill.readers import _wordnames as n

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_BETWEEN: Final = frozenset(n.W + name for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"))


def join(story: Element) -> None:
    """Moves the content of such paragraphs to the front of the next; where there is none, the paragraph stays as it is.

    The paragraph mark that stays is the last one, whose properties count (its list, its style). A deletion of a line end is left at
    the seam, to be reported like any other.
    """
    for paragraph in list(story.iter(n.P)):
        properties = next(paragraph.iterchildren(n.P_PR), None)
        mark = properties.find(n.R_PR) if properties is not None else None
        gone = next(iter(mark.iterchildren(n.DEL, n.MOVE_FROM)), None) if mark is not None else None
        if gone is None:
            continue
        following = paragraph.getnext()
        while following is not None and following.tag in _BETWEEN:
            following = following.getnext()
        if following is None or following.tag != n.P:
            continue
        seam = etree.Element(gone.tag, dict(gone.attrib))
        etree.SubElement(etree.SubElement(seam, n.R), n.DEL_TEXT).text = "\n"
        at = 1 if len(following) and following[0].tag == n.P_PR else 0
        following[at:at] = [*(child for child in paragraph if child.tag != n.P_PR), seam]
        parent = paragraph.getparent()
        if parent is not None:
            parent.remove(paragraph)
