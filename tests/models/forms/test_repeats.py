"""Repeats: instances with addresses, what they read of each other and of the form, and that nothing gets lost."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import FormRefused, Repeat
from migrant_office.models.forms.reading import load_form
from migrant_office.models.missing import Missing

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
HOUSE = (
    "type|name|label|relevant|constraint|calculation|repeat_count|default|maps_to",
    "text|given|Name||||||person.given",
    "begin_repeat|members|Member|${given} != 'alone'|||||household.member",
    "text|called|Called||||||person.given",
    "integer|age|Age of ${called}||. <= 120||||person.age",
    "calculate|grown||||if(${age} >= 18, 'yes', 'no')|||",
    "calculate|place||||position(..)|||",
    "calculate|older||||count(${members}[number(age) > number(current()/../age)])|||",
    "calculate|before||||indexed-repeat(${age}, ${members}, position(..) - 1)|||",
    "text|work|Work|${grown} = 'yes'|||||",
    "begin_repeat|papers|Paper||||||held_document",
    "text|kind|Kind||||||held_document.kind",
    "calculate|whose||||concat(${called}, '/', ${kind}, '/', position(..))|||",
    "integer|days|Days|||||7|",
    "end_repeat|||||||",
    "calculate|all_papers||||count(${papers})|||",
    "end_repeat|||||||",
    "calculate|many||||count(${members})|||",
    "calculate|years||||sum(${age})|||",
    "calculate|kinds||||join(',', ${kind})|||",
    "calculate|second||||/data/members[2]/called|||",
    "integer|children|Children||||||",
    "begin_repeat|child|Child||||${children}||",
    "text|child_name|Name of the child||||||",
    "end_repeat|||||||",
    "calculate|named||||count-non-empty(${child_name})|||",
)


@pytest.fixture(scope="module")
def house(survey):
    return load_form(survey(*HOUSE), "md")


@pytest.fixture
def filling(house):
    return FormFilling(house, moment=NOON)


def value(filling, addr):
    return filling.cell(addr).value


def member(filling, called, age):
    filling.add("/members")
    addr = filling.instances("/members")[-1]
    filling.set(f"{addr}/called", called)
    filling.set(f"{addr}/age", age)
    return addr


def test_a_repeat_is_a_group_that_knows_its_count_and_record(house):
    members = house.by_addr["/members"]
    assert isinstance(members, Repeat)
    assert (members.count, members.limit, members.maps_to) == (None, 50, "household.member")
    assert house.at("/members[3]/papers[2]/kind") is house.by_addr["/members/papers/kind"]
    assert house.at("/given") is house.question("given")
    with pytest.raises(KeyError):
        house.at("/members[1]/nobody")


def test_instances_are_added_and_counted(filling):
    assert filling.instances("/members") == ()
    assert list(filling.visible()) == ["/given", "/children"]
    changed = filling.add("/members")
    assert {"/members", "/members[1]", "/members[1]/called", "/many"} <= changed
    assert "/given" not in changed
    assert filling.instances("/members") == ("/members[1]",)
    assert list(filling.visible()) == ["/given", "/members[1]/called", "/members[1]/age", "/children"]
    assert value(filling, "/many") == "1"
    assert filling.relevant("/members[1]")


def test_a_name_means_the_current_instance_inside_and_all_of_them_outside(filling):
    member(filling, "Ana", "30")
    member(filling, "Luis", "9")
    assert [value(filling, f"/members[{n}]/grown") for n in (1, 2)] == ["yes", "no"]
    assert filling.relevant("/members[1]/work")
    assert not filling.relevant("/members[2]/work")
    assert (value(filling, "/years"), value(filling, "/many"), value(filling, "/second")) == ("39", "2", "Luis")
    assert filling.label("/members[2]/age", "es") == "Age of Luis"
    changed = filling.set("/members[2]/called", "Lucho")
    assert "/members[2]/age" in changed, "its words changed"
    assert "/members[1]/age" not in changed
    assert value(filling, "/second") == "Lucho"


def test_instances_read_each_other(filling):
    member(filling, "Ana", "30")
    member(filling, "Luis", "9")
    member(filling, "Rosa", "50")
    assert [value(filling, f"/members[{n}]/older") for n in (1, 2, 3)] == ["1", "2", "0"]
    assert [value(filling, f"/members[{n}]/before") for n in (1, 2, 3)] == ["", "30", "9"]
    changed = filling.set("/members[1]/age", "60")
    assert {"/members[2]/before", "/members[3]/older"} <= changed
    assert value(filling, "/members[3]/older") == "1"


def test_removing_the_middle_one_moves_the_others_up_whole(filling):
    for called, age in (("Ana", "30"), ("Luis", "9"), ("Rosa", "50")):
        addr = member(filling, called, age)
        filling.add(f"{addr}/papers")
        filling.set(f"{addr}/papers[1]/kind", f"of {called}")
    filling.set("/members[3]/work", Missing.REFUSED)
    before = filling.snapshot()
    changed = filling.remove("/members[2]")
    assert {"/members", "/members[2]/called", "/many", "/years", "/members[2]/place"} <= changed
    assert not any("[3]" in addr for addr in changed)
    assert value(filling, "/members[2]/called") == "Rosa"
    assert filling.cell("/members[2]/work").missing is Missing.REFUSED
    assert value(filling, "/members[2]/papers[1]/whose") == "Rosa/of Rosa/1"
    assert [value(filling, f"/members[{n}]/place") for n in (1, 2)] == ["1", "2"]
    assert (value(filling, "/years"), value(filling, "/kinds")) == ("80", "of Ana,of Rosa")
    with pytest.raises(KeyError):
        filling.cell("/members[3]/called")
    assert FormFilling.restore(filling.form, before).snapshot() == before, "the caller can undo it"


def test_repeats_in_repeats(filling):
    first, second = member(filling, "Ana", "30"), member(filling, "Luis", "9")
    filling.add(f"{first}/papers")
    filling.add(f"{first}/papers")
    filling.add(f"{second}/papers")
    filling.set("/members[1]/papers[2]/kind", "visa")
    assert value(filling, "/members[1]/papers[2]/whose") == "Ana/visa/2"
    assert [value(filling, f"/members[{n}]/all_papers") for n in (1, 2)] == ["2", "1"]
    assert "/members[1]/papers[2]/whose" in filling.set("/members[1]/called", "Anna")
    assert value(filling, "/members[2]/papers[1]/days") == "7", "its default"
    filling.remove("/members[1]/papers[1]")
    assert value(filling, "/members[1]/papers[1]/kind") == "visa"
    assert filling.instances("/members[1]/papers") == ("/members[1]/papers[1]",)


def test_a_lower_count_hides_and_never_deletes(filling):
    changed = filling.set("/children", "3")
    assert {"/child", "/child[3]/child_name"} <= changed
    assert not filling.can_add("/child")
    for number in (1, 2, 3):
        filling.set(f"/child[{number}]/child_name", f"c{number}")
    assert value(filling, "/named") == "3"
    filling.set("/children", "1")
    assert filling.instances("/child") == ("/child[1]",)
    assert not filling.relevant("/child[3]/child_name")
    assert value(filling, "/named") == "1"
    assert "/child[3]/child_name" not in filling.submission()
    again = FormFilling.restore(filling.form, json.loads(json.dumps(filling.snapshot())))
    again.set("/children", "3")
    assert value(again, "/child[3]/child_name") == "c3"
    again.remove("/child[1]")
    assert [value(again, f"/child[{n}]/child_name") for n in (1, 2, 3)] == ["c2", "c3", ""]


@pytest.mark.parametrize(("count", "made"), [("", 0), ("-4", 0), ("2.7", 2), ("9999999999", 50), ("many", 0)])
def test_any_count_is_survived(filling, count, made):
    filling.set("/children", count)
    assert len(filling.instances("/child")) == made


def test_there_is_a_most(filling):
    for _time in range(50):
        filling.add("/members")
    assert not filling.can_add("/members")
    with pytest.raises(ValueError, match="members"):
        filling.add("/members")


def test_a_repeat_that_is_not_asked_counts_for_nothing_and_comes_back(filling):
    member(filling, "Ana", "30")
    filling.set("/given", "alone")
    assert not filling.relevant("/members[1]/called")
    assert not filling.can_add("/members")
    assert (value(filling, "/many"), value(filling, "/years"), filling.records("household.member")) == ("0", "0", ())
    filling.set("/given", "Eva")
    assert (value(filling, "/many"), value(filling, "/years")) == ("1", "30")


def test_what_is_no_instance_and_no_repeat_is_told(filling):
    for addr in ("/given", "/members"):
        with pytest.raises(ValueError, match=addr):
            filling.remove(addr)
    for call in (filling.instances, filling.can_add, filling.add):
        with pytest.raises(ValueError, match="given"):
            call("/given")
        with pytest.raises(KeyError):
            call("/nowhere")
    filling.add("/members")
    with pytest.raises(ValueError, match="called"):
        filling.remove("/members[1]/called")
    with pytest.raises(KeyError):
        filling.set("/members/called", "a template takes no answer")


def test_records_hold_what_is_sound_and_leave_out_the_empty(filling):
    filling.set("/given", "Eva")
    member(filling, "Ana", "30")
    filling.add("/members")
    member(filling, "Luis", "300")
    filling.add("/members[3]/papers")
    filling.add("/members[3]/papers")
    filling.set("/members[3]/papers[2]/kind", Missing.UNKNOWN)
    assert filling.mapped() == {"person.given": "Eva"}
    assert filling.records("household.member") == (
        {"person.given": "Ana", "person.age": "30"},
        {"person.given": "Luis"},
    )
    assert filling.records("held_document") == ({"held_document.kind": Missing.UNKNOWN},), "defaults fill nothing"
    assert filling.records("nothing") == ()
    assert [addr for addr, _problem in filling.problems()] == ["/members[3]/age"]


def test_questions_of_a_page_a_repeat_and_an_instance(filling):
    member(filling, "Ana", "30")
    member(filling, "Luis", "9")
    assert filling.questions("/members[2]")[:2] == ("/members[2]/called", "/members[2]/age")
    assert len(filling.questions("/members")) == 2 * len(filling.questions("/members[1]"))
    assert filling.questions(filling.form.pages[1]) == filling.questions("/members")
    assert filling.questions(filling.form.pages[0]) == ("/given",)


def test_an_instance_has_the_words_of_its_repeat(survey):
    rows = ("type|name|label|hint", "begin_repeat|r|About ${a}|Look", "text|a|A|", "end_repeat|||", "note|n|All: ${a}|")
    filling = FormFilling(load_form(survey(*rows), "md"), moment=NOON)
    filling.add("/r")
    filling.add("/r")
    filling.set("/r[1]/a", "Ana")
    assert "/r[2]" in filling.set("/r[2]/a", "Luis"), "the words of the instance changed"
    assert [filling.label(addr, "es") for addr in filling.instances("/r")] == ["About Ana", "About Luis"]
    assert filling.hint("/r[2]", "es") == "Look"
    assert filling.label("/n", "es") == "All: Ana", "outside, the first is meant, as in other readers"


def test_progress_counts_instances(filling):
    assert filling.progress() == (0, 2)
    member(filling, "Ana", "9")
    assert filling.progress() == (2, 4)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (("begin_repeat|r|R|||", "text|a|A|||"), (3, "type")),
        (("begin_repeat|r|R|||", "text|a|A|||", "end_group||||"), (5, "type")),
        (("begin_loop|r|R|||", "text|a|A|||", "end_loop||||"), (3, "type")),
        (("begin_repeat|r|R|||Two Words", "text|a|A|||", "end_repeat||||"), (3, "maps_to")),
        (("begin_repeat|r|R||${a}|", "text|a|A|||", "end_repeat||||"), (3, "repeat_count")),
        (("text|a|A|||", "begin_repeat|r|R||foo()|", "text|b|B|||", "end_repeat||||"), (4, "repeat_count")),
        (("text|a|A|||", "begin_repeat|r|R||sum(${b}|", "text|b|B|||", "end_repeat||||"), (4, "repeat_count")),
        (("begin_repeat|r|R|||", "text|a|A|||p.a", "text|b|B|||p.a", "end_repeat||||"), (5, "maps_to")),
        (
            (
                "begin_repeat|r|R|||x",
                "text|a|A|||",
                "end_repeat||||",
                "begin_repeat|s|S|||x",
                "text|b|B|||",
                "end_repeat||||",
            ),
            (6, "maps_to"),
        ),
        (("begin_repeat|r|R|||", "text|a|A|indexed-repeat(${a}, ${a}, 1)||", "end_repeat||||"), (4, "relevant")),
        (
            (*(f"begin_repeat|r{n}|R|||" for n in range(3)), "text|a|A|||", *["end_repeat||||"] * 3),
            (5, "type"),
        ),
    ],
)
def test_faults_of_repeats_have_their_place(survey, rows, place):
    with pytest.raises(FormRefused) as caught:
        load_form(survey("type|name|label|relevant|repeat_count|maps_to", *rows), "md")
    assert place in [(one.src.row, one.src.column) for one in caught.value.issues]


def test_a_circle_through_a_count_is_found(survey):
    rows = (
        "type|name|label|calculation|repeat_count",
        "begin_repeat|r|R||${total}",
        "integer|a|A||",
        "end_repeat|||",
        "calculate|total||sum(${a})|",
    )
    with pytest.raises(FormRefused) as caught:
        load_form(survey(*rows), "md")
    assert "r (3)" in str(caught.value.issues[0].data["names"])


def test_a_newer_form_keeps_what_it_cannot_show(house, survey, filling):
    member(filling, "Ana", "30")
    member(filling, "Luis", "9")
    filling.set("/children", "1")
    filling.set("/child[1]/child_name", "c1")
    rows = ("type|name|label", "begin_repeat|members|M", "text|called|Called", "end_repeat||")
    newer = FormFilling.restore(load_form(survey(*rows), "md"), filling.snapshot())
    assert newer.instances("/members") == ("/members[1]", "/members[2]")
    assert newer.snapshot()["answers"] == filling.snapshot()["answers"]
    assert newer.snapshot()["counts"] == filling.snapshot()["counts"]
    newer.remove("/members[1]")
    assert newer.snapshot()["answers"]["/members[1]/age"] == "9", "what has no question moves with its instance"
    back = FormFilling.restore(house, newer.snapshot())
    assert value(back, "/members[1]/age") == "9"
    assert value(back, "/child[1]/child_name") == "c1"


@pytest.mark.parametrize("counts", [{"/members": -1}, {"/members": "x"}, {"/members": 10**9}])
def test_a_broken_draft_is_told(filling, counts):
    with pytest.raises((ValueError, TypeError)):
        FormFilling.restore(filling.form, {**filling.snapshot(), "counts": counts})


_QUESTIONS = ("called", "age", "work", "papers/kind", "papers/days")
_acts = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("remove"), st.integers(0, 3), st.booleans()),
    st.tuples(
        st.sampled_from(_QUESTIONS),
        st.integers(0, 3),
        st.one_of(st.none(), st.sampled_from(list(Missing)), st.sampled_from(["x", "7", "40", "200"])),
    ),
    st.tuples(st.just("children"), st.integers(0, 0), st.sampled_from(["", "0", "1", "3", "x"])),
    st.tuples(st.just("given"), st.integers(0, 0), st.sampled_from(["", "alone", "Eva"])),
)


def _act(filling, verb, place, what):
    """One act on a filling; what changed, None when there was nothing to do it to."""
    if verb in ("children", "given"):
        return filling.set(f"/{verb}", what)
    members = filling.instances("/members")
    if verb == "add" and not what:
        return filling.add("/members") if filling.can_add("/members") else None
    if place >= len(members):
        return None
    addr = members[place]
    papers = filling.instances(f"{addr}/papers")
    if verb == "add":
        return filling.add(f"{addr}/papers") if filling.can_add(f"{addr}/papers") else None
    if verb == "remove":
        return filling.remove(papers[-1] if what and papers else addr)
    if verb.startswith("papers/"):
        return filling.set(f"{papers[-1]}/{verb.partition('/')[2]}", what) if papers else None
    return filling.set(f"{addr}/{verb}", what)


def _seen(filling):
    return {
        addr: (filling.cell(addr), filling.label(addr, "es"), filling.choices(addr))
        for addr in filling.questions(filling.form.root)
    }


@settings(max_examples=150)
@given(st.lists(_acts, max_size=25))
def test_step_by_step_is_the_same_as_all_at_once(house, acts):
    """After adding, removing and answering in any order, a filling made anew from the draft shows the same; what
    changed was announced; and nobody else's answer was touched."""
    filling = FormFilling(house, moment=NOON)
    for act in acts:
        before = _seen(filling)
        changed = _act(filling, *act)
        after = _seen(filling)
        differing = {addr for addr in after if after[addr] != before.get(addr)}
        differing -= {addr for addr in differing - before.keys() if not after[addr][0].relevant}
        assert changed is not None or not differing
        assert differing <= (changed or frozenset())
    snapshot = json.loads(json.dumps(filling.snapshot()))
    again = FormFilling.restore(house, snapshot)
    assert again.snapshot() == snapshot
    assert _seen(again) == _seen(filling)
    assert again.submission() == filling.submission()
    assert again.problems() == filling.problems()
    for record in ("household.member", "held_document"):
        assert again.records(record) == filling.records(record)
