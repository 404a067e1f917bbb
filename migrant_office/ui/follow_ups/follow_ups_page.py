"""Seguimientos: what somebody has to ask, mine or the whole office's, and what nobody followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from migrant_office import clock
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.follow_up import ANSWERS, Question
from migrant_office.models.office import Office
from migrant_office.services import attempts, follow_ups, people
from migrant_office.services.attempts import Reaching
from migrant_office.services.follow_ups import listing
from migrant_office.services.follow_ups.listing import PAGE, Group, Line, Listing, Wanted
from migrant_office.ui import words
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.follow_ups.answer_dialog import AnswerDialog
from migrant_office.ui.follow_ups.attempt_dialog import AttemptDialog
from migrant_office.ui.follow_ups.change_dialogs import DropDialog, MoveDialog
from migrant_office.ui.follow_ups.follow_list import FollowList
from migrant_office.ui.follow_ups.handover_dialog import HandoverDialog
from migrant_office.ui.follow_ups.panel import FollowUpPanel
from migrant_office.ui.follow_ups.supervision_view import SupervisionView
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.theme.metrics import COLUMN_GAP, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.field import Choice
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.tabs import Tabs

MINE, ALL, SUPERVISION = "mine", "all", "supervision"
VIEWS = ((MINE, N_("Mine")), (ALL, N_("Of the whole office")), (SUPERVISION, N_("Supervision")))
ANYTHING, NOBODY = "*", "-"  # values of the filters
Referred = tuple[FollowedReferral, MarkSpec | None] | None


class FollowUpsPage(Page):
    """A list, and beside it what can be done with the chosen question."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.shown: Listing | None = None
        self.header = PageHeader("")
        self.hand_over = Button("", icon="users")
        self.header.add(self.hand_over)
        self.tabs = Tabs("", [(key, key) for key, _label in VIEWS])
        self.tabs.set_current(ALL)
        self.officer, self.question, self.service = Choice(), Choice(), Choice()
        self.list = FollowList(self._ask_page)
        self.card, self.panel = Card(flush=True), FollowUpPanel()
        self.supervision = SupervisionView(operations, self.own)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.first = self.list
        self.retranslate()

    def _lay_out(self) -> None:
        self.filters = QWidget()
        flow = FlowLayout(self.filters, gap=SMALL, fill=True)
        for choice in (self.officer, self.question, self.service):
            choice.setMinimumWidth(self.metrics_.px(160))
            flow.addWidget(choice)
        self.card.add(self.filters)
        self.card.add(self.list, 1)
        work = QWidget()
        columns = QHBoxLayout(work)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(COLUMN_GAP)
        columns.addWidget(self.card, 1)
        columns.addWidget(self.panel)
        self.stack.addWidget(work)
        self.stack.addWidget(self.supervision)
        self.column.addWidget(self.header)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._turn())
        for choice in (self.officer, self.question, self.service):
            choice.activated.connect(lambda _index: self.read())
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(lambda _key: self.answer())
        self.panel.attempt.clicked.connect(self.attempt)
        self.panel.answer.clicked.connect(self.answer)
        self.panel.day.clicked.connect(self._move)
        self.panel.drop.clicked.connect(self._drop)
        self.panel.case_wanted.connect(self.case_wanted)
        self.supervision.case_wanted.connect(self.case_wanted)
        self.hand_over.clicked.connect(self._hand_over)

    def watched(self) -> tuple[str, ...]:
        return ("person", "referral", "referral_step", "follow_up", "attempt", "handover", "need", "merge", "consent")

    def panels(self) -> Sequence[QWidget]:
        if self.view == SUPERVISION:
            return (self.tabs, self.supervision.figures, self.supervision.cases)
        return (self.tabs, self.officer, self.list, self.panel.attempt)

    @property
    def view(self) -> str:
        return self.tabs.current()

    def own(self) -> str:
        """Who sits here."""
        return self.shown.mine if self.shown else ""

    # reading

    def retranslate(self) -> None:
        self.header.set_texts(_("Follow-ups"), self._hint())
        self.hand_over.setText(_("Hand over work…"))
        self.tabs.set_tabs([(key, _(label)) for key, label in VIEWS])
        self.tabs.setAccessibleName(_("Which follow-ups"))
        self.list.setAccessibleName(_("Follow-ups"))
        self.officer.setAccessibleName(_("Officer"))
        self.question.setAccessibleName(_("Question"))
        self.service.setAccessibleName(_("Service"))
        self.panel.retranslate_buttons()
        if self.shown:
            self.show_listing(self.shown)
            self.supervision.retranslate()

    def _turn(self) -> None:
        self.read()
        self.take_focus()

    def take_focus(self) -> None:
        self.first = self.supervision.figures if self.view == SUPERVISION else self.list
        super().take_focus()

    def read(self) -> None:
        wanted, mine = self._wanted(), self.view == MINE
        supervises = self.view == SUPERVISION
        self.stack.setCurrentIndex(1 if supervises else 0)
        self.officer.setVisible(self.view == ALL)

        def read(office: Office) -> Listing:
            return listing.read_list(office, replace(wanted, officer=office.officer) if mine else wanted)

        self.operations.ask(self, read, self.show_listing, key="follow-ups")
        if supervises:
            self.supervision.read()

    def _wanted(self) -> Wanted:
        def value(choice: Choice) -> str | None:
            chosen = choice.value()
            return None if chosen in ("", ANYTHING) else "" if chosen == NOBODY else chosen

        officer = value(self.officer) if self.view == ALL else None
        return Wanted(officer=officer, question=value(self.question), service=value(self.service))

    def show_listing(self, shown: Listing) -> None:
        self.shown = shown
        self.header.set_texts(_("Follow-ups"), self._hint())
        self._fill_filters(shown)
        self.list.show_listing(shown)
        self._show_chosen(self.list.chosen_key())

    def _hint(self) -> str:
        if self.shown is None:
            return ""
        counts, number = self.shown.counts, translator().number
        late, now = counts[Group.OVERDUE], counts[Group.TODAY]
        told = (
            ngettext("{count} overdue", "{count} overdue ones", late).format(count=number(late)),
            ngettext("{count} for today", "{count} for today, in all", now).format(count=number(now)),
        )
        return "  ·  ".join(told)

    def _fill_filters(self, shown: Listing) -> None:
        officers = [(code or NOBODY, f"{words.officer(code, shown.mine)}  ({n})") for code, n in shown.officers]
        questions = [(q.value, _(q.label)) for q in Question]
        for choice, empty, choices in (
            (self.officer, _("All officers"), officers),
            (self.question, _("All questions"), questions),
            (self.service, _("All services"), list(shown.services)),
        ):
            choice.set_choices([(ANYTHING, empty), *choices], choice.value() or ANYTHING)

    def _ask_page(self, number: int) -> None:
        if self.shown is None:
            return
        wanted = self.shown.wanted
        self.operations.ask(
            self,
            lambda office: listing.page(office, wanted, number * PAGE),
            lambda lines: self.list.take(number, lines) if self.shown and self.shown.wanted == wanted else None,
        )

    # the question chosen

    def chosen(self) -> Line | None:
        key = self.list.chosen_key()
        return key if isinstance(key, Line) else None

    def _show_chosen(self, _key: object) -> None:
        line = self.chosen()
        self.panel.show_line(line, None, self.own())
        if line is not None:
            self.operations.ask(
                self,
                lambda office: attempts.reaching(office, line.case, line.follow_up, line.referral),
                lambda reaching: self.panel.show_line(line, reaching, self.own()) if self.chosen() == line else None,
                key="reaching",
            )

    def attempt(self) -> None:
        """Record a try to reach her."""
        if (line := self.chosen()) is None or not self.isVisible():
            return

        def read(office: Office) -> tuple[Reaching, date]:
            reaching = attempts.reaching(office, line.case, line.follow_up, line.referral)
            return reaching, attempts.next_try(office, len(reaching.tries))

        def show(answer: tuple[Reaching, date]) -> None:
            dialog = AttemptDialog(self.operations, line, *answer, self)
            dialog.reached.connect(lambda: self._answer(line))
            dialog.closed_unanswered.connect(
                lambda: self.said.emit(_("Closed as without an answer. Ctrl Z undoes it."))
            )
            dialog.open()

        self.operations.ask(self, read, show)

    def answer(self) -> None:
        """Record what was answered."""
        if (line := self.chosen()) is not None and self.isVisible():
            self._answer(line)

    def _answer(self, line: Line) -> None:
        if line.question in ANSWERS or not line.referral:
            self.operations.ask(
                self, again_in_a_month, lambda day: AnswerDialog(self.operations, line, day, self).open()
            )
            return

        def show(found: Referred) -> None:
            if found is not None:
                followed, contact = found
                StepDialog(self.operations, line.case, followed, line.service, self, contact=contact).open()

        self.operations.ask(self, lambda office: referred(office, line), show)

    def _move(self) -> None:
        if (line := self.chosen()) is not None and self.isVisible():
            self.operations.ask(
                self, tomorrow, lambda day: MoveDialog(self.operations, line, max(day, line.due), self).open()
            )

    def _drop(self) -> None:
        if (line := self.chosen()) is not None:
            DropDialog(self.operations, line, self).open()

    def _hand_over(self) -> None:
        if self.shown is None:
            return
        dialog = HandoverDialog(self.operations, [code for code, _n in self.shown.officers], self.own(), self)
        dialog.handed_over.connect(lambda _preview: self.said.emit(_("The work is handed over. Ctrl Z takes it back.")))
        dialog.open()


def referred(office: Office, line: Line) -> Referred:
    """The referral that is asked about, and the rule for reaching her; None when it is gone."""
    case = people.read_case(office, line.case)
    found = next((f for f in case.referrals if f.referral.id == line.referral), None)
    rule = words.contact_refused_mark(case) or words.contact_rule_mark(case.person)
    return (found, rule) if found else None


def again_in_a_month(office: Office) -> date:
    return follow_ups.working_day(office.city.country, clock.today() + timedelta(days=30))


def tomorrow(office: Office) -> date:
    return follow_ups.working_day(office.city.country, clock.today() + timedelta(days=1))
