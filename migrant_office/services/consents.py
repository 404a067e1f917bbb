"""What a person agreed to, purpose by purpose: record it, take it back, and ask it before data leave the office.

Nothing here is ever needed to be served. A no, or a question nobody asked, only says what the office may not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import LANGUAGES, N_
from migrant_office.models import sharing
from migrant_office.models.case_file import CaseFile, FollowedReferral, case_file
from migrant_office.models.consent import Consent, ConsentState, Manner, SaidBy
from migrant_office.models.form_version import FormVersion
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind
from migrant_office.models.notice import ASKED, Notice, Purpose, load_notice, parse_notice
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import CLOSED, Cancellation, Referral, State
from migrant_office.models.service import Service
from migrant_office.models.sharing import PRIVATE, PUBLIC, Key
from migrant_office.models.sharing import is_given as is_given  # what callers of this room ask for
from migrant_office.models.sharing import when as when
from migrant_office.models.vault import access
from migrant_office.models.vault.nouns import NOUNS, File, Home, Ref, Sensitivity, changed
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import catalogue, referrals, sheet_prints
from migrant_office.services.follow_ups.making import Planned
from migrant_office.services.referrals import Heard

NOTICE = "notice"  # the document in which every edition that was agreed to is kept
OF_AGE = 18  # both countries; below, a guardian speaks (the law packs' younger ages are in notice.toml)
CONTACT, SENSITIVE = "contact", "sensitive"
STATES = {"yes": ConsentState.GIVEN, "no": ConsentState.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who answered, how, and in which language the notice was told."""

    by: SaidBy = SaidBy.SELF
    manner: Manner = Manner.SPOKEN
    guardian: str = ""
    language: str = "es"


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """Whether data may be handed over for a referral. `standing` is the answer that decides, None when nobody asked;
    `body` the receiver as the catalogue names it; `minor` that only a guardian can agree; `language` the one to ask in.
    """

    allowed: bool
    private: bool
    purpose: Purpose
    body: str
    standing: Consent | None
    minor: bool
    language: str


class UseKind(StrEnum):
    REFERRAL = "referral"
    PHONE = "phone"
    EMAIL = "email"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that rests on a consent: an open referral (`name` is its service, `printed` the day its sheet with the
    slip was made last), a way to reach, or `count` answers about sensitive things.
    """

    kind: UseKind
    name: str = ""
    followed: FollowedReferral | None = None
    count: int = 0
    printed: date | None = None


def notice_of(office: Office) -> Notice:
    """The notice of the office's city. Raises `NoticeRefused` when somebody broke it."""
    return load_notice(office.city.id)


def notice_said(office: Office, edition: str) -> Notice | None:
    """The notice that a consent was given to, by its `version`: today's or an earlier one; None when nobody kept it.

    Raises `NoticeRefused` for one that only a newer program can read.
    """
    now = notice_of(office)
    if edition == now.edition:
        return now
    kept = office.vault.file(Ref(Home.FORM, NOTICE)).all(FormVersion).values()
    source = next((version.source for version in kept if version.version == edition), "")
    return parse_notice(source) if source else None


def needs_guardian(person: Person) -> bool:
    """Whether somebody else has to answer: under 18 today. An age that nobody knows counts as grown up."""
    age = person.age_on(clock.today())
    return age is not None and age < OF_AGE


def told_in(person: Person) -> str:
    """The language in which the notice is told: the person's own where it is written in it, else Spanish."""
    return str(person.language) if str(person.language) in LANGUAGES else "es"


# reading


def standing(case: CaseFile | File) -> dict[Key, Consent]:
    """What holds now: the latest entry for each purpose and recipient."""
    return sharing.standing(case.consents if isinstance(case, CaseFile) else case.all(Consent).values())


def may_contact(case: CaseFile | File) -> bool | None:
    """Whether the person may be contacted at all: her answer, or None when nobody asked."""
    found = standing(case).get((CONTACT, ""))
    return None if found is None else is_given(found)


def is_private(office: Office, service: Service) -> bool:
    """Whether a service belongs to a private body; an owner that the notice does not know counts as one."""
    return not notice_of(office).bodies.is_public(service.owner)


def may_share(office: Office, case: CaseFile, service: Service) -> ShareAnswer:
    """Whether a referral to a service may carry data (`models.sharing`), and what the question needs."""
    found = sharing.may_share(notice_of(office), case.consents, service)
    person, body = case.person, service.owner or service.name
    last = found.standing
    return ShareAnswer(found.allowed, found.private, found.purpose, body, last, needs_guardian(person), told_in(person))


