"""Check boxes and option buttons over a sheet: form controls, their VML, ActiveX (ECMA-376 Part 1 §18.3.1.19, Part 4 §19.4).

One control may be written two or three times: it counts once, with all that is said of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from formfill.model.document import Evidence, Says
from formfill.readers._sheetactivex import button
from formfill.readers._sheetdrawings import anchor_rect, drawing_text, stands_for_control
from formfill.readers._sheetml import R, S, cell_of, local, whole
from formfill.readers._sheetplan import PIXEL, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._sheetml import Book, Element, Relation
    from formfill.readers._sheetmodel import Cells
    from formfill.readers._sheetplan import Plan

_BUTTONS: Final = {"CheckBox": "checkbox", "Checkbox": "checkbox", "Radio": "radio", "GBox": "group"}
_STATES: Final = {
    "checked": Says.TICKED, "1": Says.TICKED, "true": Says.TICKED, "-1": Says.TICKED, "unchecked": Says.BLANK, "0": Says.BLANK,
    "false": Says.BLANK, "": Says.BLANK,
}  # fmt: skip
"""What the file writes for a state; anything else (``Mixed``, ``2``) is unclear."""
_GENERIC: Final = re.compile(
    r"(check\s?box|case (à|a) cocher|option button|optionbutton|case d.option|bouton d.option|toggle ?button)\s*\d*", re.IGNORECASE
)
"""Captions that no one typed."""


_SHAPE_ID: Final = re.compile(r"_s(\d+)$")
_SPID: Final = "{urn:schemas-microsoft-com:office:office}spid"
"""The id of a shape that has a name of its own for ``id``."""


@dataclass(slots=True)
class Control:
    """One check box or option button."""

    kind: str
    """``checkbox``, ``radio``, or ``group`` for the frame around option buttons."""
    rect: Rect | None
    caption: str = ""
    linked: str = ""
    """Reference of the cell that holds its state."""
    evidence: list[Evidence] = field(default_factory=list)
    group: str | None = None
    """Name of the group of an ActiveX button; None for a form control, which the frames around it group."""
    label: str = ""
    """What it is found to be for, once it is put on the sheet."""


def controls(book: Book, root: Element, relations: dict[str, Relation], cells: Cells) -> tuple[list[Control], list[list[Control]]]:
    """The controls of a sheet, in the order of the file, and the option buttons of one group of which several are on."""
    captions = {}
    found: dict[str, Control] = {}
    for relation in relations.values():
        if relation.kind == "drawing":
            captions.update(_captions(book.parse(relation.part)))
    # in mc:Fallback stand the same controls again, with the same shape ids
    for element in root.iter(S + "control"):
        own = relations.get(element.get(R + "id") or "")
        control = _of_part(book, own) if own is not None else None
        if control is not None:
            anchor = next((child for child in element.iter() if local(child) == "anchor"), None)
            control.rect = anchor_rect(anchor, cells.plan) if anchor is not None else None
            own_cell = next((child.get("linkedCell") for child in element.iter() if local(child) == "controlPr"), None)
            control.linked = control.linked or own_cell or ""
            found.setdefault(element.get("shapeId") or str(len(found)), control)
    for relation in relations.values():
        if relation.kind == "vmlDrawing":
            _vml(book.package.read(relation.part), found, cells.plan)
    for shape, control in found.items():
        control.caption = captions.get(shape) or control.caption
        if _GENERIC.fullmatch(control.caption.strip()):
            control.caption = ""
    every = list(found.values())
    clashes = _link(every, cells)
    return [control for control in every if control.kind != "group"], clashes


def shape_ids(root: Element) -> set[str]:
    """The ids of the shapes that stand for the controls of a sheet."""
    return {element.get("shapeId") or "" for element in root.iter(S + "control")}


def _says(state: str) -> Says:
    return _STATES.get(state.strip().lower(), Says.UNCLEAR)


def _of_part(book: Book, relation: Relation) -> Control | None:
    """A control from its properties, of a form (``formControlPr``) or ActiveX (``ax:ocx``); None when it is no box."""
    root = book.parse(relation.part)
    if local(root) == "formControlPr":
        kind = _BUTTONS.get(root.get("objectType") or "")
        if kind is None:
            return None
        state = root.get("checked") or ""
        return Control(
            kind, None, "", root.get("fmlaLink") or "", [Evidence("control", _says(state), f"checked={state or 'Unchecked'}")]
        )
    found = button(book, root, relation)
    if found is None:
        return None
    if found.value is None:
        seen = Evidence("control", Says.UNCLEAR, "ActiveX, state not found")
    else:
        seen = Evidence("control", _says(found.value), f"ActiveX Value={found.value}")
    return Control(found.kind, None, found.caption, "", [seen], found.group)


def _captions(root: Element) -> dict[str, str]:
    """The captions that the drawing part gives to controls, by shape id: that of the older picture, else of the shape itself."""
    found = {}
    for shape in root.iter():
        if local(shape) == "sp":
            spid = next((child.get("spid") for child in shape.iter() if local(child) == "compatExt"), None)
            body = next((child for child in shape if local(child) == "txBody"), None)
            key = spid.rpartition("_s")[2] if spid else stands_for_control(shape)
            if key and body is not None:
                found[key] = drawing_text(body).strip()
    return found


def _vml(data: bytes, found: dict[str, Control], plan: Plan) -> None:
    """Adds what the VML part says of buttons (Part 4 §19.4.2, ``x:ClientData``); it is rarely well-formed XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    has_parts = bool(found)
    for shape in root.iter() if root is not None else ():
        client = next((child for child in shape if local(child) == "ClientData"), None)
        kind = _BUTTONS.get(client.get("ObjectType") or "") if client is not None else None
        if client is None or kind is None:
            continue
        facts = {local(child): (child.text or "").strip() for child in client}
        # an element that is not closed puts what follows inside its own
        owner = next((above for above in (shape, *shape.iterancestors()) if above.get("id")), shape)
        named = _SHAPE_ID.search(owner.get(_SPID) or owner.get("o:spid") or owner.get("id") or "")
        if named is None and has_parts:
            # LibreOffice gives all of them one id, and no state: the parts of the controls say it
            continue
        key = named[1] if named else f"shape {len(found)}"
        state = facts.get("Checked", "1" if "Checked" in facts else "")
        evidence = Evidence("control", _says(state), f"x:Checked={state or '0'}")
        if named is None and "Checked" not in facts and (owner.get("id") or "").startswith("shape_"):
            evidence = Evidence("control", Says.UNCLEAR, "state not written")
        control = found.setdefault(key, Control(kind, None))
        if all(seen.says is not evidence.says for seen in control.evidence):
            control.evidence.append(evidence)
        control.linked = control.linked or facts.get("FmlaLink", "")
        control.rect = control.rect or _vml_rect(facts.get("Anchor", ""), plan)
        box = next((child for child in owner.iter() if local(child) == "textbox"), None)
        if box is not None and shape is not owner:
            box = next((child for child in box if local(child) != "ClientData"), None)
        control.caption = control.caption or (" ".join("".join(str(t) for t in box.itertext()).split()) if box is not None else "")


