from __future__ import annotations

from datetime import timedelta

from migrant_office.models.encounter import Channel
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.other_id import OtherId
from migrant_office.models.person import Person
from migrant_office.models.reads import follow_ups, other_ids, people, services, tables
from migrant_office.models.reads.follow_ups import Wanted
from migrant_office.services import catalogue, referrals
from migrant_office.services import people as verbs
from tests.factories import DAY, put


def a_case(office: Office, **told: str) -> str:
    person = Person(id=new_id(), **told)  # type: ignore[arg-type]  # texts only
    verbs.open_case(office, person)
    return person.id


def test_the_last_contact_of_each_is_the_latest_day(desk: Office) -> None:
    ids = [a_case(desk) for _ in range(3)]
    for days in (3, 1, 2):
        with desk.case_operation(Op.ADD_ENCOUNTER, ids[0]) as op:
            op.put(verbs.new_encounter(desk, Channel.PHONE, made=DAY - timedelta(days=days)))
    assert people.last_contacts(desk.vault, ids) == {ids[0]: (DAY - timedelta(days=1)).isoformat()}
    assert people.last_contacts(desk.vault, []) == {}


def test_recent_ones_have_a_limit_and_the_newest_first(desk: Office) -> None:
    ids = [a_case(desk) for _ in range(5)]
    assert [row[1] for row in people.recent(desk.vault, 3)] == ids[:1:-1]


def test_hits_have_a_limit(desk: Office) -> None:
    with desk.batch():
        for n in range(people.MOST + 10):
            a_case(desk, given=f"Rose {n}")
    assert len(verbs.search(desk, "rose")) == people.MOST
    assert people.count(desk.vault) == people.MOST + 10


def test_codes_of_other_systems_are_kept_apart(desk: Office) -> None:
    case = a_case(desk)
    put(
        desk.vault,
        OtherId(id=new_id(), system="padron", code="A1"),
        OtherId(id=new_id(), system="other", code="B2"),
        on=case,
    )
    assert other_ids.codes(desk.vault, "padron") == {"A1"}
    assert other_ids.codes(desk.vault, "nothing") == set()


def test_a_dump_tells_two_offices_apart(desk: Office) -> None:
    before = tables.dump(desk.vault)
    case = a_case(desk, given="Rose")
    after = tables.dump(desk.vault)
    assert {name for name in after if before[name] != after[name]} == {"person", "findable", "meeting", "spelling"}
    assert after["person"][0][:2] == (case, case)
    assert "protection" not in after  # the restricted part has no table


def test_a_referral_to_a_service_that_is_gone_is_still_due(desk: Office) -> None:
    service = catalogue.service(desk, catalogue.lines(desk, offered_only=True)[0].id)
    referrals.refer(desk, a_case(desk), service, due=DAY)
    desk.vault.erase(service.id)
    assert follow_ups.lines(desk.vault, Wanted(last=DAY.isoformat()), 9)[0][-1] is None
    assert service.id not in services.names(desk.vault)
    assert service.code not in services.codes(desk.vault)
