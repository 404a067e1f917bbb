"""What happened, newest first: date, round icon on a line, what, who and how. Notes are not shown here: they open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, LINE_GAP, MEDIUM, SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Painted, Themed


@dataclass(frozen=True)
class EventSpec:
    key: object
    date: str
    icon: str
    title: str
    hint: str = ""


class _Event(Themed, QAbstractButton):
    def __init__(self, spec: EventSpec, first: bool, last: bool, date_width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.spec, self._first, self._last, self._date_width = spec, first, last, date_width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(". ".join(part for part in (spec.date, spec.title, spec.hint) if part))

    def _left(self) -> int:
        return SMALL + self._date_width + SMALL + self.metrics_.px(34) + MEDIUM

    def _words(self, width: int) -> tuple[int, int]:
        room = width - self._left() - SMALL
        title = painting.wrapped_height(self.font_of("body"), self.spec.title, room)
        return title, painting.wrapped_height(self.font_of("hint"), self.spec.hint, room)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(sum(self._words(width)) + LINE_GAP + 2 * SMALL, self.metrics_.px(56))

    def sizeHint(self) -> QSize:
        width = self.metrics_.px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + self.metrics_.px(100), self.metrics_.px(50))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        if self.underMouse():
            painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=tokens.sunken)
        dates = QRectF(SMALL, 0, self._date_width, self.height())
        right = Qt.AlignmentFlag.AlignRight
        painting.line(painter, dates, self.spec.date, self.font_of("hint"), tokens.hint, right)
        self._paint_sign(painter)
        title, hint = self._words(self.width())
        y = (self.height() - title - hint - (LINE_GAP if hint else 0)) / 2
        room = QRectF(self._left(), y, self.width() - self._left() - SMALL, title + 2)
        painting.wrapped(painter, room, self.spec.title, self.font_of("body"), tokens.text)
        room = QRectF(room.left(), y + title + LINE_GAP, room.width(), hint + 2)
        painting.wrapped(painter, room, self.spec.hint, self.font_of("hint"), tokens.hint)
        if self.hasFocus():
            painting.ring(painter, self.rect(), CONTROL_RADIUS, tokens.blue)

    def _paint_sign(self, painter: QPainter) -> None:
        tokens, side = self.tokens, self.metrics_.px(34)
        box = QRectF(SMALL + self._date_width + SMALL, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(QColor(tokens.line if tokens.plates else tokens.edge), 2))
        x = box.center().x()
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, box.top() - 1))
        if not self._last:
            painter.drawLine(QPointF(x, box.bottom() + 1), QPointF(x, self.height()))
        painting.plate(painter, box, side / 2, fill=tokens.sunken, edge=None if tokens.plates else tokens.edge)
        inner = self.metrics_.icon
        where = QRectF(box.center().x() - inner / 2, box.center().y() - inner / 2, inner, inner)
        icons.paint(painter, self.spec.icon, where, tokens.text)


class Timeline(Painted):
    """`opened` carries the key of the event that was pressed."""

    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._events: Sequence[EventSpec] = ()

    def set_events(self, events: Sequence[EventSpec]) -> None:
        self._events = events
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        font = self.font_of("hint")
        width = max((painting.width_of(font, event.date) for event in events), default=0)
        for number, event in enumerate(events):
            shown = _Event(event, number == 0, number == len(events) - 1, width, self)
            shown.clicked.connect(lambda _checked=False, key=event.key: self.opened.emit(key))
            self._column.addWidget(shown)
        self._column.addStretch(1)

    def restyle(self) -> None:
        self.set_events(self._events)  # the column of dates is as wide as its longest date
