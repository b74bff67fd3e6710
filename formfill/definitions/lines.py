"""On which line of a TOML file each key and each item stands: ``tomllib`` gives values without their places.

The scanner follows TOML 1.0 (https://toml.io/en/v1.0.0). It expects a file that ``tomllib`` has accepted, and checks nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from formfill.definitions.problems import Path

_BLANK: Final = re.compile(r"[ \t]*")
_SPACE: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")
# the long delimiters first; a closing long delimiter may follow one or two quotes that belong to the text (TOML 1.0, strings)
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")' r"|'''.*?'{3,5}(?!')" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class Lines:
    """The line of every table, key and item of a TOML text.

    Args:
        text: a text that ``tomllib`` accepts.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pos = 0
        self._breaks = [i for i, c in enumerate(text) if c == "\n"]
        self._found: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._scan()

    def at(self, path: Path) -> int:
        """The line of what stands at the path, or of the nearest thing around it, from 1."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]

    def knows(self, path: Path) -> bool:
        """Tells whether something stands at exactly that path."""
        return path in self._found

    def _here(self) -> int:
        return bisect_right(self._breaks, self._pos - 1) + 1

    def _note(self, path: Path, line: int) -> None:
        self._found.setdefault(path, line)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._pos)
        if match is None:
            return ""
        self._pos = match.end()
        return match.group()

    def _peek(self, sign: str) -> bool:
        return self._text.startswith(sign, self._pos)

    def _scan(self) -> None:
        table: Path = ()
        while True:
            self._skip(_SPACE)
            if self._pos >= len(self._text):
                return
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        line, many = self._here(), self._peek("[[")
        self._pos += 2 if many else 1
        *before, last = self._key()
        path: Path = ()
        for part in before:
            path = (*path, part)
            self._note(path, line)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        path = (*path, last)
        self._note(path, line)
        if many:
            rank = self._counts.get(path, 0)
            self._counts[path] = rank + 1
            path = (*path, rank)
            self._note(path, line)
        self._pos += 2 if many else 1
        return path

    def _pair(self, table: Path) -> None:
        line = self._here()
        path = table
        for part in self._key():
            path = (*path, part)
            self._note(path, line)
        self._pos += 1  # the sign =
        self._skip(_BLANK)
        self._value(path)

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            parts.append(_unquote(self._skip(_STRING)) if self._text[self._pos] in "\"'" else self._skip(_BARE))
            self._skip(_BLANK)
            if not self._peek("."):
                return parts
            self._pos += 1

    def _value(self, path: Path) -> None:
        if self._peek("["):
            self._array(path)
        elif self._peek("{"):
            self._inline_table(path)
        elif self._text[self._pos] in "\"'":
            self._skip(_STRING)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self._pos += 1
        rank = 0
        while True:
            self._skip(_SPACE)
            if self._peek("]"):
                break
            if self._peek(","):
                self._pos += 1
                continue
            self._note((*path, rank), self._here())
            self._value((*path, rank))
            rank += 1
        self._pos += 1

    def _inline_table(self, path: Path) -> None:
        self._pos += 1
        while True:
            self._skip(_SPACE)
            if self._peek("}"):
                break
            if self._peek(","):
                self._pos += 1
                continue
            self._pair(path)
        self._pos += 1


def _unquote(quoted: str) -> str:
    if quoted.startswith("'"):
        return quoted[1:-1]

    def plain(match: re.Match[str]) -> str:
        four, eight, letter = match.groups()
        return chr(int(four or eight, 16)) if four or eight else _LETTERS.get(letter, letter)

    return _ESCAPE.sub(plain, quoted[1:-1])
