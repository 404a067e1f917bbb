"""The rows of a sheet with their languages side by side; only what is seen is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from migrant_office import icon_paths
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, LARGE, MEDIUM, SMALL, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.marks import MarkSpec, mark_size, paint_mark
from migrant_office.ui.widgets.themed import Themed

Index = QModelIndex | QPersistentModelIndex
THREE_COLUMNS = 640  # px for the texts; with less the English stands under the other two
BAR = 10  # px at the left for the bar of the chosen row


@dataclass(frozen=True)
class WordRow:
    """One row of the list, or with `heading` the name of a part. `texts`: Spanish, Creole, English."""

    key: str
    texts: tuple[str, str, str] = ("", "", "")
    icon: str = ""
    when: str = ""
    marks: tuple[MarkSpec, ...] = ()
    gone: bool = False
    heading: str = ""

    def spoken(self) -> str:
        """The whole row for a screen reader."""
        parts = [self.heading, *dict.fromkeys(self.texts), self.when, *(mark.text for mark in self.marks)]
        return ". ".join(part.rstrip(".") for part in parts if part)


class WordModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[WordRow] = ()

    def set_rows(self, rows: Sequence[WordRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class _Painter(QStyledItemDelegate):
    def __init__(self, view: WordingList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, height_of(self._view.words.rows[index.row()], width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area = self._view.words.rows[index.row()], QRectF(option.rect)
        painter.save()
        painter.setClipRect(area)
        if row.heading:
            at = theme()
            painting.line(
                painter, area.adjusted(BAR + 2, SMALL, -MEDIUM, 0), row.heading, at.font("card"), at.tokens.text
            )
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
            _ground(painter, area, chosen=chosen, hover=hover, focused=chosen and self._view.hasFocus())
            paint_row(painter, row, area)
        painter.restore()


class WordingList(Themed, QListView):
    """`chosen` carries the key under the cursor, `opened` on Enter or double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WordModel()
        self.setModel(self.words)
        self.setItemDelegate(_Painter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(LARGE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # coming and going it changes heights
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.words.rows[index.row()].key))
        self.selectionModel().currentChanged.connect(lambda *_told: self.chosen.emit(self.chosen_key()))

    def set_rows(self, rows: Sequence[WordRow], choose: str = "") -> None:
        """Show these rows with the cursor on `choose`, else on the first; the reader stays where she was."""
        place = self.verticalScrollBar().value()
        self.words.set_rows(rows)
        keys = [row.key for row in rows if not row.heading]
        if keys:
            self.choose(choose if choose in keys else keys[0])
        self.verticalScrollBar().setValue(place)
        self.scrollTo(self.currentIndex())

    def choose(self, key: str) -> None:
        for number, row in enumerate(self.words.rows):
            if row.key == key and not row.heading:
                self.setCurrentIndex(self.words.index(number))

    def chosen_key(self) -> str:
        """The key under the cursor, "" for none."""
        index = self.currentIndex()
        return self.words.rows[index.row()].key if index.isValid() else ""

    def restyle(self) -> None:
        self.doItemsLayout()

    def keyboardSearch(self, search: str) -> None:
        """No type-ahead: a row has no single name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_key():
            self.opened.emit(self.chosen_key())
            event.accept()
        else:
            super().keyPressEvent(event)


# -- strokes


def _left() -> int:
    return BAR + MEDIUM + theme().metrics.icon_large + MEDIUM


def _columns(row: WordRow, width: int) -> tuple[list[tuple[str, int, int]], str]:
    """Each text with its left edge and width, and what stands under them across all."""
    left, room = _left(), width - _left() - MEDIUM
    es, ht, en = row.texts
    if not ht and not en:
        return [(es, left, room)], ""
    if room >= theme().metrics.px(THREE_COLUMNS):
        each = (room - 2 * LARGE) // 3
        return [(text, left + n * (each + LARGE), each) for n, text in enumerate((es, ht, en))], ""
    each = (room - LARGE) // 2
    return [(es, left, each), (ht, left + each + LARGE, each)], en


def _parts(row: WordRow, width: int) -> tuple[int, int, int]:
    """Heights of the texts, of the English under them, and of the foot."""
    at = theme()
    columns, under = _columns(row, width)
    high = max(painting.wrapped_height(at.font("body"), text, each) for text, _x, each in columns)
    below = painting.wrapped_height(at.font("hint"), under, width - _left() - MEDIUM) + TINY if under else 0
    foot = at.metrics.chip if row.marks or row.when else 0
    if row.when and row.marks and _crowded(row, width):
        foot += painting.wrapped_height(at.font("hint"), row.when, width - _left() - MEDIUM)
    return max(high, at.metrics.icon_large), below, foot


def _crowded(row: WordRow, width: int) -> bool:
    """Whether the condition needs a line of its own above the marks."""
    marks = sum(mark_size(mark).width() + MEDIUM for mark in row.marks)
    return painting.width_of(theme().font("hint"), row.when) + marks > width - _left() - MEDIUM


def height_of(row: WordRow, width: int) -> int:
    if row.heading:
        return painting.line_height(theme().font("card")) + LARGE + SMALL
    return sum(_parts(row, width)) + 2 * SMALL


def _ground(painter: QPainter, area: QRectF, *, chosen: bool, hover: bool, focused: bool) -> None:
    tokens = theme().tokens
    if chosen:
        edge = None if tokens.plates else tokens.blue
        painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.blue_bg, edge=edge, width=2)
        painting.plate(
            painter, QRectF(area.left() + 4, area.top() + MEDIUM, 4, area.height() - 2 * MEDIUM), 2, fill=tokens.blue
        )
    elif hover:
        painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.sunken, edge=None if tokens.plates else tokens.edge)
    else:
        painter.setPen(QColor(tokens.line))
        y = area.bottom() - 0.5
        painter.drawLine(QPointF(area.left() + _left(), y), QPointF(area.right() - MEDIUM, y))
    if focused:
        painting.ring(painter, area, CONTROL_RADIUS, tokens.blue)


def paint_row(painter: QPainter, row: WordRow, area: QRectF) -> None:
    """Icon, texts beside one another, and under them when it is printed and how it stands."""
    at, width = theme(), int(area.width())
    ink = at.tokens.hint if row.gone else at.tokens.text
    high, below, foot = _parts(row, width)
    top = area.top() + SMALL
    side = at.metrics.icon_large
    if row.icon and row.icon in icon_paths.names():
        icons.paint(painter, row.icon, QRectF(area.left() + BAR + MEDIUM, top, side, side), ink)
    columns, under = _columns(row, width)
    for text, x, each in columns:
        painting.wrapped(painter, QRectF(area.left() + x, top, each, high + 2), text, at.font("body"), ink)
    room = QRectF(area.left() + _left(), top + high, width - _left() - MEDIUM, below)
    if under:
        painting.wrapped(painter, room.adjusted(0, TINY, 0, 2), under, at.font("hint"), at.tokens.hint)
    if foot:
        _paint_foot(painter, row, QRectF(room.left(), room.bottom(), room.width(), foot), width)


def _paint_foot(painter: QPainter, row: WordRow, area: QRectF, width: int) -> None:
    at, chip = theme(), theme().metrics.chip
    x, line = area.left(), QRectF(area.left(), area.bottom() - chip, area.width(), chip)
    if row.when and row.marks and _crowded(row, width):
        above = area.adjusted(0, 0, 0, -chip)
        painting.wrapped(painter, above.adjusted(0, 0, 0, 2), row.when, at.font("hint"), at.tokens.hint)
    elif row.when:
        room = painting.width_of(at.font("hint"), row.when)
        painting.line(painter, QRectF(x, line.top(), room + 2, chip), row.when, at.font("hint"), at.tokens.hint)
        x += room + MEDIUM
    for mark in row.marks:
        need = min(float(mark_size(mark).width()), line.right() - x)
        if need > chip:
            paint_mark(painter, mark, QRectF(x, line.top(), need, chip))
        x += need + MEDIUM
