"""What was heard of a referral: the five answers of the slip and what happened otherwise, each with what it needs."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, translator
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.referral import (
    Cancellation,
    DropOut,
    Outcome,
    ReferralStep,
    Rejection,
    State,
    may_follow,
    results,
    stays_open,
)
from migrant_office.models.vault.operation import Done
from migrant_office.services import follow_ups, pathways
from migrant_office.services.referrals import Heard
from migrant_office.ui.case_file.next_question import NextQuestion
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.marks import Chip, MarkSpec

ANSWERS = {  # the five of the slip first, in its order
    State.ACCEPTED: N_("Accepted"),
    State.REJECTED: N_("Not accepted"),
    State.IN_PROGRESS: N_("Attended, it goes on"),
    State.FAILED: N_("Did not attend"),
    State.COMPLETED: N_("Concluded, with its result"),
    State.REQUESTED: N_("No answer yet"),
    State.ON_HOLD: N_("On hold"),
    State.CANCELLED: N_("Cancel it"),
    State.MISTAKE: N_("It was written by mistake"),
}
SAID_BY_THEM = frozenset({State.ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.FAILED, State.COMPLETED})
ASK_AGAIN_DAYS, EXAMPLE_HOUR = 15, "9:30"


class StepDialog(Dialog):
    """Writes one step; fields that the answer does not need are not shown. `contact` is the rule for asking her.

    `heard` carries the `ReferralStep` once it is written, so that a page can go on from it.
    """

    heard = Signal(object)

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
        states = [state for state in ANSWERS if may_follow(followed.state, state)]
        choices = [AnswerChoice(state.value, words_of(state, followed.state)) for state in states]
        self.state = Answers(_("How does it stand?"), choices, missing=())
        self._make_fields()
        self.next = NextQuestion(operations, case)
        if contact:
            self.body.addWidget(Chip(contact.text, contact.tone, contact.icon))
        self.body.addWidget(self.state)
        self.body.addLayout(self._row(self.appointment_field, self.hour_field))
        for field in (self.rejection_field, self.outcome_field, self.reason_field, self.next, self.cancellation_field):
            self.body.addWidget(field)
        self.body.addLayout(self._row(self.due_field, self.who_field))
        self.body.addWidget(LabelledField(_("Note"), self.note, optional=_("optional")))
        self.state.changed.connect(lambda _value: self._fit())
        self.outcome.currentIndexChanged.connect(lambda _index: self._fit())
        self.appointment.changed.connect(lambda _value: self._propose_due())
        self.due.textEdited.connect(lambda _text: setattr(self, "due_chosen", True))
        self.due_chosen = False
        self._propose_due()
        self._fit()
        self.first = self.state.tiles[0] if self.state.tiles else self.note

    def _make_fields(self) -> None:
        needs = self._needs()
        self.outcome, self.reason, self.rejection, self.cancellation = Choice(), Choice(), Choice(), Choice()
        self.outcome.set_choices([(o.value, _(o.label)) for o in results(needs)], empty=_("Not known yet"))
        for choice, kind in ((self.reason, DropOut), (self.rejection, Rejection), (self.cancellation, Cancellation)):
            choice.set_choices([(code.value, _(code.label)) for code in kind], empty=_("Choose why"))
        self.appointment, self.hour, self.due = DateField(), LineField(), DateField()
        self.who, self.note = LineField(), LineField()
        optional = _("optional")
        self.outcome_field = LabelledField(_("What came of it"), self.outcome)
        self.reason_field = LabelledField(_("Why it was not finished"), self.reason)
        self.rejection_field = LabelledField(_("Why it was not accepted"), self.rejection)
        self.cancellation_field = LabelledField(_("Why it is cancelled"), self.cancellation)
        self.appointment_field = LabelledField(_("The person is expected on"), self.appointment, optional=optional)
        self.hour_field = LabelledField(_("At what hour"), self.hour, optional=optional)
        self.due_field = LabelledField(_("Ask again on"), self.due)
        self.who_field = LabelledField(_("Who at the institution answered"), self.who, optional=optional)
        self.who.setPlaceholderText(_("Name and position"))
        self.hour.setPlaceholderText(EXAMPLE_HOUR)

    @staticmethod
    def _row(*fields: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _needs(self) -> frozenset[str]:
        """What the service is for: that decides which results are asked for."""
        referral = self.followed.referral
        area = self.operations.city.area(referral.area)
        return frozenset((*(area.needs if area else ()), str(referral.need or "")))

    def _chosen(self) -> State | None:
        value = self.state.value()
        return State(value[0]) if isinstance(value, tuple) and value else None

    def _propose_due(self) -> None:
        """The workday after the appointment, or in two weeks; what the officer wrote stays."""
        if not self.due_chosen:
            today = clock.today()
            expected = date.fromisoformat(self.appointment.value()) if self.appointment.value() else None
            day = expected + timedelta(days=1) if expected and expected >= today else None
            self.due.set_value(
                follow_ups.working_day(
                    self.operations.city.country, day or today + timedelta(days=ASK_AGAIN_DAYS)
                ).isoformat()
            )

    def _fit(self) -> None:
        self.tell_trouble("")
        for field in (self.reason_field, self.rejection_field, self.cancellation_field, self.hour_field):
            field.warn("")
        state, outcome = self._chosen(), self.outcome.value()
        dropped = state is State.COMPLETED and outcome == Outcome.DROPPED_OUT
        known = Outcome(outcome) if outcome else self.followed.outcome
        for widget, shown in (
            (self.appointment_field, state is State.ACCEPTED),
            (self.hour_field, state is State.ACCEPTED),
            (self.rejection_field, state is State.REJECTED),
            (self.outcome_field, state is State.COMPLETED),
            (self.reason_field, dropped),
            (self.cancellation_field, state is State.CANCELLED),
            (self.due_field, state is not None and stays_open(state, known)),
            (self.who_field, state in SAID_BY_THEM),
        ):
            widget.setVisible(shown)
        result = Outcome(outcome) if state is State.COMPLETED and outcome else None
        self.next.ask(pathways.asks_next(self.operations.city, self.followed, result))

    # doing it

    def agree(self) -> None:
        state = self._chosen()
        if state is None:
            self.tell_trouble(_("Say first how the referral stands."))
            if self.first:
                self.first.setFocus()
            return
        for field, day in ((self.appointment_field, self.appointment), (self.due_field, self.due)):
            if field.isVisibleTo(self) and day.problem() and not day.value():
                field.warn(day.problem())
                day.setFocus()
                return
        if trouble := self.next.lacks():
            self.tell_trouble(trouble)
            return
        self.primary.setEnabled(False)
        told, then = self._told(state), self.next.told()
        self.operations.run(
            self,
            lambda office: pathways.take_step(office, self.case, self.followed, told, then),
            self._done,
            failed=self._failed,
        )

    def _told(self, state: State) -> Heard:
        """What stands in the fields that the answer needs."""
        outcome = Outcome(self.outcome.value()) if state is State.COMPLETED and self.outcome.value() else None
        dropped = outcome is Outcome.DROPPED_OUT and bool(self.reason.value())
        rejected = state is State.REJECTED and bool(self.rejection.value())
        cancelled = state is State.CANCELLED and bool(self.cancellation.value())
        accepted = state is State.ACCEPTED
        return Heard(
            state=state,
            outcome=outcome,
            drop_out=DropOut(self.reason.value()) if dropped else None,
            rejection=Rejection(self.rejection.value()) if rejected else None,
            cancellation=Cancellation(self.cancellation.value()) if cancelled else None,
            appointment=day_of(self.appointment) if accepted else None,
            hour=self.hour.text().strip() if accepted else "",
            due=day_of(self.due) if not self.due_field.isHidden() else None,
            answered_by=self.who.text() if state in SAID_BY_THEM else "",
            note=self.note.text(),
        )

    def _done(self, answer: tuple[Done, ReferralStep]) -> None:
        self.heard.emit(answer[1])
        self.accept()

    def _failed(self, error: UserError) -> None:
        """The sentence beside the one field that this answer cannot do without, else above."""
        self.primary.setEnabled(True)
        lacking = (
            (self.reason_field, not self.reason.value(), self.reason),
            (self.rejection_field, not self.rejection.value(), self.rejection),
            (self.cancellation_field, not self.cancellation.value(), self.cancellation),
            (self.hour_field, bool(self.hour.text().strip()), self.hour),
        )
        for field, stands_in_the_way, widget in lacking:
            if field.isVisibleTo(self) and stands_in_the_way:
                field.warn(error.text(translator()))
                widget.setFocus()
                return
        self.tell_trouble(error.text(translator()))


def words_of(state: State, before: State) -> str:
    """The words of an answer; sent is said of what was closed, or only a draft, otherwise than of what waits."""
    if state is State.REQUESTED and before is not State.REQUESTED:
        return _("Sent again") if before is not State.DRAFT else _("Sent")
    return _(ANSWERS[state])


def day_of(field: DateField) -> date | None:
    return date.fromisoformat(field.value()) if field.value() else None
