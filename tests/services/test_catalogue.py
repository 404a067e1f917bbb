from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrant_office.errors import UserError
from migrant_office.models.city import cities, load_city
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, unlock
from migrant_office.models.reads.tables import dump
from migrant_office.models.service import Channel, Confidence
from migrant_office.services import catalogue, offices, papers
from tests.factories import CHEAP, DAY, PASSPHRASE


@pytest.fixture(params=cities())
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    offices.create_office(tmp_path / "o", city=request.param, passphrase=PASSPHRASE, cost=CHEAP)
    office = unlock(tmp_path / "o", PASSPHRASE)
    yield office
    office.close()


def listed(office: Office) -> list[dict[str, str]]:
    with (office.city.folder / "services" / "services.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_city_is_a_service(office: Office) -> None:
    rows = listed(office)
    assert len(rows) > 20
    assert {line.id for line in catalogue.lines(office)} == {row["code"] for row in rows}
    for row in rows:
        service = catalogue.service(office, row["code"])
        assert (service.name, service.topic, service.source) == (row["name"], row["area"], row["source"])
        assert office.city.area(service.area), row["code"]
        assert service.confirmed is None  # nothing counts as true until the office confirms it


def test_every_area_of_the_file_is_claimed(office: Office) -> None:
    claimed = {word for area in office.city.areas for word in area.match}
    assert {row["area"] for row in listed(office)} <= claimed


def test_every_need_finds_services(office: Office) -> None:
    for need in NeedKind:
        if not catalogue.for_need(office, need):
            assert not any(need.value in area.needs for area in office.city.areas), need


def test_loading_again_changes_nothing(office: Office) -> None:
    before, envelopes = dump(office.vault), len(office.vault.envelopes())
    assert catalogue.load_city_catalogue(office) == 0
    assert dump(office.vault) == before
    assert len(office.vault.envelopes()) == envelopes
    assert office.undoable == []


def test_loading_again_leaves_what_the_office_wrote(desk: Office) -> None:
    service = catalogue.service(desk, catalogue.lines(desk)[0].id)
    catalogue.confirm(desk, service, cost="Gratis")
    catalogue.load_city_catalogue(desk)
    found = catalogue.service(desk, service.id)
    assert (found.cost, found.confirmed, found.confirmed_by) == ("Gratis", DAY, desk.officer)


def test_closed_ones_come_last_and_are_not_offered(desk: Office) -> None:
    lines = catalogue.lines(desk)
    closed = [line.closed for line in lines]
    assert closed == sorted(closed)
    assert any(closed)
    offered = catalogue.lines(desk, offered_only=True)
    assert [line for line in lines if line.offered] == offered
    assert {line.id for line in lines if not line.offered and not line.closed} == {"scl-sello-migrante"}
    order = [desk.city.areas.index(area) for line in offered if (area := desk.city.area(line.area))]
    assert order == sorted(order)


def test_for_a_need_only_open_services_of_its_areas(desk: Office) -> None:
    found = catalogue.for_need(desk, NeedKind.WORK)
    assert found
    assert {line.area for line in found} == {"employment"}
    assert not any(line.closed for line in found)


def test_a_confirmation_dates_the_facts(desk: Office) -> None:
    line = catalogue.lines(desk)[0]
    assert line.confirmed is None
    done = catalogue.confirm(desk, catalogue.service(desk, line.id))
    assert done.touches("service")
    assert next(each for each in catalogue.lines(desk) if each.id == line.id).confirmed == DAY


def test_a_service_that_is_not_there(desk: Office) -> None:
    with pytest.raises(UserError, match="not in the catalogue"):
        catalogue.service(desk, "no-such-service")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gratis", "Gratis"),
        ("por confirmar", ""),
        ("Por confirmar (web caída)", ""),
        (" no dicho en la fuente", ""),
        ("", ""),
    ],
)
def test_what_the_source_does_not_say_is_not_known(text: str, shown: str) -> None:
    assert catalogue.known(text) == shown


