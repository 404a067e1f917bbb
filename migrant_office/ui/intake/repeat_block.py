"""One block of a repeated group: open with its questions, or folded into a line that says who or what it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import CARD_INSET, LARGE, SMALL, WIDE
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.card import SunkenPanel, empty
from migrant_office.ui.widgets.text import Text


class RepeatBlock(SunkenPanel):
    """`questions` is the column for whoever fills it. A folded block costs next to nothing, however long its form."""

    open_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, title: str, *, removable: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title = title
        self.setAccessibleName(title)
        self.name = Text(title, "body_bold", wrap=True)
        self.unfold = Button("", "quiet", icon="chevron-down")
        self.unfold.clicked.connect(self.open_wanted)
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self.name, 1)
        head.addWidget(self.unfold, 1, Qt.AlignmentFlag.AlignLeft)
        if removable:
            away = IconButton("trash", _("Take away: {what}").format(what=title))
            away.clicked.connect(self.remove_wanted)
            head.addWidget(away)
        self.questions = QVBoxLayout()
        self.questions.setSpacing(WIDE)
        self.body.setSpacing(WIDE)
        self.body.setContentsMargins(0, 0, 0, CARD_INSET - LARGE)
        self.body.addLayout(head)
        self.body.addLayout(self.questions)
        self.show_open()

    def show_open(self) -> None:
        self.name.show()
        self.unfold.hide()

    def fold(self, told: str) -> None:
        """Take the questions away; `told` says in words what was answered."""
        empty(self.questions)
        self.unfold.setText("  ·  ".join(part for part in (self.title, told) if part))
        self.name.hide()
        self.unfold.show()
