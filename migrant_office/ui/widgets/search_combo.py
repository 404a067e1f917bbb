"""A field that chooses from a long list by typing any part of a name, with or without accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.field import LineField

Index = QModelIndex | QPersistentModelIndex


def folded(text: str) -> str:
    """Lower case without accents: what typing and names are compared by."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


class _Choices(QAbstractListModel):
    """The pairs whose label holds what was typed; those that begin with it first."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, str]] = []
        self.shown: list[tuple[str, str]] = []

    def narrow(self, typed: str) -> None:
        wanted = folded(typed)
        self.beginResetModel()
        hits = [(folded(label).find(wanted), pair) for pair in self.all for label in (pair[1],)]
        self.shown = [pair for _at, pair in sorted((hit for hit in hits if hit[0] >= 0), key=lambda hit: hit[0] > 0)]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole) and index.isValid():
            return self.shown[index.row()][1]
        return None


class SearchCombo(LineField):
    """`value()` is the code chosen, "" when none. A text that names no choice is reported in words and chooses nothing.

    Down, F4 and a click open the list, Enter takes, Esc closes, emptying the field chooses nothing.
    """

    changed = Signal(str)
    problem_changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        value: str = "",
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._model, self._value = _Choices(), ""
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        popup = QListView()
        popup.setObjectName("choices")
        popup.setUniformItemSizes(True)
        completer.setPopup(popup)
        self._popup = popup
        self.setCompleter(completer)
        self.textEdited.connect(self._model.narrow)
        completer.activated.connect(self._take_label)
        self.editingFinished.connect(self._settle)
        self.setTextMargins(0, 0, self.metrics_.icon + MEDIUM, 0)
        self.set_choices(choices, value)

    def set_choices(self, choices: Sequence[tuple[str, str]], value: str = "") -> None:
        """Fill with (code, label) pairs and choose one; emits nothing."""
        self._model.all = list(choices)
        self._model.narrow("")
        self.set_value(value)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        """Choose by code without a signal; an unknown code empties the field."""
        self._value = value if any(code == value for code, _label in self._model.all) else ""
        self.setText(self._label_of(self._value))
        self.setCursorPosition(0)

    def show_all(self) -> None:
        """Open the list with every choice, the present one under the cursor."""
        self._model.narrow("")
        completer = self.completer()
        completer.setCompletionPrefix("")
        completer.complete()
        codes = [code for code, _label in self._model.shown]
        if self._value in codes:
            self._popup.setCurrentIndex(self._model.index(codes.index(self._value)))

    def _label_of(self, value: str) -> str:
        return next((label for code, label in self._model.all if code == value), "")

    def _take_label(self, label: str) -> None:
        self.setText(label)
        self._settle()

    def _settle(self) -> None:
        """What stands in the field becomes the value: an exact label, or the only one that holds it."""
        text = self.text().strip()
        hits = [pair for pair in self._model.all if folded(text) in folded(pair[1])] if text else []
        exact = [pair for pair in hits if folded(pair[1]) == folded(text)]
        found = (exact or hits)[0] if exact or len(hits) == 1 else ("", text)
        if found[0]:
            self.setText(found[1])
            self.setCursorPosition(0)  # the beginning of a long name says more than its end
        unknown = bool(text) and not found[0]
        self.problem_changed.emit(_("That is not in the list yet. Choose one, or leave it empty.") if unknown else "")
        if found[0] != self._value:
            self._value = found[0]
            self.changed.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self._popup.isVisible():
            self.show_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._popup.isVisible() and not self.isReadOnly():
            self.selectAll()
            self.show_all()

    def restyle(self) -> None:
        super().restyle()
        self.setTextMargins(0, 0, self.metrics_.icon + MEDIUM, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self.metrics_.icon
        arrow = icons.pixmap("selector", side, self.tokens.text, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - side - MEDIUM, (self.height() - side) // 2, arrow)
