"""People open our PDFs in their browser: pdf.js (Firefox) and Chromium's own reader show each box as the record has it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import formfill
import pytest
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from tests.browsers import CHROMIUM, PDF_JS, SCALE, SCREEN, Browser
from tests.samples import record as read_sample
from tests.samples import samples
from tests.writers.test_forms import EDITIONS, filled
from tests.writers.test_viewers import BOXED, HINT, ink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from formfill.model.record import Record
    from PIL.Image import Image

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=f"Chromium {HINT} chromium")


def given() -> dict[str, Record]:
    """A record of each form, in its last edition, and one of each sample."""
    made = {form.id: filled(form, edition) for form, edition in EDITIONS}
    read = {f"{sample.path.parent.parent.name}-{sample.case}": read_sample(sample) for sample in samples()}
    return made | {name: record for name, record in read.items() if record.form is not None}


RECORDS = given()
CELL = 20
"""Points of the width of a mark that is a cell rather than a box."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


def assert_seen(data: bytes, pages: list[Image], scale: float) -> Counter[MarkState]:
    """The middle of each box that stands on these pages is as dark as its state asks; how many there are of each."""
    marks = [mark for mark in formfill.inspect(data).marks if mark.place.page is not None and mark.place.page <= len(pages)]
    least = {MarkState.TICKED: 0.12, MarkState.UNCERTAIN: 0.05}
    for mark in marks:
        dark = ink(pages[(mark.place.page or 1) - 1], mark, scale)
        assert mark.place.box is not None
        # a cross is small in the cell of a table
        wanted = 0.01 if mark.place.box.width > CELL else least.get(mark.state, 0.05)
        assert dark < wanted if mark.state is MarkState.BLANK else dark > wanted, mark
    return Counter(mark.state for mark in marks)


@pytest.mark.skipif(not PDF_JS.is_dir(), reason=f"pdf.js {HINT} libjs-pdf")
@pytest.mark.parametrize("name", RECORDS)
def test_pdf_js_shows_what_is_ticked(name: str, browser: Browser) -> None:
    record = RECORDS[name]
    data = formfill.render(record, "pdf")
    pages = browser.pdf_js(data)
    table = any(box.row is not None for box in record.boxes)
    # in a table a blank is an empty cell, a tick is a letter
    wanted = Counter(box.state for box in record.boxes if box.row is None or box.state is not MarkState.BLANK)
    seen = assert_seen(data, [page.picture for page in pages], SCALE)
    texts = [text for page in pages for text in page.text]
    signs = Counter({state: "".join(texts).count(sign) for state, sign in SHOWN.items()})
    signs[MarkState.TICKED] += sum(text.strip() == "X" for text in texts) if table else 0
    # a remark may quote a box; a tick in a row without a title is no mark of its own
    assert signs == wanted or (record.comments and signs > wanted)
    assert seen == wanted or (record.comments and seen > wanted) or (table and seen < wanted)


def test_chromium_shows_what_is_ticked(browser: Browser, tmp_path: Path) -> None:
    for form, edition in BOXED[::3]:
        path = tmp_path / f"{form.id}.pdf"
        path.write_bytes(data := formfill.render(filled(form, edition), "pdf"))
        assert assert_seen(data, [browser.first_page(path)], SCREEN)[MarkState.TICKED]
