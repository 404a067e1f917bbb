"""An invented office asks: satisfaction, follow-ups, three questions before and after a session; some are silent."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from migrant_office import clock
from migrant_office.models.follow_up import AttemptChannel
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.referral import Referral
from migrant_office.models.survey import Answered, Manner, Scale, ServiceArea, SurveyKind, Topic
from migrant_office.services import attempts, office_forms, people, surveys
from migrant_office.services.demo.days import days_between
from migrant_office.services.demo.draw import Draw, happens
from migrant_office.services.surveys import About

ANSWERED = Draw([(Answered.ANSWERED, 46), (Answered.NOT_REACHED, 40), (Answered.REFUSED, 14)])  # 24 to 51 % ([002:760])
SCALE: Draw[Scale | Missing] = Draw(
    [
        *((Scale.VERY_HIGH, 45), (Scale.HIGH, 40), (Scale.MEDIUM, 8), (Scale.LOW, 3), (Scale.VERY_LOW, 1)),
        (Missing.REFUSED, 3),
    ]
)
MANNERS = Draw([(Manner.PHONE, 6), (Manner.DESK, 3), (Manner.SELF, 1)])
SOON = (0, 12)  # days after a service is over
ASKED, FOLLOWED = 70, 40  # percent of those whose service is over; nobody finds the time for all
ONCE_IN = 60  # open days from one session to the next
AT_A_SESSION = 5
SILENT, SEVERAL = 6, 35  # percent of the questions left out, of those with several answers
KNOWS = (45, 80)  # percent of right answers before and after


class Surveying:
    """Keeps a calendar of its own, so that the life of the office is drawn as it would be without it."""

    def __init__(self, office: Office, rng: Random) -> None:
        self.office, self.rng = office, rng
        self.planned: dict[date, list[str]] = {}
        self.served: list[str] = []
        self.topics = [t for t in Topic if office_forms.in_use(office, f"check_{t}") is not None]
        self.days = 0

    def plan(self, case: str, referral: Referral) -> None:
        """A service is over for somebody: she is asked soon, and perhaps when the follow-ups are due."""
        if surveys.area_of(referral) is ServiceArea.OTHER:
            return
        self.served.append(case)
        soon = days_between(self.rng, *SOON)
        followed = happens(self.rng, FOLLOWED)
        for days in (0, 90, 180) if followed else (0,):
            if days or happens(self.rng, ASKED):
                self.planned.setdefault(clock.today() + timedelta(days=days) + soon, []).append(case)

    def live(self) -> None:
        """What is asked today, and what was left on closed days; sometimes there is a session."""
        self.days += 1
        today = clock.today()
        for day in sorted(day for day in self.planned if day <= today):
            for case in self.planned.pop(day):
                self.ask(case)
        if self.topics and self.days % ONCE_IN == 0:
            self.hold_session(self.topics[self.days // ONCE_IN % len(self.topics)])

    def ask(self, case: str) -> None:
        """One thing of what is due: nobody is asked for a quarter of an hour."""
        due = surveys.due_for(people.read_case(self.office, case), clock.today())
        if not due:
            return
        about, answered = due[-1], ANSWERED(self.rng)
        if answered is not Answered.ANSWERED:
            surveys.record_no_answer(self.office, case, about, answered, self.manner(case, Manner.PHONE))
        elif about.kind is SurveyKind.SATISFACTION:
            surveys.satisfy(self.office, case, about, SCALE(self.rng), manner=self.manner(case, MANNERS(self.rng)))
        else:
            self.fill(case, about)

    def manner(self, case: str, drawn: Manner) -> Manner:
        """As drawn; whom nobody may call is asked when she comes."""
        refused = attempts.refusal(self.office, self.office.case(case), AttemptChannel.CALL)
        return Manner.DESK if drawn is Manner.PHONE and refused else drawn

    def fill(self, case: str, about: About, knows: int = 0) -> None:
        draft, filling, beside = surveys.begin(self.office, case, about, self.manner(case, MANNERS(self.rng)))
        answer(filling, self.rng, knows)
        surveys.complete(self.office, draft, filling, beside)

    def hold_session(self, topic: Topic) -> None:
        """A few people hear about a topic and answer before and after it."""
        for case in self.served[-AT_A_SESSION:]:
            for knows in KNOWS:
                about = surveys.about_check(people.read_case(self.office, case), topic)
                self.fill(case, about, knows)


def answer(filling: FormFilling, rng: Random, knows: int) -> None:
    """Some answer to most of what is asked, as it comes up; the first question always has one."""
    seen: set[str] = set()
    while ahead := [addr for addr in filling.visible() if addr not in seen]:
        addr = ahead[0]
        seen.add(addr)
        question = filling.form.at(addr)
        if isinstance(question, Question) and question.list_name:
            silent = bool(filling.progress()[0]) and happens(rng, SILENT)
            filling.set(addr, Missing.REFUSED if silent else chosen(filling, question, rng, knows))


def chosen(filling: FormFilling, question: Question, rng: Random, knows: int) -> list[str]:
    """Codes of a question; of a check the right one as often as somebody knows it."""
    offered = filling.form.lists[question.list_name].choices
    right = [choice.value for choice in offered if choice.columns.get("correct") == "yes"]
    if right and happens(rng, knows):
        return right
    codes = [choice.value for choice in offered if choice.value not in right] or [c.value for c in offered]
    several = question.kind is Kind.SELECT_MULTIPLE and happens(rng, SEVERAL)
    return rng.sample(codes, min(2 if several else 1, len(codes)))
