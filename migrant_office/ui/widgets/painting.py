"""The few strokes all painted widgets are made of."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from migrant_office.ui.theme.metrics import RING


def width_of(font: QFont, text: str) -> int:
    """Pixels a line of text takes, rounded up: what a layout must reserve so that nothing is cut."""
    return int(QFontMetricsF(font).horizontalAdvance(text)) + 2 if text else 0


def line_height(font: QFont) -> int:
    return round(QFontMetricsF(font).height())


def plate(
    painter: QPainter,
    area: QRect | QRectF,
    radius: float,
    *,
    fill: str | None = None,
    edge: str | None = None,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose border lies wholly inside `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))
    if edge:
        pen = QPen(QColor(edge), width)
        if dashed:
            pen.setDashPattern([3.0, 2.5])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    inset = width / 2 if edge else 0.0
    inner = QRectF(area).marginsRemoved(QMarginsF(inset, inset, inset, inset))
    painter.drawRoundedRect(inner, radius - inset, radius - inset)
    painter.restore()


def ring(painter: QPainter, area: QRect | QRectF, radius: float, colour: str) -> None:
    """The focus ring: 2 px in every theme."""
    plate(painter, area, radius, edge=colour, width=RING)


def line(
    painter: QPainter,
    area: QRect | QRectF,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> bool:
    """One line of text, centred in height, shortened with dots when it does not fit; answers whether it fitted."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    room, face = QRectF(area), QFontMetricsF(font)
    fits = face.horizontalAdvance(text) <= room.width() + 1
    shown = text if fits else face.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _one_line(align), shown)
    return fits


@cache
def _one_line(align: Qt.AlignmentFlag) -> int:
    """Kept, because joining Qt's flags in Python takes as long as painting a word."""
    return int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def wrapped_height(font: QFont, text: str, width: int) -> int:
    """The height of a text that wraps in `width` pixels."""
    if not text:
        return 0
    flags = Qt.TextFlag.TextWordWrap
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, max(width, 1), 10_000), int(flags), text).toRect().height()


def wrapped(
    painter: QPainter,
    area: QRect | QRectF,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Text that wraps, from the top of `area`."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(area), int(align | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), text)


def hatching(painter: QPainter, area: QRectF, colour: str, *, gap: float = 6.0, outline: bool = True) -> None:
    """Diagonal lines with an outline: the second series, and what is for internal use."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    clip = QPainterPath()
    clip.addRect(area)
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QColor(colour), 1))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(int(x), int(area.bottom()), int(x + area.height()), int(area.top()))
        x += gap
    painter.restore()
    if outline:
        plate(painter, area, 1, edge=colour, width=1.5)
