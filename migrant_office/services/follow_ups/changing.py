"""Follow-ups that an officer changes: another day, one more, one less, and what was answered."""

from __future__ import annotations

from datetime import date

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.follow_up import (
    ANSWERS,
    GOES_ON,
    Answer,
    DropReason,
    FollowUp,
    Question,
    now_with,
    open_of,
    rule_id,
)
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.referral import Referral, stays_open
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import milestones

GONE = N_("This follow-up does not exist any more. Read the list again.")
ENDED = N_("Somebody has ended this follow-up already. Read the list again.")
LAST = N_("A referral that is open keeps a day to ask again. Move the day, or record how the referral ended.")


def found(op: Operation, case: str, follow_up: str, referral: str = "") -> FollowUp:
    """A follow-up that still waits; for an imported referral, which has none (""), one is made.

    Raises `UserError` when it is gone, `NotAllowed` when somebody has ended it.
    """
    file = before(op, case)
    if not follow_up:
        return made_for(op, case, referral, file)
    known = file.all(FollowUp).get(follow_up)
    if known is None:
        raise UserError(GONE)
    if not known.is_open(file):
        raise NotAllowed(ENDED)
    return known


def made_for(op: Operation, case: str, referral: str, file: File) -> FollowUp:
    owner = file.all(Referral).get(referral)
    due = owner.promised_now(file) if owner else None
    if owner is None or due is None:
        raise UserError(GONE)
    made = FollowUp(
        id=rule_id(referral, "promised"),
        referral=referral,
        question=Question.OUTCOME,
        due=date.fromisoformat(due),
        officer=now_with(owner.officer, referral, file),
        made=clock.today(),
    )
    if made.id in file.all(FollowUp):  # ended earlier: a question of its own then
        made = FollowUp(id=new_id(), referral=referral, question=made.question, due=made.due, officer=made.officer)
    return op.put(made, on=case)


def before(op: Operation, case: str) -> File:
    return op.on(Ref(Home.CASE, case)).before


def check_day(day: date) -> None:
    if day < clock.today():
        raise NotAllowed(N_("The follow-up day has passed already. Choose today or a later day."))


def move(office: Office, case: str, follow_up: str, day: date, *, referral: str = "") -> Done:
    """Ask on another day. Raises `NotAllowed` for a day in the past, and as `found`."""
    check_day(day)
    with office.case_operation(Op.EDIT_FOLLOW_UP, case) as op:
        op.set(found(op, case, follow_up, referral), due=day)
    return op.done


def add(office: Office, case: str, question: Question, day: date, *, referral: str = "", words: str = "") -> Done:
    """One more question, of a referral or of its own. Raises `NotAllowed` for a day in the past and for a question that
    has no answer to wait for as the referral stands.
    """
    check_day(day)
    with office.case_operation(Op.EDIT_FOLLOW_UP, case) as op:
        file = before(op, case)
        owner = file.all(Referral).get(referral) if referral else None
        if owner is not None and not owner.asks(file)(question):
            raise NotAllowed(N_("As this referral stands, there is nothing to wait for with this question."))
        op.put(
            FollowUp(
                id=new_id(),
                referral=referral,
                question=question,
                words=words.strip(),
                due=day,
                officer=now_with(owner.officer, referral, file) if owner else office.officer,
                made=clock.today(),
            )
        )
    return op.done


def drop(office: Office, case: str, follow_up: str, reason: DropReason, why: str = "", *, referral: str = "") -> Done:
    """Nobody asks this any more. Raises `NotAllowed` for the last one of an open referral, and as `found`."""
    with office.case_operation(Op.EDIT_FOLLOW_UP, case) as op:
        known = found(op, case, follow_up, referral)
        check_not_last(known, before(op, case))
        op.set(known, dropped=reason, dropped_on=clock.today(), why=why.strip())
    return op.done


def check_not_last(follow_up: FollowUp, file: File) -> None:
    owner = file.all(Referral).get(follow_up.referral)
    if owner is None or not stays_open(owner.state(file), owner.outcome(file)):
        return
    if not [each for each in open_of(owner.id, file) if each.id != follow_up.id]:
        raise NotAllowed(LAST)


def answer(
    office: Office, case: str, follow_up: str, said: Answer, *, again: date | None = None, why: str = ""
) -> Done:
    """What was answered to a question that comes after a referral. One that goes on (a certificate that is not there
    yet) is asked again on the day `again`.

    Raises `NotAllowed` when that day is missing or the answer is none to this question, and as `found`.
    """
    with office.case_operation(Op.EDIT_FOLLOW_UP, case) as op:
        known = found(op, case, follow_up)
        if known.question is None or said not in ANSWERS.get(known.question, ()):
            raise NotAllowed(N_("This is no answer to this question."))
        if said in GOES_ON:
            if again is None:
                raise NotAllowed(N_("Choose the day to ask again."))
            check_day(again)
            op.put(
                FollowUp(
                    id=rule_id(known.id, "again"),
                    referral=known.referral,
                    pathway=known.pathway,
                    question=known.question,
                    due=again,
                    officer=known.officer,
                    made=clock.today(),
                )
            )
        op.set(known, done=clock.today(), answer=said, why=why.strip())
        milestones.hear_answer(office, op, known, said)
    return op.done


def finish(office: Office, case: str, follow_up: str, why: str = "") -> Done:
    """A question of its own, which no referral answers, is done. Raises as `found`."""
    with office.case_operation(Op.EDIT_FOLLOW_UP, case) as op:
        op.set(found(op, case, follow_up), done=clock.today(), why=why.strip())
    return op.done
