"""How a longer survey is answered, before its form opens; or that nobody answered it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.survey import Answered, Manner
from migrant_office.services import surveys
from migrant_office.services.surveys import About
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.surveys import telling
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.marks import Chip, MarkSpec

SILENT = (Answered.REFUSED, Answered.NOT_REACHED)


class AskDialog(Dialog):
    """`wanted` carries the form to open. With several things to ask about, the first question chooses one."""

    wanted = Signal(object)

    def __init__(
        self,
        operations: Operations,
        case: str,
        abouts: Sequence[About],
        parent: QWidget | None = None,
        *,
        contact: MarkSpec | None = None,
    ) -> None:
        alone = len(abouts) == 1
        title = telling.title(abouts[0]) if alone else _("Ask something")
        super().__init__(title, _("Continue"), width=640, parent=parent)
        self.operations, self.case, self.abouts = operations, case, list(abouts)
        named = [AnswerChoice(str(n), telling.title(about)) for n, about in enumerate(abouts)]
        self.what = Answers(_("What is asked?"), named, missing=())
        self.what.setVisible(not alone)
        manners = [AnswerChoice(m.value, words.coded(m)) for m in (Manner.DESK, Manner.PHONE)]
        silent = [AnswerChoice(a.value, words.coded(a)) for a in SILENT] if alone else []
        self.how = Answers(_("How is it answered?"), [*manners, *silent], missing=())
        self.how.set_value((Manner.DESK.value,))
        self.how.changed.connect(lambda _value: self._fit())
        if contact:
            self.body.addWidget(Chip(contact.text, contact.tone, contact.icon))
        self.body.addWidget(self.what)
        self.body.addWidget(self.how)
        self.first = self.how.tiles[0] if alone else self.what.tiles[0]

    def _fit(self) -> None:
        self.tell_trouble("")
        silent = self._how() in set(SILENT)
        self.primary.setText(_("Note it in the case file") if silent else _("Continue"))

    def _how(self) -> str:
        value = self.how.value()
        return value[0] if isinstance(value, tuple) and value else ""

    def _about(self) -> About | None:
        if len(self.abouts) == 1:
            return self.abouts[0]
        value = self.what.value()
        return self.abouts[int(value[0])] if isinstance(value, tuple) and value else None

    def agree(self) -> None:
        about, how = self._about(), self._how()
        if about is None or not how:
            self.tell_trouble(_("Choose what is asked, and how it is answered."))
            return
        if how in set(Manner):
            self.accept()
            self.wanted.emit(IntakeWish(surveys.form_name(about), self.case, about=about, manner=Manner(how)))
            return
        case = self.case
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: surveys.record_no_answer(office, case, about, Answered(how)),
            lambda _done: self.accept(),
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
