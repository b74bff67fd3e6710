"""Why a library refused a file, in the language in use: libraries speak English, and of themselves.

Where the file is wrong is kept (line, column, part). It knows no library: a fault is told by the attributes and the names that the
libraries document.
"""

from __future__ import annotations

import re
from typing import Final

from formfill.language import gettext as _

_CHECKSUM: Final = re.compile(r"Bad CRC-32 for file '(.*)'")


def fault(error: Exception, part: str | None = None) -> str:
    """What an error of a ZIP, XML or JSON library says.

    Args:
        error: the error, whatever its type.
        part: the part of the package where it was met.
    """
    words = _said(error)
    return words if part is None else _("partie « {part} » : {words}").format(part=part, words=words)


def _said(error: Exception) -> str:
    code = getattr(error, "code", None)
    if isinstance(code, int) and hasattr(error, "position"):
        return _at(_xml(code), *error.position)
    if hasattr(error, "lineno") and hasattr(error, "colno"):
        return _at(_json(getattr(error, "msg", "")), error.lineno, error.colno)
    name = type(error).__name__
    checksum = _CHECKSUM.search(str(error)) if name == "BadZipFile" else None
    if checksum is not None:
        return _("la partie « {part} » ne correspond pas à sa somme de contrôle").format(part=checksum[1])
    words = {
        "BadZipFile": _("l’archive ZIP est abîmée"),
        "error": _("une partie ne se décompresse pas"),
        "EOFError": _("le fichier s’arrête trop tôt"),
        "NotImplementedError": _("une partie est compressée d’une façon inconnue"),
        "RecursionError": _("des éléments sont imbriqués trop profondément"),
        "KeyError": _("il manque une partie"),
        "UnicodeDecodeError": _("des octets ne sont pas du texte"),
    }
    return words.get(name) or _("contenu illisible : {kind}").format(kind=name)


def _at(words: str, line: int, column: int) -> str:
    return _("ligne {line}, colonne {column} : {words}").format(line=line, column=column, words=words)


def _xml(code: int) -> str:
    """What an error code of libxml2 means (``xmlerror.h``)."""
    words = {
        4: _("le XML est vide"),
        5: _("quelque chose suit la fin du XML"),
        9: _("un caractère est interdit en XML"),
        26: _("une entité n’est pas déclarée"),
        32: _("l’encodage déclaré est inconnu"),
        38: _("un signe < se trouve dans un attribut"),
        39: _("une valeur d’attribut manque"),
        40: _("une valeur d’attribut n’est pas fermée"),
        42: _("un attribut est donné deux fois"),
        68: _("un nom manque"),
        73: _("un signe > manque"),
        74: _("une balise fermante n’est pas finie"),
        76: _("une balise fermante ne répond pas à la balise ouverte"),
        77: _("une balise n’est pas fermée"),
        81: _("des octets ne sont pas de l’encodage déclaré"),
        89: _("des entités se contiennent elles-mêmes"),
        114: _("le XML passe une limite de taille ou de profondeur"),
        201: _("un préfixe d’espace de noms n’est pas déclaré"),
    }
    return words.get(code) or _("XML mal formé (code {code})").format(code=code)


def _json(message: str) -> str:
    """What a message of the module ``json`` means."""
    words = {
        "Expecting value": _("une valeur est attendue"),
        "Extra data": _("quelque chose suit la fin du JSON"),
        "Expecting property name enclosed in double quotes": _("une clé entre guillemets est attendue"),
        "Expecting ':' delimiter": _("le signe : manque après une clé"),
        "Expecting ',' delimiter": _("une virgule manque"),
        "Unterminated string starting at": _("un texte n’est pas fermé"),
        "Invalid control character at": _("un texte porte un caractère de contrôle"),
        "Invalid \\escape": _("un échappement est inconnu"),
        "Invalid \\uXXXX escape": _("un échappement \\u n’a pas quatre chiffres"),
        "Unexpected UTF-8 BOM (decode using utf-8-sig)": _("le texte commence par une marque d’ordre des octets (BOM)"),
        "Illegal trailing comma before end of object": _("une virgule est de trop"),
        "Illegal trailing comma before end of array": _("une virgule est de trop"),
    }
    return words.get(message.rstrip(": ")) or _("JSON mal formé")
