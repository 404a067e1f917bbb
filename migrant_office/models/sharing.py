"""Whether data of a person may be handed to a body: the one rule, asked by screens and by every write of a referral.

A private body needs a yes for itself; a public one follows the general answer, and the municipal function where that is
the basis and nobody said no. A referral that hands nothing over (orientation) needs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.ids import new_id
from migrant_office.models.consent import Consent, ConsentState
from migrant_office.models.notice import Basis, Notice, Purpose
from migrant_office.models.referral import Referral
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import Home, Ref, changed
from migrant_office.models.vault.operation import Operation

NOT_AGREED = N_("The person has not agreed that her data go to this body. Ask her, or refer to orient only.")
PUBLIC, PRIVATE = "share_public", "share_private"
Key = tuple[str, str]  # purpose, and the id of the service that would receive the data or ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """The answer. `standing` is the consent that decides, None when nobody asked."""

    allowed: bool
    private: bool
    purpose: Purpose
    standing: Consent | None


def standing(consents: Iterable[Consent]) -> dict[Key, Consent]:
    """What holds now: the latest entry for each purpose and recipient."""
    return {(c.purpose, c.recipient): c for c in sorted(consents, key=when)}


def when(consent: Consent) -> tuple[str, str]:
    return str(consent.recorded), consent.id  # as text: a damaged date is one


def is_given(consent: Consent | None) -> bool:
    return consent is not None and consent.state is ConsentState.GIVEN


def may_share(notice: Notice, consents: Iterable[Consent], service: Service) -> Sharing:
    """Whether a referral to a service may carry data. An owner that the notice does not know counts as private."""
    private = not notice.bodies.is_public(service.owner)
    purpose = notice.purpose(PRIVATE if private else PUBLIC)
    held = standing(consents)
    own, general = held.get((purpose.code, service.id)), held.get((purpose.code, ""))
    last = max((c for c in (own, general) if c), key=when, default=None)
    if private:
        allowed = is_given(own) and is_given(last)
    else:
        allowed = is_given(last) if last else purpose.basis is Basis.FUNCTION
    return Sharing(allowed, private, purpose, last)


def check_sharing(notice: Notice, consents: Iterable[Consent], service: Service | None, id: str) -> Sharing:
    """Raises `NotAllowed` where data may not be handed to a service. One that the office does not have belongs to
    nobody known, so it counts as private.
    """
    found = may_share(notice, consents, service or Service(id=id, name=id, needs=frozenset()))
    if not found.allowed:
        raise NotAllowed(NOT_AGREED)
    return found


def check_referral(notice: Notice, consents: Iterable[Consent], service: Service | None, referral: Referral) -> None:
    """Raises `NotAllowed` for a referral that would hand over data without the consent that it names."""
    if referral.orientation:
        return
    found = check_sharing(notice, consents, service, referral.service)
    if referral.consent != (found.standing.id if found.standing else ""):
        raise NotAllowed(N_("This referral names no consent that holds. Open the case file again."))


def rests_on_nothing(referral: Referral, consents: Iterable[Consent]) -> bool:
    """Whether the yes that a referral was made with holds no more: taken back here, or meanwhile on another device."""
    if referral.orientation or not referral.consent:
        return False
    all_of_them = tuple(consents)
    own = next((c for c in all_of_them if c.id == referral.consent), None)
    if own is None:
        return True
    held = standing(all_of_them)
    later = (held.get((own.purpose, own.recipient)), held.get((own.purpose, "")))
    return any(c is not None and when(c) > when(own) and not is_given(c) for c in later)


def in_every_file(op: Operation, given: Iterable[Consent], case: str) -> Iterator[Consent]:
    """The yeses to the same as `given`, one in each of the files that are joined: what is taken back must not hold
    again when they are separated.
    """
    keys = {(consent.purpose, consent.recipient) for consent in given}
    latest: dict[tuple[str, Key], Consent] = {}
    for consent in sorted(op.on(Ref(Home.CASE, case)).before.all(Consent).values(), key=when):
        latest[op.holder_of(Consent, consent.id, on=case), (consent.purpose, consent.recipient)] = consent
    yield from (consent for (_file, key), consent in latest.items() if key in keys and is_given(consent))


def refused_elsewhere(op: Operation, entry: Consent, case: str) -> list[Consent]:
    """A no that was just written, to be written also beside each yes in another of the files that are joined."""
    own = op.holder_of(Consent, entry.id, on=case)
    beside = [c for c in in_every_file(op, [entry], case) if op.holder_of(Consent, c.id, on=case) != own]
    return [changed(entry, id=new_id(), ends=consent.id) for consent in beside]
