"""Answers that are written: one very large field, what it was read as, and large keys to touch for figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from migrant_office.i18n import N_, Translator
from migrant_office.models.forms.answers import Cell
from migrant_office.models.forms.form import Question
from migrant_office.ui.person_mode.body import Body
from migrant_office.ui.person_mode.keypad import Keypad
from migrant_office.ui.person_mode.speech import Said, Speech
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, PAGE, Role
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.date_field import read_date
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted, Themed

_TIME = re.compile(r"\s*([01]?\d|2[0-3])\s*[:.,hH ]?\s*([0-5]\d)?\s*\Z")
_PLACE = {"date": N_("day/month/year"), "time": N_("hour:minutes")}
_LINKS = {"date": "/", "time": ":", "text": "+"}
FIGURES = frozenset({"integer", "decimal", "date", "time"})
STAYS = N_("You can go on all the same.")
NOT_A_TIME = N_("Write the hour like 14:30.")
_PASTED = (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)


class LargeLine(Themed, QLineEdit):
    """One line in large letters. Nothing is pasted, dropped or copied: the clipboard may hold another person's data."""

    def __init__(self, *, role: Role = "facing_field", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(self.font_of(self._role))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), painting.line_height(self.font()) + 2 * LARGE)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(event.matches(key) for key in _PASTED):
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.MiddleButton:  # which pastes on X11
            super().mouseReleaseEvent(event)


class LargeText(Themed, QPlainTextEdit):
    """Several lines in large letters; Tab and Ctrl+Enter leave it. As guarded as `LargeLine`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(self.font_of("facing_answer"))

    def canInsertFromMimeData(self, source: object) -> bool:
        return False

    def insertFromMimeData(self, source: object) -> None:
        """Nothing comes in from the clipboard."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        leaves = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CTRL
        if leaves or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif not any(event.matches(key) for key in _PASTED):
            super().keyPressEvent(event)


_CTRL = Qt.KeyboardModifier.ControlModifier


class Told(Painted):
    """Two lines with an icon: what was understood, or what wants another look, in both languages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("check", "ok", size=26)
        self._first = Text("", "facing_help_bold", wrap=True)
        self._other = Text("", "facing_help", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._first)
        words.addWidget(self._other)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def tell(self, said: Said, *, warns: bool) -> None:
        self._icon.set_icon("alert-triangle" if warns else "check", "warn" if warns else "ok")
        self._icon.setVisible(bool(said))
        for text, words in ((self._first, said.first), (self._other, said.other)):
            text.set_tone("warn" if warns else "text")
            text.setText(words)
            text.setVisible(bool(words))
        self.setAccessibleName(said.spoken())


class WrittenAnswer(Body):
    """A text, a figure, a date or an hour. What is not clear is kept as it was typed and told, and stops nobody."""

    types = True

    def __init__(self, question: Question, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._speech = question.kind.value, speech
        self.multiline = self._kind == "text" and "multiline" in question.appearance
        self.field: LargeLine | LargeText = LargeText() if self.multiline else LargeLine()
        self.told = Told()
        self.keypad: Keypad | None = None
        left = QVBoxLayout()
        left.setSpacing(MEDIUM)
        left.addWidget(self.field, 1 if self.multiline else 0)
        left.addWidget(self.told)
        if not self.multiline:
            left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(PAGE)
        row.addLayout(left, 3)
        figures = self._kind in FIGURES or "numbers" in question.appearance
        if figures:
            link = speech.decimal_sign() if self._kind == "decimal" else _LINKS.get(self._kind, "")
            self.keypad = Keypad(link, speech)
            self.keypad.typed.connect(self._type)
            self.keypad.erased.connect(self._erase)
            row.addWidget(self.keypad, 2)
        self.setFocusProxy(self.field)
        self._prepare()

    def _prepare(self) -> None:
        if isinstance(self.field, LargeLine):
            if place := _PLACE.get(self._kind):
                self.field.setPlaceholderText(self._speech.say(place).spoken())
            self.field.textEdited.connect(lambda _text: self._say())
        else:
            self.field.textChanged.connect(self._say)

    def name(self, said: Said) -> None:
        """The question, for whoever hears the field instead of seeing it."""
        self.field.setAccessibleName(said.spoken())

    # writing

    def _type(self, letters: str) -> None:
        if isinstance(self.field, LargeLine):
            self.field.insert(letters)
            self._say()
        self.field.setFocus()

    def _erase(self) -> None:
        if isinstance(self.field, LargeLine):
            self.field.backspace()
            self._say()
        self.field.setFocus()

    def _text(self) -> str:
        return self.field.text() if isinstance(self.field, LargeLine) else self.field.toPlainText()

    def _say(self) -> None:
        self.answered.emit(stored(self._kind, self._text().strip()) or None)

    # showing

    def show_cell(self, cell: Cell) -> None:
        if stored(self._kind, self._text().strip()) != cell.value:
            self._write(shown(self._kind, cell.value, self._speech.decimal_sign()))
        self._tell(cell)

    def _write(self, text: str) -> None:
        if isinstance(self.field, LargeLine):
            self.field.setText(text)
        else:
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(False)

    def _tell(self, cell: Cell) -> None:
        if not cell.value:
            self.told.tell(Said(""), warns=False)
        elif problem := self._problem(cell):
            stays = self._speech.say(STAYS)
            other = f"{problem.other} {stays.other}".strip()
            self.told.tell(Said(f"{problem.first} {stays.first}", other), warns=True)
        else:
            self.told.tell(self._read_as(cell.value), warns=False)

    def _problem(self, cell: Cell) -> Said | None:
        if self._kind == "date" and (sentence := read_date(cell.value).problem):
            return self._speech.say(sentence)
        if self._kind == "time" and not read_time(cell.value):
            return self._speech.say(NOT_A_TIME)
        return self._speech.problem(cell.problem) if cell.problem else None

    def _read_as(self, value: str) -> Said:
        """A date or an hour in words, to be seen by who wrote it."""
        speak: Callable[[Translator], str] | None = None
        if self._kind == "date":
            day = dt.date.fromisoformat(value)
            speak = lambda voice: voice.long_date(day)  # noqa: E731 - chosen by kind
        elif self._kind == "time":
            hour = dt.time.fromisoformat(value)
            speak = lambda voice: voice.spoken_time(hour)  # noqa: E731
        return self._speech.both(speak) if speak else Said("")

    def sizeHint(self) -> QSize:
        return QSize(self.metrics_.px(600), self.metrics_.px(200))


def stored(kind: str, text: str) -> str:
    """A typed text as the form keeps it: ISO dates, hours as HH:MM, a point in decimals; unclear ones as typed."""
    if kind == "date":
        return read_date(text).iso or text
    if kind == "time":
        return read_time(text) or text
    return text.replace(",", ".") if kind == "decimal" else text


def shown(kind: str, value: str, sign: str = ",") -> str:
    """A kept text as people write it: day, month, year; `sign` before the decimals."""
    if kind == "decimal":
        return value.replace(".", sign)
    iso = read_date(value).iso if kind == "date" else ""
    return dt.date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else value


def read_time(text: str) -> str:
    """An hour on 24 as people write it (9:30, 9.30, 930, 9h30, 14) as "HH:MM"; "" when it is not clear."""
    found = _TIME.match(text)
    return f"{int(found.group(1)):02}:{found.group(2) or '00'}" if found else ""
