"""Excel workbooks (ECMA-376, .xlsx and .xlsm): one grid per sheet, read straight from the XML of the package.

It reads cells as they are shown, the fills, crosses, shapes and controls that tick them, and notes. It computes no formula, runs
no macro and follows no link out of the file.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.document import Annotation, Cell, Document, Grid, Mark, TextBlock
from formfill.model.geometry import Place
from formfill.model.glyphs import BOX_GLYPHS, SHOWN
from formfill.model.report import Finding, Severity
from formfill.readers import _sheetchoices as choices
from formfill.readers import _sheetconditions as conditions
from formfill.readers._binding import bind
from formfill.readers._leftout import left_out
from formfill.readers._marks import weigh
from formfill.readers._package import Package
from formfill.readers._sheetboxes import find_boxes
from formfill.readers._sheetcells import SheetReader
from formfill.readers._sheetcontrols import controls, shape_ids
from formfill.readers._sheetdrawings import PAGE, behind, drawings, pictures_in_cells
from formfill.readers._sheetentries import entries
from formfill.readers._sheetfind import find_ticks
from formfill.readers._sheetformats import hides
from formfill.readers._sheetglyphs import lone
from formfill.readers._sheetml import Book, column_name, quoted
from formfill.readers._sheetnotes import headers, notes
from formfill.readers._sheetover import Overlay
from formfill.readers._sheetstruck import strike_alternatives, struck_rows
from formfill.readers._sheetstyles import Styles
from formfill.readers._sheettints import doubt_filled
from formfill.readers._threads import resolved
from formfill.readers._wordparts import attachments

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.readers._sheetcontrols import Control
    from formfill.readers._sheetml import Relation, Sheet
    from formfill.readers._sheetmodel import Cells, SheetCell
    from formfill.readers._sheettable import Table
    from formfill.source import Source

_DENSE: Final = 200_000
"""Most cells of a grid that is given whole; beyond it, and four times what the sheet holds, empty cells are left out."""


class XlsxReader:
    """Reads Excel workbooks."""

    formats: frozenset[str] = frozenset({"xlsx"})

    def read(self, source: Source) -> Document:
        """What stands in the workbook."""
        book = Book(Package(source))
        reader = SheetReader(book, book.strings(), Styles(book))
        story = _Story(book)
        for sheet in book.sheets:
            story.add(sheet, reader.read(sheet), reader.styles)
        story.images()
        repaired = list(dict.fromkeys([*book.package.repaired, *book.repaired]))
        if repaired:
            story.warn(
                "damaged-part",
                _("Le classeur est endommagé ; il a été lu sans ce qui manque : {names}."),
                names=", ".join(repaired),
            )
        return Document(
            pages=None,
            grids=tuple(story.grids),
            marks=tuple(story.marks),
            annotations=tuple(story.annotations),
            text=tuple(story.text),
            attachments=tuple(attachments(book.package)),
            findings=tuple(story.findings),
        )


class _Story:
    """What the sheets read so far hold."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.grids: list[Grid] = []
        self.marks: list[Mark] = []
        self.annotations: list[Annotation] = []
        self.text: list[TextBlock] = []
        self.findings: list[Finding] = []
        self.written = False
        """Some sheet holds text, or a box."""
        self.pictured: list[tuple[str, Place, bool]] = []
        """The sheets that hold only pictures: name, place, and whether one is as large as a page."""
        self.images_met = 0
        """How many pictures the sheets hold."""

    def images(self) -> None:
        """Reports the sheets that are only an image: nothing was read there, and they are not blank."""
        message = _("La feuille « {name} » n’est qu’une image : rien ne peut y être lu. Donnez l’image ou le PDF numérisé.")
        told = [(name, place) for name, place, large in self.pictured if large or not self.written]
        for name, place in told:
            self.findings.append(Finding("image-page", Severity.ERROR, message.format(name=name), place=place))
        if not told and self.images_met:
            self.findings.append(left_out(self.images_met))

    def warn(self, code: str, message: str, place: Place | None = None, **facts: str) -> None:
        self.findings.append(Finding(code, Severity.WARNING, message.format(**facts), place=place or Place()))

    def add(self, sheet: Sheet, cells: Cells, styles: Styles) -> None:
        """Adds a sheet."""
        name = quoted(sheet.name)
        relations = self.book.relations(sheet.part)
        filling = conditions.rules(cells.rest, styles) if cells.rest is not None else []
        table, undecided = find_ticks(cells, filling)
        for rule, doubtful in undecided:
            self._undecided(rule, name, doubtful=doubtful)
        over = self._put_over(cells, table, relations, name)
        for words in over.texts:
            find_boxes(words)
        strike_alternatives(over.texts)
        self._hidden(sheet, cells, name)
        if styles.masks:
            self._masked(sheet, cells, name)
        self.grids.append(self._grid(cells, name))
        for cell, text in struck_rows(cell for cell in [*cells.cells.values(), *over.texts] if cell.look.struck or cell.runs):
            sentence = _("Du texte est barré ; il a été lu : « {text} ».")
            self.warn("struck-text", sentence, Place(path=f"{name}!{cell.name}"), text=text[:200])
        for words in over.texts:
            place = Place(path=f"{name}!{words.name}")
            ids = self._number(words, "", place)
            self.text.append(TextBlock(words.text, place, ids))
        self.images_met += len(over.pictures)
        if over.texts or any(cell.ticks or cell.text.strip() for cell in cells.cells.values()):
            self.written = True
        elif over.pictures:
            self.pictured.append((sheet.name, Place(path=name), max(over.pictures) >= PAGE))
        found = notes(self.book, relations, name, len(self.annotations))
        self.annotations += found
        self.findings += resolved(found)
        if cells.rest is not None:
            self.text += headers(cells.rest, name)

    def _undecided(self, rule: conditions.Rule, name: str, *, doubtful: bool) -> None:
        top, left, bottom, right = rule.areas[0]
        area = f"{column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}"
        if rule.fill is None:
            message = _("Plage {area} : une mise en forme conditionnelle ({rule}) peut barrer des cellules : à vérifier.")
        elif doubtful:
            message = _("Plage {area} : une mise en forme conditionnelle ({rule}) peut colorer des cellules vides : à vérifier.")
        else:
            message = _("Plage {area} : une mise en forme conditionnelle ({rule}) peut colorer des cellules ; elle n’est pas lue.")
        self.warn("uncertain-mark", message, Place(path=f"{name}!{area}"), area=area, rule=rule.detail[:80])

    def _put_over(self, cells: Cells, table: Table | None, relations: dict[str, Relation], name: str) -> Overlay:
        """Puts drawings and controls on the cells, then settles the choices."""
        groups = choices.alternatives(cells, table)
        over = Overlay(cells, table, [cell for group in groups for cell in group if not cell.ticks])
        pressed = shape_ids(cells.rest) if cells.rest is not None else set()
        for relation in relations.values():
            if relation.kind == "drawing":
                over.draw(drawings(self.book, relation.part, cells.plan, pressed))
        over.draw(pictures_in_cells(cells))
        choices.settle(groups, over.circled)
        over.press(over.boxes)
        if cells.rest is not None:
            over.pictures += behind(cells.rest)
            buttons, clashes = controls(self.book, cells.rest, relations, cells)
            over.press(buttons)
            for entry in entries(self.book, cells.rest, relations, cells) if pressed else ():
                if entry.unread:
                    message = _("Un contrôle de formulaire ({what}) n’a pas été lu : regardez ce qu’il contient dans Excel.")
                    self.warn("unread-content", message, Place(path=f"{name}!{entry.cell.name}"), what=entry.unread)
                else:
                    over.texts.append(entry.cell)
            for chosen in clashes:
                self._clash(chosen, cells, name)
        doubt_filled(cells, table)
        for lost in over.lost:
            over.texts.append(lost)
            message = _("Un contrôle de formulaire (« {what} ») n’a plus son état : un programme l’a perdu. Voyez l’original.")
            self.warn("unread-content", message, Place(path=f"{name}!{lost.name}"), what=lost.text.strip()[:80])
        for cell, detail in over.between:
            self.warn(
                "uncertain-mark",
                _("Cellule {cell} : un dessin ({detail}) touche plusieurs cases ; rien ne dit laquelle il coche."),
                Place(path=f"{name}!{cell.name}"),
                cell=cell.name,
                detail=detail,
            )
        for at, detail in over.stray:
            self.warn(
                "stray-mark",
                _("Une croix dessinée ({detail}) n’est sur aucune case."),
                Place(path=f"{name}!{at}"),
                detail=detail,
            )
        return over

    def _clash(self, chosen: list[Control], cells: Cells, name: str) -> None:
        """Reports option buttons of one group that are on together."""
        at = cells.blank(*cells.plan.cell_at(chosen[0].rect.centre)).name if chosen[0].rect else "A1"
        self.warn(
            "uncertain-mark",
            _("Boutons d’option : {names} sont choisis ensemble, alors qu’un seul du groupe peut l’être."),
            Place(path=f"{name}!{at}"),
            names=", ".join(f"« {control.label} »" for control in chosen),
        )

    def _hidden(self, sheet: Sheet, cells: Cells, name: str) -> None:
        """Reports what the sheet holds and does not show."""
        if sheet.hidden:
            self.warn("hidden-content", _("La feuille « {name} » est masquée ; elle a été lue."), Place(path=name), name=sheet.name)
        for numbers, sentence, spelt in (
            (cells.hidden_rows, _("La feuille « {name} » a des lignes masquées, qui ont été lues : {which}."), _row_name),
            (cells.hidden_columns, _("La feuille « {name} » a des colonnes masquées, qui ont été lues : {which}."), column_name),
        ):
            if numbers:
                self.warn("hidden-content", sentence, Place(path=name), name=sheet.name, which=_ranges(numbers, spelt))
        if cells.buried:
            self.warn(
                "hidden-content",
                _("La feuille « {name} » a du texte caché sous des cellules fusionnées : {which}."),
                Place(path=name),
                name=sheet.name,
                which=", ".join(cells.buried[:20]),
            )

    def _masked(self, sheet: Sheet, cells: Cells, name: str) -> None:
        """Reports the cells whose number format shows nothing of what they hold."""
        masked = [
            cell
            for cell in cells.cells.values()
            if ";" in cell.look.code and cell.text.strip() and hides(cell.look.code, cell.text.strip(), number=cell.number)
        ]
        if masked:
            self.warn(
                "hidden-content",
                _("La feuille « {name} » a des cellules dont le format masque le contenu, qui a été lu : {which}."),
                Place(path=f"{name}!{masked[0].name}"),
                name=sheet.name,
                which=", ".join(f"{cell.name} « {cell.text.strip()[:60]} »" for cell in masked[:20]),
            )

    def _grid(self, cells: Cells, name: str) -> Grid:
        """The cells as a grid, their marks numbered in reading order."""
        dense = cells.rows * cells.columns <= max(_DENSE, 4 * len(cells.cells))
        by_row: defaultdict[int, list[SheetCell]] = defaultdict(list)
        for cell in cells.cells.values():
            by_row[cell.row].append(cell)
        rows = []
        for number in range(cells.rows) if dense else sorted(by_row):
            own = sorted(by_row.get(number, ()), key=lambda cell: cell.col)
            title = next(filter(None, map(_title, own)), "")
            made = {cell.col: self._cell(cell, title, name) for cell in own}
            if dense:
                for col in range(cells.columns):
                    if col not in made and (number, col) not in cells.covered:
                        made[col] = Cell("", (), number, col, 1, 1, Place(path=f"{name}!{column_name(col)}{number + 1}"))
            rows.append(tuple(made[col] for col in sorted(made)))
        end = f"{column_name(max(cells.columns, 1) - 1)}{max(cells.rows, 1)}"
        return Grid(tuple(rows), Place(path=f"{name}!A1:{end}"))

    def _cell(self, cell: SheetCell, title: str, name: str) -> Cell:
        place = Place(path=f"{name}!{cell.name}")
        ids = self._number(cell, title, place)
        return Cell(cell.text, ids, cell.row, cell.col, cell.row_span, cell.col_span, place)

    def _number(self, cell: SheetCell, title: str, place: Place) -> tuple[str, ...]:
        """Numbers the boxes of a cell; an empty cell shows its box."""
        if not cell.ticks:
            return ()
        told = all(tick.label is not None for tick in cell.ticks)
        labels = [""] * len(cell.ticks) if told else bind(cell.text.split("\n"), len(cell.ticks), title)
        ids = []
        for tick, label in zip(cell.ticks, labels, strict=True):
            evidence = tuple(tick.evidence)
            named = label if tick.label is None else tick.label
            mark = Mark(f"m{len(self.marks) + 1}", weigh(evidence), named, place, evidence)
            self.marks.append(mark)
            ids.append(mark.id)
        if not cell.text.strip():
            cell.text = SHOWN[weigh(cell.ticks[0].evidence)]
        return tuple(ids)


def _title(cell: SheetCell) -> str:
    """The first line of a cell that holds words, as the title of its row."""
    if lone(cell.text) is not None:
        return ""
    return next((line for line in (part.strip() for part in cell.text.split("\n")) if line and line not in BOX_GLYPHS), "")


def _row_name(row: int) -> str:
    return str(row + 1)


def _ranges(numbers: list[int], spelt: Callable[[int], str]) -> str:
    """Rows or columns in a few words: ``3, 5–9``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(spelt(first) if first == last else f"{spelt(first)}–{spelt(last)}" for first, last in runs[:20])


READER = XlsxReader()
