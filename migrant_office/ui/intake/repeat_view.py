"""A repeated group on a page: one block for each person, paper or job, with the ways to add and to take away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Question, Repeat
from migrant_office.ui.intake.repeat_block import RepeatBlock
from migrant_office.ui.theme.metrics import LARGE, MEDIUM
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

MOST_OPEN = 3  # blocks with their questions on the page: a family of ten would take a second to show
Fill = Callable[[QVBoxLayout, str], None]
"""Puts the questions of an instance (its address) into a column."""


class RepeatView(Painted):
    """`add_wanted` carries the address of the repeat, `remove_wanted` that of an instance; `folded` one whose questions
    go now, `opened` one that somebody opened.
    """

    add_wanted = Signal(str)
    remove_wanted = Signal(str)
    folded = Signal(str)
    opened = Signal(str)

    def __init__(
        self, repeat: Repeat, addr: str, filling: FormFilling, lang: str, fill: Fill, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.repeat, self.addr, self.filling, self.lang, self._fill = repeat, addr, filling, lang, fill
        self.shown: tuple[str, ...] = ()
        self.open: list[str] = []  # oldest first
        self.by_instance: dict[str, RepeatBlock] = {}
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
        if not self.only_grows(now):
            empty(self.blocks)
            self.by_instance, self.open, self.shown = {}, [], ()
        first = not self.shown
        fresh = now[len(self.shown) :]
        for number, instance in enumerate(fresh, len(self.shown) + 1):
            self.by_instance[instance] = self._block(instance, number)
            self.blocks.addWidget(self.by_instance[instance])
        self.shown = now
        for instance in fresh if len(fresh) <= MOST_OPEN else fresh[:1] if first else fresh[-1:]:
            self.unfold(instance)
        return True

    def only_grows(self, now: tuple[str, ...]) -> bool:
        """Whether the blocks that are shown stay as they are: a long family is not made anew for each member."""
        return now[: len(self.shown)] == self.shown

    def unfold(self, instance: str) -> None:
        """Open a block with its questions; the one that was opened longest ago is folded when they get too many."""
        if instance in self.open or instance not in self.by_instance:
            return
        if len(self.open) >= MOST_OPEN:
            oldest = self.open.pop(0)
            self.folded.emit(oldest)
            self.by_instance[oldest].fold(self._told(oldest))
        self.open.append(instance)
        self.by_instance[instance].show_open()
        self._fill(self.by_instance[instance].questions, instance)

    def _told(self, instance: str) -> str:
        """The first two answers of an instance, which say who or what it is."""
        found = [
            words
            for addr in self.filling.questions(instance)
            if (item := self.filling.form.at(addr))
            and isinstance(item, Question)
            and item.takes_answer
            and not item.sensitive
            and self.filling.relevant(addr)
            and (words := self.filling.answer_text(addr, self.lang))
        ]
        return " ".join(found[:2])

    def _block(self, instance: str, number: int) -> RepeatBlock:
        block = RepeatBlock(self._words("{what}", number), removable=self.repeat.count is None, parent=self)
        block.remove_wanted.connect(lambda: self.remove_wanted.emit(instance))
        block.open_wanted.connect(lambda: self._reopen(instance))
        block.fold(self._told(instance))
        return block

    def _reopen(self, instance: str) -> None:
        self.unfold(instance)
        self.opened.emit(instance)
