"""Rows of the bench for scans: a page told, its ticks and its fields, by resolution, beside Tesseract on the whole page.

The page is an official blank, filled in by an invented hand and scanned as a good office scanner does (see ``tools/scans``).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.scan import PagePicture

PAGE: Final = "bts-sio-fiche-sisr--VII-1--1"
RUNS: Final = 7
DPIS: Final = (100, 150, 200, 300)
PAGES: Final = 12
"""Pages that a worker reads before its memory is looked at."""
TYPED: Final = (
    (130, 158, "MARTIN Chloé"),
    (475, 158, "02345678901"),
    (55, 215, "SARL Les Tilleuls"),
    (300, 215, "du 05/01/2026 au 13/02/2026"),
    (55, 260, "Mise en place d’un pare-feu"),
)
"""Five fields: x and y in points, text."""
TICKS_MS: Final = 150
FIELDS_MS: Final = 60
MEMORY: Final = 300


class Took(NamedTuple):
    """CPU seconds of one page."""

    told: float
    """Which page it is, its lines, its boxes and their ink."""
    fields: float
    """What is written on it."""
    tesseract: float
    """Tesseract on the whole page."""


def scanned(dpi: int) -> PagePicture:
    """The page at some resolution, two degrees askew, with a little noise."""
    import cv2
    import numpy as np
    from formfill.resources import FONTS
    from formfill.scan import _blanks, page
    from PIL import Image, ImageDraw, ImageFont
    from tools.scans.hands import Hand, Style, mark
    from tools.scans.pages import DPI, SCALE
    from tools.scans.worn import MODERATE, SEVERITIES, worn

    rng = np.random.default_rng(8)
    blank = _blanks.blank(PAGE)
    grown = DPI / _blanks.DPI
    picture = Image.fromarray(cv2.resize(blank.picture, None, fx=grown, fy=grown, interpolation=cv2.INTER_CUBIC))
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONTS / "DejaVuSansCondensed.ttf"), 44)
    for x, y, text in TYPED:
        pen.text((x * SCALE, y * SCALE), text, font=font, fill=0)
    dark = np.ascontiguousarray((255 - np.asarray(picture, np.float32)) / np.float32(255))
    who = Hand(width=1.2, dark=0.9, grain=0.0, shake=0.25, reach=1.05, aim=0.05, tick=Style.CROSS)
    for rank, spot in enumerate(spot for line in blank.lines for spot in line.spots):
        box = (spot.x0 * SCALE, spot.top * SCALE, spot.x1 * SCALE, spot.bottom * SCALE)
        mark(dark, box, Style.NONE if rank % 2 else Style.CROSS, who, SCALE, rng)
    wear = SEVERITIES[MODERATE][1]._replace(dpi=dpi)
    return page(1, worn(dark, DPI, wear, rng), dpi)


def timed(job: Callable[[], object]) -> float:
    """Median CPU seconds of a job, once warm."""
    job()
    took = []
    for _run in range(RUNS):
        begun = time.process_time()
        job()
        took.append(time.process_time() - begun)
    return statistics.median(took)


def took(picture: PagePicture) -> Took:
    """How long one page takes."""
    from formfill.scan import _look, settled

    found = _look.looked(picture)
    assert found is not None, "the page is known"
    assert found.blank.name == PAGE
    engine = _whole_page()

    def whole() -> None:
        grey = picture.grey
        engine.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
        engine.SetSourceResolution(int(picture.dpi))
        engine.GetUTF8Text()

    return Took(timed(lambda: _look.looked(picture)), timed(lambda: settled(picture, found)), timed(whole))


def _whole_page() -> Any:
    import tesserocr
    from formfill.scan import _ocr

    engine = _ocr._engine()
    assert engine is not None
    place = engine.GetDatapath()
    return tesserocr.PyTessBaseAPI(path=place, lang="fra", psm=tesserocr.PSM.AUTO)


def scan_rows(_record: object) -> Iterator[tuple[str, str, str, str]]:
    """What, ratio, target, met."""
    if find_spec("cv2") is None or find_spec("tesserocr") is None:
        yield ("Scans", "not installed: `make bench` installs what reads them", "", "")
        return
    for dpi in DPIS:
        one = took(scanned(dpi))
        ms = 1000 * one.told
        yield (f"Scan, a page at {dpi} dpi: told, its ticks", f"{ms:.0f} ms", f"≤ {TICKS_MS} ms", _met(ms, TICKS_MS))
        ms = 1000 * one.fields
        yield (f"Scan, a page at {dpi} dpi: five typed fields", f"{ms:.0f} ms", f"≤ {FIELDS_MS} ms", _met(ms, FIELDS_MS))
        ratio = one.tesseract / (one.told + one.fields)
        yield (f"Scan, a page at {dpi} dpi: Tesseract on the whole page", f"{ratio:.1f} × ours", "", "")
    if not Path("/proc/self/status").is_file():
        return
    megabytes = memory(PAGES) / 1024
    yield (f"Scans, memory after {PAGES} pages of 200 dpi", f"{megabytes:.0f} MiB", f"≤ {MEMORY} MiB", _met(megabytes, MEMORY))


def _met(value: float, limit: float) -> str:
    return "yes" if value <= limit else "**no**"


def memory(pages: int) -> int:
    """The most memory, in KiB, that a process holds that reads some pages from PDF files."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(scanned(200).grey).save(out, "PDF", resolution=200)
    code = (
        "import sys, formfill; data = sys.stdin.buffer.read()\n"
        f"for _ in range({pages}): found = formfill.read(data, 'scan.pdf')\n"
        "assert found.form and len(found.boxes) == 7\n"
        # what the kernel counts of this process alone
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=out.getvalue(), check=True, capture_output=True)
    return int(done.stdout)
