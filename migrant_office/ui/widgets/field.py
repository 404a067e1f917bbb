"""A field with its label above and its help under; a rule that fails warns in amber and never blocks."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from migrant_office.i18n import _
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, MEDIUM, RING, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import IconButton
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted, Themed
from migrant_office.ui.widgets.tips import tip


class LineField(Themed, QLineEdit):
    """One line of text. `done` comes when the field is left with another text than it was entered with."""

    done = Signal(str)

    def __init__(self, text: str = "", *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = text
        self.setText(text)
        self.setPlaceholderText(placeholder)
        self.restyle()
        self.editingFinished.connect(self._finish)

    def restyle(self) -> None:
        self.setFont(self.font_of("body"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._before = self.text()
        super().focusInEvent(event)

    def _finish(self) -> None:
        if self.text() != self._before:
            self._before = self.text()
            self.done.emit(self.text())


class PassphraseField(LineField):
    """A hidden text with an eye to show it while pressed on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", _("Show what is typed"), parent=self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.setTextMargins(0, 0, self._eye.sizeHint().width(), 0)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if shown else "eye")
        self._eye.set_name(_("Hide what is typed") if shown else _("Show what is typed"))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # a QResizeEvent
        hint = self._eye.sizeHint()
        self._eye.setGeometry(
            self.width() - hint.width() - TINY, (self.height() - hint.height()) // 2, hint.width(), hint.height()
        )


class NoteField(Themed, QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    def __init__(self, text: str = "", *, lines: int = 4, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setPlainText(text)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(self.font_of("body"))
        self.setFixedHeight(painting.line_height(self.font_of("body")) * self._lines + 2 * MEDIUM)


class Choice(Themed, QComboBox):
    """A short list to choose from; for long ones take `SearchCombo`. The wheel does not change it unless focused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view = QListView()  # Qt's own popup reads neither the sheet nor our heights
        view.setObjectName("choices")
        self.setView(view)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_choices(self, choices: list[tuple[str, str]], value: str = "", *, empty: str = "") -> None:
        """Fill with (value, label) pairs; `empty` is what stands there while nothing is chosen."""
        self.clear()
        self.setPlaceholderText(empty)
        for code, label in choices:
            self.addItem(label, code)
        self.setCurrentIndex(self.findData(value))

    def value(self) -> str:
        return str(self.currentData() or "")

    def restyle(self) -> None:
        self.setFont(self.font_of("body"))
        self.setFixedHeight(self.metrics_.control)

    def wheelEvent(self, event: object) -> None:
        if self.hasFocus():
            super().wheelEvent(event)  # type: ignore[arg-type]  # a QWheelEvent
        else:
            cast("QEvent", event).ignore()  # the page scrolls

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        focus, side = self.hasFocus(), self.metrics_.icon
        edge = tokens.blue if focus else tokens.edge
        fill = tokens.surface if self.isEnabled() else tokens.sunken
        painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=fill, edge=edge, width=RING if focus else 1)
        empty = self.currentIndex() < 0
        room = self.rect().adjusted(MEDIUM + 1, 0, -side - MEDIUM - TINY, 0)
        text = self.placeholderText() if empty else self.currentText()
        fits = painting.line(painter, room, text, self.font_of("body"), tokens.hint if empty else tokens.text)
        self.setToolTip("" if fits else tip(text))
        arrow = icons.pixmap("selector", side, tokens.text, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - side - MEDIUM, (self.height() - side) // 2, arrow)


class Checked(Protocol):
    """A field that finds its own faults and says them in words."""

    problem_changed: SignalInstance


class LabelledField(Painted):
    """Label in bold above, the field, help under it, and an amber line when a rule fails.

    A field with a signal `problem_changed(str)` fills the amber line itself. `optional` words stand grey beside the
    label.
    """

    def __init__(
        self, label: str, field: QWidget, *, help_text: str = "", optional: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._label = Text("", "body_bold", wrap=True)
        self._optional = Text("", "hint", "hint")
        self._help = Text("", "hint", "hint", wrap=True)
        self._warning_icon = IconLabel("alert-triangle", "warn", size=16)
        self._warning = Text("", "hint", "warn", wrap=True)
        self._above = QHBoxLayout()
        self._above.setSpacing(MEDIUM)
        self._above.addWidget(self._label, 1)
        self._above.addWidget(self._optional)
        warn = QHBoxLayout()
        warn.setSpacing(TINY + 2)
        warn.addWidget(self._warning_icon, 0, Qt.AlignmentFlag.AlignTop)
        warn.addWidget(self._warning, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        column.addLayout(self._above)
        column.addWidget(field)
        column.addLayout(warn)
        column.addWidget(self._help)
        self._label.setBuddy(field)
        self.setFocusProxy(field)
        self.set_texts(label, help_text, optional)
        self.warn("")
        problem = getattr(field, "problem_changed", None)
        if problem is not None:
            cast("Checked", field).problem_changed.connect(self.warn)

    def set_texts(self, label: str, help_text: str = "", optional: str = "") -> None:
        self._label.setText(label.replace("&", "&&"))
        self.field.setAccessibleName(label)
        self.field.setAccessibleDescription(help_text)
        self._help.setText(help_text)
        self._help.setVisible(bool(help_text))
        self._optional.setText(optional)
        self._optional.setVisible(bool(optional))

    def put_beside(self, widget: QWidget) -> None:
        """Something small at the right of the label."""
        self._above.addWidget(widget)

    def warn(self, text: str) -> None:
        """Show the amber line, or take it away with ""; says also to screen readers what does not agree."""
        self._warning.setText(text)
        self._warning.setVisible(bool(text))
        self._warning_icon.setVisible(bool(text))
        said = ". ".join(part for part in (text, self._help.text()) if part)
        self.field.setAccessibleDescription(said)
        self.field.setProperty("warning", "true" if text else "false")
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def warning(self) -> str:
        return self._warning.text()
