"""One answer as a large tile: number, icon, the words in both languages, and a check when it is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migrant_office.ui.person_mode.pressed import Pressed
from migrant_office.ui.person_mode.speech import Offer
from migrant_office.ui.theme import fonts, icons
from migrant_office.ui.theme.metrics import CHIP_RADIUS, FACING_RADIUS, LINE_GAP, MEDIUM, RING, SMALL
from migrant_office.ui.widgets import painting

_CORNER = 14  # px from the corner of a tile to its number


@dataclass(frozen=True)
class Shape:
    """How tiles are drawn: words of `points`, icons of `icon` px; `row` puts everything side by side."""

    points: float
    icon: int
    row: bool = False


class FacingTile(Pressed):
    """`offer` is the answer it stands for, `number` the key that gives it. The grid decides the `shape` of all."""

    def __init__(self, offer: Offer, number: int, *, checkable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer, self.number = offer, number
        self.shape = Shape(self.metrics_.points("facing_answer"), 0)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAccessibleName(offer.said.spoken())
        self.setAccessibleDescription(str(number))

    def set_shape(self, shape: Shape) -> None:
        self.shape = shape
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    # -- sizes

    def _badge(self) -> int:
        return self.metrics_.px(36)

    def _fonts(self, shape: Shape) -> tuple[QFont, QFont]:
        return fonts.sized("facing_answer_bold", shape.points), fonts.sized("facing_answer", shape.points)

    def _lines(self) -> tuple[str, str]:
        said = self.offer.said
        return said.first, f"{said.other} (es)" if said.borrowed else said.other

    def _words_width(self, shape: Shape, width: int) -> int:
        if not shape.row:
            return width - 2 * MEDIUM
        icon = shape.icon + MEDIUM if shape.icon else 0
        return width - 2 * _CORNER - self._badge() - MEDIUM - icon - self._check() - SMALL

    def _check(self) -> int:
        return self.metrics_.px(26)

    def _words_height(self, shape: Shape, width: int) -> int:
        first, other = self._lines()
        bold, plain = self._fonts(shape)
        gap = LINE_GAP if other else 0
        return painting.wrapped_height(bold, first, width) + gap + painting.wrapped_height(plain, other, width)

    def needs(self, shape: Shape, width: int) -> int:
        """The height it needs in a shape at a width; more than any screen has when a word would be cut."""
        room = self._words_width(shape, width)
        bold, plain = self._fonts(shape)
        first, other = self._lines()
        widest = max(
            [painting.width_of(bold, word) for word in first.split()]
            + [painting.width_of(plain, word) for word in other.split()]
        )
        if widest > room:
            return 10_000
        words = self._words_height(shape, room)
        if shape.row:
            return max(self._badge() + 2 * MEDIUM, shape.icon + 2 * MEDIUM, words + 2 * MEDIUM)
        clear = self._clear()
        if shape.icon:
            return max(self._icon_top(shape, width) + shape.icon + SMALL, clear) + words + MEDIUM
        one_line = max(painting.width_of(bold, first), painting.width_of(plain, other))
        beside = one_line <= width - 2 * (_CORNER + self._badge() + SMALL)
        return words + 2 * MEDIUM if beside else clear + words + MEDIUM

    def _clear(self) -> int:
        """How far down the number reaches."""
        return _CORNER + self._badge() + SMALL

    def _icon_top(self, shape: Shape, width: int) -> int:
        """The highest place of the icon: beside the number, or under it where the tile is narrow."""
        crowded = (width - shape.icon) // 2 < _CORNER + self._badge() + SMALL
        return self._clear() if crowded else _CORNER

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        if self.isChecked():
            painting.plate(painter, self.rect(), FACING_RADIUS, fill=tokens.blue_bg, edge=tokens.blue, width=RING)
        else:
            fill = tokens.sunken if self.isDown() else tokens.surface
            painting.plate(painter, self.rect(), FACING_RADIUS, fill=fill, edge=tokens.edge)
        self._paint_number(painter)
        if self.isChecked():
            side = self._check()
            middle = (self.height() - side) / 2 if self.shape.row else float(_CORNER) + 4
            area = QRectF(self.width() - _CORNER - side, middle, side, side)
            icons.paint(painter, "circle-check-filled", area, tokens.blue)
        if self.shape.row:
            self._paint_row(painter)
        else:
            self._paint_tall(painter)
        self.paint_focus(painter)

    def _paint_number(self, painter: QPainter) -> None:
        tokens, side = self.tokens, self._badge()
        top = (self.height() - side) / 2 if self.shape.row else float(_CORNER)
        frame = QRectF(_CORNER, top, side, side)
        fill = tokens.blue if self.isChecked() else tokens.surface
        painting.plate(painter, frame, CHIP_RADIUS, fill=fill, edge=tokens.blue if self.isChecked() else tokens.edge)
        colour = tokens.on_blue if self.isChecked() else tokens.hint
        font = self.font_of("facing_help_bold")
        painting.line(painter, frame, str(self.number), font, colour, Qt.AlignmentFlag.AlignHCenter)

    def _icon_colour(self) -> str:
        return self.tokens.blue if self.isChecked() else self.tokens.text

    def _paint_tall(self, painter: QPainter) -> None:
        width = self._words_width(self.shape, self.width())
        words, icon = self._words_height(self.shape, width), self.shape.icon
        whole = words + (icon + SMALL if icon else 0)
        top = (self.height() - whole) / 2
        if icon:
            least = max(self._icon_top(self.shape, self.width()), self._clear() - icon - SMALL)
            top = max(min(top, self.height() - MEDIUM - whole), least)
            side = QRectF((self.width() - icon) / 2, top, icon, icon)
            if self.offer.icon:
                icons.paint(painter, self.offer.icon, side, self._icon_colour())
            top += icon + SMALL
        elif self.needs(self.shape, self.width()) > words + 2 * MEDIUM:
            top = max(top, self._clear())
        self._paint_words(painter, QRectF(MEDIUM, top, width, words), Qt.AlignmentFlag.AlignHCenter)

    def _paint_row(self, painter: QPainter) -> None:
        x, icon = float(_CORNER + self._badge() + MEDIUM), self.shape.icon
        if icon:
            if self.offer.icon:
                area = QRectF(x, (self.height() - icon) / 2, icon, icon)
                icons.paint(painter, self.offer.icon, area, self._icon_colour())
            x += icon + MEDIUM
        width = self._words_width(self.shape, self.width())
        words = self._words_height(self.shape, width)
        room = QRectF(x, (self.height() - words) / 2, width, words)
        self._paint_words(painter, room, Qt.AlignmentFlag.AlignLeft)

    def _paint_words(self, painter: QPainter, room: QRectF, align: Qt.AlignmentFlag) -> None:
        first, other = self._lines()
        bold, plain = self._fonts(self.shape)
        painting.wrapped(painter, room, first, bold, self.tokens.text, align)
        if other:
            down = painting.wrapped_height(bold, first, int(room.width())) + LINE_GAP
            below = QRectF(room.x(), room.y() + down, room.width(), room.height() + QFontMetricsF(plain).height())
            painting.wrapped(painter, below, other, plain, self.tokens.text, align)
