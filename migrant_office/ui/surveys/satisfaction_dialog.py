"""One question, one key: how satisfied somebody is with a service. From a case file and from the list of follow-ups."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.forms.form import Form
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.survey import Answered, Manner, Scale
from migrant_office.models.vault.operation import Done
from migrant_office.services import surveys
from migrant_office.services.surveys import About
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.text import Text


def ask_satisfaction(
    operations: Operations,
    case: str,
    about: About,
    service: str,
    parent: QWidget,
    *,
    contact: MarkSpec | None = None,
    turned: Callable[[IntakeWish], object] | None = None,
) -> None:
    """Read the form in use and open the dialog. `service` is its name, `contact` the rule for asking her. `turned`
    opens the form as a page, to be shown to the person.
    """

    def show(form: Form) -> None:
        dialog = SatisfactionDialog(operations, case, about, service, form, parent, contact=contact)
        dialog.show_person.setVisible(turned is not None)
        if turned is not None:
            dialog.turned.connect(turned)
        dialog.open()

    operations.ask(parent, surveys.satisfaction_form, show, key="satisfaction")


class SatisfactionDialog(Dialog):
    """1 to 5 answer, Ctrl+Return keeps; the words of question and answers are those of the office's form. `turned`
    carries the form to open as a page instead.
    """

    turned = Signal(object)

    def __init__(
        self,
        operations: Operations,
        case: str,
        about: About,
        service: str,
        form: Form,
        parent: QWidget | None = None,
        *,
        contact: MarkSpec | None = None,
    ) -> None:
        lang, question, reason = translator().lang, surveys.the_question(form), surveys.the_reason(form)
        super().__init__(question.label.get(lang), _("Keep the answer"), width=720, parent=parent)
        self.operations, self.case, self.about = operations, case, about
        offered = form.lists[question.list_name].choices
        choices = [AnswerChoice(c.value, c.label.get(lang)) for c in offered if c.value in set(Scale)]
        self.scale = Answers(service, choices, missing=(Missing.REFUSED, Missing.UNKNOWN))
        self.scale.changed.connect(lambda _value: self.tell_trouble(""))
        self.manner = Answers(
            _("How is it answered?"),
            [AnswerChoice(m.value, words.coded(m)) for m in (Manner.DESK, Manner.PHONE)],
            missing=(),
        )
        self.manner.set_value((Manner.DESK.value,))
        self.why = LineField()
        self.gone = Button(_("Could not be reached"), "link")
        self.gone.clicked.connect(lambda: self._write(self._not_reached))
        self.show_person = Button(_("Show to the person"), "link")
        self.show_person.clicked.connect(self._turn)
        self.foot.insertWidget(0, self.show_person)
        self.foot.insertWidget(0, self.gone)
        if contact:
            self.body.addWidget(Chip(contact.text, contact.tone, contact.icon))
        self.body.addWidget(self.scale)
        if reason:
            self.body.addWidget(LabelledField(reason.label.get(lang), self.why, optional=_("optional")))
        self.body.addWidget(self.manner)
        promise = _("The answer changes nothing of how the person is served.")
        self.body.addWidget(Text(promise, "hint", "hint", wrap=True))
        self.first = self.scale.tiles[0]

    def written(self) -> bool:
        return bool(self.scale.value() or self.why.text().strip())

    def agree(self) -> None:
        value = self.scale.value()
        if not value:
            self.tell_trouble(_("Choose an answer, or “Prefers not to answer”."))
            self.scale.tiles[0].setFocus()
            return
        scale = value if isinstance(value, Missing) else Scale(value[0])
        why, manner = self.why.text(), self._manner()
        self._write(lambda office: surveys.satisfy(office, self.case, self.about, scale, why, manner))

    def _turn(self) -> None:
        self.accept()
        self.turned.emit(IntakeWish(surveys.form_name(self.about), self.case, about=self.about))

    def _manner(self) -> Manner:
        value = self.manner.value()
        return Manner(value[0]) if isinstance(value, tuple) and value else Manner.DESK

    def _not_reached(self, office: Office) -> Done:
        return surveys.record_no_answer(office, self.case, self.about, Answered.NOT_REACHED, Manner.PHONE)

    def _write(self, write: Callable[[Office], Done]) -> None:
        self.primary.setEnabled(False)
        self.gone.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.gone.setEnabled(True)
        self.tell_trouble(error.text(translator()))
