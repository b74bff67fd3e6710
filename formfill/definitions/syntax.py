"""TOML text to plain data, or the one syntax error that stops it, said in the language in use."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from formfill.definitions.problems import Problem
from formfill.language import gettext as _

_WHERE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BOM: Final = "\ufeff"


def parse(text: str) -> tuple[dict[str, object] | None, tuple[Problem, ...]]:
    """The data of a TOML text, or None and the reason why not.

    ``tomllib`` stops at the first syntax error: there is never more than one.
    """
    if text.startswith(_BOM):
        advice = _("le fichier commence par une marque d’ordre des octets (BOM) : enregistrez-le en UTF-8 sans BOM.")
        return None, (Problem(1, "", advice),)
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as exc:
        message = str(exc).splitlines()[0]
        found = _WHERE.search(message)
        line = int(found[1]) if found and found[1] else text.rstrip("\n").count("\n") + 1
        column = int(found[2]) if found and found[2] else None
        reason = _in_french(_WHERE.sub("", message))
        sentence = _("syntaxe TOML, colonne {column} : {reason}") if column else _("syntaxe TOML, fin du fichier : {reason}")
        return None, (Problem(line, "", sentence.format(column=column, reason=reason)),)


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a TOML file, always UTF-8 (TOML 1.0, Spec), or an empty text and the line of the first bad byte."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        sentence = _("octet 0x{byte:02X} inattendu : le fichier n’est pas en UTF-8. Enregistrez-le en UTF-8.")
        return "", (Problem(line, "", sentence.format(byte=data[exc.start])),)


def _in_french(reason: str) -> str:
    sentences = {
        r"Invalid statement": _("cette ligne n’est ni une clé, ni un [tableau], ni un commentaire."),
        r"Expected newline or end of document after a statement": _("fin de ligne attendue après la valeur."),
        r"Expected '=' after a key in a key/value pair": _("le signe = manque après la clé."),
        r"Expected '\]' at the end of a table declaration": _("le crochet ] manque à la fin du titre de tableau."),
        r"Expected '\]\]' at the end of an array declaration": _("les crochets ]] manquent à la fin du titre de tableau."),
        r"Expected .*": _("la fin d’un texte ou d’un tableau manque."),
        r"Found invalid character .*|Illegal character .*": _("caractère interdit (caractère de contrôle ou retour à la ligne)."),
        r"Cannot declare .* twice": _("ce tableau est déjà déclaré plus haut."),
        r"Cannot overwrite a value": _("cette clé est déjà donnée plus haut."),
        r"Cannot mutate immutable namespace .*|Cannot redefine namespace .*": _("ce tableau est déjà donné en entier plus haut."),
        r"Invalid initial character for a key part": _("une clé ne peut pas commencer par ce caractère."),
        r"Unclosed array": _("le crochet ] qui ferme la liste manque, ou une virgule entre deux valeurs."),
        r"Unclosed inline table": _("l’accolade } qui ferme le tableau manque, ou une virgule entre deux clés."),
        r"Duplicate inline table key .*": _("cette clé est donnée deux fois dans le même tableau."),
        r"Unescaped '.*": _("la barre oblique inverse \\ doit être doublée, ou suivie d’une lettre d’échappement connue."),
        r"Invalid hex value|Escaped character is not .*": _("ce code de caractère n’existe pas."),
        r"Unterminated string": _("le guillemet qui ferme le texte manque."),
        r"Invalid date or datetime": _("cette date n’existe pas."),
        r"Invalid value": _("valeur illisible : les textes vont entre guillemets, les booléens s’écrivent true ou false."),
    }
    return next((french for pattern, french in sentences.items() if re.fullmatch(pattern, reason)), reason)


def own_name(text: str, key: str) -> str:
    """The id that a TOML text gives itself at a key of its root; empty when it gives none."""
    data, _problems = parse(text)
    value = (data or {}).get(key)
    return value if isinstance(value, str) else ""
