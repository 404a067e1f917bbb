"""The referral behind the code of a slip, or one sentence that says why there is none to answer."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.case_file import FollowedReferral, followed
from migrant_office.models.office import Office
from migrant_office.models.reads import slips as reads
from migrant_office.models.referral import Cancellation, Referral, State
from migrant_office.models.slip import Reading, read


class SlipRefused(UserError):
    """A code that brings up nothing to answer."""


@dataclass(frozen=True, slots=True)
class Slip:
    """The case and the referral that a code brought up."""

    case: str
    followed: FollowedReferral


NO_CODE = N_("A slip's code has ten letters and digits, such as K7X-3F9-D2M4. Look at the slip again.")
WRONG = N_("A letter or digit of this code is not right. Look at the slip and type it again.")
OTHER = N_("This slip is of another office. Its name is on the slip.")
UNKNOWN = N_("There is no referral with this code here. Look at the slip again, or look for the person by name.")
TWICE = N_("Two referrals have this code. Look for the person by name.")
WITHDRAWN = N_(
    "The person took back her consent, and this referral was closed. Nothing more is asked or told about it."
)
UNFOUNDED = N_("No consent holds for this referral any more. Look for the person by name and close it.")
CANCELLED = N_("This referral was cancelled. If the person wants to go on, make a new one in her case file.")
MISTAKE = N_("This referral was written by mistake. There is nothing to answer.")


def find(office: Office, text: str) -> Slip:
    """The referral whose slip has this code, typed in any way: lower case, with spaces or hyphens, an O for a zero.

    Raises `SlipRefused`: no code at all, a wrong symbol, a slip of another office, an unknown one (also one of a case
    that this officer may not know of), of two referrals, or of one that was ended.
    """
    how, code = read(text, office.about.id)
    if how in REFUSED:
        raise SlipRefused(REFUSED[how])
    found = reads.by_slip(office.vault, code)
    if not found:
        raise SlipRefused(UNKNOWN)
    if len(found) > 1:
        raise SlipRefused(TWICE)
    case, id = found[0]
    slip = Slip(case, followed_in(office, case, id))
    refuse_ended(slip.followed)
    return slip


REFUSED = {Reading.NONE: NO_CODE, Reading.WRONG: WRONG, Reading.OTHER: OTHER}


def followed_in(office: Office, case: str, id: str) -> FollowedReferral:
    try:
        file = office.case(case)
    except (Gone, NotAllowed):  # hidden from this officer, or erased: no other sentence may tell
        raise SlipRefused(UNKNOWN) from None
    referral = file.all(Referral).get(id)
    if referral is None:
        raise SlipRefused(UNKNOWN)
    return followed(referral, file)


def refuse_ended(told: FollowedReferral) -> None:
    """Raises `SlipRefused` for a referral about which nothing more is written from a slip."""
    if told.state is State.MISTAKE:
        raise SlipRefused(MISTAKE)
    ends = [step.cancellation for step in told.steps if step.state is State.CANCELLED and step.id not in told.out]
    why = ends[-1] if ends and told.state is State.CANCELLED else None
    if why is Cancellation.CONSENT:
        raise SlipRefused(WITHDRAWN)
    if told.state is State.CANCELLED:
        raise SlipRefused(CANCELLED)
    if told.unfounded:
        raise SlipRefused(UNFOUNDED)
