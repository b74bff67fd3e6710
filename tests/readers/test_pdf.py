from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
import typst
from formfill.errors import EncryptedSourceError, SourceTooLargeError, UnreadableSourceError
from formfill.model.document import AnnotationKind, Document, MarkState
from formfill.readers import plumber, read
from formfill.source import Source
from tests.readers.pdfbytes import Page, pdf, stroke, table, table_by_cell, text

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
XS = [50.0, 250.0, 290.0, 545.0]
STATES = ["blank", "ticked", "ticked", "blank", "ticked", "ticked", "blank"]


def document(data: bytes) -> Document:
    return read(Source.of(data, "formulaire.pdf"))


def cells(found: Document, grid: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.grids[grid].rows]


def column(x: float, y: float, *lines: str, leading: float = 12) -> list[str]:
    """Lines as Word prints them: each ends with a space, wrapped or not."""
    return [text(x, y - number * leading, f"{line} ") for number, line in enumerate(lines)]


def test_a_grid_printed_by_libreoffice_over_three_pages_is_one_table() -> None:
    found = document((DATA / "bloc1-libreoffice-tagged.pdf").read_bytes())
    assert found.pages == 3
    rows = cells(found)
    assert [len(row) for row in rows] == [3] * 8
    assert rows[0] == ["Bloc 1 : compétences", "", "Indicateurs de performance"]
    assert [row[0].split(" :")[0] for row in rows[2:]] == ["B1.1", "B1.2", "B1.3", "B1.4", "B1.5", "B1.6"]
    assert [mark.state.value for mark in found.marks] == STATES
    assert [mark.id for mark in found.marks] == ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]
    assert found.marks[2].label == "B1.2 : Répondre aux incidents et aux demandes d’assistance et d’évolution"
    assert [mark.place.page for mark in found.marks] == [1, 1, 1, 2, 2, 3, 3]
    assert [row[0].continues for row in found.grids[0].rows] == [False, False, False, True, False, True, False, False]
    assert rows[3][2].split("\n")[-4:] == [
        "La communication écrite et orale est adaptée à l’interlocuteur.",
        "Commentaire : l’inventaire a été refait en février avec un script maison, ce qui a permis de retrouver douze postes"
        " oubliés dans la salle de réunion du deuxième étage.",
        "Très bon travail.",
        "À revoir : les sauvegardes hors site.",
    ]
    assert rows[5][2].split("\n")[-3:-1] == ["Court.", ""]
    blocks = [block.text for block in found.text]
    assert "BTS SIO – session 2026" in blocks
    assert blocks[2].endswith("au moins une fois sur la page.")
    assert found.findings == ()


def test_both_prints_of_one_grid_read_alike() -> None:
    tagged, plain = (document((DATA / f"bloc1-libreoffice-{kind}.pdf").read_bytes()) for kind in ("tagged", "unsplit"))
    assert cells(tagged) == cells(plain)
    assert [(m.state, m.label) for m in tagged.marks] == [(m.state, m.label) for m in plain.marks]
    assert not any(cell.continues for row in plain.grids[0].rows for cell in row)


TYPST = """
#set page(paper: "a4", margin: 2cm, footer: [pied de page])
#set document(title: "Grille", date: datetime(year: 2026, month: 6, day: 1))
#set text(lang: "fr", font: "DejaVu Sans", size: 9pt)
= Grille
#table(columns: (1fr, auto, 1.4fr), table.header([Bloc 1 : compétences], [], [Indicateurs]),
..range(8).map(i => ([B1.#i : Gérer le patrimoine informatique
  #list(..range(6).map(k => [Recenser et identifier les ressources numériques #k et encore du texte pour passer à la ligne]))],
  align(horizon)[#if calc.odd(i) [☒] else [☐]], [
  Le recensement du patrimoine informatique est exhaustif et réalisé au moyen d’un outil de gestion des actifs informatiques.

  Les fiches efficaces affluent.\\
  Ligne après retour.

  #lorem(50)
  ])).flatten())
Fin du document.
"""


@pytest.fixture(scope="module")
def typst_pdf() -> bytes:
    return bytes(typst.compile(TYPST.encode(), pdf_standards=["a-3a", "ua-1"]))


