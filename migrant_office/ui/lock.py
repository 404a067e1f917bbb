"""The lock: nothing of any case, a name of the office, a passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.office import About, Office
from migrant_office.services.offices import open_office
from migrant_office.ui.operations import Worker
from migrant_office.ui.theme.metrics import MEDIUM, PAGE, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, centred
from migrant_office.ui.widgets.field import LabelledField, PassphraseField
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted

CARD_WIDTH = 440


class Lock(Painted):
    """Asks for the passphrase and opens the office in a thread of its own; `opened` carries the office."""

    opened = Signal(object)

    def __init__(
        self, about: About, folder: Path, worker: Worker, *, again: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._about, self._folder, self._worker, self._again = about, folder, worker, again
        self._title, self._hint = Text("", "page"), Text("", "hint", "hint", wrap=True)
        self._field = PassphraseField()
        self._labelled = LabelledField("", self._field)
        self._button = Button("", "primary", shortcut="Return")
        self._button.clicked.connect(self._try)
        self._field.returnPressed.connect(self._try)
        self._foot = Text("", "hint", "hint")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        outer.addLayout(self._head())
        outer.addStretch(2)
        outer.addLayout(centred(self._card()))
        outer.addStretch(3)
        outer.addWidget(self._foot)
        self.setFocusProxy(self._field)
        self.retranslate()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addWidget(IconLabel("route", "blue", size=24))
        row.addWidget(Text(self._about.name, "body_bold"))
        row.addStretch(1)
        return row

    def _card(self) -> Card:
        card = Card(width=CARD_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(IconLabel("lock", "blue", size=30))
        head.addWidget(self._title, 1)
        card.body.setSpacing(MEDIUM)
        card.body.addLayout(head)
        for widget in (self._hint, self._labelled, self._button):
            card.add(widget)
        return card

    def retranslate(self) -> None:
        self._title.setText(_("Session locked") if self._again else _("Welcome"))
        self._hint.setText(
            _("Your drafts are saved and encrypted.")
            if self._again
            else _("Everything in this office is encrypted on this computer.")
        )
        self._labelled.set_texts(_("Passphrase"))
        self._button.setText(_("Unlock"))
        self._foot.setText(_("Help: whoever administers the office has the recovery code."))

    def unlock_with(self, passphrase: str) -> None:
        """Open with a passphrase that was given elsewhere (a file, the first start)."""
        self._field.setText(passphrase)
        self._try()

    def _try(self) -> None:
        passphrase = self._field.text()
        if not passphrase:
            self._labelled.warn(_("Write the passphrase."))
            return
        self._set_waiting(waiting=True)
        self._worker.submit(self, lambda: open_office(self._folder, passphrase), self._done, self._failed)

    def _set_waiting(self, *, waiting: bool) -> None:
        self._field.setEnabled(not waiting)
        self._button.setEnabled(not waiting)
        self._button.setText(_("Opening…") if waiting else _("Unlock"))

    def _done(self, office: Office) -> None:
        self._field.clear()
        self._labelled.warn("")
        self._set_waiting(waiting=False)
        self.opened.emit(office)

    def _failed(self, error: UserError) -> None:
        self._set_waiting(waiting=False)
        self._labelled.warn(error.text(translator()))
        self._field.selectAll()
        self._field.setFocus()
