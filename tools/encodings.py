"""Makes the README's table of the encodings of a box against what is read, from the tests' own files run through the readers.

::

    python -m tools.encodings --into README.md     writes it between <!-- encodings --> and <!-- /encodings -->
    python -m tools.encodings --files FOLDER       writes each page that shows a box in a PDF as a file, ticked and blank
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.readers import pdf_cases
from tests.readers.zoo import FAMILIES, FORMATS, STATES, cases
from tools.marked import put_into

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.readers.zoo import Case

NAME: Final = "encodings"


def table(all_cases: Iterable[Case]) -> str:
    """The table in Markdown: for each family and format the states read as expected, how many ways, and whatever is misread."""
    states: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    ways: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    misread: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for case in all_cases:
        at = (case.family, case.format)
        ways[at].add(case.name)
        if case.read_well:
            states[at].add(case.state)
        else:
            misread[at].append(f"{case.name} ({case.state})")
    lines = [f"| A box as | {' | '.join(FORMATS)} |", "| --- " * (len(FORMATS) + 1) + "|"]
    for family in FAMILIES:
        row = []
        for format in FORMATS:
            at = (family, format)
            said = ", ".join(state for state in STATES if state in states[at])
            if misread[at]:
                said += f"; **not** {', '.join(misread[at])}"
            row.append(f"{said} · {len(ways[at])}" if ways[at] else "–")
        lines.append(f"| {family} | {' | '.join(row)} |")
    return "\n".join(lines)


def write_files(folder: Path) -> None:
    """Writes the PDF of each encoding and state."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in pdf_cases.cases():
        name = re.sub(r"\W+", "-", f"{one.name} {one.state}".casefold()).strip("-")
        (folder / f"{name}.pdf").write_bytes(one.data)


def main() -> None:
    """Prints the table, and writes it where it is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, metavar="FILE", help="replace the block between the two comments")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="write the PDF of each encoding and state")
    wanted = parser.parse_args()
    if wanted.files:
        write_files(wanted.files)
        return
    text = table(cases())
    print(text)
    if wanted.into:
        put_into(wanted.into, NAME, text)


if __name__ == "__main__":
    main()
