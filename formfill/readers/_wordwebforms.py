"""ActiveX controls of web forms in a Word document: they keep the markup of their element, ``<INPUT TYPE="checkbox" CHECKED>``.

HTML 4.01 §17.4, §17.6 and §17.7 say what the markup means. Nothing of it is fetched or run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Evidence, Says
from formfill.readers._wordactivex import Control, says

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_MOST = 65_536
"""Longest markup looked at, in bytes."""


def element_of(name: str, bag: dict[str, str], binary: bytes | None, *, box: bool, choice: bool = False) -> Control:
    """What the control of a web form shows.

    Args:
        name: what it is, for a person.
        bag: its properties, by name in small letters.
        binary: its binary part, which holds its markup.
        box: whether it is a box or the button of a choice; else a text or a list.
        choice: whether it is the button of a choice, of which one of the same name is on.
    """
    # buttons without a name share no choice (HTML 4.01 §17.2.1)
    group = (bag.get("htmlname") or None) if choice else None
    if box and "checked" in bag:
        return Control(name, (Evidence("activex", says(bag["checked"]), f"{name} Checked={bag['checked']}"),), "", group)
    if not box and (value := bag.get("value", bag.get("text"))) is not None:
        return Control(name, None, value)
    element = _markup(binary) if binary is not None else None
    if element is None:
        unclear = (Evidence("activex", Says.UNCLEAR, f"{name}, state not found"),) if box else None
        return Control(name, unclear, "", is_read=False)
    if box:
        group = (element.get("name") or None) if choice else None
        ticked = element.get("checked") is not None
        detail = f"{name} {'CHECKED' if ticked else 'without CHECKED'}"
        return Control(name, (Evidence("activex", Says.TICKED if ticked else Says.BLANK, detail),), "", group)
    if element.tag == "select":
        entries = list(element.iter("option"))
        chosen = [entry for entry in entries if entry.get("selected") is not None]
        if not chosen and element.get("multiple") is None and element.get("size", "1") == "1":
            # a list that is not open shows its first entry
            chosen = entries[:1]
        return Control(name, None, ", ".join("".join(entry.itertext()).strip() for entry in chosen))
    return Control(name, None, element.get("value") or "".join(element.itertext()))


def _markup(binary: bytes) -> Element | None:
    """The element of a form that the bytes hold; None when they hold none."""
    from lxml import etree, html

    data = binary[:_MOST]
    text = data.decode("utf-16-le" if data.count(b"\x00") * 3 > len(data) else "cp1252", errors="replace")
    start = text.find("<")
    if start < 0:
        return None
    try:
        root = html.fragment_fromstring(text[start:].replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return None
    return next(root.iter("input", "select", "textarea"), None)