def _vml_rect(anchor: str, plan: Plan) -> Rect | None:
    """The rectangle of ``x:Anchor``: column, pixels, row, pixels, twice."""
    numbers = [whole(part.strip(), -1) for part in anchor.split(",")]
    if len(numbers) != 8 or min(numbers) < 0:
        return None
    a, b, c, d, e, f, g, h = numbers
    x0, top = plan.columns.within(a, b * PIXEL), plan.rows.within(c, d * PIXEL)
    return Rect(x0, top, max(x0, plan.columns.within(e, f * PIXEL)), max(top, plan.rows.within(g, h * PIXEL)))


def _link(found: list[Control], cells: Cells) -> list[list[Control]]:
    """Adds what the linked cells say: true or false of a check box, the number of the one chosen of option buttons.

    Gives the option buttons of one group of which several are on: one at most can be.
    """
    for control in found:
        alone = control.kind == "checkbox" or control.group is not None
        if alone and (value := _value(control.linked, cells)) is not None:
            _told(control, _says(value), control.linked, value)
    clashes = []
    for radios in _groups(found):
        shared = next((control.linked for control in radios if control.linked and control.group is None), "")
        value = _value(shared, cells)
        for number, control in enumerate(radios, 1) if value is not None else ():
            _told(control, Says.TICKED if value == str(number) else Says.BLANK, shared, value or "")
        chosen = [control for control in radios if control.evidence and control.evidence[0].says is Says.TICKED]
        if len(chosen) > 1:
            clashes.append(chosen)
            for control in chosen:
                control.evidence.append(Evidence("control", Says.UNCLEAR, f"{len(chosen)} option buttons of one group are on"))
    return clashes


def _groups(found: list[Control]) -> Iterator[list[Control]]:
    """The option buttons that share one choice.

    Form controls do in the same frame (§18.3.1.19, ``GBox``), those of the sheet in none; ActiveX buttons by the name of their
    group, those of the sheet that have none.
    """
    frames = [control.rect for control in found if control.kind == "group" and control.rect is not None]
    groups: dict[Rect | str | None, list[Control]] = {}
    for control in found:
        if control.kind == "radio" and control.group is not None:
            groups.setdefault(control.group.casefold(), []).append(control)
        elif control.kind == "radio":
            around = [frame for frame in frames if control.rect is not None and _holds(frame, control.rect)]
            groups.setdefault(min(around, key=_area, default=None), []).append(control)
    yield from groups.values()


def _holds(frame: Rect, rect: Rect) -> bool:
    x, y = rect.centre
    return frame.x0 <= x <= frame.x1 and frame.top <= y <= frame.bottom


def _area(rect: Rect) -> float:
    return (rect.x1 - rect.x0) * (rect.bottom - rect.top)


def _value(reference: str, cells: Cells) -> str | None:
    """What the cell holds that a control is linked to; None when it holds nothing, or is on another sheet."""
    at = cell_of(reference.rpartition("!")[2])
    return cells.values.get(at) if at is not None and "!" not in reference else None


def _told(control: Control, says: Says, reference: str, value: str) -> None:
    if control.evidence and control.evidence[0].says is not says:
        control.evidence.append(Evidence("linked-cell", says, f"{reference} = {value}"))
