"""The sheet before it is printed: its pages as they will be on paper, side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from migrant_office.errors import StorageFailed
from migrant_office.i18n import N_, _, translator
from migrant_office.ui import printing
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import MEDIUM, PAGE, WIDE
from migrant_office.ui.widgets.button import Button

SHARP = 150  # dots an inch the pages are painted with; shown smaller, so that thin lines stay clean
LARGEST, SMALLEST = 620, 300  # px; a page is at most as wide as on paper and at least readable
BAR = 24  # px for the scroll bar and its air


class SheetDialog(Dialog):
    """Shows, prints or saves one PDF. `name` is the proposed file name, without anything about the person. `left`
    carries the copies that were printed, 0 for a saved file.
    """

    left = Signal(int)

    def __init__(self, pdf: bytes, name: str, parent: QWidget | None = None) -> None:
        self.pdf, self.name = pdf, name
        pages = printing.pages(pdf, SHARP)
        room = (parent.window().width() if parent else 1366) - 2 * PAGE - 2 * WIDE - BAR
        each = max(min(room // max(len(pages), 1) - MEDIUM, LARGEST), SMALLEST)
        whole = (each + MEDIUM) * len(pages) + 2 * WIDE + BAR
        super().__init__(
            _("Sheet for the person"), _("Print…"), width=round(whole * 100 / theme().metrics.scale), parent=parent
        )
        save = Button(_("Save as PDF…"), icon="download")
        save.clicked.connect(self._save)
        self.foot.insertWidget(0, save)
        self.body.addWidget(self._shown(pages, each))
        self.first = self.primary

    def _shown(self, pages: list[QImage], width: int) -> QFrame:
        shown = QFrame()
        shown.setProperty("plate", "none")
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        for number, page in enumerate(pages, 1):
            page.setDevicePixelRatio(page.width() / width)
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(page))
            label.setFrameShape(QFrame.Shape.Box)
            label.setFixedSize(label.sizeHint())
            label.setAccessibleName(_("Page {number}").format(number=number))
            row.addWidget(label)
        row.addStretch(1)
        return shown

    def agree(self) -> None:
        if copies := int(printing.print_pdf(self, self.pdf)):
            self.left.emit(copies)
            self.accept()

    def _save(self) -> None:
        try:
            if printing.save_pdf(self, self.pdf, self.name) is not None:
                self.left.emit(0)
        except OSError:
            error = StorageFailed(N_("The file could not be written there. Choose another folder."))
            self.tell_trouble(error.text(translator()))
