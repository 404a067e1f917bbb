"""A repeated group on a page: one block for each person, paper or job, with the ways to add and to take away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Repeat
from migrant_office.ui.theme.metrics import CARD_INSET, LARGE, MEDIUM, SMALL, WIDE
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.card import SunkenPanel, empty
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

Fill = Callable[[QVBoxLayout, str], None]
"""Puts the questions of an instance (its address) into a column."""


class RepeatView(Painted):
    """`add_wanted` carries the address of the repeat, `remove_wanted` that of an instance."""

    add_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(
        self, repeat: Repeat, addr: str, filling: FormFilling, lang: str, fill: Fill, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.repeat, self.addr, self.filling, self.lang, self._fill = repeat, addr, filling, lang, fill
        self.shown: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        self.title = Text(filling.label(addr, lang), "card", wrap=True)
        self.hint = Text(filling.hint(addr, lang), "hint", "hint", wrap=True)
        self.blocks = QVBoxLayout()
        self.blocks.setSpacing(LARGE)
        self.more = Button(self._words(_("Add: {what}")), icon="plus")
        self.more.clicked.connect(lambda: self.add_wanted.emit(self.addr))
        column.addWidget(self.title)
        column.addWidget(self.hint)
        self.hint.setVisible(bool(self.hint.text()))
        column.addLayout(self.blocks)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.sync()

    def _words(self, sentence: str, number: int = 0) -> str:
        what = self.filling.label(self.addr, self.lang)
        return sentence.format(what=f"{what} {number}" if number else what)

    def sync(self) -> bool:
        """Show as many blocks as there are instances now; whether anything had to be made anew."""
        now = self.filling.instances(self.addr)
        self.setVisible(self.filling.relevant(self.addr))
        self.more.setVisible(self.repeat.count is None)
        self.more.setEnabled(self.filling.can_add(self.addr))
        if now == self.shown:
            return False
        stays = len(self.shown) if self.only_grows(now) else 0
        if not stays:
            empty(self.blocks)
        self.shown = now
        for number, instance in enumerate(now[stays:], stays + 1):
            self.blocks.addWidget(self._block(instance, number))
        return True

    def only_grows(self, now: tuple[str, ...]) -> bool:
        """Whether the blocks that are shown stay as they are: a long family is not made anew for each member."""
        return now[: len(self.shown)] == self.shown

    def _block(self, instance: str, number: int) -> QWidget:
        block = SunkenPanel("")
        block.setAccessibleName(self._words("{what}", number))
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(Text(self._words("{what}", number), "body_bold", wrap=True), 1)
        if self.repeat.count is None:
            away = IconButton("trash", self._words(_("Take away: {what}"), number))
            away.clicked.connect(lambda: self.remove_wanted.emit(instance))
            head.addWidget(away)
        block.body.setSpacing(WIDE)
        block.body.setContentsMargins(0, 0, 0, CARD_INSET - LARGE)
        block.body.addLayout(head)
        self._fill(block.body, instance)
        return block
