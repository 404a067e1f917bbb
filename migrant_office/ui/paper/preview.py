"""A PDF before it is printed: its pages, a printer, how many copies. It takes bytes and knows no office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.ui import printing
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.page import Page
from migrant_office.ui.paper.copies import CopiesField
from migrant_office.ui.paper.pages_view import LEAST, PagesView
from migrant_office.ui.paper.sender import Sender, file_thread
from migrant_office.ui.paper.spread import FIT, ZOOMS
from migrant_office.ui.printing import Job, Leaves, NoPrinter, Printer
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, SMALL, WIDE
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.field import Choice
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.tick import Tick

WIDTH = 1360  # px; less where the window has less
LABEL = 260  # px of the longest label, a printer's: the rest is in its tooltip
EDGE, RING = 32, 3  # px around the dialog and around its contents, as in `Dialog.fit`


class PreviewDialog(Dialog):
    """`left` carries the copies that went to the printer, 0 for a saved file; what is not left is not counted.

    Page up and down scroll, plus and minus change the size. Esc stops a job that is on its way, then closes.
    """

    left = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, _("Print"), width=WIDTH, parent=parent)
        self.pdf, self.name, self.job = b"", "", title
        self.known: list[Printer] = []
        self.said_by = over_page(parent)
        self.view, self.way = PagesView(), Sender(self)
        self.size_, self.printer, self.copies = Choice(), Choice(), CopiesField()
        self.both = Tick(_("On both sides"))
        self.state = Text("", "hint", "hint", elide=True)
        self.save = Button(_("Save as PDF…"), icon="download", shortcut="Ctrl+S")
        self._busy = self._wants_printer = False
        self._furnish()
        self._connect()
        self.first = self.view
        self.rest()
        self.way.look_for_printers()

    # building

    def _furnish(self) -> None:
        labels = {FIT: _("As wide as fits")}
        self.size_.set_choices([(str(zoom), labels.get(zoom, f"{zoom} %")) for zoom in ZOOMS], str(FIT))
        self.size_.setAccessibleName(_("Size of the pages"))
        self.printer.setAccessibleName(_("Printer"))
        self.printer.set_choices([], empty=_("Looking for printers…"))
        self.copies.setAccessibleName(_("Copies"))
        self.tools = QWidget()
        self.tools.setAutoFillBackground(False)
        self.row = FlowLayout(self.tools, gap=SMALL)
        many = QWidget()
        many.setAutoFillBackground(False)
        beside, words = QHBoxLayout(many), Text(_("Copies"), "body")
        beside.setContentsMargins(SMALL, 0, 0, 0)
        beside.setSpacing(SMALL)
        words.setBuddy(self.copies)
        beside.addWidget(words)
        beside.addWidget(self.copies)
        for widget in (*self.choices(), self.size_, self.printer, many, self.both, *self.marks()):
            self.row.addWidget(widget)
        self.both.hide()
        self.body.setSpacing(LARGE - 2 * RING)
        self.body.addWidget(self.tools)
        self.body.addWidget(self.view)
        self.foot.insertWidget(0, self.save)
        self.foot.insertWidget(1, self.state, 1)
        self.foot.setStretch(2, 0)

    def choices(self) -> list[QWidget]:
        """What may be chosen about the sheet itself, before size and printer."""
        return []

    def marks(self) -> list[QWidget]:
        """What has to be seen about it, behind everything else."""
        return []

    def _connect(self) -> None:
        self.size_.currentIndexChanged.connect(lambda _i: self.view.set_zoom(int(self.size_.value() or FIT)))
        self.view.zoomed.connect(lambda zoom: self.size_.setCurrentIndex(self.size_.findData(str(zoom))))
        self.save.clicked.connect(self._save)
        self.way.found.connect(self._take_printers)
        self.way.sent.connect(self._sent)
        self.way.stopped.connect(lambda: self._failed(_("Stopped: nothing was printed.")))
        self.way.failed.connect(self._refused)
        self.way.moved.connect(
            lambda page, pages: self.wait(_("Printing page {page} of {pages}…").format(page=page, pages=pages))
        )
        self.finished.connect(lambda _result: self.view.show_leaves(None))

    def fit(self) -> None:
        """As large as the window allows: paper wants room."""
        for choice in self.tools.findChildren(Choice):
            choice.setMinimumWidth(whole_width(choice))
        room = self._room()
        inside = min(theme().metrics.px(self._wanted), room.width() - EDGE) - 2 * WIDE
        above = self.row.heightForWidth(inside - 2 * RING) + self.body.spacing() + 2 * RING
        self.view.setFixedHeight(max(room.height() - EDGE - self._around(inside) - above, LEAST))
        super().fit()

    # what is shown

    def show_pdf(self, pdf: bytes, name: str, job: str) -> None:
        """`name` of a file without anything about a person, `job` as it stands in the queue of a printer."""
        self.pdf, self.name, self.job = pdf, name, job
        leaves = Leaves(pdf)
        self.view.show_leaves(leaves)
        self.both.setVisible(len(leaves.sizes) > 1)
        self.rest()

    def show_nothing(self) -> None:
        self.pdf = b""
        self.view.show_leaves(None)
        self.rest()

    def wait(self, text: str, *, leaving: bool = True) -> None:
        """Something is under way; what is `leaving` for a printer or a file can no longer be made otherwise."""
        self._busy = True
        self._show_state(text, leaving=leaving)

    def rest(self, text: str = "") -> None:
        """Nothing is under way any more."""
        self._busy = self._wants_printer = False
        self._show_state(text, leaving=False)

    def _show_state(self, text: str, *, leaving: bool) -> None:
        self.state.setText(text if self.pdf else "")
        self.view.wait(text)
        for widget in self.choices():
            widget.setEnabled(not leaving)
        ready = bool(self.pdf) and not self._busy
        self.primary.setEnabled(ready)
        self.save.setEnabled(ready)
        self.cancel.setText(_("Stop") if self.way.busy else _("Close"))

    def tell_error(self, error: UserError) -> None:
        self._failed(error.text(translator()))

    def _failed(self, text: str) -> None:
        self.rest()
        self.tell_trouble(text)

    # printing

    def _take_printers(self, found: list[Printer]) -> None:
        kept = self.printer.value()
        self.known = found
        usual = next((p.name for p in found if p.name == kept), found[0].name if found else "")
        self.printer.set_choices([(p.name, p.title) for p in found], usual, empty=_("No printer"))
        self.printer.setEnabled(bool(found))
        self.fit()
        if self._wants_printer:
            self.rest()
            if found:
                self.agree()
            else:
                self.tell_error(NoPrinter())

    def _refused(self, error: UserError) -> None:
        if not self.known:
            self.printer.set_choices([], empty=_("No printer"))
        if self._busy:
            self.tell_error(error)

    def agree(self) -> None:
        if not self.pdf or self._busy:
            return
        self.tell_trouble("")
        chosen = next((p for p in self.known if p.name == self.printer.value()), None)
        if chosen is None:
            self.wait(_("Looking for printers…"))
            self._wants_printer = True
            self.way.look_for_printers()
            return
        both = self.both.isChecked() and not self.both.isHidden()
        self.way.send(Job(self.pdf, self.job, self.copies.copies(), both), chosen)
        self.wait(_("Printing…"))

    def _sent(self, job: Job) -> None:
        self.left.emit(job.copies)
        if self.said_by is not None:
            told = ngettext("Sent to the printer: {count} copy.", "Sent to the printer: {count} copies.", job.copies)
            self.said_by.said.emit(told.format(count=job.copies))
        self.rest()
        self.accept()

    # saving

    def digital(self, then: Callable[[bytes], None]) -> None:
        """Give the bytes that go into a file: here those that are shown."""
        then(self.pdf)

    def _save(self) -> None:
        self.tell_trouble("")
        target = printing.where_to(self, self.name)
        if target is not None:
            self.wait(_("Saving…"))
            self.digital(lambda pdf: self._write(target, pdf))

    def _write(self, target: Path, pdf: bytes) -> None:
        def written(_nothing: None) -> None:
            self.left.emit(0)
            self.rest(_("Saved: {name}").format(name=target.name))

        file_thread().submit(self, lambda: printing.write(target, pdf), written, self.tell_error)

    # keys

    def reject(self) -> None:
        """Stop what is on its way to the printer; with nothing on its way, leave."""
        if self.way.busy:
            self.way.stop()
            self.wait(_("Stopping…"))
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sizes = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
        turning = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End)
        if (step := sizes.get(Qt.Key(event.key()), 0)) != 0:
            self.view.step_zoom(step)
        elif event.key() in turning:
            self.view.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


def whole_width(choice: Choice) -> int:
    """Pixels in which every one of its labels can be read: there are few, and they are short."""
    font, metrics = theme().font("body"), theme().metrics
    labels = [choice.placeholderText(), *(choice.itemText(at) for at in range(choice.count()))]
    longest = max(painting.width_of(font, label) for label in labels)
    return min(longest, metrics.px(LABEL)) + metrics.icon + 3 * MEDIUM


def over_page(widget: QWidget | None) -> Page | None:
    """The page of the window that a dialog stands before; it can say something when the dialog has gone."""
    while widget is not None and not isinstance(widget, Page):
        widget = widget.parentWidget()
    return widget
