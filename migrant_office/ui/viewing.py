"""A kept file looked at inside the program: a picture, or one page of a PDF at a time. No other program, no file."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, translator
from migrant_office.models.attachment import PDF, Kept
from migrant_office.models.office import Office
from migrant_office.ui import printing
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import PAGE, RING, SMALL, WIDE
from migrant_office.ui.widgets.button import IconButton
from migrant_office.ui.widgets.picture import decoded
from migrant_office.ui.widgets.text import Text

WIDTH, HEIGHT = 900, 470  # px of the shown part at 100 %
BAR = 28  # px for the scroll bar and the frame
ZOOMS = (100, 150, 200, 300)  # percent of the width
MOST_PAINTED = 20_000_000  # pixels of one page of a PDF, however large it says it is

Read = Callable[[Office], bytes]


class Seen(NamedTuple):
    """One page as a picture, its number from 0, and how many there are."""

    image: QImage
    page: int
    pages: int


class _Area(QScrollArea):
    """Page up and down scroll; where there is nothing more to scroll, `turned` carries the step."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_PageDown: (bar.maximum(), 1), Qt.Key.Key_PageUp: (bar.minimum(), -1)}
        end, step = ends.get(Qt.Key(event.key()), (None, 0))
        if end == bar.value():
            self.turned.emit(step)
        else:
            super().keyPressEvent(event)


class ViewDialog(Dialog):
    """Shows what `read` answers. Page up and down scroll and turn pages, plus and minus change the size."""

    def __init__(self, operations: Operations, kept: Kept, read: Read, parent: QWidget | None = None) -> None:
        self.operations, self.kept = operations, kept
        super().__init__(kept.name or _("File"), _("Close"), width=WIDTH + 2 * WIDE, parent=parent)
        self.cancel.hide()
        self.data, self.read = b"", read
        self.page, self.pages, self.zoom = 0, 1, 0
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = _Area()
        self.area.turned.connect(self._turn)
        self.area.setWidget(self.label)
        self.label.setContentsMargins(RING, RING, RING, RING)  # for the ring of the focus, under the viewport's ground
        self.area.setWidgetResizable(True)
        self.area.viewport().setAutoFillBackground(False)
        self.label.setAutoFillBackground(False)
        self.area.setAccessibleName(kept.name or _("File"))
        self.area.setFixedHeight(self._room_inside().height())
        self.body.addWidget(self.area)
        self.back, self.on = IconButton("chevron-left", _("Page before")), IconButton("chevron-right", _("Next page"))
        self.smaller, self.larger = IconButton("minus", _("Smaller")), IconButton("plus", _("Larger"))
        self.where = Text("", "hint", "hint")
        self._add_tools()
        self.first = self.area
        self._show_page()

    def _add_tools(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(SMALL)
        for widget in (self.smaller, self.larger, self.back, self.where, self.on):
            tools.addWidget(widget)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.smaller.clicked.connect(lambda: self._resize(-1))
        self.larger.clicked.connect(lambda: self._resize(1))
        self.foot.insertLayout(0, tools)

    def _room(self) -> QWidget:
        """The window behind all dialogs: a picture needs more room than the question that it was opened from."""
        room = super()._room()
        while isinstance(room, QDialog) and (behind := room.parentWidget()) is not None:
            room = behind.window()
        return room

    def _room_inside(self) -> QSize:
        """As large as the window before which it stands allows."""
        room = self._room().size()
        metrics = theme().metrics
        return QSize(
            min(metrics.px(WIDTH), room.width() - 2 * PAGE - 2 * WIDE),
            max(min(metrics.px(HEIGHT), room.height() - metrics.px(250)), metrics.control * 3),
        )

    # turning

    def _turn(self, step: int) -> None:
        if 0 <= self.page + step < self.pages:
            self.page += step
            self.area.verticalScrollBar().setValue(0)
            self._show_page()

    def _resize(self, step: int) -> None:
        if 0 <= self.zoom + step < len(ZOOMS):
            self.zoom += step
            self._show_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Minus: lambda: self._resize(-1),
            Qt.Key.Key_Plus: lambda: self._resize(1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            step()

    # showing

    def _show_page(self) -> None:
        """Read once, then paint what is asked for, on the office's thread."""
        ratio = self.devicePixelRatioF()
        width = round((self._room_inside().width() - BAR) * ZOOMS[self.zoom] / 100 * ratio)
        kind, page, known, read = self.kept.kind, self.page, self.data, self.read

        def work(office: Office) -> tuple[bytes, Seen]:
            data = known or read(office)
            return data, pdf_page(data, page, width) if kind == PDF else Seen(picture(data, kind, width), 0, 1)

        self.operations.ask(self, work, self._shown, key="view-file", failed=self._failed)

    def _shown(self, answer: tuple[bytes, Seen]) -> None:
        self.data, seen = answer
        self.page, self.pages = seen.page, seen.pages
        seen.image.setDevicePixelRatio(self.devicePixelRatioF())
        self.label.setPixmap(QPixmap.fromImage(seen.image))
        told = _("Page {number} of {count}").format(number=seen.page + 1, count=seen.pages)
        self.label.setAccessibleName(told)
        self.where.setText(told if seen.pages > 1 else "")
        for button in (self.back, self.on):
            button.setVisible(seen.pages > 1)
        self.back.setEnabled(seen.page > 0)
        self.on.setEnabled(seen.page + 1 < seen.pages)
        self.smaller.setEnabled(self.zoom > 0)
        self.larger.setEnabled(self.zoom + 1 < len(ZOOMS))

    def _failed(self, error: UserError) -> None:
        self.tell_trouble(error.text(translator()))
        for button in (self.back, self.on, self.smaller, self.larger):
            button.setEnabled(False)


def picture(data: bytes, kind: str, width: int) -> QImage:
    """A picture fitted to a width; never larger than it is."""
    return decoded(data, kind, QSize(width, 4 * width))


def pdf_page(data: bytes, number: int, width: int) -> Seen:
    """One page of a PDF, painted so wide. Raises `UserError` for one that cannot be read, or asks for a password."""
    import pypdfium2

    with printing.PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UserError(
                N_("This document cannot be shown: it is damaged or has a password. It is kept as it is.")
            ) from error
        try:
            count = len(document)
            if not count:
                raise UserError(N_("This document has no page."))
            number = min(max(number, 0), count - 1)
            page = document[number]
            wide, high = page.get_size()
            scale = min(width / max(wide, 1), sqrt(MOST_PAINTED / max(wide * high, 1)))
            return Seen(printing.picture(page, scale * printing.POINTS), number, count)
        except pypdfium2.PdfiumError as error:
            raise UserError(N_("This page cannot be shown.")) from error
        finally:
            document.close()
