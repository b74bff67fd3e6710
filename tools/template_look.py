"""How every Word template looks: styles, fonts, settings. It knows no form.

Child elements stand in the order of ECMA-376 Part 1 §17.7 (styles), §17.8 (fonts) and §17.15 (settings): Word repairs, or
refuses, a file where they don't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document

Element = Any
"""An lxml element."""

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
"""Every namespace of a template."""
ARIAL: Final = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
FONTS: Final = (
    ("Arial", "Liberation Sans", "020B0604020202020204", "00", "swiss", "variable"),
    ("MS Gothic", "Noto Sans Mono CJK JP", "020B0609070205080204", "80", "modern", "fixed"),
    ("Segoe UI Symbol", "DejaVu Sans", "020B0502040204020203", "00", "swiss", "variable"),
)
"""Fonts used: name, a free one with the same widths or signs, PANOSE, character set, family, pitch."""
COMPATIBILITY: Final = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}
"""[MS-DOCX] §2.3.5: Word 2013 and later, else the boxes would not be clickable."""

STYLES: Final = """
<w:docDefaults><w:rPrDefault><w:rPr>{arial}<w:sz w:val="19"/><w:szCs w:val="19"/>
<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="Policepardfaut"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableauNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="Aucuneliste"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
<w:uiPriority w:val="10"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="160"/>
<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Entete"><w:name w:val="En-tête de grille"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="40" w:after="40"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Competence"><w:name w:val="Compétence"/><w:basedOn w:val="Normal"/>
<w:next w:val="Activite"/><w:qFormat/><w:pPr><w:keepLines/><w:spacing w:after="50"/></w:pPr>
<w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Activite"><w:name w:val="Activité"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:spacing w:after="30"/><w:ind w:left="116" w:hanging="116"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Indicateur"><w:name w:val="Indicateur"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:spacing w:after="30"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Element"><w:name w:val="Élément"/><w:basedOn w:val="Indicateur"/>
<w:qFormat/><w:pPr><w:ind w:left="286" w:hanging="116"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Case"><w:name w:val="Case"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="CommentaireTitre"><w:name w:val="Titre de commentaire"/>
<w:basedOn w:val="Normal"/><w:next w:val="Commentaire"/><w:qFormat/><w:pPr><w:spacing w:after="20"/></w:pPr>
<w:rPr><w:b/><w:bCs/><w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Commentaire"><w:name w:val="Commentaire de grille"/>
<w:basedOn w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:styleId="Textedelespacerserv"><w:name w:val="Placeholder Text"/>
<w:basedOn w:val="Policepardfaut"/><w:uiPriority w:val="99"/><w:semiHidden/><w:rPr><w:color w:val="595959"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Pieddepage"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/>
<w:unhideWhenUsed/><w:pPr><w:jc w:val="right"/></w:pPr><w:rPr>
<w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Fin"><w:name w:val="Fin de grille"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Grille"><w:name w:val="Grille"/><w:basedOn w:val="TableauNormal"/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="404040"/>
<w:left w:val="single" w:sz="4" w:space="0" w:color="404040"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="404040"/>
<w:right w:val="single" w:sz="4" w:space="0" w:color="404040"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="404040"/>
<w:insideV w:val="single" w:sz="4" w:space="0" w:color="404040"/></w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/>
<w:left w:w="100" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/><w:vAlign w:val="center"/></w:tcPr>
</w:tblStylePr></w:style>
"""
"""Every style of the template, in the order that ECMA-376 Part 1 §17.7 wants inside each."""


def xml(source: str) -> Element:
    """The elements of a piece of XML, the prefixes of :data:`NAMESPACES` understood, as children of one that is thrown away."""
    declarations = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return parse_xml(f"<pieces {declarations}>{source}</pieces>")


def escape(text: str) -> str:
    """The text as XML content or attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def dress(document: Document) -> None:
    """Gives a new document our styles, settings and fonts in place of those of python-docx."""
    _refill(document.styles.element, STYLES.format(arial=ARIAL).replace("\n", ""))
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in COMPATIBILITY.items()
    )
    _refill(
        document.settings.element,
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compat}</w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>',
    )
    _fonts(document)


def declare_namespaces(root: Element) -> None:
    """Declares :data:`NAMESPACES` once, on the root, and lets an old Word ignore w14 (ECMA-376 Part 3 §10.1).

    A prefix that ``mc:Ignorable`` names and nothing declares makes Word refuse the file.
    """
    ignorable = f"{{{NAMESPACES['mc']}}}Ignorable"
    root.attrib.pop(ignorable, None)
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=list(NAMESPACES))
    root.set(ignorable, "w14")


def _refill(root: Element, content: str) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(xml(content))
    declare_namespaces(root)


def _fonts(document: Document) -> None:
    """Replaces the font table, and drops the parts that only the default document of python-docx needs."""
    table = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, other, panose, charset, family, pitch in FONTS
    )
    data = etree.tostring(xml(f"<w:fonts>{table}</w:fonts>")[0], xml_declaration=True, encoding="UTF-8", standalone=True)
    for identifier, relationship in list(document.part.rels.items()):
        if relationship.reltype not in (RT.STYLES, RT.SETTINGS):
            del document.part.rels[identifier]
    part = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, data, document.part.package)
    document.part.relate_to(part, RT.FONT_TABLE)