def test_a_tagged_pdf_of_typst_reads_row_by_row(typst_pdf: bytes) -> None:
    found = document(typst_pdf)
    rows = cells(found)
    assert len(found.grids) == 1
    assert len(rows) == 9
    assert [mark.state.value for mark in found.marks] == ["blank", "ticked"] * 4
    assert [mark.label for mark in found.marks] == [f"B1.{i} : Gérer le patrimoine informatique" for i in range(8)]
    for row in rows[1:]:
        assert row[0].split("\n")[1:] == [
            f"• Recenser et identifier les ressources numériques {k} et encore du texte pour passer à la ligne" for k in range(6)
        ]
        lines = row[2].split("\n")
        assert lines[0].endswith("au moyen d’un outil de gestion des actifs informatiques.")
        assert lines[1:3] == ["Les fiches efficaces affluent.", "Ligne après retour."]
        assert len(lines) == 4


def word(
    draw: Callable[[list[float], list[float]], list[str]],
    *,
    box: str = "☒",
    before: bool = True,
    extra: str = "",
    move: float = 0,
    change: Callable[[Page], Page] = lambda page: page,
) -> bytes:
    """Two pages as Word prints them: header row repeated, the second row cut by the page break, its box on either part."""
    xs = [x + move for x in XS]
    first, second = (Page(draw(xs, ys), extra=extra) for ys in ([780.0, 760, 700, 628], [780.0, 760, 700, 640]))
    for page in (first, second):
        page.content += column(xs[0] + 5, 766, "Bloc 1 : compétences") + column(xs[2] + 5, 766, "Indicateurs de performance")
    first.content += column(xs[0] + 5, 748, "Capacité à rendre compte d’un travail réa", "lisé en équipe")[:1]
    first.content += [text(xs[1] + 10, 748, "☐", font="F2")]
    first.content += column(xs[0] + 5, 688, "B1.1 : Gérer le patrimoine des serveurs", "informatiques")
    first.content += column(
        xs[2] + 5,
        688,
        "Le recensement est exhaustif et réalisé au moyen d’outils",
        "de gestion.",
        "Les droits mis en place correspondent aux habilitations",
        "des acteurs du service et les écarts sont signalés ; les",
        "restaurations sont",
    )[:4]
    (first if before else second).content.append(text(xs[1] + 10, 688 if before else 748, box, font="F2"))
    second.content += column(xs[2] + 5, 748, "restaurations sont testées.", "Suite du commentaire.")
    second.content += [*column(xs[0] + 5, 688, "B1.2 : Répondre aux incidents"), text(xs[1] + 10, 688, "☑", font="F2")]
    return pdf(change(first), change(second))


@pytest.mark.parametrize("draw", [table, table_by_cell])
@pytest.mark.parametrize("before", [True, False])
def test_a_row_cut_by_a_page_break_is_one_row(draw: Callable[[list[float], list[float]], list[str]], before: bool) -> None:
    found = document(word(draw, before=before))
    rows = cells(found)
    assert rows[0] == ["Bloc 1 : compétences", "", "Indicateurs de performance"]
    assert [row[0] for row in rows[1:]] == [
        "Capacité à rendre compte d’un travail réa",
        "B1.1 : Gérer le patrimoine des serveurs informatiques",
        "B1.2 : Répondre aux incidents",
    ]
    assert rows[2][1:] == [
        "☒",
        "Le recensement est exhaustif et réalisé au moyen d’outils de gestion."
        "\nLes droits mis en place correspondent aux habilitations"
        " des acteurs du service et les écarts sont signalés ; les restaurations sont testées.\nSuite du commentaire.",
    ]
    assert [cell.continues for cell in found.grids[0].rows[2]] == [True] * 3
    assert [mark.state for mark in found.marks] == [MarkState.BLANK, MarkState.TICKED, MarkState.TICKED]
    assert found.marks[1].place.page == (1 if before else 2)


