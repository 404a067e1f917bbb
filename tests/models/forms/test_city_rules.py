"""What the cities' forms do while they are filled: what opens what, what cannot be, what a No takes away."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.library import city_form
from migrant_office.models.missing import Missing
from migrant_office.models.person import age_on
from migrant_office.paths import resources

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
TODAY = NOON.date()
MEMBERS = "/household/members"


@pytest.fixture(params=["santiago", "cdmx"])
def city(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def form_of(city: str, name: str = "intake") -> Form:
    return city_form(resources() / "forms" / city, name)


@pytest.fixture
def filling(city: str) -> FormFilling:
    return FormFilling(form_of(city), moment=NOON)


@pytest.fixture
def quick(city: str) -> FormFilling:
    return FormFilling(form_of(city, "quick"), moment=NOON)


@pytest.fixture
def family(city: str) -> FormFilling:
    return FormFilling(form_of(city, "family"), moment=NOON)


def answer(filling: FormFilling, name: str, value: str | tuple[str, ...] | Missing | None) -> None:
    filling.set(filling.form.question(name).addr, value)


def shown(filling: FormFilling, name: str) -> bool:
    return filling.relevant(filling.form.question(name).addr)


@pytest.mark.parametrize(
    ("name", "value", "opened"),
    [
        ("language", "ht", "interpreter"),
        ("language", "ht", "spanish_reads"),
        ("language", "es", "other_languages"),
        ("language", "other", "language_other"),
        ("contact_rule", "no_messages", "contact_words"),
        ("contact_rule", "any", "channel"),
        ("contact_rule", "any", "trusted"),
        ("place", "other", "place_other"),
        ("nationality", "HT", "several_nationalities"),
        ("nationality", "other", "nationality_words"),
        ("children", "1", "childcare"),
        ("cares_for", ("older",), "childcare"),
        ("gender", "other", "gender_words"),
        ("orientation", "other", "orientation_words"),
        ("indigenous", "yes", "indigenous_people"),
        ("reasons", ("family", "other"), "reasons_other"),
        ("schooling", "university", "recognition"),
        ("situation", "other_job", "work_kind"),
        ("sought", "cocina", "sought_group"),
        ("barriers", ("other",), "barriers_other"),
        ("needs", ("work", "other"), "needs_other"),
        ("needs", ("work",), "work_help"),
        ("needs", ("certification",), "evidence"),
        ("needs", ("entrepreneurship",), "business_help"),
        ("consent_by", "guardian", "consent_guardian"),
    ],
)
def test_what_opens_what(filling: FormFilling, name: str, value: str | tuple[str, ...], opened: str) -> None:
    assert not shown(filling, opened)
    answer(filling, name, value)
    assert shown(filling, opened)
    answer(filling, name, Missing.REFUSED)
    assert not shown(filling, opened)


def test_the_way_in_is_asked_only_of_those_who_want_advice() -> None:
    filling = FormFilling(form_of("santiago"), moment=NOON)
    answer(filling, "status", "irregular")
    assert not shown(filling, "entry")
    answer(filling, "papers_help", "yes")
    assert shown(filling, "entry")


def test_few_questions_at_first_sight(filling: FormFilling) -> None:
    """Ten minutes, at some ten seconds a question."""
    for page in filling.form.pages:
        asked = [addr for addr in filling.questions(page.addr) if filling.relevant(addr)]
        assert sum(filling.form.question(addr.rpartition("/")[2]).takes_answer for addr in asked) <= 9, page.path
    assert filling.progress()[1] <= 50


def test_a_telephone_is_not_asked_when_only_the_office_is_safe(filling: FormFilling, quick: FormFilling) -> None:
    assert shown(filling, "phone")
    assert not shown(quick, "phone"), "six questions, and the rule comes first"
    for one in (filling, quick):
        answer(one, "contact_rule", "only_in_person")
        assert not shown(one, "phone")
        answer(one, "contact_rule", "whatsapp_only")
        assert shown(one, "phone")


@pytest.mark.parametrize(
    ("name", "sound", "beyond", "field"),
    [
        ("age", ("0", "120"), ("-5", "121", "2031", "40.5"), "person.birth"),
        ("birth_date", ("1900-01-01", "2026-07-15"), ("1899-12-31", "2026-07-16", "9999-12-31"), "person.birth"),
        ("children", ("0", "30"), ("-1", "31"), "person.children"),
        (
            "arrived",
            ("1900", "2026", "2026-07", "1999-12"),
            ("2027", "2026-08", "2026-13", "1899", "hace poco", "26-07"),
            "person.arrived",
        ),
        ("phone", ("+56 9 1234 5678", "55-1234-5678"), ("12", "my brother's"), "person.phone"),
    ],
)
def test_what_cannot_be_is_told_and_does_not_reach_the_record(
    filling: FormFilling, name: str, sound: tuple[str, ...], beyond: tuple[str, ...], field: str
) -> None:
    addr = filling.form.question(name).addr
    for value in sound:
        filling.set(addr, value)
        assert (filling.problems(), field in filling.mapped()) == ((), True)
    for value in beyond:
        filling.set(addr, value)
        assert [where for where, _problem in filling.problems()] == [addr]
        assert field not in filling.mapped()
        assert filling.mapped().get("person.birth_estimated") != "yes"
        assert filling.cell(addr).value == value
    assert all(filling.form.question(name).constraint_message.has(lang) for lang in filling.form.languages)


@given(st.dates(date(1900, 1, 1), TODAY))
@settings(max_examples=60)
def test_full_years_are_counted_as_the_record_counts_them(born: date) -> None:
    filling = FormFilling(form_of("santiago"), moment=NOON)
    answer(filling, "birth_date", born.isoformat())
    years = age_on(born, TODAY)
    assert filling.cell(filling.form.question("years").addr).value == str(years)
    assert shown(filling, "seeing") is (years is not None and years >= 5)
    assert shown(filling, "consent_guardian") is (years is not None and years < 18)


def test_a_birth_date_or_an_age(filling: FormFilling) -> None:
    for years in (0, 1, 17, 18, 40, 99):
        answer(filling, "age", str(years))
        born = date.fromisoformat(str(filling.mapped()["person.birth"]))
        assert age_on(born, TODAY) == years
        assert filling.mapped()["person.birth_estimated"] == "yes"
    answer(filling, "birth_date", "1990-05-12")
    assert not shown(filling, "age")
    assert filling.mapped()["person.birth"] == "1990-05-12"
    assert filling.mapped()["person.birth_estimated"] == "no"
    answer(filling, "birth_date", Missing.REFUSED)
    answer(filling, "age", None)
    assert filling.mapped()["person.birth"] is Missing.REFUSED
    assert shown(filling, "seeing"), "an age that nobody knows hides nothing"


@given(st.integers(0, 120) | st.integers(1900, TODAY.year))
def test_quick_takes_an_age_or_a_year(told: int) -> None:
    quick = FormFilling(form_of("cdmx", "quick"), moment=NOON)
    answer(quick, "age_or_year", str(told))
    assert quick.problems() == ()
    born = date.fromisoformat(str(quick.mapped()["person.birth"]))
    assert born <= TODAY
    assert born.year == told if told > 120 else age_on(born, TODAY) == told
    assert quick.mapped()["person.birth_estimated"] == "yes"


@pytest.mark.parametrize("told", ["121", "1899", "2027", "-1", "joven"])
def test_quick_tells_what_is_neither(quick: FormFilling, told: str) -> None:
    answer(quick, "age_or_year", told)
    assert len(quick.problems()) == 1
    assert "person.birth" not in quick.mapped()


def test_the_commune_is_kept_by_its_name(filling: FormFilling) -> None:
    first = filling.form.lists["place"].choices[0]
    answer(filling, "place", first.value)
    assert filling.mapped()["person.commune"] == first.label.get("es")
    answer(filling, "place", "other")
    answer(filling, "place_other", "Viña del Mar")
    assert filling.mapped()["person.commune"] == "Viña del Mar"


def test_the_language_one_prefers_is_no_other_language(filling: FormFilling) -> None:
    answer(filling, "language", "ht")
    offered = {choice.value for choice in filling.choices(filling.form.question("other_languages").addr)}
    assert "ht" not in offered
    assert {"es", "fr", "other"} <= offered


def test_a_no_to_sensitive_data_takes_them_out_of_what_is_kept(filling: FormFilling) -> None:
    told = {
        "gender": "woman",
        "orientation": "lesbian",
        "indigenous": "yes",
        "indigenous_people": "mapuche",
        "seeing": "no_difficulty",
    }
    for name, value in told.items():
        answer(filling, name, value)
    fields = {filling.form.question(name).maps_to for name in told}
    assert fields <= filling.mapped().keys()
    answer(filling, "consent_sensitive", "no")
    assert not fields & filling.mapped().keys()
    assert not any(shown(filling, name) for name in told)
    assert shown(filling, "not_kept")
    answer(filling, "consent_sensitive", "yes")
    assert fields <= filling.mapped().keys(), "a change of mind loses nothing that was typed"


def test_a_child_does_not_answer_alone_and_nothing_stops(filling: FormFilling) -> None:
    answer(filling, "age", "15")
    answer(filling, "consent_by", "self")
    assert [addr for addr, _problem in filling.problems()] == [filling.form.question("consent_by").addr]
    assert shown(filling, "consent_guardian")
    answer(filling, "consent_by", "guardian")
    assert filling.problems() == ()


def test_papers_and_experience(filling: FormFilling) -> None:
    for values in (
        {"document_kind": "passport", "document_state": "expired", "document_country": "HT"},
        {"experience_words": "panadería", "experience_years": "6", "experience_provable": "no"},
    ):
        repeat = filling.form.question(next(iter(values))).addr.rpartition("/")[0]
        if not filling.instances(repeat):
            filling.add(repeat)
        for name, value in values.items():
            filling.set(f"{filling.instances(repeat)[-1]}/{name}", value)
    (paper,) = filling.records("held_document")
    (experience,) = filling.records("experience")
    assert paper["held_document.kind"] == "passport"
    assert paper["held_document.country"] == "HT"
    assert experience["experience.words"] == "panadería"
    assert experience["experience.provable"] == "no"
    assert filling.problems() == ()


def test_family_makes_a_record_of_each_member(family: FormFilling) -> None:
    answer(family, "place", "other")
    answer(family, "place_other", "Arica")
    answer(family, "arrived", "2026-05")
    told = (("Rose", "speaker", "34"), ("Jean", "partner", "36"), ("Ana", "child", "9"))
    while len(family.instances(MEMBERS)) < len(told):
        family.add(MEMBERS)
    for where, (name, role, age) in zip(family.instances(MEMBERS), told, strict=True):
        family.set(f"{where}/given", name)
        family.set(f"{where}/role", role)
        family.set(f"{where}/age", age)
    first, second, third = family.instances(MEMBERS)
    assert [family.relevant(f"{where}/guardian") for where in (first, second, third)] == [False, False, True]
    family.set(f"{third}/guardian", "yes")
    members = family.records("household.member")
    assert [member["person.given"] for member in members] == ["Rose", "Jean", "Ana"]
    assert members[2]["member.guardian"] == "yes"
    assert "member.guardian" not in members[0]
    assert age_on(date.fromisoformat(str(members[2]["person.birth"])), TODAY) == 9
    assert family.mapped()["household.commune"] == "Arica"
    assert family.mapped()["household.arrived"] == "2026-05"
    assert family.problems() == ()
