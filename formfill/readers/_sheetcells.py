"""The cells of one worksheet, as shown: text, look, merged ranges, what is hidden (ECMA-376 Part 1 §18.3).

Rows are streamed: what costs memory is what the sheet holds, not the XML around it. Formulas are never computed; the value that
was saved beside them is what a person saw.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Final

from lxml import etree

from formfill.errors import SourceTooLargeError, UnreadableSourceError
from formfill.faults import fault
from formfill.language import gettext as _
from formfill.readers._sheetformats import displayed, displayed_text, is_date
from formfill.readers._sheetml import S, Text, area_of, column_of, flag, rich_text, unescaped, whole
from formfill.readers._sheetmodel import Cells, SheetCell
from formfill.readers._sheetplan import LAST_COLUMN, LAST_ROW, POINT, Axis, Plan, column_emu

if TYPE_CHECKING:
    from formfill.readers._sheetml import Book, Element, Sheet
    from formfill.readers._sheetstyles import Styles

MAX_CELLS: Final = 2_000_000
"""Most cells of a workbook."""
MAX_COVERED: Final = 4_000_000
"""Most positions that merged ranges may cover."""
_WIDEST: Final = 256
"""Most columns of a range of columns that is spelt out, or of a print area that is believed."""
_C: Final = S + "c"
_V: Final = S + "v"
_IS: Final = S + "is"


class SheetReader:
    """Reads the sheets of one workbook."""

    def __init__(self, book: Book, strings: list[Text], styles: Styles) -> None:
        self.book, self.strings, self.styles = book, strings, styles
        self.count = 0
        """Cells read so far."""

    def read(self, sheet: Sheet) -> Cells:
        """The cells of a sheet.

        Raises:
            UnreadableSourceError: its XML is damaged, or a text is missing.
            SourceTooLargeError: the workbook has more than :data:`MAX_CELLS` cells.
        """
        found = Cells()
        heights: dict[int, int] = {}
        data = self.book.data(sheet.part)
        context = etree.iterparse(
            io.BytesIO(data), tag=S + "row", resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        at = -1
        print_end = sheet.print_area[2] if sheet.print_area else -1
        printed = 0
        try:
            for _event, row in context:
                at = min(whole(row.get("r"), at + 2) - 1, LAST_ROW - 1)
                self._row(row, max(at, 0), found)
                if at <= print_end and len(row):
                    printed = max(printed, at + 1)
                if row.get("ht") is not None:
                    heights[at] = _points(row.get("ht"))
                if flag(row, "hidden") or heights.get(at) == 0:
                    found.hidden_rows.append(at)
                    heights[at] = 0
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise UnreadableSourceError(
                where=self.book.package.name,
                seen=_("la feuille « {name} » est endommagée ({reason}).").format(name=sheet.name, reason=fault(error)),
                advice=_("Ouvrez-le dans Excel et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            ) from error
        root = found.rest = context.root
        if root is None or root.tag != S + "worksheet":
            raise UnreadableSourceError(
                where=self.book.package.name,
                seen=_("la feuille « {name} » n’est pas une feuille de calcul.").format(name=sheet.name),
                advice=_("Ouvrez-le dans Excel et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            )
        widths = _widths(root, found)
        form = root.find(S + "sheetFormatPr")
        row_height = _points(form.get("defaultRowHeight")) if form is not None and form.get("defaultRowHeight") else 15 * POINT
        found.plan = Plan(Axis(_usual_width(form), widths, LAST_COLUMN), Axis(row_height or 15 * POINT, heights, LAST_ROW))
        self._merge(root, found)
        for cell in found.cells.values():
            found.rows = max(found.rows, cell.row + 1)
            found.columns = max(found.columns, cell.col + cell.col_span)
        if sheet.print_area is not None and sheet.print_area[3] < _WIDEST:
            found.rows, found.columns = max(found.rows, printed), max(found.columns, sheet.print_area[3] + 1)
        found.hidden_rows = [row for row in found.hidden_rows if row < found.rows]
        found.hidden_columns = [col for col in found.hidden_columns if col < found.columns]
        return found

    def _row(self, row: Element, number: int, found: Cells) -> None:
        col = -1
        self.count += len(row)
        if self.count > MAX_CELLS:
            raise SourceTooLargeError(
                where=self.book.package.name,
                seen=_("le classeur a plus de {count} cellules.").format(count=MAX_CELLS),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            )
        look_of, cells = self.styles.look, found.cells
        for element in row:
            if element.tag != _C:
                continue
            look = look_of(element.get("s"))
            if not look.shows and not len(element):
                # most cells of a sheet: nothing in them, nothing to see
                col += 1
                continue
            letters = (element.get("r") or "").rstrip("0123456789")
            col = column_of(letters) if letters else col + 1
            if not 0 <= col < LAST_COLUMN:
                continue
            cell = SheetCell(number, col, "", look)
            if len(element):
                self._value(element, element.get("t") or "n", cell, found)
                if look.texts and cell.text and not cell.runs and not cell.number:
                    cell.text = displayed_text(cell.text, look.code)
            if look.shows or cell.text or cell.checked is not None:
                cells[number, col] = cell

    def _value(self, element: Element, kind: str, cell: SheetCell, found: Cells) -> None:
        """What the cell shows, by its type (§18.18.11, ``ST_CellType``)."""
        if kind == "inlineStr":
            text = element.find(_IS)
            if text is not None:
                cell.text, cell.runs = rich_text(text)
            return
        value = element.findtext(_V)
        if value is None:
            return
        if kind == "s":
            index = whole(value, -1)
            if not 0 <= index < len(self.strings):
                raise UnreadableSourceError(
                    where=self.book.package.name,
                    seen=_("le texte de la cellule {cell} manque dans le classeur.").format(cell=cell.name),
                    advice=_("Ouvrez-le dans Excel et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
                )
            cell.text, cell.runs = self.strings[index]
        elif kind == "b":
            found.values[cell.row, cell.col] = value.strip()
            if cell.look.checkbox:
                cell.checked = value.strip() in {"1", "true"}
            else:
                cell.text = "VRAI" if value.strip() in {"1", "true"} else "FAUX"
        elif kind == "n":
            cell.text = displayed(value.strip(), cell.look.code, self.book.date1904)
            cell.number = not is_date(cell.look.code) and (not cell.look.code or any(map(str.isdigit, cell.text)))
            if len(value) < 6:
                found.values[cell.row, cell.col] = value.strip()
        elif kind == "e" and element.get("vm") is not None and value.strip() == "#VALUE!":
            # a picture placed in the cell is for older programs an error of its own ([MS-XLSX] §2.2.4.12, rich values)
            found.pictures.append((cell.row, cell.col))
        elif kind == "d":
            cell.text = _iso(value.strip(), cell.look.code)
        else:
            cell.text = unescaped(value)

    def _merge(self, root: Element, found: Cells) -> None:
        """Gives merged cells their spans (§18.3.1.55); what lies under them is covered."""
        total = 0
        last_row = max((row for row, _col in found.cells), default=0)
        last_col = max((col for _row, col in found.cells), default=0)
        for item in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
            area = area_of(item.get("ref") or "")
            if area is None or area[:2] in found.covered:
                continue
            top, left, bottom, right = area
            # a range merged to the end of the sheet goes no further than its cells
            bottom = min(bottom, max(top, last_row)) if bottom > top + _WIDEST else bottom
            right = min(right, max(left, last_col)) if right > left + _WIDEST else right
            total += (bottom - top + 1) * (right - left + 1)
            if total > MAX_COVERED:
                break
            cell = found.cells.setdefault((top, left), SheetCell(top, left))
            cell.row_span, cell.col_span = bottom - top + 1, right - left + 1
            for row in range(top, bottom + 1):
                for col in range(left, right + 1):
                    if (row, col) != (top, left):
                        under = found.cells.pop((row, col), None)
                        found.covered[row, col] = (top, left)
                        if under is not None and under.text.strip():
                            found.buried.append(f"{under.name} « {under.text.strip()[:60]} »")


def _points(text: str | None) -> int:
    try:
        return int(max(0.0, min(float(text or 0), 409.5)) * POINT)
    except (ValueError, OverflowError):
        return 15 * POINT


def _width(text: str | None) -> int | None:
    try:
        return column_emu(float(text or ""))
    except (ValueError, OverflowError):
        return None


def _usual_width(form: Element | None) -> int:
    """The width of columns that have none of their own (§18.3.1.81): eight digits, the padding, rounded up to 8 pixels."""
    own = _width(form.get("defaultColWidth")) if form is not None else None
    return own if own else column_emu(9.140625)


def _widths(root: Element, found: Cells) -> dict[int, int]:
    """The widths of the columns that have their own (§18.3.1.13); a range to the end of the sheet is not spelt out."""
    widths: dict[int, int] = {}
    for item in root.iterfind(f"{S}cols/{S}col"):
        first, last = whole(item.get("min"), 1) - 1, min(whole(item.get("max"), 0), LAST_COLUMN) - 1
        width = _width(item.get("width"))
        hidden = flag(item, "hidden") or width == 0
        for col in range(max(first, 0), min(last, max(first, 0) + _WIDEST) + 1):
            if hidden:
                found.hidden_columns.append(col)
                widths[col] = 0
            elif width is not None:
                widths[col] = width
    return widths


def _iso(value: str, code: str) -> str:
    """A date written in ISO 8601 (Strict documents), shown in its format; as written when it is none."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    # a date of a sheet has no time zone (ECMA-376 Part 1 §18.17.4)
    serial = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001
    return displayed(repr(round(serial, 9)), code) if is_date(code) else value