def test_two_whole_rows_over_a_page_break_stay_two() -> None:
    """Both have their title and their box."""
    first, second = Page(table(XS, [780.0, 760, 700])), Page(table(XS, [780.0, 760, 700]))
    for number, page in enumerate((first, second), 1):
        page.content += column(55, 766, "Titre") + column(295, 766, "Indicateurs")
        page.content += [*column(55, 748, f"B1.{number} : Gérer"), text(260, 748, "☐", font="F2")]
        page.content += column(295, 748, "le texte commence en bas de casse et remplit toute la ligne")
    assert [row[0] for row in cells(document(pdf(first, second)))] == ["Titre", "B1.1 : Gérer", "B1.2 : Gérer"]


def test_a_text_between_two_tables_keeps_them_apart() -> None:
    pages = [Page(table(XS, [700.0, 660, 600])), Page([*table(XS, [600.0, 560]), text(50, 640, "Second tableau")])]
    assert len(document(pdf(*pages)).grids) == 2


@pytest.mark.parametrize("glyph", "☐☒☑▢✅⍰✓")
def test_each_box_glyph_has_its_state(glyph: str) -> None:
    expected = {"☐": "blank", "▢": "blank", "⍰": "uncertain"}.get(glyph, "ticked")
    found = document(word(table, box=glyph))
    assert found.marks[1].state.value == expected
    assert found.grids[0].rows[2][1].text == glyph
    assert found.marks[1].evidence[0].kind == "glyph"


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_that_is_turned_to_be_displayed_reads_alike(turns: int) -> None:
    """A page in landscape is often stored upright, its content turned and ``/Rotate`` turning it back."""
    matrix = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[turns]
    media = (0, 0, 595, 842) if turns == 180 else (0, 0, 842, 595)

    def turn(page: Page) -> Page:
        return Page([f"{matrix} cm", *page.content], extra=f"/Rotate {turns}", media=media)

    upright, turned = document(word(table)), document(word(table, change=turn))
    assert cells(turned) == cells(upright)
    for a, b in zip(upright.marks, turned.marks, strict=True):
        assert a.place.box is not None
        assert b.place.box is not None
        assert b.place.box.centre == pytest.approx(a.place.box.centre, abs=0.1)
        assert (a.state, a.label) == (b.state, b.label)


def test_moving_the_page_changes_no_reading() -> None:
    still = document(word(table))
    moved = document(word(table, move=13.5))
    assert cells(moved) == cells(still)
    cropped = document(word(table, extra="/CropBox [20 30 580 830]"))
    assert cells(cropped) == cells(still)
    a, b = still.marks[0].place.box, cropped.marks[0].place.box
    assert a is not None
    assert b is not None
    assert (a.x0 - b.x0, a.top - b.top) == pytest.approx((20, 12), abs=0.01)


def test_a_page_without_table_is_text() -> None:
    lines = column(
        50, 700, "Un paragraphe assez long pour remplir la ligne en", "entier et passer à la suivante.", "Un autre, court."
    )
    found = document(pdf(Page(lines)))
    assert [block.text for block in found.text] == [
        "Un paragraphe assez long pour remplir la ligne en entier et passer à la suivante.",
        "Un autre, court.",
    ]
    assert (found.grids, found.marks) == ((), ())


def test_a_line_over_two_cells_is_cut_at_the_rule() -> None:
    page = Page([*table([50, 150, 250], [700, 680]), text(55, 686, "gauche" + " " * 26 + "droite")])
    assert cells(document(pdf(page))) == [["gauche", "droite"]]


def test_ligatures_and_control_characters_are_undone() -> None:
    page = Page([text(50, 700, "ef"), text(59.9, 700, "ﬁ", font="F2"), text(69.9, 700, "cace")])
    assert [block.text for block in document(pdf(page)).text] == ["efficace"]


def test_words_cut_at_the_end_of_lines_are_whole_again() -> None:
    source = """
    #set page(width: 200pt, height: 300pt, margin: 10pt)
    #set text(lang: "fr", font: "DejaVu Sans", size: 9pt, hyphenate: true)
    #set par(justify: true)
    Les informaticiens professionnels administrent quotidiennement les infrastructures, et la documentation technique accompagne
    systématiquement toutes les interventions des administrateurs.
    """
    data = bytes(typst.compile(source.encode()))
    assert [block.text for block in document(data).text] == [
        "Les informaticiens professionnels administrent quotidiennement les infrastructures, et la documentation technique"
        " accompagne systématiquement toutes les interventions des administrateurs."
    ]


