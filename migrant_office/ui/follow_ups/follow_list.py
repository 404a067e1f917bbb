"""The list of follow-ups: four groups with their headings, read page by page, however long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QListView

from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.person import ContactRule
from migrant_office.services.follow_ups.listing import PAGE, Group, Line, Listing
from migrant_office.ui import words
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec, RowStyle, row_height
from migrant_office.ui.widgets.row_list import RowList

TITLES = {
    Group.OVERDUE: N_("Overdue"),
    Group.TODAY: N_("Today"),
    Group.WEEK: N_("This week"),
    Group.LATER: N_("Later"),
}
DENSE = RowStyle(dense=True)
ROW = RowSpec(None, "x", "x")


class FollowList(RowList):
    """`wanted_page` is called with the number of a page that is not there yet; give it back with `take`."""

    def __init__(self, wanted_page: Callable[[int], None]) -> None:
        super().__init__("", DENSE)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # Qt asks for every row; twenty thousand take 40 ms at once
        self.setBatchSize(2 * PAGE)
        self._wanted_page = wanted_page
        self.listing: Listing | None = None
        self._pages: dict[int, list[RowSpec]] = {}
        self._asked: set[int] = set()
        self._places: list[tuple[int, Group, int, int]] = []  # row of the heading, group, how many, number of the first

    def show_listing(self, listing: Listing) -> None:
        """The head of the list and its first page; the cursor stays on the same question if it is still there."""
        kept = self.chosen_key()
        self.listing, self._asked = listing, {0}
        self._pages = {0: [line_row(line, listing) for line in listing.first]}
        self._places, row, first = [], 0, 0
        for group in Group:
            if count := listing.counts[group]:
                self._places.append((row, group, count, first))
                row, first = row + count + 1, first + count
        self.set_source(row, self._row)
        self._choose(kept)

    def take(self, number: int, lines: tuple[Line, ...]) -> None:
        """A page that was asked for."""
        if self.listing is not None:
            self._pages[number] = [line_row(line, self.listing) for line in lines]
            self.viewport().update()

    def height_of(self, number: int) -> int:
        """The same for all, headings too: only so the list need not ask every row."""
        return row_height(ROW, self.row_style) + 1

    def _row(self, number: int) -> RowSpec | None:
        for row, group, count, first in self._places:
            if number == row:
                return RowSpec(("group", group), _(TITLES[group]), heading=True, note=translator().number(count))
            if number <= row + count:
                return self._line(first + number - row - 1)
        return None

    def _line(self, number: int) -> RowSpec | None:
        page, at = divmod(number, PAGE)
        if page in self._pages:
            rows = self._pages[page]
            return rows[at] if at < len(rows) else None
        if page not in self._asked:
            self._asked.add(page)
            self._wanted_page(page)
        return None

    def _choose(self, kept: object) -> None:
        """The same question, or the first one."""
        if not self._places:
            return
        wanted = kept.key if isinstance(kept, Line) else None
        row = 1
        for number, spec in enumerate(self._pages[0]):
            if isinstance(spec.key, Line) and spec.key.key == wanted:
                row = next(r + 1 + number - first for r, _g, count, first in self._places if number < first + count)
        self.choose_row(row)


def line_row(line: Line, listing: Listing) -> RowSpec:
    """Who, what is asked, the rule for reaching her, how late, and the tries so far."""
    marks = [words.due_mark(line.due, listing.day)]
    if line.attempts:
        tried = ngettext("{count} try", "{count} tries", line.attempts).format(count=line.attempts)
        marks.insert(0, MarkSpec(tried, "hint", "history"))
    if rule := rule_mark(line):
        marks.insert(0, rule)
    if line.restricted:
        marks.insert(0, words.restricted_mark())
    hint = words.asked(line.question, line.service)
    if line.officer != listing.mine:
        hint += "  ·  " + words.officer(line.officer, listing.mine)
    return RowSpec(line, title(line), hint, marks=tuple(marks))


def rule_mark(line: Line) -> MarkSpec | None:
    if rule := words.contact_text(line.contact_rule):
        return MarkSpec(rule, "warn", "shield-check")
    return MarkSpec(_("Safe contact"), "warn", "shield-check") if line.contact_words else None


def title(line: Line) -> str:
    """A name, or the folio of a restricted case."""
    if line.restricted:
        return _("Case file {number}").format(number=line.number)
    return line.name or _("No name noted")


def lateness(due: date, day: date) -> str:
    return words.due_mark(due, day).text


def is_ruled(line: Line) -> bool:
    """Whether this person may not simply be called."""
    return bool(line.contact_words) or line.contact_rule not in (None, ContactRule.ANY)
