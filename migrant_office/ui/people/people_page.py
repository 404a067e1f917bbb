"""Personas: typing in the search *is* the page. A list that says enough to choose, a panel to be sure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.office import Desk
from migrant_office.services import people
from migrant_office.services.people import PersonLine
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish, Page
from migrant_office.ui.people import reasons
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, SunkenPanel
from migrant_office.ui.widgets.marks import Mark
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList
from migrant_office.ui.widgets.text import IconLabel, Text

PANEL = 344
FOLLOW_MS = 40  # the panel behind the list, so that a burst of keys fills it once


class PeoplePage(Page):
    """Everybody the office knows; `search_text_wanted` asks the window's search to show a text."""

    search_text_wanted = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.text = ""
        self.filling = False
        self.otherwise = ""
        self.opens_next = False  # Enter came before the answer
        self.shown: str | None = None  # the text that the list answers
        self.found: list[PersonLine] = []
        self.total = 0
        self.header, self.twice = PageHeader(""), Button("", icon="users")
        self.header.add(self.twice)
        self.twice.clicked.connect(lambda: self.place_wanted.emit("pairs"))
        self.list = RowList("", RowStyle())
        self.list.opened.connect(lambda id: self.case_wanted.emit(str(id)))
        self.list.chosen.connect(lambda id: None if self.filling else self._show_chosen(id))
        self.follow = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self.follow.timeout.connect(lambda: self._show_chosen(self.list.chosen_key()))
        self.card = Card(flush=True)
        self.card.add(self.list, 1)
        self.nobody = SunkenPanel("", icon="user-question")
        self.register = Button("", icon="user-plus")
        self.register.clicked.connect(lambda: self.intake_wanted.emit(IntakeWish()))
        self.panel = Card(width=PANEL)
        self._lay_out()
        self.first = self.list
        self.retranslate()

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        self.nobody_text = Text("", "hint", "hint", wrap=True)
        beside.addWidget(self.nobody_text, 1)
        beside.addWidget(self.register)
        self.nobody.body.addLayout(beside)
        left = QVBoxLayout()
        left.setSpacing(LARGE)
        left.addWidget(self.card, 1)
        left.addWidget(self.nobody)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addLayout(left, 1)
        columns.addWidget(self.panel)
        self.column.addWidget(self.header)
        self.column.addLayout(columns, 1)

    def retranslate(self) -> None:
        self.nobody.set_title(_("Is nobody here the person you look for?"))
        self.nobody_text.setText(_("A new person needs no document and no answer to be registered."))
        self.register.setText(_("Register a new person"))
        self.twice.setText(_("Registered twice"))
        self.list.setAccessibleName(_("People found"))
        self._tell()

    def look_for(self, text: str) -> None:
        """What was typed in the window's search."""
        self.text, self.opens_next, self.otherwise = text, False, ""
        self.read()

    def read(self) -> None:
        text = self.text.strip()

        def found(desk: Desk) -> tuple[str, list[PersonLine], int]:
            if text:
                return text, people.search(desk, text), 0
            return text, people.recent(desk), people.count(desk)

        self.operations.look(self, found, self._show, key="people")

    def _show(self, answer: tuple[str, list[PersonLine], int]) -> None:
        self.shown, self.found, self.total = answer
        kept = self.list.chosen_key()
        self.filling = True  # the panel follows once the list is painted: whoever types looks at the list
        self.list.set_source(len(self.found), self._rows())
        numbers = {line.id: number for number, line in enumerate(self.found)}
        if self.found:
            self.list.choose_row(numbers.get(str(kept), 0))
        self.filling = False
        self.follow.start()
        self._tell()
        if self.opens_next:
            self.open_chosen()

    def _rows(self) -> Callable[[int], RowSpec]:
        """The rows of what was found, each made when it is first seen."""
        found, shown, today = self.found, self.shown or "", clock.today()

        @cache
        def row(number: int) -> RowSpec:
            return row_of(found[number], shown, today)

        return row

    def _tell(self) -> None:
        number, shown = translator().number, len(self.found)
        if self.text.strip() and shown >= people.MOST:
            told = _("The {count} likeliest of those found for “{text}”. Another letter shows fewer.").format(
                count=number(shown), text=self.text.strip()
            )
        elif self.text.strip():
            hint = ngettext("{count} person found for “{text}”", "{count} people found for “{text}”", len(self.found))
            told = hint.format(count=number(shown), text=self.text.strip())
        elif self.total > shown > 0:
            told = _("The {count} newest of {total} case files. Type in the search to find the others.").format(
                count=number(shown), total=number(self.total)
            )
        else:
            hint = ngettext("{count} case file, the newest first", "{count} case files, the newest first", self.total)
            told = hint.format(count=number(self.total))
        self.header.set_texts(_("People"), told)

    def _show_chosen(self, id: object) -> None:
        line = next((x for x in self.found if x.id == id), None)
        self.panel.clear()
        if line is None:
            self._show_nobody()
            return
        self.panel.set_title(title(line))
        if line.restricted:
            mark = words.restricted_mark()
            self.panel.add(Mark(mark.text, mark.tone, mark.icon))
        if line.name or not line.restricted:
            self.panel.add(Text(_("Case file {number}").format(number=line.number), "hint", "hint"))
        self.panel.body.addSpacing(SMALL)
        for icon, label, value in facts(line):
            self.panel.body.addLayout(fact(icon, label, value))
        if line.hit and (told := reasons.told(line)):
            self.panel.body.addLayout(fact("search", _("Why this person appears"), "\n".join(told)))
        self.panel.body.addStretch(1)
        button = Button(_("Open the case file"), "primary", shortcut="Return", hint_only=True)
        button.clicked.connect(lambda: self.open_chosen())
        self.panel.add(button)

    def _show_nobody(self) -> None:
        """An empty office, or nobody found: what can be done now."""
        nobody = bool(self.text.strip())
        self.panel.set_title(_("Nobody found") if nobody else _("Nobody here yet"))
        text = (
            _("Try fewer letters, another surname, the phone or the number of the case file.")
            if nobody
            else _("People appear here once their case file is open.")
        )
        self.panel.add(Text(text, "hint", "hint", wrap=True))
        self.panel.body.addStretch(1)

    def panels(self) -> Sequence[QWidget]:
        return (self.list, self.register, self.twice)

    def step(self, by: int) -> None:
        """The arrow keys of the search."""
        self.list.step(by)

    def open_chosen(self, otherwise: str = "") -> None:
        """Enter in the search, or the button; Enter must not open a hit of the word before. `otherwise` is said where
        nobody is found.
        """
        self.otherwise = otherwise or self.otherwise
        if self.shown != self.text.strip():
            self.opens_next = True
            return
        self.opens_next, otherwise, self.otherwise = False, self.otherwise, ""
        if otherwise and not self.found:
            self.said.emit(otherwise)
        id = self.list.chosen_key()
        if isinstance(id, str) and self.isVisible():
            self.case_wanted.emit(id)