WIDGET = "<< /Type /Annot /Subtype /Widget /FT /Btn /T ({name}) /Rect [50 {y} 60 {top}] {state} /AP << /N << /Oui 8 0 R >> >> >>"


@pytest.mark.parametrize("listed", [True, False])
def test_a_check_box_field_is_read_by_its_entries(listed: bool) -> None:
    states = ["/AS /Oui /V /Oui", "/AS /Off /V /Oui", "/AS /Off", "/AS /Oui", "/V /Oui", ""]
    annots = [WIDGET.format(name=f"f{i}", y=700 - 30 * i, top=710 - 30 * i, state=state) for i, state in enumerate(states)]
    page = Page([text(65, 702 - 30 * i, f"Choix {i}") for i in range(len(states))], annots=annots)
    catalog = f"/AcroForm << /Fields [{' '.join(f'{12 + i} 0 R' for i in range(len(states)))}] >>" if listed else ""
    found = document(pdf(page, catalog=catalog))
    assert [mark.state.value for mark in found.marks] == ["ticked", "uncertain", "blank", "ticked", "ticked", "blank"]
    assert [mark.label for mark in found.marks] == [f"Choix {i}" for i in range(6)]
    assert {item.kind for mark in found.marks for item in mark.evidence} == {"widget"}


@pytest.mark.parametrize(
    ("glyph", "state", "expected"),
    [("☐", "Oui", "ticked"), ("☐", "Off", "blank"), ("☒", "Oui", "ticked"), ("☒", "Off", "uncertain")],
)
def test_a_box_printed_under_a_field_is_the_same_box(glyph: str, state: str, expected: str) -> None:
    annots = [WIDGET.format(name="a", y=699, top=711, state=f"/AS /{state}")]
    found = document(pdf(Page([text(50, 700, glyph, font="F2"), text(65, 700, "Seul(e)")], annots=annots)))
    assert [(mark.label, mark.state.value) for mark in found.marks] == [("Seul(e)", expected)]


def annot(kind: str, rect: str, more: str = "") -> str:
    return f"<< /Type /Annot /Subtype /{kind} /Rect [{rect}] {more} >>"


def boxed(*content: str, glyph: str = "☐", annots: tuple[str, ...] = ()) -> Document:
    page = Page([text(50, 700, glyph, font="F2"), text(65, 700, "Seul(e)"), *content], annots=list(annots))
    return document(pdf(page))


CROSS = "0.8 w 50 699 m 59 709 l S 50 709 m 59 699 l S"
OVER = {
    "crossing strokes": (CROSS, "strokes", "ticked"),
    "one path": ("0.8 w 50 699 m 59 709 l 50 709 m 59 699 l S", "strokes", "ticked"),
    "one small stroke": ("0.8 w 52 702 m 57 706 l S", "strokes", "uncertain"),
    "a level stroke": ("0.8 w 49 704 m 60 704 l S", "strokes", "uncertain"),
    "a large cross": ("1 w 35 685 m 75 725 l 35 725 m 75 685 l S", "strokes", "uncertain"),
    "a curve": ("1 w 50 703 m 52 700 55 700 60 712 c S", "strokes", "ticked"),
    "a circle": ("1 w 48 704 m 48 712 61 712 61 704 c 61 697 48 697 48 704 c S", "strokes", "uncertain"),
    "a filled tick": ("50 704 m 53 700 l 60 711 l 53 702 l f", "strokes", "ticked"),
    "a black square": ("51 701 7 7 re f", "strokes", "ticked"),
    "an image": ("q 9 0 0 9 50 700 cm /Im Do Q", "picture", "ticked"),
}
NOTES = {
    "FreeText": annot("FreeText", "49 699 61 711", "/Contents (X)"),
    "wide FreeText": annot("FreeText", "49 699 200 711", "/Contents (oui)"),
    "Ink": annot("Ink", "0 600 200 800", "/InkList [[50 700 54 704 59 709]]"),
    "Square": annot("Square", "49 699 60 709"),
    "Circle": annot("Circle", "47 697 62 711"),
    "Highlight": annot("Highlight", "49 699 60 709", "/QuadPoints [49 709 60 709 49 699 60 699]"),
    "Stamp": annot("Stamp", "45 695 65 715"),
    "Line": annot("Line", "49 699 60 709", "/L [49 699 60 709]"),
    "Polygon": annot("Polygon", "49 699 60 709", "/Vertices [49 699 60 709 49 709]"),
    "PolyLine": annot("PolyLine", "49 699 60 709", "/Vertices [50 704 53 700 60 709]"),
}
BESIDE = {
    "the fill of its cell": "0.9 g 45 690 200 30 re f 0 g",
    "a frame about it": "0.5 w 40 690 30 28 re S",
    "a rule beside": stroke(45, 690, 45, 720),
    "a rule under": stroke(45, 699, 100, 699),
    "a rule through the line": stroke(45, 704, 200, 704),
    "a leader": "0.5 w [1 2] 0 d 60 700 m 110 700 l S",
    "dots": " ".join(f"{60 + 3 * i} 700 1 1 re f" for i in range(20)),
    "a cross far beside": "1 w 92 700 m 100 708 l S 92 708 m 100 700 l S",
    "the page": "q 595 0 0 842 0 0 cm /Im Do Q",
}


