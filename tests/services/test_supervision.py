"""What nobody followed: each number, the cases behind it, and no restricted case by its name."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from migrant_office import clock
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.referral import Outcome, State
from migrant_office.services import catalogue, people, referrals, supervision
from migrant_office.services.referrals import Heard
from migrant_office.services.supervision import Figure, Key
from tests.factories import DAY


def on(day: date) -> AbstractContextManager[None]:
    return clock.at(datetime(day.year, day.month, day.day, 12).astimezone())


def later(days: int) -> AbstractContextManager[None]:
    return on(DAY + timedelta(days=days))


def a_case(office: Office, given: str, **told: object) -> str:
    person = Person(id=new_id(), given=given, **told)  # type: ignore[arg-type]  # whatever a test tells
    people.open_case(office, person)
    return person.id


def refer(office: Office, case: str, area: str = "employment", need: NeedKind | None = None) -> str:
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
    return referrals.refer(office, case, catalogue.service(office, line.id), need=need)[1].id


def hear(office: Office, case: str, heard: Heard) -> None:
    referrals.record_step(office, case, people.read_case(office, case).referrals[0], heard)


def figures(office: Office, key: Key) -> dict[str, int]:
    section = next(section for section in supervision.sections(office) if section.key is key)
    for figure in section.figures:
        assert len(supervision.cases(office, figure)) == figure.count, "each number opens its list"
    assert section.total == sum(figure.count for figure in section.figures)
    return {figure.group: figure.count for figure in section.figures}


def test_an_office_that_follows_has_nothing_to_show(desk: Office) -> None:
    refer(desk, a_case(desk, "Rose"))
    assert [section.total for section in supervision.sections(desk)] == [0] * len(Key)
    assert [section.key for section in supervision.sections(desk)] == list(Key)


def test_overdue_by_how_long_and_by_whom(desk: Office) -> None:
    refer(desk, a_case(desk, "Rose"))  # to be asked on the 17th
    desk.officer = "Luis"
    with later(20):
        refer(desk, a_case(desk, "Jean"))
    assert figures(desk, Key.OVERDUE_WEEKS) == {}
    with later(16):
        assert figures(desk, Key.OVERDUE_WEEKS) == {"a": 1}
    with later(40):
        assert figures(desk, Key.OVERDUE_WEEKS) == {"a": 1, "b": 1}
        assert figures(desk, Key.OVERDUE_OFFICERS) == {"1": 1, "Luis": 1}
    with later(200):
        assert figures(desk, Key.OVERDUE_WEEKS) == {"d": 2}
        (first, _second) = supervision.cases(desk, Figure(Key.OVERDUE_WEEKS, "d", 2))
        assert first.name == "Rose", "who waits longest comes first"


def test_institutions_that_never_answered(desk: Office) -> None:
    case = a_case(desk, "Rose")
    refer(desk, case)
    with later(30):
        assert figures(desk, Key.UNANSWERED) == {}
    with later(31):
        ((owner, count),) = figures(desk, Key.UNANSWERED).items()
        assert (bool(owner), count) == (True, 1)
        hear(desk, case, Heard(state=State.ACCEPTED, due=DAY + timedelta(days=60)))
        assert figures(desk, Key.UNANSWERED) == {}


def test_nobody_spoke_with_her_while_a_referral_was_open(desk: Office) -> None:
    case = a_case(desk, "Rose")
    refer(desk, case)
    with later(60):
        assert figures(desk, Key.NO_CONTACT) == {}
    with later(61):
        assert figures(desk, Key.NO_CONTACT) == {"": 1}
        people.add_encounter(desk, case, Channel.PHONE)
        assert figures(desk, Key.NO_CONTACT) == {}
    with later(130):
        assert figures(desk, Key.NO_CONTACT) == {"": 1}
        hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED))
        assert figures(desk, Key.NO_CONTACT) == {}


def test_needs_of_this_month_that_nothing_could_serve(desk: Office) -> None:
    case = a_case(desk, "Rose")
    people.add_need(desk, case, NeedKind.HOUSING, UnmetReason.NO_OFFER)
    people.add_need(desk, case, NeedKind.WORK, None)
    assert figures(desk, Key.UNMET) == {UnmetReason.NO_OFFER.value: 1}
    with later(31):
        assert figures(desk, Key.UNMET) == {}


def test_certified_people_whom_nobody_referred_to_work(desk: Office) -> None:
    case = a_case(desk, "Rose")
    refer(desk, case, "certification", NeedKind.CERTIFICATION)
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT))
    assert figures(desk, Key.NO_PLACEMENT) == {}, "not on the first day"
    with later(31):
        assert figures(desk, Key.NO_PLACEMENT) == {Outcome.COMPETENT.value: 1}
        refer(desk, case, "employment", NeedKind.WORK)
        assert figures(desk, Key.NO_PLACEMENT) == {}


def test_a_restricted_case_stands_by_its_folio(desk: Office) -> None:
    case = a_case(desk, "Rose", restricted=True)
    refer(desk, case)
    with later(30):
        (line,) = supervision.cases(desk, Figure(Key.OVERDUE_WEEKS, "b", 1))
    assert (line.name, line.words, line.restricted) == ("", "", True)
    assert line.number
