"""Expediente: who the person is, what must be seen first, what happened, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.office import Office
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.services import catalogue, people, referral_sheet
from migrant_office.ui import words
from migrant_office.ui.case_file import history
from migrant_office.ui.case_file.appointments_card import AppointmentsCard
from migrant_office.ui.case_file.consent_card import ConsentCard
from migrant_office.ui.case_file.encounter_dialog import EncounterDialog
from migrant_office.ui.case_file.experience_card import ExperienceCard
from migrant_office.ui.case_file.facts import FactsCard
from migrant_office.ui.case_file.files_card import FilesCard
from migrant_office.ui.case_file.happened_card import HappenedCard
from migrant_office.ui.case_file.household_card import HouseholdCard
from migrant_office.ui.case_file.joined_card import JoinedCard
from migrant_office.ui.case_file.note_dialog import NoteDialog
from migrant_office.ui.case_file.papers_card import PapersCard
from migrant_office.ui.case_file.pathways_card import NOUNS, PathwaysCard
from migrant_office.ui.case_file.person_dialog import PersonDialog
from migrant_office.ui.case_file.private_dialog import PrivateDialog
from migrant_office.ui.case_file.protection_card import ProtectionCard, ProtectionTools
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.case_file.route_door import RouteDoor
from migrant_office.ui.case_file.rows_card import said
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.case_file.surveys_card import SurveysCard
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish, ScrolledPage
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.theme.metrics import CARD_GAP, COLUMN_GAP, SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import Avatar, Chip, MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle

OTHERS = (  # nouns of the smaller cards
    *("held_document", "experience", "attachment", "household", "member", "consent", "form_record", "answer", "merge"),
    *("follow_up", "attempt", "handover", "appointment"),
    *("survey", "satisfaction", "knowledge_check"),
    *NOUNS,
)
Services = dict[str, tuple[str, str]]  # id → (name, owner)


class CasePage(ScrolledPage):
    """One case at a time; `show_case` says which."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.case_id, self.answering = "", ""
        self.case: CaseFile | None = None
        self.services: Services = {}
        self.header, self.avatar = PageHeader(""), Avatar("")
        self.print = Button("", icon="printer", shortcut="Ctrl+P")
        self.no_print = QShortcut(QKeySequence("Ctrl+P"), self)  # a key says why not, where a mouse sees the tip
        self.no_print.activated.connect(lambda: self.said.emit(self.print.toolTip()))
        self.route = RouteDoor(self)
        self.encounter = Button("", "primary", icon="plus", shortcut="Ctrl+N")
        self.header.add_before(self.avatar)
        self.header.add(self.print)
        self.header.add(self.encounter)
        self.marks = QWidget()
        self.marks_row = FlowLayout(self.marks, gap=SMALL)
        self.tools_, self.protection = ProtectionTools(operations), ProtectionCard(operations)
        self.begun = Banner("blue", "", icon="file-pencil")
        self.begun_action = self.begun.add_action("")
        self.due = Banner("blue", "", icon="calendar-event")
        self.due_action = self.due.add_action("")
        self.happened, self.facts = HappenedCard(), FactsCard()
        self.timeline = self.happened.timeline
        self.referrals, self.needs = Card(flush=True), Card(flush=True)
        self.papers, self.experience = PapersCard(operations), ExperienceCard(operations)
        self.files, self.pathways = FilesCard(operations), PathwaysCard(operations)
        self.household, self.consent = HouseholdCard(operations), ConsentCard(operations)
        self.joined, self.appointments = JoinedCard(operations), AppointmentsCard(operations, self)
        self.surveys = SurveysCard(operations)
        self.refer = Button("", "quiet", icon="plus", shortcut="Ctrl+D")
        self.referral_rows: list[ListRow] = []
        self._lay_out()
        self._connect()
        self.first = self.encounter
        self.retranslate()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        open_ = (self.due, self.protection, self.referrals, self.needs, self.pathways, self.appointments)
        held = (self.household, self.papers, self.experience, self.files)
        for column, cards in (
            (left, (self.happened, *held, self.consent, self.surveys, self.joined)),
            (right, (*open_, self.facts)),
        ):
            column.setSpacing(CARD_GAP)
            for card in cards:
                column.addWidget(card)
        for column in (left, right):
            column.addStretch(1)
        whole = self.referrals.layout()
        if isinstance(whole, QVBoxLayout):
            whole.addWidget(self.refer, 0, Qt.AlignmentFlag.AlignLeft)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addLayout(left, 50)
        columns.addLayout(right, 50)
        self.rows.addWidget(self.header)
        self.rows.addLayout(beside(self.marks, self.tools_))
        self.rows.addWidget(self.protection.banner)
        self.rows.addWidget(self.begun)
        self.rows.addLayout(columns)
        self.rows.addStretch(1)

    def _connect(self) -> None:
        self.encounter.clicked.connect(lambda: EncounterDialog(self.operations, self.case_id, self).open())
        self.refer.clicked.connect(lambda: self.refer_person())
        self.print.clicked.connect(self._print_newest)
        self.due_action.clicked.connect(self._step_due)
        self.facts.link_clicked.connect(self._correct)
        self.facts.private_wanted.connect(lambda: PrivateDialog(self.operations, self.case_id, self).open())
        for wish in (self.facts.complete_wanted, self.begun_action.clicked):
            wish.connect(lambda *_told: self.intake_wanted.emit(IntakeWish(case=self.case_id)))
        self.timeline.opened.connect(self._open_event)
        self.household.case_wanted.connect(self.case_wanted)
        self.joined.joined.connect(lambda: self.said.emit(_("The case files are joined. Ctrl Z separates them again.")))
        self.surveys.intake_wanted.connect(self.intake_wanted)

    def tools(self) -> Sequence[QWidget]:
        return (self.route,)

    def watched(self) -> tuple[str, ...]:
        return (
            "person",
            "protection",
            "rapid_step",
            "encounter",
            "need",
            "referral",
            "referral_step",
            "service",
            *OTHERS,
        )

    def show_case(self, id: str, answering: str = "") -> None:
        """The case to show when the page comes to the front, and the referral whose answer is asked for at once."""
        self.answering = answering
        if id != self.case_id:
            self.case = None
            self.body.setVisible(False)
        self.case_id = id

    def read(self) -> None:
        if self.case_id:
            id = self.case_id
            self.operations.ask(self, lambda office: read(office, id), self._show, key="case", failed=self._gone)

    def _gone(self, error: UserError) -> None:
        """The case was undone or erased while it was open; any other trouble leaves the page as it is."""
        if not isinstance(error, Gone | NotAllowed):
            self.said.emit(error.text(translator()))
            return
        self.case_id, self.case = "", None
        self.place_wanted.emit("people")
        self.said.emit(_("This case file is not here any more. If it was undone, Ctrl Shift Z opens it again."))

    def _show(self, answer: tuple[CaseFile, Services]) -> None:
        self.case, self.services = answer
        self.body.setVisible(True)
        self._fill()
        answering, self.answering = self.answering, ""
        if answering:
            self._step(answering)

    def retranslate(self) -> None:
        self.print.setText(_("Print sheet"))
        self.route.retranslate()
        self.encounter.setText(_("Record an attention"))
        self.refer.setText(words.word(self.operations.city, "New referral"))
        self.due_action.setText(_("Record"))
        self.begun.set_texts(
            _("The intake is not complete yet"),
            _("What is missing can be asked today or another day."),
        )
        self.begun_action.setText(_("Complete the intake"))
        if self.case:
            self._fill()

    # filling

    def _fill(self) -> None:
        case = self.case
        if case is None:
            return
        today, person = clock.today(), case.person
        name = person.name or _("No name noted")
        self.header.set_texts(
            name,
            "  ·  ".join(
                p
                for p in (words.person_summary(person, today), _("Case file {number}").format(number=person.number))
                if p
            ),
        )
        self.avatar.set_initials("".join(part[0] for part in name.split()[:2]).upper())
        self._allow_print(case)
        if person.restricted and self.window().focusWidget() is self.tools_.path:
            self.take_focus()  # the button goes: Qt would take the focus down the page, out of sight of what is new
        self.tools_.show_person(person)
        self.protection.show_case(case)
        no_contact = words.contact_refused_mark(case)
        self._fill_marks([*words.person_marks(person), *((no_contact,) if no_contact else ())])
        self._fill_due(case)
        services = {id: name for id, (name, _o) in self.services.items()}
        self.happened.show_events(person.id, history.events(case, services, self.operations.officer))
        self._fill_referrals(case)
        self._fill_needs(case)
        self.facts.show_case(case, (no_contact,) if no_contact else ())
        self.begun.setVisible(case.is_begun)
        self.consent.show_case(case, self.services)
        self.surveys.show_case(case, self.services)
        for card in (self.papers, self.experience, self.household, self.files, self.joined):
            card.show_case(case)
        self.appointments.show_case(case)
        self.pathways.show_case(case)

    def _allow_print(self, case: CaseFile) -> None:
        why = _("This case is restricted: nothing of it is printed.")
        if not case.person.restricted:
            why = "" if case.referrals else _("There is no referral to print yet.")
        self.print.set_available(not why, why)
        self.no_print.setEnabled(bool(why))

    def _fill_marks(self, marks: Sequence[MarkSpec]) -> None:
        self.marks_row.clear()
        for mark in marks:
            self.marks_row.addWidget(Chip(mark.text, mark.tone, mark.icon))
        self.marks.setVisible(bool(marks))

    def _fill_due(self, case: CaseFile) -> None:
        waiting = self._waiting(case)
        self.due.setVisible(waiting is not None)
        if waiting is None or waiting.due is None:
            return
        today = clock.today()
        overdue = waiting.is_overdue(today)
        mark = words.due_mark(waiting.due, today)
        title = mark.text if overdue else _("Follow-up: {day}").format(day=translator().long_date(waiting.due))
        self.due.set_tone("bad" if overdue else "blue", "alert-triangle" if overdue else "calendar-event")
        self.due.set_texts(title, _("What came of it: {service}").format(service=self._name(waiting)))

    def _fill_referrals(self, case: CaseFile) -> None:
        here = self.window().focusWidget()  # rows are made anew: the focus goes on to the same referral
        kept = here.spec().key if isinstance(here, ListRow) and here in self.referral_rows else None
        self.referral_rows = []
        self.referrals.clear()
        self.referrals.set_title(words.word(self.operations.city, "Referrals"), len(case.referrals) or None)
        for followed in case.referrals:
            owner = self.services.get(followed.referral.service, ("", ""))[1]
            spec = RowSpec(
                followed.referral.id,
                self._name(followed),
                words.referral_hint(followed, owner),
                marks=words.referral_marks(followed, clock.today()),
            )
            row = ListRow(spec, RowStyle(dense=True))
            row.opened.connect(self._step)
            self.referral_rows.append(row)
            self.referrals.add(row)
        if not case.referrals:
            self.referrals.add(said(_("Nothing yet. The route shows what is open to this person.")))
        for before, after in pairwise((self.due_action, *self.referral_rows, self.refer)):
            QWidget.setTabOrder(before, after)
        for row in self.referral_rows:
            if kept is not None and row.spec().key == kept:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_needs(self, case: CaseFile) -> None:
        self.needs.clear()
        self.needs.set_title(_("Needs"), len(case.needs))
        self.needs.setVisible(bool(case.needs))
        for need in case.needs:
            told = need.words or _("told {day}").format(day=translator().day_month(need.made))
            marks = (MarkSpec(words.coded(need.unmet), "warn", "circle-x"),) if need.unmet else ()
            spec = RowSpec(None, words.coded(need.kind), told, marks=marks)
            self.needs.add(ListRow(spec, RowStyle(dense=True), openable=False))

    def _name(self, followed: FollowedReferral) -> str:
        return self.services.get(followed.referral.service, (followed.referral.service, ""))[0]

    @staticmethod
    def _waiting(case: CaseFile) -> FollowedReferral | None:
        """The referral somebody must ask about first."""
        open_ = [f for f in case.referrals if f.due]
        return min(open_, key=lambda f: f.due or clock.today(), default=None)

    # acting

    def refer_person(self, service: str = "", need: str = "") -> None:
        if self.case:
            dialog = ReferDialog(
                self.operations,
                self.case_id,
                self.case.needs,
                self,
                contact=words.contact_refused_mark(self.case) or words.contact_rule_mark(self.case.person),
                chosen=(service, need),
            )
            dialog.referred.connect(self._referred)
            dialog.open()

    def _referred(self, referral: Referral) -> None:
        if self.case and self.case.person.restricted:
            self.said.emit(_("Referral saved. It is undone with Ctrl Z."))
            return
        self.said.emit(_("Referral saved. Print its sheet with Ctrl P."))
        self._print(referral.id)

    def _correct(self) -> None:
        if self.case:
            PersonDialog(self.operations, self.case.person, self).open()

    def panels(self) -> Sequence[QWidget]:
        at_risk = (self.tools_.story, self.protection.go_on)
        cards = (self.refer, self.facts.link, self.consent.add_button)
        return (self.encounter, *at_risk, self.due_action, *self.referral_rows[:1], *cards)

    def _step(self, referral: object) -> None:
        followed = next((f for f in self.case.referrals if f.referral.id == referral), None) if self.case else None
        if followed and self.case:
            rule = words.contact_refused_mark(self.case) or words.contact_rule_mark(self.case.person)
            dialog = StepDialog(self.operations, self.case_id, followed, self._name(followed), self, contact=rule)
            dialog.heard.connect(self._heard)
            dialog.open()

    def _heard(self, _step: ReferralStep) -> None:
        self.said.emit(_("Saved. It is undone with Ctrl Z."))

    def _open_event(self, id: object) -> None:
        """A note is read in a dialog, not in the list: the person may be looking at the screen."""
        told = history.note_of(self.case, id) if self.case else None
        if told is None:
            self._step(id)
        else:
            NoteDialog(*told, self).open()

    def _step_due(self) -> None:
        waiting = self._waiting(self.case) if self.case else None
        if waiting:
            self._step(waiting.referral.id)

    def _print_newest(self) -> None:
        if self.case and self.case.referrals:
            self._print(self.case.referrals[0].referral.id)

    def _print(self, referral: str) -> None:
        case = self.case_id

        def make(office: Office, choice: Choice) -> MadeSheet:
            return referral_sheet.referral_sheet(office, case, referral, choice)

        PaperDialog(self.operations, make, _("Sheet for the person"), self).open()


def beside(marks: QWidget, tools: QWidget) -> QHBoxLayout:
    """The marks as wide as they can be, what can be done at their right."""
    row = QHBoxLayout()
    row.setSpacing(COLUMN_GAP)
    row.addWidget(marks, 1)
    row.addWidget(tools, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    return row


def read(office: Office, id: str) -> tuple[CaseFile, Services]:
    lines = {line.id: (line.name, line.owner) for line in catalogue.lines(office)}
    return people.read_case(office, id), lines
