"""The sheets of the workbook around the tables: what to know first, the data in long form, the glossary."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.files import texts
from migrant_office.services.counts.files.rows import columns, rows
from migrant_office.services.counts.files.sheet_names import SheetNames
from migrant_office.services.counts.files.xlsx_style import Style, fit, page, tall_enough

_READ_ME = (26, 88)
_GLOSSARY = (16, 28, 42, 12, 72)


def read_me(book: Workbook, release: Release, t: Translator, style: Style, names: SheetNames) -> None:
    """The first sheet: which release this is and how to read it."""
    sheet: Worksheet = book.add_worksheet(names.of(t.gettext("Read me")))
    page(sheet, release, t)
    fit(sheet, _READ_ME)
    sheet.write_string(0, 0, texts.title(release, t), style.title)
    sheet.write_string(1, 0, texts.office_line(release, t), style.note)
    row = _section(sheet, 3, t.gettext("How to read the figures"), style)
    for number, sentence in enumerate(texts.how_to_read(release, t), 1):
        row = _sentence(sheet, row, f"{number}.  {sentence}", style)
    row = _section(sheet, row + 1, t.gettext("This release"), style)
    for name, value in texts.facts(release, t):
        sheet.write_string(row, 0, name, style.note)
        sheet.write_string(row, 1, value, style.wrapped)
        tall_enough(sheet, row, value, _READ_ME[1])
        row += 1
    row = _section(sheet, row + 1, t.gettext("Rules applied"), style)
    for sentence in texts.parameters(release, t):
        row = _sentence(sheet, row, sentence, style)
    row = _section(sheet, row + 1, t.gettext("Law"), style)
    _sentence(sheet, row, release.legal.get(t.lang), style)


def _section(sheet: Worksheet, row: int, head: str, style: Style) -> int:
    sheet.set_row(row, 22)
    sheet.write_string(row, 0, head, style.section)
    return row + 1


def _sentence(sheet: Worksheet, row: int, sentence: str, style: Style) -> int:
    sheet.merge_range(row, 0, row, 1, sentence, style.wrapped)
    tall_enough(sheet, row, sentence, sum(_READ_ME))
    return row + 1


def data(book: Workbook, release: Release, t: Translator, style: Style, names: SheetNames) -> None:
    """The long form with its HXL row, as in `data.csv`."""
    sheet: Worksheet = book.add_worksheet(names.of(t.gettext("Data")))
    page(sheet, release, t)
    listed, content = columns(release), rows(release)
    sheet.set_row_pixels(1, 62)
    for number, column in enumerate(listed):
        sheet.write_string(0, number, column.name, style.head)
        sheet.write_string(1, number, column.hxl, style.hxl)
        for row, values in enumerate(content, 2):
            value = values[number]
            if isinstance(value, str):
                sheet.write_string(row, number, value)
            elif value is not None:
                sheet.write_number(row, number, value, style.data)
        longest = max(len(str(one)) for one in (column.name, *(row[number] or "" for row in content)))
        sheet.set_column(number, number, max(12, longest + 3))  # the longer tags wrap
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)  # on paper, over every page
    sheet.autofilter(1, 0, 1 + len(content), len(listed) - 1)


def glossary(book: Workbook, release: Release, t: Translator, style: Style, names: SheetNames) -> None:
    """What every indicator, line and code means."""
    sheet: Worksheet = book.add_worksheet(names.of(t.gettext("Glossary")))
    page(sheet, release, t)
    fit(sheet, _GLOSSARY)
    heads = (t.gettext("Column"), t.gettext("Code"), t.gettext("Meaning"), t.gettext("Unit"), t.gettext("Definition"))
    for number, head in enumerate(heads):
        sheet.write_string(0, number, head, style.head)
    for row, texts_of_row in enumerate(_entries(release, t), 1):
        for number, text in enumerate(texts_of_row):
            sheet.write_string(row, number, text, style.wrapped)
        tall_enough(sheet, row, texts_of_row[-1] or texts_of_row[2], _GLOSSARY[4] if texts_of_row[-1] else _GLOSSARY[2])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _entries(release: Release, t: Translator) -> list[tuple[str, str, str, str, str]]:
    found = [
        (
            "indicator",
            one.code,
            one.label.get(t.lang),
            texts.unit_word(one.unit, t),
            f"{one.definition.get(t.lang)} {t.gettext('Source:')} {one.source.get(t.lang)}",
        )
        for one in release.indicators
    ]
    lines = [
        (dimension.column, one.code, one.label.get(t.lang), "", "")
        for dimension in release.dimensions
        for one in dimension.categories
    ]
    marks = [(column, code, meaning, "", "") for column, code, meaning in texts.codes(t)]
    return [*found, *dict.fromkeys(lines), *marks]  # two schemes of a dimension share codes
