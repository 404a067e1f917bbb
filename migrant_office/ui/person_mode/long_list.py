"""Answers of a long list as large rows: scrolled by finger, wheel or keys, narrowed by typing a part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from migrant_office.models.forms.answers import Cell
from migrant_office.ui.person_mode.body import Body
from migrant_office.ui.person_mode.fields import LargeLine
from migrant_office.ui.person_mode.speech import Offer, Said
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, MEDIUM, RING, SMALL, TINY, WIDE
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.search_combo import folded

Index = QModelIndex | QPersistentModelIndex
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_OFFER = Qt.ItemDataRole.UserRole
_UNEVEN, _MEASURED = 300, 12  # rows that may each have their height; of more, the longest are measured


class _Rows(QAbstractListModel):
    """The offers that hold what was typed in either language; those that begin with it first."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._keys = [(folded(offer.said.first), folded(offer.said.other), offer) for offer in offers]
        self.shown = list(offers)
        self.chosen: tuple[str, ...] = ()

    def narrow(self, typed: str) -> None:
        wanted = folded(typed.strip())
        self.beginResetModel()
        hits = [(first, other, offer) for first, other, offer in self._keys if wanted in first or wanted in other]
        hits.sort(key=lambda hit: not (hit[0].startswith(wanted) or hit[1].startswith(wanted)))
        self.shown = [offer for _first, _other, offer in hits]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        offer = self.shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return offer.said.spoken()
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if offer.code in self.chosen else Qt.CheckState.Unchecked
        return offer if role == _OFFER else None


class _Paint(QStyledItemDelegate):
    """A row: check, Spanish in bold at the left, the other language beside it; words too long for it wrap."""

    def __init__(self, view: QListView, offers: Sequence[Offer]) -> None:
        super().__init__(view)
        self._longest: list[Offer] = []
        if len(offers) > _UNEVEN:  # Qt then asks one row for the height of all: thousands would take a second
            view.setUniformItemSizes(True)
            self._longest += nlargest(_MEASURED, offers, key=lambda offer: len(offer.said.first))
            self._longest += nlargest(_MEASURED, offers, key=lambda offer: len(offer.said.other))

    def _columns(self, width: int) -> tuple[int, int]:
        """Where the second language begins, and how wide each may be."""
        left = self._left()
        each = (width - left - 2 * WIDE) // 2
        return left + each + WIDE, each

    def _left(self) -> int:
        return WIDE + theme().metrics.px(26) + MEDIUM

    def _heights(self, offer: Offer, width: int) -> tuple[int, int]:
        _at, each = self._columns(width)
        room = each if offer.said.other else 2 * each
        first = painting.wrapped_height(theme().font("facing_answer_bold"), offer.said.first, room)
        return first, painting.wrapped_height(theme().font("facing_answer"), offer.said.other, each)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 600
        offers = self._longest or [index.data(_OFFER)]
        words = max(max(self._heights(offer, width)) for offer in offers)
        return QSize(width, max(theme().metrics.px(60), words + 2 * SMALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer = index.data(_OFFER)
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        view = option.widget
        here = isinstance(view, QAbstractItemView) and view.currentIndex() == index
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        tokens = theme().tokens
        if chosen:
            painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.blue_bg, edge=tokens.blue, width=RING)
        if here:
            painting.ring(painter, area.adjusted(3, 3, -3, -3), CONTROL_RADIUS - 3, tokens.text)
        side = theme().metrics.px(26)
        box = QRectF(area.x() + WIDE, area.center().y() - side / 2, side, side)
        icons.paint(painter, "circle-check-filled" if chosen else "circle", box, tokens.blue if chosen else tokens.edge)
        at, each = self._columns(int(area.width()))
        first, other = self._heights(offer, int(area.width()))
        alone = 1 if offer.said.other else 2
        room = QRectF(area.x() + self._left(), area.center().y() - first / 2, alone * each, first)
        painting.wrapped(painter, room, offer.said.first, theme().font("facing_answer_bold"), tokens.text)
        beside = QRectF(area.x() + at, area.center().y() - other / 2, each, other)
        colour = tokens.hint if offer.said.borrowed else tokens.text
        painting.wrapped(painter, beside, offer.said.other, theme().font("facing_answer"), colour)


def framed(view: QListView) -> QFrame:
    """The rows on a card: a list view would show square corners."""
    card = QFrame()
    card.setProperty("plate", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(TINY, TINY, TINY, TINY)
    inside.addWidget(view)
    return card


class LongList(Body):
    """Typing narrows, arrows move, Enter chooses what is under the ring; a finger or the mouse chooses at once."""

    types = True

    def __init__(
        self, offers: Sequence[Offer], search: Said, *, multiple: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._multiple, self._order = multiple, [offer.code for offer in offers]
        self._rows = _Rows(offers)
        self.line = LargeLine(role="facing_answer")
        self.line.setPlaceholderText(search.spoken())
        self.line.setAccessibleName(search.spoken())
        self.line.textEdited.connect(self._narrow)
        self.line.installEventFilter(self)
        self.view = QListView()
        self.view.setModel(self._rows)
        self.view.setItemDelegate(_Paint(self.view, offers))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays in the line above
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setAccessibleName(search.spoken())
        self.view.clicked.connect(self._pick)
        QScroller.grabGesture(self.view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.line)
        column.addWidget(framed(self.view), 1)
        self.setFocusProxy(self.line)

    def _narrow(self, typed: str) -> None:
        self._rows.narrow(typed)
        if typed.strip() and self._rows.shown:
            self.view.setCurrentIndex(self._rows.index(0))

    def show_cell(self, cell: Cell) -> None:
        self._rows.chosen = cell.selected
        self.view.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_chosen)  # when the rows have their place

    def _pick(self, index: QModelIndex) -> None:
        code = self._rows.shown[index.row()].code
        chosen = self._rows.chosen
        if code in chosen:
            chosen = tuple(other for other in chosen if other != code)
        else:
            chosen = (*chosen, code) if self._multiple else (code,)
        self._rows.chosen = chosen
        self.view.setCurrentIndex(QModelIndex())
        self.view.viewport().update()
        self.answered.emit(tuple(code for code in self._order if code in chosen) or None)

    def enter(self) -> bool:
        """What the ring is on, when it is not chosen yet; then the list is whole again."""
        index = self.view.currentIndex()
        if not index.isValid() or self._rows.shown[index.row()].code in self._rows.chosen:
            return False
        self._pick(index)
        if self.line.text():
            self.line.clear()
            self._rows.narrow("")
        self._show_chosen()
        return True

    def _show_chosen(self) -> None:
        codes = [offer.code for offer in self._rows.shown]
        place = next((codes.index(code) for code in reversed(self._rows.chosen) if code in codes), None)
        if place is not None:
            self.view.scrollTo(self._rows.index(place), QAbstractItemView.ScrollHint.PositionAtCenter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The line hands the keys that move to the rows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self._move(Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

    def _move(self, key: Qt.Key) -> None:
        rows = self._rows.rowCount()
        page = max(self.view.viewport().height() // max(self.view.sizeHintForRow(0), 1) - 1, 1) if rows else 1
        here = self.view.currentIndex().row()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}[key]
        if rows:
            self.view.setCurrentIndex(self._rows.index(max(0, min(here + step, rows - 1))))