@pytest.mark.parametrize("what", OVER)
def test_what_is_drawn_over_a_box_is_seen(what: str) -> None:
    drawn, kind, state = OVER[what]
    (mark,) = boxed(drawn).marks
    assert (mark.label, mark.state.value) == ("Seul(e)", state)
    assert [item.kind for item in mark.evidence] == ["glyph", kind]


@pytest.mark.parametrize("what", NOTES)
def test_an_annotation_over_a_box_is_seen_and_kept(what: str) -> None:
    found = boxed(annots=(NOTES[what],))
    (mark,) = found.marks
    # a lone stroke, a text that is no cross and what is much larger than the box do not settle it
    unclear = what in ("wide FreeText", "Ink", "Stamp", "Line")
    assert mark.state is (MarkState.UNCERTAIN if unclear else MarkState.TICKED)
    assert [item.kind for item in mark.evidence] == ["glyph", "annotation"]
    assert len(found.annotations) == (what.split()[-1] in ("FreeText", "Ink", "Highlight", "Stamp"))


@pytest.mark.parametrize("what", BESIDE)
def test_what_is_drawn_beside_a_box_or_behind_says_nothing(what: str) -> None:
    (mark,) = boxed(BESIDE[what]).marks
    assert (mark.state, len(mark.evidence)) == (MarkState.BLANK, 1)


@pytest.mark.parametrize(
    "note",
    [
        annot("Highlight", "49 699 200 709", "/QuadPoints [49 709 200 709 49 699 200 699]"),
        annot("Square", "20 600 500 800"),
        annot("Ink", "0 600 200 800", "/InkList [[80 690 90 700 99 690]]"),
        annot("Text", "49 699 60 709"),
    ],
)
def test_an_annotation_beside_a_box_or_over_its_line_says_nothing(note: str) -> None:
    (mark,) = boxed(annots=(note,)).marks
    assert (mark.state, len(mark.evidence)) == (MarkState.BLANK, 1)


def test_a_typed_cross_over_a_ticked_box_agrees_and_a_drawing_does_not() -> None:
    (mark,) = boxed(glyph="☒", annots=(NOTES["FreeText"],)).marks
    assert (mark.state, len(mark.evidence)) == (MarkState.TICKED, 2)
    # a cross right beside a box may be meant for it
    assert boxed("1 w 62 700 m 70 708 l S 62 708 m 70 700 l S").marks[0].state is MarkState.UNCERTAIN
    assert boxed(CROSS, glyph="☒").marks[0].state is MarkState.UNCERTAIN
    assert boxed("51 701 7 7 re f", glyph="☒").marks[0].state is MarkState.UNCERTAIN


