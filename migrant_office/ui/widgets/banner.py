"""A banner: tint, icon, what happened and what it means, one or two actions. It never blocks nor moves the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import CARD_RADIUS, LARGE, LINE_GAP, MEDIUM, SMALL
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import Button, Kind
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted

ICONS: dict[Tone, str] = {
    "info": "info-circle",
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-triangle",
    "ask": "lock",
    "neutral": "info-circle",
}


class Banner(Painted):
    """`tone` says how grave, `title` what, `hint` what it means and what remains possible."""

    def __init__(
        self, tone: Tone, title: str, hint: str = "", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = IconLabel(icon or ICONS.get(tone, "info-circle"), tone, size=22)
        self._title = Text("", "body_bold", wrap=True)
        self._hint = Text("", "hint", "hint", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(LINE_GAP)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(LARGE - 2, SMALL, SMALL, SMALL)
        self._row.setSpacing(MEDIUM)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)
        self.setMinimumHeight(self.metrics_.px(56))
        self.set_texts(title, hint)

    def set_texts(self, title: str, hint: str = "") -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{title}. {hint}" if hint else title)

    def set_tone(self, tone: Tone, icon: str = "") -> None:
        self._tone = tone
        self._icon.set_icon(icon or ICONS.get(tone, "info-circle"), tone)
        self.update()

    def add_action(self, text: str, kind: Kind = "secondary") -> Button:
        """One or two at most; connect to its `clicked`."""
        button = Button(text, kind)
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def restyle(self) -> None:
        self.setMinimumHeight(self.metrics_.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = None if self.tokens.plates else self.tokens.ink(self._tone)
        painting.plate(QPainter(self), self.rect(), CARD_RADIUS, fill=self.tokens.ground(self._tone), edge=edge)
