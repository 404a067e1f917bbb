"""Filling a form: what an answer changes, what is kept, what goes out."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models.forms.expressions.values import LONGEST_RESULT
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Question
from migrant_office.models.forms.reading import load_form
from migrant_office.models.missing import Missing

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))


@pytest.fixture
def filling(family):
    return FormFilling(family, moment=NOON)


def test_an_answer_opens_what_depends_on_it_and_nothing_else(filling):
    assert list(filling.visible()) == ["/who/name", "/who/age"]
    changed = filling.set("/who/age", "30")
    assert changed == {
        *("/who/age", "/who/adult", "/home", "/home/region", "/home/town", "/home/needs", "/home/thanks"),
    }
    assert filling.cell("/who/adult").value == "yes"
    assert filling.relevant("/home")
    assert filling.set("/who/age", "31") == {"/who/age"}, "the same result goes no further"


def test_words_follow_an_answer(filling):
    assert filling.set("/who/name", "Marie") == {"/who/name", "/who/age", "/home/thanks"}
    assert filling.label("/who/age", "es") == "¿Qué edad tiene Marie?"
    assert filling.label("/who/age", "ht") == "Ki laj Marie?"
    assert filling.label("/who/age", "en") == "¿Qué edad tiene Marie?", "the form's own language stands in"


def test_a_closed_branch_keeps_its_answers_but_nobody_sees_them(filling):
    filling.set("/who/age", "30")
    filling.set("/home/needs", ("other",))
    filling.set("/home/other", "Una bicicleta")
    filling.set("/who/age", "12")
    assert "/home/other" not in filling.submission()
    assert not filling.cell("/home/other").relevant
    filling.set("/who/age", "18")
    assert filling.submission()["/home/other"] == "Una bicicleta"


def test_the_three_missing_answers_stay_apart_from_values_and_from_each_other(filling):
    for reason in Missing:
        filling.set("/who/age", "40")
        changed = filling.set("/who/age", reason)
        cell = filling.cell("/who/age")
        assert (cell.value, cell.missing, cell.problem) == ("", reason, None)
        assert "/who/adult" in changed
        assert filling.cell("/who/adult").missing is reason, (
            "a calculation that lacks it is missing for the same reason"
        )
        assert filling.submission()["/who/age"] == reason.value
        assert filling.mapped()["person.adult"] is reason
        assert not filling.relevant("/home"), "to expressions it is blank"
    filling.set("/who/age", None)
    assert filling.cell("/who/age").missing is None
    assert "/who/age" not in filling.submission()


def test_changing_only_the_reason_repaints_what_inherits_it(filling):
    filling.set("/who/age", Missing.REFUSED)
    assert "/who/adult" in filling.set("/who/age", Missing.UNKNOWN)


def test_progress_counts_refused_and_unknown_as_answers(filling):
    assert filling.progress() == (0, 2)
    filling.set("/who/name", Missing.REFUSED)
    filling.set("/who/age", Missing.NOT_ASKED)
    assert filling.progress() == (1, 2)


def test_problems_are_told_and_nothing_is_refused(filling):
    assert [(addr, problem.code) for addr, problem in filling.problems()] == [("/who/name", "required")]
    filling.set("/who/name", Missing.UNKNOWN)
    filling.set("/who/age", "forty")
    assert filling.cell("/who/age").problem.code == "type"
    filling.set("/who/age", "300")
    cell = filling.cell("/who/age")
    assert (cell.value, cell.problem.code) == ("300", "constraint")
    assert cell.problem.text(Translator("en"), "ht") == "Entre 0 y 120"
    filling.set("/who/age", "30")
    assert filling.problems() == ()


def test_an_answer_that_breaks_its_rule_does_not_reach_the_record_nor_what_is_made_of_it(filling):
    filling.set("/who/age", "30")
    assert filling.mapped()["person.adult"] == "yes"
    for age in ("-5", "121"):
        filling.set("/who/age", age)
        assert "person.adult" not in filling.mapped()
        assert filling.cell("/who/age").value == age
    filling.set("/who/age", Missing.REFUSED)
    assert filling.mapped()["person.adult"] is Missing.REFUSED


def test_an_answer_that_is_still_missing_holds_nothing_back(survey):
    rows = (
        "type|name|label|required|calculation|maps_to",
        "text|a|A|yes||person.given",
        "text|b|B|||",
        "calculate|c||",
    )
    form = load_form(survey(*rows[:3], rows[3] + "|concat(${a}, ${b})|person.surname"), "md")
    filling = FormFilling(form, moment=NOON)
    filling.set("/b", "Jean")
    assert filling.mapped() == {"person.surname": "Jean"}


def test_of_several_choices_those_still_offered_reach_the_record(filling):
    filling.set("/who/age", "30")
    filling.set("/home/needs", ("work", "luck"))
    assert filling.mapped()["need.kind"] == ("work",)
    assert [addr for addr, problem in filling.problems() if problem.code == "choice"] == ["/home/needs"]


def test_what_cannot_be_answered_in_time_stands_in_nobodys_way(survey):
    slow = r"regex(${a}, '^(\w+ ?){1,4}(\w+ ?){1,4}$')"
    rows = (
        "type|name|label|relevant|constraint|required|calculation|choice_filter|maps_to",
        f"text|a|A||{slow}||||person.given",
        f"text|b|B|{slow}||{slow}|||",
        f"calculate|c|||||{slow}||",
        f"select_one l|d|D|||||k = 'z' or {slow}|",
    )
    form = load_form(survey(*rows, choices=("list_name|name|label|k", "l|x|X|1", "l|y|Y|2")), "md")
    filling = FormFilling(form, moment=NOON)
    started = time.perf_counter()
    filling.set("/a", "a" * 199 + "!")
    assert filling.problems() == ()
    assert filling.relevant("/b")
    assert filling.cell("/c").value == ""
    assert [choice.value for choice in filling.choices("/d")] == ["x", "y"]
    assert filling.mapped() == {"person.given": "a" * 199 + "!"}
    assert time.perf_counter() - started < 2


def test_texts_that_double_do_not_fill_the_memory(survey):
    rows = [f"calculate|c{n}||concat(${{c{n - 1}}}, ${{c{n - 1}}})|" for n in range(1, 41)]
    form = load_form(
        survey("type|name|label|calculation|maps_to", "text|c0|A||", *rows, "calculate|e||${c40}|x.y"), "md"
    )
    filling = FormFilling(form, moment=NOON)
    filling.set("/c0", "ab")
    assert len(str(filling.mapped()["x.y"])) == LONGEST_RESULT


def test_unfit_answers_stay_in_the_draft_and_out_of_the_record(survey):
    form = load_form(survey("type|name|label|maps_to", "date|born|Nacimiento|person.birth"), "md")
    filling = FormFilling(form, moment=NOON)
    filling.set("/born", "2026-02-31")
    assert filling.mapped() == {}
    assert filling.submission() == {"/born": "2026-02-31"}
    filling.set("/born", "2026-02-28")
    assert filling.mapped() == {"person.birth": "2026-02-28"}


def test_choices_follow_the_filter_and_an_old_answer_is_kept_and_marked(filling):
    filling.set("/who/age", "30")
    assert filling.choices("/home/town") == ()
    changed = filling.set("/home/region", "s")
    assert "/home/town" in changed
    assert [choice.value for choice in filling.choices("/home/town")] == ["lota"], "a retired choice is not offered"
    filling.set("/home/town", "lota")
    assert "/home/town" in filling.set("/home/region", "n")
    cell = filling.cell("/home/town")
    assert (cell.value, cell.problem.code) == ("lota", "choice")


def test_a_retired_choice_stays_where_it_was_chosen(filling):
    filling.set("/who/age", "30")
    filling.set("/home/region", "s")
    filling.set("/home/town", "ancud")
    assert filling.cell("/home/town").problem is None
    assert filling.answer_text("/home/town", "ht") == "Anko"


def test_several_choices_are_kept_in_the_order_of_the_list(filling):
    filling.set("/who/age", "30")
    assert filling.cell("/home/needs").selected == ("food",), "its default"
    filling.set("/home/needs", ("other", "work", "other"))
    assert filling.cell("/home/needs").selected == ("work", "other")
    assert filling.mapped()["need.kind"] == ("work", "other")
    assert filling.answer_text("/home/needs", "es") == "Trabajo, Otra"


def test_what_takes_no_answer_refuses_one(filling):
    with pytest.raises(ValueError, match="adult"):
        filling.set("/who/adult", "yes")
    with pytest.raises(ValueError, match="home"):
        filling.set("/home", "x")
    with pytest.raises(KeyError):
        filling.set("/who/nobody", "x")


def test_a_draft_survives_a_newer_version_of_its_form(family, survey):
    filling = FormFilling(family, moment=NOON)
    filling.set("/who/name", "Marie")
    filling.set("/who/age", Missing.REFUSED)
    newer = load_form(survey("type|name|label", "begin_group|who|Q", "text|name|N", "end_group||"), "md")
    later = FormFilling.restore(newer, filling.snapshot())
    assert later.cell("/who/name").value == "Marie"
    assert later.snapshot()["missing"] == {"/who/age": "?refused"}, "an answer without a question stays in the draft"


def test_the_day_of_a_filling_does_not_move(survey):
    form = load_form(survey("type|name|label|calculation", "text|a|A|", "calculate|day||today()"), "md")
    filling = FormFilling(form, moment=NOON)
    assert filling.cell("/day").value == "2026-07-15"
    assert FormFilling.restore(form, filling.snapshot()).cell("/day").value == "2026-07-15"


def test_defaults_fixed_and_calculated(survey):
    rows = (
        "type|name|label|default",
        "integer|a|A|7",
        "integer|b|B|${a} + 1",
        "date|d|D|today()",
        "text|t|T|calle (norte)",
    )
    filling = FormFilling(load_form(survey(*rows), "md"), moment=NOON)
    assert filling.submission() == {"/a": 7, "/b": 8, "/d": "2026-07-15", "/t": "calle (norte)"}
    assert filling.set("/a", "1") == {"/a"}, "a default is given once"


def test_what_once_was_calculated_is_kept(survey):
    form = load_form(survey("type|name|label|calculation", "text|a|A|", "calculate|code||once(random())"), "md")
    filling = FormFilling(form, moment=NOON)
    snapshot = filling.snapshot()
    assert float(snapshot["answers"]["/code"]) < 1
    assert FormFilling.restore(form, snapshot).cell("/code").value == snapshot["answers"]["/code"]


def test_an_editable_calculation_gives_way_to_what_is_typed(survey):
    form = load_form(survey("type|name|label|calculation", "integer|a|A|", "integer|b|B|${a} * 2"), "md")
    filling = FormFilling(form, moment=NOON)
    filling.set("/a", "4")
    assert filling.cell("/b").value == "8"
    filling.set("/b", "9")
    assert FormFilling.restore(form, filling.snapshot()).cell("/b").value == "9"
    filling.set("/a", "5")
    assert filling.cell("/b").value == "10"


_answers = st.one_of(
    st.none(),
    st.sampled_from(list(Missing)),
    st.text(max_size=5),
    st.integers(-5, 200).map(str),
    st.sampled_from(["n", "s"]),
)


@given(st.lists(st.tuples(st.sampled_from(["name", "age", "region", "town", "needs", "other"]), _answers), max_size=12))
def test_step_by_step_is_the_same_as_all_at_once(family, steps):
    """The graph never forgets anyone: after any answers, a filling made anew from the draft says the same; and what
    changed was announced."""
    filling = FormFilling(family, moment=NOON)
    questions = [item for item in family.root.walk() if isinstance(item, Question)]
    for name, answer in steps:
        before = {
            q.addr: (filling.cell(q.addr), filling.choices(q.addr), filling.label(q.addr, "es")) for q in questions
        }
        changed = filling.set(family.question(name).addr, answer)
        after = {
            q.addr: (filling.cell(q.addr), filling.choices(q.addr), filling.label(q.addr, "es")) for q in questions
        }
        assert {addr for addr in after if after[addr] != before[addr]} <= changed
    snapshot = json.loads(json.dumps(filling.snapshot()))
    again = FormFilling.restore(family, snapshot)
    assert again.snapshot() == snapshot
    assert [again.cell(q.addr) for q in questions] == [filling.cell(q.addr) for q in questions]
    assert again.submission() == filling.submission()


def test_a_choice_without_a_cell_is_in_no_cascade(survey):
    form = load_form(
        survey(
            "type|name|label|choice_filter",
            "text|region|Region|",
            "select_one town|town|Town|region = ${region}",
            choices=("list_name|name|label|region", "town|a|A|n", "town|b|B|"),
        ),
        "md",
    )
    filling = FormFilling(form)
    assert filling.choices("/town") == (), "blank is equal to no cell, as in every engine"
    filling.set("/region", "n")
    assert [choice.value for choice in filling.choices("/town")] == ["a"]


def test_true_and_no_in_a_cell_are_what_other_readers_make_of_them(survey):
    rows = ("type|name|label|constraint|calculation", "text|a|A|TRUE|", "text|b|B|no|", "calculate|c|||True")
    filling = FormFilling(load_form(survey(*rows), "md"))
    filling.set("/a", "x")
    filling.set("/b", "x")
    assert [addr for addr, _problem in filling.problems()] == ["/b"]
    assert filling.cell("/c").value == "true"
