"""Makes many sheets beside the office's thread: the desk goes on working, a bar says how far it is, Esc stops it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.sheet_print import PrintWay
from migrant_office.progress import Cancelled, Progress
from migrant_office.services import sheet_batches
from migrant_office.services.sheet_batches import Gathered, MadeBatch
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations, Worker
from migrant_office.ui.paper.preview import PreviewDialog
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.text import Text

EVERY = 100  # milliseconds between two looks at how far it is


@cache
def maker_thread() -> Worker:
    """One thread for the sheets of every batch: never the window's, never the office's."""
    return Worker()


class MakingDialog(Dialog):
    """`made` when the sheets stand in front, ready to be printed or saved; stopped, nothing is left."""

    made = Signal()

    def __init__(self, operations: Operations, gathered: Gathered, parent: QWidget | None = None) -> None:
        super().__init__(_("Making the sheets"), "", width=480, parent=parent)
        self.operations, self.gathered, self.progress = operations, gathered, Progress()
        self.primary.hide()
        self.cancel.setText(_("Stop"))
        self.bar = QProgressBar()
        self.bar.setRange(0, len(gathered.each))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Making the sheets"))
        self.words = Text("", "body", wrap=True)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.words)
        self.body.addWidget(Text(_("Nothing is written anywhere until you print or save."), "hint", "hint", wrap=True))
        self.first = self.cancel
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY)
        self.timer.timeout.connect(self._look)
        self.timer.start()
        self._look()
        progress = self.progress
        self.destroyed.connect(progress.cancel)  # the office was locked, the window closed
        maker_thread().submit(self, lambda: stoppable(gathered, progress), self._finish, self._failed)

    def _look(self) -> None:
        if self.progress.cancelled:
            return
        done, total = self.progress.done, len(self.gathered.each)
        self.bar.setValue(done)
        tr = translator()
        self.words.setText(_("{done} of {total} sheets").format(done=tr.number(done), total=tr.number(total)))

    def _finish(self, batch: MadeBatch | None) -> None:
        self.timer.stop()
        behind = self.parentWidget()
        super().accept()
        if batch is not None and not self.progress.cancelled:
            page = behind.parentWidget() if behind is not None else None
            BatchPreview(self.operations, batch, page).open()
            self.made.emit()

    def _failed(self, error: UserError) -> None:
        self.timer.stop()
        super().accept()
        behind = self.parentWidget()
        if isinstance(behind, Dialog):
            behind.tell_trouble(error.text(translator()))

    def agree(self) -> None:
        """Nothing to agree to: it ends by itself."""

    def reject(self) -> None:
        self.progress.cancel()
        self.cancel.setEnabled(False)
        self.words.setText(_("Stopping…"))


def stoppable(gathered: Gathered, progress: Progress) -> MadeBatch | None:
    """The batch, or None when somebody stopped it."""
    try:
        return sheet_batches.make(gathered, progress)
    except Cancelled:
        return None


class BatchPreview(PreviewDialog):
    """All sheets before they are printed or saved; every one that leaves is counted."""

    def __init__(self, operations: Operations, batch: MadeBatch, parent: QWidget | None = None) -> None:
        self.operations, self.batch = operations, batch
        super().__init__(_(batch.sheet.kind.label), parent)
        self.left.connect(self._note)
        self.show_pdf(batch.sheet.pdf, f"{batch.sheet.name}.pdf", _(batch.sheet.kind.label))
        self.both.setChecked(batch.both_sides)

    def marks(self) -> list[QWidget]:
        many, out = self.batch.copies, self.batch.left_out
        told = [ngettext("{count} sheet", "{count} sheets", many).format(count=translator().number(many))]
        if out:
            told.append(ngettext("{count} left out", "{count} left out", out).format(count=translator().number(out)))
        draft = [Chip(_("Translation not reviewed"), "warn", "alert-triangle")] if self.batch.sheet.draft else []
        return [Chip("  ·  ".join(told), "neutral", "files"), *draft]

    def _note(self, copies: int) -> None:
        batch, way = self.batch, PrintWay.PRINTED if copies else PrintWay.SAVED
        self.operations.run(self, lambda office: sheet_batches.note(office, batch, copies, way))
