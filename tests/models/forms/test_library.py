"""The intakes that the cities ship: complete in three languages, mapped, and nothing in them blocks anybody."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

import pytest

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind
from migrant_office.models.forms.library import city_form
from migrant_office.models.missing import Missing
from migrant_office.paths import resources

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
FIELDS = {
    *("given", "surname", "second_surname", "chosen_name", "phone", "contact_rule", "language", "interpreter", "birth"),
    *("birth_estimated", "sex", "gender", "gender_words", "nationality", "nationality_words", "children", "childcare"),
    *("schooling", "situation", "occupation", "commune", "language_words"),
}
CODES = {
    "sex": "woman man other",
    "gender": "woman man trans_woman trans_man non_binary other",
    "schooling": "none primary secondary technical university postgraduate",
    "situation": "related_job other_job looking home_or_care studying",
    "language": "es ht fr pt en other",
    "contact_rule": "any whatsapp_only no_messages only_in_person",
    "need": "work certification entrepreneurship papers health education housing food social_protection legal banking "
    "childcare other",
    "nationality": "VE PE HT CO BO EC DO CU AR BR HN GT SV NI MX CL US other",
    "yes_no": "yes no",
}
# Letters of 1979: no c without h, no q, x, lone u; no apostrophe, no hyphen.
FOREIGN = re.compile(r"c(?!h)|[qx]|(?<!o)u(?!i)|['’\-]")
LANGUAGE_NAMES = {"WhatsApp"}


@pytest.fixture(params=["santiago", "cdmx"])
def form(request):
    return city_form(resources() / "forms" / request.param)


def texts(form):
    for item in form.root.walk():
        yield from (item.label, item.hint)
        if hasattr(item, "constraint_message"):
            yield item.constraint_message
    for listed in form.lists.values():
        if listed.name != "place":
            yield from (choice.label for choice in listed.choices)


def test_it_is_whole(form):
    assert form.warnings == ()
    assert form.languages == ("es", "ht", "en")
    assert len(form.pages) == 5
    assert {q.maps_to for q in form.root.questions() if q.maps_to} == {
        *(f"person.{name}" for name in FIELDS),
        *("need.kind", "need.words"),
    }
    for name, codes in CODES.items():
        assert {choice.value for choice in form.lists[name].choices} == set(codes.split())


def test_nothing_is_required(form):
    assert all(question.required is None for question in form.root.questions())
    assert FormFilling(form, moment=NOON).problems() == ()


def test_why_it_is_asked_is_said(form):
    plain = {"language_other", "place_other", "gender_words", "nationality_words", "needs_other", "age"}
    for question in form.root.questions():
        if question.kind is not Kind.CALCULATE and question.name not in plain:
            assert question.guidance.has("es"), question.name
            assert question.guidance.has("en"), question.name


def test_the_creole_is_written_in_its_own_letters(form):
    for text in texts(form):
        if text:
            assert all(text.has(lang) for lang in ("es", "ht", "en")), text.get("es")
            words = [word for word in re.findall(r"[^\s.,:?()]+", text.get("ht")) if word not in LANGUAGE_NAMES]
            assert [word for word in words if FOREIGN.search(word.lower())] == []


def test_a_birth_date_or_an_age(form):
    filling = FormFilling(form, moment=NOON)
    age, birth = "/identity/age", "/identity/birth_date"
    for years in (0, 1, 40, 99):
        filling.set(age, str(years))
        born = date.fromisoformat(str(filling.mapped()["person.birth"]))
        today = NOON.date()
        assert today.year - born.year - ((today.month, today.day) < (born.month, born.day)) == years
        assert filling.mapped()["person.birth_estimated"] == "yes"
    assert age in filling.set(birth, "1990-05-12")
    assert not filling.relevant(age)
    assert filling.mapped()["person.birth"] == "1990-05-12"
    assert filling.mapped()["person.birth_estimated"] == "no"
    filling.set(birth, "2026-07-16")
    assert [(addr, problem.code) for addr, problem in filling.problems()] == [(birth, "constraint")]
    filling.set(birth, Missing.REFUSED)
    filling.set(age, None)
    assert filling.mapped()["person.birth"] is Missing.REFUSED
    assert filling.mapped()["person.birth_estimated"] == "no"


@pytest.mark.parametrize(
    ("name", "sound", "beyond"),
    [
        ("age", ("0", "120"), ("-5", "121", "2031", "40.5")),
        ("children", ("0", "30"), ("-1", "31")),
        ("birth_date", ("1900-01-01", "2026-07-15"), ("1899-12-31", "2026-07-16", "2031-07-01", "9999-12-31")),
    ],
)
def test_what_cannot_be_is_told_and_does_not_reach_the_record(form, name, sound, beyond):
    filling = FormFilling(form, moment=NOON)
    addr = form.question(name).addr
    field = "person.children" if name == "children" else "person.birth"
    for answer in sound:
        filling.set(addr, answer)
        assert (filling.problems(), field in filling.mapped()) == ((), True)
    for answer in beyond:
        filling.set(addr, answer)
        assert [where for where, _problem in filling.problems()] == [addr]
        assert field not in filling.mapped()
        assert filling.mapped().get("person.birth_estimated") != "yes"
        assert filling.cell(addr).value == answer
    assert all(form.question(name).constraint_message.has(lang) for lang in form.languages)


def test_what_opens_what(form):
    filling = FormFilling(form, moment=NOON)
    for addr, answer, opened in (
        ("/contact/language", "ht", "/contact/interpreter"),
        ("/contact/language", "other", "/contact/language_other"),
        ("/contact/place", "other", "/contact/place_other"),
        ("/identity/gender", "other", "/identity/gender_words"),
        ("/identity/nationality", "other", "/identity/nationality_words"),
        ("/household/children", "1", "/household/childcare"),
        ("/needs_today/needs", ("work", "other"), "/needs_today/needs_other"),
    ):
        assert not filling.relevant(opened)
        assert opened in filling.set(addr, answer)
        assert filling.relevant(opened)
        filling.set(addr, Missing.REFUSED)
        assert not filling.relevant(opened)


def test_the_commune_is_kept_by_its_name(form):
    filling = FormFilling(form, moment=NOON)
    first = form.lists["place"].choices[0]
    filling.set("/contact/place", first.value)
    assert filling.mapped()["person.commune"] == first.label.get("es")
    filling.set("/contact/place", "other")
    filling.set("/contact/place_other", "Viña del Mar")
    assert filling.mapped()["person.commune"] == "Viña del Mar"


def test_telephones(form):
    filling = FormFilling(form, moment=NOON)
    for number, fits in (("+56 9 1234 5678", True), ("55-1234-5678", True), ("12", False), ("my brother's", False)):
        filling.set("/contact/phone", number)
        assert (filling.cell("/contact/phone").problem is None) is fits


def test_the_cities_speak_their_own_words():
    santiago, cdmx = (city_form(resources() / "forms" / city) for city in ("santiago", "cdmx"))
    assert "comuna" in santiago.question("place").label.get("es")
    assert "alcaldía" in cdmx.question("place").label.get("es")
    assert "derivación" in santiago.question("needs").guidance.get("es")
    assert "canalización" in cdmx.question("needs").guidance.get("es")
    assert "derivación" not in cdmx.question("needs").guidance.get("es")


def test_a_form_is_read_again_only_when_it_changed(tmp_path):
    file = tmp_path / "intake.md"
    file.write_text("| survey |\n| | type | name | label |\n| | text | a | A |\n")
    first = city_form(tmp_path)
    assert city_form(tmp_path) is first
    file.write_text("| survey |\n| | type | name | label |\n| | text | a | Another |\n")
    assert city_form(tmp_path).question("a").label.get("es") == "Another"


def test_other_readers_agree_on_every_question(form, request):
    """pyxform, reading the file by itself, finds the same paths and the same conditions."""
    import xml.etree.ElementTree as ET

    from pyxform.xls2xform import convert

    city = "santiago" if form.id.endswith("santiago") else "cdmx"
    data = (resources() / "forms" / city / "intake.md").read_bytes()
    xml = ET.fromstring(convert(data, file_type=".md", form_name="data").xform)
    binds = {bind.get("nodeset"): bind for bind in xml.iter("{http://www.w3.org/2002/xforms}bind")}
    ours = {f"/data{question.addr}": question for question in form.root.questions()}
    assert {path for path in binds if path and "/meta/" not in path} == set(ours)
    for path, question in ours.items():
        assert (binds[path].get("relevant") is None) == (question.relevant is None)
        assert (binds[path].get("calculate") is None) == (question.calculate is None)
