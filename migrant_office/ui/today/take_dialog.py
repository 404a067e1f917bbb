"""Take a number: two keys for somebody nobody knows, a few letters more for a person with a case file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Language
from migrant_office.models.queue import Priority, Ticket
from migrant_office.models.vault.operation import Done
from migrant_office.services import queue
from migrant_office.services.queue import Wish
from migrant_office.ui.booking.case_finder import CaseFinder
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.field import Choice, LabelledField
from migrant_office.ui.widgets.tick import Tick


class TakeDialog(Dialog):
    """Nothing is needed: who says nothing waits as "not registered" and tells her name at the desk. `said` carries the
    number in a sentence, `print_wanted` the id of one that is wanted on paper.
    """

    said = Signal(str)
    print_wanted = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(_("Take a number"), _("Give a number"), width=620, parent=parent)
        self.operations = operations
        self.finder = CaseFinder(
            operations,
            label=_("Who is it?"),
            help_text=_("Leave it empty when the person prefers to say it at the desk."),
            optional=_("optional"),
        )
        self.need, self.language, self.priority = Choice(), Choice(), Choice()
        self.interpreter = Tick(_("Needs an interpreter"))
        self.need.set_choices([("", _("Says it at the desk")), *((k.value, _(k.label)) for k in NeedKind)])
        self.language.set_choices([("", _("Spanish, or as in the case file")), *spoken()])
        self.priority.set_choices([("", _("No priority")), *((p.value, _(p.label)) for p in Priority)])
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(MEDIUM)
        first.addWidget(LabelledField(_("Comes for"), self.need), 1)
        first.addWidget(LabelledField(_("Goes first"), self.priority), 1)
        second.addWidget(LabelledField(_("Language"), self.language), 1)
        self.body.addWidget(self.finder)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self.body.addWidget(self.interpreter)
        self.print, self.on_paper = Button(_("Give and print"), icon="printer"), False
        self.print.clicked.connect(self._agree_on_paper)
        self.foot.insertWidget(0, self.print)
        self.first = self.finder.search

    def written(self) -> bool:
        return self.finder.person() is not None

    def _agree_on_paper(self) -> None:
        self.on_paper = True
        self.agree()

    def agree(self) -> None:
        person = self.finder.person()
        if person is None and self.finder.written():
            self.finder.field.warn(_("Choose one of the people found, or leave it empty."))
            self.finder.search.setFocus()
            self.on_paper = False
            return
        wish = Wish(
            case=person.id if person else "",
            need=NeedKind(self.need.value()) if self.need.value() else None,
            language=Language(self.language.value()) if self.language.value() else None,
            interpreter=self.interpreter.isChecked(),
            priority=frozenset({Priority(self.priority.value())} if self.priority.value() else ()),
        )
        for button in (self.primary, self.print):
            button.setEnabled(False)
        self.operations.run(self, lambda office: queue.take(office, wish), self._taken, failed=self._failed)

    def _taken(self, answer: tuple[Done, Ticket]) -> None:
        self.said.emit(_("Number {number}. Say it aloud to the person.").format(number=answer[1].number))
        self.accept()
        if self.on_paper:
            self.print_wanted.emit(answer[1].id)

    def _failed(self, error: UserError) -> None:
        self.on_paper = False
        for button in (self.primary, self.print):
            button.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def spoken() -> list[tuple[str, str]]:
    return [(one.value, _(one.label)) for one in Language if one is not Language.ES]
