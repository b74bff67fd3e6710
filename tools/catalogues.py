"""Keeps the translations up to date: extracts the sentences of the code and the templates, updates the catalogues, compiles them.

``make catalogues`` runs it. Then complete the empty ``msgstr`` that it lists, and run it again. The same code gives the same bytes:
no date, no name, no line number.

Two catalogues:

- ``formfill`` (English): the sentences of formfill, which are French in the code;
- ``messages`` (French): the sentences of Click, which are English there.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).parent.parent
LOCALE: Final = ROOT / "formfill" / "locale"
WIDTH: Final = 110
KEYWORDS: Final = {"_": 1, "gettext": 1, "ngettext": 2}
"""Functions that translate, and how many of their arguments are sentences."""
Message = str | tuple[str, str]
"""A sentence, or its singular and plural."""


class _Catalog(Catalog):
    """A catalogue whose header holds what gettext needs, and nothing that changes."""

    def _headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    mime_headers: Any = property(_headers, lambda _self, _value: None)


class Project(NamedTuple):
    """One catalogue and where its sentences come from."""

    domain: str
    locale: str
    what: str
    python: Path
    templates: Path | None = None

    @property
    def po(self) -> Path:
        """The catalogue that people edit."""
        return LOCALE / self.locale / "LC_MESSAGES" / f"{self.domain}.po"

    @property
    def mo(self) -> Path:
        """The catalogue that the program reads."""
        return self.po.with_suffix(".mo")

    def sentences(self) -> dict[Message, list[str]]:
        """Every sentence to translate and the files that hold it, in the order of the alphabet."""
        found: dict[Message, list[str]] = {}
        folders = [(self.python, "*.py", _of_python)]
        if self.templates is not None:
            folders.append((self.templates, "*.html", _of_template))
        for folder, pattern, extract in folders:
            for path in sorted(folder.rglob(pattern)):
                for message in extract(path):
                    files = found.setdefault(message, [])
                    if (name := path.relative_to(folder.parent).as_posix()) not in files:
                        files.append(name)
        return dict(sorted(found.items(), key=lambda item: key(item[0])))

    def catalogue(self) -> Catalog:
        """The catalogue as people left it."""
        empty = _Catalog(locale=self.locale, fuzzy=False)
        if not self.po.exists():
            return empty
        for message in read_po(io.BytesIO(self.po.read_bytes()), locale=self.locale):
            if message.id:
                empty[message.id] = message
        return empty

    def updated(self) -> tuple[Catalog, list[str]]:
        """The catalogue with the sentences of today, and the translations that no sentence needs any more."""
        old = self.catalogue()
        new = _Catalog(
            locale=self.locale, header_comment=f"# {self.what}\n# « make catalogues » le met à jour et le compile.", fuzzy=False
        )
        for text, files in self.sentences().items():
            known = old.get(key(text))
            string = known.string if known is not None and isinstance(known.id, str) is isinstance(text, str) else ""
            # Babel marks what has a {name} as « python-brace-format » by itself
            new.add(text, string, locations=[(name, 0) for name in files])
        kept = {key(message.id) for message in new}
        return new, [key(message.id) for message in old if key(message.id) not in kept]


PROJECTS: Final = (
    Project("formfill", "en", "Les phrases de formfill, du français à l’anglais.", ROOT / "formfill", ROOT / "templates"),
    Project("messages", "fr", "Les phrases de Click, de l’anglais au français.", Path(find_spec("click").origin).parent),  # type: ignore[union-attr, arg-type]
)


def _of_python(path: Path) -> Iterator[Message]:
    """The sentences of a module, f-strings included, which Babel does not look into before Python 3.12."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            wanted = node.args[: KEYWORDS.get(str(name), 0)]
            # Click also translates a value that it looks up by the English word: _(extra["required"])
            found = (inner.value for argument in wanted for inner in ast.walk(argument) if isinstance(inner, ast.Constant))
            texts = [text for text in found if isinstance(text, str)]
            if texts:
                yield (texts[0], texts[1]) if len(wanted) == 2 else texts[0]


def _of_template(path: Path) -> Iterator[Message]:
    for _line, text, _comments, _context in extract_from_file("jinja2", path, keywords={"_": None, "ngettext": (1, 2)}):
        yield (text[0], text[1]) if isinstance(text, tuple) else text


def key(message: Any) -> str:
    """The sentence that gettext looks for: the singular."""
    return message if isinstance(message, str) else str(message[0])


def untranslated(catalogue: Iterable[Any]) -> Iterator[str]:
    """The sentences without a translation, plural included."""
    for message in catalogue:
        strings = (message.string,) if isinstance(message.string, str) else message.string
        if message.id and not (strings and all(strings)):
            yield key(message.id)


def names(text: str) -> set[str]:
    """The replacement fields of a sentence: ``{count}``, ``{value:g}``, ``{name!r}``, ``%(prog)s``."""
    try:
        fields = [(name, conversion, spec) for _text, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:  # a lone brace: this sentence is shown as it is
        return {"lone brace"}
    return {f"{{{name}!{conversion}:{spec}}}" for name, conversion, spec in fields} | set(re.findall(r"%\(\w+\)[a-z]", text))


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it."""
    target = io.BytesIO()
    write_po(target, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    return target.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it; a sentence without translation is left out."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> int:
    """Updates and compiles both catalogues; 1 when a sentence has no translation."""
    missing = 0
    for project in PROJECTS:
        catalogue, gone = project.updated()
        project.po.parent.mkdir(parents=True, exist_ok=True)
        project.po.write_bytes(po_bytes(catalogue))
        project.mo.write_bytes(mo_bytes(catalogue))
        todo = list(untranslated(catalogue))
        missing += len(todo)
        print(f"{project.po.relative_to(ROOT)} : {len(catalogue)} phrases, {len(todo)} à traduire, {len(gone)} retirées")
        for sentence in gone:
            print(f"  - {sentence!r}")
        for sentence in todo:
            print(f"  à traduire : {sentence!r}")
    print(f"(Click {version('click')})")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
