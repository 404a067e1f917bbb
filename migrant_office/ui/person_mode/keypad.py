"""Ten figures to touch, for machines whose keyboard is out of reach."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from migrant_office.i18n import N_
from migrant_office.ui.person_mode.pressed import Pressed
from migrant_office.ui.person_mode.speech import Said, Speech
from migrant_office.ui.theme.metrics import CARD_RADIUS, SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Painted

_WIDE, _HIGH = 96, 64  # px at 100 %: a key never grows beyond
_LOW = 36  # px: nor gets lower
ERASE = N_("Erase")


class _Key(Pressed):
    """`said` is what stands on it; Tab goes past, because the field beside it takes figures already."""

    def __init__(self, said: Said, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = said
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(said.spoken())

    def restyle(self) -> None:
        self.setMaximumHeight(self.metrics_.px(_HIGH))

    def sizeHint(self) -> QSize:
        bold, plain = self.font_of("hint_bold"), self.font_of("hint")
        words = max(painting.width_of(bold, self._said.first), painting.width_of(plain, self._said.other))
        return QSize(max(self.metrics_.px(_WIDE), words + 2 * SMALL), self.metrics_.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() * 2 // 3, _LOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        fill = tokens.blue_bg if self.isDown() else tokens.surface
        painting.plate(painter, self.rect(), CARD_RADIUS, fill=fill, edge=tokens.blue if self.isDown() else tokens.edge)
        middle = Qt.AlignmentFlag.AlignHCenter
        if len(self._said.first) == 1:
            painting.line(
                painter, self.rect(), self._said.first, self.font_of("facing_answer_bold"), tokens.text, middle
            )
            return
        bold, plain = self.font_of("hint_bold"), self.font_of("hint")
        first, other = QFontMetricsF(bold).height(), QFontMetricsF(plain).height() if self._said.other else 0.0
        top = (self.height() - first - other) / 2
        painting.line(painter, QRectF(0, top, self.width(), first), self._said.first, bold, tokens.text, middle)
        below = QRectF(0, top + first, self.width(), other)
        painting.line(painter, below, self._said.other, plain, tokens.text, middle)


class Keypad(Painted):
    """1 to 9, then `link` ("/" of dates, ":" of hours, "," of decimals, "+" of telephones or none), 0 and erase."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self, link: str, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SMALL + 2)
        for place, letter in enumerate([*"123456789", link, "0"]):
            if letter:
                key = _Key(Said(letter))
                key.clicked.connect(lambda _checked=False, letter=letter: self.typed.emit(letter))
                grid.addWidget(key, place // 3, place % 3)
        self.erase = _Key(speech.say(ERASE))
        self.erase.clicked.connect(self.erased)
        grid.addWidget(self.erase, 3, 2)
        grid.setRowStretch(4, 1)
        for row in range(4):
            grid.setRowStretch(row, 100)
