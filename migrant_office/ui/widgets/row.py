"""One row of a list: anchor, name over hint, perhaps a third line with the reason, marks at the right.

The same strokes paint the single row in a card (`ListRow`) and the rows of a long list (`row_list.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, LINE_GAP, MEDIUM, SMALL
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.marks import MarkSpec, mark_size, paint_mark
from migrant_office.ui.widgets.themed import Themed
from migrant_office.ui.widgets.tips import tip

INSET = 12  # a row brings its own side inset, see Card(flush=True)
_MARK_GAP = 14
_BELOW_GAP = 4  # between the words and marks on a line of their own
_TITLE_SHARE = 0.38  # of the width stays with the name, however many marks there are


@dataclass(frozen=True)
class RowSpec:
    """What one row shows. `key` comes back in signals; `found` are (start, length) spans of the title to highlight."""

    key: object
    title: str
    hint: str = ""
    reason: MarkSpec | None = None
    anchor: str = ""
    anchor_icon: str = ""
    anchor_tone: Tone = "hint"
    anchor_plate: bool = False
    marks: tuple[MarkSpec, ...] = ()
    note: str = ""
    found: tuple[tuple[int, int], ...] = ()
    strong: bool = False
    chevron: bool = False
    heading: bool = False
    """A heading between rows: bold title, grey note, cannot be chosen."""

    def spoken(self) -> str:
        """The whole row as one text, for screen readers and tooltips."""
        parts = [self.anchor, " ".join(filter(None, (self.title, self.note))), self.hint]
        parts += [self.reason.text if self.reason else "", *(mark.text for mark in self.marks)]
        return ". ".join(part for part in parts if part)


@dataclass(frozen=True)
class RowStyle:
    """How the rows of one list stand. `columns`: widths in pixels of fixed mark columns at the right, from the left.

    `dense` is for short cards; `anchor` reserves that width for the anchor in every row (0: as each row needs).
    """

    columns: tuple[int, ...] = ()
    dense: bool = False
    anchor: int = 0


def fitting_columns(rows: Iterable[RowSpec]) -> tuple[int, ...]:
    """Widths for `RowStyle.columns`: every column as wide as its widest mark in these rows, so the words get the rest.
    The same number of marks stands in every row that has any.
    """
    scale = theme().metrics.scale / 100
    marks = [[mark_size(mark).width() for mark in row.marks] for row in rows if row.marks]
    return tuple(ceil(max(widths) / scale) + 1 for widths in zip(*marks, strict=False))


def row_height(spec: RowSpec, style: RowStyle) -> int:
    at = theme()
    if spec.heading:
        return painting.line_height(at.font("card")) + 2 * SMALL
    pad = 5 if style.dense else 12
    height = painting.line_height(at.font("body"))
    lines = [spec.hint, spec.reason.text if spec.reason else ""]
    height += sum(painting.line_height(at.font("hint")) + LINE_GAP for line in lines if line)
    floor = at.metrics.px(36) if spec.anchor_plate else 0
    return max(height, floor) + 2 * pad


def paint_row(
    painter: QPainter,
    spec: RowSpec,
    area: QRectF,
    style: RowStyle,
    *,
    chosen: bool = False,
    focused: bool = False,
    hover: bool = False,
    indent: int = 0,
    below: bool = False,
) -> bool:
    """Paint one row, its contents `indent` pixels in (room for the bar); answers whether everything fitted.

    `below` puts the marks on a line of their own under the words, for rows too narrow for both.
    """
    if spec.heading:
        return _paint_heading(painter, spec, area)
    _paint_ground(painter, area, chosen=chosen, focused=focused, hover=hover)
    inner = area.adjusted(INSET + indent, 0, -INSET, 0)
    left = _paint_anchor(painter, spec, inner, style)
    if below:
        tall = theme().metrics.chip
        words = QRectF(left, area.top(), inner.right() - left, area.height() - tall - _BELOW_GAP)
        fits = _paint_marks_below(painter, spec, QRectF(left, area.bottom() - tall - 6, words.width(), tall))
        return _paint_words(painter, spec, words, chosen) and fits
    right, fits = _paint_marks(painter, spec, QRectF(left, area.top(), inner.right() - left, area.height()), style)
    return _paint_words(painter, spec, QRectF(left, area.top(), right - left, area.height()), chosen) and fits


def _paint_heading(painter: QPainter, spec: RowSpec, area: QRectF) -> bool:
    at = theme()
    x = area.left() + INSET
    if spec.anchor_icon:
        side = at.metrics.icon
        icons.paint(painter, spec.anchor_icon, QRectF(x, area.center().y() - side / 2, side, side), at.tokens.text)
        x += side + SMALL
    width = painting.width_of(at.font("card"), spec.title)
    room = QRectF(x, area.top(), min(width, area.right() - x), area.height())
    fits = painting.line(painter, room, spec.title, at.font("card"), at.tokens.text)
    rest = QRectF(room.right() + SMALL, area.top(), area.right() - room.right() - SMALL, area.height())
    return painting.line(painter, rest, spec.note, at.font("hint"), at.tokens.hint) and fits


def _paint_ground(painter: QPainter, area: QRectF, *, chosen: bool, focused: bool, hover: bool) -> None:
    tokens = theme().tokens
    if chosen:
        edge = None if tokens.plates else tokens.blue
        painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.blue_bg, edge=edge, width=2)
        bar = QRectF(area.left() + SMALL, area.top() + SMALL + 2, 4, area.height() - 2 * (SMALL + 2))
        painting.plate(painter, bar, 2, fill=tokens.blue)
    elif hover:
        edge = None if tokens.plates else tokens.edge
        painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.sunken, edge=edge)
    if focused:
        painting.ring(painter, area, CONTROL_RADIUS, tokens.blue)


def anchor_width(spec: RowSpec, style: RowStyle) -> int:
    at = theme()
    if not spec.anchor and not spec.anchor_icon:
        return style.anchor
    if spec.anchor_icon:
        own = at.metrics.icon_large
    else:
        own = painting.width_of(at.font("body_bold"), spec.anchor) + (2 * 9 if spec.anchor_plate else 0)
    return max(own + MEDIUM, at.metrics.px(style.anchor))


def _paint_anchor(painter: QPainter, spec: RowSpec, area: QRectF, style: RowStyle) -> float:
    """Paint the anchor; answers where the words begin."""
    at, width = theme(), anchor_width(spec, style)
    if spec.anchor_icon:
        side = at.metrics.icon_large
        box = QRectF(area.left(), area.center().y() - side / 2, side, side)
        icons.paint(painter, spec.anchor_icon, box, at.tokens.ink(spec.anchor_tone))
    elif spec.anchor:
        font, colour = at.font("body_bold"), at.tokens.text
        room = QRectF(area.left(), area.top(), width - MEDIUM, area.height())
        align = Qt.AlignmentFlag.AlignLeft
        if spec.anchor_plate:
            tall = at.metrics.px(36)
            room = QRectF(area.left(), area.center().y() - tall / 2, width - MEDIUM, tall)
            blue = spec.anchor_tone == "blue"
            edge = None if at.tokens.plates or blue else at.tokens.edge
            painting.plate(painter, room, CONTROL_RADIUS, fill=at.tokens.blue if blue else at.tokens.sunken, edge=edge)
            colour, align = (at.tokens.on_blue if blue else at.tokens.text), Qt.AlignmentFlag.AlignHCenter
        painting.line(painter, room, spec.anchor, font, colour, align)
    return area.left() + width


def _paint_marks(painter: QPainter, spec: RowSpec, area: QRectF, style: RowStyle) -> tuple[float, bool]:
    """Paint the marks from the right; answers where the words must end, and whether nothing was shortened."""
    at, right, fits = theme(), area.right(), True
    if spec.chevron:
        side = at.metrics.icon
        box = QRectF(right - side, area.center().y() - side / 2, side, side)
        icons.paint(painter, "chevron-right", box, at.tokens.hint)
        right -= side + SMALL
    tall = at.metrics.chip
    limit = area.left() + area.width() * _TITLE_SHARE
    for index in range(len(spec.marks) - 1, -1, -1):
        mark = spec.marks[index]
        need = mark_size(mark).width()
        slot = at.metrics.px(style.columns[index]) if index < len(style.columns) else need
        start = max(right - slot, limit)
        box = QRectF(start, area.center().y() - tall / 2, min(need, right - start), tall)
        fits = fits and need <= right - start + 1
        if box.width() >= min(need, tall):
            paint_mark(painter, mark, box)
        right = start - _MARK_GAP
    return right, fits


def _paint_marks_below(painter: QPainter, spec: RowSpec, area: QRectF) -> bool:
    x = area.left()
    for mark in spec.marks:
        room = min(float(mark_size(mark).width()), area.right() - x)
        if room < mark_size(mark).width() and room < area.height() * 2:
            return False
        paint_mark(painter, mark, QRectF(x, area.top(), room, area.height()))
        x += room + _MARK_GAP
    return x - _MARK_GAP <= area.right() + 1


def marks_crowd(spec: RowSpec, style: RowStyle, width: int) -> bool:
    """Whether words and marks need more than `width` pixels beside one another."""
    if not spec.marks or style.columns:
        return False
    at = theme()
    title = painting.width_of(at.font("body_bold"), spec.title) + painting.width_of(at.font("hint"), spec.note)
    words = max(title, painting.width_of(at.font("hint"), spec.hint))
    marks = sum(mark_size(mark).width() + _MARK_GAP for mark in spec.marks)
    chevron = at.metrics.icon + SMALL if spec.chevron else 0
    return anchor_width(spec, style) + words + marks + chevron + 2 * INSET > width


def _paint_words(painter: QPainter, spec: RowSpec, area: QRectF, chosen: bool) -> bool:
    at = theme()
    title_font = at.font("body_bold" if chosen or spec.strong else "body")
    lines = [painting.line_height(title_font)]
    lines += [painting.line_height(at.font("hint")) + LINE_GAP for part in (spec.hint, spec.reason) if part]
    y = area.center().y() - sum(lines) / 2
    fits = _paint_title(painter, spec, QRectF(area.left(), y, area.width(), lines[0]), title_font)
    y += lines[0]
    if spec.hint:
        room = QRectF(area.left(), y, area.width(), lines[1])
        fits = painting.line(painter, room, spec.hint, at.font("hint"), at.tokens.hint) and fits
        y += lines[1]
    if spec.reason:
        room = QRectF(area.left(), y, area.width(), lines[-1])
        paint_mark(painter, spec.reason, room)
        fits = fits and mark_size(spec.reason).width() <= area.width()
    return fits


def _paint_title(painter: QPainter, spec: RowSpec, area: QRectF, font: QFont) -> bool:
    """The title, its found parts bold on a tint, then the grey note."""
    at, x = theme(), area.left()
    bold = QFont(font)
    bold.setBold(True)
    for part, found in _parts(spec.title, spec.found):
        face = bold if found else font
        advance = QFontMetricsF(face).horizontalAdvance(part)
        room = QRectF(x, area.top(), min(advance + 1, area.right() - x), area.height())
        if found:
            edge = None if at.tokens.plates else at.tokens.warn
            painting.plate(painter, room.adjusted(-1, 0, 0, 0), 2, fill=at.tokens.warn_bg, edge=edge)
        painting.line(painter, room, part, face, at.tokens.text)
        x += advance
        if x > area.right() + 1:
            return False
    if not spec.note:
        return True
    rest = QRectF(x + SMALL, area.top() + 1, max(area.right() - x - SMALL, 0), area.height())
    return painting.line(painter, rest, spec.note, at.font("hint"), at.tokens.hint)


def _parts(title: str, found: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """The title cut at the found spans; spans outside or overlapping are tolerated."""
    parts, at = [], 0
    for start, length in sorted(found):
        begin, end = max(start, at), min(start + length, len(title))
        if begin >= end:
            continue
        parts += [(title[at:begin], False), (title[begin:end], True)]
        at = end
    parts.append((title[at:], False))
    return [part for part in parts if part[0]]


class ListRow(Themed, QAbstractButton):
    """One row as a widget, for cards with a handful of rows. `opened` carries the key; Enter, Space and click open.

    `line_above` draws the hairline to the row before. A row that leads nowhere takes `openable=False`.
    """

    opened = Signal(object)

    def __init__(
        self,
        spec: RowSpec,
        style: RowStyle | None = None,
        *,
        line_above: bool = False,
        openable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style, self._line = style or RowStyle(), line_above
        self._openable = openable
        self._fits = True
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if openable else Qt.FocusPolicy.NoFocus)
        if openable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: self.opened.emit(self._spec.key) if self._openable else None)
        self.set_spec(spec)

    def set_spec(self, spec: RowSpec) -> None:
        self._spec = spec
        self.setAccessibleName(spec.spoken())
        self.updateGeometry()
        self.update()

    def spec(self) -> RowSpec:
        return self._spec

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """A line more when the marks have no room beside the words."""
        below = self.metrics_.chip + _BELOW_GAP if marks_crowd(self._spec, self._style, width) else 0
        return row_height(self._spec, self._style) + below

    def sizeHint(self) -> QSize:
        return QSize(self.metrics_.px(320), row_height(self._spec, self._style))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.metrics_.px(160), row_height(self._spec, self._style))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), "" if self._fits else tip(self._spec.spoken()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._line:
            painter.setPen(QColor(self.tokens.line))
            painter.drawLine(QPointF(INSET, 0.5), QPointF(self.width() - INSET, 0.5))
        area = QRectF(self.rect()).adjusted(0, 1 if self._line else 0, 0, 0)
        hover = self._openable and self.underMouse()
        self._fits = paint_row(
            painter,
            self._spec,
            area,
            self._style,
            focused=self.hasFocus(),
            hover=hover,
            below=marks_crowd(self._spec, self._style, self.width()),
        )
