"""What a finger presses on the turned screen: no hover, no tooltip, and keys that belong to the whole screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from migrant_office.ui.person_mode.speech import Said
from migrant_office.ui.theme import fonts, icons
from migrant_office.ui.theme.metrics import FACING_RADIUS, MEDIUM, RING, SMALL, WIDE
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Themed

_KEY_PAD = 10  # px beside the letter in the frame of a key


class Pressed(Themed, QAbstractButton):
    """Space presses it; every other key goes up to the screen, which knows what 1, 9 and Enter mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paint_focus(self, painter: QPainter, *, strong: bool = False) -> None:
        """A ring inside the border, so that it cannot be taken for a choice; `strong` on a blue ground."""
        if self.hasFocus():
            inner = self.rect().adjusted(4, 4, -4, -4)
            painting.ring(painter, inner, FACING_RADIUS - 4, self.tokens.on_blue if strong else self.tokens.text)


class FacingButton(Pressed):
    """A button of the foot: icon, the words in both languages, and its key in a frame (`key` "" shows none).

    `primary` is the one blue button. A button that can be `checkable` stays pressed, as a missing answer does.
    """

    def __init__(
        self, icon: str, *, key: str = "", primary: bool = False, checkable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._primary = icon, key, primary
        self._said, self._points, self._with_key = Said(""), self.metrics_.points("facing_help"), True
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_said(self, said: Said, key: str) -> None:
        """The words, and the key that stands beside them now."""
        self._said, self._key = said, key
        self.setAccessibleName(said.spoken())
        self.setAccessibleDescription(key)
        self.updateGeometry()
        self.update()

    def set_size(self, points: float, *, with_key: bool = True) -> None:
        """Letters of that size; without its key where room is short."""
        self._points, self._with_key = points, with_key
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        return fonts.sized("facing_help_bold", self._points), fonts.sized("facing_help", self._points)

    def _words_width(self) -> int:
        bold, plain = self._fonts()
        return max(painting.width_of(bold, self._said.first), painting.width_of(plain, self._said.other))

    def _key_width(self) -> int:
        shown = self._key and self._with_key
        return painting.width_of(self.font_of("key"), self._key) + 2 * _KEY_PAD if shown else 0

    def _icon_side(self) -> int:
        return self.metrics_.px(26)

    def sizeHint(self) -> QSize:
        width = WIDE + self._icon_side() + MEDIUM + self._words_width() + WIDE
        if self._key and self._with_key:
            width += self._key_width() + MEDIUM
        bold, plain = self._fonts()
        lines = painting.line_height(bold) + (painting.line_height(plain) if self._said.other else 0)
        return QSize(width, max(lines + 2 * MEDIUM, self.metrics_.px(56)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        pressed = self.isDown()
        if self._primary:
            painting.plate(painter, self.rect(), FACING_RADIUS, fill=tokens.blue_hover if pressed else tokens.blue)
        elif self.isChecked():
            painting.plate(painter, self.rect(), FACING_RADIUS, fill=tokens.neutral_bg, edge=tokens.text, width=RING)
        else:
            fill = tokens.sunken if pressed else tokens.surface
            painting.plate(painter, self.rect(), FACING_RADIUS, fill=fill, edge=tokens.edge)
        colour, side = tokens.on_blue if self._primary else tokens.text, self._icon_side()
        area = QRectF(WIDE, (self.height() - side) / 2, side, side)
        icons.paint(painter, "check" if self.isChecked() else self._icon, area, colour, strong=self.isChecked())
        self._paint_words(painter, QRectF(area.right() + MEDIUM, 0, self._words_width() + 2, self.height()), colour)
        self._paint_key(painter, colour)
        self.paint_focus(painter, strong=self._primary)

    def _paint_words(self, painter: QPainter, room: QRectF, colour: str) -> None:
        bold, plain = self._fonts()
        first, second = QFontMetricsF(bold).height(), QFontMetricsF(plain).height() if self._said.other else 0.0
        top = (self.height() - first - second) / 2
        painting.line(painter, QRectF(room.x(), top, room.width(), first), self._said.first, bold, colour)
        if self._said.other:
            below = QRectF(room.x(), top + first, room.width(), second)
            painting.line(painter, below, self._said.other, plain, colour)

    def _paint_key(self, painter: QPainter, colour: str) -> None:
        if not self._key or not self._with_key:
            return
        width, height = self._key_width(), self.metrics_.px(28)
        frame = QRectF(self.width() - WIDE - width, (self.height() - height) / 2, width, height)
        painting.plate(painter, frame, SMALL - 2, edge=colour)
        painting.line(painter, frame, self._key, self.font_of("key"), colour, Qt.AlignmentFlag.AlignHCenter)
