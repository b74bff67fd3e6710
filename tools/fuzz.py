"""Fuzzes the Word reader: mutated documents are read, and anything but a document or a refusal stops the run.

``make fuzz`` runs it for ten minutes with atheris (libFuzzer). The input is the content of ``w:body``; it is packed with the other
parts of the encodings of ``tests/readers/encodings_docx.py``, whose documents are the seeds. Half of the mutations are those of
libFuzzer on the bytes, half know the tree: nodes are copied, moved, wrapped, emptied or removed, values exchanged.
"""

from __future__ import annotations

import copy
import random
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formfill import readers
from formfill.errors import SourceError
from formfill.model import codec
from formfill.pipeline import source_ref
from formfill.source import Source
from lxml import etree
from tests.readers.encodings_docx import ENCODINGS
from tests.readers.packages import NAMESPACES, package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MINUTES: Final = 10
LARGEST: Final = 20_000
"""Largest input, in bytes."""
_PARTS: Final[dict[str, str | bytes]] = {name: part for encoding in ENCODINGS for name, part in encoding.parts.items()}
_VALUES: Final = ("0", "1", "-1", "true", "", "99999999999", "F0FE", "F0A8", "Wingdings", "2612", "☒", "X", "é\u2002", "\uf0fe")


def seeds() -> Iterator[tuple[str, bytes]]:
    """The documents to begin with: name and content of ``w:body``."""
    for number, encoding in enumerate(ENCODINGS):
        yield f"{number:03}-ticked", encoding.ticked.encode()
        if encoding.blank is not None:
            yield f"{number:03}-blank", encoding.blank.encode()


def one_input(data: bytes) -> None:
    """Reads one document, and writes what was seen as JSON; raises when something else than a refusal happens."""
    source = Source.of(package(data.decode("utf-8", errors="replace"), _PARTS), "fuzz.docx")
    try:
        document = readers.read(source)
    except SourceError:
        return
    ids = {mark.id for mark in document.marks}
    named = [mark for grid in document.grids for row in grid.rows for cell in row for mark in cell.marks]
    named += [mark for block in document.text for mark in block.marks]
    if sorted(named) != sorted(ids):
        raise AssertionError("a mark stands nowhere, or twice")
    codec.dumps_document(document, source_ref(source, document))


def mutate(data: bytes, seed: int) -> bytes:
    """The content with a few changes of its tree; as it was when it is no XML."""
    chance = random.Random(seed)
    try:
        root = etree.fromstring(f"<w:body {NAMESPACES}>".encode() + data + b"</w:body>")
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _step in range(chance.randint(1, 4)):
        nodes = list(root.iter(etree.Element))
        with suppress(ValueError):  # a name that libFuzzer made, and that lxml does not let be written
            _change(chance.choice(nodes), chance.choice(nodes), chance)
    made = b"".join(etree.tostring(child, encoding="utf-8") for child in root)
    return made if len(made) <= LARGEST else data


def _change(node: etree._Element, other: etree._Element, chance: random.Random) -> None:
    parent = node.getparent()
    what = chance.randrange(7)
    if what == 0 and parent is not None:
        parent.remove(node)
    elif what == 1 and parent is not None:
        node.addnext(copy.deepcopy(other))
    elif what == 2:
        node.append(copy.deepcopy(other))
    elif what == 3:
        for name in node.attrib:
            if chance.random() < 0.5:
                node.set(name, chance.choice(_VALUES))
    elif what == 4:
        node.text = chance.choice(_VALUES)
    elif what == 5:
        node.tag = other.tag
    elif parent is not None:
        wrapper = etree.Element(other.tag)
        node.addprevious(wrapper)
        wrapper.append(node)


def main(arguments: Sequence[str]) -> None:
    """Runs the fuzzer; the argument is how many minutes."""
    import atheris

    def custom(data: bytes, size: int, seed: int) -> bytes:
        if seed % 2:
            return bytes(atheris.Mutate(data, size))
        return mutate(data, seed)[:size]

    minutes = float(arguments[0]) if arguments else MINUTES
    with tempfile.TemporaryDirectory() as folder:
        for name, data in seeds():
            (Path(folder) / name).write_bytes(data)
        import_module("formfill.readers.docx")
        atheris.instrument_all()
        options = [f"-max_total_time={round(minutes * 60)}", f"-max_len={LARGEST}", "-rss_limit_mb=1024", "-timeout=20", folder]
        atheris.Setup([sys.argv[0], *options], one_input, custom_mutator=custom)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
