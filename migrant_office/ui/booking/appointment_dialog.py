"""One appointment and what can be done with it: arrived, confirmed, kept, missed, moved, called off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.appointment import NEXT, Appointment, AppointmentState, CancelReason
from migrant_office.models.office import Office
from migrant_office.models.queue import Ticket
from migrant_office.models.sheet import Choice as SheetChoice
from migrant_office.models.sheet import MadeSheet
from migrant_office.models.vault.operation import Done
from migrant_office.services import agenda
from migrant_office.services.appointment_card import appointment_card, has_card
from migrant_office.ui import words
from migrant_office.ui.booking.book_dialog import BookDialog
from migrant_office.ui.booking.booking_words import lines, reason_choices, state_mark, when
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.text import Text

A = AppointmentState
T = TypeVar("T")


class AppointmentDialog(Dialog):
    """`said` carries a sentence for the toast, `case_wanted` the case when somebody wants to see it."""

    said = Signal(str)
    case_wanted = Signal(str)

    def __init__(
        self,
        operations: Operations,
        case: str,
        held: Appointment,
        title: str,
        service: str = "",
        parent: QWidget | None = None,
        *,
        here: bool = False,
    ) -> None:
        super().__init__(title, _("Save"), width=620, parent=parent)
        self.operations, self.case, self.held = operations, case, held
        self.service = service
        self.cancel.setText(_("Close"))
        self.reason, self.reason_words = Choice(), LineField()
        self.reason.set_choices(reason_choices(), CancelReason.PERSON.value)
        self.why = QWidget()
        self._put_fields(here=here)
        self._offer_primary()

    def _put_fields(self, *, here: bool) -> None:
        held, mark = self.held, state_mark(self.held.state)
        told = (Text(line, "body", wrap=True) for line in self._facts())
        self.body.addLayout(lines(Text(when(held), "body_bold", wrap=True), *told))
        self.body.addWidget(Chip(mark.text, mark.tone, mark.icon), 0, Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        self.acts = FlowLayout(holder, gap=SMALL)
        self._add_actions(here=here)
        holder.setVisible(self.acts.count() > 0)
        self.body.addWidget(holder)
        column = QVBoxLayout(self.why)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(LabelledField(_("Why it does not take place"), self.reason))
        column.addWidget(LabelledField(_("In words"), self.reason_words, optional=_("optional")))
        self.body.addWidget(self.why)
        self.why.hide()

    def _facts(self) -> list[str]:
        held = self.held
        whose = self.service or words.officer(held.officer, self.operations.officer)
        about = words.coded(held.about) if held.about else ""
        told = "  ·  ".join(part for part in (whose, about, held.place) if part)
        extra = [_("Needs an interpreter")] if held.interpreter else []
        extra.append(_("Reminder: {way}").format(way=words.coded(held.reminder)))
        why = "  ·  ".join(p for p in (words.coded(held.reason) if held.reason else "", held.reason_words) if p)
        return [line for line in (told, "  ·  ".join(extra), held.note, why) if line]

    def _add_actions(self, *, here: bool) -> None:
        if self.held.state is A.RESERVED:
            self._action(_("Confirmed"), "check", lambda: self._settle(A.CONFIRMED))
        if self._is_past_or_today():
            if self._may(A.KEPT):
                self._action(_("Took place"), "circle-check", lambda: self._settle(A.KEPT))
            if self._may(A.MISSED):
                self._action(_("Did not come"), "user-x", lambda: self._settle(A.MISSED))
        if self.held.is_open:
            self._action(_("Move"), "calendar", self._move)
            self._action(_("Call it off"), "ban", self._ask_why)
        if has_card(self.held):
            self._action(_("Print card"), "printer", self._print)
        if not here:
            self._action(_("Open the case file"), "file-text", self._see)

    def _action(self, text: str, icon: str, does: Callable[[], None]) -> None:
        button = Button(text, icon=icon)
        button.clicked.connect(does)
        self.acts.addWidget(button)

    def _may(self, state: AppointmentState) -> bool:
        return state in NEXT.get(self.held.state, frozenset())

    def _is_past_or_today(self) -> bool:
        return self.held.on is not None and self.held.on <= clock.today()

    def _offer_primary(self) -> None:
        """What is done most often: that the person is here."""
        arrives = self._may(A.ARRIVED) and self.held.day == clock.today() and not self.held.service
        self.primary.setText(_("Is here: give a number"))
        self.primary.setVisible(arrives)
        self.first = self.primary if arrives else self.cancel

    # acting

    def agree(self) -> None:
        if self.primary.isHidden():
            return
        if not self.why.isHidden():
            self._call_off()
            return
        case, id = self.case, self.held.id
        self._run(lambda office: agenda.arrive(office, case, id), self._arrived)

    def _arrived(self, answer: tuple[Done, Ticket]) -> None:
        self.said.emit(_("Number {number}. Say it aloud to the person.").format(number=answer[1].number))
        self.accept()

    def _settle(self, state: AppointmentState) -> None:
        case, id = self.case, self.held.id
        self._run(lambda office: agenda.settle(office, case, id, state), lambda _done: self.accept())

    def _ask_why(self) -> None:
        self.why.show()
        self.primary.setText(_("Call off the appointment"))
        self.primary.set_kind("danger")
        self.primary.show()
        self.reason.setFocus()
        self.fit()

    def _call_off(self) -> None:
        case, id = self.case, self.held.id
        reason, told = CancelReason(self.reason.value()), self.reason_words.text()
        self._run(lambda office: agenda.cancel(office, case, id, reason, told), lambda _done: self.accept())

    def _move(self) -> None:
        dialog = BookDialog(self.operations, self.case, self.parentWidget(), held=self.held)
        self.accept()
        dialog.open()

    def _print(self) -> None:
        case, id = self.case, self.held.id

        def make(office: Office, choice: SheetChoice) -> MadeSheet:
            return appointment_card(office, case, id, choice)

        dialog = PaperDialog(self.operations, make, _("Appointment card"), self.parentWidget())
        self.accept()
        dialog.open()

    def _see(self) -> None:
        self.reject()
        self.case_wanted.emit(self.case)

    def _run(self, write: Callable[[Office], T], done: Callable[[T], None]) -> None:
        self.setEnabled(False)
        self.operations.run(self, write, done, failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def show_appointment(page: Page, case: str, id: str, title: str, service: str = "", *, here: bool = False) -> None:
    """Read one appointment as it stands and open its dialog in front of a page; `here` on the person's own page."""

    def opened(held: Appointment) -> None:
        dialog = AppointmentDialog(page.operations, case, held, title, service, page, here=here)
        dialog.said.connect(page.said)
        dialog.case_wanted.connect(page.case_wanted)
        dialog.open()

    page.operations.ask(page, lambda office: agenda.one(office, case, id), opened, key="appointment")
