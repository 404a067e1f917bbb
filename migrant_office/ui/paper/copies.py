"""How many copies: a small number, typed or stepped with the arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QWidget

from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.field import LineField

MOST = 999


class CopiesField(LineField):
    """From 1 to 999; an empty field means one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("1", parent=parent)
        self.setValidator(QIntValidator(1, MOST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(len(str(MOST)))

    def copies(self) -> int:
        text = self.text().strip()
        return min(max(int(text), 1), MOST) if text.isdecimal() else 1

    def restyle(self) -> None:
        super().restyle()
        self.setFixedWidth(painting.width_of(self.font_of("body"), "0000") + self.metrics_.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.setText(str(min(max(self.copies() + step, 1), MOST)))
            self.selectAll()
        else:
            super().keyPressEvent(event)