ROW = {"code": "x-1", "name": "Taller", "area": "empleo", "confidence": "seed"}


def test_a_short_row_is_enough(desk: Office) -> None:
    service = catalogue.service_from({"code": "x-1", "name": "Taller"}, desk)
    assert (service.id, service.name, service.confidence, service.closed) == ("x-1", "Taller", None, False)
    assert service.area == desk.city.areas[0].code
    assert catalogue.service_from(ROW, desk).confidence is Confidence.SEED
    assert catalogue.service_from(ROW, desk).needs == {NeedKind.WORK}


@pytest.mark.parametrize(
    ("wrong", "said"), [({"code": ""}, "without code"), ({"name": ""}, "without code"), ({"confidence": "sure"}, "x-1")]
)
def test_a_row_that_cannot_be_read_is_named(desk: Office, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UserError) as refused:
        catalogue.service_from(ROW | wrong, desk)
    assert said in refused.value.message.format(**refused.value.data)


@pytest.mark.parametrize(
    "wrong",
    [{"irregular": "maybe"}, {"channel": "pigeon"}, {"withheld": "x"}, {"answer_days": "soon"}, {"appointment": "sí"}],
)
def test_a_finer_fact_that_cannot_be_read_names_its_row(desk: Office, wrong: dict[str, str]) -> None:
    with pytest.raises(UserError, match="cannot be read") as refused:
        catalogue.service_from(ROW | wrong, desk)
    assert refused.value.data == {"code": "x-1"}
    with pytest.raises(UserError, match="cannot be read"):
        catalogue.schedules_from(ROW | {"hours": "sometimes"}, desk.city)


def test_finer_facts_are_unknown_where_the_source_says_nothing(desk: Office) -> None:
    service = catalogue.service_from(ROW, desk)
    unknown = (service.irregular, service.childcare, service.appointment, service.channel, service.answer_days)
    assert unknown == (None,) * 5
    assert (service.accepts, service.aliases, service.offered) == (frozenset(), "", True)
    row = ROW | {"irregular": "no", "channel": "mixed", "answer_days": "5", "accepts": "passport run_card"}
    told = catalogue.service_from(row | {"withheld": "announced"}, desk)
    assert (told.irregular, told.channel, told.answer_days, told.offered) == (False, Channel.MIXED, 5, False)
    assert told.accepts == {"passport", "run_card"}


NEVER = {  # closed, not for persons, announced only
    "santiago": {"scl-empadronamiento", "scl-impulsa-migrante", "scl-sello-migrante"},
    "cdmx": {"mx-ciudad-hospitalaria", "mx-apoyo-emergente", "mx-a3h-22", "mx-centro-multiservicios"},
}
SIX = ("legal", "education", "identity", "livelihoods", "specific_needs", "health")  # [002:3599]


def test_both_catalogues_are_whole_and_nothing_is_offered_that_should_not_be(office: Office) -> None:
    lines = catalogue.lines(office)
    assert len(lines) == {"santiago": 63, "cdmx": 58}[office.city.id]
    assert {line.id for line in lines if not line.offered} == NEVER[office.city.id]
    assert all(line.due for line in lines if line.offered)
    codes = set(papers.kinds(office))
    for line in lines:
        service = catalogue.service(office, line.id)
        assert service.source
        assert service.accepts <= codes, line.id
    if office.city.id == "cdmx":
        assert tuple(dict.fromkeys(line.area for line in lines if not line.closed))[:6] == SIX


def test_what_the_source_does_not_say_is_left_empty(desk: Office) -> None:
    """Having entered by an unauthorised crossing is no status, and nobody is sent to report herself."""
    assert catalogue.service(desk, "scl-autodenuncia").irregular is None


def test_cities_agree_with_their_profiles() -> None:
    assert {load_city(city).id for city in cities()} == set(cities())
