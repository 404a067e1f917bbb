"""Follow-ups: what somebody asks the person or the institution after a referral, on which day, and each try.

Nobody asked after a course, a certificate or a referral, and certified people never reached a job: that is the finding
this answers ([002:310], [002:322], [002:1332], [002:1531]).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Protocol, runtime_checkable

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import NOUNS, File, Home, Sensitivity, noun, projected, scalar

COUNTED = Sensitivity.COUNTED
FAMILY = uuid.UUID("6f0f3a52-6d0d-5b4e-9a0e-2f5d7c1b8e43")  # of the ids of follow-ups that a rule makes; never changes


class Question(Coded):
    """What is asked. The city's profile says which, and after how many days, for each kind of service."""

    ACCEPTED = "accepted", N_("Did the institution accept?")
    ATTENDED = "attended", N_("Could the person go?")
    STARTED = "started", N_("Could the person start the course?")
    APPLIED = "applied", N_("Could the person hand in the application?")
    OUTCOME = "outcome", N_("What came of it?")
    CERTIFICATE = "certificate", N_("Did the person receive the certificate?")
    JOB_KEPT = "job_kept", N_("Is the person still in the job?")
    BUSINESS = "business", N_("How is the business going?")


class Answer(Coded):
    """What was answered to a question that comes after a referral has ended; the others are answered by its steps."""

    ISSUED = "issued", N_("Issued, not handed over yet")
    DELIVERED = "delivered", N_("Issued and handed over")
    NOT_ISSUED = "not_issued", N_("Not issued yet")
    SAME_JOB = "same_job", N_("Is still in the job")
    OTHER_JOB = "other_job", N_("Works in something else")
    LOST_JOB = "lost_job", N_("Does not work any more")
    RUNS = "runs", N_("The business is running")
    FORMAL = "formal", N_("It is running and formalised")
    PAUSED = "paused", N_("It is paused")
    CLOSED = "closed", N_("It has closed")


ANSWERS: Mapping[Question, tuple[Answer, ...]] = {
    Question.CERTIFICATE: (Answer.DELIVERED, Answer.ISSUED, Answer.NOT_ISSUED),
    Question.JOB_KEPT: (Answer.SAME_JOB, Answer.OTHER_JOB, Answer.LOST_JOB),
    Question.BUSINESS: (Answer.RUNS, Answer.FORMAL, Answer.PAUSED, Answer.CLOSED),
}
GOES_ON = frozenset({Answer.ISSUED, Answer.NOT_ISSUED})
"""Answers after which somebody asks the same again."""


class DropReason(Coded):
    """Why nobody asks any more."""

    NO_ANSWER = "no_answer", N_("No answer after several tries")
    NOT_WANTED = "not_wanted", N_("The person does not want to be asked")
    MOVED_AWAY = "moved_away", N_("Moved away")
    TOGETHER = "together", N_("Asked together with another one")
    MISTAKE = "mistake", N_("Written by mistake")
    OTHER = "other", N_("Other")


@runtime_checkable
class Asked(Protocol):
    """What a follow-up belongs to: it knows whether a question still has an answer to wait for, as things stand."""

    def asks(self, file: File) -> Callable[[Question | None], bool]: ...


@noun("follow_up", Home.CASE, together=(("officer", "asked_on"),))
class FollowUp:
    """A question with its day. `referral` or `pathway` is what it belongs to, none for a question of its own;
    `done` the day it was answered and `done_by` the step or attempt that did; `dropped` why nobody asks any more.

    Of one that was answered at one desk and dropped at another, the answer counts.
    """

    id: str
    referral: str = scalar(default="", index=True, follows=True)
    pathway: str = scalar(default="", follows=True)
    question: Question | None = scalar(default=None, sensitivity=COUNTED)
    words: str = scalar(default="", column=False)
    due: date | None = scalar(default=None)
    officer: str = scalar(default="")
    made: date | None = scalar(default=None)
    done: date | None = scalar(default=None, index=True, sensitivity=COUNTED)
    done_by: str = scalar(default="")
    answer: Answer | None = scalar(default=None, sensitivity=COUNTED)
    dropped: DropReason | None = scalar(default=None, sensitivity=COUNTED)
    dropped_on: date | None = scalar(default=None)
    why: str = scalar(default="", column=False)

    @property
    def root(self) -> str:
        return self.referral or self.pathway or self.id

    @property
    def waits(self) -> bool:
        """Neither answered nor dropped; whether something remains to be asked is another question."""
        return self.done is None and self.dropped is None and isinstance(self.due, date)

    def is_open(self, file: File) -> bool:
        """Whether somebody still has to ask. When what it belongs to has closed so that nothing remains to be asked, it
        is dropped by that alone: no cell says so, and another desk's step cannot miss it. The same holds when it was
        undone elsewhere.
        """
        return self.waits and bool(open_among([self], self.root, file))

    @projected()
    def asked_on(self, file: File) -> str | None:
        """The day it is asked, if it is the first open one of what it belongs to: a list shows one row for each. None
        where the case was undone, for then nobody can be asked.
        """
        if not self.waits or file.one(Person) is None:
            return None
        waiting = open_among((f for f in file.all(FollowUp).values() if f.root == self.root), self.root, file)
        return str(self.due) if waiting and waiting[0].id == self.id else None


