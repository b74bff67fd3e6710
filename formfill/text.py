"""Comparing texts: normalised copies, word-level differences, nearness. It never alters the text that is stored.

The rules come from the section ``typographie`` of the référentiel: apostrophes, ligatures, bullets, spaces, final stop.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BULLETS: Final = "·•▸▪◦‣∙●○■-–—*o\uf0b7\uf0a7"
"""Signs that a list prints before an item; ``o`` and the dashes count only when a space follows."""

_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\t\n\r\u2028\u2029\x0b\x0c"), " ")
_GONE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\ufe0e\ufe0f"))
_SAME: Final = {ord(c): "'" for c in "’‘´`ʼ′＇"} | {ord(c): "-" for c in "‐‑‒–—−"} | {ord(c): '"' for c in "“”„«»"}
_LIGATURES: Final = {ord("œ"): "oe", ord("Œ"): "oe", ord("æ"): "ae", ord("Æ"): "ae", ord("ﬁ"): "fi", ord("ﬂ"): "fl", ord("ﬀ"): "ff"}
_TABLE: Final = {**_SPACES, **_GONE, **_SAME, **_LIGATURES, ord("…"): "..."}


def strip_bullet(text: str) -> str:
    """The text without surrounding spaces and without the bullet before it."""
    text = text.strip(" \t\u00a0\u202f")
    while text and text[0] in BULLETS and (len(text) == 1 or text[1] in " \t\u00a0\u202f" or text[0] not in "-–—*o"):
        text = text[1:].lstrip(" \t\u00a0\u202f")
    return text


@lru_cache(maxsize=16384)
def squeeze(text: str) -> str:
    """The text with single plain spaces and composed accents: equal squeezed texts are written exactly alike.

    Spaces, tabs and line breaks are one space; zero-width characters are gone; nothing else changes.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate({**_SPACES, **_GONE}).split())


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """The text for comparison: no bullet, case, accent, ligature, typographic sign, double space nor final stop."""
    folded = strip_bullet(text).translate(_TABLE)
    decomposed = unicodedata.normalize("NFD", folded.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    for sign in ":;!?":
        bare = bare.replace(f" {sign}", sign)
    return " ".join(bare.split()).rstrip(" .;:")


def sentence(message: str) -> str:
    """A sentence that quotes what a person wrote, fit to be shown: no invisible sign, one line, one full stop.

    What leaves no mark on a screen (controls, formats, half surrogates) is shown by its code: ``<U+0007>``.
    """
    if not message.isprintable():
        message = "".join(_visible(char) for char in message)
    return message[:-1] if message.endswith("..") and not message.endswith("...") else message


def _visible(char: str) -> str:
    if char in "\r\n\x85\u2028\u2029":
        return " ↵ "
    return f"<U+{ord(char):04X}>" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") else char


def nearness(a: str, b: str) -> float:
    """How alike two texts are once normalised, 0 to 100 (normalised indel similarity, rapidfuzz ``ratio``)."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(normalise(a), normalise(b)))


def near(text: str, candidates: Mapping[str, str], least: float) -> Iterator[str]:
    """Keys of the candidates, already normalised, whose nearness to the text is at least so much, in their order."""
    from rapidfuzz import fuzz, process

    for _candidate, score, key in process.extract_iter(normalise(text), candidates, scorer=fuzz.ratio, score_cutoff=least - 1):
        if score >= least:
            yield key


def nearest(text: str, candidates: list[str]) -> tuple[int, float, float] | None:
    """Index and nearness of the candidate most like the text, and nearness of the runner-up; None without candidates."""
    from rapidfuzz import fuzz

    wanted = normalise(text)
    scores = sorted(((float(fuzz.ratio(wanted, normalise(c))), -i) for i, c in enumerate(candidates)), reverse=True)
    if not scores:
        return None
    return -scores[0][1], scores[0][0], scores[1][0] if len(scores) > 1 else 0.0


_NEGATIONS: Final = frozenset(
    ["non", "pas", "ne", "n", "jamais", "aucun", "aucune", "sans", "insuffisant", "insuffisante", "absent", "absente"]
)


def denies(official: str, seen: str) -> bool:
    """Whether a text has a negation that the official one has not: a judgement, not another wording."""
    words = set(normalise(seen).replace("'", " ").replace("-", " ").split())
    return bool((words & _NEGATIONS) - set(normalise(official).replace("'", " ").replace("-", " ").split()))


def word_difference(official: str, seen: str) -> str:
    """What changed, word by word: ``Gérer {-des-} {+les+} sauvegardes`` reads "des" gone, "les" come."""
    from difflib import SequenceMatcher

    a, b = squeeze(strip_bullet(official)).split(), squeeze(strip_bullet(seen)).split()
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts += a[i1:i2]
            continue
        if i1 < i2:
            parts.append("{-" + " ".join(a[i1:i2]) + "-}")
        if j1 < j2:
            parts.append("{+" + " ".join(b[j1:j2]) + "+}")
    return " ".join(parts)
