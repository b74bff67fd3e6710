"""A clean form beside its official blank, both printed by LibreOffice: the same pages, words and boxes, in their places."""

from __future__ import annotations

import shutil
import statistics
import subprocess
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import formfill
import pdfplumber
import pytest
from formfill import catalogue
from formfill.model.document import MarkState
from formfill.model.glyphs import BOX_GLYPHS
from tests.form_records import made
from tools.make_templates import BLANKS, SHEETS, SOURCES

if TYPE_CHECKING:
    from pathlib import Path

SOFFICE: Final = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: see APT_PACKAGES in the Makefile")
# the last edition of each: the others have the same page under another title
NEWEST: Final = {form: list(editions.items())[-1] for form, (_tag, editions) in SOURCES.items()}
BLANK: Final = {form: (edition, BLANKS / name) for form, (edition, (name, _reprinted)) in NEWEST.items()} | {
    "bts-sio-tableau-synthese": (list(SHEETS)[-1], BLANKS / list(SHEETS.values())[-1])
}
SIGNS: Final = BOX_GLYPHS | frozenset("\uf0a8\uf0a1\uf035.…")
"""Boxes of both, in the fonts of the blanks too, and the dots that one writes on: what is written takes their place."""
NEAR: Final = 8.0
"""Points by which a box may stand elsewhere: those of the blanks are pictures, ours are signs of a font."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the blanks and our forms of empty records, as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("beside")
    for own in ("blank", "ours"):
        (folder / own).mkdir()
    for name, (edition, blank) in BLANK.items():
        form = catalogue.form(name)
        record = made(form, edition, lambda _field: None, lambda _field, _option: MarkState.BLANK)
        to = blank.suffix[1:]
        (folder / "ours" / f"{name}.{to}").write_bytes(formfill.render(record, to))
        shutil.copy(blank, folder / "blank" / f"{name}.{to}")
    for own in ("blank", "ours"):
        files = [str(path) for path in sorted((folder / own).iterdir())]
        command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, str(folder / own), *files], check=True, capture_output=True, timeout=300)
    return folder


def words(path: Path) -> tuple[int, list[tuple[str, int, float, float]]]:
    """The pages of a PDF, and its words with their page and place; boxes and dots left out."""
    with pdfplumber.open(path) as document:
        found = [
            (text, number, word["x0"], word["top"])
            for number, page in enumerate(document.pages)
            for word in page.extract_words()
            if (text := "".join(char for char in word["text"] if char not in SIGNS))
        ]
        return len(document.pages), found


@pytest.mark.parametrize("form", BLANK)
def test_it_looks_like_its_blank(form: str, printed: Path) -> None:
    pages, wanted = words(printed / "blank" / f"{form}.pdf")
    own_pages, got = words(printed / "ours" / f"{form}.pdf")
    assert own_pages == pages
    same = SequenceMatcher(None, [word[0] for word in wanted], [word[0] for word in got], autojunk=False)
    pairs = [(wanted[i + n], got[k + n]) for i, k, size in same.get_matching_blocks() for n in range(size)]
    # the year that a blank prints is the record's to say; a heading may be repeated on the next page
    assert len(pairs) >= 0.97 * len(wanted)
    moved = sorted(max(abs(a[2] - b[2]), abs(a[3] - b[3])) if a[1] == b[1] else 1000.0 for a, b in pairs)
    assert statistics.median(moved) <= 2
    assert moved[9 * len(moved) // 10] <= NEAR


@pytest.mark.parametrize("form", BLANK)
def test_its_boxes_stand_where_those_of_the_blank_do(form: str, printed: Path) -> None:
    blank, ours = (formfill.inspect(printed / own / f"{form}.pdf").marks for own in ("blank", "ours"))
    if len(ours) > len(blank):
        # the levels of a grid: the blank prints them in a symbol font that is not embedded
        blank, ours = blank, tuple(mark for mark in ours if mark.label in {own.label for own in blank})
    assert [mark.label for mark in ours] == [mark.label for mark in blank]
    for theirs, own in zip(blank, ours, strict=True):
        assert theirs.place.box is not None
        assert own.place.box is not None
        assert theirs.place.page == own.place.page
        assert max(abs(theirs.place.box.x0 - own.place.box.x0), abs(theirs.place.box.top - own.place.box.top)) <= NEAR, own
