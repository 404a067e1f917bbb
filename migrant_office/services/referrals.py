"""Make a referral, follow it, and know what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.referral import NEXT, DropOut, Outcome, Referral, ReferralStep, State, stays_open
from migrant_office.models.service import Service
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import milestones

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard about a referral: its new state, what came of it, and when to ask again."""

    state: State
    outcome: Outcome | None = None
    drop_out: DropOut | None = None
    due: date | None = None
    note: str = ""


def default_due(office: Office, service: Service) -> date:
    """When somebody asks again unless the officer chooses another day: the city's days for the service's area, and
    the Monday after when that is a weekend.
    """
    day = clock.today() + timedelta(days=office.city.followup_days(service.area))
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def new_referral(
    office: Office,
    service: Service,
    *,
    need: NeedKind | None = None,
    due: date | None = None,
    note: str = "",
    orientation: bool = False,
) -> Referral:
    today, id = clock.today(), new_id()
    return Referral(
        id=id,
        service=service.id,
        area=service.area,
        need=need,
        made=today,
        recorded=today,
        due=due or default_due(office, service),
        slip=slip_code(id),
        officer=office.officer,
        note=note.strip(),
        orientation=orientation,
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
    """Refer a person to a service, with the day somebody asks what came of it. At the desk `consents.refer` does it,
    which asks first whether data may be handed over.

    Raises `NotAllowed` for a closed service or a day in the past, `UserError` when the case is gone.
    """
    check_offer(service, due)
    with office.case_operation(Op.REFER, case) as op:
        referral = op.put(new_referral(office, service, need=need, due=due, note=note))
        milestones.open_for(office, op, referral)
    return op.done, referral


def check_offer(service: Service, due: date | None) -> None:
    """Raises `NotAllowed` for a closed service or a day in the past."""
    if service.closed:
        raise NotAllowed(N_("This service is closed. Choose another one."))
    check_due(due)


def check_due(due: date | None) -> None:
    if due is not None and due < clock.today():
        raise NotAllowed(N_("The follow-up day has passed already. Choose today or a later day."))


def record_step(office: Office, case: str, followed: FollowedReferral, heard: Heard) -> Done:
    """Write what was heard. Raises `NotAllowed` for a step that cannot follow, or one that leaves a gap:
    a drop-out needs its reason, an open referral the day somebody asks again. `UserError` when the referral is gone.
    """
    with office.case_operation(Op.STEP_REFERRAL, case) as op:
        put_step(office, op, followed, heard)
    return op.done


def put_step(office: Office, op: Operation, followed: FollowedReferral, heard: Heard) -> ReferralStep:
    """As `record_step`, inside an operation on the case."""
    check_due(heard.due)
    file = op.file_of(followed.referral)
    referral = file.all(Referral).get(followed.referral.id)
    if referral is None:
        raise UserError(N_("This referral does not exist any more. Open the case file again."))
    check_step(referral.state(file), referral.outcome(file), heard)  # as it stands now: the screen may be stale
    step = op.put(new_step(office, referral.id, heard))
    milestones.hear(office, op, referral, step)
    return step


def check_step(state: State, outcome: Outcome | None, heard: Heard) -> None:
    """Whether what was heard can follow how the referral stands."""
    stays_as_it_is = heard.state is state and not heard.state.is_closed  # asked again, nothing new
    if not stays_as_it_is and heard.state not in NEXT.get(state, frozenset(State)):
        raise NotAllowed(N_("This step cannot follow the present state. Choose another one."))
    if (heard.outcome is Outcome.DROPPED_OUT) != (heard.drop_out is not None):
        raise NotAllowed(N_("Say why the course was not finished."))
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
        due=heard.due,
        officer=office.officer,
        note=heard.note.strip(),
    )


def slip_code(referral: str) -> str:
    """Eight characters that a partner can read over the phone; they tell nothing about the person."""
    letters = "ACDEFHJKMNPQRTUVWXY34679"
    number = int(referral[-16:], 16)
    return "".join(letters[number // len(letters) ** i % len(letters)] for i in range(8))
