"""What stands outside the body of a Word document: headers, footers and notes (ECMA-376 Part 1 §17.10, §17.11).

The forms of one template share their footer to the byte. Read once, the small one that holds nothing but text is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import TextBlock
from formfill.model.geometry import Place
from formfill.readers import _wordnames as n
from formfill.readers._wordfeatures import Features

if TYPE_CHECKING:
    from formfill.model.report import Finding
    from formfill.readers._package import Package
    from formfill.readers._wordparts import Parts
    from formfill.readers._wordstory import Story

_SMALL: Final = 4096
"""Most bytes of a part that is remembered."""
_MOST: Final = 64
"""Most parts that are remembered."""


class _Known(NamedTuple):
    """A part of plain text that was read."""

    features: Features
    lines: tuple[tuple[str, str], ...]
    """Each text, and its path."""


_known: dict[tuple[str, bytes], _Known] = {}


def outside(package: Package, parts: Parts, story: Story, features: Features) -> list[Finding]:
    """Reads the headers, footers and notes that the body asks for into its story; gives what could not be read.

    Args:
        package: the document.
        parts: what stands around its body.
        story: the story of the body, read already.
        features: what the body names.
    """
    unread: list[Finding] = []
    for name, part in parts.stories(features):
        if (known := _known.get((name, part))) is not None and _again(known, story):
            continue
        before = _state(package, story)
        first = len(story.text)
        root = package.parse(name, part)
        parts.note_repeated(name, root)
        if b"del " in part or b"moveFrom " in part:
            from formfill.readers._wordjoins import join

            join(root)
        if story.walk.lists is None and b"numPr" in part:
            story.walk.lists = parts.lists(Features(root))
        is_plain = story.outside(root, name.rpartition("/")[2].removesuffix(".xml"), part)
        if story.features.any(n.ALT_CHUNK):
            from formfill.readers._wordchunks import not_read

            unread.append(not_read(name))
        elif is_plain and len(part) <= _SMALL and not story.walk.asked_styles and _state(package, story) == before:
            if len(_known) >= _MOST:
                _known.clear()
            lines = tuple((block.text, block.place.path or "") for block in story.text[first:])
            _known[name, part] = _Known(story.features, lines)
    return unread


def _state(package: Package, story: Story) -> tuple[int, int, int]:
    """What changes when a part holds more than text."""
    return len(package.repaired), len(story.shelf.marks), len(story.shelf.unplaced)


def _again(known: _Known, story: Story) -> bool:
    """Gives a story what a part of the same bytes said; False where this document has lists or styles that may change it."""
    walk = story.walk
    if walk.lists is not None:
        return False
    walk.looks_of(known.features)
    if walk.looks is not None:
        return False
    story.features = known.features
    grids = len(story.grids)
    story.text += [TextBlock(text, Place(None, None, path), (), grids) for text, path in known.lines]
    return True
