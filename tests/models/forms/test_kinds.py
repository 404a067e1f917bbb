"""The kinds of question beside texts, numbers and lists: times, acknowledgements, attachments, lists from files."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models.forms.answers import stored
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import FormRefused, Kind
from migrant_office.models.forms.reading import load_form

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
TOWNS = "name,label,label::Kreyòl (ht),region\nlota,Lota,Lota,s\narica,Arica,Arika,n\n".encode()


def filled(data, files=None):
    return FormFilling(load_form(data, "md", files or {}), moment=NOON)


def sentences(data, files=None):
    with pytest.raises(FormRefused) as caught:
        load_form(data, "md", files or {})
    return [(one.src.sheet, one.src.row, one.text(Translator("en"))) for one in caught.value.issues]


def test_a_time_is_hours_and_minutes(survey):
    filling = filled(
        survey("type|name|label|default|constraint", "time|t|T|9:05|. < '18:00'", "time|u|U|8:00:00.000-04:00|")
    )
    assert (filling.cell("/t").value, filling.cell("/u").value) == ("09:05", "08:00")
    for written, kept, fits in (
        *(("7:30", "07:30", True), ("23:59:10", "23:59", True), ("24:00", "24:00", False), ("7", "7", False)),
        *(("half past", "half past", False), ("12:60", "12:60", False), ("0:00", "00:00", True)),
    ):
        filling.set("/u", written)
        cell = filling.cell("/u")
        assert (cell.value, cell.problem is None) == (kept, fits), written
    assert "14:30" in cell.problem.text(Translator("en"), "es") if cell.problem else True
    assert filling.submission()["/t"] == "09:05"


@given(st.text(max_size=12))
def test_a_stored_time_stays_as_it_is(text):
    once = stored(Kind.TIME, text, None)
    assert stored(Kind.TIME, once, None) == once


def test_an_acknowledgement_is_ok_or_nothing(survey):
    for word in ("acknowledge", "trigger"):
        filling = filled(survey("type|name|label|maps_to", f"{word}|a|A|consent.read"))
        assert filling.form.question("a").kind is Kind.ACKNOWLEDGE
        assert filling.progress() == (0, 1)
        filling.set("/a", "OK")
        assert (filling.cell("/a").problem, filling.mapped()) == (None, {"consent.read": "OK"})
        filling.set("/a", "maybe")
        assert filling.cell("/a").problem is not None


def test_attachments_are_kept_by_their_id(survey):
    filling = filled(survey("type|name|label|maps_to", "image|a|A|", "file|b|B|paper.scan", "photo|c|C|"))
    assert [question.kind for question in filling.form.root.questions()] == [Kind.IMAGE, Kind.FILE, Kind.IMAGE]
    filling.set("/b", "01hx7")
    assert filling.mapped() == {"paper.scan": "01hx7"}
    assert filling.cell("/b").problem is None


def test_choices_come_from_a_file_beside_the_form(survey):
    rows = (
        "type|name|label::Español (es)|label::Kreyòl (ht)|choice_filter|parameters|calculation",
        "text|r|R|R|||",
        "select_one_from_file towns.csv|town|T|T|region = ${r}||",
        "select_multiple_from_file towns.csv|towns|T|T|||",
        "select_one_from_file towns.csv|coded|T|T||value=region label=name|",
        "calculate|looked|||||string(instance('towns')/root/item[name = ${town}]/region)",
        "calculate|pulled|||||pulldata('towns', 'region', 'name', ${town})",
    )
    filling = filled(
        survey(*rows, settings=("default_language", "Español (es)")), {"towns.csv": TOWNS, "unread.txt": b"x"}
    )
    assert [choice.value for choice in filling.choices("/towns")] == ["lota", "arica"]
    assert [choice.label.get("ht") for choice in filling.choices("/towns")] == ["Lota", "Arika"]
    assert [(choice.value, choice.label.get("es")) for choice in filling.choices("/coded")] == [
        ("s", "lota"),
        ("n", "arica"),
    ]
    filling.set("/r", "n")
    assert [choice.value for choice in filling.choices("/town")] == ["arica"]
    filling.set("/town", "arica")
    assert (filling.cell("/looked").value, filling.cell("/pulled").value) == ("n", "n")
    assert filling.answer_text("/town", "ht") == "Arika"
    filling.set("/town", None)
    assert filling.cell("/pulled").value == ""


def test_the_digest_is_of_the_files_too(survey):
    data = survey("type|name|label", "select_one_from_file towns.csv|t|T")
    one, other = (load_form(data, "md", {"towns.csv": towns}) for towns in (TOWNS, TOWNS.replace(b"Lota", b"Lotta")))
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("files", "place", "told"),
    [
        ({}, ("survey", 3), "towns.csv does not lie beside"),
        ({"../towns.csv": TOWNS}, ("survey", 3), "does not lie beside"),
        ({"towns.csv": b"code;words\na;A\n"}, ("survey", 3), "needs a column name"),
        ({"towns.csv": b"name,label\na b,A\na,\n"}, ("towns.csv", 2), "has a space"),
        ({"towns.csv": b"name,label\na,A\na,B\n"}, ("towns.csv", 3), "twice"),
        (
            {"towns.csv": b"name,label\n" + b"".join(b"c%d,X\n" % n for n in range(10_001))},
            ("towns.csv", 0),
            "10000 rows",
        ),
        ({"towns.csv": b'name,label\n"' + b"x" * 200_000}, ("towns.csv", 0), "damaged"),
    ],
)
def test_faults_of_a_file_have_their_place(survey, files, place, told):
    found = sentences(survey("type|name|label", "select_multiple_from_file towns.csv|t|T"), files)
    assert [one for one in found if one[:2] == place and told in one[2].replace(",", "")], found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_files_are_read_as_spreadsheet_programs_write_them(survey, encoding, sign):
    files = {"t.csv": f"name{sign}label\nn{sign}Ñuñoa\n".encode(encoding)}
    form = load_form(survey("type|name|label", "select_one_from_file t.csv|t|T"), "md", files)
    assert form.lists["t"].choices[0].label.get("es") == "Ñuñoa"


def test_pulldata_needs_what_it_names(survey):
    rows = ("type|name|label|calculation", "text|a|A|", "calculate|c||pulldata({}, ${{a}})")
    for inside in ("'x', 'a', 'b'", "'towns', 'zz', 'name'", "${a}, 'a', 'b'"):
        found = sentences(survey(*rows[:2], rows[2].format(inside)), {"towns.csv": TOWNS})
        assert found[0][:2] == ("survey", 4)


def test_or_other_asks_in_the_languages_of_the_form(survey):
    rows = (
        "type|name|label::Español (es)|label::Kreyòl (ht)|label::English (en)",
        "begin_repeat|r|R|R|R",
        "select_multiple l or_other|a|A|A|A",
        "end_repeat||||",
        "select_one l|plain|P|P|P",
    )
    choices = ("list_name|name|label::Español (es)|label::Kreyòl (ht)|label::English (en)", "l|x|X|X|X")
    filling = filled(survey(*rows, choices=choices, settings=("default_language", "Español (es)")))
    filling.add("/r")
    assert [choice.value for choice in filling.choices("/plain")] == ["x"], "the list itself is left alone"
    last = filling.choices("/r[1]/a")[-1]
    assert (last.value, *(last.label.get(lang) for lang in ("es", "ht", "en"))) == ("other", "Otro", "Lòt", "Other")
    assert not filling.relevant("/r[1]/a_other")
    assert "/r[1]/a_other" in filling.set("/r[1]/a", ("x", "other"))
    assert filling.relevant("/r[1]/a_other")
    assert [filling.label("/r[1]/a_other", lang) for lang in ("es", "ht", "en")] == [
        "Especifique",
        "Di kisa",
        "Specify",
    ]
    assert filling.answer_text("/r[1]/a", "ht") == "X, Lòt"


def test_or_other_keeps_an_other_that_the_list_has(survey):
    data = survey("type|name|label", "select_one l or_other|a|A", choices=("list_name|name|label", "l|other|Mine"))
    filling = filled(data)
    assert [choice.label.get("es") for choice in filling.choices("/a")] == ["Mine"]
    plain = filled(survey("type|name|label", "select_one l or_other|a|A", choices=("list_name|name|label", "l|x|X")))
    assert plain.answer_text("/a", "es") == ""
    plain.set("/a", "other")
    assert plain.answer_text("/a", "es") == "Otro"
