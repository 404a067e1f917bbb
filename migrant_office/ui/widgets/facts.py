"""What is known about one thing, line by line: icon, grey label, value. For the panel beside a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted


@dataclass(frozen=True)
class Fact:
    """`label` may be empty; then the value stands alone beside its icon."""

    icon: str
    label: str
    value: str


class Facts(Painted):
    def __init__(self, name: str, facts: Sequence[Fact] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(MEDIUM - 2)
        self._rows: list[QWidget] = []
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_row(fact) for fact in facts]
        for row in self._rows:
            self._column.addWidget(row)


def _row(fact: Fact) -> QWidget:
    holder = Painted()
    holder.setAccessibleName(": ".join(part for part in (fact.label, fact.value) if part))
    words = QVBoxLayout()
    words.setSpacing(1)
    if fact.label:
        words.addWidget(Text(fact.label, "hint", "hint", wrap=True))
    words.addWidget(Text(fact.value, "body", wrap=True))
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(MEDIUM)
    row.addWidget(IconLabel(fact.icon, "hint"), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return holder