def row_of(line: PersonLine, typed: str, today: date) -> RowSpec:
    """One line of the list, with what was met in the name for the eye."""
    return RowSpec(
        line.id,
        title(line),
        hint(line, today),
        found=spans(line.name, f"{typed} {reasons.otherwise(line.hit)}") if line.hit else (),
        marks=(words.restricted_mark(),) if line.restricted else (),
        chevron=True,
    )


def title(line: PersonLine) -> str:
    """The name; of a restricted case that nobody looked for, the folio."""
    if line.restricted and not line.name:
        return _("Case file {number}").format(number=line.number)
    return line.name or _("No name noted")


def hint(line: PersonLine, today: date) -> str:
    if line.restricted and not line.name:
        return _("The search shows the name")
    told = words.person_hint(line.age, line.nationality, line.last_contact, today)
    return "  ·  ".join((*reasons.worth_saying(line), told))


def facts(line: PersonLine) -> list[tuple[str, str, str]]:
    tr, today = translator(), clock.today()
    last = words.capital(tr.ago(line.last_contact, today)) if line.last_contact else _("Not yet")
    if line.restricted and not line.name:
        return [("calendar-event", _("Last attention"), last)]
    return [
        ("cake", _("Age"), tr.age(line.age) if line.age is not None else _("Not noted")),
        ("world", _("Nationality"), tr.country(line.nationality) if line.nationality else _("Not noted")),
        ("calendar-event", _("Last attention"), last),
    ]


def fact(icon: str, label: str, value: str) -> QHBoxLayout:
    """An icon, a small label, and what is known."""
    row = QHBoxLayout()
    row.setSpacing(SMALL + 4)
    row.addWidget(IconLabel(icon, "hint", size=20))
    lines = QVBoxLayout()
    lines.setSpacing(2)
    lines.addWidget(Text(label, "hint", "hint"))
    lines.addWidget(Text(value, "body", wrap=True))
    row.addLayout(lines, 1)
    return row


def spans(name: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where the words typed stand in a name, for the eye; accents and case aside."""
    found, folded = [], fold_same_length(name)
    for part in fold_same_length(typed).split():
        at = folded.find(part)
        while at > 0 and folded[at - 1].isalnum():
            at = folded.find(part, at + 1)
        if at >= 0:
            found.append((at, len(part)))
    return tuple(sorted(found))


def fold_same_length(text: str) -> str:
    """Lower case without accents, letter for letter."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[:1] or c for c in text)