def test_a_cross_over_a_box_of_a_table_is_seen_on_a_turned_page_too() -> None:
    # the ground of a cell as small as its box is no drawing over it
    ground = "0.9 g 50 700 12 12 re f 0 g"
    content = [ground, *table([50, 62, 200], [700, 712]), text(51, 702, "☐", font="F2"), text(65, 702, "Seul(e)")]
    for drawn, state in (("", "blank"), ("0.8 w 51 701 m 60 711 l S 51 711 m 60 701 l S", "ticked")):
        for start, extra in (("1 0 0 1 0 0 cm", ""), ("0 1 -1 0 842 0 cm", "/Rotate 90")):
            media = (0, 0, 842, 595) if extra else (0, 0, 595, 842)
            (mark,) = document(pdf(Page([start, *content, drawn], extra=extra, media=media))).marks
            assert mark.state.value == state


def test_an_annotation_over_a_check_box_field_is_seen() -> None:
    field = WIDGET.format(name="a", y=700, top=710, state="/AS /Off")
    page = Page([text(65, 702, "Seul(e)")], annots=[field, annot("FreeText", "49 699 61 711", "/Contents (X)")])
    assert document(pdf(page)).marks[0].state is MarkState.UNCERTAIN


def test_annotations_keep_their_text_and_author() -> None:
    kinds = ["FreeText", "Ink", "Highlight", "Stamp", "Text", "Popup", "Link"]
    annots = [f"<< /Type /Annot /Subtype /{kind} /Contents (Vu) /T (Jury) /Rect [10 700 50 720] >>" for kind in kinds]
    found = document(pdf(Page([text(50, 700, "Texte")], annots=annots))).annotations
    assert [item.kind for item in found] == [
        AnnotationKind.FREETEXT,
        AnnotationKind.INK,
        AnnotationKind.HIGHLIGHT,
        AnnotationKind.STAMP,
        AnnotationKind.TEXT,
    ]
    assert {(item.text, item.author) for item in found} == {("Vu", "Jury")}
    assert found[0].place.box is not None
    assert found[0].place.box.top == 122