def uses(office: Office, case: CaseFile, purpose: str, recipient: str = "") -> tuple[Use, ...]:
    """What rests on a consent today, so that who takes it back sees what that touches."""
    if purpose in {PUBLIC, PRIVATE}:
        return tuple(referral_uses(office, case, purpose, recipient))
    person = case.person
    if purpose == CONTACT:
        ways = ((UseKind.PHONE, person.phone), (UseKind.EMAIL, person.email))
        return tuple(Use(kind) for kind, way in ways if way)
    told = [n for n, s in NOUNS[Person].sensitivity.items() if s is Sensitivity.SENSITIVE and is_told(person, n)]
    return (Use(UseKind.ANSWERS, count=len(told)),) if told else ()


def is_told(person: Person, name: str) -> bool:
    value = getattr(person, name)
    return bool(value) and not callable(value) and not isinstance(value, Missing)


def referral_uses(office: Office, case: CaseFile, purpose: str, recipient: str) -> Iterator[Use]:
    """Open referrals that handed data to such bodies, each with its slip and the day its sheet was made last."""
    for followed in case.referrals:
        referral = followed.referral
        if followed.state in CLOSED or referral.orientation or recipient not in {"", referral.service}:
            continue
        try:
            service = catalogue.service(office, referral.service)
        except UserError:  # no longer in the catalogue: nobody knows whose it was, so it counts as private
            service = Service(id=referral.service, name=referral.service, needs=frozenset())
        if is_private(office, service) == (purpose == PRIVATE):
            printed = access.last(office.vault, sheet_prints.SHEET, referral.id)
            yield Use(UseKind.REFERRAL, service.name, followed, printed=printed)


# writing


def record(
    office: Office,
    case: str,
    answers: Mapping[str, ConsentState],
    *,
    by: SaidBy = SaidBy.SELF,
    manner: Manner = Manner.SPOKEN,
    guardian: str = "",
    language: str = "es",
    recipient: str = "",
    referral: str = "",
) -> Done:
    """Write what somebody answered today, as one operation; the same answer to the same notice writes nothing.

    Raises `NotAllowed` when a child answered alone or a guardian has no name, `UserError` when the case is gone.
    """
    said = Said(by=by, manner=manner, guardian=guardian, language=language)
    with office.case_operation(Op.CONSENT, case) as op:
        check_said(person_of(op), said)
        put_consents(office, op, answers, said, recipient=recipient, referral=referral)
    return op.done


def check_said(person: Person | None, said: Said) -> None:
    if person and said.by is SaidBy.SELF and needs_guardian(person):
        raise NotAllowed(N_("This person is under 18: a guardian answers. Without one, leave it not asked."))
    if said.by is SaidBy.GUARDIAN and not said.guardian.strip():
        raise NotAllowed(N_("Write who answers for this person."))


def put_consents(
    office: Office,
    op: Operation,
    answers: Mapping[str, ConsentState],
    said: Said,
    *,
    person: Person | None = None,
    recipient: str = "",
    referral: str = "",
) -> tuple[Consent, ...]:
    """As `record`, inside an operation; `person` when that operation itself opens her case. Answers that nobody may
    give (a child alone) are left out rather than keep a case from being opened. Returns what was written.
    """
    on = person.id if person else op.id
    try:
        check_said(person or person_of(op), said)
    except NotAllowed:
        return ()
    notice, held, made = notice_of(office), standing(case_of(op, on)), []
    for purpose in sorted(ASKED & answers.keys()):
        entry = Consent(
            id=new_id(),
            notice=notice.id,
            version=notice.edition,
            purpose=purpose,
            state=answers[purpose],
            recipient=recipient,
            referral=referral,
            **stamp(office, said),
        )
        before, general = held.get((purpose, recipient)), held.get((purpose, ""))
        overruled = before and general and when(general) > when(before) and general.state is not entry.state
        if overruled or not is_same(before, entry):
            made.append(op.put(entry, on=on))
            if not is_given(entry) and op.group_of(Ref(Home.CASE, on)):
                made += [op.put(c, on=on) for c in sharing.refused_elsewhere(op, entry, on)]
    if made:
        keep_words(office, op, notice)
    return tuple(made)


def keep_words(office: Office, op: Operation, notice: Notice) -> None:
    """Keep the whole text of an edition with the first consent to it: the file of the city will change one day."""
    ref = Ref(Home.FORM, NOTICE)
    kept = File(ref, op.on(ref).document.cells()).all(FormVersion).values()  # what this operation wrote counts too
    if notice.edition not in {version.version for version in kept}:
        version = FormVersion(
            id=new_id(),
            name=NOTICE,
            form=notice.id,
            version=notice.edition,
            digest=notice.digest,
            made=clock.today(),
            officer=office.officer,
            source=notice.source,
        )
        op.put(version, on=NOTICE)


def person_of(op: Operation, on: str | None = None) -> Person | None:
    return case_of(op, on).one(Person)


def case_of(op: Operation, on: str | None = None) -> File:
    """The case of an operation as it was before."""
    return op.on(Ref(Home.CASE, on or op.id)).before


