"""Icons painted from their paths; pixmaps are kept by name, size, colour, stroke and pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from migrant_office import icon_paths
from migrant_office.ui.theme.metrics import STROKE, STROKE_STRONG


@cache
def path(name: str) -> QPainterPath:
    """The path of an icon in its 24 x 24 box. Raises KeyError for an unknown name."""
    made = QPainterPath()
    for letter, values in icon_paths.operators(name):
        if letter == "M":
            made.moveTo(QPointF(*values))
        elif letter == "L":
            made.lineTo(QPointF(*values))
        elif letter == "C":
            made.cubicTo(*values)
        else:
            made.closeSubpath()
    made.setFillRule(Qt.FillRule.WindingFill)
    return made


def paint(painter: QPainter, name: str, area: QRectF, colour: str, *, strong: bool = False) -> None:
    """Paint an icon into a square area. `strong` draws the heavier line of small and chosen icons."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    painter.scale(area.width() / icon_paths.BOX, area.height() / icon_paths.BOX)
    if icon_paths.is_filled(name):
        painter.fillPath(path(name), QColor(colour))
    else:
        pen = QPen(QColor(colour), STROKE_STRONG if strong else STROKE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path(name))
    painter.restore()


@lru_cache(maxsize=1024)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0, *, strong: bool = False) -> QPixmap:
    """An icon as a pixmap of `size` logical pixels."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint(painter, name, QRectF(0, 0, size, size), colour, strong=strong)
    painter.end()
    return made


def icon(name: str, size: int, colour: str) -> QIcon:
    """An icon for Qt's own widgets (menus, native buttons), sharp at single and double pixel ratio."""
    made = QIcon(pixmap(name, size, colour))
    made.addPixmap(pixmap(name, size, colour, 2.0))
    return made


def forget() -> None:
    """Drop the kept pixmaps: the colours have changed."""
    pixmap.cache_clear()
