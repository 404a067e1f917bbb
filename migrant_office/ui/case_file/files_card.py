"""The files of a case that are no copy of a paper: answers of a form, letters, whatever the person brought."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.attachment import Attachment, Kept, kept_of
from migrant_office.models.case_file import CaseFile
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services import attachments
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.viewing import ViewDialog
from migrant_office.ui.widgets.field import LabelledField
from migrant_office.ui.widgets.file_field import FileField, kind_in_words, size_in_words
from migrant_office.ui.widgets.row import RowSpec


class FilesCard(RowsCard):
    """One row a file, the newest first."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.case: CaseFile | None = None
        self.opened.connect(self._open)
        self.add_wanted.connect(lambda: self._dialog(None))

    def show_case(self, case: CaseFile) -> None:
        self.case = case
        copies = {paper.copy for paper in case.papers}
        self.show_rows(
            _("Files"),
            [row_of(file) for file in case.attachments if file.id not in copies],
            empty=_("Letters or pictures that the person brought. They stay encrypted on this computer."),
            add=_("Keep a file"),
        )

    def _open(self, id: object) -> None:
        self._dialog(next((f for f in self.case.attachments if f.id == id), None) if self.case else None)

    def _dialog(self, file: Attachment | None) -> None:
        if self.case:
            FileDialog(self.operations, self.case.person.id, file, self).open()


def row_of(file: Attachment) -> RowSpec:
    """Name over kind, size and day."""
    day = translator().day_month(file.made)
    told = (kind_in_words(file.kind), size_in_words(file.size), _("kept on {day}").format(day=day))
    return RowSpec(file.id, file.name or kind_in_words(file.kind), "  ·  ".join(told))


class FileDialog(Dialog):
    """Keeps a new file, shows one that is kept, or takes it out."""

    def __init__(
        self, operations: Operations, case: str, shown: Attachment | None, parent: QWidget | None = None
    ) -> None:
        title = _("Keep a file") if shown is None else _("File")
        super().__init__(title, _("Save the changes"), width=620, parent=parent)
        self.operations, self.case, self.shown = operations, case, shown
        self.file = FileField(operations)
        self.file.set_value(kept_of(shown) if shown else None)
        self.file.view_wanted.connect(self._view)
        help_text = _("It is kept encrypted on this computer. Ask the person before you keep a copy.")
        self.body.addWidget(LabelledField(_("File"), self.file, help_text=help_text))
        self.first = self.file.focusProxy()

    def _view(self, kept: Kept) -> None:
        case, saved = self.case, self.shown is not None and kept.id == self.shown.id

        def read(office: Office) -> bytes:
            return attachments.read(office, case, kept.id) if saved else attachments.read_kept(office, kept)

        ViewDialog(self.operations, kept, read, self).open()

    def _changed(self) -> bool:
        kept = self.file.value()
        return (kept.id if kept else "") != (self.shown.id if self.shown else "")

    def written(self) -> bool:
        return self._changed()

    def agree(self) -> None:
        if not self._changed():
            self.accept()
            return
        case, kept, before = self.case, self.file.value(), self.shown

        def write(office: Office) -> Done:
            return attachments.put(office, case, kept, before.id if before else "")

        self.primary.setEnabled(False)
        self.operations.run(self, write, self._saved, failed=self._failed)

    def _saved(self, _done: Done) -> None:
        self.file.saved()
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))

    def done(self, result: int) -> None:
        """Left without saving: what was chosen here is dropped."""
        if result != QDialog.DialogCode.Accepted.value:
            self.file.abandon()
        super().done(result)
