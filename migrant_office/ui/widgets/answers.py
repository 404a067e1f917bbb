"""A question with its answers as tiles: two a row, number keys, and under them the three ways to have no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import N_, _
from migrant_office.models.missing import Missing
from migrant_office.ui.theme.metrics import MEDIUM, SMALL
from migrant_office.ui.widgets.answer_tile import AnswerTile
from migrant_office.ui.widgets.button import IconButton
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MISSING: dict[Missing, tuple[str, str]] = {
    Missing.REFUSED: (N_("Prefers not to answer"), "hand-stop"),
    Missing.UNKNOWN: (N_("Does not know"), "help"),
    Missing.NOT_ASKED: (N_("Was not asked"), "circle-dashed"),
}
"""Words and icon of each, in the order in which they stand under every question."""


@dataclass(frozen=True)
class AnswerChoice:
    code: str
    label: str


class OneStop:
    """Of several tiles Tab reaches one, arrows the others: the one last in focus, else the chosen one, else the first.

    A question of sixteen needs would cost nineteen Tabs otherwise.
    """

    def __init__(self, tiles: Sequence[AnswerTile]) -> None:
        self.tiles = list(tiles)
        for tile in self.tiles:
            tile.focused.connect(lambda tile=tile: self._put(tile))
        self.choose()

    def choose(self) -> None:
        """Another answer is shown: the stop goes to it, unless somebody stands in the question."""
        if self.tiles and not any(tile.hasFocus() for tile in self.tiles):
            self._put(self.entrance())

    def entrance(self) -> AnswerTile:
        """Where somebody should come in."""
        return next((tile for tile in self.tiles if tile.isChecked()), self.tiles[0])

    def _put(self, stop: AnswerTile) -> None:
        for tile in self.tiles:
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile is stop else Qt.FocusPolicy.ClickFocus)


class MissingAnswers(Painted):
    """The three dashed tiles. `chosen` carries the Missing, or None when it was taken back.

    Also stands under a text or a date, which have no tiles of their own.
    """

    chosen = Signal(object)

    def __init__(
        self, offered: Sequence[Missing] = tuple(MISSING), *, alone: bool = True, parent: QWidget | None = None
    ) -> None:
        """`alone`: no tiles of a question above them, so they hear Enter and the arrows themselves."""
        super().__init__(parent)
        flow = FlowLayout(self, gap=SMALL, fill=True)
        self.tiles = [AnswerTile(way.value, _(MISSING[way][0]), icon=MISSING[way][1]) for way in offered]
        for tile in self.tiles:
            flow.addWidget(tile)
            tile.clicked.connect(lambda checked, tile=tile: self._choose(tile if checked else None))
            if alone:
                tile.key_pressed.connect(self._key)
        self._stop = OneStop(self.tiles if alone else ())

    def _key(self, event: QKeyEvent) -> None:
        here = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), 0)
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None:
            self.tiles[max(0, min(here + by, len(self.tiles) - 1))].setFocus()
            event.accept()
        elif event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tiles[here].click()
            event.accept()

    def value(self) -> Missing | None:
        return next((Missing(tile.code) for tile in self.tiles if tile.isChecked()), None)

    def set_value(self, value: Missing | None) -> None:
        for tile in self.tiles:
            tile.setChecked(tile.code == value)
            tile.updateGeometry()
        self._stop.choose()

    def retranslate(self) -> None:
        for tile in self.tiles:
            tile.set_label(_(MISSING[Missing(tile.code)][0]))

    def _choose(self, chosen: AnswerTile | None) -> None:
        self.set_value(Missing(chosen.code) if chosen else None)
        self.chosen.emit(self.value())


class Answers(Painted):
    """One question. `value()` is a tuple of codes in the order of the tiles, or a Missing; () is not yet answered.

    Tab comes in once; 1 to 9 and 0 answer while the focus is inside, arrows move, Space and Enter choose; choosing
    again takes back.
    `changed` carries the new value. `help_clicked` comes from the small i beside the question.
    """

    changed = Signal(object)
    help_clicked = Signal()
    focused = Signal()

    def __init__(
        self,
        question: str,
        choices: Sequence[AnswerChoice],
        *,
        multiple: bool = False,
        hint: str = "",
        missing: Sequence[Missing] = tuple(MISSING),
        with_help: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._multiple, self._columns = multiple, 2
        self._question, self._hint = Text("", "question", wrap=True), Text("", "hint", "hint", wrap=True)
        self._help = IconButton("info-circle", _("Why this is asked"))
        self._help.setVisible(with_help)
        self._help.clicked.connect(self.help_clicked)
        self.tiles = [
            AnswerTile(choice.code, choice.label, number=number if number <= 10 else 0, multiple=multiple)
            for number, choice in enumerate(choices, 1)
        ]
        self._missing = MissingAnswers(missing, alone=False, parent=self)  # shown before: it must be no window
        self._missing.setVisible(bool(missing))
        self._lay_out()
        self._missing.chosen.connect(self._say_missing)
        for tile in (*self.tiles, *self._missing.tiles):
            tile.key_pressed.connect(self._key)
            tile.focused.connect(self.focused)
        for tile in self.tiles:
            tile.clicked.connect(lambda _checked, tile=tile: self._picked(tile))
        self._stop = OneStop([*self.tiles, *self._missing.tiles])
        self.set_texts(question, hint)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._question, 1)
        head.addWidget(self._help, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._grid = FlowLayout(holder, gap=SMALL + 2, columns=self._columns)
        for tile in self.tiles:
            self._grid.addWidget(tile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(holder)
        column.addWidget(self._missing)
        column.addStretch(1)

    def set_texts(self, question: str, hint: str = "", labels: Sequence[str] = ()) -> None:
        """Question, hint and, in another language, the labels of the tiles in their order."""
        self._question.setText(question)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(question)
        self.setAccessibleDescription(hint)
        for tile, label in zip(self.tiles, labels, strict=False):
            tile.set_label(label)

    def value(self) -> tuple[str, ...] | Missing:
        return self._missing.value() or tuple(tile.code for tile in self.tiles if tile.isChecked())

    def set_value(self, value: Sequence[str] | Missing) -> None:
        """Show an answer without a signal."""
        missing = isinstance(value, Missing)
        self._missing.set_value(value if isinstance(value, Missing) else None)
        for tile in self.tiles:
            tile.setChecked(not missing and tile.code in value)
        self._stop.choose()

    def retranslate(self) -> None:
        self._help.set_name(_("Why this is asked"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = max((tile.minimumSizeHint().width() for tile in self.tiles), default=0)
        self._columns = 2 if self.width() >= max(2 * needed + MEDIUM, self.metrics_.px(340)) else 1
        self._grid.set_columns(self._columns)

    # -- answering

    def _picked(self, tile: AnswerTile) -> None:
        self._missing.set_value(None)
        if not self._multiple:
            for other in self.tiles:
                other.setChecked(other is tile and tile.isChecked())
        self.changed.emit(self.value())

    def _say_missing(self, missing: Missing | None) -> None:
        if missing is not None:
            for tile in self.tiles:
                tile.setChecked(False)
        self.changed.emit(self.value())

    def _key(self, event: QKeyEvent) -> None:
        every = [*self.tiles, *(tile for tile in self._missing.tiles if not self._missing.isHidden())]
        here = next((number for number, tile in enumerate(every) if tile.hasFocus()), 0)
        key, digit = event.key(), event.text()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns if here < len(self.tiles) else -1,
            Qt.Key.Key_Down: self._columns if here < len(self.tiles) else 1,
        }
        if key in steps:
            every[max(0, min(here + steps[Qt.Key(key)], len(every) - 1))].setFocus()
            event.accept()
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            every[here].click()
            event.accept()
        elif digit.isdigit() and len(digit) == 1:
            wanted = int(digit) or 10
            for tile in self.tiles:
                if tile.number == wanted:
                    tile.setFocus()
                    tile.click()
                    event.accept()
