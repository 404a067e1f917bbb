"""One step of a form: its questions under one another, groups with a heading, repeated groups as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Group, Kind, Question, Repeat
from migrant_office.ui.intake.files import IntakeFiles
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.intake.repeat_view import RepeatView
from migrant_office.ui.theme.metrics import CARD_INSET, LARGE, WIDE
from migrant_office.ui.widgets.text import Text

Doubt = Callable[[str, str], str]
"""The amber sentence for a question (its address) and what was typed, beyond the form's own rules; "" for none."""


class PageBody(QFrame):
    """`views` holds the questions by address. Signals carry addresses; `answered` also the answer."""

    answered = Signal(str, object)
    focused = Signal(str)
    add_wanted = Signal(str)
    remove_wanted = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        page: Group,
        filling: FormFilling,
        lang: str,
        doubt: Doubt,
        files: IntakeFiles,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.filling, self.lang, self.doubt, self.files = filling, lang, doubt, files
        self.views: dict[str, QuestionView] = {}
        self.repeats: dict[str, RepeatView] = {}
        self.headings: dict[str, Text] = {}
        self.setProperty("plate", "none")
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_INSET, LARGE, CARD_INSET, LARGE)
        column.setSpacing(WIDE)
        if isinstance(page, Repeat):
            self._repeat(column, page, page.addr)
        else:
            self._fill(column, page.children, page.addr if page.path else "")
        column.addStretch(1)

    def _fill(self, column: QVBoxLayout, children: Iterable[Question | Group], prefix: str) -> None:
        for child in children:
            addr = f"{prefix}/{child.name}" if prefix else child.addr
            if isinstance(child, Repeat):
                self._repeat(column, child, addr)
            elif isinstance(child, Group):
                self._heading(column, addr)
                self._fill(column, child.children, addr)
            elif child.kind is not Kind.CALCULATE:
                self._question(column, child, addr)

    def _question(self, column: QVBoxLayout, question: Question, addr: str) -> None:
        view = QuestionView(question, addr, self.filling, self.lang, self.doubt, self.files, self)
        view.answered.connect(self.answered)
        view.focused.connect(self.focused)
        self.views[addr] = view
        column.addWidget(view)

    def _heading(self, column: QVBoxLayout, addr: str) -> None:
        words = self.filling.label(addr, self.lang)
        if words:
            self.headings[addr] = Text(words, "card", wrap=True)
            column.addWidget(self.headings[addr])
            self.headings[addr].setVisible(self.filling.relevant(addr))

    def _repeat(self, column: QVBoxLayout, repeat: Repeat, addr: str) -> None:
        def fill(block: QVBoxLayout, instance: str) -> None:
            self._fill(block, repeat.children, instance)

        view = RepeatView(repeat, addr, self.filling, self.lang, fill, self)
        view.add_wanted.connect(self.add_wanted)
        view.remove_wanted.connect(self.remove_wanted)
        view.folded.connect(lambda instance: self._forget(f"{instance}/"))
        view.opened.connect(self.opened)
        self.repeats[addr] = view
        column.addWidget(view)

    def show_changed(self, changed: Iterable[str], typed: str = "") -> None:
        """Bring the page up to date after an answer; the field at `typed` keeps what stands under the cursor."""
        self.sync()
        for addr in changed:
            if view := self.views.get(addr):
                view.show_cell(keep_typing=addr == typed)
            elif heading := self.headings.get(addr):
                heading.setVisible(self.filling.relevant(addr))

    def sync(self) -> None:
        """Blocks for the instances there are now; views of those that went are forgotten first."""
        for repeat in [view for view in self.repeats.values() if view.addr in self.repeats]:
            if repeat.only_grows(repeat.filling.instances(repeat.addr)):
                repeat.sync()
                continue
            self._forget(f"{repeat.addr}[")
            repeat.sync()

    def reveal(self, addr: str) -> None:
        """Open the block that a question stands in."""
        for repeat in list(self.repeats.values()):
            for instance in repeat.shown:
                if addr.startswith(f"{instance}/"):
                    repeat.unfold(instance)

    def _forget(self, inside: str) -> None:
        """The widgets under an address go: nobody may speak to them any more."""
        for held in (self.views, self.repeats, self.headings):
            for addr in [one for one in held if one.startswith(inside)]:
                del held[addr]
