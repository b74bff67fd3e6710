"""``formfill diff``: what two forms do not say alike, answer by answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from formfill import pipeline
from formfill.cli._files import echo_lines, load
from formfill.cli._records import is_record, records_in
from formfill.cli._text import part_name, state_word
from formfill.comparison import pairs
from formfill.errors import ExitCode
from formfill.files import shown
from formfill.language import gettext as _
from formfill.language import ngettext
from formfill.model.document import MarkState
from formfill.results import guarded
from formfill.supervise import Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.comparison import Difference, Pair
    from formfill.model.record import Record


@click.command(
    help=_(
        "Compare deux formulaires remplis, ou deux enregistrements (record.json), réponse par réponse. Le code de retour est 0 "
        "quand ils disent la même chose, 1 quand ils diffèrent."
    )
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help=_("Écrit les différences en JSON, pour programmes."))
def diff(first: str, second: str, *, as_json: bool) -> int:
    """Compares two files or records; one difference a line."""
    if first == second == "-":
        raise click.UsageError(_("Un seul des deux peut être l’entrée standard."))
    with Supervisor() as see:
        sides = []
        for name in (first, second):
            with guarded(name):
                source = load(name)
                sides.append(records_in(source) if is_record(source.data) else pipeline.read_all(source, see))
    compared = pairs(*sides)
    same = all(pair.a is not None and pair.b is not None and not pair.differences for pair in compared)
    if as_json:
        click.echo(json.dumps({"same": same, "forms": [_data(pair) for pair in compared]}, ensure_ascii=False))
    else:
        echo_lines(_lines(first, second, compared, same=same))
    if any(record.form is None for side in sides for record in side):
        return int(ExitCode.RECOGNITION)
    return int(ExitCode.DONE if same else ExitCode.FINDINGS)


def _data(pair: Pair) -> dict[str, Any]:
    return {
        "a": _side(pair.a),
        "b": _side(pair.b),
        "differences": [item._asdict() for item in pair.differences],
    }


def _side(record: Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    part = record.source.part
    form = record.form
    return {
        "name": record.source.name,
        "sha256": record.source.sha256,
        "part": None if part is None else {"index": part.index, "pages": list(part.pages)},
        "form": None if form is None else {"id": form.id, "edition": form.edition},
    }


def _lines(first: str, second: str, compared: tuple[Pair, ...], *, same: bool) -> Iterator[str]:
    """The differences for a person: ``-`` is what the first says, ``+`` what the second says."""
    yield f"--- {shown(first)}"
    yield f"+++ {shown(second)}"
    for pair in compared:
        record = pair.a or pair.b
        if record is None:
            continue
        name = record.form.id if record.form is not None else _("formulaire inconnu")
        if len(compared) > 1:
            name = part_name(name, record)
        if pair.b is None:
            yield _("{name} : seulement dans le premier fichier").format(name=name)
        elif pair.a is None:
            yield _("{name} : seulement dans le second fichier").format(name=name)
        elif not pair.differences:
            yield _("{name} : aucune différence").format(name=name)
        else:
            count = len(pair.differences)
            yield ngettext("{name} : {count} différence", "{name} : {count} différences", count).format(name=name, count=count)
            for item in pair.differences:
                yield from _told(item)
    if same:
        yield _("Les deux disent la même chose.")


def _told(item: Difference) -> Iterator[str]:
    what = {
        "form": _("formulaire"),
        "answer": item.field or "",
        "box": _("case {option}").format(option=item.option),
        "row": _("réalisation"),
        "comment": _("remarque"),
    }[item.kind]
    if item.kind == "box" and item.row:
        what = _("{what}, réalisation « {row} »").format(what=what, row=item.row)
    elif item.kind in ("box", "comment") and item.field:
        what = f"{item.field}, {what}"
    yield f"  {what}"
    for sign, value in (("-", item.a), ("+", item.b)):
        if value is None and item.kind in ("row", "comment"):
            continue
        text = _("(rien)") if value is None else value
        if item.kind == "box" and value is not None:
            text = state_word(MarkState(value))
        first, *rest = text.split("\n")
        yield f"    {sign} {shown(first)}"
        yield from (f"      {shown(line)}" for line in rest)
