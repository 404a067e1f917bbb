"""A label that knows its role and tone, and is never cut: it wraps, or it elides and says the rest in a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import Role
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.themed import Painted, Themed, ink
from migrant_office.ui.widgets.tips import tip


class Text(Themed, QLabel):
    """A text in one of the theme's roles and tones, always plain (names come from people).

    `wrap=True` grows downwards. `elide=True` keeps one line, ends it with dots when room is short and then shows all
    of it in a tooltip. With neither it keeps its full width.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._elide = role, tone, elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        elif wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.restyle()
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._say_rest()

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.restyle()

    def set_role(self, role: Role) -> None:
        self._role = role
        self.restyle()

    def restyle(self) -> None:
        self.setFont(self.font_of(self._role))
        ink(self, self.tokens.ink(self._tone))

    def is_shortened(self) -> bool:
        return self._elide and QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(hint.width(), QFontMetrics(self.font()).averageCharWidth() * 6))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_rest()

    def _say_rest(self) -> None:
        if self._elide:
            self.setToolTip(tip(self.text()) if self.is_shortened() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_shortened():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        room = self.contentsRect()
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)


class IconLabel(Painted):
    """An icon alone. It is decoration beside words, so it has no accessible name unless one is given."""

    def __init__(
        self, name: str, tone: Tone = "hint", *, size: int = 20, spoken: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken)

    def set_icon(self, name: str, tone: Tone | None = None) -> None:
        self._name, self._tone = name, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        side = self.metrics_.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = self.metrics_.px(self._size)
        made = icons.pixmap(
            self._name, side, self.tokens.ink(self._tone), self.devicePixelRatioF(), strong=self._size <= 16
        )
        QPainter(self).drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, made)
