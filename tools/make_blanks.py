"""Makes the references that scans are compared with: each official blank, printed once by LibreOffice.

Of each page: its picture (grey, PNG), what it prints and where (JSON), and in one index the keypoints by which pages are told
apart. The blanks are our own templates with every box empty; the pictures are of prints, not of scans.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import pypdfium2 as pdfium
from formfill import catalogue, pipeline
from formfill.model.completed import Answer, AnswerState, BoxReading
from formfill.model.document import MarkState
from formfill.model.record import FormRef, Record, SourceRef
from formfill.readers._boxes import of_lines
from formfill.readers._grid import tilings
from formfill.readers._pdfglyphs import Glyphs
from formfill.readers._pdfhidden import Covers
from formfill.readers._pdfium import Pdf
from formfill.readers._pdfover import with_boxes
from formfill.readers._pdfpaths import drawing
from formfill.readers._sheet import Bins
from formfill.scan._features import described
from formfill.source import Source

if TYPE_CHECKING:
    from formfill.model.form import Form
    from formfill.readers._visual import Line

OUT: Final = Path("templates/paper")
DPI: Final = 150
"""Of the pictures."""
SHORTLIST: Final = 250
"""Keypoints of a page in the index."""
ALIKE: Final = 40
"""Bits of 256 in which two descriptors may differ and be of one word."""
FAMILY: Final = 0.4
"""Share of the keypoints that two pages have in common when they are of one family."""


def main() -> None:
    """Prints the blanks and writes :data:`OUT` anew."""
    with tempfile.TemporaryDirectory() as name:
        paths = printed(Path(name))
        shutil.rmtree(OUT, ignore_errors=True)
        OUT.mkdir(parents=True)
        entries = [entry for path in paths for entry in _pages(path)]
    _index(entries)
    size = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(entries)} pages, {size >> 10} KiB")


def printed(folder: Path) -> list[Path]:
    """The blanks of all forms and editions as PDFs of LibreOffice, in a folder.

    Raises:
        SystemExit: LibreOffice is not installed.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice (soffice) is needed: apt-get install --no-install-recommends libreoffice-writer-nogui")
    for form in catalogue.shelf().all():
        for edition in form.editions:
            _write_blank(form, edition.id, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = sorted(map(str, (*folder.glob("*.docx"), *folder.glob("*.xlsx"))))
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return sorted(folder.glob("*.pdf"))


def _write_blank(form: Form, edition: str, folder: Path) -> None:
    record = blank(form, edition)
    to = "xlsx" if "tableau" in form.id else "docx"
    data = pipeline.render(record, to, edition=edition).data
    if to == "docx":
        data = _fitted(data)
    (folder / f"{form.id}--{edition}.{to}").write_bytes(data)


def _fitted(data: bytes) -> bytes:
    """The document with the heading « Excellente » a little smaller: LibreOffice's fonts cut it, Word's do not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename == "word/document.xml":
                part = part.replace(b"<w:t>Excellente</w:t>", b'<w:rPr><w:sz w:val="15"/></w:rPr><w:t>Excellente</w:t>')
            new.writestr(item, part)
    return out.getvalue()


def blank(form: Form, edition: str) -> Record:
    """The record of the form when nobody wrote in it."""
    answers: list[Answer] = []
    boxes: list[BoxReading] = []
    layout = form.layout
    if form.grid is not None:
        answers.append(Answer(form.grid.field, None, AnswerState.EMPTY))
        for row in form.grid.rows:
            boxes.append(BoxReading(form.grid.field, row.option, row.label, MarkState.BLANK))
            answers.append(Answer(f"commentaire.{row.option}", None, AnswerState.EMPTY))
    if layout is not None:
        for field in layout.fields:
            answers.append(Answer(field.id, None, AnswerState.EMPTY))
            if field.kind.boxed:
                boxes += [BoxReading(field.id, option.id, option.label, MarkState.BLANK) for option in field.options]
        if layout.levels is not None:
            labels = {option.id: option.label for option in layout.levels.options}
            for level_row in layout.levels.rows:
                answers.append(Answer(level_row.field, None, AnswerState.EMPTY))
                boxes += [BoxReading(level_row.field, level, labels[level], MarkState.BLANK) for level in level_row.levels]
        if layout.table is not None:
            answers.append(Answer("realisations", None, AnswerState.EMPTY))
        if layout.matrix is not None:
            answers += [Answer(name, None, AnswerState.EMPTY) for name in layout.matrix.ids]
    source = SourceRef("blank", "0" * 64, "docx", 1, None)
    return Record(source, FormRef(form.id, edition, form.referentiel, 1.0), tuple(answers), tuple(boxes))


def _pages(path: Path) -> list[dict[str, Any]]:
    """Writes the pictures and the layouts of one blank; returns what the index says of its pages."""
    form, _sign, edition = path.stem.partition("--")
    source = Source.load(path)
    entries = []
    pictures = pdfium.PdfDocument(source.data)
    with Pdf(source) as pdf:
        glyphs = Glyphs(pdf.handle)
        for batch in pdf.batches(8):
            for page in batch:
                number = page.number
                picture = pictures[number - 1].render(scale=DPI / 72, grayscale=True).to_numpy()
                drawn = drawing(page.handle, layered=False)
                lines = page.text.lines(page.glyphs(glyphs, drawn.fonts))
                rules = [page.box(*rule) for rule in drawn.rules]
                squares, used = of_lines(rules) if len(rules) > 3 else ([], set())
                rules = [rule for index, rule in enumerate(rules) if index not in used]
                tables = tilings(rules)
                lines, _left = with_boxes(page, drawn, (squares, rules), ([], []), tables, lines, Covers(page, drawn))
                bins = Bins(tables)
                bins.fill(lines, page.text.cut)
                pieces = [line for table in bins.cells for cell in table for line in cell] + bins.loose
                name = f"{form}--{edition}--{number}"
                _ok, png = cv2.imencode(".png", (picture // 17 * 17).astype(np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 9])
                (OUT / f"{name}.png").write_bytes(png.tobytes())
                layout = {
                    "form": form,
                    "edition": edition,
                    "page": number,
                    "pages": pdf.pages,
                    "width": round(page.width, 1),
                    "height": round(page.height, 1),
                    "lines": [_line(line) for line in pieces],
                    "rules": sorted({tuple(round(v, 1) for v in rule) for rule in rules}),
                }
                (OUT / f"{name}.json").write_text(json.dumps(layout, ensure_ascii=False, separators=(",", ":")), "utf-8")
                entries.append({"name": name, "picture": picture, "layout": layout})
    pictures.close()
    return entries


def _line(line: Line) -> list[Any]:
    spots = [[round(v, 1) for v in spot.box] for spot in line.spots]
    return [line.text, *(round(v, 1) for v in (line.x0, line.top, line.x1, line.bottom, line.base)), spots]


def _index(entries: list[dict[str, Any]]) -> None:
    """Writes the keypoints of each page, and which page is the same picture as which."""
    kept: list[dict[str, Any]] = []
    names, all_points, all_descriptors = [], [], []
    for entry in entries:
        texts = [line[0] for line in entry["layout"]["lines"]]
        if any(twin["layout"]["form"] == entry["layout"]["form"] and texts == twin["texts"] for twin in kept) or not texts:
            continue
        kept.append({**entry, "texts": texts})
        points, descriptors = described(entry["picture"], SHORTLIST, DPI)
        names.append(entry["name"])
        all_points.append(points)
        all_descriptors.append(descriptors)
    families = _families(all_points, all_descriptors)
    heads = [rank for rank, number in enumerate(families) if families.index(number) == rank]
    np.savez_compressed(
        OUT / "index.npz",
        families=np.array(families, dtype=np.int32),
        names=np.array(names),
        owners=np.repeat(np.array(heads, dtype=np.int32), [len(all_points[rank]) for rank in heads]),
        descriptors=np.concatenate([all_descriptors[rank] for rank in heads]),
    )


def _families(points: list[Any], descriptors: list[Any]) -> list[int]:
    """A number for each page, the same for pages that look alike."""
    families = list(range(len(points)))
    matcher = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True)
    for one in range(len(points)):
        for two in range(one):
            pairs = [pair for pair in matcher.match(descriptors[one], descriptors[two]) if pair.distance < ALIKE]
            if len(pairs) < 4:
                continue
            start = np.array([points[one][pair.queryIdx] for pair in pairs], np.float32)
            end = np.array([points[two][pair.trainIdx] for pair in pairs], np.float32)
            inside: Any
            _matrix, inside = cv2.estimateAffinePartial2D(start, end, ransacReprojThreshold=4.0)
            if inside is not None and int(inside.sum()) >= FAMILY * min(len(points[one]), len(points[two])):
                old, new = families[one], families[two]
                families = [new if family == old else family for family in families]
    return families


if __name__ == "__main__":
    main()
