"""The forms that may be recognised, looked up by the first words of what they print: an inverted index of their anchors.

A document is compared only with the forms whose words it shows; the others are not even loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from formfill.model.form import Form


class Shelf(NamedTuple):
    """Forms by the heads of their printed texts."""

    ids: tuple[str, ...]
    heads: Mapping[str, tuple[int, ...]]
    """Ranks of the forms that print a text beginning with these words (:func:`head`)."""
    load: Callable[[str], Form]

    def all(self) -> tuple[Form, ...]:
        """Every form."""
        return tuple(map(self.load, self.ids))

    def alike(self, heads: Iterable[str]) -> tuple[Form, ...]:
        """The forms that print something that begins with one of the heads, in their order."""
        ranks = {rank for text in heads for rank in self.heads.get(text, ())}
        return tuple(self.load(self.ids[rank]) for rank in sorted(ranks))


def head(text: str) -> str:
    """The first two words of a text that is already normalised."""
    return " ".join(text.split(" ", 2)[:2])


def heads_of(forms: Sequence[Form]) -> dict[str, tuple[int, ...]]:
    """The heads of everything by which forms are recognised, each with the ranks of its forms."""
    found: dict[str, list[int]] = {}
    for rank, form in enumerate(forms):
        texts = [text for anchor in form.recognition.anchors for text in (anchor.text, *anchor.variants)]
        texts += [text for row in (form.grid.rows if form.grid else ()) for text in (row.title, row.label, *row.variants)]
        for text in texts:
            ranks = found.setdefault(head(normalise(text)), [])
            if rank not in ranks:
                ranks.append(rank)
    return {text: tuple(ranks) for text, ranks in sorted(found.items())}
