"""Record an attention: how, what, and the needs that were told."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services import people
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.field import Choice, LabelledField, NoteField


class EncounterDialog(Dialog):
    """One attention, and perhaps one need; a need that nothing can serve says why."""

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Record an attention"), _("Save the attention"), width=640, parent=parent)
        self.operations, self.case = operations, case
        self.channel = Answers(_("How was it?"), [AnswerChoice(c.value, _(c.label)) for c in Channel], missing=())
        self.channel.set_value((Channel.IN_PERSON.value,))
        self.note, self.need, self.unmet = NoteField(), Choice(), Choice()
        self.need.set_choices([(k.value, _(k.label)) for k in NeedKind], empty=_("No new need"))
        self.unmet.set_choices([(r.value, _(r.label)) for r in UnmetReason], empty=_("Something can be offered"))
        self.unmet_field = LabelledField(
            _("Can it be served?"),
            self.unmet,
            help_text=_("A need that nothing serves is evidence for new programmes."),
        )
        for widget in (
            self.channel,
            LabelledField(_("What was talked about"), self.note, optional=_("optional")),
            LabelledField(_("Need that was told"), self.need),
            self.unmet_field,
        ):
            self.body.addWidget(widget)
        self.need.currentIndexChanged.connect(lambda _index: self.unmet_field.setVisible(bool(self.need.value())))
        self.unmet_field.hide()
        self.first = self.note

    def written(self) -> bool:
        return bool(self.note.toPlainText().strip())

    def agree(self) -> None:
        value = self.channel.value()
        channel = Channel(value[0]) if isinstance(value, tuple) and value else Channel.IN_PERSON
        note, need, unmet = self.note.toPlainText(), self.need.value(), self.unmet.value()

        def write(office: Office) -> Done:
            return people.add_encounter(
                office,
                self.case,
                channel,
                note,
                need=NeedKind(need) if need else None,
                unmet=UnmetReason(unmet) if unmet else None,
            )

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
