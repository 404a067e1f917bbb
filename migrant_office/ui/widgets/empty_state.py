"""What a list shows while it has nothing: an icon, one bold sentence, one hint, one way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import PAGE, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted


class EmptyState(Painted):
    """`title` and `hint` say what will appear here, not that there are no data; `action` names the button, if any."""

    clicked = Signal()

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        icon: str = "mood-smile",
        action: str = "",
        action_icon: str = "plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = Text("", "body_bold", wrap=True)
        self._hint = Text("", "hint", "hint", wrap=True)
        self._action = Button(action, icon=action_icon)
        self._action.clicked.connect(self.clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE // 2, PAGE // 2, PAGE // 2, PAGE // 2)
        column.setSpacing(SMALL)
        column.addStretch(1)
        column.addWidget(IconLabel(icon, "hint", size=40), 0, centre)
        for text in (self._title, self._hint):
            text.setAlignment(centre)
            column.addWidget(text)
        column.addWidget(self._action, 0, centre)
        column.addStretch(1)
        self.set_texts(title, hint, action)

    def set_texts(self, title: str, hint: str = "", action: str = "") -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {hint}" if hint else title)
