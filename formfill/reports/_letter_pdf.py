"""The PDF of a letter: what its Word document says, set by typst with the bundled fonts. The same letter gives the same bytes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from formfill import resources
from formfill.errors import RenderError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from formfill.reports._letter_word import Page

_FONTS: Final = Path(__file__).parent.parent / "fonts"


def pdf(page: Page, *, title: str, name: str) -> bytes:
    """The PDF. A character that the bundled fonts have not is shown as an empty box, as on any screen; the Word letter has it.

    Args:
        page: what the letter says.
        title: the document's title.
        name: what the message is about when the page cannot be set.
    """
    import typst

    data = json.dumps({"title": title, **page._asdict()}, ensure_ascii=False)
    try:
        made = _compiler().compile(format="pdf", sys_inputs={"letter": data}, timestamp=0)
    except typst.TypstError as error:
        raise RenderError(
            where=name,
            seen=_("la lettre ne peut pas être composée en PDF ({reason}).").format(reason=error),
            advice=_("Simplifiez le modèle de lettre : images, tableaux ; la lettre Word est bonne."),
        ) from error
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _compiler() -> Any:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
    return typst.Compiler(str(resources.template("letters", "page.typ")), font_paths=fonts, ignore_system_fonts=True)
