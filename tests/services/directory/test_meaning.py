from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from migrant_office.errors import NotAllowed
from migrant_office.models.directory.hours import Opening
from migrant_office.models.office import Office, unlock
from migrant_office.models.service import Channel, CheckReason, Service
from migrant_office.services import catalogue, offices
from migrant_office.services.directory import own
from migrant_office.services.directory.editing import Telephone, WeekHours, edit, read_sheet, write_procedure
from migrant_office.services.directory.exporting import export_directory
from migrant_office.services.directory.importing import import_directory
from tests.factories import CHEAP, DAY, PASSPHRASE
from tests.services.directory.samples import SAMPLE, SERVICE, Tables, read_json, tabular


def test_a_foreign_service_can_be_referred_to(desk: Office) -> None:
    import_directory(desk, SAMPLE / "tabular.json")
    service = catalogue.service(desk, SERVICE)
    assert (service.name, service.owner) == ("Community Counselling", "Example Organization Inc.")
    assert service.area == desk.city.default_area
    assert service.gives.startswith("Counselling Services")
    assert service.who.startswith("This service is intended for all people aged 12")
    assert service.cost.startswith("Non-NHS patients")
    assert service.steps.startswith("If you are an NHS patient")
    assert service.documents == read_json(SAMPLE / "tabular.json")["required_documents.csv"][0]["document"]
    assert "+44 1234 234567" in service.contact
    assert "1-30 Main Street, MyVillage, MyCity" in service.contact
    assert service.confirmed == date(2005, 1, 1)
    assert service.offered
    assert SERVICE in {line.id for line in catalogue.lines(desk, offered_only=True)}


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_one_that_is_not_active_is_kept_and_never_offered(desk: Office, tmp_path: Path, status: str) -> None:
    def closed(told: Tables) -> None:
        told["services.csv"][0]["status"] = status

    import_directory(desk, tabular(tmp_path / "p.json", closed))
    assert catalogue.service(desk, SERVICE).closed
    assert SERVICE not in {line.id for line in catalogue.lines(desk, offered_only=True)}


def test_a_term_that_names_an_area_puts_a_service_there(desk: Office, tmp_path: Path) -> None:
    def healthy(told: Tables) -> None:
        told["attributes.csv"][0]["link_id"] = SERVICE
        told["taxonomy_terms.csv"][0]["name"] = "Salud"

    import_directory(desk, tabular(tmp_path / "p.json", healthy))
    service = catalogue.service(desk, SERVICE)
    assert service.area == "health"
    assert {need.value for need in service.needs} == {"health"}
    shown = read_sheet(desk, SERVICE)
    edit(desk, shown, {"area": "housing"}, shown.hours, shown.phones)
    import_directory(desk, tmp_path / "p.json")
    assert catalogue.service(desk, SERVICE).area == "housing"  # the package says nothing new


def test_what_the_office_wrote_stays_where_the_package_says_what_it_said(desk: Office, tmp_path: Path) -> None:
    import_directory(desk, SAMPLE / "tabular.json")
    catalogue.confirm(desk, catalogue.service(desk, SERVICE), cost="Free since March", irregular=True)

    def newer(told: Tables) -> None:
        told["services.csv"][0]["description"] = "Group sessions"

    import_directory(desk, tabular(tmp_path / "tabular.json", newer))
    service = catalogue.service(desk, SERVICE)
    assert (service.cost, service.irregular, service.confirmed) == ("Free since March", True, DAY)
    assert service.gives == "Group sessions"


def test_an_organization_that_is_called_otherwise_now_is_the_owner(desk: Office, tmp_path: Path) -> None:
    import_directory(desk, SAMPLE / "tabular.json")

    def renamed(told: Tables) -> None:
        told["organizations.csv"][0]["name"] = "Another Name Inc."
        told["phones.csv"][0]["number"] = "+44 999"

    import_directory(desk, tabular(tmp_path / "tabular.json", renamed))
    service = catalogue.service(desk, SERVICE)
    assert service.owner == "Another Name Inc."
    assert "+44 999" in service.contact


