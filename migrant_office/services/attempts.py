"""Tries to reach somebody for a follow-up, and the rules that keep a try from doing harm.

The rules are checked here and not on the screen: a case can ask to be called by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.case_file import followed
from migrant_office.models.consent import Consent
from migrant_office.models.follow_up import (
    Attempt,
    AttemptChannel,
    AttemptResult,
    DropReason,
    FollowUp,
    Question,
    open_of,
    tries,
)
from migrant_office.models.missing import Missing
from migrant_office.models.notice import Basis
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.referral import Cancellation, Referral, State, may_follow, stays_open
from migrant_office.models.service import Service
from migrant_office.models.sharing import NOT_AGREED, may_share
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import consents, follow_ups, referrals
from migrant_office.services.follow_ups.changing import LAST, before, check_day, found
from migrant_office.services.referrals import Heard

TRIES = 3
AGAIN_AFTER = (1, 2, 4)  # days until the next try: another day, another hour
UNANSWERED = frozenset({AttemptResult.NO_ANSWER, AttemptResult.MESSAGE_LEFT, AttemptResult.WRONG_NUMBER})
HARMLESS = frozenset({AttemptChannel.IN_PERSON, AttemptChannel.INSTITUTION})
"""They go to nobody's telephone and nobody's door."""

FORBIDDEN: dict[ContactRule, tuple[frozenset[AttemptChannel], str]] = {
    ContactRule.WHATSAPP_ONLY: (
        frozenset({AttemptChannel.CALL, AttemptChannel.MESSAGE, AttemptChannel.VISIT}),
        N_("This person may only be reached by WhatsApp. Write there, or wait until she comes."),
    ),
    ContactRule.NO_MESSAGES: (
        frozenset({AttemptChannel.MESSAGE, AttemptChannel.WHATSAPP}),
        N_("No message may be left for this person. Call and speak only with her, or wait until she comes."),
    ),
    ContactRule.ONLY_IN_PERSON: (
        frozenset({AttemptChannel.CALL, AttemptChannel.MESSAGE, AttemptChannel.WHATSAPP}),
        N_("This person may only be spoken to in person. Wait until she comes, or ask the institution."),
    ),
}
NO_CONSENT = N_("This person does not agree to be contacted. Ask when she comes, or ask the institution.")
NO_VISIT = N_("Nobody visits the home of a case that is protected. Wait until she comes, or ask the institution.")
NO_TRUSTED = N_("No trusted person is noted. Choose another way, or note one in the person's data.")
UNKNOWN_RULE = N_("A newer program wrote how to reach this person. Ask when she comes, or ask the institution.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How somebody tried and what happened. `again` is the day of the next try, `phone` a number that was told."""

    channel: AttemptChannel
    result: AttemptResult
    note: str = ""
    again: date | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Reaching:
    """What the officer must see before she tries: who, the rule, what is forbidden and why (sentence by channel), the
    tries so far, and whether it is time for something else.
    """

    person: Person
    question: Question | None
    follow_up: FollowUp | None
    refused: dict[AttemptChannel, str]
    tries: tuple[Attempt, ...]
    exhausted: bool
    may_contact: bool
    referral: Referral | None = None


def reaching(office: Office, case: str, follow_up: str, referral: str = "") -> Reaching:
    """Everything the dialog shows. Raises `Gone` as `Office.case`."""
    file = office.case(case)
    person = file.one(Person) or Person(id=case)
    known = file.all(FollowUp).get(follow_up)
    made = tuple(tries(follow_up, file))
    owner = file.all(Referral).get(known.referral if known else referral)
    refused = {c: sentence for c in AttemptChannel if (sentence := refusal(office, file, c, owner))}
    return Reaching(
        person,
        known.question if known else Question.OUTCOME,
        known,
        refused,
        made,
        is_exhausted(made),
        allowed(office, file),
        owner,
    )


def allowed(office: Office, file: File) -> bool:
    """Whether the office may contact the person at all: her own answer, else the city's notice says whether its public
    function is enough.
    """
    answer = consents.may_contact(file)
    if answer is None:
        return consents.notice_of(office).purpose(consents.CONTACT).basis is Basis.FUNCTION
    return answer


def refusal(office: Office, file: File, channel: AttemptChannel, referral: Referral | None = None) -> str:
    """Why a way may not be used, with the way out, as a message id; "" when it may. To ask the institution of a
    `referral` about somebody says her name there: that needs the yes that handing over data needs.
    """
    person = file.one(Person)
    if channel is AttemptChannel.INSTITUTION and referral is not None and not may_ask(office, file, referral):
        return NOT_AGREED
    if channel in HARMLESS or person is None:
        return ""
    if not allowed(office, file):
        return NO_CONSENT
    if channel is AttemptChannel.TRUSTED:
        return "" if person.trusted or person.trusted_phone else NO_TRUSTED
    if channel is AttemptChannel.VISIT and person.restricted:
        return NO_VISIT
    rule = person.contact_rule
    if isinstance(rule, Missing) or rule == ContactRule.ANY:
        return ""
    if rule not in FORBIDDEN:
        return UNKNOWN_RULE
    channels, sentence = FORBIDDEN[rule]
    return sentence if channel in channels else ""


