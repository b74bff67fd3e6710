"""The line of every key and item of a TOML text."""

from __future__ import annotations

import json
import tomllib

import pytest
from formfill import catalogue
from formfill.definitions.lines import Lines
from formfill.definitions.problems import Path, spell
from hypothesis import given
from hypothesis import strategies as st

TRICKY = '''# comment [not.a.table]
a = "x # not a comment" # a comment
"b.c" = 'it''s'
'''.replace("'it''s'", '"it\'s"') + '''
d.e = """
first ] " ""
second [[x]]""""
f = [ # one
  1,

  [2, "]",
   3], # three
  { g = 4, h = "}" },
]
i = \'\'\'a
b\'\'\'
[t.u]
j = 1979-05-27 07:32:00
[[t.v]]
k = 1
[[t.v]]
k = 2
[t.v.w]
"l\\u00e9" = true
[[t.v.x]]
m = ""
n = [""]
'''  # fmt: skip


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("b.c",), 3),
        (("d", "e"), 5),
        (("f",), 8),
        (("f", 0), 9),
        (("f", 1, 1), 11),
        (("f", 1, 2), 12),
        (("f", 2, "h"), 13),
        (("i",), 15),
        (("t", "u", "j"), 18),
        (("t", "v", 0, "k"), 20),
        (("t", "v", 1, "k"), 22),
        (("t", "v", 1, "w", "lé"), 24),
        (("t", "v", 1, "x", 0, "n", 0), 27),
    ],
)
def test_a_tricky_file(path: Path, line: int) -> None:
    tomllib.loads(TRICKY)
    lines = Lines(TRICKY)
    assert lines.knows(path)
    assert lines.at(path) == line


def test_what_is_not_there_has_the_line_of_what_holds_it() -> None:
    assert Lines("a = 1\n[b]\nc = 2\n").at(("b", "missing", 3)) == 2
    assert Lines("").at(("a",)) == 1


def test_paths_are_spelt_with_ranks_from_1() -> None:
    assert spell(("blocs", 0, "competences", 2, "libelle")) == "blocs[1].competences[3].libelle"


def paths(value: object, path: Path = ()) -> list[tuple[Path, object]]:
    children: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    return [(path, value), *(found for key, child in children for found in paths(child, (*path, key)))]


@pytest.mark.parametrize("name", [*catalogue.referentiel_ids()])
def test_every_text_of_a_shipped_file_is_on_its_line(name: str) -> None:
    text = (catalogue.PACKAGE / "referentiels" / f"{name}.toml").read_text("utf-8")
    lines, rows = Lines(text), text.split("\n")
    for path, value in paths(tomllib.loads(text)):
        assert lines.knows(path)
        if isinstance(value, str) and "\\" not in rows[lines.at(path) - 1]:
            assert value in rows[lines.at(path) - 1]


scalars = st.one_of(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(-9, 9), st.booleans())
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc.é ", max_size=3), inner, max_size=3)
)


def written(value: object, number: list[int]) -> str:
    """The value as TOML, each item of a list on a line of its own."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {written(v, number)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + "".join(f"{written(v, number)}, # ]\n" for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(st.lists(values, max_size=4))
def test_any_value_has_its_line(found: list[object]) -> None:
    # an inline table stands on one line (TOML 1.0): lists inside one are written flat
    body = [flat(value) if "{" in json.dumps(value) else written(value, []) for value in found]
    text = "".join(f"k{i} = {value}\n" for i, value in enumerate(body))
    data, lines = tomllib.loads(text), Lines(text)
    line = 1
    for i, value in enumerate(body):
        assert lines.at((f"k{i}",)) == line
        line += value.count("\n") + 1
    assert all(lines.knows(path) for path, _value in paths(data))


def flat(value: object) -> str:
    return written(value, []).replace(", # ]\n", ", ").replace("[\n", "[")
