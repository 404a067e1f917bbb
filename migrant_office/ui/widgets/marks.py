"""Chip (a plate: a state that decides something) and mark (icon and word without plate: a fact in a list)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import CHIP_RADIUS, SMALL
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Painted

_INSET = 9
_ICON_GAP = 6


@dataclass(frozen=True)
class MarkSpec:
    """A state as icon, word and tone. `plate` makes it a chip; `strong` writes a mark in bold (chips always are)."""

    text: str
    tone: Tone = "hint"
    icon: str = ""
    plate: bool = False
    strong: bool = False


def mark_font(spec: MarkSpec) -> QFont:
    return theme().font("hint_bold" if spec.plate or spec.strong else "hint")


def mark_size(spec: MarkSpec) -> QSize:
    """The room that shows all of it on one line."""
    icon = theme().metrics.icon_small + _ICON_GAP if spec.icon else 0
    width = icon + painting.width_of(mark_font(spec), spec.text) + (2 * _INSET if spec.plate else 0)
    return QSize(width, theme().metrics.chip)


def paint_mark(painter: QPainter, spec: MarkSpec, area: QRectF, *, wrap: bool = False) -> None:
    """Paint it from the left of `area`; a text with too little room wraps or ends with dots."""
    tokens, metrics = theme().tokens, theme().metrics
    colour = tokens.ink(spec.tone)
    x = area.left()
    if spec.plate:
        fill, edge = (tokens.ground(spec.tone), None) if tokens.plates else (tokens.surface, colour)
        painting.plate(painter, area, CHIP_RADIUS, fill=fill, edge=edge)
        x += _INSET
    if spec.icon:
        side = metrics.icon_small
        icons.paint(painter, spec.icon, QRectF(x, area.center().y() - side / 2, side, side), colour, strong=True)
        x += side + _ICON_GAP
    room = QRectF(x, area.top(), area.right() - x - (_INSET - 2 if spec.plate else 0), area.height())
    if wrap and painting.width_of(mark_font(spec), spec.text) > room.width() + 2:
        height = painting.wrapped_height(mark_font(spec), spec.text, int(room.width()))
        room.setTop(area.center().y() - height / 2)
        painting.wrapped(painter, room, spec.text, mark_font(spec), colour)
    else:
        painting.line(painter, room, spec.text, mark_font(spec), colour)


class _MarkWidget(Painted):
    """Takes its natural width; with less it wraps, for a mark like the safe contact is never shortened."""

    def __init__(self, spec: MarkSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(spec.text)

    def spec(self) -> MarkSpec:
        return self._spec

    def set_spec(self, spec: MarkSpec) -> None:
        self._spec = spec
        self.setAccessibleName(spec.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return mark_size(self._spec)

    def minimumSizeHint(self) -> QSize:
        longest = max(self._spec.text.split() or [""], key=len)
        narrow = MarkSpec(longest, self._spec.tone, self._spec.icon, self._spec.plate, self._spec.strong)
        return QSize(mark_size(narrow).width(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        hint = self.sizeHint()
        if width >= hint.width():
            return hint.height()
        text_width = width - (hint.width() - painting.width_of(mark_font(self._spec), self._spec.text))
        return max(hint.height(), painting.wrapped_height(mark_font(self._spec), self._spec.text, text_width) + SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        tall = min(self.heightForWidth(self.width()), self.height())  # a layout may give more than the plate wants
        area = QRectF(0, (self.height() - tall) / 2, self.width(), tall)
        paint_mark(QPainter(self), self._spec, area, wrap=True)


class Chip(_MarkWidget):
    """A state on a plate, at most four a row, never for what is normal."""

    def __init__(self, text: str, tone: Tone, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(MarkSpec(text, tone, icon, plate=True), parent)


class Mark(_MarkWidget):
    """Icon and word without a plate."""

    def __init__(
        self, text: str, tone: Tone = "hint", icon: str = "", *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(MarkSpec(text, tone, icon, strong=strong), parent)


class Avatar(Painted):
    """The initials of a person in a circle; decoration, so without an accessible name."""

    def __init__(self, initials: str, *, size: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials, self._size = initials, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_initials(self, initials: str) -> None:
        self._initials = initials
        self.update()

    def sizeHint(self) -> QSize:
        side = self.metrics_.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = None if self.tokens.plates else self.tokens.blue
        painting.plate(painter, self.rect(), self.width() / 2, fill=self.tokens.blue_bg, edge=edge)
        centre = Qt.AlignmentFlag.AlignHCenter
        painting.line(painter, self.rect(), self._initials, self.font_of("card"), self.tokens.blue, centre)