def with_pikepdf(tmp_path: Path, data: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    source, target = tmp_path / "source.pdf", tmp_path / "target.pdf"
    source.write_bytes(data)
    with pikepdf.open(source) as opened:
        change(opened)
        opened.save(target, **options)  # type: ignore[arg-type]
    return target.read_bytes()


def test_attached_files_come_out_whole(tmp_path: Path) -> None:
    record = '{"schema": "formfill.record/1", "nom": "é"}'.encode()

    def attach(opened: pikepdf.Pdf) -> None:
        opened.attachments["record.json"] = record

    (found,) = document(with_pikepdf(tmp_path, word(table), attach)).attachments
    assert (found.name, found.data) == ("record.json", record)


def test_a_password_is_refused_by_name_and_an_empty_one_opens(tmp_path: Path) -> None:
    def nothing(_opened: pikepdf.Pdf) -> None:
        pass

    locked = with_pikepdf(tmp_path, word(table), nothing, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedSourceError, match=r"formulaire\.pdf"):
        document(locked)
    opened = with_pikepdf(tmp_path, word(table), nothing, encryption=pikepdf.Encryption(owner="a", user=""))
    assert len(document(opened).marks) == 3


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = (DATA / "bloc1-libreoffice-tagged.pdf").read_bytes()
    with pytest.raises(UnreadableSourceError):
        document(data[: int(len(data) * share)])


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nnoise\n%%EOF\n", pdf()])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        document(data)


def test_padding_after_the_end_is_no_damage() -> None:
    assert len(document(word(table) + b"\0" * 5000).marks) == 3


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(SourceTooLargeError, match="501"):
        document(pdf(*[Page()] * 501))


def test_a_page_that_is_an_image_is_reported_not_read_as_blank() -> None:
    scan = Page(["580 0 0 830 5 5 cm /Im Do"])
    stamped = Page(["q 580 0 0 830 5 5 cm /Im Do Q", text(50, 800, "Numérisé le 3 juin")])
    hidden = Page(["q 580 0 0 830 5 5 cm /Im Do Q 3 Tr", *[text(50, 800 - 12 * i, "Texte reconnu " * 3) for i in range(9)]])
    logo = Page(["q 90 0 0 40 5 790 cm /Im Do Q", text(50, 700, "Un vrai texte")])
    found = document(pdf(scan, Page(), stamped, logo, hidden))
    assert [(item.code, item.severity.value, item.place.page) for item in found.findings] == [
        ("image-page", "error", page) for page in (1, 3, 5)
    ]


def test_a_text_drawn_as_outlines_is_reported() -> None:
    letters = [f"{50 + 8 * i} 700 m {54 + 8 * i} 709 l {57 + 8 * i} 701 l f" for i in range(60)]
    assert [item.code for item in document(pdf(Page(letters))).findings] == ["image-page"]


def test_rules_inside_a_form_xobject_draw_the_table() -> None:
    content = "\n".join(table([0, 100, 200], [0, 40, 80])).encode()
    head = f"<< /Type /XObject /Subtype /Form /BBox [-1 -1 500 500] /Matrix [1 0 0 1 50 600] /Length {len(content)} >>"
    form = f"{head}\nstream\n".encode() + content + b"\nendstream"
    found = document(pdf(Page(["/Im Do", text(60, 615, "bas"), text(160, 655, "haut")]), objects={1000: form}))
    assert cells(found) == [["", "haut"], ["bas", ""]]


def test_a_frame_drawn_as_one_path_and_lines_in_one_path() -> None:
    frame = "0.5 w 50 600 200 80 re S 50 640 m 250 640 l 150 600 m 150 680 l S"
    assert [len(row) for row in cells(document(pdf(Page([frame]))))] == [2, 2]


def test_many_rules_of_a_drawing_are_no_trouble() -> None:
    found = document(pdf(Page([stroke(50 + i, 100, 50 + i, 700) for i in range(400)] + [text(50, 750, "Schéma")])))
    assert [block.text for block in found.text] == ["Schéma"]


def test_the_second_reading_agrees(typst_pdf: bytes) -> None:
    turned = [word(table, extra=f"/CropBox [20 30 580 830] /Rotate {turns}") for turns in (0, 90, 180, 270)]
    for data in (typst_pdf, (DATA / "bloc1-libreoffice-tagged.pdf").read_bytes(), *turned):
        source = Source.of(data, "x.pdf")
        found = read(source)
        assert plumber.reread(found, source) == found
        assert [item.state for item in plumber.second_reading(source)].count("ticked") == sum(
            mark.state is MarkState.TICKED for mark in found.marks
        )


def test_the_drawing_shows_every_page_and_state() -> None:
    import io

    from PIL import Image

    source = Source.of(word(table), "x.pdf")
    picture = Image.open(io.BytesIO(plumber.draw(source, read(source))))
    assert picture.height >= 2 * 842
    counted = picture.getcolors(1 << 24)
    assert counted is not None
    colours = {colour for _count, colour in counted}
    assert {(0x1A, 0x7F, 0x37), (0x6E, 0x77, 0x81), (0x25, 0x63, 0xEB)} <= colours


def test_marks_stand_in_the_text_in_order() -> None:
    page = Page(
        [text(50, 700, "☐", font="F2"), text(62, 700, "Seul(e)"), text(120, 700, "☒", font="F2"), text(132, 700, "En équipe")]
    )
    found = document(pdf(page))
    assert [block.text for block in found.text] == ["☐ Seul(e) ☒ En équipe"]
    assert [(mark.label, mark.state.value) for mark in found.marks] == [("Seul(e)", "blank"), ("En équipe", "ticked")]
    assert found.text[0].marks == ("m1", "m2")


def test_reading_twice_gives_the_same() -> None:
    data = (DATA / "bloc1-libreoffice-unsplit.pdf").read_bytes()
    first, second = document(data), document(data)
    assert first == second
    assert all(a.id != b.id for a, b in itertools.combinations(first.marks, 2))


def test_the_second_reading_says_nothing_of_what_it_cannot_see() -> None:
    """A cross drawn over a printed box: pdfplumber sees the empty box alone."""
    source = Source.of(pdf(Page([text(50, 700, "☐", font="F2"), text(65, 700, "Seul(e)"), CROSS])), "x.pdf")
    found = read(source)
    assert [mark.state for mark in found.marks] == [MarkState.TICKED]
    assert plumber.reread(found, source) == found
