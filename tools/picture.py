"""Makes the picture of the README from a run over the samples: the report beside a regenerated page.

It needs Debian's packages ``chromium`` and the run's results in ``out/``::

    make run && python -m tools.picture
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out"
TARGET = ROOT / "docs" / "images" / "formfill.png"
HEIGHT = 900
"""Height of the picture in pixels."""


def report() -> Image.Image:
    """The head of the report as a browser shows it."""
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "report.png"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        command += [
            "--disable-component-update",
            f"--user-data-dir={folder}/profile",
            "--window-size=1180,1300",
            "--hide-scrollbars",
        ]
        subprocess.run(
            [*command, f"--screenshot={shot}", (OUT / "index.html").as_uri()], check=True, capture_output=True, timeout=120
        )
        with Image.open(shot) as image:
            return image.convert("RGB")


def page(name: str) -> Image.Image:
    """The first page of a regenerated form."""
    document = pypdfium2.PdfDocument(OUT / name / "form.pdf")
    image: Image.Image = document[0].render(scale=2).to_pil()
    document.close()
    return image.convert("RGB")


def main() -> None:
    """Writes the picture."""
    name = "bts-sio-grille-bloc1/comments-in-every-row/source.docx"
    parts = []
    for image in (report(), page(name)):
        size = (round(image.width * HEIGHT / image.height), HEIGHT)
        parts.append(ImageOps.expand(image.resize(size, Image.Resampling.LANCZOS), border=1, fill="#b8bcc4"))
    gap = 28
    whole = Image.new("RGB", (sum(part.width for part in parts) + 3 * gap, HEIGHT + 2 * gap), "#eef0f3")
    left = gap
    for part in parts:
        whole.paste(part, (left, gap))
        left += part.width + gap
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(128).save(TARGET, optimize=True)
    print(TARGET)


if __name__ == "__main__":
    main()
