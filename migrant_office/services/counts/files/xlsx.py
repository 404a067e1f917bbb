"""`data.xlsx`: a workbook to read and to print. Figures and words only: no formula, no hidden sheet, no author."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter  # no dependencies, same bytes every time, and "=text" stays text (openpyxl makes it a formula)
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Lines
from migrant_office.services.counts.files import texts, wide, xlsx_guide
from migrant_office.services.counts.files.sheet_names import SheetNames
from migrant_office.services.counts.files.xlsx_style import (
    Style,
    fit,
    page,
    styles,
    tall_enough,
    tall_head,
    wide_enough,
)

_FIRST, _FIGURE, _NARROW = 30, 15, 13  # widths in characters: the labels of the lines (at least half of it), a column
# of figures under the name of an indicator, one under the name of a line
_LONGEST = 60  # the widest column of labels, in characters
_BESIDE = 12  # columns of figures on one sheet; with more, each indicator has its own
_TAGS = 48  # pixels of the row of tags: three lines of small letters
_HEAD = 3  # the row of the headings, counted from 0, under title, office and one empty row


def xlsx_bytes(release: Release, t: Translator) -> bytes:
    """The workbook in the reader's language. Equal releases give equal bytes."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(target, options)
    moment = release.created_at.replace(tzinfo=None)
    book.set_properties({"title": texts.title(release, t), "author": "", "company": "", "created": moment})
    style, names = styles(book), SheetNames()
    xlsx_guide.read_me(book, release, t, style, names)
    _Tables(book, release, t, style, names).write_all()
    xlsx_guide.data(book, release, t, style, names)
    xlsx_guide.glossary(book, release, t, style, names)
    book.close()
    return target.getvalue()


