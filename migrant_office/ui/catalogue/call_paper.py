"""The list of whom to call before it is printed: made on the office's thread, printed or saved from here."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from migrant_office import clock
from migrant_office.errors import StorageFailed
from migrant_office.i18n import N_, Translator, _, translator
from migrant_office.models.office import Office
from migrant_office.services import freshness, office_settings
from migrant_office.ui import printing
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.widgets.button import Button

SHARP, WIDTH = 130, 620  # dots an inch the pages are painted with; px they are shown in


def call_paper(office: Office, tr: Translator) -> bytes:
    """The PDF of the calls that are due, in the language of the window."""
    from migrant_office.services.sheets.call_list import (
        CallPaper,
        render_calls,
    )  # reportlab, which the start need not pay

    areas = {area.code: area.label(tr.lang) for area in office.city.areas}
    told = CallPaper(office.about.name, clock.today(), freshness.call_list(office), areas)
    return render_calls(told, office_settings.paper_of(office), tr)


class CallPaperDialog(Dialog):
    """Shows, prints or saves the list."""

    def __init__(self, pdf: bytes, parent: QWidget | None = None) -> None:
        super().__init__(_("Services to call this week"), _("Print…"), width=720, parent=parent)
        self.pdf = pdf
        save = Button(_("Save as PDF…"), icon="download")
        save.clicked.connect(self._save)
        self.foot.insertWidget(0, save)
        for number, page in enumerate(printing.pages(pdf, SHARP), 1):
            page.setDevicePixelRatio(page.width() / WIDTH)
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(page))
            label.setFrameShape(QFrame.Shape.Box)
            label.setFixedSize(label.sizeHint())
            label.setAccessibleName(_("Page {number}").format(number=number))
            self.body.addWidget(label)
        self.first = self.primary

    def agree(self) -> None:
        if printing.print_pdf(self, self.pdf):
            self.accept()

    def _save(self) -> None:
        try:
            printing.save_pdf(self, self.pdf, _("services-to-call") + ".pdf")
        except OSError:
            error = StorageFailed(N_("The file could not be written there. Choose another folder."))
            self.tell_trouble(error.text(translator()))
