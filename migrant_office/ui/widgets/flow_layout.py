"""A layout that fills rows from the left and goes on in the next one: chips, marks, missing answers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from migrant_office.ui.theme.metrics import SMALL


class FlowLayout(QLayout):
    """`gap` between neighbours and rows in pixels.

    `fill` shares the room that is left in a row among its items, but in the last of several rows. `columns` gives every
    row that many items of equal width and height instead. An item wider than the row is given the row's width and
    asked for the height it needs then.
    """

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = SMALL, fill: bool = False, columns: int = 0
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._fill, self._columns = gap, fill, columns
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

    def set_columns(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            self.invalidate()

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
        rows = self._rows(inner.width())
        for number, row in enumerate(rows):
            filled = self._fill and (len(rows) == 1 or number < len(rows) - 1)
            widths = self._widths(row, inner.width(), filled=filled)
            y += self._place(row, widths, QPoint(inner.left(), y), move=move) + self._gap
        used = y - self._gap if self._items else y
        return max(used - area.top() + self.contentsMargins().bottom(), 0)

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        if self._columns:
            shown = [item for item in self._items if not item.isEmpty()]
            return [shown[at : at + self._columns] for at in range(0, len(shown), self._columns)]
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

    def _widths(self, row: list[QLayoutItem], width: int, *, filled: bool) -> list[int]:
        if self._columns:
            return [(width - self._gap * (self._columns - 1)) // self._columns] * len(row)
        widths = [min(item.sizeHint().width(), width) for item in row]
        if filled:
            spare = max(width - sum(widths) - self._gap * (len(row) - 1), 0)
            widths = [each + spare // len(row) for each in widths]
        return widths

    def _place(self, row: list[QLayoutItem], widths: list[int], at: QPoint, *, move: bool) -> int:
        heights = [
            item.heightForWidth(each) if item.hasHeightForWidth() else item.sizeHint().height()
            for item, each in zip(row, widths, strict=True)
        ]
        height = max(heights)
        if move:
            x = at.x()
            for item, each, tall in zip(row, widths, heights, strict=True):
                tall = height if self._columns or self._fill else tall
                area = QRect(x, at.y() + (height - tall) // 2, each, tall)
                widget = item.widget()
                if widget is not None:
                    widget.setGeometry(area)  # the item itself would cut it down to the height of its hint
                else:
                    item.setGeometry(area)
                x += each + self._gap
        return height
