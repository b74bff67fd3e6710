"""Word documents (ECMA-376, .docx): one pass over the parts that matter, without python-docx.

It reads tables, paragraphs, content controls, form fields, symbols, drawings, notes, comments and tracked changes, and hands back
the record that formfill attached to a form of its own. It renders nothing: a DOCX has no pages until it is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.errors import SourceTooLargeError, UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.document import Annotation, AnnotationKind, Document
from formfill.model.report import Finding, Severity
from formfill.readers import _wordnames as n
from formfill.readers._marks import STRUCK
from formfill.readers._package import Package
from formfill.readers._wordfeatures import Features
from formfill.readers._wordoutside import outside
from formfill.readers._wordparts import Parts, attachments
from formfill.readers._wordstory import Story, TooManyCellsError
from formfill.readers._wordwalk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.geometry import Place
    from formfill.model.picture import Picture
    from formfill.readers._wordjudged import Doubt
    from formfill.readers._wordnames import Element
    from formfill.source import Source

DOCUMENT: Final = "word/document.xml"
CONTENT_TYPES: Final = "[Content_Types].xml"
LITTLE: Final = 40
"""A body with pictures and fewer characters than this is a picture of a form."""


class DocxReader:
    """Reads Word documents."""

    formats: frozenset[str] = frozenset({"docx"})

    def read(self, source: Source) -> Document:
        """What stands in the document."""
        return self._read(source, 0)

    def _read(self, source: Source, depth: int) -> Document:
        """What stands in a document that stands in as many others."""
        package = Package(source)
        main = package.main(DOCUMENT)
        root = package.parse(main)
        body = next(root.iterchildren(n.W + "body"), None)
        if body is None:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("le document Word n’a pas de corps."),
                advice=_("Ouvrez-le dans Word et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            )
        try:
            document, pictures = _read(package, main, body, lambda inner: self._read(inner, depth + 1), depth)
            if not pictures:
                return document

            def pictured() -> tuple[Document, dict[str, Picture]]:
                # the first reading may have changed the tree
                again = next(package.parse(main).iterchildren(n.W + "body"))
                return _pictured(package, main, again, lambda inner: self._read(inner, depth + 1), depth)

            return document._replace(pictured=pictured)
        except RecursionError as error:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("des éléments sont imbriqués trop profondément."),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            ) from error
        except TooManyCellsError as error:
            raise SourceTooLargeError(
                where=source.name,
                seen=_("ses tableaux ont plus de {limit} cellules.").format(limit=error.args[0]),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            ) from error


def _pictured(
    package: Package, main: str, body: Element, inner: Callable[[Source], Document], depth: int
) -> tuple[Document, dict[str, Picture]]:
    from formfill.readers._wordpictures import Pictures

    met: list[Pictures] = []

    def prepare(walk: Walk, parts: Parts) -> None:
        walk.tokens = Pictures(package, parts)
        met.append(walk.tokens)

    document, _pictures = _read(package, main, body, inner, depth, prepare)
    return document, met[0].found


def _read(
    package: Package,
    main: str,
    body: Element,
    inner: Callable[[Source], Document],
    depth: int,
    prepare: Callable[[Walk, Parts], None] = lambda _walk, _parts: None,
) -> tuple[Document, int]:
    """What stands in the document, and how many pictures its body has."""
    features = Features(body)
    walk = Walk()
    parts = Parts(package, main)
    parts.prepare(walk, features)
    prepare(walk, parts)
    if walk.lists is not None:
        features.glance_at_lists()
    story = Story(features, walk)
    if features.any(n.DEL, n.MOVE_FROM):
        _join(body)
    story.read(body)
    documents: list[tuple[str, Document]] = []
    unread: list[Finding] = []
    if features.any(n.ALT_CHUNK):
        from formfill.readers._wordchunks import Reading, chunks

        documents, unread = chunks(body, Reading(package, parts.relations, story, inner, depth))
    walk.tokens, pictures = None, walk.pictures
    pictured = walk.pictures and story.length < LITTLE and not story.shelf.marks
    unread += outside(package, parts, story, features)
    if story.shelf.tints or story.shelf.tinted:
        from formfill.readers._tints import settle

        settle(story.shelf, story.grids, story.text)
    if parts.options:
        from formfill.readers._wordoptions import doubt_clashes

        unread += doubt_clashes(story.shelf.marks, parts.options.values())
    annotations = [Annotation(AnnotationKind(kind), text, author, place) for kind, text, author, place in walk.changes]
    annotations += parts.comments(walk.anchors, len(annotations))
    findings = [*_package_findings(package), *unread, *_findings(story, walk, pictured=bool(pictured))]
    findings += [_resolved(note) for note in annotations if note.resolved and note.answers is None]
    document = Document(
        pages=None,
        grids=tuple(story.grids),
        marks=tuple(story.shelf.marks),
        annotations=tuple(annotations),
        text=tuple(story.text),
        attachments=tuple(attachments(package)),
        findings=tuple(findings),
    )
    for name, chunk in documents:
        from formfill.readers._wordchunks import joined

        document = joined(document, name, chunk)
    return document, pictures


def _join(story: Element) -> None:
    """Joins the paragraphs whose mark is a tracked deletion with the next."""
    from formfill.readers._wordjoins import join

    join(story)


def _package_findings(package: Package) -> list[Finding]:
    """What Word would repair on opening, and was read all the same."""
    if CONTENT_TYPES in package.names and not package.repaired:
        return []
    what = ", ".join(package.repaired) or CONTENT_TYPES
    message = _("Le fichier est abîmé ({what}) ; ce qui est lisible a été lu. Comparez avec l’original.").format(what=what)
    return [Finding("repaired-package", Severity.WARNING, message)]


def _findings(story: Story, walk: Walk, *, pictured: bool) -> list[Finding]:
    findings = []
    if walk.changes:
        findings.append(
            Finding(
                "tracked-change",
                Severity.INFO,
                _("Le document a {count} modification(s) suivie(s) non acceptée(s) ; elles sont lues comme acceptées.").format(
                    count=len(walk.changes)
                ),
            )
        )
    hidden = [text for text in walk.hidden if text.strip()]
    if hidden:
        findings.append(
            Finding(
                "hidden-content",
                Severity.WARNING,
                _("Le document contient du texte masqué, qui a été lu : « {text} ».").format(text=" ".join(hidden)[:200]),
            )
        )
    if walk.struck:
        findings += _struck(story, walk)
    if pictured:
        findings.append(
            Finding(
                "image-page",
                Severity.ERROR,
                _("Le document n’est qu’une image : aucun texte ne peut y être lu. Donnez l’image ou le PDF numérisé."),
            )
        )
    findings += [_doubted(doubt, place) for doubt, place in walk.doubts]
    if walk.formatted:
        from formfill.readers._wordformats import message

        findings += [Finding("tracked-change", Severity.INFO, message(k), place=place) for place, k in walk.formatted.items()]
    findings += [
        Finding(
            "unread-content",
            Severity.WARNING,
            _("Un contrôle de formulaire ({what}) n’a pas pu être lu : regardez ce qu’il contient dans Word.").format(what=what),
            place=place,
        )
        for what, place in walk.unread
    ]
    findings += [
        Finding(
            "unplaced-drawing",
            Severity.WARNING,
            _("Un dessin peut couvrir une case ou une autre : le fichier ne dit pas laquelle. Regardez le document imprimé."),
            place=place,
        )
        for place in story.shelf.unplaced
    ]
    return findings


def _resolved(note: Annotation) -> Finding:
    """A comment whose thread somebody marked as settled: Word shows it faded or not at all."""
    message = _("Le commentaire « {text} » est marqué comme résolu ; il a été lu.").format(text=note.text[:200])
    return Finding("comment-resolved", Severity.INFO, message, place=note.place)


def _doubted(doubt: Doubt, place: Place) -> Finding:
    """A control of which the file says two things."""
    if doubt.code == "placeholder-filled":
        message = _("Un champ se dit vide et contient « {shown} », qui a été lu : un programme l’a sans doute rempli.")
    else:
        message = _("Un champ montre « {shown} », la donnée qui lui est liée dit « {bound} » ; Word montrera la seconde. Vérifiez.")
    return Finding(doubt.code, Severity.WARNING, message.format(shown=doubt.shown[:200], bound=doubt.bound[:200]), place=place)


def _struck(story: Story, walk: Walk) -> list[Finding]:
    """Text struck through; alternatives of which some are struck are marks of their own, and no news."""
    settled = {mark.place for mark in story.shelf.marks if [item.kind for item in mark.evidence] == [STRUCK.kind]}
    sentence = _("Du texte est barré ; il a été lu : « {text} ».")
    return [
        Finding("struck-text", Severity.WARNING, sentence.format(text=text[:200]), place=place)
        for place, text in walk.struck.items()
        if place not in settled
    ]


READER = DocxReader()
