"""What is written from the Ruta: an answer, a changed verdict, a need that nothing could serve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.consent import Consent, ConsentState
from migrant_office.models.eligibility.facts import AS_THEY_ARE, BEST_FIRST
from migrant_office.models.eligibility.fields import DOCUMENT, FIELDS, YES, Kind
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.eligibility.told import ToldFact, VerdictChange, VerdictCode
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.vault.cells import Unrecognised
from migrant_office.models.vault.nouns import NOUNS, Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import people

OLDEST, MOST_CHILDREN = 120, 30  # as the intake asks
DAYS_A_YEAR = 365.25


def answer_fact(office: Office, case: str, fact: str, answer: str) -> Done:
    """Write what was answered where it belongs: a field of the person, a paper, or an answer that only rules need.

    `answer` is a code, a number as digits, or the sign of a `Missing`. Raises `NotAllowed` for one that does not fit
    the question or that the person does not want kept, `Gone` when the case is not there any more.
    """
    question = city_rules(office.city.id).questions.get(fact)
    with office.case_operation(Op.TELL_FACT, case) as op:
        known = op.on(Ref(Home.CASE, case)).before.all(Consent).values()
        if question is not None and question.sensitive and refuses_sensitive(known):
            raise NotAllowed(N_("The person does not want delicate answers to be kept. Nothing was written."))
        if fact.startswith(DOCUMENT):
            put_paper_state(op, case, fact.removeprefix(DOCUMENT), answer)
        elif fact == "age":
            set_age(op, case, answer)
        elif fact in AS_THEY_ARE:
            set_field(op, case, fact, answer)
        else:
            op.put(ToldFact(id=new_id(), fact=fact, answer=answer, made=clock.today(), officer=office.officer))
    return op.done


def refuses_sensitive(consents: Iterable[Consent]) -> bool:
    """Whether somebody has said that she does not want delicate answers to be kept; nobody asked is no refusal."""
    said = [consent for consent in consents if consent.purpose == "sensitive" and not consent.recipient]
    last = max(said, key=lambda consent: (str(consent.recorded), consent.id), default=None)
    return last is not None and last.state is not ConsentState.GIVEN


def person_in(op: Operation, case: str) -> Person:
    found = op.file_of(Person(id=case), case).one(Person)
    if found is None:
        raise Gone(N_("This case file does not exist any more. Look for the person again."))
    return found


def missing_in(answer: str) -> Missing | None:
    return Missing(answer) if answer in set(Missing) else None


def refused() -> NotAllowed:
    return NotAllowed(N_("This answer does not fit the question. Choose another one."))


def set_field(op: Operation, case: str, fact: str, answer: str) -> None:
    """A field of the person, read as a form would read it."""
    person, kind = person_in(op, case), FIELDS[fact].kind
    value: Any = missing_in(answer)
    if value is None and fact == "commune":
        value = answer.strip()
    elif value is None and kind is Kind.YES_NO:
        value = answer == YES
    elif value is None and kind is Kind.NUMBER:
        value = number(answer, MOST_CHILDREN)
    elif value is None:
        value = NOUNS[Person].readers[fact](answer)
    if isinstance(value, Unrecognised) or (
        FIELDS[fact].codes and value not in {*FIELDS[fact].codes, *Missing, True, False}
    ):
        raise refused()
    op.set(person, on=case, **{fact: value})


def number(answer: str, most: int) -> int:
    """A whole number from 0 to `most`. Raises `NotAllowed`."""
    if not answer.isdigit() or int(answer) > most:
        raise NotAllowed(N_("Write a whole number between 0 and {most}."), most=most)
    return int(answer)


def set_age(op: Operation, case: str, answer: str) -> None:
    """An age becomes an estimated day of birth, in the middle of the year that it allows, as the intake does it."""
    person, why = person_in(op, case), missing_in(answer)
    if why is not None:
        op.set(person, on=case, birth=why)
        return
    years = number(answer, OLDEST)
    birth: date = clock.today() - timedelta(days=int((years + 0.5) * DAYS_A_YEAR))
    op.set(person, on=case, birth=birth, birth_estimated=True)


def put_paper_state(op: Operation, case: str, kind: str, answer: str) -> None:
    """Where a paper stands: on the record of that kind that says nothing yet, else on a new one."""
    why = missing_in(answer)
    if why is None and answer not in BEST_FIRST:
        raise refused()
    if why is not None:  # nobody says where it stands: an answer, not a paper
        op.put(ToldFact(id=new_id(), fact=DOCUMENT + kind, answer=answer, made=clock.today()))
        return
    state = DocumentState(answer)
    held = op.file_of(HeldDocument(id=case), case).all(HeldDocument).values()
    blank = next((p for p in held if p.kind == kind and isinstance(p.state, Missing)), None)
    if blank is not None:
        op.set(blank, on=case, state=state)
    else:
        op.put(HeldDocument(id=new_id(), kind=kind, state=state), on=case)


def new_change(office: Office, service: str, verdict: VerdictCode | None, reason: str) -> VerdictChange:
    """An officer's own verdict; None takes the last one back. Raises `NotAllowed` without a reason."""
    if not reason.strip():
        raise NotAllowed(N_("Say why the verdict is another one: whoever reads it later must know."))
    return VerdictChange(
        id=new_id(), service=service, verdict=verdict, reason=reason.strip(), officer=office.officer, made=clock.today()
    )


def change_verdict(office: Office, case: str, service: str, verdict: VerdictCode | None, reason: str) -> Done:
    """Give another verdict than the rules. Raises as `new_change`, `Gone` when the case is not there any more."""
    change = new_change(office, service, verdict, reason)
    with office.case_operation(Op.CHANGE_VERDICT, case) as op:
        op.put(change)
    return op.done


def note_unmet(office: Office, case: str, kind: NeedKind, reason: UnmetReason, words: str = "") -> Done:
    """Write down that nothing could serve a need ([002:310], [002:521])."""
    return people.add_need(office, case, kind, reason, words)


def tell_needs(office: Office, case: str, kinds: Iterable[NeedKind]) -> Done:
    """The needs that were told today, as one operation. Raises `NotAllowed` when none was chosen."""
    chosen = tuple(kinds)
    if not chosen:
        raise NotAllowed(N_("Choose at least one need."))
    with office.case_operation(Op.ADD_NEED, case) as op:
        for kind in chosen:
            op.put(people.new_need(kind))
    return op.done
