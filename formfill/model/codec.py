"""Records and documents as JSON. The only place that knows the stored shape.

Writing is plain Python, so that ``formfill read`` starts fast; reading back checks everything with pydantic and says every
mistake with its path.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from formfill.errors import UnreadableSourceError
from formfill.faults import fault
from formfill.language import gettext as _
from formfill.model.completed import Answer, AnswerState, BoxReading, Comment, RepeatedRow
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import Box, Place
from formfill.model.picture import Picture
from formfill.model.record import SCHEMA, FormRef, Part, Record, SourceRef
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import Normalised
    from formfill.model.document import Document


def dumps(value: Record, *, indent: int | None = None) -> str:
    """The record as JSON text, the same for equal records: keys in the contract's order, accents as they are.

    Lone surrogates, which UTF-8 cannot hold, are escaped.
    """
    text = json.dumps(record_to_dict(value), ensure_ascii=False, indent=indent)
    return _escape_surrogates(text)


def _escape_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def loads(text: str, *, name: str = "record.json") -> Record:
    """The record of a JSON text; raises :class:`~formfill.errors.UnreadableSourceError` with every mistake and its path."""
    from pydantic import ValidationError

    from formfill.model._wire import RecordWire

    advice = _("Donnez un record.json écrit par formfill (schéma : « formfill read --schema »).")
    try:
        data = json.loads(text, object_pairs_hook=_once)
        # a lone surrogate is no text to pydantic: what is checked is a copy without them
        RecordWire.model_validate_json(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except ValidationError as error:
        seen = " ; ".join(dict.fromkeys(_mistake(dict(found)) for found in error.errors()[:20]))
        raise UnreadableSourceError(
            where=name, seen=_("ce n’est pas un enregistrement ({seen}).").format(seen=seen), advice=advice
        ) from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if type(error) is ValueError else fault(error)
        raise UnreadableSourceError(
            where=name, seen=_("ce n’est pas du JSON lisible ({reason}).").format(reason=reason), advice=advice
        ) from error
    return _record_from(data)


def _mistake(found: dict[str, Any]) -> str:
    """One mistake that pydantic found, with its path: ``boxes.0.state : …``."""
    path: list[str] = []
    for step in found["loc"]:
        if path[-1:] == ["value"]:
            # one of the types that a value may have, or a place in a list of them
            break
        path.append(str(step))
    words = {
        "missing": _("manque"),
        "literal_error": _("une de ces valeurs est attendue : {expected}"),
        "string_pattern_mismatch": _("ce texte n’a pas la forme attendue"),
        "greater_than_equal": _("au moins {ge} est attendu"),
        "less_than_equal": _("au plus {le} est attendu"),
        "int_type": _("un nombre entier est attendu"),
        "float_type": _("un nombre est attendu"),
        "finite_number": _("un nombre est attendu"),
        "dict_type": _("un objet est attendu"),
        "model_type": _("un objet est attendu"),
        "tuple_type": _("une liste est attendue"),
        "too_long": _("{max_length} éléments au plus sont attendus"),
        "too_short": _("{min_length} éléments au moins sont attendus"),
        "string_type": _("un texte est attendu"),
    }
    sentence = words.get(found["type"]) or _("n’a pas la forme attendue ({type})").format(type=found["type"])
    if len(path) < len(found["loc"]):
        sentence = _("un texte, une liste de textes ou null est attendu")
    context = {key: str(value).replace(" or ", ", ").replace("'", "") for key, value in found.get("ctx", {}).items()}
    return _("{name} : {text}").format(name=".".join(path) or ".", text=sentence.format(**context))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without the same key twice: of two values, nothing tells which one is meant (RFC 8259 §4)."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        raise ValueError(_("clé en double : « {key} »").format(key=next(key for key in keys if keys.count(key) > 1)))
    return found


def unknown_keys(text: str) -> tuple[str, ...]:
    """The paths (``boxes.0.note``) of what :func:`loads` does not read in a JSON text that it accepts."""
    data = json.loads(text)
    return tuple(_beyond(data, json.loads(dumps(_record_from(data))), ""))


def _beyond(data: object, known: object, path: str) -> Iterator[str]:
    if isinstance(data, dict) and isinstance(known, dict):
        for key, value in data.items():
            if key in known:
                yield from _beyond(value, known[key], f"{path}{key}.")
            else:
                yield f"{path}{key}"
    elif isinstance(data, list) and isinstance(known, list):
        for at, (value, own) in enumerate(zip(data, known, strict=False)):
            yield from _beyond(value, own, f"{path}{at}.")


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    from formfill.model._wire import RecordWire

    schema = RecordWire.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:formfill:record:1", **schema}


# ---------------------------------------------------------------------------------------------------------------- writing


def _place(place: Place) -> dict[str, Any]:
    box = place.box
    edges = [round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2)] if box else None
    return {"page": place.page, "box": edges, "path": place.path}


def _evidence(items: tuple[Evidence, ...]) -> list[dict[str, str]]:
    return [{"kind": e.kind, "says": e.says.value, "detail": e.detail} for e in items]


def _value(value: str | tuple[str | RepeatedRow, ...] | None) -> Any:
    if not isinstance(value, tuple):
        return value
    return [
        {"section": v.section, "intitule": v.intitule, "periode": v.periode, "competences": list(v.competences)}
        if isinstance(v, RepeatedRow)
        else v
        for v in value
    ]


def _listed(value: Normalised) -> Any:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def source_to_dict(source: SourceRef) -> dict[str, Any]:
    """``source`` of the contract §2."""
    part = source.part
    return {
        "name": source.name,
        "sha256": source.sha256,
        "format": source.format,
        "bytes": source.bytes,
        "pages": source.pages,
        "part": {"index": part.index, "pages": list(part.pages)} if part else None,
    }


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """One of ``findings`` of the contract §2."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "field": finding.field,
        "message": finding.message,
        "place": _place(finding.place),
        "reference": finding.reference,
    }


