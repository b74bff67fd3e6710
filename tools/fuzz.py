"""Fuzzes the readers: mutated documents are read, and anything but a document or a refusal stops the run.

``make fuzz`` runs it for ten minutes with atheris (libFuzzer), over the Word, Excel, OpenDocument and PDF readers at once. The
seeds are committed in ``tests/readers/seeds``: one file for each family of encodings, format and state, and what once failed. Half
of the mutations are those of libFuzzer on the bytes, half know the tree of the XML: nodes are copied, moved, wrapped, emptied or
removed, values exchanged.

An input is a text: the parts of a package, each after a line ``=== name ===``; or ``=== pdf ===`` and the operators of a page. ::

    python -m tools.fuzz 10         runs for ten minutes
    python -m tools.fuzz --seeds    writes the seeds again from the encodings
"""

from __future__ import annotations

import copy
import io
import random
import re
import sys
import tempfile
import zipfile
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
from tests.readers import pdf_cases, pdfbytes
from tests.readers.zoo import cases

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTES: Final = 10
SEEDS: Final = Path(__file__).parents[1] / "tests" / "readers" / "seeds"
LARGEST: Final = 20_000
"""Largest input, in bytes."""
READERS: Final = ("docx", "xlsx", "odf", "_odfsheet", "pdf")
PDF: Final = "pdf"
_PART: Final = re.compile(rb"(?:^|\n)=== ([!-~]{1,80}) ===\n")
_KEPT_OUT: Final = ("[Content_Types].xml", "mimetype")
"""Parts that no seed needs to hold: they are put back."""
_VALUES: Final = (
    "0",
    "1",
    "-1",
    "true",
    "",
    "99999999999",
    "F0FE",
    "F0A8",
    "Wingdings",
    "2612",
    "☒",
    "X",
    "é\u2002",
    "\uf0fe",
    "A1:C9",
)


# ------------------------------------------------------------------------------------------------------- inputs and packages


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an input, by name; bytes before the first are left out."""
    pieces = _PART.split(data)
    return {name.decode("utf-8", "replace"): part for name, part in zip(pieces[1::2], pieces[2::2], strict=True)}


def joined(parts: dict[str, bytes]) -> bytes:
    """An input of these parts."""
    return b"\n".join(f"=== {name} ===\n".encode() + part for name, part in parts.items())


def packed(parts: dict[str, bytes]) -> bytes:
    """The file that an input stands for."""
    if PDF in parts:
        return pdfbytes.pdf(pdfbytes.Page([parts[PDF].decode("latin-1")]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if "content.xml" in parts:
            kind = "spreadsheet" if b"office:spreadsheet" in parts["content.xml"] else "text"
            archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        else:
            archive.writestr("[Content_Types].xml", "<Types/>")
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def made_seeds() -> dict[str, bytes]:
    """The seeds that the encodings make: name and input, the first of each family, format and state, and pages of PDF."""
    found: dict[str, bytes] = {}
    families: list[str] = []
    for case in cases():
        if case.family not in families:
            families.append(case.family)
        name = f"{families.index(case.family):02}-{case.format.lower()}-{case.state}"
        if name in found or case.data[:2] != b"PK":
            continue
        with zipfile.ZipFile(io.BytesIO(case.data)) as archive:
            parts = {member: archive.read(member) for member in archive.namelist() if member not in _KEPT_OUT}
        found[name] = joined(parts)
    for page in pdf_cases.cases():
        name = f"pdf-{page.name.split()[0].strip(',')}-{page.state}"
        if name not in found and not page.objects and not page.page.annots:
            found[name] = joined({PDF: "\n".join(page.page.content).encode("latin-1")})
    ruled = pdfbytes.table([50, 150, 300], [700, 680, 660])
    label = pdfbytes.text(60, 685, "Seul(e)")
    found["pdf-glyph"] = joined({PDF: "\n".join([*ruled, label, pdfbytes.text(160, 685, "☒", font="F2")]).encode()})
    crossed = [pdfbytes.stroke(160, 690, 169, 681), pdfbytes.stroke(160, 681, 169, 690)]
    found["pdf-drawn"] = joined({PDF: "\n".join([*ruled, label, "160 681 9 9 re S", *crossed]).encode()})
    found["pdf-filled"] = joined({PDF: "\n".join([*pdfbytes.table_by_cell([50, 150, 300], [700, 680]), label]).encode()})
    return found


def seeds() -> dict[str, bytes]:
    """The committed seeds, by name."""
    return {path.name: path.read_bytes() for path in sorted(SEEDS.iterdir())}


def one_input(data: bytes) -> None:
    """Reads one document, and writes what was seen as JSON; raises when something else than a refusal happens."""
    try:
        source = Source.of(packed(parts_of(data)), "fuzz")
        document = readers.read(source)
    except SourceError:
        return
    ids = {mark.id for mark in document.marks}
    named = [mark for grid in document.grids for row in grid.rows for cell in row for mark in cell.marks]
    named += [mark for block in document.text for mark in block.marks]
    if sorted(named) != sorted(ids):
        raise AssertionError("a mark stands nowhere, or twice")
    codec.dumps_document(document, source_ref(source, document))


# ------------------------------------------------------------------------------------------------------------- mutations


def mutate(data: bytes, seed: int) -> bytes:
    """The input with a few changes in the tree of one of its parts; as it was when that part is no XML."""
    chance = random.Random(seed)
    parts = parts_of(data)
    names = [name for name in parts if name != PDF]
    if not names:
        return data
    name = chance.choice(names)
    try:
        root = etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _step in range(chance.randint(1, 4)):
        nodes = list(root.iter(etree.Element))
        with suppress(ValueError):  # a name that libFuzzer made, and that lxml does not let be written
            _change(chance.choice(nodes), chance.choice(nodes), chance)
    made = joined({**parts, name: etree.tostring(root, encoding="utf-8")})
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


def write_seeds() -> None:
    """Writes the seeds that the encodings make; those that were added by hand stay."""
    SEEDS.mkdir(exist_ok=True)
    for name, data in made_seeds().items():
        (SEEDS / name).write_bytes(data)


def main(arguments: Sequence[str]) -> None:
    """Runs the fuzzer; the argument is how many minutes, or ``--seeds``."""
    if arguments == ["--seeds"]:
        write_seeds()
        return
    import atheris

    def custom(data: bytes, size: int, seed: int) -> bytes:
        if seed % 2:
            return bytes(atheris.Mutate(data, size))
        return mutate(data, seed)[:size]

    minutes = float(arguments[0]) if arguments else MINUTES
    for name in READERS:
        import_module(f"formfill.readers.{name}")
    atheris.instrument_all()
    # what it finds interesting goes to a folder that is thrown away; what it fails on stays in the current one
    with tempfile.TemporaryDirectory() as folder:
        limits = [f"-max_total_time={round(minutes * 60)}", f"-max_len={LARGEST}", "-rss_limit_mb=2048", "-timeout=20"]
        atheris.Setup([sys.argv[0], *limits, folder, str(SEEDS)], one_input, custom_mutator=custom)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
