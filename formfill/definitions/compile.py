"""Writes what is derived from the definitions: compiled JSON, loaded in milliseconds, and the published JSON Schemas.

Run ``python -m formfill.definitions.compile`` after any change of ``forms/``, ``referentiels/`` or of their format. A compiled file
holds the sha256 of the TOML files it came from: the catalogue sees by itself that one is stale.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from formfill.definitions.build import ENGINE
from formfill.definitions.form_file import FormFile
from formfill.definitions.load import Referentiels, load_form, load_referentiel
from formfill.definitions.schema import referentiel_file
from formfill.shelf import heads_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from formfill.model.form import Form

PACKAGE: Final = Path(__file__).parent.parent
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def derived(package: Path = PACKAGE) -> Iterator[tuple[str, str]]:
    """Every derived file as its path in the package and its text.

    Raises:
        DefinitionError: when a definition is wrong.
    """
    referentiels = Referentiels(package / "referentiels")
    for path in sorted((package / "referentiels").glob("*.toml")):
        load_referentiel(path)
        yield f"compiled/{path.stem}.referentiel.json", _compiled([path], {"referentiel": tomllib.loads(path.read_text("utf-8"))})
    forms: list[Form] = []
    every: list[Path] = []
    for path in sorted((package / "forms").glob("*.toml")):
        form = load_form(path, referentiels)
        forms.append(form)
        sources = [path, package / "referentiels" / f"{form.referentiel}.toml"]
        every += [source for source in sources if source not in every]
        yield f"compiled/{path.stem}.form.json", _compiled(sources, {"form": asdict(form)})
    index = {"forms": [form.id for form in forms], "heads": {head: list(ranks) for head, ranks in heads_of(forms).items()}}
    yield "compiled/index.json", _compiled(every, index)
    yield "schemas/form.schema.json", _schema(FormFile)
    yield "schemas/referentiel.schema.json", _schema(referentiel_file())


def _compiled(sources: list[Path], data: dict[str, Any]) -> str:
    digests = {f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in sources}
    return json.dumps({"engine": ENGINE, "sources": digests, **data}, ensure_ascii=False, indent=1) + "\n"


def _schema(model: type[BaseModel]) -> str:
    schema = {"$schema": _DIALECT, **_without_null_defaults(model.model_json_schema())}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _without_null_defaults(node: Any) -> Any:
    """The schema without ``default: null`` and its ``anyOf`` with null: TOML has no null, an optional key is simply absent."""
    if isinstance(node, list):
        return [_without_null_defaults(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null_defaults(value) for key, value in node.items() if (key, value) != ("default", None)}
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept = {**choices[0], **kept}
    return kept


def main() -> int:
    """Writes every derived file that changed and removes those that nothing gives any more."""
    wanted = dict(derived())
    for name, text in wanted.items():
        path = PACKAGE / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stderr.write(f"{name}\n")
    for path in (PACKAGE / "compiled").glob("*.json"):
        if f"compiled/{path.name}" not in wanted:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