def record_to_dict(record: Record) -> dict[str, Any]:
    """The record as the contract's §2 has it."""
    form = record.form
    return {
        "schema": SCHEMA,
        "source": source_to_dict(record.source),
        "form": {"id": form.id, "edition": form.edition, "referentiel": form.referentiel, "score": round(form.score, 4)}
        if form
        else None,
        "answers": {
            a.field: {
                "value": _value(a.value),
                "state": a.state.value,
                "place": _place(a.place),
                "evidence": _evidence(a.evidence),
                "normalised": _listed(a.normalised),
            }
            for a in record.answers
        },
        "boxes": [
            {
                "field": b.field,
                "option": b.option,
                "label": b.label,
                "row": b.row,
                "row_label": b.row_label,
                "state": b.state.value,
                "place": _place(b.place),
                "evidence": _evidence(b.evidence),
            }
            for b in record.boxes
        ],
        "comments": [
            {"kind": c.kind, "field": c.field, "text": c.text, "author": c.author, "place": _place(c.place)}
            for c in record.comments
        ],
        "findings": [finding_to_dict(f) for f in record.findings],
        # few records have any
        **(
            {"pictures": [picture._asdict() | {"place": _place(picture.place)} for picture in record.pictures]}
            if record.pictures
            else {}
        ),
    }


def document_to_dict(document: Document, source: SourceRef) -> dict[str, Any]:
    """What ``formfill inspect --json`` prints, contract §3."""
    return {
        "source": source_to_dict(source),
        "pages": document.pages,
        "grids": [
            {
                "place": _place(grid.place),
                "rows": [
                    [
                        {
                            "text": cell.text,
                            "marks": list(cell.marks),
                            "row": cell.row,
                            "col": cell.col,
                            "row_span": cell.row_span,
                            "col_span": cell.col_span,
                            "place": _place(cell.place),
                        }
                        for cell in row
                    ]
                    for row in grid.rows
                ],
            }
            for grid in document.grids
        ],
        "marks": [
            {"id": m.id, "state": m.state.value, "label": m.label, "place": _place(m.place), "evidence": _evidence(m.evidence)}
            for m in document.marks
        ],
        "annotations": [
            {
                "kind": a.kind.value,
                "text": a.text,
                "author": a.author,
                "place": _place(a.place),
                "answers": a.answers,
                "resolved": a.resolved,
            }
            for a in document.annotations
        ],
        "text": [{"text": t.text, "marks": list(t.marks), "place": _place(t.place)} for t in document.text],
        "findings": [finding_to_dict(f) for f in document.findings],
    }


def dumps_document(document: Document, source: SourceRef, *, indent: int | None = None) -> str:
    """The document as JSON text."""
    return _escape_surrogates(json.dumps(document_to_dict(document, source), ensure_ascii=False, indent=indent))


# ---------------------------------------------------------------------------------------------------------------- reading


def _place_from(data: dict[str, Any]) -> Place:
    return Place(data["page"], Box(*data["box"]) if data["box"] else None, data["path"])


def _evidence_from(items: list[dict[str, str]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["kind"], Says(e["says"]), e["detail"]) for e in items)


def _value_from(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(
        RepeatedRow(v["section"], v["intitule"], v["periode"], tuple(v["competences"])) if isinstance(v, dict) else v for v in value
    )


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _record_from(data: dict[str, Any]) -> Record:
    """The record of JSON that was checked."""
    source, form = data["source"], data["form"]
    part = source.get("part")
    return Record(
        source=SourceRef(
            name=source["name"],
            sha256=source["sha256"],
            format=source["format"],
            bytes=source["bytes"],
            pages=source["pages"],
            part=Part(part["index"], tuple(part["pages"])) if part else None,
        ),
        form=FormRef(form["id"], form["edition"], form["referentiel"], form["score"]) if form else None,
        answers=tuple(
            Answer(
                field,
                _value_from(a["value"]),
                AnswerState(a["state"]),
                _place_from(a["place"]),
                _evidence_from(a["evidence"]),
                _tupled(a.get("normalised")),
            )
            for field, a in data["answers"].items()
        ),
        boxes=tuple(
            BoxReading(
                field=b["field"],
                option=b["option"],
                label=b["label"],
                state=MarkState(b["state"]),
                place=_place_from(b["place"]),
                evidence=_evidence_from(b["evidence"]),
                row=b["row"],
                row_label=b["row_label"],
            )
            for b in data["boxes"]
        ),
        comments=tuple(Comment(c["kind"], c["field"], c["text"], c["author"], _place_from(c["place"])) for c in data["comments"]),
        findings=tuple(
            Finding(
                code=f["code"],
                severity=Severity(f["severity"]),
                message=f["message"],
                rule=f["rule"],
                field=f["field"],
                place=_place_from(f["place"]),
                reference=f.get("reference"),
            )
            for f in data["findings"]
        ),
        pictures=tuple(
            Picture(**({name: item[name] for name in Picture._fields} | {"place": _place_from(item["place"])}))
            for item in data.get("pictures", ())
        ),
    )
