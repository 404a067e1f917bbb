"""From a document into a form: only where it is asked, never over what somebody answered."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from migrant_office import clock, paths
from migrant_office.i18n import Translator
from migrant_office.models.city import cities
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.library import city_form
from migrant_office.models.forms.reading import load_form
from migrant_office.models.identity.mrz import Mrz, read_mrz
from migrant_office.models.missing import Missing
from migrant_office.services import identity
from migrant_office.services.intake.record import person_from
from tests.models.identity.zones import Told, zone

ES = Translator("es_CL")
TOLD = Told(
    surnames="DE LA CRUZ SOTO",
    given="ROSA",
    country="PER",
    nationality="PER",
    number="AB1234567",
    birth=date(1990, 5, 12),
    expiry=date(2030, 1, 31),
)
PAPERS = """
| survey |
| | type | name | label | maps_to |
| | text | given | Names | person.given |
| | text | surname | Surname | person.surname |
| | text | second_surname | Second surname | person.second_surname |
| | date | birth | Birth | person.birth |
| | begin_repeat | papers | Papers | held_document |
| | select_one kind | kind | Kind | held_document.kind |
| | text | number | Number | held_document.number |
| | select_one state | state | State | held_document.state |
| | text | country | Country | held_document.country |
| | date | expires | Until | held_document.expires |
| | end_repeat | | | |
| choices |
| | list_name | name | label |
| | kind | passport | Passport |
| | kind | run_card | Card of Chile |
| | kind | other | Other |
| | state | has | Has it |
| | state | expired | Expired |
| settings |
| | form_id | form_title |
| | papers | Papers |
"""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 25, 15, tzinfo=UTC)):
        yield


@pytest.fixture(params=cities())
def form(request: pytest.FixtureRequest) -> Form:
    return city_form(paths.resources() / "forms" / request.param)


@pytest.fixture(scope="module")
def papers() -> Form:
    return load_form(PAPERS.encode(), "md")


def read(told: Told = TOLD, layout: str = "TD3") -> Mrz:
    found = read_mrz("\n".join(zone(told, layout)))
    assert isinstance(found, Mrz)
    return found


def answers(told: Told = TOLD, layout: str = "TD3") -> dict[str, str]:
    return identity.answers_from(read(told, layout), "Rosa", "de la Cruz", "Soto")


def test_the_whole_person_reaches_the_form_of_every_city(form: Form) -> None:
    filling = FormFilling(form)
    changed = identity.apply(filling, answers(), ES)
    told = filling.mapped()
    assert (told["person.given"], told["person.surname"], told["person.second_surname"]) == (
        "Rosa",
        "de la Cruz",
        "Soto",
    )
    assert (told["person.birth"], told["person.sex"]) == ("1990-05-12", "woman")
    assert form.question("given").addr in changed


def test_a_country_of_no_list_becomes_other_with_its_name(form: Form) -> None:
    filling = FormFilling(form)
    identity.apply(filling, answers(replace(TOLD, nationality="NZL")), ES)
    assert filling.mapped()["person.nationality"] == "other"
    assert filling.mapped()["person.nationality_words"] == ES.country("NZ")


def test_what_somebody_answered_stays_and_is_shown(papers: Form) -> None:
    filling = FormFilling(papers, {"/surname": "Quispe", "/birth": "1991-05-12"})
    found = {step.field: (step.there, step.read) for step in identity.conflicts(filling, answers(), ES)}
    assert found == {"person.surname": ("Quispe", "de la Cruz"), "person.birth": ("12-05-1991", "12-05-1990")}
    identity.apply(filling, answers(), ES)
    assert (filling.cell("/surname").value, filling.cell("/given").value) == ("Quispe", "Rosa")
    identity.apply(filling, answers(), ES, {"person.surname"})
    assert (filling.cell("/surname").value, filling.cell("/birth").value) == ("de la Cruz", "1991-05-12")


def test_a_name_with_its_accents_is_the_same_name(papers: Form) -> None:
    filling = FormFilling(papers, {"/surname": "De la Crúz"})
    assert identity.conflicts(filling, answers(), ES) == ()
    identity.apply(filling, answers(), ES)
    assert filling.cell("/surname").value == "De la Crúz"


def test_the_sex_that_was_told_is_never_replaced(form: Form) -> None:
    addr = form.question("sex").addr
    filling = FormFilling(form, {addr: "other"})
    (step,) = identity.conflicts(filling, answers(), ES)
    assert step.kept
    identity.apply(filling, answers(), ES, {"person.sex"})
    assert filling.cell(addr).value == "other"


@pytest.mark.parametrize(
    ("missing", "shown"), [(Missing.REFUSED, True), (Missing.UNKNOWN, True), (Missing.NOT_ASKED, False)]
)
def test_what_was_refused_or_not_known_is_an_answer_too(papers: Form, missing: Missing, shown: bool) -> None:
    filling = FormFilling(papers, {"/surname": missing})
    assert bool(identity.conflicts(filling, answers(), ES)) is shown
    identity.apply(filling, answers(), ES)
    assert (filling.cell("/surname").missing is missing) is shown


def test_the_document_gets_a_place_of_its_own(papers: Form) -> None:
    filling = FormFilling(papers)
    changed = identity.apply(filling, answers(), ES)
    record = {"kind": "passport", "number": "AB1234567", "state": "has", "country": "PE", "expires": "2030-01-31"}
    assert filling.records("held_document") == ({f"held_document.{name}": value for name, value in record.items()},)
    assert "/papers[1]/number" in changed


def test_the_same_document_twice_is_one(papers: Form) -> None:
    filling = FormFilling(papers)
    for told in (TOLD, TOLD, replace(TOLD, number="ZZ7654321", expiry=date(2020, 1, 1))):
        identity.apply(filling, answers(told), ES)
    found = [(r["held_document.number"], r["held_document.state"]) for r in filling.records("held_document")]
    assert found == [("AB1234567", "has"), ("ZZ7654321", "expired")]


def test_a_card_of_chile_tells_the_run(papers: Form) -> None:
    card = replace(TOLD, code="I", country="CHL", more="12345678<5")
    assert identity.run_on(read(card, "TD1")) == "12.345.678-5"
    assert identity.run_on(read(replace(card, more="12345678<6"), "TD1")) == ""
    assert identity.run_on(read(replace(card, country="PER"), "TD1")) == ""
    filling = FormFilling(papers)
    identity.apply(filling, answers(card, "TD1"), ES)
    (record,) = filling.records("held_document")
    assert (record["held_document.kind"], record["held_document.number"]) == ("run_card", "12.345.678-5")


@pytest.mark.parametrize(("nationality", "kind"), [("HTI", "inm_card"), ("MEX", "national_id")])
def test_a_card_of_mexico_is_of_the_migration_office_only_for_foreigners(nationality: str, kind: str) -> None:
    filling = FormFilling(
        load_form(PAPERS.replace("run_card", "inm_card").replace("other", "national_id").encode(), "md")
    )
    identity.apply(filling, answers(replace(TOLD, code="I", country="MEX", nationality=nationality), "TD1"), ES)
    assert [record["held_document.kind"] for record in filling.records("held_document")] == [kind]


@pytest.mark.parametrize("name", ["quick", "intake", "family"])
@pytest.mark.parametrize("city", cities())
def test_every_form_of_a_city_takes_a_passport(city: str, name: str) -> None:
    filling = FormFilling(city_form(paths.resources() / "forms" / city, name))
    identity.apply(filling, answers(), ES)
    (told,) = filling.records("household.member") or (filling.mapped(),)
    assert (told["person.given"], told["person.surname"]) == ("Rosa", "de la Cruz")
    assert str(told["person.birth"])[:4] == "1990"
    assert told["person.nationality"] == "PE"
    assert not identity.conflicts(filling, answers(), ES)


FAMILY = """
| survey |
| | type | name | label | maps_to |
| | begin_repeat | members | Members | household.member |
| | text | given | Names | person.given |
| | text | surname | Surname | person.surname |
| | select_one sex | sex | Sex | person.sex |
| | end_repeat | | | |
| choices |
| | list_name | name | label |
| | sex | woman | Woman |
| | sex | man | Man |
| settings |
| | form_id | form_title |
| | family | Family |
"""


@pytest.fixture(scope="module")
def family() -> Form:
    return load_form(FAMILY.encode(), "md")


def names(filling: FormFilling) -> list[tuple[object, object]]:
    return [(one.get("person.given"), one.get("person.surname")) for one in filling.records("household.member")]


def test_each_document_of_a_family_finds_its_person(family: Form) -> None:
    filling = FormFilling(family)
    identity.apply(filling, answers(), ES)
    other = {**answers(), "person.given": "Juan"}
    identity.apply(filling, other, ES)
    identity.apply(filling, answers(), ES)
    assert names(filling) == [("Rosa", "de la Cruz"), ("Juan", "de la Cruz")]


def test_the_officer_says_whose_document_it_is(family: Form) -> None:
    filling = FormFilling(family)
    filling.add("/members")
    filling.add("/members")
    second = filling.instances("/members")[1]
    filling.set(f"{second}/given", "Chita")
    assert [step.there for step in identity.conflicts(filling, answers(), ES, second)] == ["Chita"]
    changed = identity.apply(filling, answers(), ES, {"person.given"}, second)
    assert filling.cell(f"{second}/given").value == "Rosa"
    assert f"{second}/surname" in changed


@pytest.mark.parametrize(
    ("field", "value", "kind", "kept"),
    [
        ("person.phone", "987654321", "", "+56 9 8765 4321"),
        ("person.phone", " 9876 ", "", "9876"),
        ("held_document.number", "12345678-5", "run_card", "12.345.678-5"),
        ("held_document.number", "12345678-6", "run_card", "12345678-6"),
        ("person.given", "Jwe\u0300n", "", "Jw\u00e8n"),
    ],
)
def test_what_is_kept_of_an_answer(field: str, value: str, kind: str, kept: str) -> None:
    assert identity.kept(field, value, "CL", kind=kind) == kept


@pytest.mark.parametrize("name", ["A", "Jwèn", "محمد علي", "אברהם", "李", "N" * 2_000, "O’Higgins"])
def test_every_name_reaches_the_record_composed(name: str) -> None:
    told = {"person.given": unicodedata.normalize("NFD", f" {name} ")}
    assert person_from("p1", told).given == unicodedata.normalize("NFC", name)


def test_a_year_alone_is_no_date_of_birth(papers: Form) -> None:
    first, second = zone(TOLD, "TD3")
    found = read_mrz(f"{first}\n{second.replace('900512', '90<<<<')}")
    assert isinstance(found, Mrz)
    told = identity.answers_from(found, "Rosa", "Soto", "")
    filling = FormFilling(papers)
    identity.apply(filling, told, ES)
    assert (filling.cell("/birth").value, filling.cell("/given").value) == ("", "Rosa")


@pytest.mark.parametrize(
    ("field", "value", "kind", "doubtful"),
    [
        ("person.phone", "9 8765 4321", "", False),
        ("person.phone", "9 876", "", True),
        ("held_document.number", "12.345.678-5", "run_card", False),
        ("held_document.number", "12.345.678-6", "run_card", True),
        ("held_document.number", "BOXW310820HNERXN08", "curp", True),
        ("held_document.number", "anything", "passport", False),
        ("person.birth", "2027-01-01", "", True),
        ("person.birth", "1896-01-01", "", True),
        ("person.birth", "1990-01-01", "", False),
        ("person.given", "X", "", False),
    ],
)
def test_one_answer_at_a_time(field: str, value: str, kind: str, doubtful: bool) -> None:
    assert bool(identity.doubt(field, value, "CL", kind=kind)) is doubtful
