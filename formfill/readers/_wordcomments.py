"""The comments of a Word document and their threads (ECMA-376 Part 1 §17.13.4; ``w15:commentEx`` is [MS-DOCX] §2.5.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Annotation, AnnotationKind
from formfill.model.geometry import Place
from formfill.readers import _wordnames as n
from formfill.readers._wordruns import pieces, plain
from formfill.readers._wordwalk import Walk

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element


def threaded(root: Element, extended: Element | None, anchors: dict[str, Place], before: int) -> list[Annotation]:
    """The comments, each where it is anchored, the replies after the comment that their thread begins with.

    Args:
        root: the part that holds them.
        extended: the part that holds their threads, when there is one.
        anchors: where each comment is anchored, by its id.
        before: how many annotations of the document come before them.
    """
    threads = {node.get(n.W15 + "paraId", ""): node for node in extended.iter(n.W15 + "commentEx")} if extended is not None else {}
    notes: list[Annotation] = []
    last: list[str] = []
    """The last paragraph of each comment: threads know it by that."""
    for comment in root.iter(n.W + "comment"):
        paragraphs = list(comment.iter(n.P))
        number = comment.get(n.ID, "")
        text = "\n".join(plain(pieces(paragraph, Walk())) for paragraph in paragraphs)
        place = anchors.get(number) or Place(path=f"comment[{number}]")
        last.append(paragraphs[-1].get(n.W14 + "paraId", "") if paragraphs else "")
        notes.append(Annotation(AnnotationKind.WORD_COMMENT, text, comment.get(n.AUTHOR), place))
    by_paragraph: dict[str, int] = {}
    for index, name in enumerate(last):
        if name:
            by_paragraph.setdefault(name, index)
    parents: dict[int, int] = {}
    done: set[int] = set()
    for index, name in enumerate(last):
        node = threads.get(name) if name else None
        if node is None:
            continue
        if node.get(n.W15 + "done") in n.ON:
            done.add(index)
        parent = by_paragraph.get(node.get(n.W15 + "paraIdParent", ""))
        if parent is not None and parent != index:
            parents[index] = parent
    replies: dict[int, list[int]] = {}
    roots: dict[int, int] = {}
    for index in range(len(notes)):
        roots[index] = _root(index, parents)
        if roots[index] != index:
            replies.setdefault(roots[index], []).append(index)
    order = [each for index in range(len(notes)) if roots[index] == index for each in (index, *replies.get(index, ()))]
    at = {index: before + position for position, index in enumerate(order)}
    return [
        notes[index]._replace(
            answers=at[parents[index]] if roots[index] != index else None, resolved=index in done or roots[index] in done
        )
        for index in order
    ]


def _root(index: int, parents: dict[int, int]) -> int:
    """The comment that a thread begins with; the comment itself when the file has it answer itself in a ring."""
    seen = {index}
    at = index
    while at in parents:
        at = parents[at]
        if at in seen:
            return index
        seen.add(at)
    return at
