"""Opening an OpenDocument file: a package (1.3 Part 2) or one flat XML file (Part 3 §3.1.2). Nothing is followed or fetched."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from formfill.errors import EncryptedSourceError, SourceTooLargeError, UnreadableSourceError
from formfill.faults import fault
from formfill.language import gettext as _
from formfill.readers._odfml import OFFICE, TEXT
from formfill.readers._package import MAX_PART, Package

if TYPE_CHECKING:
    from formfill.readers._odfml import Element
    from formfill.source import Source

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_BODIES: Final = {"odt": OFFICE + "text", "ods": OFFICE + "spreadsheet"}


class Opened(NamedTuple):
    """The parts of a file that are read."""

    content: Element
    """Root of the content; of the whole file when it is flat."""
    styles: Element | None
    """Root of the common styles and master pages; None when there are none, or they are damaged."""
    body: Element
    """``office:text`` or ``office:spreadsheet``."""


def open_source(source: Source) -> Opened:
    """Opens a file; raises a :class:`~formfill.errors.SourceError` when it cannot be read."""
    content, styles = _package(source) if source.data[:2] == b"PK" else _flat(source)
    _refuse_entities(content, source.name)
    if styles is not None and styles is not content:
        _refuse_entities(styles, source.name)
    body = next(
        (node for part in content.iterchildren(OFFICE + "body") for node in part.iterchildren(_BODIES[source.format])), None
    )
    if body is None:
        raise UnreadableSourceError(
            where=source.name,
            seen=_("le document OpenDocument n’a pas de contenu."),
            advice=_("Ouvrez-le dans LibreOffice et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
        )
    return Opened(content, styles, body)


def _package(source: Source) -> tuple[Element, Element | None]:
    package = Package(source)
    try:
        content = package.parse(CONTENT)
    except UnreadableSourceError:
        if _is_encrypted(package):
            raise EncryptedSourceError(
                where=source.name,
                seen=_("le document est protégé par un mot de passe."),
                advice=_("Ouvrez-le avec son mot de passe et enregistrez-le sans protection."),
            ) from None
        raise
    styles = None
    if STYLES in package.names:
        with suppress(UnreadableSourceError):
            styles = package.parse(STYLES)
    return content, styles


def _refuse_entities(root: Element, name: str) -> None:
    """Refuses a part that declares entities and uses them: OpenDocument has none, and they are never resolved."""
    if root.getroottree().docinfo.doctype and next(root.iter(etree.Entity), None) is not None:
        raise UnreadableSourceError(
            where=name,
            seen=_("le document appelle des entités XML, ce qu’aucun logiciel de bureautique n’écrit."),
            advice=_("Ouvrez-le dans LibreOffice et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
        )


def _is_encrypted(package: Package) -> bool:
    """Whether the manifest says that a part is encrypted (Part 2 §4.4, ``manifest:encryption-data``)."""
    with suppress(UnreadableSourceError):
        return b"encryption-data" in package.read(MANIFEST)
    return False


def _flat(source: Source) -> tuple[Element, Element]:
    if len(source.data) > MAX_PART:
        raise SourceTooLargeError(
            where=source.name,
            seen=_("le fichier pèse {size} Mo, la limite est {limit} Mo.").format(
                size=len(source.data) >> 20, limit=MAX_PART >> 20
            ),
            advice=_("Vérifiez que c’est bien le formulaire ; réduisez les images si c’est lui."),
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSourceError(
            where=source.name,
            seen=_("le fichier est endommagé ({reason}).").format(reason=fault(error)),
            advice=_("Ouvrez-le dans LibreOffice et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
        ) from error
    return root, root


def pages(styles: Element | None) -> list[Element]:
    """The headers and the footers of the master pages, in order (Part 3 §16.9 and following)."""
    found: list[Element] = []
    if styles is not None:
        for masters in styles.iterchildren(OFFICE + "master-styles"):
            for page in masters:
                found += [part for part in page if part.tag.rpartition("}")[2].startswith(("header", "footer"))]
    return [part for part in found if next(part.iter(TEXT + "p", TEXT + "h"), None) is not None]
