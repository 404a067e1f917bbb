"""One answer as a tile: circle or square, words, number. Missing answers are smaller and dashed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, MEDIUM, RING, SMALL, Role
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Themed


class AnswerTile(Themed, QAbstractButton):
    """`code` is the answer it stands for, `number` the key that gives it (0: none), `icon` marks a missing answer."""

    key_pressed = Signal(QKeyEvent)
    focused = Signal()

    def __init__(
        self,
        code: str,
        label: str,
        *,
        number: int = 0,
        multiple: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.code, self.number, self._multiple, self._icon = code, number, multiple, icon
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        self.setText(label)
        self.setAccessibleName(label)
        self.updateGeometry()

    @property
    def missing(self) -> bool:
        return bool(self._icon)

    def _role(self) -> Role:
        if self.missing:
            return "hint_bold" if self.isChecked() else "hint"
        return "body_bold" if self.isChecked() else "body"

    def _widest_role(self) -> Role:
        """Sizes are taken in bold, so that choosing does not move anything."""
        return "hint_bold" if self.missing else "body_bold"

    def _side(self) -> int:
        return self.metrics_.icon_small + 2 if self.missing else self.metrics_.icon

    def _left(self) -> int:
        return MEDIUM + self._side() + (SMALL if self.missing else MEDIUM)

    def _right(self) -> int:
        number = painting.width_of(self.font_of("hint"), str(self.number)) + SMALL if self.number else 0
        return (SMALL if self.missing else MEDIUM) + number

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        floor = self.metrics_.missing_answer if self.missing else self.metrics_.answer
        room = width - self._left() - self._right()
        return max(floor, painting.wrapped_height(self.font_of(self._widest_role()), self.text(), room) + 2 * SMALL)

    def sizeHint(self) -> QSize:
        spare = 1 if self.missing else 4  # all three ways in one row also inside a block
        width = self._left() + painting.width_of(self.font_of(self._widest_role()), self.text()) + self._right() + spare
        return QSize(width, self.metrics_.missing_answer if self.missing else self.metrics_.answer)

    def minimumSizeHint(self) -> QSize:
        longest = max(self.text().split() or [""], key=len)
        width = self._left() + painting.width_of(self.font_of(self._widest_role()), longest) + self._right()
        return QSize(width, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key_pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused.emit()
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        tokens, chosen = self.tokens, self.isChecked()
        quiet = self.missing and not chosen
        colour = tokens.hint if quiet else tokens.text
        side = self._side()
        box = QRectF(MEDIUM, (self.height() - side) / 2, side, side)
        icons.paint(painter, self._sign(), box, tokens.blue if chosen and not self.missing else colour, strong=chosen)
        font = self.font_of(self._role())
        width = self.width() - self._left() - self._right()
        height = painting.wrapped_height(font, self.text(), width)
        room = QRectF(self._left(), (self.height() - height) / 2, width + 2, height + 2)
        painting.wrapped(painter, room, self.text(), font, colour)
        if self.number:
            key = QRectF(0, 0, self.width() - MEDIUM, self.height())
            right = Qt.AlignmentFlag.AlignRight
            painting.line(painter, key, str(self.number % 10), self.font_of("hint"), tokens.hint, right)

    def _sign(self) -> str:
        if self.missing:
            return "check" if self.isChecked() else self._icon
        if self._multiple:
            return "square-check-filled" if self.isChecked() else "square"
        return "circle-dot-filled" if self.isChecked() else "circle"

    def _paint_ground(self, painter: QPainter) -> None:
        tokens, area, chosen = self.tokens, self.rect(), self.isChecked()
        fill = tokens.sunken if self.underMouse() else tokens.surface
        if self.missing:
            if chosen:
                painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.neutral_bg, edge=tokens.hint, width=RING)
            else:
                painting.plate(painter, area, CONTROL_RADIUS, fill=fill, edge=tokens.edge, dashed=True)
        elif chosen:
            painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.blue_bg, edge=tokens.blue, width=RING)
        else:
            painting.plate(painter, area, CONTROL_RADIUS, fill=fill, edge=tokens.edge)
        if self.hasFocus():
            if chosen:  # its border is already the ring's colour and width: a second one inside tells the focus
                area = area.adjusted(3, 3, -3, -3)
                painting.ring(painter, area, CONTROL_RADIUS - 3, tokens.text if self.missing else tokens.blue)
            else:
                painting.ring(painter, area, CONTROL_RADIUS, tokens.blue)
