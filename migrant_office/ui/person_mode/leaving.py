"""The way out of the turned screen: the officer's passphrase, and a large way back to the questions."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from migrant_office.errors import UserError, WrongPassphrase
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.services.offices import confirm_officer
from migrant_office.ui.operations import Operations
from migrant_office.ui.person_mode.pressed import FacingButton
from migrant_office.ui.person_mode.speech import Speech
from migrant_office.ui.theme.metrics import MEDIUM, WIDE
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, centred
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted

CARD_WIDTH = 480
LONGEST_WAIT = 60  # s
FORGET_AFTER_MS = 60_000  # untouched for so long, the question comes back
RETURN = N_("Back to the question")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: 1, 2, 4 and so on to a minute."""
    return min(2 ** (tries - 1), LONGEST_WAIT) if tries else 0


class Leaving(Painted):
    """`confirmed` when the officer is there, `returned` when the person goes on. Waits go on while it is hidden."""

    confirmed = Signal()
    returned = Signal()

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._tries, self._until, self._checking = 0, 0.0, False
        self.field = LineField()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._title, self._hint = Text("", "card", wrap=True), Text("", "hint", "hint", wrap=True)
        self.labelled = LabelledField("", self.field)
        self.leave = Button("", "primary", shortcut="Return", hint_only=True)
        self.back = FacingButton("arrow-left")
        self.leave.clicked.connect(self.try_it)
        self.back.clicked.connect(self.returned)
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self._show_wait)
        self._forget = QTimer(self, singleShot=True, interval=FORGET_AFTER_MS)
        self._forget.timeout.connect(self.returned)
        self.field.textEdited.connect(lambda _text: self._forget.start())
        self._lay_out()
        self.setFocusProxy(self.field)
        self.retranslate()

    def _lay_out(self) -> None:
        card = Card(width=CARD_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(IconLabel("lock", "blue", size=30))
        head.addWidget(self._title, 1)
        card.body.setSpacing(MEDIUM)
        card.body.addLayout(head)
        for part in (self._hint, self.labelled, self.leave):
            card.add(part)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.back)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(2 * WIDE)
        column.addStretch(2)
        column.addLayout(centred(card))
        column.addLayout(below)
        column.addStretch(3)

    def retranslate(self) -> None:
        self._title.setText(_("Only for the staff"))
        self._hint.setText(_("What was answered is saved. With your passphrase the case comes back to the screen."))
        self.labelled.set_texts(_("Passphrase"))
        self.leave.setText(_("Checking…") if self._checking else _("Leave the turned screen"))

    def come(self, speech: Speech) -> None:
        """Ask: the field empty, the way back in the person's languages."""
        self.back.set_said(speech.say(RETURN), "Esc")
        self.field.clear()
        self.labelled.warn("")
        self._show_wait()
        self._forget.start()
        if self.field.isEnabled():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Nothing of what was typed stays."""
        self._forget.stop()
        self._tick.stop()
        self.field.clear()

    # trying

    def try_it(self) -> None:
        """Look whether it is the officer; the passphrase is checked where the office lives."""
        passphrase = self.field.text()
        if self._checking or self._rest():
            return
        if not passphrase:
            self.labelled.warn(_("Write the passphrase."))
            return
        self._set_checking(checking=True)
        self._operations.ask(self, lambda office: confirm_officer(office, passphrase), self._right, failed=self._wrong)

    def _set_checking(self, *, checking: bool) -> None:
        self._checking = checking
        self.field.setEnabled(not checking)
        self.leave.setEnabled(not checking)
        self.retranslate()

    def _right(self, _nothing: None) -> None:
        self._set_checking(checking=False)
        self._tries, self._until = 0, 0.0
        if self.isVisible():  # who went back to the questions meanwhile stays there
            self.go()
            self.confirmed.emit()

    def _wrong(self, error: UserError) -> None:
        self._set_checking(checking=False)
        self.field.clear()
        self.labelled.warn(error.text(translator()))
        if isinstance(error, WrongPassphrase):
            self._tries += 1
            self._until = time.monotonic() + wait_after(self._tries)
        self._show_wait()

    def _rest(self) -> int:
        """Seconds still to wait."""
        return max(int(self._until - time.monotonic() + 0.999), 0)

    def _show_wait(self) -> None:
        """Tell the seconds that are left; give the field back after them."""
        rest, was_waiting = self._rest(), not self.field.isEnabled() and not self._checking
        if rest:
            told = ngettext(
                "Not the passphrase. Wait {count} second.", "Not the passphrase. Wait {count} seconds.", rest
            )
            self.labelled.warn(told.format(count=rest))
            self._tick.start()
        elif not self._checking:
            self._tick.stop()
        if not self._checking:
            self.field.setEnabled(not rest)
            self.leave.setEnabled(not rest)
        if was_waiting and not rest and self.isVisible():
            self.labelled.warn(_("The passphrase does not match. Check capital letters and try again."))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.returned.emit()
        elif event.key() in _ENTER and not self.back.hasFocus():
            self.try_it()
        elif event.key() in _ENTER:
            self.back.click()
        event.accept()
