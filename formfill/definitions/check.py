"""Every mistake of a definition file, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.definitions import form_rules, layout_rules, referentiel_labels, referentiel_links, referentiel_structure, schema
from formfill.definitions.form_file import FormFile
from formfill.definitions.form_rules import Surroundings
from formfill.definitions.lines import Lines
from formfill.definitions.syntax import parse
from formfill.definitions.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from formfill.definitions.problems import Problem
    from formfill.model.referentiel import Referentiel

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


def check_form(
    text: str,
    name: str,
    *,
    referentiels: Mapping[str, Referentiel],
    checks: Collection[str] | None = None,
    templates: Callable[[str], str | None] | None = None,
) -> tuple[Problem, ...]:
    """Every mistake of a form's file, in the order of its lines.

    Args:
        text: the TOML.
        name: the file's stem, which the form must bear: ``bts-sio-grille-bloc1``.
        referentiels: the référentiels that a form may refer to, by id.
        checks: codes of every check, from the package of the checks; without it, codes are not compared.
        templates: gives the sha256 of one of the form's templates by name, None when it is missing; without it, none is looked for.
    """
    data, found = parse(text)
    if data is None:
        return found
    tree = Tree(data, Lines(text), name)
    problems = [*schema.problems(FormFile, tree)]
    around = Surroundings(referentiels, checks, templates)
    for rule in (*form_rules.RULES, *layout_rules.RULES):
        problems += rule(tree, around)
    return tuple(sorted(set(problems)))
