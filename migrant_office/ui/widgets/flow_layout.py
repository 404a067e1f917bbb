"""A layout that fills rows from the left and goes on in the next one: chips, marks, missing answers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from migrant_office.ui.theme.metrics import SMALL


class FlowLayout(QLayout):
    """`gap` between neighbours and rows in pixels; `fill` shares the room that is left in a row among its items.

    An item wider than the row is given the row's width and asked for the height it needs then.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = SMALL, fill: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._fill = gap, fill
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take out and delete every widget."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(len(shown) - 1, 0)
        return QSize(width, max((size.height() for size in shown), default=0)) + self._margins()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size + self._margins()

    def _margins(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, area: QRect, *, move: bool) -> int:
        """Lay the items out in `area`; answers the height that takes."""
        inner = area.marginsRemoved(self.contentsMargins())
        y = inner.top()
        for row in self._rows(inner.width()):
            y += self._place(row, QPoint(inner.left(), y), inner.width(), move=move) + self._gap
        used = y - self._gap if self._items else y
        return max(used - area.top() + self.contentsMargins().bottom(), 0)

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        room = -1
        for item in self._items:
            if item.isEmpty():
                continue
            need = item.sizeHint().width()
            if not rows or need > room:
                rows.append([])
                room = width
            rows[-1].append(item)
            room -= need + self._gap
        return rows

    def _place(self, row: list[QLayoutItem], at: QPoint, width: int, *, move: bool) -> int:
        widths = [min(item.sizeHint().width(), width) for item in row]
        if self._fill:
            spare = max(width - sum(widths) - self._gap * (len(row) - 1), 0)
            widths = [each + spare // len(row) for each in widths]
        heights = [
            item.heightForWidth(each) if item.hasHeightForWidth() else item.sizeHint().height()
            for item, each in zip(row, widths, strict=True)
        ]
        height = max(heights)
        if move:
            x = at.x()
            for item, each, tall in zip(row, widths, heights, strict=True):
                item.setGeometry(QRect(x, at.y() + (height - tall) // 2, each, tall))
                x += each + self._gap
        return height
