"""Several answers from a long list: typed into one field, and standing under it as buttons that take them away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.search_combo import SearchCombo
from migrant_office.ui.widgets.themed import Painted


class SearchMany(Painted):
    """`value()` are the codes chosen, in the order of the list. `changed` carries them."""

    changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self._codes: tuple[str, ...] = ()
        self.combo = SearchCombo(choices)
        self.combo.changed.connect(self._take)
        self.combo.problem_changed.connect(self.problem_changed)
        holder = QWidget()
        self._chosen = FlowLayout(holder, gap=SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.combo)
        column.addWidget(holder)
        self._holder = holder
        self.setFocusProxy(self.combo)
        self.set_value(())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.combo.setAccessibleName(name)

    def value(self) -> tuple[str, ...]:
        return self._codes

    def set_value(self, codes: Sequence[str]) -> None:
        """Show what is chosen, without a signal."""
        labels = dict(self._choices)
        order = {code: place for place, code in enumerate(labels)}
        self._codes = tuple(sorted(dict.fromkeys(codes), key=lambda code: order.get(code, len(order))))
        empty(self._chosen)
        for code in self._codes:
            away = Button(labels.get(code, code), icon="x")
            away.setAccessibleName(_("Take away: {what}").format(what=labels.get(code, code)))
            away.clicked.connect(lambda _checked=False, code=code: self._leave(code))
            self._chosen.addWidget(away)
        self._holder.setVisible(bool(self._codes))
        left = [(code, label) for code, label in self._choices if code not in self._codes]
        self.combo.set_choices(left)

    def _take(self, code: str) -> None:
        if code:
            self.set_value((*self._codes, code))
            self.changed.emit(self._codes)

    def _leave(self, code: str) -> None:
        self.set_value(tuple(one for one in self._codes if one != code))
        self.combo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self._codes)
