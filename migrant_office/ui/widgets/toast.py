"""The short word of success at the foot of a window: six seconds, longer while the mouse rests on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office.ui.theme.metrics import CARD_RADIUS, LARGE, MEDIUM, PAGE, SMALL
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.banner import ICONS
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted

SHOWN_MS = 6000
_ABOVE = 88  # clear of the row of buttons at the foot of a page


class Toast(Painted):
    """One per window, made once: `say` shows a sentence, a later one takes its place. It never takes the focus."""

    action = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tone: Tone = "ok"
        self._icon = IconLabel("circle-check", "ok")
        self._text = Text("", "body", wrap=True)
        self._action = Button("", "quiet")
        self._action.clicked.connect(self.action)
        self._action.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(LARGE, SMALL, SMALL, SMALL)
        row.setSpacing(MEDIUM)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, action: str = "", tone: Tone = "ok") -> None:
        """Show `text`, with a quiet button when `action` names one, and read it to screen readers."""
        self._tone = tone
        self._icon.set_icon(ICONS.get(tone, "info-circle"), tone)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        window = self._window
        words = painting.width_of(self.font_of("body"), self._text.text())
        beside = self._icon.sizeHint().width() + LARGE + SMALL + 2 * MEDIUM + 4
        if not self._action.isHidden():
            beside += self._action.sizeHint().width()
        width = min(words + beside, window.width() - 2 * PAGE)
        height = max(self.heightForWidth(width), self.metrics_.px(52))
        self.setGeometry((window.width() - width) // 2, window.height() - height - _ABOVE, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self.tokens.ink(self._tone)
        painting.plate(QPainter(self), self.rect(), CARD_RADIUS, fill=self.tokens.ground(self._tone), edge=ink)
