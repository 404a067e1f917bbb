"""The side of the window: the program's name, the places with their keys, and at the foot what is saved and who works.

Its width comes from the letters: 232 px at 100 %, more when a place has a long name. `set_compact` leaves the icons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, LARGE, LINE_GAP, MEDIUM, SMALL, TINY
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import Pressable
from migrant_office.ui.widgets.card import Line
from migrant_office.ui.widgets.keys import key_words
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Themed
from migrant_office.ui.widgets.tips import tip


@dataclass(frozen=True)
class Place:
    """`shortcut` in Qt's notation, "Ctrl+1"."""

    key: str
    text: str
    icon: str
    shortcut: str = ""


class _NavigationButton(Pressable, QAbstractButton):
    """An icon, words and a key: a place, or the lock at the foot."""

    def __init__(self, place: Place, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place, self._small, self._compact = place, small, False
        self.setCheckable(not small)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_place(place)

    def set_place(self, place: Place) -> None:
        self.place = place
        self.setAccessibleName(place.text)
        self.setShortcut(QKeySequence(place.shortcut))
        self._tip()
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Answer a key at once: Qt would play a pressed button for a tenth of a second first."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous() and self.isEnabled():
            self.click()
            return True
        return super().event(event)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._tip()
        self.updateGeometry()

    def _tip(self) -> None:
        key = key_words(self.place.shortcut) if self.place.shortcut else ""
        tip = f"{self.place.text} ({key})" if key else self.place.text
        self.setToolTip(tip if self._compact or self._small else "")

    def sizeHint(self) -> QSize:
        icon = self.metrics_.icon if self._small else self.metrics_.icon_large
        if self._compact:
            return QSize(icon + 2 * MEDIUM, self.metrics_.place)
        key = painting.width_of(self.font_of("hint"), key_words(self.place.shortcut))
        if self._small:
            return QSize(icon + SMALL + key + 2 * SMALL, self.metrics_.px(36))
        words = painting.width_of(self.font_of("body_bold"), self.place.text)
        return QSize(LARGE + 2 + icon + SMALL + words + SMALL + key + MEDIUM, self.metrics_.place)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, here = QPainter(self), self.tokens, self.isChecked()
        edge: str | None
        if here:
            edge = tokens.line if tokens.plates else tokens.edge
            painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=tokens.surface, edge=edge)
            painting.plate(painter, QRectF(5, self.height() / 2 - 10, 4, 20), 2, fill=tokens.blue)
        elif self.underMouse():
            edge = None if tokens.plates else tokens.edge
            painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=tokens.sunken, edge=edge)
        side = self.metrics_.icon if self._small else self.metrics_.icon_large
        x = (self.width() - side) / 2 if self._compact else float(SMALL if self._small else LARGE + 2)
        quiet = tokens.hint if self._small else tokens.text
        colour = tokens.blue if here else quiet
        icons.paint(painter, self.place.icon, QRectF(x, (self.height() - side) / 2, side, side), colour, strong=here)
        if not self._compact:
            self._paint_words(painter, x + side + SMALL)
        if self.hasFocus():
            painting.ring(painter, self.rect(), CONTROL_RADIUS, tokens.blue)

    def _paint_words(self, painter: QPainter, x: float) -> None:
        key = key_words(self.place.shortcut)
        width = painting.width_of(self.font_of("hint"), key)
        room = QRectF(self.width() - MEDIUM - width, 0, width + 2, self.height())
        painting.line(painter, room, key, self.font_of("hint"), self.tokens.hint)
        if not self._small:
            font = self.font_of("body_bold" if self.isChecked() else "body")
            room = QRectF(x, 0, room.left() - x - SMALL, self.height())
            painting.line(painter, room, self.place.text, font, self.tokens.text)


