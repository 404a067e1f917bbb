"""One number of the queue: called, there, not there, gone, finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.office import Office
from migrant_office.models.queue import CALLS_BEFORE_NO_SHOW, TicketState
from migrant_office.models.vault.operation import Done
from migrant_office.services import queue
from migrant_office.services.intake import QUICK
from migrant_office.services.queue import TicketLine
from migrant_office.ui.booking.booking_words import lines
from migrant_office.ui.booking.case_finder import CaseFinder
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.text import Text

S = TicketState


class CallDialog(Dialog):
    """`call_wanted` asks to call the number, and to ask again whether she is there; `print_wanted` asks for its paper;
    `case_wanted` and `intake_wanted` carry where the work goes on. `marks` stand under the name.
    """

    call_wanted = Signal(str)
    case_wanted = Signal(str)
    intake_wanted = Signal(object)
    print_wanted = Signal(str)

    def __init__(
        self,
        operations: Operations,
        line: TicketLine,
        texts: tuple[str, str],
        marks: Sequence[MarkSpec] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(line.number, "", width=600, parent=parent)
        self.operations, self.line = operations, line
        self._title.set_role("page")
        self.cancel.setText(_("Close"))
        name, hint = texts
        told = ngettext("Called {count} time", "Called {count} times", line.calls).format(count=line.calls)
        hints = [hint, *([told] if line.state is S.CALLED else [])]
        self.body.addLayout(
            lines(Text(name, "body_bold", wrap=True), *(Text(t, "hint", "hint", wrap=True) for t in hints))
        )
        chips = QWidget()
        row = FlowLayout(chips, gap=SMALL)
        for mark in marks:
            row.addWidget(Chip(mark.text, mark.tone, mark.icon))
        chips.setVisible(bool(marks))
        self.body.addWidget(chips)
        self.finder = CaseFinder(
            operations,
            label=_("Has a case file already?"),
            help_text=_("Leave it empty to begin a new intake."),
            optional=_("optional"),
        )
        self.finder.setVisible(line.state is S.CALLED and not line.case)
        self.finder.changed.connect(lambda _person: self._name_primary())
        self.body.addWidget(self.finder)
        holder = QWidget()
        self.acts = FlowLayout(holder, gap=SMALL)
        self._add_actions()
        holder.setVisible(self.acts.count() > 0)
        self.body.addWidget(holder)
        self._name_primary()
        self.first = self.primary

    def _add_actions(self) -> None:
        line = self.line
        if line.state is S.CALLED:
            self._action(_("Call again"), "speakerphone", self._call)
            self._action(_("Not there, waits on"), "clock", lambda: self._move(S.WAITING))
            if line.calls >= CALLS_BEFORE_NO_SHOW:
                self._action(_("Did not come"), "user-x", lambda: self._move(S.NO_SHOW))
            if not line.case:
                self._action(_("Quick registration"), "user-plus", lambda: self._attend(QUICK))
        if line.state is S.WAITING:
            self._action(_("Print number"), "printer", self._print)
        if line.state is S.SERVED:
            self._action(_("Back to the queue"), "arrow-back-up", lambda: self._move(S.WAITING))
            if line.case:
                self._action(_("Open the case file"), "file-text", self._see)
        self._action(_("Has left"), "logout", lambda: self._move(S.LEFT))

    def _action(self, text: str, icon: str, does: Callable[[], None]) -> None:
        button = Button(text, icon=icon)
        button.clicked.connect(does)
        self.acts.addWidget(button)

    def _name_primary(self) -> None:
        if self.line.state is S.WAITING:
            self.primary.setText(_("Call {number}").format(number=self.line.number))
        elif self.line.state is S.SERVED:
            self.primary.setText(_("Attention finished"))
        elif self.line.case or self.finder.person():
            self.primary.setText(_("Is here: open the case file"))
        else:
            self.primary.setText(_("Is here: begin the intake"))

    # acting

    def agree(self) -> None:
        if self.line.state is S.WAITING:
            self._call()
        elif self.line.state is S.SERVED:
            self._move(S.DONE)
        else:
            self._attend()

    def _call(self) -> None:
        self.accept()
        self.call_wanted.emit(self.line.id)

    def _print(self) -> None:
        self.accept()
        self.print_wanted.emit(self.line.id)

    def _move(self, state: TicketState) -> None:
        id = self.line.id
        self._write(lambda office: queue.move(office, id, state))

    def _attend(self, form: str = "") -> None:
        id, found = self.line.id, self.finder.person()
        case = self.line.case or (found.id if found else "")

        def go_on() -> None:
            self.accept()
            if case:
                self.case_wanted.emit(case)
            else:
                self.intake_wanted.emit(IntakeWish(form, ticket=id) if form else IntakeWish(ticket=id))

        self._write(lambda office: queue.attend(office, id, case), then=go_on)

    def _see(self) -> None:
        self.accept()
        self.case_wanted.emit(self.line.case)

    def _write(self, write: Callable[[Office], Done], then: Callable[[], None] | None = None) -> None:
        self.setEnabled(False)
        done = then or self.accept
        self.operations.run(self, write, lambda _done: done(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.setEnabled(True)
        self.tell_trouble(error.text(translator()))
