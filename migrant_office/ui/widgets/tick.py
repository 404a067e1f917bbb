"""A yes or no to tick: a square of our size with words that wrap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CHIP_RADIUS, SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Themed


class Tick(Themed, QCheckBox):
    """A check box; Qt's `toggled` and `isChecked` work as ever."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def _words(self) -> str:
        return self.text().replace("&&", "&")

    def _left(self) -> int:
        return SMALL // 2 + self.metrics_.icon + SMALL

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = painting.wrapped_height(self.font_of("body"), self._words(), width - self._left() - SMALL)
        return max(words + SMALL, self.metrics_.px(32))

    def sizeHint(self) -> QSize:
        words = painting.width_of(self.font_of("body"), self._words())
        return QSize(self._left() + words + SMALL + 2, self.metrics_.px(32))

    def minimumSizeHint(self) -> QSize:
        longest = max((painting.width_of(self.font_of("body"), word) for word in self._words().split()), default=0)
        return QSize(self._left() + longest + SMALL, self.metrics_.px(32))

    def hitButton(self, pos: object) -> bool:
        return True  # the words answer to a click as well as the square

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        side, words = self.metrics_.icon, self.width() - self._left() - SMALL
        quiet = tokens.text if self.isEnabled() else tokens.hint
        sign = "square-check-filled" if self.isChecked() else "square"
        box = QRectF(SMALL // 2, (self.height() - side) / 2, side, side)
        icons.paint(painter, sign, box, tokens.blue if self.isChecked() and self.isEnabled() else quiet)
        font = self.font_of("body")
        tall = painting.wrapped_height(font, self._words(), words)
        room = QRectF(self._left(), (self.height() - tall) / 2, words + 2, tall + 2)
        painting.wrapped(painter, room, self._words(), font, quiet)
        if self.hasFocus():
            painting.ring(painter, self.rect(), CHIP_RADIUS, tokens.blue)
