"""Plain data, as TOML or JSON holds it, to a :class:`Referentiel`, following the annotations of the dataclasses.

No library, no checking: what comes here was checked when it was compiled.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from formfill.model.referentiel import Referentiel

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


def build_referentiel(data: dict[str, Any]) -> Referentiel:
    """The référentiel that a file's data describes."""
    return _make(Referentiel, data)


def _make(cls: type[_T], data: dict[str, Any]) -> _T:
    convert = _converters(cls)  # type: ignore[arg-type]  # a class is hashable, which mypy doubts of type[T]
    return cls(**{key: convert[key](value) if key in convert else value for key, value in data.items()})


@cache
def _converters(cls: type[Any]) -> dict[str, Callable[[Any], Any]]:
    """How to convert the keys whose value is not kept as it is."""
    hints = get_type_hints(cls)
    found = {f.name: _converter(hints[f.name], keyed=bool(f.metadata.get("keyed"))) for f in dataclasses.fields(cls)}
    return {key: convert for key, convert in found.items() if convert is not None}


def _converter(hint: Any, *, keyed: bool = False) -> Callable[[Any], Any] | None:
    if get_origin(hint) in (types.UnionType, Union):
        return _converter(next(h for h in get_args(hint) if h is not types.NoneType))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if keyed:
            return lambda tables: tuple(_make(inner, {"id": key, **table}) for key, table in tables.items())
        convert = _converter(inner)
        return tuple if convert is None else lambda items: tuple(map(convert, items))
    if hint is dt.date:
        return dt.date.fromisoformat
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda table: _make(hint, table)
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None
