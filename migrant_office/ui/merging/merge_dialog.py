"""Two case files side by side: whose value counts, field by field, before they are joined."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.vault.operation import Done
from migrant_office.services import merging
from migrant_office.services.merging import Choice, Comparison, Difference, FileTold
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.merging import field_words
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.text import Text


class MergeDialog(Dialog):
    """`joined` carries the id of the case that was kept. `kept` and `other` may be changed about by the officer."""

    joined = Signal(str)

    def __init__(self, operations: Operations, kept: str, other: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Join two case files of one person"), _("Join the case files"), width=760, parent=parent)
        self.operations, self.kept, self.other = operations, kept, other
        self.pair: Comparison | None = None
        self.fields: dict[str, Answers] = {}
        self.about = Text("", "body", wrap=True)
        self.turn = Button(_("Keep the other file"), "link", icon="refresh")
        self.hides = Banner("ask", "")
        self.hides.hide()
        self.asked = QWidget()
        for widget in (self.about, self.turn, self.hides):
            self.body.addWidget(widget)
        self.turn.clicked.connect(self._turn)
        self.primary.setEnabled(False)
        self._read()

    def _read(self) -> None:
        kept, other = self.kept, self.other
        self.operations.ask(
            self, lambda office: merging.compare(office, kept, other), self._show, key="merge", failed=self._failed
        )

    def _turn(self) -> None:
        self.kept, self.other = self.other, self.kept
        self._read()

    def _show(self, pair: Comparison) -> None:
        self.pair = pair
        while self.body.count() > 3:
            item = self.body.takeAt(3)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.about.setText(
            _(
                "{kept} stays, {other} is joined to it and leads to it from now on. Both files remain as they are, and "
                "can be separated on any later day."
            ).format(kept=told(pair.kept), other=told(pair.other))
        )
        self.hides.set_texts(
            _("One of the two is restricted"),
            _("Joined, they are seen only by those who may see restricted cases."),
        )
        self.hides.setVisible(pair.hides)
        heading = _("Whose answer counts?") if pair.differences else _("All answers of the two files agree.")
        self.body.addWidget(Text(heading, "body_bold", wrap=True))
        self.fields = {difference.field: asked(difference) for difference in pair.differences}
        for field in self.fields.values():
            self.body.addWidget(field)
        self.primary.setEnabled(True)
        first = next(iter(self.fields.values()), None)
        self.first = first.tiles[0] if first else self.primary
        self.fit()
        QTimer.singleShot(0, self.first, self.first.setFocus)  # once it is laid out

    def choices(self) -> dict[str, Choice]:
        """What the officer chose, by field."""
        found = {}
        for name, field in self.fields.items():
            value = field.value()
            found[name] = Choice(value[0]) if isinstance(value, tuple) and value else Choice.KEPT
        return found

    def agree(self) -> None:
        if self.pair is None:
            return
        kept, other, choices = self.kept, self.other, self.choices()
        self.primary.setEnabled(False)
        self.operations.run(
            self, lambda office: merging.merge(office, kept, other, choices), self._done, failed=self._failed
        )

    def _done(self, _done: Done) -> None:
        self.joined.emit(self.kept)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(self.pair is not None)
        self.tell_trouble(error.text(translator()))


def told(file: FileTold) -> str:
    """A file by its folio, the name, and how much it holds."""
    name = file.person.name or _("No name noted")
    return f"{file.person.number} ({name}, {field_words.counts(file.counts)})"


def asked(difference: Difference) -> Answers:
    """One field as a question with the two values, and for a set both together."""
    field = difference.field
    choices = [
        AnswerChoice(Choice.KEPT.value, field_words.value(field, difference.kept)),
        AnswerChoice(Choice.OTHER.value, field_words.value(field, difference.other)),
    ]
    if difference.is_set:
        choices.append(AnswerChoice(Choice.BOTH.value, _("Both together")))
    made = Answers(field_words.label(field), choices, missing=())
    made.set_value((difference.proposed.value,))
    return made