def test_what_the_office_wrote_goes_out_in_the_columns_that_say_it(desk: Office, tmp_path: Path) -> None:
    import_directory(desk, SAMPLE / "tabular.json")
    service = catalogue.service(desk, SERVICE)
    shown = read_sheet(desk, SERVICE)
    edit(desk, shown, {"cost": "Free", "closed": True, "closed_why": "Moved"}, shown.hours, shown.phones)
    catalogue.confirm(desk, catalogue.service(desk, SERVICE), answered_by="Zulema", irregular=True)
    export_directory(desk, tmp_path / "out.json", name="tabular")
    told = read_json(tmp_path / "out.json")
    row = told["services.csv"][0]
    assert (row["fees_description"], row["status"], row["assured_date"]) == ("Free", "inactive", DAY.isoformat())
    assert row["description"] == service.gives
    said = {own.TERMS.get(a["taxonomy_term_id"]): a.get("value") for a in told["attributes.csv"]}
    assert (said["irregular"], said["closed_why"]) == ("true", "Moved")
    assert "Zulema" not in str(told)  # who answered stays in the office


def test_our_catalogue_comes_back_equal_in_another_office(desk: Office, tmp_path: Path) -> None:
    ids = [line.id for line in catalogue.lines(desk)]
    first, second, third = (catalogue.service(desk, id) for id in ids[:3])
    facts = {
        "irregular": False,
        "childcare": True,
        "appointment": None,
        "answer_days": 12,
        "channel": Channel.MIXED,
        "accepts": frozenset({"passport", "run_card"}),
        "aliases": "Una; Otra",
        "check_days": 45,
        "cost": "",
        "steps": " 1) uno; 2) dos ",
        "area": "health",
    }
    hours = (WeekHours(days=("MO", "FR"), opens=time(9), closes=time(13, 30)),)
    edit(desk, read_sheet(desk, first.id), facts, hours, (Telephone(number="+56 2 1", description="mesón"),))
    catalogue.confirm(desk, catalogue.service(desk, first.id), answered_by="Alguien")
    edit(desk, read_sheet(desk, second.id), {"closed": True, "closed_why": "Sin fondos", "needs": frozenset()}, (), ())
    write_procedure(desk, third.id, ["Llamar", "Acompañar"])
    write_procedure(desk, third.id, ["Llamar", "Acompañar", "Anotar"])
    export_directory(desk, tmp_path / "ours.zip")

    offices.create_office(tmp_path / "o", city="santiago", passphrase=PASSPHRASE, cost=CHEAP)
    other = unlock(tmp_path / "o", PASSPHRASE)
    done = import_directory(other, tmp_path / "ours.zip")
    assert (done.new, done.known, done.remarks) == (0, len(ids), ())
    for id in ids:
        assert published(catalogue.service(other, id)) == published(catalogue.service(desk, id)), id
    there = read_sheet(other, first.id)
    assert there.hours == read_sheet(desk, first.id).hours
    assert there.phones == read_sheet(desk, first.id).phones
    steps = [(p.version, p.made, p.steps) for p in read_sheet(other, third.id).procedures]
    assert steps == [(2, DAY, ("Llamar", "Acompañar", "Anotar")), (1, DAY, ("Llamar", "Acompañar"))]
    export_directory(other, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "ours.zip").read_bytes()
    other.close()


def published(service: Service) -> dict[str, object]:
    return {name: getattr(service, name) for name in own.FIELDS}


