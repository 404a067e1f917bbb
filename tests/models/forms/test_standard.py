"""Standard names: what a question fills when nobody wrote it down."""

from __future__ import annotations

import pytest

from migrant_office.i18n import Translator
from migrant_office.models.forms import standard
from migrant_office.models.forms.form import FormRefused, Kind
from migrant_office.models.forms.reading import load_form


def warned(form):
    return [(one.src.row, one.src.column) for one in form.warnings if one.level == "warning"]


def test_a_standard_name_fills_its_field(survey):
    form = load_form(survey("type|name|label", "text|given|Name", "text|mine|Mine", "date|birth|Birth"), "md")
    assert [question.maps_to for question in form.root.questions()] == ["person.given", "", "person.birth"]
    assert form.mapped("person.given") is form.question("given")


def test_what_is_written_beats_the_name(survey):
    rows = ("type|name|label|maps_to", "text|given|Name|person.chosen_name", "text|other|Other|person.surname")
    form = load_form(survey(*rows, "text|surname|S|"), "md")
    assert form.question("given").maps_to == "person.chosen_name"
    assert form.question("surname").maps_to == "", "its field is taken by who asked for it"
    assert warned(form) == []


def test_a_standard_name_of_another_kind_is_told_and_fills_nothing(survey):
    form = load_form(survey("type|name|label", "text|birth|Birth", "integer|phone|Phone"), "md")
    assert [question.maps_to for question in form.root.questions()] == ["", ""]
    assert warned(form) == [(3, "type"), (4, "type")]
    assert "date" in form.warnings[0].text(Translator("en"))


def test_a_calculation_may_have_a_standard_name(survey):
    form = load_form(survey("type|name|label|calculation", "text|a|A|", "calculate|birth||${a}"), "md")
    assert form.question("birth").maps_to == "person.birth"


def test_the_name_of_a_member_is_not_that_of_the_person(survey):
    rows = (
        "type|name|label|maps_to",
        "begin_repeat|members|M|household.member",
        "text|given|G|",
        "end_repeat|||",
        "begin_repeat|others|O|person",
        "text|surname|S|",
        "end_repeat|||",
        "begin_repeat|loose|L|",
        "text|phone|P|",
        "text|x|X|person.x",
        "end_repeat|||",
    )
    form = load_form(survey(*rows), "md")
    assert {q.name: q.maps_to for q in form.root.questions()} == {
        "given": "",
        "surname": "person.surname",
        "phone": "",
        "x": "person.x",
    }
    assert warned(form) == [(11, "maps_to")], "a field in a repeat that makes no record"


def test_the_digest_does_not_know_the_table(survey, monkeypatch):
    data = survey("type|name|label", "text|given|Name")
    before = load_form(data, "md").digest
    monkeypatch.setattr(standard, "STANDARD", {})
    monkeypatch.setattr("migrant_office.models.forms.fields.STANDARD", {})
    assert load_form(data, "md").digest == before


def test_the_table_is_whole():
    head, *rows = standard.rows(Translator("en"))
    assert len(head) == 5
    assert len(rows) == len(standard.STANDARD)
    for name, kinds, field, meaning, source in rows:
        assert name.isascii()
        assert name == name.lower()
        assert set(kinds.split(", ")) <= set(Kind)
        assert field.count(".") == 1
        assert meaning
        assert source
    assert len({field for _name, _kinds, field, *_rest in rows}) == len(rows), "no two names fill one field"


@pytest.mark.parametrize("code", ["SV-VA", "sv_vo", "TR_PI", "lp-ap", "LP_CR", "lp-st"])
def test_violence_torture_and_offences_are_not_coded_here(survey, code):
    rows = ("type|name|label", f"text|{code}|A", "select_one l|b|B")
    with pytest.raises(FormRefused) as caught:
        load_form(survey(*rows, choices=("list_name|name|label", f"l|{code}|X", "l|x|X")), "md")
    assert [(one.src.sheet, one.src.row, one.src.column) for one in caught.value.issues] == [
        ("survey", 3, "name"),
        ("choices", 7, "name"),
    ]
    assert all("refer in confidence" in one.text(Translator("en")) for one in caught.value.issues)


@pytest.mark.parametrize("code", ["SV", "TR", "tr_TR", "sv_SE", "lp-nd", "lp_bn", "try_me", "sv_town"])
def test_other_codes_are_left_alone(survey, code):
    rows = ("type|name|label", "select_one l|b|B")
    assert load_form(survey(*rows, choices=("list_name|name|label", f"l|{code}|X")), "md").lists["l"].by_value[code]


def test_a_standard_name_used_twice_fills_its_field_once_and_is_told(survey):
    rows = (
        "type|name|label",
        "begin_group|a|A",
        "text|phone|P",
        "end_group||",
        "begin_group|b|B",
        "text|phone|P",
        "end_group||",
    )
    form = load_form(survey(*rows), "md")
    assert [question.maps_to for question in form.root.questions()] == ["person.phone", ""]
    assert (7, "name") in warned(form)
