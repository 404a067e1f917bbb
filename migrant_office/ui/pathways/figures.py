"""A small table of figures on a card: a bold head, words at the left, numbers at the right of their column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.i18n import translator
from migrant_office.ui.theme.metrics import LARGE, SMALL
from migrant_office.ui.widgets.card import Card, Line
from migrant_office.ui.widgets.text import Text


@dataclass(frozen=True)
class Figures:
    """`rows` are a name and its numbers, as many as `columns`. `empty` is said when there is no row."""

    title: str
    hint: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    empty: str


class FiguresCard(Card):
    """For inside the office: these are exact."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)

    def show_figures(self, told: Figures) -> None:
        self.clear()
        self.set_title(told.title)
        self.add(Text(told.hint if told.rows else told.empty, "hint", "hint", wrap=True))
        if told.rows:
            self.add(table(told.columns, told.rows))
        spoken = (f"{name}: " + ", ".join(map(str, numbers)) for name, numbers in told.rows)
        self.setAccessibleDescription(". ".join(spoken))


def table(columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]]) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, SMALL, 0, 0)
    grid.setHorizontalSpacing(LARGE)
    grid.setVerticalSpacing(SMALL)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
    for column, words in enumerate(columns, 1):
        head = Text(words, "hint_bold", wrap=True)
        head.setAlignment(right)
        grid.addWidget(head, 0, column)
        grid.setColumnStretch(column, 2)
    grid.addWidget(Line(), 1, 0, 1, len(columns) + 1)
    grid.setColumnStretch(0, 4)
    for row, (name, numbers) in enumerate(rows, 2):
        grid.addWidget(Text(name, "body", wrap=True), row, 0)
        for column, number in enumerate(numbers, 1):
            figure = Text(translator().number(number), "body")
            figure.setAlignment(right)
            grid.addWidget(figure, row, column)
    return held