def is_same(before: Consent | None, now: Consent) -> bool:
    """Whether the same was said before, of the same words, in the same way."""
    same = ("notice", "version", "state", "language", "by", "manner", "guardian")
    return before is not None and all(getattr(before, name) == getattr(now, name) for name in same)


def withdraw(office: Office, case: str, purpose: str, recipient: str = "", *, said: Said | None = None) -> Done:
    """Take a consent back and close what rests on it (`uses`), as one operation. Without a recipient the yeses to
    single bodies end with it. Anybody may take back, a child too; nothing given, nothing written.
    """
    said = said or Said()
    with office.case_operation(Op.CONSENT, case) as op:
        given = [
            consent
            for key, consent in standing(case_of(op)).items()
            if key[0] == purpose and recipient in {"", key[1]} and is_given(consent)
        ]
        for consent in sharing.in_every_file(op, given, op.id):
            op.put(withdrawal(office, consent, said))
        found = case_file(case_of(op))
        for use in uses(office, found, purpose, recipient) if found and given else ():
            if use.followed:
                heard = Heard(state=State.CANCELLED, cancellation=Cancellation.CONSENT)
                referrals.put_step(office, op, use.followed, heard)
    return op.done


def withdrawal(office: Office, consent: Consent, said: Said) -> Consent:
    """The entry that ends a consent; it names the words that were agreed to, not today's."""
    return changed(consent, id=new_id(), state=ConsentState.WITHDRAWN, ends=consent.id, **stamp(office, said))


def stamp(office: Office, said: Said) -> dict[str, Any]:
    """Who says it, how, and today."""
    return {
        "made": clock.today(),
        "recorded": clock.today(),
        "officer": office.officer,
        "language": said.language,
        "by": said.by,
        "manner": said.manner,
        "guardian": said.guardian.strip() if said.by is SaidBy.GUARDIAN else "",
    }


def refer(
    office: Office,
    case: str,
    service: Service,
    *,
    agreed: Said | None = None,
    need: NeedKind | None = None,
    due: date | None = None,
    note: str = "",
    plan: Planned | None = None,
    besides: Iterable[Any] = (),
) -> tuple[Done, Referral]:
    """Refer a person. Where her data may not be handed over yet, `agreed` is who said yes to it just now; without it
    the referral is for orientation: she takes the sheet, nothing is sent. `plan` has the days and questions of its
    follow-ups, the city's unless the officer changed them. `besides` are entries of the case that belong to the same
    act, such as why a verdict was set aside. One operation.

    Raises `NotAllowed` as `referrals.refer` and `record` do, `UserError` when the case is gone.
    """
    referrals.check_offer(service, due)
    with office.case_operation(Op.REFER, case) as op:
        referral = put_referral(office, op, service, agreed, need=need, due=due, note=note, plan=plan)
        for entry in besides:
            op.put(entry)
    return op.done, referral


def put_referral(
    office: Office,
    op: Operation,
    service: Service,
    agreed: Said | None,
    *,
    need: NeedKind | None = None,
    due: date | None = None,
    note: str = "",
    plan: Planned | None = None,
) -> Referral:
    """`refer` inside another operation on the same case. Raises as `refer`."""
    referrals.check_offer(service, due)
    id, found = new_id(), case_file(case_of(op))
    answer = may_share(office, found, service) if found else None
    if answer and not answer.allowed and agreed:
        check_said(person_of(op), agreed)
        given = {answer.purpose.code: ConsentState.GIVEN}
        put_consents(office, op, given, agreed, recipient=service.id, referral=id)
    return referrals.put_referral(office, op, service, id=id, need=need, due=due, note=note, plan=plan)


def from_answers(told: Mapping[str, Any], language: str = "es") -> tuple[dict[str, ConsentState], Said]:
    """The arguments of `put_consents` from the mapped answers of a form (`consent.<purpose>`, `consent.by`...): yes is
    given, no is refused, whatever is missing is not recorded. Who names a guardian was answered for by one.
    """
    answers = {
        purpose: STATES[told[f"consent.{purpose}"]]
        for purpose in sorted(ASKED)
        if isinstance(told.get(f"consent.{purpose}"), str) and told[f"consent.{purpose}"] in STATES
    }
    by, manner, guardian = (words_of(told.get(f"consent.{name}")) for name in ("by", "manner", "guardian"))
    for_whom = SaidBy(by) if by in set(SaidBy) else SaidBy.GUARDIAN if guardian else SaidBy.SELF
    how = Manner(manner) if manner in set(Manner) else Manner.SPOKEN
    return answers, Said(by=for_whom, manner=how, guardian=guardian, language=language)


def words_of(value: object) -> str:
    return value.strip() if isinstance(value, str) and not isinstance(value, Missing) else ""
