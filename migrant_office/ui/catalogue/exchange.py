"""The directory in and out from the window: a file is chosen, a bar says how far it is, and Esc stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from migrant_office.errors import StorageFailed, UserError
from migrant_office.i18n import N_, _, translator
from migrant_office.models.office import Office
from migrant_office.progress import Cancelled, Progress
from migrant_office.services.directory.exporting import export_directory
from migrant_office.services.directory.importing import Imported, import_directory
from migrant_office.services.directory.refusals import Finding
from migrant_office.services.directory.source import DESCRIPTOR
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.choosing import file_to_open, unremembered
from migrant_office.ui.widgets.text import Text

UNUSABLE = N_("The file cannot be read or written there. Choose another one.")
EVERY = 100  # milliseconds between two looks at how far it is
SHOWN = 60  # lines of what is wrong or worth knowing
Work = Callable[[Office, Progress], Any]


class Working(Dialog):
    """Does one long task; Cancel stops it, and nothing is half-done. `finished_with` gets the answer, once."""

    def __init__(
        self, operations: Operations, title: str, work: Work, done: Callable[[Any], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, "", width=480, parent=parent)
        self.progress, self.answer = Progress(), done
        self.primary.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.words = Text(
            _("This may take some minutes. Cancel leaves everything as it was."), "hint", "hint", wrap=True
        )
        self.body.addWidget(self.bar)
        self.body.addWidget(self.words)
        self.first = self.cancel
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY)
        self.timer.timeout.connect(self._look)
        self.timer.start()
        progress = self.progress

        def stoppable(office: Office, told: Progress) -> Any:
            try:
                return work(office, told)
            except Cancelled:
                return None
            except OSError as error:
                raise StorageFailed(UNUSABLE) from error

        operations.long(self, stoppable, self._finish, progress, failed=self._failed)

    def _look(self) -> None:
        if self.progress.total and not self.progress.cancelled:
            self.bar.setRange(0, self.progress.total)
            self.bar.setValue(self.progress.done)

    def _finish(self, value: Any) -> None:
        self.timer.stop()
        super().accept()
        if value is not None:
            self.answer(value)

    def _failed(self, error: UserError) -> None:
        self.timer.stop()
        super().accept()
        Report(_("That did not work"), error.text(translator()).splitlines(), self.parentWidget()).open()

    def agree(self) -> None:
        """Nothing to agree to: it ends by itself."""

    def reject(self) -> None:
        self.progress.cancel()
        self.cancel.setEnabled(False)
        self.words.setText(_("Stopping…"))


class Report(Dialog):
    """What is wrong or worth knowing, a line each; the first lines of very many."""

    def __init__(self, title: str, lines: list[str], parent: QWidget | None = None) -> None:
        super().__init__(title, _("Close"), width=720, parent=parent)
        self.cancel.hide()
        for line in lines[:SHOWN]:
            self.body.addWidget(Text(line, "body", wrap=True))
        if len(lines) > SHOWN:
            more = _("… and {count} more.").format(count=len(lines) - SHOWN)
            self.body.addWidget(Text(more, "hint", "hint"))
        self.first = self.primary


def bring_in(operations: Operations, parent: QWidget, done: Callable[[Imported], None]) -> None:
    """Ask for a file and take it in. A folder of CSV is chosen by its `datapackage.json`."""
    chosen = file_to_open(parent, _("Bring in a directory"), "HSDS (*.json *.zip)")
    if chosen is None:
        return
    path = chosen.parent if chosen.name == DESCRIPTOR else chosen
    Working(operations, _("Bringing in the directory"), lambda o, p: import_directory(o, path, p), done, parent).open()


def write_out(operations: Operations, parent: QWidget, done: Callable[[int], None]) -> None:
    """Ask where to and write the whole directory: as CSV in a zip, or as JSON."""
    with unremembered():
        proposed = str(Path.home() / f"{_('directory')}.zip")
        kinds = "HSDS CSV (*.zip);;HSDS JSON (*.json)"
        chosen, _kind = QFileDialog.getSaveFileName(parent, _("Write out the directory"), proposed, kinds)
    if not chosen:
        return
    target = Path(chosen) if Path(chosen).suffix.lower() in (".zip", ".json") else Path(f"{chosen}.zip")

    def work(office: Office, progress: Progress) -> int:
        return export_directory(office, target, replace=True, progress=progress)

    Working(operations, _("Writing out the directory"), work, done, parent).open()


def remark_lines(remarks: tuple[Finding, ...]) -> list[str]:
    return [remark.text(translator()) for remark in remarks]
