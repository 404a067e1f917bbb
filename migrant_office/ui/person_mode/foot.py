"""The foot of the turned screen: the two ways not to answer, back and on; under them three quiet things."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from migrant_office.i18n import N_
from migrant_office.models.missing import Missing
from migrant_office.ui.person_mode.pressed import FacingButton, Pressed
from migrant_office.ui.person_mode.speech import Said, Speech
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.keys import key_words
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

REFUSED, UNKNOWN = N_("I prefer not to answer"), N_("I do not know")
GO_ON, BACK = N_("Go on"), N_("Back")
STAFF = N_("Staff: Esc and passphrase")
NOT_REVIEWED = N_("Translation not reviewed")
OTHER_LANGUAGE = N_("Another language")
PLACE = N_("Question {number} of {count}")
_DOT, _DOT_GAP = 8, 8


class Dots(Painted):
    """One dot for each question of this page: filled behind, blue here, hollow before; a bar where there are many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here, self._count = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_place(self, here: int, count: int, said: Said) -> None:
        self._here, self._count = here, count
        self.setAccessibleName(said.spoken() if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.metrics_.px(80), self.metrics_.px(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._count < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self._count * (_DOT + _DOT_GAP) - _DOT_GAP
        if whole > self.width():
            self._paint_bar(painter)
            return
        x = (self.width() - whole) / 2
        for place in range(self._count):
            self._paint_dot(painter, QRectF(x, (self.height() - _DOT) / 2, _DOT, _DOT), place)
            x += _DOT + _DOT_GAP

    def _paint_dot(self, painter: QPainter, area: QRectF, place: int) -> None:
        tokens = self.tokens
        if place == self._here:
            area = area.adjusted(-2, -2, 2, 2)
        fill = {True: tokens.blue, False: tokens.edge}[place == self._here] if place <= self._here else None
        painting.plate(painter, area, area.width() / 2, fill=fill, edge=None if fill else tokens.edge)

    def _paint_bar(self, painter: QPainter) -> None:
        area = QRectF(0, self.height() / 2 - 3, self.width(), 6)
        painting.plate(painter, area, 3, fill=self.tokens.surface, edge=self.tokens.edge)
        area.setWidth(max(area.width() * (self._here + 1) / self._count, 6))
        painter.setBrush(QColor(self.tokens.blue))
        painting.plate(painter, area, 3, fill=self.tokens.blue)


class QuietButton(Pressed):
    """Small words beside an icon, large enough for a finger: the way out, another language."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._bare = icon, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_bare(self, bare: bool) -> None:
        """The icon alone, where room is short."""
        self._bare = bare
        self.updateGeometry()

    def set_said(self, said: Said, *, both: bool = False) -> None:
        """The words; `both` shows them in both languages, because they are for the person."""
        self.setText(said.spoken() if both else said.first)
        self.setAccessibleName(said.spoken())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = 0 if self._bare else SMALL + painting.width_of(self.font_of("key"), self.text())
        return QSize(self.metrics_.icon_small + words + 2 * SMALL, self.metrics_.px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), self.metrics_.icon_small
        icons.paint(painter, self._icon, QRectF(SMALL, (self.height() - side) / 2, side, side), self.tokens.hint)
        room = QRectF(2 * SMALL + side, 0, self.width() - side - 2 * SMALL, self.height())
        if not self._bare:
            painting.line(painter, room, self.text(), self.font_of("key"), self.tokens.hint)
        if self.hasFocus():
            painting.ring(painter, self.rect(), SMALL, self.tokens.blue)


class Foot(Painted):
    """`missing` carries a Missing, or None when it was taken back."""

    missing = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refuse = FacingButton("hand-stop", key="9", checkable=True)
        self.unknown = FacingButton("help", key="0", checkable=True)
        self.back = FacingButton("arrow-left")
        self.on = FacingButton("arrow-right", primary=True)
        self.staff, self.dots, self.language = QuietButton("lock"), Dots(), QuietButton("language")
        self.unreviewed = Text("", "key", "hint")
        self.refuse.clicked.connect(lambda on: self._say(Missing.REFUSED if on else None))
        self.unknown.clicked.connect(lambda on: self._say(Missing.UNKNOWN if on else None))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(LARGE)
        row.addWidget(self.refuse)
        row.addWidget(self.unknown)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.on)
        below = QHBoxLayout()
        below.setSpacing(MEDIUM)
        below.addWidget(self.staff, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self.dots, 1)
        below.addWidget(self.unreviewed)
        below.addWidget(self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(row)
        column.addLayout(below)

    def _say(self, missing: Missing | None) -> None:
        self.missing.emit(missing)

    def speak(self, speech: Speech, *, digits: bool, enter: str) -> None:
        """The words; the keys 9 and 0 stand there while digits mean answers, `enter` is the key that goes on."""
        self.refuse.set_said(speech.say(REFUSED), "9" if digits else "")
        self.unknown.set_said(speech.say(UNKNOWN), "0" if digits else "")
        self.back.set_said(speech.say(BACK), "")
        self.on.set_said(speech.say(GO_ON), key_words(enter))
        self.staff.set_said(speech.say(STAFF))
        note = speech.say(NOT_REVIEWED) if speech.second == "ht" else Said("")
        self.unreviewed.setText(note.spoken())
        self.unreviewed.setVisible(bool(note))
        self.language.set_said(speech.say(OTHER_LANGUAGE), both=True)
        self._fit()

    def show_missing(self, missing: Missing | None) -> None:
        self.refuse.setChecked(missing is Missing.REFUSED)
        self.unknown.setChecked(missing is Missing.UNKNOWN)

    def offer(self, *, answers: bool, back: bool, on: bool) -> None:
        """Which buttons there are now: a text to read has no answer, the first question nothing behind it."""
        self.refuse.setVisible(answers)
        self.unknown.setVisible(answers)
        self.back.setVisible(back)
        self.on.setVisible(on)
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The largest letters with which all four buttons stand in one row, shown or not: nothing jumps. The keys
        go before anything is cut.
        """
        self.language.set_bare(False)
        quiet = (self.staff, self.dots, self.unreviewed, self.language)
        self.language.set_bare(sum(each.sizeHint().width() for each in quiet) + 4 * MEDIUM > self.width())
        buttons = (self.refuse, self.unknown, self.back, self.on)
        for with_key in (True, False):
            for points in self.metrics_.steps("facing_help"):
                for button in buttons:
                    button.set_size(points, with_key=with_key)
                if sum(button.sizeHint().width() for button in buttons) + 4 * LARGE <= self.width():
                    return
