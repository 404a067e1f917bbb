"""What happened on a pathway: the milestones that may follow, what belongs to each, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.office import Office
from migrant_office.models.pathway.following import FollowedPathway
from migrant_office.models.pathway.kinds import Ending, LeftWhy, Result, Stage, Stays
from migrant_office.models.pathway.order import Spot
from migrant_office.models.person import Situation
from migrant_office.models.referral import DropOut
from migrant_office.models.vault.operation import Done
from migrant_office.models.work import Occupation
from migrant_office.services import pathways
from migrant_office.services.pathways import News
from migrant_office.ui import words
from migrant_office.ui.case_file.next_question import NextQuestion
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.text import Text

ASK_AFTER = timedelta(days=20)
CLOSE = "close"
BY_HAND = (Ending.DONE, Ending.GAVE_UP, Ending.ELSEWHERE, Ending.MISTAKE)
YES, NO = "yes", "no"


class MilestoneDialog(Dialog):
    """One milestone, or the decision that a result waits for, or the end of the pathway. Fields that the choice does
    not need are not shown.
    """

    def __init__(
        self, operations: Operations, case: CaseFile, way: FollowedPathway, title: str, parent: QWidget | None = None
    ) -> None:
        decides = way.undecided is not None
        super().__init__(
            title, _("Save the decision") if decides else _("Save the milestone"), width=680, parent=parent
        )
        self.operations, self.case, self.way = operations, case, way
        spots = () if decides else way.following
        choices = [AnswerChoice(str(spot), words.coded(spot)) for spot in spots]
        if not decides and way.is_open:
            choices.append(AnswerChoice(CLOSE, _("Close the pathway")))
        self.spot = Answers(_("What happened?"), choices, missing=())
        self.day, self.ask_day, self.note = DateField(), DateField(), LineField()
        self.day.set_value(clock.today().isoformat())
        self.ask_day.set_value((clock.today() + ASK_AFTER).isoformat())
        self.amount = LineField()
        self.reason, self.left, self.stays = Choice(), Choice(), Choice()
        self.formal, self.group, self.situation, self.ending = Choice(), Choice(), Choice(), Choice()
        self._fill_choices()
        self.next = NextQuestion(operations, case.person.id)
        self._build(decides)
        self.spot.changed.connect(lambda _value: self._fit())
        self._add_tools()
        self._fit()
        self.first = self.spot.tiles[0] if self.spot.tiles else self.next.now.tiles[0]
        if way.undecided is Result.NOT_YET:
            self.first = self.next.after.tiles[0]

    def _fill_choices(self) -> None:
        self.reason.set_choices([(r.value, _(r.label)) for r in DropOut], empty=_("Choose why"))
        self.left.set_choices([(r.value, _(r.label)) for r in LeftWhy], empty=_("Choose why"))
        self.stays.set_choices([(s.value, _(s.label)) for s in Stays], empty=_("Choose an answer"))
        self.formal.set_choices([(YES, _("Yes")), (NO, _("No"))], empty=_("Not known"))
        self.group.set_choices([(g.value, _(g.label)) for g in Occupation], empty=_("Not asked"))
        self.situation.set_choices([(s.value, _(s.label)) for s in Situation], empty=_("Not asked"))
        self.ending.set_choices([(e.value, _(e.label)) for e in BY_HAND], empty=_("Choose why"))

    def _build(self, decides: bool) -> None:
        optional = _("optional")
        self.day_field = LabelledField(_("On which day"), self.day)
        self.ask_field = LabelledField(_("Ask for the result on"), self.ask_day)
        self.reason_field = LabelledField(_("Why it was not finished"), self.reason)
        self.left_field = LabelledField(_("Why the job ended"), self.left)
        self.stays_field = LabelledField(_("Is the person still there?"), self.stays)
        self.formal_field = LabelledField(_("With a contract"), self.formal, optional=optional)
        self.group_field = LabelledField(_("Group of occupations"), self.group, optional=optional)
        self.amount_field = LabelledField(_("Amount, in the money of the country"), self.amount, optional=optional)
        self.ending_field = LabelledField(_("Why it is closed"), self.ending)
        self.situation_field = LabelledField(_("What the person does today"), self.situation, optional=optional)
        self.note_field = LabelledField(_("Note"), self.note, optional=optional)
        if decides:
            told = _("The result was noted, and nobody has said yet what comes next.")
            self.body.addWidget(Text(told, "body", wrap=True))
            self.spot.hide()
        for widget in (
            *(self.spot, self.day_field, self.ask_field, self.reason_field, self.left_field, self.stays_field),
            *(self.formal_field, self.group_field, self.amount_field, self.ending_field, self.next),
            *(self.situation_field, self.note_field),
        ):
            self.body.addWidget(widget)
        if decides:
            self.next.ask(self.way.undecided)

    def _add_tools(self) -> None:
        """What is rarely done stands at the left of the foot."""
        self.back = Button(_("Take back the last one"), "quiet", icon="arrow-back-up")
        self.back.setVisible(bool(self.way.milestones))
        self.back.clicked.connect(self._take_back)
        self.foot.insertWidget(0, self.back)

    def _chosen(self) -> str:
        value = self.spot.value()
        return value[0] if isinstance(value, tuple) and value else ""

    def _spot(self) -> Spot | None:
        return next((spot for spot in self.way.following if str(spot) == self._chosen()), None)

    def _fit(self) -> None:
        self.tell_trouble("")
        spot, closes = self._spot(), self._chosen() == CLOSE
        happened = spot is not None and not closes
        for field, shown in (
            (self.day_field, happened),
            (self.ask_field, spot is Result.PENDING),
            (self.reason_field, spot is Stage.DROPPED_OUT),
            (self.left_field, spot is Stage.LEFT),
            (self.stays_field, spot is Stage.STAYED),
            (self.formal_field, spot is Stage.HIRED),
            (self.group_field, spot is Stage.HIRED),
            (self.amount_field, spot is Stage.CAPITAL),
            (self.ending_field, closes),
            (self.situation_field, happened),
            (self.note_field, happened),
        ):
            field.setVisible(shown)
        if self.way.undecided is None:
            self.next.ask(spot if isinstance(spot, Result) else None)

    def written(self) -> bool:
        return bool(self._chosen() or self.note.text())

    # saving

    def agree(self) -> None:
        if trouble := self._trouble():
            self.tell_trouble(trouble)
            return
        case, way, then = self.case.person.id, self.way.pathway.id, self.next.told()
        if self.way.undecided is not None and then is not None:
            self._run(lambda office: pathways.decide(office, case, way, then))
        elif self._chosen() == CLOSE:
            ending = Ending(self.ending.value())
            self._run(lambda office: pathways.close(office, case, way, ending))
        else:
            news = self._news()
            self._run(lambda office: pathways.add_milestone(office, case, way, news, then))

    def _trouble(self) -> str:
        """What must still be said; the keyboard goes there."""
        if self.way.undecided is None and not self._chosen():
            if self.spot.tiles:
                self.spot.tiles[0].setFocus()
            return _("Say first what happened.")
        if self._chosen() == CLOSE and not self.ending.value():
            self.ending.setFocus()
            return _("Say why the pathway is closed.")
        for field, day in ((self.day_field, self.day), (self.ask_field, self.ask_day)):
            if not field.isHidden() and not day.value():
                day.setFocus()
                return day.problem() or _("Choose the day.")
        amount = self.amount.text().strip()
        if not self.amount_field.isHidden() and amount and not digits(amount):
            self.amount.setFocus()
            return _("Write the amount with figures only.")
        return self.next.lacks()

    def _news(self) -> News:
        spot = self._spot()
        if spot is None:
            raise ValueError("nothing chosen")
        return News(
            spot=spot,
            made=date.fromisoformat(self.day.value()),
            ask=date.fromisoformat(self.ask_day.value()) if spot is Result.PENDING else None,
            drop_out=DropOut(self.reason.value()) if self.reason.value() else None,
            formal={YES: True, NO: False}.get(self.formal.value()),
            group=Occupation(self.group.value()) if self.group.value() else None,
            stays=Stays(self.stays.value()) if self.stays.value() else None,
            left=LeftWhy(self.left.value()) if self.left.value() else None,
            amount=digits(self.amount.text()),
            words=self.note.text(),
            situation=Situation(self.situation.value()) if self.situation.value() else None,
        )

    def _take_back(self) -> None:
        case, way, last = self.case.person.id, self.way.pathway.id, self.way.milestones[-1].id
        self._run(lambda office: pathways.take_back(office, case, way, last))

    def _run(self, write: Callable[[Office], Done]) -> None:
        self.primary.setEnabled(False)
        self.operations.run(self, write, self._done, failed=self._failed)

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def digits(text: str) -> int | None:
    """An amount as people write it: 300.000, 300 000 or 300000; None for anything else."""
    plain = text.replace(".", "").replace(" ", "").replace("\u00a0", "").replace(",", "")
    return int(plain) if plain.isdigit() and plain.isascii() else None
