"""A question in front of a page: title, fields, and two buttons that carry our words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, WIDE
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.text import Text

TITLE = "migrant_office"


class Dialog(QDialog):
    """Cancel at the left of the primary; Ctrl+Return does, Esc leaves. Its window title is the program's name only."""

    def __init__(self, title: str, does: str, *, width: int = 560, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setModal(True)
        self.setMinimumWidth(theme().metrics.px(width))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.primary = Button(does, "primary", shortcut="Ctrl+Return")
        self.primary.clicked.connect(self.agree)
        cancel = Button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(LARGE)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(MEDIUM)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(LARGE)
        column.addWidget(Text(title, "card", wrap=True))
        column.addLayout(self.body)
        column.addStretch(1)
        column.addLayout(self.foot)

    def agree(self) -> None:
        """What the primary does; a dialog that must look first overrides it."""
        self.accept()
