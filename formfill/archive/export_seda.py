"""An export as a SEDA 2.3 transfer: ``manifest.xml`` (an ``ArchiveTransfer``) and the files under ``content/``.

SEDA (Standard d’échange de données pour l’archivage, https://francearchives.gouv.fr/seda/) fixes the order of elements; the types
of its schema (``seda-2.3-main.xsd`` and its parts) are named beside what follows them. Each record is an archive unit of level
``File``, with a unit of level ``Item`` for the form as handed in and for each reading.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from formfill.archive.contents import digest
from formfill.archive.destination import building
from formfill.archive.package import EXTENSIONS, chosen, packages
from formfill.errors import InvalidArchiveRulesError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from formfill.archive.database import Archive
    from formfill.archive.find import Criteria
    from formfill.archive.package import Item, Package
    from formfill.archive.pseudonym import Pseudonyms
    from formfill.archive.rules import Agencies, Rules

NAMESPACE: Final = "fr:gouv:culture:archivesdefrance:seda:v2.3"
_FORMATS: Final = {
    # name, media type, PRONOM identifier
    "docx": (
        "Microsoft Word for Windows (2007 onwards)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "fmt/412",
    ),
    "xlsx": (
        "Microsoft Excel for Windows (2007 onwards)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "fmt/214",
    ),
    "odt": ("OpenDocument Text", "application/vnd.oasis.opendocument.text", None),
    "ods": ("OpenDocument Spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", None),
    "pdf": ("Portable Document Format", "application/pdf", None),
    "txt": ("Plain Text File", "text/plain", "x-fmt/111"),
    "json": ("JSON Data Interchange Format", "application/json", "fmt/817"),
    "html": ("Hypertext Markup Language", "text/html", None),
}
_PDF_A_3A: Final = ("PDF/A-3a", "application/pdf", "fmt/479")
"""What our own PDF is."""


def export_seda(archive: Archive, target: Path, criteria: Criteria, rules: Rules, pseudonyms: Pseudonyms | None = None) -> int:
    """Writes a transfer and returns how many records are in it.

    Raises:
        InvalidArchiveRulesError: the configuration does not say who transfers to whom.
        UnwritableOutputError: the target cannot be written, or there is something there.
        AlteredContentError: bytes are no longer those that were archived; nothing is left at the target.
    """
    if rules.agencies is None:
        raise InvalidArchiveRulesError(
            where=rules.where,
            seen=_("rien n’y dit qui verse à qui."),
            advice=_("Ajoutez un bloc [seda] avec archival_agency, transferring_agency et originating_agency."),
        )
    with building(target) as folder:
        found = chosen(archive, criteria, "seda", pseudonymised=pseudonyms is not None)
        manifest = _Manifest(rules, folder, named=pseudonyms is None)
        for package in packages(archive, found, pseudonyms):
            manifest.add(package)
        tree = ET.ElementTree(manifest.transfer(rules.agencies, f"formfill-{archive.id}-{uuid.uuid4().hex}"))
        ET.indent(tree)
        tree.write(folder / "manifest.xml", encoding="UTF-8", xml_declaration=True)
    return len(found)


class _Manifest:
    """A manifest that is being written."""

    def __init__(self, rules: Rules, folder: Path, *, named: bool) -> None:
        self._rules = rules
        self._folder = folder
        self._named = named
        self._package = ET.Element("DataObjectPackage")
        self._units = ET.Element("DescriptiveMetadata")
        self._last = 0

    def _id(self) -> str:
        # xsd:ID begins with a letter
        self._last += 1
        return f"ID{self._last}"

    def transfer(self, agencies: Agencies, identifier: str) -> ET.Element:
        """The whole message (``ArchiveTransferType``)."""
        root = ET.Element("ArchiveTransfer", {"xmlns": NAMESPACE})
        _add(root, "Comment", "Formulaires d’examen archivés par formfill")
        _add(root, "Date", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        _add(root, "MessageIdentifier", identifier)
        if agencies.agreement:
            _add(root, "ArchivalAgreement", agencies.agreement)
        lists = ET.SubElement(root, "CodeListVersions")
        _add(lists, "MessageDigestAlgorithmCodeListVersion", "MessageDigestAlgorithmCodeListVersion0")
        _add(lists, "FileFormatCodeListVersion", "FileFormatCodeListVersion0")
        root.append(self._package)
        self._package.append(self._units)
        management = ET.SubElement(self._package, "ManagementMetadata")
        _add(management, "LegalStatus", "Public Archive")
        _add(management, "OriginatingAgencyIdentifier", agencies.originating_agency)
        _add(management, "SubmissionAgencyIdentifier", agencies.transferring_agency)
        for name, agency in (("ArchivalAgency", agencies.archival_agency), ("TransferringAgency", agencies.transferring_agency)):
            _add(ET.SubElement(root, name), "Identifier", agency)
        return root

    def add(self, package: Package) -> None:
        """A record: its objects and its archive unit (``ArchiveUnitType``)."""
        shown = package.shown
        unit = ET.SubElement(self._units, "ArchiveUnit", {"id": self._id()})
        self._management(unit, package)
        content = ET.SubElement(unit, "Content")
        who = " – ".join(filter(None, (shown.candidate, shown.candidate_number))) if self._named else ""
        form = shown.form or "formulaire non reconnu"
        _add(content, "DescriptionLevel", "File")
        _add(content, "Title", " – ".join(filter(None, (form, f"session {shown.session}" if shown.session else "", who))))
        _add(content, "OriginatingAgencyArchiveUnitIdentifier", package.id)
        _add(content, "Description", f"Formulaire {form}" + (f", édition {shown.edition}" if shown.edition else ""))
        for kind, keyword in (("persname", who), ("subject", shown.session or "")):
            if keyword:
                said = ET.SubElement(content, "Keyword")
                _add(said, "KeywordContent", keyword)
                _add(said, "KeywordType", kind)
        _add(content, "ReceivedDate", shown.added[:10])
        for title, chosen_ in _parts():
            items = [item for item in package.items if chosen_(item)]
            for number in sorted({item.version for item in items}):
                self._item(unit, title.format(number=number), number, [item for item in items if item.version == number], package)

    def _management(self, unit: ET.Element, package: Package) -> None:
        """How long it is kept, and whether it is held (``ManagementGroup``)."""
        rule = self._rules.of(package.shown.form)
        held = [one for one in package.shown.holds if one["lifted"] is None]
        if rule is None and not held:
            return
        management = ET.SubElement(unit, "Management")
        if rule is not None:
            appraisal = ET.SubElement(management, "AppraisalRule")
            _add(appraisal, "Rule", rule.rule)
            began = rule.began(package.shown.year, package.shown.added)
            if began is not None:
                _add(appraisal, "StartDate", began.isoformat())
            _add(appraisal, "FinalAction", "Destroy" if rule.destroy else "Keep")
        if held:
            hold = ET.SubElement(management, "HoldRule")
            for one in held:
                _add(hold, "Rule", "GEL")
                _add(hold, "StartDate", one["placed"][:10])
                if one["reason"].strip() and self._named:
                    _add(hold, "HoldReason", one["reason"])

    def _item(self, unit: ET.Element, title: str, number: int, items: list[Item], package: Package) -> None:
        """A unit of level Item and its group of objects."""
        group = ET.SubElement(self._package, "DataObjectGroup", {"id": self._id()})
        copies = 0
        for item in items:
            if item.role == "rendition":
                copies += 1
                usage = f"Dissemination_{copies}"
            else:
                usage = {"original": "BinaryMaster_1", "record": "TextContent_1", "history": "BinaryMaster_1"}[item.role]
            self._object(group, item, usage, package)
        inner = ET.SubElement(unit, "ArchiveUnit", {"id": self._id()})
        content = ET.SubElement(inner, "Content")
        _add(content, "DescriptionLevel", "Item")
        _add(content, "Title", title)
        if number:
            _add(content, "Version", str(number))
        reference = ET.SubElement(inner, "DataObjectReference")
        _add(reference, "DataObjectGroupReferenceId", group.attrib["id"])

    def _object(self, group: ET.Element, item: Item, usage: str, package: Package) -> None:
        """A file (``BinaryDataObjectType``)."""
        identifier = self._id()
        path = f"content/{identifier}.{EXTENSIONS.get(item.format, item.format)}"
        (self._folder / "content").mkdir(exist_ok=True)
        (self._folder / path).write_bytes(item.data)
        known = ET.SubElement(group, "BinaryDataObject", {"id": identifier})
        _add(known, "DataObjectVersion", usage)
        _add(known, "Uri", path)
        _add(known, "MessageDigest", digest(item.data), algorithm="SHA-512")
        if item.data:
            # a positive number, or nothing
            _add(known, "Size", str(len(item.data)))
        ours = item.role == "rendition" and item.format == "pdf"
        found = _PDF_A_3A if ours else _FORMATS.get(item.format)
        if found is not None:
            format = ET.SubElement(known, "FormatIdentification")
            _add(format, "FormatLitteral", found[0])
            _add(format, "MimeType", found[1])
            if found[2] is not None:
                _add(format, "FormatId", found[2])
        handed_in = item.role == "original" and self._named
        _add(ET.SubElement(known, "FileInfo"), "Filename", package.shown.names[0] if handed_in else item.path)


def _parts() -> tuple[tuple[str, Callable[[Item], bool]], ...]:
    return (
        ("Formulaire remis", lambda item: item.role == "original"),
        ("Lecture {number} : enregistrement et exemplaires propres", lambda item: item.role in ("rendition", "record")),
        ("Historique : noms, lectures, décisions, gels", lambda item: item.role == "history"),
    )


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = "".join(map(_allowed, text))


def _allowed(char: str) -> str:
    """XML 1.0 §2.2: what is no character there is shown as U+FFFD."""
    code = ord(char)
    fine = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
    return char if fine else "\ufffd"
