"""What somebody wanted to tell: written down once, and opened again only for a reason that is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.restricted import Story
from migrant_office.models.vault.operation import Done
from migrant_office.services import protection
from migrant_office.services.protection import Look
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.field import LabelledField, NoteField
from migrant_office.ui.widgets.text import Text


class TellDialog(Dialog):
    """One text, kept in the compartment."""

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Write down once"), _("Keep it restricted"), width=640, parent=parent)
        self.operations, self.case = operations, case
        self.words = NoteField(lines=8)
        self.body.addWidget(
            LabelledField(
                _("Write down once what the person wanted to tell; do not ask for details"),
                self.words,
                help_text=_("Only those who may open the restricted part read it. Everybody sees that it was told."),
            )
        )
        self.words.textChanged.connect(self._calm)
        self.first = self.words

    def _calm(self) -> None:
        """Whoever goes on writing has seen what stood in the way; Esc asks again before it loses words."""
        if not self.trouble.isHidden():
            self.tell_trouble("")

    def written(self) -> bool:
        return bool(self.words.toPlainText().strip())

    def agree(self) -> None:
        told, case = self.words.toPlainText(), self.case
        self.primary.setEnabled(False)
        self.operations.run(self, lambda office: protection.tell(office, case, told), self._done, failed=self._failed)

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class StoryDialog(Dialog):
    """Asks why, then shows every account of a case with its day. Nothing here can be copied or printed."""

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Already told: do not ask again"), _("Open"), width=640, parent=parent)
        self.operations, self.case = operations, case
        self.told: tuple[Story, ...] | None = None
        self.reason = Answers(
            _("Why do you open it?"), [AnswerChoice(look.value, _(look.label)) for look in Look], missing=()
        )
        self.note = Banner(
            "ask", _("This is written down"), _("The access log keeps who opens it, when and why."), icon="lock"
        )
        self.more = Button(_("Write a correction"))
        self.more.clicked.connect(self._correct)
        self.more.hide()
        self.foot.insertWidget(0, self.more)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.note)
        self.reason.changed.connect(lambda _value: self.tell_trouble(""))
        self.first = self.reason.tiles[0]

    def agree(self) -> None:
        if self.told is not None:
            self.accept()
            return
        value, case = self.reason.value(), self.case
        if not isinstance(value, tuple) or not value:
            self.tell_trouble(_("Say first why you open it."))
            self.reason.tiles[0].setFocus()
            return
        reason = Look(value[0])
        self.primary.setEnabled(False)
        self.operations.ask(
            self, lambda office: protection.read_stories(office, case, reason), self._show, failed=self._failed
        )

    def _show(self, told: tuple[Story, ...]) -> None:
        self.told = told
        self.reason.hide()
        self.note.hide()
        for story in told:
            day = words.capital(translator().long_date(story.made))
            self.body.addWidget(Text(day, "body_bold", wrap=True))
            self.body.addWidget(Text(story.words, "body", wrap=True))
        self.primary.setEnabled(True)
        self.primary.setText(_("Close"))
        self.cancel.hide()
        self.more.show()
        self.primary.setFocus()
        self.fit()

    def _correct(self) -> None:
        dialog = TellDialog(self.operations, self.case, self.parentWidget())
        self.accept()
        dialog.open()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
