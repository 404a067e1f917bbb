"""The steps of an intake: a column at the left, each reachable at any time; what can still be completed is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, LINE_GAP, MEDIUM, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import Pressable
from migrant_office.ui.widgets.themed import Painted

State = Literal["todo", "done", "attention"]
_WIDE, _NARROW = 248, 56


@dataclass(frozen=True)
class StepSpec:
    """`hint` names what is still to complete, or how much is answered."""

    key: str
    title: str
    hint: str = ""
    state: State = "todo"


class _Step(Pressable, QAbstractButton):
    def __init__(self, number: int, spec: StepSpec, current: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self.spec, self._current = number, spec, current
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        words = {"done": _("complete"), "attention": _("can be completed"), "todo": ""}[spec.state]
        self.setAccessibleName(f"{number}. {spec.title}")
        self.setAccessibleDescription(". ".join(part for part in (words, spec.hint) if part))

    def set_narrow(self, narrow: bool) -> None:
        """The sign alone; the words are in the tip."""
        self._narrow = narrow
        self.setToolTip("\n".join(part for part in (self.spec.title, self.spec.hint) if part) if narrow else "")
        self.updateGeometry()

    def _title_role(self) -> Literal["body", "body_bold"]:
        return "body_bold" if self._current else "body"

    def _text_left(self) -> int:
        return MEDIUM + self.metrics_.px(24) + MEDIUM

    def _words(self, width: int) -> tuple[int, int]:
        """Heights of title and hint, wrapped."""
        room = width - self._text_left() - MEDIUM
        title = painting.wrapped_height(self.font_of(self._title_role()), self.spec.title, room)
        return title, painting.wrapped_height(self.font_of("hint"), self.spec.hint, room)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._narrow:
            return self.metrics_.px(44)
        return max(sum(self._words(width)) + LINE_GAP + 16, self.metrics_.px(48))

    def sizeHint(self) -> QSize:
        width = self.metrics_.px(248)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.metrics_.px(44 if self._narrow else 150), self.metrics_.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        if self._current:
            edge = tokens.line if tokens.plates else tokens.blue
            painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=tokens.surface, edge=edge)
        elif self.underMouse():
            painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=tokens.sunken)
        self._paint_sign(painter)
        if not self._narrow:
            self._paint_words(painter)
        if self.hasFocus():
            painting.ring(painter, self.rect(), CONTROL_RADIUS, tokens.blue)

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self.tokens
        title, hint = self._words(self.width())
        y = (self.height() - title - hint - (LINE_GAP if hint else 0)) / 2
        room = QRectF(self._text_left(), y, self.width() - self._text_left() - MEDIUM, title + 2)
        quiet = self.spec.state == "todo" and not self._current
        colour = tokens.hint if quiet else tokens.text
        painting.wrapped(painter, room, self.spec.title, self.font_of(self._title_role()), colour)
        room = QRectF(room.left(), y + title + LINE_GAP, room.width(), hint + 2)
        painting.wrapped(painter, room, self.spec.hint, self.font_of("hint"), tokens.hint)

    def _paint_sign(self, painter: QPainter) -> None:
        tokens, side = self.tokens, self.metrics_.px(24)
        left = (self.width() - side) / 2 if self._narrow else MEDIUM
        box = QRectF(left, (self.height() - side) / 2, side, side)
        centre = Qt.AlignmentFlag.AlignHCenter
        if self._current:
            painting.plate(painter, box, side / 2, fill=tokens.blue)
            painting.line(painter, box, str(self._number), self.font_of("hint_bold"), tokens.on_blue, centre)
        elif self.spec.state == "done":
            icons.paint(painter, "circle-check-filled", box, tokens.ok)
        elif self.spec.state == "attention":
            icons.paint(painter, "alert-circle", box, tokens.warn)
        else:
            painting.plate(painter, box, side / 2, edge=tokens.edge)
            painting.line(painter, box, str(self._number), self.font_of("hint_bold"), tokens.hint, centre)


class Steps(Painted):
    """The column. `chosen` carries the key of the step that was asked for; the screen then calls `set_steps`."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TINY)
        self._column.addStretch(1)
        self._steps: list[_Step] = []
        self._narrow = False
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(self.metrics_.px(_NARROW if self._narrow else _WIDE))
        self._keep_height()

    def set_narrow(self, narrow: bool) -> None:
        """A column of numbers, where the questions need the room."""
        if narrow != self._narrow:
            self._narrow = narrow
            for step in self._steps:
                step.set_narrow(narrow)
            self.restyle()

    def set_steps(self, steps: Sequence[StepSpec], current: str) -> None:
        """Show these steps with `current` (a key) as the one in hand; the focus stays where it was."""
        focused = next((step.spec.key for step in self._steps if step.hasFocus()), "")
        before = self._steps
        self._steps = [_Step(number, spec, spec.key == current, self) for number, spec in enumerate(steps, 1)]
        for number, step in enumerate(self._steps):
            step.set_narrow(self._narrow)
            step.clicked.connect(lambda _checked=False, key=step.spec.key: self.chosen.emit(key))
            self._column.insertWidget(number, step)
            if step.spec.key == focused:
                step.show()
                step.setFocus()
        for old in before:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._keep_height()

    def _keep_height(self) -> None:
        """As high as every step needs: whoever holds the column scrolls it instead of squeezing it."""
        heights = [step.heightForWidth(self.width()) for step in self._steps]
        self.setMinimumHeight(sum(heights) + TINY * max(len(heights) - 1, 0))
