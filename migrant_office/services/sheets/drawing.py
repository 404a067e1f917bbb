"""The small pictures of a sheet, in black lines: icons, calendar leaf, clock face, QR code, tick box, numbers.

Positions are points from the lower left corner of the page, as reportlab has it; `x, y` is the centre of a picture
unless a name says otherwise.
"""

from __future__ import annotations

from datetime import date, time
from math import cos, pi, sin

from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from migrant_office import icon_paths
from migrant_office.services.sheets import scripts
from migrant_office.services.sheets.calendar_code import Matrix
from migrant_office.services.sheets.scripts import BOLD as BOLD
from migrant_office.services.sheets.scripts import REGULAR as REGULAR
from migrant_office.services.sheets.scripts import register_fonts as register_fonts

GREY = Color(0.93, 0.93, 0.93)  # the one tint, 7 %: behind headings, never behind running text


def draw_icon(canvas: Canvas, name: str, x: float, y: float, size: float) -> None:
    """One Tabler icon in a square of `size` points."""
    canvas.saveState()
    canvas.translate(x - size / 2, y + size / 2)
    canvas.scale(size / icon_paths.BOX, -size / icon_paths.BOX)
    canvas.setLineWidth(1.8)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    steps = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
    for operator, values in icon_paths.operators(name):
        steps[operator](*values)
    filled = icon_paths.is_filled(name)
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=int(not filled), fill=int(filled))
    canvas.restoreState()


def draw_tick_box(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setLineWidth(1.1)
    canvas.rect(x - size / 2, y - size / 2, size, size)


def draw_number(canvas: Canvas, number: int, x: float, y: float, size: float) -> None:
    """A number in a circle."""
    canvas.setLineWidth(1.2)
    canvas.circle(x, y, size * 0.8)
    draw_centred(canvas, str(number), x, y - size * 0.35, BOLD, size)


def draw_centred(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, width: float = 0) -> float:
    """Text centred on `x` with its base line at `y`; shrunk to fit `width` when that is given. Answers the size."""
    room = scripts.width(text, font, size)
    shrunk = min(1, width / room) if width and room else 1
    canvas.setFillColor(black)
    scripts.write(canvas, text, x - room * shrunk / 2, y, font, size * shrunk)
    return size * shrunk


def draw_leaf(canvas: Canvas, day: date, words: tuple[str, str, str], x: float, y: float, unit: float) -> None:
    """A calendar leaf 40 x 29 units: month, the day in large, weekday; `words` are (before, month, weekday)."""
    before, month, weekday = words
    width, height = 40 * unit, 29 * unit
    left, bottom = x - width / 2, y - height / 2
    canvas.setLineWidth(1.4)
    canvas.roundRect(left, bottom, width, height, 2 * unit)
    band = bottom + height - 6.6 * unit
    canvas.line(left, band, left + width, band)
    canvas.setLineWidth(2)
    for ring in (0.25, 0.75):
        canvas.line(left + width * ring, bottom + height - unit, left + width * ring, bottom + height + 1.2 * unit)
    room = width - 3 * unit
    draw_centred(canvas, month, x, band + 2.1 * unit, BOLD, 3.7 * unit, room)
    top = band
    if before:
        draw_centred(canvas, before, x, band - 4 * unit, BOLD, 3.4 * unit, room)
        top = band - 4.8 * unit
    figure = 14.5 * unit if not before else 11 * unit
    foot = bottom + 6 * unit
    draw_centred(canvas, str(day.day), x, (top + foot) / 2 - figure * 0.36, BOLD, figure)
    draw_centred(canvas, weekday, x, bottom + 2.1 * unit, BOLD, 3.7 * unit, room)


def draw_clock(canvas: Canvas, at: time, x: float, y: float, radius: float) -> None:
    """A clock face with both hands."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineWidth(1.4)
    canvas.circle(x, y, radius)
    for mark in range(12):
        _hand(canvas, (x, y), mark / 12, radius * (0.8 if mark % 3 == 0 else 0.88), 1.0, radius * 0.94)
    turn = at.minute / 60
    _hand(canvas, (x, y), (at.hour % 12 + turn) / 12, 0, 2.8, radius * 0.5)
    _hand(canvas, (x, y), turn, 0, 1.8, radius * 0.74)
    canvas.setFillColor(black)
    canvas.circle(x, y, radius * 0.11, stroke=0, fill=1)
    canvas.restoreState()


def _hand(canvas: Canvas, centre: tuple[float, float], turn: float, start: float, width: float, end: float) -> None:
    """A stroke from the middle outwards; `turn` is 0 to 1, clockwise from noon."""
    across, up = sin(2 * pi * turn), cos(2 * pi * turn)
    canvas.setLineWidth(width)
    x, y = centre
    canvas.line(x + across * start, y + up * start, x + across * end, y + up * end)


def draw_qr(canvas: Canvas, matrix: Matrix, x: float, y: float, size: float) -> None:
    """The dark modules as one filled path, runs of a row merged: no hairlines between them when it is printed."""
    module = size / len(matrix)
    path = canvas.beginPath()
    for index, row in enumerate(matrix):
        start = None
        for column, dark in enumerate((*row, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left, bottom = x - size / 2 + start * module, y + size / 2 - (index + 1) * module
                path.rect(left, bottom, (column - start) * module, module)
                start = None
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)
