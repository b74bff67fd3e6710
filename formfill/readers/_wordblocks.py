"""The blocks of a Word story: its paragraphs and tables, the rows of a table, the cells of a row (ECMA-376 Part 1 §17.2, §17.4).

Content controls, custom XML and smart tags are walked through wherever they stand; of ``mc:AlternateContent`` only the first
branch is read. What stands inside a paragraph is read by ``_wordruns.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.readers import _wordnames as n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.readers._wordnames import Element

_BLOCKS: Final = frozenset((n.P, n.TBL))


def blocks(story: Element, is_placeholder: Callable[[Element], bool]) -> Iterator[Element]:
    """The paragraphs and tables of a story in order, through every wrapper; a block control is given as it is when it is a box.

    Args:
        story: what holds them.
        is_placeholder: tells that nobody wrote what a content control holds.
    """
    for child in story:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == n.SDT:
            if child.find(f"{n.SDT_PR}/{n.W14}checkbox") is not None:
                yield child
            else:
                content = child.find(n.SDT_CONTENT)
                if content is not None and not is_placeholder(child):
                    yield from blocks(content, is_placeholder)
        elif tag in n.WRAPPERS:
            yield from blocks(child, is_placeholder)
        elif tag == n.ALTERNATE and len(child):
            yield from blocks(child[0], is_placeholder)


def rows(parent: Element) -> Iterator[tuple[Element, Element | None]]:
    """The rows of a table, each with the check box control that stands around it, if any."""
    for child in parent:
        tag = child.tag
        if tag == n.TR:
            yield child, None
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                boxed = child.find(f"{n.SDT_PR}/{n.W14}checkbox") is not None
                for row, control in rows(content):
                    yield row, child if boxed else control
        elif tag in n.WRAPPERS:
            yield from rows(child)
        elif tag == n.ALTERNATE and len(child):
            yield from rows(child[0])


def cells(row: Element, control: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """The cells of a row, each with the content control that stands around it, if any."""
    for child in row:
        tag = child.tag
        if tag == n.TC:
            yield child, control
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from cells(content, child if control is None else _telling(control, child))
        elif tag in n.WRAPPERS:
            yield from cells(child, control)
        elif tag == n.ALTERNATE and len(child):
            yield from cells(child[0], control)


def _telling(outer: Element, inner: Element) -> Element:
    """Of two controls around a cell, the one that tells what it is: a box, else a placeholder."""
    both = (inner, outer)
    telling = (control for tag in (n.CHECKBOX, n.PLACEHOLDER) for control in both if control.find(f"{n.SDT_PR}/{tag}") is not None)
    return next(telling, inner)


def properties(parent: Element, tag: str) -> Element | None:
    """The property element of a row or a cell: among its first children (§17.4)."""
    for child in parent:
        if child.tag == tag:
            return child
        if child.tag in (n.TC, n.P):
            return None
    return None
