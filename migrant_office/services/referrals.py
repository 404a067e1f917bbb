"""Make a referral, follow it, and know what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.consent import Consent
from migrant_office.models.need import NeedKind
from migrant_office.models.notice import load_notice
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.reads import slips as reads
from migrant_office.models.referral import (
    Cancellation,
    DropOut,
    Outcome,
    Referral,
    ReferralStep,
    Rejection,
    State,
    may_follow,
    stays_open,
)
from migrant_office.models.service import Service
from migrant_office.models.sharing import may_share
from migrant_office.models.slip import new_code
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import follow_ups, freshness, milestones
from migrant_office.services.follow_ups.making import Planned

HOUR = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard about a referral: its new state, what came of it, why not, and when to ask again.

    `appointment` and `hour` (HH:MM) are when the institution expects the person, `answered_by` who there said so.
    """

    state: State
    outcome: Outcome | None = None
    drop_out: DropOut | None = None
    rejection: Rejection | None = None
    cancellation: Cancellation | None = None
    due: date | None = None
    appointment: date | None = None
    hour: str = ""
    answered_by: str = ""
    note: str = ""


def default_due(office: Office, service: Service) -> date:
    """When somebody asks for the first time unless the officer chooses another day: the city's days for the service's
    area, on a working day.
    """
    return follow_ups.planned(office, service.area)[0][0]


def new_referral(
    office: Office,
    service: Service,
    *,
    id: str = "",
    need: NeedKind | None = None,
    due: date | None = None,
    note: str = "",
) -> Referral:
    """A referral of today with its slip, not yet written. Only `put_referral` knows on what it rests."""
    today, id = clock.today(), id or new_id()
    return Referral(
        id=id,
        service=service.id,
        area=service.area,
        need=need,
        made=today,
        recorded=today,
        due=due or default_due(office, service),
        slip=new_slip(office, id),
        officer=office.officer,
        note=note.strip(),
    )


def new_slip(office: Office, referral: str) -> str:
    """A code that no referral here has. One that another device gives at the same moment is met when it is typed."""
    return next(
        code for n in count() if not reads.has_slip(office.vault, code := new_code(office.about.id, referral, n))
    )


def refer(
    office: Office,
    case: str,
    service: Service,
    *,
    need: NeedKind | None = None,
    due: date | None = None,
    note: str = "",
) -> tuple[Done, Referral]:
    """Refer a person to a service with what she has agreed to so far, and the day somebody asks what came of it. Where
    her data may not be handed over it is for orientation: she takes the sheet. `consents.refer` also takes a new yes.

    Raises `NotAllowed` for a closed service or a day in the past, `UserError` when the case is gone.
    """
    check_offer(service, due)
    with office.case_operation(Op.REFER, case) as op:
        referral = put_referral(office, op, service, need=need, due=due, note=note)
    return op.done, referral


def put_referral(
    office: Office,
    op: Operation,
    service: Service,
    *,
    id: str = "",
    need: NeedKind | None = None,
    due: date | None = None,
    note: str = "",
    plan: Planned | None = None,
) -> Referral:
    """`refer` inside an operation on the case; what that operation wrote of her consent counts. `plan` has the days and
    questions of its follow-ups, the city's unless the officer changed them.
    """
    check_offer(service, due)
    told = op.now(Ref(Home.CASE, op.id)).all(Consent).values()
    found = may_share(load_notice(office.city.id), told, service)
    consent = found.standing.id if found.allowed and found.standing else ""
    made = new_referral(office, service, id=id, need=need, due=due, note=note)
    referral = op.put(replace(made, orientation=not found.allowed, consent=consent))
    milestones.open_for(office, op, referral)
    follow_ups.put_planned(office, op, referral, plan)
    return referral


def check_offer(service: Service, due: date | None) -> None:
    """Raises `NotAllowed` for a service that nobody is sent to, or a day in the past."""
    if service.closed:
        raise NotAllowed(N_("This service is closed. Choose another one."))
    if not service.offered:
        raise NotAllowed(N_("Nobody is sent to this service. Choose another one."))
    check_due(due)


def check_due(due: date | None) -> None:
    if due is not None and due < clock.today():
        raise NotAllowed(N_("The follow-up day has passed already. Choose today or a later day."))


def take_step(office: Office, case: str, followed: FollowedReferral, heard: Heard) -> tuple[Done, ReferralStep]:
    """Write what was heard, and answer the step.

    Raises `NotAllowed` for one that cannot follow, or that leaves a gap: a drop-out, a rejection and a cancellation
    need their reason, an open referral the day somebody asks again. `UserError` when the referral is gone.
    """
    with office.case_operation(Op.STEP_REFERRAL, case) as op:
        step = put_step(office, op, followed, heard)
    return op.done, step


def record_step(office: Office, case: str, followed: FollowedReferral, heard: Heard) -> Done:
    """As `take_step`, for who needs no step."""
    return take_step(office, case, followed, heard)[0]


def put_step(office: Office, op: Operation, followed: FollowedReferral, heard: Heard) -> ReferralStep:
    """As `record_step`, inside an operation on the case."""
    check_due(heard.due)
    file = op.file_of(followed.referral)
    referral = file.all(Referral).get(followed.referral.id)
    if referral is None:
        raise UserError(N_("This referral does not exist any more. Open the case file again."))
    check_step(referral.state(file), referral.outcome(file), heard)  # as it stands now: the screen may be stale
    freshness.reopen_after(op, referral.service, heard.rejection)
    step = op.put(new_step(office, referral.id, heard))
    follow_ups.after_step(office, op, referral, step, file)
    milestones.hear(office, op, referral, step)
    return step


def check_step(state: State, outcome: Outcome | None, heard: Heard) -> None:
    """Whether what was heard can follow how the referral stands, and says what has to be said with it."""
    if not may_follow(state, heard.state):
        raise NotAllowed(N_("This step cannot follow the present state. Choose another one."))
    if (heard.outcome is Outcome.DROPPED_OUT) != (heard.drop_out is not None):
        raise NotAllowed(N_("Say why the course was not finished."))
    if (heard.state is State.REJECTED) != (heard.rejection is not None):
        raise NotAllowed(N_("Say why it was not accepted."))
    if (heard.state is State.CANCELLED) != (heard.cancellation is not None):
        raise NotAllowed(N_("Say why it is cancelled."))
    if heard.hour and (heard.appointment is None or not HOUR.fullmatch(heard.hour)):
        raise NotAllowed(N_("Write the hour as 9:30, with the day of the appointment."))
    if stays_open(heard.state, heard.outcome or outcome) and heard.due is None:
        raise NotAllowed(N_("Choose the day to ask again."))


def new_step(office: Office, referral: str, heard: Heard) -> ReferralStep:
    today = clock.today()
    return ReferralStep(
        id=new_id(),
        referral=referral,
        state=heard.state,
        made=today,
        recorded=today,
        outcome=heard.outcome,
        drop_out=heard.drop_out,
        rejection=heard.rejection,
        cancellation=heard.cancellation,
        due=heard.due,
        appointment=heard.appointment,
        hour=heard.hour,
        answered_by=heard.answered_by.strip(),
        officer=office.officer,
        note=heard.note.strip(),
    )
