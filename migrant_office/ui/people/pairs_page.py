"""Personas repetidas: the pairs of case files that look alike, the search that finds them, and what to do with each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.judgement import Verdict
from migrant_office.models.office import Office
from migrant_office.services import duplicates, pairs
from migrant_office.services.pairs import Pair, Search, Step
from migrant_office.services.people import PersonLine
from migrant_office.ui import words
from migrant_office.ui.merging import likeness_words
from migrant_office.ui.merging.merge_dialog import MergeDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.theme.metrics import COLUMN_GAP, MEDIUM, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import Mark
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList
from migrant_office.ui.widgets.text import Text

PANEL = 380
Told = tuple[tuple[Pair, ...], Search | None]


class PairsPage(Page):
    """The search runs on while other places are open; closing the office stops it where it is."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.found: tuple[Pair, ...] = ()
        self.last: Search | None = None
        self.running = False
        self.weighed: set[int] = set()
        self.header, self.back = PageHeader(""), Button("", "quiet", icon="arrow-left", shortcut="Alt+Left")
        self.go_on = Button("", icon="search")  # joining the chosen pair is the page's primary
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.header.add(self.go_on)
        self.list = RowList("", RowStyle())
        self.card, self.panel = Card(flush=True), Card(width=PANEL)
        self.card.add(self.list, 1)
        self._lay_out()
        self._connect()
        self.first = self.list
        self.retranslate()

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addWidget(self.card, 1)
        columns.addWidget(self.panel)
        self.column.addWidget(self.header)
        self.column.addWidget(self.bar)
        self.column.addLayout(columns, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.place_wanted.emit("people"))
        self.go_on.clicked.connect(self._toggle)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(lambda _key: self.join())

    def tools(self) -> Sequence[QWidget]:
        return (self.back,)

    def watched(self) -> tuple[str, ...]:
        return ("person", "judgement", "private_judgement", "merge")

    def panels(self) -> Sequence[QWidget]:
        return (self.list, self.go_on)

    def retranslate(self) -> None:
        self.back.setText(_("Back to people"))
        self.list.setAccessibleName(_("Pairs of case files that look alike"))
        self.bar.setAccessibleName(_("How much of the office has been compared"))
        self._tell()
        self._show_chosen(self.list.chosen_key())

    def read(self) -> None:
        self.operations.ask(self, told, self._show, key="pairs")

    def _show(self, answer: Told) -> None:
        self.found, self.last = answer
        kept = self.list.chosen_key()
        self.list.set_rows([row_of(number, pair) for number, pair in enumerate(self.found)], choose=kept)
        if self.found and self.list.chosen_key() is None:
            self.list.choose_row(0)
        self._show_chosen(self.list.chosen_key())
        self._tell()

    def _tell(self) -> None:
        self.header.set_texts(_("People registered twice"), self._hint())
        share = self.last.share if self.last else 0.0
        self.bar.setValue(round(share * 1000))
        self.bar.setFormat(f"{translator().number(round(share * 100))} %")
        unfinished = self.last is not None and not self.last.ended
        self.bar.setVisible(self.running or unfinished)
        if self.running:
            self.go_on.setText(_("Stop the search"))
        else:
            self.go_on.setText(_("Go on searching") if unfinished else _("Search the whole office"))

    def _hint(self) -> str:
        count = ngettext("{count} pair waits", "{count} pairs wait", len(self.found))
        pairs_told = count.format(count=translator().number(len(self.found)))
        if self.running:
            return pairs_told + "  ·  " + _("comparing; you can go on working")
        if self.last is None:
            return pairs_told + "  ·  " + _("the office was never searched")
        if not self.last.ended:
            return pairs_told + "  ·  " + _("the search was stopped and goes on from where it was")
        day = clock.local(datetime.fromisoformat(self.last.ended)).date()
        return pairs_told + "  ·  " + _("searched {when}").format(when=translator().ago(day, clock.today()))

    # the pair chosen

    def chosen(self) -> Pair | None:
        key = self.list.chosen_key()
        return self.found[key] if isinstance(key, int) and key < len(self.found) else None

    def _show_chosen(self, _key: object) -> None:
        pair = self.chosen()
        self.panel.clear()
        if pair is None:
            self.panel.set_title(_("No pair waits"))
            hint = _("Pairs appear here when somebody says at the desk that two are one, and after a search.")
            self.panel.add(Text(hint, "hint", "hint", wrap=True))
            self.panel.body.addStretch(1)
            return
        self.panel.set_title(_("Are they one person?"))
        for line in (pair.one, pair.other):
            self.panel.body.addLayout(self._person(line))
        if pair.likeness.reasons:
            self.panel.add(Text(_("Why they look alike"), "hint", "hint"))
            for reason in pair.likeness.reasons:
                self.panel.add(Text(_(reason.label), "body", wrap=True))
        self.panel.body.addStretch(1)
        same = Button(_("The same: join them…"), "primary", shortcut="Return", hint_only=True)
        same.clicked.connect(self.join)
        other = Button(_("They are two persons"))
        other.clicked.connect(lambda: self.judge(Verdict.OTHER))
        unsure = Button(_("Not sure"), "quiet")
        unsure.clicked.connect(lambda: self.judge(Verdict.UNSURE))
        for button in (same, other, unsure):
            self.panel.add(button)

    def _person(self, line: PersonLine) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(Text(line.name or _("No name noted"), "body_bold", wrap=True))
        told = words.person_hint(line.age, line.nationality, line.last_contact, clock.today())
        lines.addWidget(Text(f"{line.number}  ·  {told}", "hint", "hint", wrap=True))
        if line.restricted:
            mark = words.restricted_mark()
            lines.addWidget(Mark(mark.text, mark.tone, mark.icon))
        see = Button(_("Open the case file"), "link")
        see.clicked.connect(lambda: self.case_wanted.emit(line.id))
        row = QHBoxLayout()
        row.addWidget(see)
        row.addStretch(1)
        lines.addLayout(row)
        lines.setContentsMargins(0, SMALL, 0, MEDIUM)
        return lines

    def join(self) -> None:
        """Compare the two and join them."""
        pair = self.chosen()
        if pair is None or not self.isVisible():
            return
        older, newer = sorted((pair.one, pair.other), key=lambda line: line.id)
        dialog = MergeDialog(self.operations, older.id, newer.id, self)
        dialog.joined.connect(lambda _id: self.said.emit(_("The case files are joined. Ctrl Z separates them again.")))
        dialog.open()

    def judge(self, verdict: Verdict) -> None:
        """Keep what the officer says of the pair."""
        pair = self.chosen()
        if pair is None:
            return
        one, other, likeness = pair.one.id, pair.other.id, pair.likeness
        self.operations.run(self, lambda office: duplicates.judge(office, one, other, verdict, likeness))
        self.list.setFocus()

    # searching

    def _toggle(self) -> None:
        if self.running:
            self.running = False
            self._tell()
            return
        self.running = True
        self.weighed = set()
        self._tell()
        self.operations.run(self, pairs.begin, self._next, failed=lambda _error: self._stop())

    def _next(self, last: Search) -> None:
        self.last = last
        self._tell()
        if not self.running:
            return
        weighed = self.weighed
        self.operations.search_through(
            self, lambda desk: pairs.stretch(desk, last.after, weighed), self._keep, failed=lambda _error: self._stop()
        )

    def _keep(self, step: Step) -> None:
        def kept(office: Office) -> Search:
            pairs.keep(office, step)
            return pairs.begin(office) if not step.ended else Search(step.after, 1.0, "", clock.now().isoformat())

        self.operations.run(self, kept, self._ended if step.ended else self._next)
        if step.found and self.isVisible():
            self.read()

    def _ended(self, _last: Search) -> None:
        self._stop()
        self.said.emit(_("The whole office was searched for people registered twice."))

    def _stop(self) -> None:
        self.running = False
        self.read()


def told(office: Office) -> Told:
    return pairs.waiting(office), pairs.last_search(office)


def row_of(number: int, pair: Pair) -> RowSpec:
    """The two names, why they look alike, how strongly, and what was said."""
    verdict = likeness_words.verdict_mark(pair.verdict)
    strength = (likeness_words.strength_mark(pair.likeness),) if pair.likeness.reasons else ()
    names = [line.name or _("No name noted") for line in (pair.one, pair.other)]
    return RowSpec(
        number,
        "  /  ".join(names),
        likeness_words.reasons(pair.likeness) or _("Said at the desk"),
        marks=(*((verdict,) if verdict else ()), *strength),
        chevron=True,
    )
