"""Strict pydantic models of the two kinds of file, and what they find wrong, said in the language in use.

The model of a référentiel is made from the dataclasses of ``formfill.model``, so that a key is declared once. The only module, with
``form_file``, that imports pydantic: nothing on the way of a reading does.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from formfill.definitions.words import describe
from formfill.language import gettext as _
from formfill.model.referentiel import Referentiel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.definitions.problems import Path, Problem
    from formfill.definitions.tree import Tree

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


@cache
def referentiel_file() -> type[BaseModel]:
    """The pydantic model of a référentiel file."""
    return _model(Referentiel)


def problems(model: type[BaseModel], tree: Tree) -> Iterator[Problem]:
    """Every missing key, unknown key and value of a wrong type."""
    try:
        model.model_validate(tree.data)
    except ValidationError as exc:
        for error in exc.errors(include_url=False, include_context=True):
            path = tuple(error["loc"])
            yield tree.problem(path, _sentence(error["type"], path, error.get("ctx", {}), model, tree))


@cache
def _model(cls: type[Any], without: tuple[str, ...] = ()) -> type[BaseModel]:
    hints = get_type_hints(cls)
    made: dict[str, Any] = {}
    for item in dataclasses.fields(cls):
        if item.name in without:
            continue
        required = item.default is dataclasses.MISSING
        described = Field(... if required else None, description=describe(cls.__name__, item.name))
        made[item.name] = (_type(hints[item.name], keyed=bool(item.metadata.get("keyed"))), described)
    return create_model(cls.__name__, __config__=STRICT, __doc__=describe(cls.__name__), **made)


def _type(hint: Any, *, keyed: bool = False) -> Any:
    if get_origin(hint) in (types.UnionType, Union):
        return _type(next(h for h in get_args(hint) if h is not types.NoneType))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return dict[str, _model(inner, without=("id",))] if keyed else list[_type(inner)]  # type: ignore[misc]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Literal[tuple(member.value for member in hint)]
    if hint is dt.date:
        return str
    return _model(hint) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else hint


def _sentence(kind: str, path: Path, context: dict[str, Any], model: type[BaseModel], tree: Tree) -> str:
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind == "missing":
        return _("la clé « {key} » manque.").format(key=key)
    if kind == "extra_forbidden":
        near = get_close_matches(key, _keys(model, path[:-1]), n=1)
        sentence = _("clé inconnue « {key} » ; vouliez-vous écrire « {near} » ?") if near else _("clé inconnue « {key} ».")
        return sentence.format(key=key, near=near[0] if near else "")
    seen = _seen(_value(tree.data, path))
    if kind == "literal_error":
        possible = str(context["expected"]).replace("' or '", "', '")
        return _("« {key} » vaut {seen} ; valeurs possibles : {possible}.").format(key=key, seen=seen, possible=possible)
    expected = {
        "string_type": _("un texte entre guillemets"),
        "int_type": _("un nombre entier"),
        "float_type": _("un nombre"),
        "bool_type": _("true ou false"),
        "list_type": _("une liste"),
        "dict_type": _("un tableau"),
        "model_type": _("un tableau"),
    }.get(kind, kind)
    return _("« {key} » vaut {seen} ; il faut {expected}.").format(key=key, seen=seen, expected=expected)


def _value(data: Any, path: Path) -> object:
    for part in path:
        data = data[part]
    return data


def _seen(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"« {value} »" if len(value) <= 60 else f"« {value[:57]}… »"
        case list():
            return _("une liste")
        case dict():
            return _("un tableau")
        case dt.date() | dt.time():
            return _("une date sans guillemets ({value})").format(value=value)
    return str(value)


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """Every key that the table at the path may hold."""
    hint: Any = model
    for part in path:
        hint = get_args(hint)[-1] if get_origin(hint) in (list, dict) else hint.model_fields[part].annotation
        if get_origin(hint) in (types.UnionType, Union):
            # a table that may be absent
            hint = next(h for h in get_args(hint) if h is not types.NoneType)
    return list(hint.model_fields)
