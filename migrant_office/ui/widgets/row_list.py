"""A keyboard-driven list of rows that does not mind how many there are: only what is seen is asked for and painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from migrant_office.ui.theme.apply import theme
from migrant_office.ui.widgets.row import INSET, RowSpec, RowStyle, paint_row, row_height
from migrant_office.ui.widgets.themed import Themed
from migrant_office.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex
_BAR = 10  # room at the left of every row for the bar of the chosen one
_NOT_YET = RowSpec(key=None, title="…")
_CAN_BE_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class RowModel(QAbstractListModel):
    """Rows by number. `row_at` answers None for a page still on its way; then call `refresh` when it is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._row_at: Callable[[int], RowSpec | None] = lambda _index: None

    def set_source(self, count: int, row_at: Callable[[int], RowSpec | None]) -> None:
        self.beginResetModel()
        self._count, self._row_at = count, row_at
        self.endResetModel()

    def set_rows(self, rows: Sequence[RowSpec]) -> None:
        self.set_source(len(rows), lambda index: rows[index])

    def refresh(self, first: int, last: int) -> None:
        """Rows `first` to `last` (both counted) are now there, or are others."""
        self.dataChanged.emit(self.index(first), self.index(last))

    def row(self, number: int) -> RowSpec:
        return self._row_at(number) or _NOT_YET

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.row(index.row()).spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.row(index.row()).heading:
            return Qt.ItemFlag.NoItemFlags
        return _CAN_BE_CHOSEN


class _RowPainter(QStyledItemDelegate):
    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        area = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(area)
        spec = self._view.rows.row(index.row())
        if index.row() and not chosen and not spec.heading and not self._view.neighbour_chosen(index.row()):
            painter.setPen(QColor(theme().tokens.line))
            y = area.top() + 0.5
            painter.drawLine(QPointF(area.left() + INSET + _BAR, y), QPointF(area.right() - INSET, y))
        paint_row(
            painter,
            spec,
            area.adjusted(0, 1, 0, 0),
            self._view.row_style,
            indent=_BAR,
            chosen=chosen,
            focused=chosen and self._view.hasFocus(),
            hover=bool(state & QStyle.StateFlag.State_MouseOver),
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.viewport().width(), self._view.height_of(index.row()))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        QToolTip.showText(event.globalPos(), tip(self._view.rows.row(index.row()).spoken()), view)
        return True


class RowList(Themed, QListView):
    """The list. `chosen` carries the key of the row under the cursor, `opened` the key on Enter or double click.

    `uniform=True` (the default) takes the height of the first row for all and is what long lists need; with headings
    or rows of different height give False.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, name: str, style: RowStyle | None = None, *, uniform: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row_style = style or RowStyle()
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(uniform)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.activated.connect(lambda index: self.opened.emit(self.rows.row(index.row()).key))
        self.selectionModel().currentChanged.connect(self._tell)

    def set_rows(self, rows: Sequence[RowSpec], *, choose: object = None) -> None:
        """Show these rows; `choose` is the key to put the cursor on, else nothing is chosen."""
        self.rows.set_rows(rows)
        for number, row in enumerate(rows):
            if choose is not None and row.key == choose:
                self.choose_row(number)

    def set_source(self, count: int, row_at: Callable[[int], RowSpec | None]) -> None:
        self.rows.set_source(count, row_at)

    def choose_row(self, number: int) -> None:
        self.setCurrentIndex(self.rows.index(number))

    def chosen_key(self) -> object:
        """The key under the cursor, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()).key if index.isValid() else None

    def step(self, by: int) -> None:
        """Move the cursor without the focus: the search field sends its arrow keys here."""
        if not self.rows.rowCount():
            return
        number = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        direction = 1 if by >= 0 else -1
        while 0 <= number < self.rows.rowCount() and self.rows.row(number).heading:
            number += direction
        if 0 <= number < self.rows.rowCount():
            self.choose_row(number)

    def height_of(self, number: int) -> int:
        return row_height(self.rows.row(number), self.row_style) + 1

    def neighbour_chosen(self, number: int) -> bool:
        """Whether the row above is the chosen one or a heading, so that no hairline runs between."""
        above = self.currentIndex().isValid() and self.currentIndex().row() == number - 1
        return above or self.rows.row(number - 1).heading

    def fitting_height(self) -> int:
        """The height that shows every row, for lists that stand in a card without scrolling."""
        return sum(self.height_of(number) for number in range(self.rows.rowCount())) + 2

    def restyle(self) -> None:
        self.doItemsLayout()  # heights kept from another text scale would overlap

    def keyboardSearch(self, search: str) -> None:
        """No type-ahead: it would read every row of a long list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().viewportEvent(event)

    def _tell(self, index: Index) -> None:
        self.chosen.emit(self.rows.row(index.row()).key if index.isValid() else None)
