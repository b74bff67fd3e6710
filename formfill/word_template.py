"""Word templates with Jinja2 tags that people write in Word (docxtpl): filled in a sandbox, mistakes told with their paragraph.

docxtpl and python-docx are an extra of the package (``letters``): the rest of formfill does without them.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from formfill.errors import RenderError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STAMP: Final = (2000, 1, 1, 0, 0, 0)
"""The date of every member: the same tags give the same bytes."""
LONGEST: Final = 160
"""Most characters of a paragraph that a message quotes."""
_TAG: Final = re.compile(r"<[^>]+>")
_NAME: Final = re.compile(r"'([^']*)'")


def fill(template: Path, tags: Mapping[str, Any], *, advice: str) -> bytes:
    """The template filled, as a Word document.

    Args:
        template: a Word document with Jinja2 tags.
        tags: what they may name.
        advice: what to do when the template is wrong.

    Raises:
        RenderError: docxtpl is not installed, or the template is no Word document, or one of its tags is wrong: the message names
            the paragraph that it stands in.
    """
    try:
        from docx.opc.exceptions import PackageNotFoundError
        from docxtpl import DocxTemplate
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as error:
        raise RenderError(
            where="docxtpl",
            seen=_("les modèles Word ont besoin de docxtpl, qui n’est pas installé."),
            advice=_("Installez-le : « pip install formfill[letters] »."),
        ) from error

    class Told(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
        """A template that keeps the paragraph of its first mistake."""

        paragraph = ""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> Any:
            try:
                return super().render_xml_part(src_xml, part, context, jinja_env)
            except Exception as error:
                # docxtpl puts each paragraph on a line of its own
                lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).splitlines()
                self.paragraph = self.paragraph or _paragraph(lines, _line(error))
                raise

    buffer = io.BytesIO()
    document = None
    try:
        document = Told(str(template))
        # a template is a file that people send one another: it may show, not run
        document.render(dict(tags), SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
        document.save(buffer)
    # what lxml says of XML that is none is a SyntaxError; a sum of a text and a number is a TypeError
    except (
        TemplateError,
        PackageNotFoundError,
        SyntaxError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        ArithmeticError,
        OSError,
    ) as error:
        paragraph = document.paragraph if document is not None else ""
        seen = _("ce modèle ne peut pas être rempli ({reason}).").format(reason=_reason(error))
        if paragraph:
            seen = _("ce modèle ne peut pas être rempli ({reason}), dans le paragraphe « {paragraph} ».").format(
                reason=_reason(error), paragraph=paragraph
            )
        raise RenderError(where=str(template), seen=seen, advice=advice) from error
    return _settled(buffer.getvalue())


def _reason(error: Exception) -> str:
    """What is wrong, in words: Jinja2 and its sandbox speak English."""
    kind = type(error).__name__
    if kind == "UndefinedError":
        names = _NAME.findall(str(error))
        return _("« {name} » n’existe pas").format(name=names[-1] if names else "?")
    if kind in ("TemplateSyntaxError", "TemplateAssertionError"):
        return _("une balise est mal écrite")
    if kind == "SecurityError":
        return _("une balise demande ce qu’un modèle n’a pas le droit de faire")
    if isinstance(error, TypeError | ArithmeticError):
        return _("une balise calcule avec ce qui n’est pas un nombre")
    return _("ce n’est pas un document Word lisible")


def _line(error: BaseException) -> int:
    """The line of a template that an error comes from, from 1; 0 when nothing tells."""
    line = getattr(error, "lineno", None)
    if isinstance(line, int):
        return line
    found = 0
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = at.tb_lineno
        at = at.tb_next
    return found


def _paragraph(lines: list[str], line: int) -> str:
    """The words of the paragraph that a line holds, or of the last one above that has some."""
    for number in range(min(line, len(lines)), 0, -1):
        words = " ".join(_TAG.sub("", lines[number - 1]).split())
        if words:
            return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    return ""


def _settled(data: bytes) -> bytes:
    """The package with a fixed date on each member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, package.read(name))
    return out.getvalue()