def open_among(all_: Iterable[FollowUp], root: str, file: File) -> list[FollowUp]:
    """Those of one referral, pathway or question of its own that somebody still has to ask, the first one first."""
    waiting = sorted((f for f in all_ if f.waits), key=sorting)
    if not waiting or waiting[0].id == root:
        return waiting
    owner = owner_of(waiting[0], file)
    asks = owner.asks(file) if owner else None
    return [f for f in waiting if asks and asks(f.question)]


def owner_of(follow_up: FollowUp, file: File) -> Asked | None:
    """The referral or pathway; None for a question of its own, or when it was undone."""
    name, id = ("referral", follow_up.referral) if follow_up.referral else ("pathway", follow_up.pathway)
    kind = named(name) if id else None
    found = file.all(kind).get(id) if kind else None
    return found if isinstance(found, Asked) else None


@cache
def named(name: str) -> type[Any] | None:
    """A noun by its name: what a follow-up belongs to knows follow-ups, so that these cannot import it."""
    return next((cls for cls, n in NOUNS.items() if n.name == name), None)


class AttemptChannel(Coded):
    CALL = "call", N_("Telephone call")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    MESSAGE = "message", N_("Text message")
    VISIT = "visit", N_("Visit at home")
    IN_PERSON = "in_person", N_("In the office")
    TRUSTED = "trusted", N_("Through the trusted person")
    INSTITUTION = "institution", N_("Asked the institution")


class AttemptResult(Coded):
    REACHED = "reached", N_("Reached")
    NO_ANSWER = "no_answer", N_("No answer")
    WRONG_NUMBER = "wrong_number", N_("Wrong number")
    MESSAGE_LEFT = "message_left", N_("Message left")
    MOVED_AWAY = "moved_away", N_("Moved away")


@noun("attempt", Home.CASE, once=True)
class Attempt:
    """One try to reach somebody for a follow-up. `at` is the hour on the wall, as HH:MM."""

    id: str
    follow_up: str = scalar(index=True, follows=True)
    channel: AttemptChannel = scalar(sensitivity=COUNTED)
    result: AttemptResult = scalar(sensitivity=COUNTED)
    made: date = scalar()
    at: str = scalar(default="")
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    officer: str = scalar(default="")
    note: str = scalar(default="", column=False)


@noun("handover", Home.CASE, once=True)
class Handover:
    """Work of one officer given to another: the follow-ups and referrals of this case, and the note with it. `of` is
    one of them: the handover goes with it when joined files are separated.
    """

    id: str
    of: str = scalar(default="", column=False, follows=True)
    source: str = scalar()
    target: str = scalar()
    made: date = scalar()
    note: str = scalar(default="", column=False)
    referrals: tuple[str, ...] = scalar(default=(), column=False)
    follow_ups: tuple[str, ...] = scalar(default=(), column=False)
    officer: str = scalar(default="")


def sorting(follow_up: FollowUp) -> tuple[str, str]:
    return str(follow_up.due), follow_up.id  # as text: a damaged date is one


def of_referral(referral: str, file: File) -> list[FollowUp]:
    """Those that were neither answered nor dropped, whatever the referral says, by their day."""
    return sorted((f for f in file.all(FollowUp).values() if f.referral == referral and f.waits), key=sorting)


def open_of(referral: str, file: File) -> list[FollowUp]:
    """Those somebody still has to ask, the first one first."""
    return open_among((f for f in file.all(FollowUp).values() if f.referral == referral), referral, file)


def tries(follow_up: str, file: File) -> list[Attempt]:
    """The attempts of one, oldest first."""
    mine = [a for a in file.all(Attempt).values() if a.follow_up == follow_up]
    return sorted(mine, key=lambda a: (str(a.made), str(a.at), a.id))


def now_with(officer: str, referral: str, file: File) -> str:
    """Who has a referral after every handover: each takes it from whoever had it."""
    for handover in sorted(file.all(Handover).values(), key=lambda h: (str(h.made), h.id)):
        if referral in handover.referrals and handover.source == officer:
            officer = handover.target
    return officer


def rule_id(owner: str, name: str) -> str:
    """The id of a follow-up that a rule makes: the same at every desk, so that two desks do not make it twice."""
    return uuid.uuid5(FAMILY, f"{owner} {name}").hex
