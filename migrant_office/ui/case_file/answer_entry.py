"""From the code of a slip to the answer: typed or scanned into the search, or into a dialog of one field."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.slip import may_be_slip
from migrant_office.services import slips
from migrant_office.services.slips import Slip
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.field import LabelledField, LineField

KEY = "F7"


class CodeDialog(Dialog):
    """One field that takes a code in any way of writing; a scanner ends with Enter. `found` carries the `Slip`."""

    found = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(_("Record an answer"), _("Look for it"), width=480, parent=parent)
        self.operations = operations
        self.code = LineField()
        self.field = LabelledField(
            _("Code of the slip"),
            self.code,
            help_text=_("Type it or scan it. Capitals, spaces and hyphens do not matter."),
        )
        self.body.addWidget(self.field)
        self.code.textEdited.connect(lambda _text: self.field.warn(""))
        self.code.returnPressed.connect(self.agree)
        self.first = self.code

    def agree(self) -> None:
        text = self.code.text()
        self.operations.ask(self, lambda office: slips.find(office, text), self._show, key="slip", failed=self._failed)

    def _show(self, slip: Slip) -> None:
        self.accept()
        self.found.emit(slip)

    def _failed(self, error: UserError) -> None:
        self.field.warn(error.text(translator()))
        self.code.selectAll()
        self.code.setFocus()


class AnswerEntry(QObject):
    """The two doors of a window. `found` carries (case, referral). `passed` hands Enter on to the search, which may
    know what was typed otherwise, with the sentence to say where it does not: why the code brings nothing up.
    """

    found = Signal(str, str)
    passed = Signal(str)

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self.operations, self.window_ = operations, window
        self.action = QAction(self)
        self.action.setShortcut(QKeySequence(KEY))
        self.action.triggered.connect(self.open)
        window.addAction(self.action)

    def retranslate(self) -> None:
        self.action.setText(_("Record an answer…"))

    def open(self) -> None:
        dialog = CodeDialog(self.operations, self.window_)
        dialog.found.connect(self._found)
        dialog.open()

    def enter(self, text: str) -> None:
        """Enter in the search: a whole code is looked up at once, anything else is the search's."""
        if not may_be_slip(text):
            self.passed.emit("")
            return
        self.operations.ask(
            self,
            lambda office: slips.find(office, text),
            self._found,
            key="slip-of-search",
            failed=lambda error: self.passed.emit(error.text(translator())),
        )

    def _found(self, slip: Slip) -> None:
        self.found.emit(slip.case, slip.followed.referral.id)
