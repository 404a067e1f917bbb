"""What was answered to a question that comes after a referral: the certificate, the job, the business."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.follow_up import ANSWERS, GOES_ON, Answer
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services.follow_ups import changing
from migrant_office.services.follow_ups.listing import Line
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.text import Text


class AnswerDialog(Dialog):
    """A question of its own, which has no tiles, is done with a note."""

    def __init__(self, operations: Operations, line: Line, next_day: date, parent: QWidget | None = None) -> None:
        super().__init__(words.coded(line.question), _("Save the answer"), width=600, parent=parent)
        self.operations, self.line = operations, line
        choices = ANSWERS.get(line.question, ())
        self.answer = Answers(_("What was answered?"), [AnswerChoice(a.value, _(a.label)) for a in choices], missing=())
        self.again, self.note = DateField(), LineField()
        self.again.set_value(next_day.isoformat())
        self.again_field = LabelledField(_("Ask again on"), self.again)
        if line.service:
            self.body.addWidget(Text(line.service, "hint", "hint", wrap=True))
        self.body.addWidget(self.answer)
        self.body.addWidget(self.again_field)
        self.body.addWidget(LabelledField(_("Note"), self.note, optional=_("optional")))
        self.answer.setVisible(bool(choices))
        self.answer.changed.connect(lambda _value: self._fit())
        self._fit()
        self.first = self.answer.tiles[0] if choices else self.note

    def _chosen(self) -> Answer | None:
        value = self.answer.value()
        return Answer(value[0]) if isinstance(value, tuple) and value else None

    def _fit(self) -> None:
        self.tell_trouble("")
        self.again_field.setVisible(self._chosen() in GOES_ON)

    def written(self) -> bool:
        return bool(self.note.text().strip())

    def agree(self) -> None:
        chosen, line, note = self._chosen(), self.line, self.note.text()
        if self.answer.tiles and chosen is None:
            self.tell_trouble(_("Choose what was answered."))
            self.answer.tiles[0].setFocus()
            return
        again = date.fromisoformat(self.again.value()) if chosen in GOES_ON and self.again.value() else None

        def write(office: Office) -> Done:
            if chosen is None:
                return changing.finish(office, line.case, line.follow_up, note)
            return changing.answer(office, line.case, line.follow_up, chosen, again=again, why=note)

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