def test_what_is_kept_home_is_in_no_export(desk: Office, tmp_path: Path) -> None:
    service = catalogue.service(desk, catalogue.lines(desk)[0].id)
    catalogue.confirm(desk, service, answered_by="Zulema Quispe")
    export_directory(desk, tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert "Zulema" not in text
    assert {f.name for f in Service.__dataclass_fields__.values()} - set(own.FIELDS) == set(own.KEPT_HOME)


# the dialog's verbs


def test_hours_of_a_line_of_the_catalogue_and_of_an_edit(desk: Office) -> None:
    monday = date(2026, 3, 2)
    assert catalogue.hours_on(desk, "scl-chilevalora", monday).openings == (
        Opening(time(9), time(13)),
        Opening(time(14), time(16)),
    )
    assert catalogue.hours_on(desk, "scl-chilevalora", date(2026, 3, 7)).closed
    assert not catalogue.hours_on(desk, "scl-omil", monday).known
    shown = read_sheet(desk, "scl-chilevalora")
    kept = (shown.hours[0], WeekHours(days=("SA",), opens=time(10), closes=time(12)))
    edit(desk, shown, {}, kept, ())
    assert catalogue.hours_on(desk, "scl-chilevalora", monday).openings == (Opening(time(9), time(13)),)
    assert catalogue.hours_on(desk, "scl-chilevalora", date(2026, 3, 7)).openings == (Opening(time(10), time(12)),)
    again = read_sheet(desk, "scl-chilevalora")
    assert edit(desk, again, {}, again.hours, again.phones).envelopes == ()


def test_hours_of_its_places_count_where_a_service_has_none(desk: Office, tmp_path: Path) -> None:
    def at_the_place(told: Tables) -> None:
        schedule = {"id": told["schedules.csv"][0]["id"], "location_id": told["locations.csv"][0]["id"]}
        told["schedules.csv"][:] = [
            schedule | {"freq": "WEEKLY", "byday": "MO", "opens_at": "08:00", "closes_at": "9:00"}
        ]
        told["schedules.csv"][0]["closes_at"] = "09:00"

    import_directory(desk, tabular(tmp_path / "p.json", at_the_place))
    assert catalogue.hours_on(desk, SERVICE, date(2026, 3, 2)).openings == (Opening(time(8), time(9)),)


@pytest.mark.parametrize(
    ("facts", "hours", "phones", "said"),
    [
        ({"name": " "}, (), (), "what the service is called"),
        ({"closed": True}, (), (), "why the service is closed"),
        ({"check_days": 0}, (), (), "A number of days"),
        ({}, (WeekHours(opens=time(9), closes=time(10)),), (), "the days of each line"),
        ({}, (WeekHours(days=("MO",), opens=time(9)),), (), "from when to when"),
        ({}, (WeekHours(days=("MO",), opens=time(9), closes=time(8)),), (), "end before they begin"),
        ({}, (), (Telephone(description="x"),), "no number"),
    ],
)
def test_an_edit_that_cannot_be(
    desk: Office, facts: dict[str, object], hours: tuple[WeekHours, ...], phones: tuple[Telephone, ...], said: str
) -> None:
    shown = read_sheet(desk, "scl-omil")
    with pytest.raises(NotAllowed, match=said):
        edit(desk, shown, facts, hours, phones)
    assert read_sheet(desk, "scl-omil") == shown


def test_steps_in_versions(desk: Office) -> None:
    with pytest.raises(NotAllowed, match="at least one"):
        write_procedure(desk, "scl-omil", ["", " "])
    write_procedure(desk, "scl-omil", ["Llamar "])
    with pytest.raises(NotAllowed, match="steps of version"):
        write_procedure(desk, "scl-omil", ["Llamar", ""])
    write_procedure(desk, "scl-omil", ["Llamar", "Ir"])
    newest, oldest = read_sheet(desk, "scl-omil").procedures
    assert (newest.version, newest.steps, newest.officer) == (2, ("Llamar", "Ir"), desk.officer)
    assert (oldest.version, oldest.steps) == (1, ("Llamar",))


def test_a_confirmation_answers_what_asked_for_it(desk: Office) -> None:
    from migrant_office.services import freshness

    freshness.want_check(desk, "scl-omil", CheckReason.CLOSED)
    assert catalogue.service(desk, "scl-omil").check_why is CheckReason.CLOSED
    catalogue.confirm(desk, catalogue.service(desk, "scl-omil"), answered_by=" Mesón ")
    service = catalogue.service(desk, "scl-omil")
    assert (service.check_wanted, service.check_why, service.answered_by) == (None, None, "Mesón")
