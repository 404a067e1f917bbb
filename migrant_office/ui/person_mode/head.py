"""The question in two columns, as large as it fits: letters shrink in steps, and under the last step it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScroller, QSizePolicy, QVBoxLayout, QWidget

from migrant_office.ui.person_mode.speech import Said
from migrant_office.ui.theme import fonts
from migrant_office.ui.theme.metrics import SMALL, TINY, WIDE, Role
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted

_GAP = WIDE + SMALL  # beside the line between the languages
_HINT, _LEAST_HINT = 0.65, 13  # of the size of the question, points
_SHARE, _MOST = 0.3, 0.55  # of the height there is: what a question takes before it shrinks, and at its smallest


class _Sized(Text):
    """A text whose size is told, and never larger than its role."""

    def __init__(self, role: Role, tone: Tone = "text") -> None:
        self._points = 0.0
        super().__init__("", role, tone, wrap=True)

    def set_points(self, points: float) -> None:
        self._points = points
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        if self._points:
            self.setFont(fonts.sized(self._role, self._points))

    def widest_word(self, points: float) -> int:
        font = fonts.sized(self._role, points)
        return max((painting.width_of(font, word) for word in self.text().split()), default=0)


class Rule(Painted):
    """The quiet line between the languages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.tokens.line)


class _Column(Painted):
    """One language: its name, the question, what stands in for a text nobody has translated, the hint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Text("", "hint_bold", "hint")
        self.question = _Sized("facing_question")
        self.hint = _Sized("facing_help", "hint")
        self.mark, self.why = IconLabel("language", "warn", size=16), Text("", "hint", "warn", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(TINY + 2)
        row.addWidget(self.mark)
        row.addWidget(self.why, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        column.addWidget(self.name)
        column.addWidget(self.question)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addStretch(1)

    def show_texts(self, name: str, question: str, hint: str, why: str) -> None:
        for text, words in ((self.name, name.upper()), (self.question, question), (self.hint, hint), (self.why, why)):
            text.setText(words)
            text.setVisible(bool(words))
        self.mark.setVisible(bool(why))

    def height_at(self, points: float, width: int) -> int:
        """The height it needs with letters of that size; it keeps them."""
        self.question.set_points(points)
        self.hint.set_points(min(self.metrics_.points("facing_help"), max(points * _HINT, _LEAST_HINT)))
        layout = self.layout()
        assert layout is not None  # noqa: S101 - tells the type checker
        layout.invalidate()
        return layout.totalHeightForWidth(width)


class Head(QScrollArea):
    """The question over the whole width. `fit` gives it the room it may take."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.columns = (_Column(), _Column())
        self.rule = Rule()
        inner = QFrame()
        inner.setProperty("plate", "none")
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.columns[0], 1)
        row.addWidget(self.rule)
        row.addWidget(self.columns[1], 1)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_texts(self, names: Said, question: Said, hint: Said, why: Said) -> None:
        """`why` is what marks a column that shows Spanish because nobody has translated it."""
        borrowed = question.borrowed or hint.borrowed
        self.columns[0].show_texts(names.first, question.first, hint.first, "")
        self.columns[1].show_texts(names.other, question.other, hint.other, why.spoken() if borrowed else "")
        for part in (self.columns[1], self.rule):
            part.setVisible(bool(question.other))
        self.setAccessibleName(question.spoken())
        self.setAccessibleDescription(hint.spoken())
        self.verticalScrollBar().setValue(0)

    def _shown(self) -> list[_Column]:
        return [column for column in self.columns if column.question.text()]

    def _height_at(self, points: float, width: int) -> int:
        shown = self._shown()
        each = width if len(shown) < 2 else (width - 2 * _GAP - 1) // 2
        if any(column.question.widest_word(points) > each for column in shown):
            return 10_000
        return max((column.height_at(points, each) for column in shown), default=0)

    def fit(self, room: QSize, *, alone: bool = False) -> None:
        """Take the largest letters that leave the answers most of `room`, or all of it to what stands `alone`; scroll
        only when the smallest do not fit.
        """
        share, most_of = (1.0, 1.0) if alone else (_SHARE, _MOST)
        metrics = self.columns[0].metrics_
        steps = metrics.steps("facing_question")
        fitting = (points for points in steps if self._height_at(points, room.width()) <= room.height() * share)
        points = next(fitting, steps[-1])
        height, most = self._height_at(points, room.width()), int(room.height() * most_of)
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if height > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(min(height, most))
