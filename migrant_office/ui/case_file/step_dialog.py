"""What was heard about a referral: state, outcome, and the day to ask again."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.referral import NEXT, DropOut, Outcome, State
from migrant_office.models.vault.operation import Done
from migrant_office.services import pathways
from migrant_office.services.referrals import Heard
from migrant_office.ui.case_file.next_question import NextQuestion
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.marks import Chip, MarkSpec

OFFERED = (
    State.ACCEPTED,
    State.IN_PROGRESS,
    State.ON_HOLD,
    State.REQUESTED,
    State.COMPLETED,
    State.REJECTED,
    State.FAILED,
    State.CANCELLED,
)
ASK_AGAIN_DAYS = 15


class StepDialog(Dialog):
    """Writes one step. Fields that the answer does not need are not shown. `contact` is the rule for asking her."""

    def __init__(
        self,
        operations: Operations,
        case: str,
        followed: FollowedReferral,
        service: str,
        parent: QWidget | None = None,
        *,
        contact: MarkSpec | None = None,
    ) -> None:
        super().__init__(
            _("What was heard: {service}").format(service=service), _("Save the follow-up"), width=640, parent=parent
        )
        self.operations, self.case, self.followed = operations, case, followed
        following = NEXT.get(followed.state, OFFERED)
        states = [s for s in OFFERED if s in following or (s is followed.state and not s.is_closed)]
        self.state = Answers(_("How does it stand?"), [AnswerChoice(s.value, _(s.label)) for s in states], missing=())
        self.outcome, self.reason = Choice(), Choice()
        self.outcome.set_choices([(o.value, _(o.label)) for o in Outcome], empty=_("Not known yet"))
        self.reason.set_choices([(r.value, _(r.label)) for r in DropOut], empty=_("Choose why"))
        self.due, self.note = DateField(), LineField()
        self.outcome_field = LabelledField(_("What came of it"), self.outcome)
        self.reason_field = LabelledField(_("Why it was not finished"), self.reason)
        self.due_field = LabelledField(_("Ask again on"), self.due)
        self.next = NextQuestion(operations, case)
        if contact:
            self.body.addWidget(Chip(contact.text, contact.tone, contact.icon))
        for widget in (
            self.state,
            self.outcome_field,
            self.reason_field,
            self.next,
            self.due_field,
            LabelledField(_("Note"), self.note, optional=_("optional")),
        ):
            self.body.addWidget(widget)
        self.state.changed.connect(lambda _value: self._fit())
        self.outcome.currentIndexChanged.connect(lambda _index: self._fit())
        self.due.set_value((clock.today() + timedelta(days=ASK_AGAIN_DAYS)).isoformat())
        self._fit()
        self.first = self.state.tiles[0] if self.state.tiles else self.note

    def _chosen(self) -> State | None:
        value = self.state.value()
        return State(value[0]) if isinstance(value, tuple) and value else None

    def _fit(self) -> None:
        self.tell_trouble("")
        self.reason_field.warn("")
        state, outcome = self._chosen(), self.outcome.value()
        self.outcome_field.setVisible(state is State.COMPLETED)
        self.reason_field.setVisible(state is State.COMPLETED and outcome == Outcome.DROPPED_OUT)
        stays_open = state is not None and (not state.is_closed or outcome == Outcome.RESULT_PENDING)
        self.due_field.setVisible(stays_open)
        known = Outcome(outcome) if state is State.COMPLETED and outcome else None
        self.next.ask(pathways.asks_next(self.operations.city, self.followed, known))

    def agree(self) -> None:
        state = self._chosen()
        if state is None:
            self.tell_trouble(_("Say first how the referral stands."))
            if self.first:
                self.first.setFocus()
            return
        outcome = Outcome(self.outcome.value()) if state is State.COMPLETED and self.outcome.value() else None
        reason = DropOut(self.reason.value()) if outcome is Outcome.DROPPED_OUT and self.reason.value() else None
        due = date.fromisoformat(self.due.value()) if not self.due_field.isHidden() and self.due.value() else None
        if trouble := self.next.lacks():
            self.tell_trouble(trouble)
            return
        then = self.next.told()
        heard = Heard(state=state, outcome=outcome, drop_out=reason, due=due, note=self.note.text())
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: pathways.record_step(office, self.case, self.followed, heard, then),
            self._done,
            failed=self._failed,
        )

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        if self.reason_field.isHidden():
            self.tell_trouble(error.text(translator()))
        else:
            self.reason_field.warn(error.text(translator()))
            self.reason.setFocus()
