"""Every mistake of a definition file, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.definitions import referentiel_labels, referentiel_links, referentiel_structure, schema
from formfill.definitions.lines import Lines
from formfill.definitions.syntax import parse
from formfill.definitions.tree import Tree

if TYPE_CHECKING:
    from formfill.definitions.problems import Problem

REFERENTIEL_RULES = (*referentiel_structure.RULES, *referentiel_links.RULES, *referentiel_labels.RULES)


def check_referentiel(text: str, name: str) -> tuple[Problem, ...]:
    """Every mistake of a référentiel file, in the order of its lines.

    Args:
        text: the TOML.
        name: the file's stem, which the référentiel must bear: ``bts-sio-2020``.
    """
    data, found = parse(text)
    if data is None:
        return found
    tree = Tree(data, Lines(text), name)
    problems = [*schema.problems(schema.referentiel_file(), tree)]
    for rule in REFERENTIEL_RULES:
        problems += rule(tree)
    return tuple(sorted(set(problems)))
