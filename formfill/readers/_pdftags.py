"""What the tags of a PDF say of its text: which block of the structure tree a character belongs to (ISO 32000-1 §14.7).

The tree of a page is loaded when it is first asked, which is only where geometry leaves a doubt.
"""

from __future__ import annotations

import ctypes
from typing import Final

import pypdfium2.raw as pdfium

INLINE: Final = frozenset({"Span", "Em", "Strong", "Code", "Quote", "Link", "Sub", "Reference", "Annot", "BibEntry"})
"""Structure types that stand inside a paragraph (ISO 32000-1 §14.8.4.4)."""
DEEPEST: Final = 64
"""The tree is followed no deeper."""


class Tags:
    """The tags of one open page."""

    def __init__(self, page: object, text: object) -> None:
        self._page, self._text = page, text
        self._blocks: dict[int, int] | None = None

    def same_block(self, a: int, b: int) -> bool | None:
        """Tells whether two characters of the page are of one paragraph; None when the tags do not say."""
        content_a, content_b = self._content(a), self._content(b)
        if content_a < 0 or content_b < 0:
            return None
        if content_a == content_b:
            return True
        if self._blocks is None:
            self._blocks = blocks(self._page)
        block_a, block_b = self._blocks.get(content_a), self._blocks.get(content_b)
        return None if block_a is None or block_b is None else block_a == block_b

    def _content(self, index: int) -> int:
        item = pdfium.FPDFText_GetTextObject(self._text, index)
        return int(pdfium.FPDFPageObj_GetMarkedContentID(item)) if item else -1


def blocks(page: object) -> dict[int, int]:
    """Number of the block-level element of each marked content id of the page."""
    found: dict[int, int] = {}
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return found
    try:
        numbers = iter(range(1, 1_000_000))
        todo = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 0, 0)
            for index in range(pdfium.FPDF_StructTree_CountChildren(tree))
        ]
        while todo:
            element, block, depth = todo.pop()
            if not element or depth > DEEPEST:
                continue
            if not (block and _type(element) in INLINE):
                block = next(numbers)
            for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
                if child:
                    todo.append((child, block, depth + 1))
                elif (content := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)) >= 0:
                    found[content] = block
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


_name = ctypes.create_string_buffer(64)


def _type(element: object) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, _name, 64)
    return _name.raw[: max(size - 2, 0)].decode("utf-16-le", "replace") if size <= 64 else ""
