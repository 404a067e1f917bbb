"""Another day for a question, or no day any more."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.follow_up import DropReason
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services import follow_ups
from migrant_office.services.follow_ups import changing
from migrant_office.services.follow_ups.listing import Line
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.follow_ups.follow_list import title
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.text import Text

OFFERED = tuple(reason for reason in DropReason if reason is not DropReason.TOGETHER)


class ChangeDialog(Dialog):
    """A dialog about one question: what it is stands first."""

    def __init__(self, operations: Operations, line: Line, does: str, parent: QWidget | None = None) -> None:
        super().__init__(words.coded(line.question), does, width=600, parent=parent)
        self.operations, self.line = operations, line
        about = "  ·  ".join(part for part in (title(line), line.service) if part)
        self.body.addWidget(Text(about, "hint", "hint", wrap=True))

    def write(self, write: object) -> None:
        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self.refuse)  # type: ignore[arg-type]

    def refuse(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class MoveDialog(ChangeDialog):
    """A day on which nobody works is told, and may be chosen all the same: some offices open then."""

    def __init__(self, operations: Operations, line: Line, proposed: date, parent: QWidget | None = None) -> None:
        super().__init__(operations, line, _("Move it"), parent)
        self.day = DateField()
        self.day.set_value(proposed.isoformat())
        self.field = LabelledField(_("Ask on"), self.day)
        self.body.addWidget(self.field)
        self.day.changed.connect(lambda _iso: self._tell())
        self._tell()
        self.first = self.day

    def _tell(self) -> None:
        day = date.fromisoformat(self.day.value()) if self.day.value() else None
        closed = day is not None and not follow_ups.is_working_day(self.operations.city.country, day)
        hint = _("That day is a weekend or a national holiday.") if closed else self.day.in_words()
        self.field.set_texts(_("Ask on"), hint)

    def agree(self) -> None:
        if not self.day.value():
            self.field.warn(self.day.problem() or _("Choose the day to ask again."))
            self.day.setFocus()
            return
        line, day = self.line, date.fromisoformat(self.day.value())

        def write(office: Office) -> Done:
            return changing.move(office, line.case, line.follow_up, day, referral=line.referral)

        self.write(write)


class DropDialog(ChangeDialog):
    """Nobody asks any more, with the reason."""

    def __init__(self, operations: Operations, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(operations, line, _("Ask no more"), parent)
        self.reason = Answers(
            _("Why does nobody ask any more?"), [AnswerChoice(r.value, _(r.label)) for r in OFFERED], missing=()
        )
        self.note = LineField()
        self.body.addWidget(self.reason)
        self.body.addWidget(LabelledField(_("Note"), self.note, optional=_("optional")))
        self.first = self.reason.tiles[0]

    def written(self) -> bool:
        return bool(self.note.text().strip())

    def agree(self) -> None:
        value = self.reason.value()
        if not isinstance(value, tuple) or not value:
            self.tell_trouble(_("Say why nobody asks any more."))
            self.reason.tiles[0].setFocus()
            return
        line, reason, note = self.line, DropReason(value[0]), self.note.text()

        def write(office: Office) -> Done:
            return changing.drop(office, line.case, line.follow_up, reason, note, referral=line.referral)

        self.write(write)
