"""The office's own steps for a service: a checklist in versions. Saving makes another one; none is ever changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.directory.procedure import Procedure
from migrant_office.models.vault.operation import Done
from migrant_office.services.directory import editing
from migrant_office.services.directory.editing import Sheet
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.field import Choice, LabelledField, NoteField
from migrant_office.ui.widgets.text import Text


class StepsDialog(Dialog):
    """One step a line. An older version can be looked at, and taken up again by saving it."""

    def __init__(self, operations: Operations, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(_("Steps of the office"), _("Save as a new version"), width=680, parent=parent)
        self.operations, self.service = operations, sheet.service.id
        self.versions = {one.id: one for one in sheet.procedures}
        self.body.addWidget(Text(sheet.service.name, "body_bold", wrap=True))
        self.version = Choice()
        self.version.set_choices([(one.id, version_words(one)) for one in sheet.procedures])
        self.version.setCurrentIndex(0 if sheet.procedures else -1)
        self.version_field = LabelledField(_("Version"), self.version)
        self.version_field.setVisible(bool(sheet.procedures))
        self.body.addWidget(self.version_field)
        self.steps = NoteField(lines=9, placeholder=_("Call the institution before\nGo with the person the first time"))
        help_text = _("One step a line, in their order. The versions before are kept.")
        self.body.addWidget(LabelledField(_("Steps"), self.steps, help_text=help_text))
        self.version.currentIndexChanged.connect(lambda _index: self._show())
        self._show()
        self.first = self.steps

    def _show(self) -> None:
        chosen = self.versions.get(self.version.value())
        self.steps.setPlainText("\n".join(chosen.steps) if chosen else "")
        self._first = self.steps.toPlainText()

    def written(self) -> bool:
        return self.steps.toPlainText() != self._first

    def agree(self) -> None:
        steps, service = self.steps.toPlainText().splitlines(), self.service
        self.primary.setEnabled(False)
        self.operations.run(
            self, lambda office: editing.write_procedure(office, service, steps), self._saved, failed=self._failed
        )

    def _saved(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def version_words(one: Procedure) -> str:
    day = translator().date(one.made)
    return _("version {number}, {day}").format(number=one.version, day=day)
