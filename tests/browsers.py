"""Two readers of PDF that people have in their browser, driven without a screen: pdf.js, as Firefox has, and Chromium's own."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from PIL import Image

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PDF_JS: Final = Path("/usr/share/javascript/pdf/build")
"""Where Debian's ``libjs-pdf`` puts it."""
OPTIONS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
SCALE: Final = 2.0
"""Pixels for a point, in the pictures that pdf.js draws."""
SCREEN: Final = 96 / 72
"""Pixels for a point, on Chromium's pages at 100 %."""
LONGEST: Final = 60
"""Seconds after which a page is given up."""

_PAGE: Final = """<!doctype html><meta charset="utf-8"><script src="{folder}/pdf.js"></script>
<script src="{folder}/pdf.worker.js"></script><script>
async function show(file) {{
  const pdf = await pdfjsLib.getDocument({{data: atob(file)}}).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {{
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({{scale: {scale}}});
    const canvas = document.createElement("canvas");
    canvas.width = viewport.width;
    canvas.height = viewport.height;
    await page.render({{canvasContext: canvas.getContext("2d"), viewport, intent: "print"}}).promise;
    const items = (await page.getTextContent()).items;
    pages.push([canvas.toDataURL("image/png").split(",")[1], items.map(item => item.str)]);
  }}
  await pdf.destroy();
  return pages;
}}
</script>"""


class Shown(NamedTuple):
    """A page as pdf.js shows it."""

    picture: Image.Image
    """Grey levels, :data:`SCALE` pixels for a point."""
    text: list[str]
    """The texts that a person may select."""


class Browser:
    """Chromium, driven through a pipe (DevTools protocol, messages that end with a zero byte).

    Args:
        folder: an empty folder to work in.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._buffer = b""
        self._number = 0
        self._stack = ExitStack()
        self._pdf_js = ""

    def __enter__(self) -> Self:
        theirs, self._out = os.pipe()
        self._in, answers = os.pipe()
        options = [*OPTIONS, f"--user-data-dir={self._folder / 'profile'}", "--window-size=1300,1300", "--remote-debugging-pipe"]
        # it listens on file 3 and answers on file 4
        command = ["bash", "-c", f'exec "$@" 3<&{theirs} 4>&{answers}', "bash", str(CHROMIUM), *options, "about:blank"]
        self._process = subprocess.Popen(command, pass_fds=(theirs, answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(os.close, self._out)
        self._stack.callback(os.close, self._in)
        os.close(theirs)
        os.close(answers)
        return self

    def __exit__(self, *_error: object) -> None:
        try:
            self._ask("Browser.close")
            self._process.wait(LONGEST)
        finally:
            self._process.kill()
            self._process.wait()
            self._stack.close()

    def pdf_js(self, data: bytes) -> list[Shown]:
        """The pages of a PDF as pdf.js shows them."""
        if not self._pdf_js:
            page = self._folder / "pages.html"
            page.write_text(_PAGE.format(folder=PDF_JS.as_uri(), scale=SCALE), encoding="utf-8")
            self._pdf_js = self._opened(page.as_uri())[1]
            self._until(self._pdf_js, "document.readyState === 'complete' && typeof show === 'function'")
        pages = self._evaluated(self._pdf_js, f'show("{base64.b64encode(data).decode()}")')
        return [Shown(_picture(picture), text) for picture, text in pages]

    def first_page(self, path: Path) -> Image.Image:
        """The upper part of the first page of a PDF as Chromium shows it: its top left corner at (0, 0), :data:`SCREEN`."""
        target, session = self._opened(f"{path.as_uri()}#toolbar=0&navpanes=0&zoom=100")
        last, until = None, time.monotonic() + LONGEST
        while time.monotonic() < until:
            time.sleep(0.2)
            data = self._ask("Page.captureScreenshot", session, format="png")["data"]
            picture = _picture(data)
            # a page that has yet to be drawn is white all over; one that is drawn no longer changes
            sheet = _sheet(picture)
            if data == last and sheet is not None and sheet.histogram()[0]:
                self._ask("Target.closeTarget", targetId=target)
                return sheet
            last = data
        raise AssertionError(path)

    def _opened(self, url: str) -> tuple[str, str]:
        target = self._ask("Target.createTarget", url=url)["targetId"]
        return target, self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def _until(self, session: str, condition: str) -> None:
        until = time.monotonic() + LONGEST
        while not self._evaluated(session, condition):
            assert time.monotonic() < until, condition
            time.sleep(0.05)

    def _evaluated(self, session: str, expression: str) -> Any:
        found = self._ask("Runtime.evaluate", session, expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"]["value"]

    def _ask(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        left = json.dumps(message).encode() + b"\0"
        while left:
            left = left[os.write(self._out, left) :]
        while True:
            pieces = [self._buffer]
            while b"\0" not in pieces[-1]:
                pieces.append(os.read(self._in, 1 << 20))
                assert pieces[-1], "the browser has gone"
            one, _zero, self._buffer = b"".join(pieces).partition(b"\0")
            answer = json.loads(one)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]


def _sheet(picture: Image.Image) -> Image.Image | None:
    """What stands right of and below the corner of the first white page; the next one may be wider."""
    white = picture.point(lambda level: 255 * (level == 255)).crop((0, 0, picture.width - 20, picture.height))
    found = white.getbbox()
    if found is None:
        return None
    left, top, right, _bottom = white.crop((0, found[1], white.width, found[1] + 100)).getbbox() or found
    return picture.crop((left, top + found[1], right, picture.height))


def _picture(data: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(data))).convert("L")
