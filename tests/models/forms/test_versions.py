"""New versions of a form: what is told about them, and that no stored answer breaks."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.reading import load_form
from migrant_office.models.forms.versions import What, carried, migrate
from migrant_office.models.missing import Missing

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
OLD = (
    "type|name|label|maps_to",
    "text|first|First|person.given",
    "text|plain|Plain|",
    "integer|age|Age|",
    "select_one colour|liked|Liked|",
    "begin_repeat|jobs|Jobs|experience",
    "text|job|Job|experience.title",
    "text|gone|Gone|",
    "end_repeat|||",
)
NEW = (
    "type|name|label|maps_to",
    "begin_group|who|Who|",
    "text|name_given|First|person.given",
    "end_group|||",
    "text|age|Age|",
    "select_one colour|liked|Liked|",
    "begin_repeat|jobs|Jobs|experience",
    "begin_group|what|What|",
    "text|title|Job|experience.title",
    "end_group|||",
    "end_repeat|||",
    "text|added|Added|",
)
COLOURS = ("list_name|name|label|retired", "colour|red|Red|", "colour|blue|Blue|", "colour|green|Green|")


@pytest.fixture(scope="module")
def old(survey):
    return load_form(survey(*OLD, choices=COLOURS), "md")


@pytest.fixture(scope="module")
def new(survey):
    choices = (COLOURS[0], "colour|red|Bright red|", "colour|blue|Blue|yes")
    return load_form(survey(*NEW, choices=choices), "md")


def test_every_question_is_told_what_became_of_it(old, new):
    changes = {(change.what, change.addr, change.to): change for change in migrate(old, new)}
    assert set(changes) == {
        (What.RENAMED, "/first", "/who/name_given"),
        (What.GONE, "/plain", ""),
        (What.TYPE_CHANGED, "/age", "/age"),
        (What.CHOICE_RETIRED, "/liked", "/liked"),
        (What.CHOICE_GONE, "/liked", "/liked"),
        (What.RENAMED, "/jobs/job", "/jobs/what/title"),
        (What.GONE, "/jobs/gone", ""),
        (What.NEW, "", "/added"),
    }
    gone = changes[(What.CHOICE_GONE, "/liked", "/liked")]
    assert (gone.codes, gone.words) == (("green",), ("Green",))
    assert gone.text(Translator("en")) == (
        "liked: taken out of the list: Green. Answers given before keep these words."
    )
    assert all(change.text(Translator("es")) for change in changes.values())


def test_the_same_form_has_not_changed(old):
    assert {change.what for change in migrate(old, old)} == {What.SAME}


def filled(form):
    filling = FormFilling(form, moment=NOON)
    filling.set("/first", "Marie")
    filling.set("/plain", Missing.REFUSED)
    filling.set("/age", "30")
    filling.set("/liked", "green")
    for number in (1, 2):
        filling.add("/jobs")
        filling.set(f"/jobs[{number}]/job", f"job {number}")
        filling.set(f"/jobs[{number}]/gone", f"kept {number}")
    return filling


def test_a_lost_code_keeps_its_words_under_every_later_form(old, new, survey):
    snapshot = json.loads(json.dumps(filled(old).snapshot()))
    assert snapshot["shown"] == {"/liked": {"green": "Green"}}
    later = FormFilling.restore(new, snapshot)
    assert later.answer_text("/liked", "es") == "Green"
    assert later.cell("/liked").value == "green"
    assert [problem.code for _addr, problem in later.problems()] == ["choice"]
    again = FormFilling.restore(new, later.snapshot())
    assert again.answer_text("/liked", "ht") == "Green", "also when it was saved again without its list"
    assert FormFilling.restore(old, again.snapshot()).cell("/liked").problem is None
    bare = load_form(survey("type|name|label", "text|liked|Liked"), "md")
    assert FormFilling.restore(bare, again.snapshot()).snapshot()["shown"] == snapshot["shown"]


def test_a_choice_that_is_there_has_the_words_of_now(old, new):
    filling = filled(old)
    filling.set("/liked", "red")
    assert FormFilling.restore(new, filling.snapshot()).answer_text("/liked", "es") == "Bright red"


def test_answers_follow_renamed_questions_and_the_others_are_kept(old, new):
    snapshot = filled(old).snapshot()
    later = FormFilling.restore(new, carried(snapshot, old, new))
    assert later.cell("/who/name_given").value == "Marie"
    assert [later.cell(f"/jobs[{n}]/what/title").value for n in (1, 2)] == ["job 1", "job 2"]
    assert later.mapped()["person.given"] == "Marie"
    kept = later.snapshot()
    assert kept["missing"] == {"/plain": "?refused"}
    assert kept["answers"]["/jobs[2]/gone"] == "kept 2"
    back = FormFilling.restore(old, carried(kept, new, old))
    assert back.snapshot()["answers"] == snapshot["answers"]
    assert back.snapshot()["missing"] == snapshot["missing"]


def test_an_older_draft_without_counts_and_words_is_read(old):
    snapshot = FormFilling(old, moment=NOON).snapshot()
    del snapshot["counts"], snapshot["shown"]
    assert FormFilling.restore(old, snapshot).instances("/jobs") == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(["", "p.x", "p.y", "p.z"])),
        max_size=4,
        unique_by=(lambda pair: pair[0]),
    )
)
def test_no_two_questions_become_one(old, survey, rows):
    taken = [field for _name, field in rows]
    kept = [(name, field if field not in taken[:place] else "") for place, (name, field) in enumerate(rows)]
    form = load_form(survey("type|name|label|maps_to", "text|z|Z|", *(f"text|{n}|L|{f}" for n, f in kept)), "md")
    other = load_form(survey("type|name|label|maps_to", "text|z|Z|", "text|a|A|p.x", "text|e|E|p.y"), "md")
    changes = migrate(form, other)
    olds = [change.addr for change in changes if change.addr]
    news = [change.to for change in changes if change.to]
    assert sorted(olds) == sorted(question.addr for question in form.root.questions())
    assert sorted(news) == sorted(question.addr for question in other.root.questions())