@dataclass
class _Tables:
    """Writes one sheet for each table of the catalogue, its indicators side by side. Under the headings stands a row of
    HXL tags.
    """

    book: Workbook
    release: Release
    t: Translator
    style: Style
    names: SheetNames

    def write_all(self) -> None:
        by_code: dict[str, list[ReleasedTable]] = {}
        for table in self.release.tables:
            by_code.setdefault(table.code, []).append(table)
        for tables in by_code.values():
            for beside in self._sheets(tables):
                (self._totals, self._one_way, self._two_way)[len(beside[0].dimensions)](beside)

    def _sheets(self, tables: list[ReleasedTable]) -> list[list[ReleasedTable]]:
        """The indicators of a table that stand on one sheet: all, while they fit on the width of a page."""
        across = self.release.lines(tables[0].dimensions[1]).categories if len(tables[0].dimensions) > 1 else ()
        return [tables] if (len(across) + 1) * len(tables) <= _BESIDE else [[table] for table in tables]

    def _sheet(self, tables: list[ReleasedTable]) -> Worksheet:
        label = texts.plain(tables[0].label.get(self.t.lang))
        sheet: Worksheet = self.book.add_worksheet(self.names.of(label))
        page(sheet, self.release, self.t)
        sheet.write_string(0, 0, label, self.style.title)
        sheet.write_string(1, 0, texts.office_line(self.release, self.t), self.style.note)
        if self.release.office.demo:
            sheet.write_string(2, 0, texts.demo_mark(self.release, self.t), self.style.mark)
        return sheet

    def _totals(self, tables: list[ReleasedTable]) -> None:
        sheet = self._sheet(tables)
        heads = (self.t.gettext("Indicator"), self.t.gettext("Unit"), self.t.gettext("Figure"))
        for column, head in enumerate(heads):
            sheet.write_string(_HEAD, column, head, self.style.head if column < 2 else self.style.head_right)
        self._tags(sheet, _HEAD, ["#indicator+name", "#meta+unit", "#indicator+num"])
        for row, table in enumerate(tables, _HEAD + 2):
            indicator = self.release.indicator(table.indicator)
            sheet.write_string(row, 0, indicator.label.get(self.t.lang), self.style.line)
            sheet.write_string(row, 1, texts.unit_word(indicator.unit, self.t), self.style.line)
            self._figure(sheet, row, 2, table.total, self.style.figure, self.style.marker)
        longest = max(len(self.release.indicator(table.indicator).label.get(self.t.lang)) for table in tables)
        self._finish(sheet, tables, _HEAD, len(tables), [min(max(_FIRST, longest + 4), _LONGEST), _FIGURE, _FIGURE])

    def _one_way(self, tables: list[ReleasedTable]) -> None:
        sheet, (name,) = self._sheet(tables), tables[0].dimensions
        lines = self.release.lines(name)
        heads = [self._indicator(table, "\n") for table in tables]
        tall_head(sheet, _HEAD, heads, _FIGURE)
        sheet.write_string(_HEAD, 0, lines.label.get(self.t.lang), self.style.head)
        for column, head in enumerate(heads, 1):
            sheet.write_string(_HEAD, column, head, self.style.head_right)
        self._tags(sheet, _HEAD, [wide.line_tag(lines), *(wide.figure_tag(self.release, table) for table in tables)])
        for row, (code, label) in enumerate(self._codes(lines), _HEAD + 2):
            sheet.write_string(row, 0, label, self.style.total_line if code == TOTAL else self.style.line)
            for column, table in enumerate(tables, 1):
                self._one(sheet, row, column, table, (code,))
        widths = [self._first(lines), *(_FIGURE for _ in tables)]
        self._finish(sheet, tables, _HEAD, len(lines.categories), widths)

    def _two_way(self, tables: list[ReleasedTable]) -> None:
        sheet, (down, across) = self._sheet(tables), (self.release.lines(name) for name in tables[0].dimensions)
        head = _HEAD + 1  # above it, the indicator over its block of columns
        sheet.write_string(_HEAD, 0, "", self.style.head)
        sheet.write_string(head, 0, down.label.get(self.t.lang), self.style.head)
        rows, block = self._codes(down), self._codes(across)
        width = wide_enough((label for _code, label in block), _NARROW)
        tall_head(sheet, head, [label for _code, label in block], width)
        for number, table in enumerate(tables):
            first = 1 + number * len(block)
            sheet.merge_range(
                _HEAD, first, _HEAD, first + len(block) - 1, self._indicator(table, " "), self.style.group
            )
            for column, (code, label) in enumerate(block, first):
                sheet.write_string(head, column, label, self.style.head_right)
                for row, (line, _label) in enumerate(rows, head + 2):
                    self._one(sheet, row, column, table, (line, code))
        tags = [wide.figure_tag(self.release, table, across, code) for table in tables for code, _label in block]
        self._tags(sheet, head, [wide.line_tag(down), *tags])
        for row, (line, label) in enumerate(rows, head + 2):
            sheet.write_string(row, 0, label, self.style.total_line if line == TOTAL else self.style.line)
        widths = [self._first(down), *(width for _ in range(len(block) * len(tables)))]
        self._finish(sheet, tables, head, len(down.categories), widths)

    def _tags(self, sheet: Worksheet, head: int, tags: Sequence[str]) -> None:
        """The row of HXL tags under the headings."""
        for column, tag in enumerate(tags):
            sheet.write_string(head + 1, column, tag, self.style.hxl)
        sheet.set_row_pixels(head + 1, _TAGS)

    def _codes(self, lines: Lines) -> list[tuple[str, str]]:
        shown = [(category.code, category.label.get(self.t.lang)) for category in lines.categories]
        return [*shown, (TOTAL, self.t.pgettext("table", "Total"))]

    def _indicator(self, table: ReleasedTable, between: str) -> str:
        indicator = self.release.indicator(table.indicator)
        return f"{indicator.label.get(self.t.lang)}{between}({texts.unit_word(indicator.unit, self.t)})"

    def _one(self, sheet: Worksheet, row: int, column: int, table: ReleasedTable, codes: tuple[str, ...]) -> None:
        """One figure: the last line is a total under a rule, the last column a bold total beside."""
        style = self.style
        if codes[0] == TOTAL:
            figure, marker = style.total_figure, style.total_marker
        elif codes[-1] == TOTAL:
            figure, marker = style.side_figure, style.side_marker
        else:
            figure, marker = style.figure, style.marker
        self._figure(sheet, row, column, table.cell(*codes), figure, marker)

    @staticmethod
    def _figure(sheet: Worksheet, row: int, column: int, cell: ReleasedCell, figure: Format, marker: Format) -> None:
        if cell.value is None:
            sheet.write_string(row, column, cell.marker, marker)
        else:
            sheet.write_number(row, column, cell.value, figure)

    def _first(self, lines: Lines) -> int:
        """The width of the column of lines: what the longest needs."""
        return min(max(_FIRST // 2, *(len(label) + 4 for _code, label in self._codes(lines))), _LONGEST)

    def _finish(
        self, sheet: Worksheet, tables: list[ReleasedTable], head: int, lines: int, widths: Sequence[int]
    ) -> None:
        """Widths, panes, filter (without the total, which stays in sight) and the legend under the table."""
        fit(sheet, widths)
        sheet.freeze_panes(head + 2, 1)
        last = len(widths) - 1
        sheet.autofilter(head + 1, 0, head + 1 + lines, last)
        row = head + 1 + lines + (3 if tables[0].dimensions else 2)
        legend = [texts.legend(self.release, self.t)]
        if any(cell.obs_status == "M" for table in tables for cell in table.cells):
            legend.append(texts.impossible_note(self.t))
        for number, sentence in enumerate(legend, row):
            sheet.merge_range(number, 0, number, last, sentence, self.style.wrapped_note)
            tall_enough(sheet, number, sentence, sum(widths))
