"""How the workbook looks: the formats of its cells, widths of columns, the printed page."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.files import texts

# The light palette of the screen: blue, its pale ground, hint and edge (ui/theme holds the same for the windows).
_BLUE, _PALE, _HINT, _EDGE, _LINE = "#1F5F8B", "#E6F0F7", "#4D565C", "#7F878D", "#DEDAD1"
_WARN = "#B3261E"
_LETTER = 1
_POINTS_A_LINE = 15.5
_BOLD = 2  # characters that a heading in bold letters needs more than its own
_WIDEST = 20  # of a column of figures, in characters
_CHARACTER = 0.92  # of a line of text, in the widths of a figure by which columns are measured; a little too much


@dataclass(frozen=True, slots=True)
class Style:
    """The formats of one workbook."""

    title: Format
    note: Format
    mark: Format
    wrapped_note: Format
    section: Format
    head: Format
    head_right: Format
    group: Format
    line: Format
    wrapped: Format
    figure: Format
    marker: Format
    total_line: Format
    total_figure: Format
    total_marker: Format
    side_figure: Format
    side_marker: Format
    data: Format
    hxl: Format


def styles(book: Workbook) -> Style:
    """The formats, added to a workbook."""
    head = {"bold": True, "font_color": _BLUE, "bg_color": _PALE, "text_wrap": True, "valign": "bottom", "bottom": 1}
    head |= {"bottom_color": _EDGE}
    line = {"bottom": 1, "bottom_color": _LINE, "valign": "top"}
    total = {"bold": True, "top": 1, "top_color": _EDGE}
    figure = {"num_format": "#,##0", "align": "right"}
    marker = {"font_color": _HINT, "align": "right"}
    hint = {"font_color": _HINT, "valign": "top"}

    add = partial(_format, book)
    return Style(
        title=add({"bold": True, "font_size": 15}),
        note=add(hint),
        mark=add({"bold": True, "font_color": _WARN, "valign": "top"}),
        wrapped_note=add(hint, {"text_wrap": True}),
        section=add({"bold": True, "font_size": 12, "font_color": _BLUE, "valign": "bottom"}),
        head=add(head),
        head_right=add(head, {"align": "right"}),
        group=add(head, {"align": "center", "left": 1, "left_color": _EDGE}),
        line=add(line),
        wrapped=add({"text_wrap": True, "valign": "top"}),
        figure=add(line, figure),
        marker=add(line, marker),
        total_line=add(total),
        total_figure=add(total, figure),
        total_marker=add(total, marker),
        side_figure=add(line, figure, {"bold": True}),
        side_marker=add(line, marker, {"bold": True}),
        data=add({"num_format": "#,##0"}),
        hxl=add(
            {
                "text_wrap": True,
                "valign": "top",
                "font_color": _HINT,
                "font_size": 8,
                "bg_color": _PALE,
                "bottom": 1,
                "bottom_color": _EDGE,
            }
        ),
    )


def _format(book: Workbook, *parts: Mapping[str, object]) -> Format:
    merged: dict[str, object] = {}
    for part in parts:
        merged.update(part)
    made: Format = book.add_format(merged)
    return made


def fit(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Give every column its width in characters."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def tall_enough(sheet: Worksheet, row: int, text: str, characters: int) -> None:
    """Make a row as tall as a wrapped text needs: no program does it by itself for merged cells."""
    sheet.set_row(row, _POINTS_A_LINE * max(1, math.ceil(len(text) * _CHARACTER / characters)))


def wide_enough(labels: Iterable[str], least: int) -> int:
    """The width of columns under these headings: what their longest word needs, within reason."""
    return min(max((least, *(len(word) + _BOLD for label in labels for word in label.split()))), _WIDEST)


def tall_head(sheet: Worksheet, row: int, labels: Sequence[str], characters: int) -> None:
    """Make a row of headings as tall as its longest needs, cut between words; bold letters are a little wider."""
    lines = (sum(len(textwrap.wrap(line, characters - _BOLD)) for line in label.splitlines()) for label in labels)
    sheet.set_row(row, _POINTS_A_LINE * max((1, *lines)))


def page(sheet: Worksheet, release: Release, t: Translator) -> None:
    """One page wide on letter paper (used in both countries), its name and number at the foot, a demo's mark on top."""
    sheet.set_paper(_LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L{release.name}&R&P / &N")
    if release.office.demo:
        sheet.set_header(f"&C&B{texts.demo_mark(release, t)}")