def may_ask(office: Office, file: File, referral: Referral) -> bool:
    """Whether the institution of a referral may hear of the person today; one that is gone is nobody known."""
    service = office.vault.file(Ref(Home.SERVICE, referral.service)).one(Service)
    told = service or Service(id=referral.service, name=referral.service, needs=frozenset())
    return may_share(consents.notice_of(office), file.all(Consent).values(), told).allowed


def is_exhausted(made: tuple[Attempt, ...]) -> bool:
    """Three tries without an answer since somebody was reached last."""
    count = 0
    for attempt in made:
        count = count + 1 if attempt.result in UNANSWERED else 0
    return count >= TRIES


def next_try(office: Office, made: int) -> date:
    """The day proposed for the next try: a working day, further away each time."""
    days = AGAIN_AFTER[min(made, len(AGAIN_AFTER) - 1)]
    return follow_ups.working_day(office.city.country, clock.today() + timedelta(days=days))


def add_attempt(office: Office, case: str, follow_up: str, tried: Tried, *, referral: str = "") -> Done:
    """Write a try. Without an answer the question moves to the day of the next try; a question of its own is done when
    the person was reached, the others by what is recorded then. A number that was told becomes hers.

    Raises `NotAllowed` for a way that the contact rule or the consent forbids, for a message where none may be left and
    for a next try in the past; `UserError` when the follow-up is gone.
    """
    with office.case_operation(Op.ATTEMPT, case) as op:
        known = found(op, case, follow_up, referral)
        check_channel(office, before(op, case), tried, known.referral)
        now, today = clock.local(clock.now()), clock.today()
        attempt = op.put(
            Attempt(
                id=new_id(),
                follow_up=known.id,
                channel=tried.channel,
                result=tried.result,
                made=today,
                at=f"{now:%H:%M}",
                recorded=today,
                officer=office.officer,
                note=tried.note.strip(),
            )
        )
        put_phone(op, case, tried.phone)
        if tried.result is AttemptResult.REACHED:
            if known.root == known.id:
                op.set(known, done=today, done_by=attempt.id)
        elif tried.again is not None:
            check_day(tried.again)
            op.set(known, due=tried.again)
    return op.done


def check_channel(office: Office, file: File, tried: Tried, referral: str) -> None:
    if sentence := refusal(office, file, tried.channel, file.all(Referral).get(referral)):
        raise NotAllowed(sentence)
    person = file.one(Person)
    if (
        person is not None
        and tried.result is AttemptResult.MESSAGE_LEFT
        and person.contact_rule in {ContactRule.NO_MESSAGES, ContactRule.ONLY_IN_PERSON}
        and tried.channel not in HARMLESS
    ):
        raise NotAllowed(N_("No message may be left for this person. Record what happened instead."))


def put_phone(op: Operation, case: str, phone: str) -> None:
    person = before(op, case).one(Person)
    if person is not None and phone.strip() and phone.strip() != person.phone:
        op.set(person, on=case, phone=phone.strip())


def close_unanswered(office: Office, case: str, follow_up: str, note: str, *, referral: str = "") -> Done:
    """Nobody can be reached: the follow-up is dropped as without an answer, and a referral that is still open ends with
    it, cancelled, and its pathway as any step would end it. One operation.

    Raises `NotAllowed` for the last question of one that cannot be cancelled, for its result is pending; as `found`.
    """
    with office.case_operation(Op.ATTEMPT, case) as op:
        known = found(op, case, follow_up, referral)
        file, today = before(op, case), clock.today()
        owner = file.all(Referral).get(known.referral)
        ends = owner is not None and stays_open(owner.state(file), owner.outcome(file))
        if owner is not None and ends and not may_follow(owner.state(file), State.CANCELLED):
            raise NotAllowed(LAST)
        for each in {f.id: f for f in (known, *(open_of(owner.id, file) if owner and ends else ()))}.values():
            op.set(each, dropped=DropReason.NO_ANSWER, dropped_on=today, why=note.strip())
        if owner is not None and ends:
            heard = Heard(state=State.CANCELLED, cancellation=Cancellation.LOST, note=note)
            referrals.put_step(office, op, followed(owner, file), heard)
    return op.done
