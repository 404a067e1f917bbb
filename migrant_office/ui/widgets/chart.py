"""What all charts share: the finding as title, the measure under it, the same figures as a table, and in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from migrant_office.i18n import translator
from migrant_office.ui.theme.metrics import LINE_GAP, MEDIUM
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted


def figure(value: float) -> str:
    """A figure as the country writes it."""
    return translator().number(value)


class Plot(Painted):
    """The painted part of a chart; `draw` does the work, `height` is what it would like at 100 %."""

    def __init__(self, draw: Callable[[QPainter, QSize], None], height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw, self._height, self._least = draw, height, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_least_width(self, width: int) -> None:
        """The pixels under which its words would be cut."""
        self._least = width
        self.updateGeometry()

    def set_height(self, height: int) -> None:
        self._height = height
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.metrics_.px(280), self.metrics_.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self.metrics_.px(220), self._least), self.metrics_.px(round(self._height * 0.8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, self.size())


class Chart(Painted):
    """A chart: `title` is the finding in a sentence, `measure` what is counted and when.

    `table()` gives the same figures, a heading row first; screens offer it as "View tables". The accessible
    description reads the table out.
    """

    def __init__(self, title: str, measure: str, *, height: int = 220, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._measure = Text("", "question", wrap=True), Text("", "hint", "hint", wrap=True)
        self.plot = Plot(self.draw, height)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LINE_GAP)
        column.addWidget(self._title)
        column.addWidget(self._measure)
        column.addSpacing(MEDIUM)
        column.addWidget(self.plot, 1)
        self.set_texts(title, measure)

    def set_texts(self, title: str, measure: str) -> None:
        self._title.setText(title)
        self._measure.setText(measure)
        self._measure.setVisible(bool(measure))
        self.describe()

    def describe(self) -> None:
        """Say the chart in words; to be called after its figures change."""
        self.setAccessibleName(self._title.text())
        rows = self.table()[1:]
        said = [self._measure.text(), *(": ".join((row[0], ", ".join(row[1:]))) for row in rows)]
        self.setAccessibleDescription(". ".join(part for part in said if part))
        self.plot.update()

    def table(self) -> list[tuple[str, ...]]:
        raise NotImplementedError

    def draw(self, painter: QPainter, size: QSize) -> None:
        raise NotImplementedError


def grid_steps(highest: float) -> Sequence[float]:
    """Round values for at most four grid lines from zero to at least `highest`."""
    if highest <= 0:
        return (0.0, 1.0)
    for base in _powers(highest):
        for factor in (1.0, 2.0, 2.5, 4.0, 5.0):
            step = base * factor
            if step * 3 >= highest:
                count = next(n for n in (1, 2, 3) if step * n >= highest)
                return tuple(step * number for number in range(count + 1))
    return (0.0, highest)


def _powers(highest: float) -> Sequence[float]:
    power = 1.0
    while power * 50 < highest:
        power *= 10
    return (power, power * 10)