class SideNavigation(Themed, QFrame):
    """`chosen` carries the key of a place, `lock_requested` comes from the foot. The keys work in the whole window."""

    chosen = Signal(str)
    lock_requested = Signal()

    def __init__(
        self, title: str, subtitle: str, places: Sequence[Place], *, lock: str = "Ctrl+L", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("plate", "side")
        self.setAccessibleName(title)
        self._title, self._subtitle = Text(title, "body_bold", wrap=True), Text(subtitle, "hint", "hint", wrap=True)
        self._saved_icon = IconLabel("cloud-check", "ok", size=20)
        self._saved, self._network = Text("", "hint"), Text("", "hint", "hint")
        self._user_icon, self._user = IconLabel("user-circle", "text", size=20), Text("", "hint", elide=True)
        self._lock = _NavigationButton(Place("lock", _("Lock"), "lock", lock), small=True)
        self._lock.clicked.connect(self.lock_requested)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, LARGE, MEDIUM, LARGE)
        column.setSpacing(TINY)
        column.addLayout(self._head())
        column.addSpacing(LARGE)
        self._buttons = [_NavigationButton(place, parent=self) for place in places]
        for button in self._buttons:
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, key=button.place.key: self.chosen.emit(key))
            column.addWidget(button)
        column.addStretch(1)
        column.addLayout(self._state())
        column.addSpacing(SMALL)
        column.addWidget(Line())
        column.addLayout(self._foot())
        self.restyle()

    def _head(self) -> QHBoxLayout:
        self._sign = IconLabel("route", "blue", size=24)
        return _beside(self._sign, self._title, self._subtitle)

    def _state(self) -> QHBoxLayout:
        return _beside(self._saved_icon, self._saved, self._network)

    def _foot(self) -> QHBoxLayout:
        row = _beside(self._user_icon, self._user)
        row.addWidget(self._lock)
        return row

    def set_current(self, key: str) -> None:
        for button in self._buttons:
            button.setChecked(button.place.key == key)

    def current(self) -> QWidget | None:
        """The button of the place that is shown."""
        return self._group.checkedButton()

    def set_places(self, places: Sequence[Place]) -> None:
        """The same places in another language."""
        for button, place in zip(self._buttons, places, strict=True):
            button.set_place(place)
        self.restyle()

    def set_titles(self, title: str, subtitle: str) -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.restyle()

    def set_state(self, saved: str, network: str = "", *, icon: str = "cloud-check", tone: Tone = "ok") -> None:
        """The two lines at the foot: what is saved, and since when there is no network."""
        self._saved_icon.set_icon(icon, tone)
        self._saved.setText(saved)
        self._network.setText(network)
        self._network.setVisible(bool(network) and not self._compact)
        self._saved_icon.setToolTip(". ".join(part for part in (saved, network) if part))
        self.restyle()

    def set_user(self, name: str) -> None:
        self._user.setText(name)
        self._user_icon.setToolTip(tip(name))

    _compact = False

    def set_compact(self, compact: bool) -> None:
        """Icons alone with tooltips, for windows under 1280 px."""
        self._compact = compact
        for text in (self._title, self._subtitle, self._saved, self._user):
            text.setVisible(not compact)
        self._network.setVisible(not compact and bool(self._network.text()))
        self._user_icon.setVisible(not compact)
        for button in (*self._buttons, self._lock):
            button.set_compact(compact)
        self.restyle()

    def retranslate(self) -> None:
        self._lock.set_place(Place("lock", _("Lock"), "lock", self._lock.place.shortcut))

    def restyle(self) -> None:
        """As wide as its longest line needs, and at least 232 px at 100 %."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()  # the rows inside keep their old widths otherwise
            need = layout.minimumSize().width() + 1
            self.setFixedWidth(need if self._compact else max(self.metrics_.px(232), need))


def _beside(icon: QWidget, *lines: Text) -> QHBoxLayout:
    """An icon, and lines of words at its right."""
    words = QVBoxLayout()
    words.setSpacing(LINE_GAP)
    for line in lines:
        words.addWidget(line)
    row = QHBoxLayout()
    row.setContentsMargins(SMALL, 0, 0, 0)
    row.setSpacing(SMALL + 2)
    row.addWidget(icon)
    row.addLayout(words, 1)
    row.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
    return row
