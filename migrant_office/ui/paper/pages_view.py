"""The pages of a sheet as they will be on paper, painted one by one when they come into sight."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from migrant_office.i18n import _
from migrant_office.ui.operations import Worker
from migrant_office.ui.paper.spread import FIT, ZOOMS, Spread, spread
from migrant_office.ui.printing import POINTS, Leaves
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, MEDIUM
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Themed

LEAST = 160  # px of height: with less the dialog scrolls
STEP = 40  # px of one press of an arrow


@cache
def painter_thread() -> Worker:
    """One thread for the pages of every dialog: the library paints one at a time anyway."""
    return Worker()


class PagesView(Themed, QAbstractScrollArea):
    """Arrows and page keys scroll, plus and minus change the size; `zoomed` carries the new one.

    Only pages in sight are in memory, sharp at their size, so that a file of five hundred opens as quickly as one.
    """

    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leaves: Leaves | None = None
        self.zoom, self.shown, self.waiting = FIT, Spread(), ""
        self._images: dict[int, QImage] = {}
        self._asked: set[tuple[int, int]] = set()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # coming and going it would move the pages
        self.verticalScrollBar().setSingleStep(STEP)
        self.horizontalScrollBar().setSingleStep(STEP)
        self.verticalScrollBar().valueChanged.connect(self._tell_place)
        self.setMinimumHeight(LEAST)
        self.setAccessibleName(_("Pages of the sheet"))

    def show_leaves(self, leaves: Leaves | None) -> None:
        """Other pages; where the reader was on the ones before stays in sight."""
        if self.leaves is not None:
            self.leaves.close()
        self.leaves = leaves
        self._images.clear()
        self._lay_out()

    def wait(self, text: str) -> None:
        """What stands in the middle while there are no pages yet."""
        self.waiting = text
        self.viewport().update()

    def set_zoom(self, zoom: int) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self._lay_out()
            self.zoomed.emit(zoom)

    def step_zoom(self, step: int) -> None:
        """The next larger or smaller one."""
        at = ZOOMS.index(self.zoom) + step
        if 0 <= at < len(ZOOMS):
            self.set_zoom(ZOOMS[at])

    # layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.viewport().size()
        sizes = self.leaves.sizes if self.leaves else ()
        down, before = self.verticalScrollBar(), max(self.shown.height, 1)
        place = down.value() / before
        self.shown = spread(sizes, room.width() - 2 * MEDIUM, self.zoom)
        self._asked.clear()
        down.setPageStep(room.height() - STEP)
        down.setRange(0, max(self.shown.height + 2 * MEDIUM - room.height(), 0))
        down.setValue(round(place * self.shown.height))
        across = self.horizontalScrollBar()
        across.setPageStep(room.width())
        across.setRange(0, max(self.shown.width + 2 * MEDIUM - room.width(), 0))
        self._tell_place()
        self.viewport().update()

    def page(self) -> int:
        """The page that is read, from 0: the one in the middle of the view."""
        middle = self.verticalScrollBar().value() - MEDIUM + self.viewport().height() / 2
        past = [n for n, (_x, y, _w, high) in enumerate(self.shown.boxes) if y + high > middle]
        return past[0] if past else max(len(self.shown.boxes) - 1, 0)

    def _tell_place(self) -> None:
        count = len(self.shown.boxes)
        told = _("Page {number} of {count}").format(number=self.page() + 1, count=count) if count else self.waiting
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if (end := ends.get(Qt.Key(event.key()))) is not None:
            bar.setValue(end)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()  # the ring

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self.viewport()), self.viewport().rect()
        focus = self.hasFocus()
        edge = self.tokens.blue if focus else self.tokens.line
        painting.plate(painter, room, CONTROL_RADIUS, fill=self.tokens.sunken, edge=edge, width=2 if focus else 1)
        if not self.shown.boxes:
            centre = Qt.AlignmentFlag.AlignHCenter
            painting.line(painter, room, self.waiting, self.font_of("body"), self.tokens.hint, centre)
            return
        painter.setClipRect(room.adjusted(2, 2, -2, -2))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = self.verticalScrollBar().value() - MEDIUM
        seen = self.shown.between(top, top + room.height())
        self._images = {n: image for n, image in self._images.items() if n in seen}
        self._asked = {asked for asked in self._asked if asked[0] in seen}
        for number in seen:
            self._paint_page(painter, number)

    def _paint_page(self, painter: QPainter, number: int) -> None:
        across, down = self.horizontalScrollBar().value() - MEDIUM, self.verticalScrollBar().value() - MEDIUM
        box = QRect(*self.shown.boxes[number]).translated(-across, -down)
        painter.fillRect(box, QColor("white"))  # paper, in the dark too
        image = self._images.get(number)
        if image is not None:
            painter.drawImage(box, image)
        painter.setPen(QColor(self.tokens.edge))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        wanted = round(box.width() * self.devicePixelRatioF())
        if image is None or abs(image.width() - wanted) > 1:
            self._want(number, wanted)

    def _want(self, number: int, width: int) -> None:
        """Have a page painted so many dots wide; it appears when it is ready."""
        leaves = self.leaves
        if leaves is None or (number, width) in self._asked:
            return
        self._asked.add((number, width))
        dpi = width / leaves.sizes[number][0] * POINTS

        def ready(image: QImage) -> None:
            if leaves is self.leaves and not image.isNull():
                self._images[number] = image
                self.viewport().update()

        painter_thread().submit_newest(self, lambda: leaves.picture(number, dpi), ready, f"page {number}")
