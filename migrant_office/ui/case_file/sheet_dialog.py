"""The sheet before it is printed: its pages as they will be on paper."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from migrant_office.errors import StorageFailed
from migrant_office.i18n import N_, _, translator
from migrant_office.ui import printing
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.banner import Banner

SCREEN_DPI = 78


class SheetDialog(Dialog):
    """Shows, prints or saves one PDF. `name` is the proposed file name, without anything about the person."""

    def __init__(self, pdf: bytes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Sheet for the person"), _("Print…"), width=980, parent=parent)
        self.pdf, self.name = pdf, name
        self.trouble = Banner("warn", "")
        self.trouble.hide()
        save = Button(_("Save as PDF…"), icon="download")
        save.clicked.connect(self._save)
        self.foot.insertWidget(0, save)
        shown = QFrame()
        row = QHBoxLayout(shown)
        row.setSpacing(MEDIUM)
        for number, page in enumerate(printing.pages(pdf, SCREEN_DPI * 2), 1):
            page.setDevicePixelRatio(2)
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(page))
            label.setFrameShape(QFrame.Shape.Box)
            label.setAccessibleName(_("Page {number}").format(number=number))
            row.addWidget(label)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidget(shown)
        area.setWidgetResizable(True)
        area.setMinimumHeight(540)
        self.body.addWidget(self.trouble)
        self.body.addWidget(area, 1)

    def agree(self) -> None:
        if printing.print_pdf(self, self.pdf):
            self.accept()

    def _save(self) -> None:
        try:
            printing.save_pdf(self, self.pdf, self.name)
        except OSError:
            error = StorageFailed(N_("The file could not be written there. Choose another folder."))
            self.trouble.set_texts(error.text(translator()))
            self.trouble.show()
