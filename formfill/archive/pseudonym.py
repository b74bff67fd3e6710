"""Exports for studies: who a record is about becomes a keyed digest, the same for the same person, and files stay out.

What identifies is known by the identifiers of fields. The name and the number are also replaced wherever else they stand in the
record, but what people wrote freely may still tell who they are: this is a pseudonymised export (GDPR art. 4 (5)), not an anonymous
one. Whoever holds the key can find people again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from typing import TYPE_CHECKING, Any, Final

from formfill.archive.package import Item, Package, as_json
from formfill.archive.words import fold
from formfill.errors import InvalidKeyError
from formfill.files import reason
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from formfill.archive.show import Shown

SHORTEST: Final = 32
"""Bytes of the shortest key: those of the digest (RFC 2104 §3)."""
_IDENTIFYING: Final = frozenset(
    (
        *("nom", "noms", "prenom", "prenoms", "candidat", "naissance", "signataire", "tuteur", "evaluateur", "evaluateurs", "jury"),
        *("adresse", "courriel", "email", "telephone", "url", "examinateur", "examinateurs", "commission", "responsable"),
    )
)
"""Words of the identifiers of fields that say who: ``nom_prenom``, ``numero_candidat``, ``url_portfolio``."""
_PARTICLES: Final = frozenset(("de", "du", "des", "la", "le", "les", "et", "en", "mme", "mlle", "mr"))
"""Words of names that are words of any sentence."""
_WRITTEN: Final = re.compile(r"[^\W\d_]{2,}|\d{4,}")


def load_key(path: Path) -> bytes:
    """The key of a file; raises :class:`~formfill.errors.InvalidKeyError` when there is none or it is too short."""
    advice = _("Faites-en une et gardez-la hors de l’archive : head -c 32 /dev/urandom > cle")
    try:
        key = path.read_bytes()
    except OSError as error:
        seen = _("la clé ne peut pas être lue ({reason}).").format(reason=reason(error))
        raise InvalidKeyError(where=str(path), seen=seen, advice=advice) from error
    if len(key) < SHORTEST:
        seen = _("la clé a {count} octets, il en faut {least} au moins.").format(count=len(key), least=SHORTEST)
        raise InvalidKeyError(where=str(path), seen=seen, advice=advice)
    return key


class Pseudonyms:
    """Digests keyed by one key.

    Args:
        key: 32 bytes or more, kept apart from the archive.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, said: str, kind: str = "P") -> str:
        """The pseudonym of a text: 20 letters and digits, the same whatever its case, accents and spaces."""
        told = f"{kind}\x00{' '.join(fold(said).split())}".encode("utf-8", "replace")
        return f"{kind}-{base64.b32encode(hmac.new(self._key, told, hashlib.sha256).digest())[:20].decode().lower()}"

    def package(self, shown: Shown) -> Package:
        """What may leave of a record: its last reading, without files."""
        pseudonym = self.of(shown.id, "R")
        data = json.loads(shown.last.json)
        record = self._record(data, shown, pseudonym)
        return Package(pseudonym, shown, (Item("record.json", "record", "json", shown.last.number, as_json(record)),))

    def _record(self, data: dict[str, Any], shown: Shown, pseudonym: str) -> dict[str, Any]:
        names = [shown.candidate, shown.candidate_number]
        for field, answer in data["answers"].items():
            if identifying(field) and isinstance(answer["value"], str):
                names.append(answer["value"])
                answer["value"] = self.of(answer["value"])
                answer["normalised"] = None
        for comment in data["comments"]:
            if comment["author"]:
                names.append(comment["author"])
                comment["author"] = self.of(comment["author"])
        known = shown.candidate or shown.candidate_number
        who = self.of(known) if known else None
        source = data["source"]
        source["name"], source["sha256"] = (
            f"{pseudonym}.{source['format']}",
            hmac.new(self._key, source["sha256"].encode(), hashlib.sha256).hexdigest(),
        )
        cleaned: dict[str, Any] = _without(data, _pattern(filter(None, names)))
        return {"candidate": who, **cleaned}


def identifying(field: str) -> bool:
    """Whether the identifier of a field says that it tells who."""
    return not _IDENTIFYING.isdisjoint(field.casefold().split("_"))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """The words of names, wherever they stand, accents or not."""
    found = {word for said in names for word in _WRITTEN.findall(fold(said)) if word not in _PARTICLES}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})(?!\w)") if found else None


def _without(said: Any, pattern: re.Pattern[str] | None) -> Any:
    """The same data, words of names replaced in every text."""
    if pattern is None:
        return said
    if isinstance(said, str):
        return _masked(said, pattern)
    if isinstance(said, list):
        return [_without(one, pattern) for one in said]
    if isinstance(said, dict):
        # identifiers, labels and codes are ours: nobody's name
        ours = ("schema", "format", "sha256", "field", "option", "label", "state", "kind", "code", "severity", "rule", "says", "id")
        return {key: one if key in ours else _without(one, pattern) for key, one in said.items()}
    return said


def _masked(said: str, pattern: re.Pattern[str]) -> str:
    return re.sub(r"\w+", lambda word: "[…]" if pattern.fullmatch(fold(word[0])) else word[0], said)
