from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models import (
    appointment,
    consent,
    diversity,
    encounter,
    household,
    mobility,
    need,
    operations,
    person,
    queue,
    referral,
    restricted,
    service,
    sheet_print,
    work,
)
from migrant_office.models.case_file import case_file, newest
from migrant_office.models.coded import Coded, label_of
from migrant_office.models.eligibility import book as rules
from migrant_office.models.eligibility import told as verdicts
from migrant_office.models.missing import Missing
from migrant_office.models.pathway import kinds
from migrant_office.models.person import Person, age_on, full_name
from migrant_office.models.referral import CLOSED, NEXT, Outcome, State, stays_open
from migrant_office.models.restricted import Protection
from migrant_office.models.vault.nouns import File, Home, Ref, changed
from migrant_office.models.vault.vault import Vault
from migrant_office.services.route import stations
from tests.factories import DAY, a_person, a_referral, a_step, case, edit, put

DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CODED = [
    c
    for module in (
        *(consent, diversity, encounter, household, mobility, need),
        *(appointment, operations, person, queue, referral, restricted, service, work, kinds, sheet_print),
        *(rules, verdicts, stations),
    )
    for c in vars(module).values()
    if isinstance(c, type) and issubclass(c, Coded) and c is not Coded
]


# codes and words


@pytest.mark.parametrize("kind", CODED)
def test_every_code_has_a_word_in_every_language(kind: type[Coded]) -> None:
    for member in kind:
        assert member.label
        assert member.value == str(member)
        assert not member.value.startswith("?")  # that is how a missing answer begins
        for lang in ("es", "ht"):
            assert Translator(lang).gettext(member.label)


def test_label_of_anything_a_record_may_hold() -> None:
    assert label_of(person.Sex.WOMAN) == "Woman"
    assert {label_of(why) for why in Missing} == {"Prefers not to answer", "Does not know", "Not asked"}
    assert (label_of(None), label_of("HT"), label_of(0), label_of("new-code")) == ("", "HT", "0", "new-code")


# a person


def test_a_name_as_she_is_called() -> None:
    assert full_name("Rose", "Jean", "Désir", "") == "Rose Jean Désir"
    assert full_name("Rose", "Jean", "", "Andy") == "Andy Jean"
    assert full_name("", "", "", "") == Person(id="x").name == ""


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(1990, 3, 3), date(2026, 3, 2), 35),
        (date(1990, 3, 3), date(2026, 3, 3), 36),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (None, DAY, None),
        (Missing.REFUSED, DAY, None),
        ("soon", DAY, None),
    ],
)
def test_age_in_full_years(birth: object, day: date, years: int | None) -> None:
    assert age_on(birth, day) == years


@given(DATES, DATES)
def test_age_goes_up_by_one_on_a_birthday_alone(birth: date, day: date) -> None:
    now, tomorrow = age_on(birth, day), age_on(birth, day + timedelta(days=1))
    assert now is not None
    assert tomorrow is not None
    assert tomorrow - now in (0, 1)
    if (day.month, day.day) == (birth.month, birth.day):
        assert now == day.year - birth.year


# a referral's states


def test_every_state_can_be_left_for_a_mistake_and_none_leads_back_to_a_draft() -> None:
    assert set(NEXT) == set(State)
    for state, after in NEXT.items():
        assert State.DRAFT not in after
        assert (State.MISTAKE in after) is (state is not State.MISTAKE)


def test_every_state_can_be_reached() -> None:
    reached, waiting = {State.REQUESTED}, [State.REQUESTED]
    while waiting:
        for state in NEXT[waiting.pop()] - reached:
            reached.add(state)
            waiting.append(state)
    assert reached == set(State) - {State.DRAFT}


@pytest.mark.parametrize("state", list(State))
def test_what_is_closed_asks_no_more_but_for_a_pending_result(state: State) -> None:
    assert state.is_closed is (state in CLOSED)
    assert stays_open(state, None) is not state.is_closed
    assert stays_open(state, Outcome.COMPETENT) is not state.is_closed
    assert stays_open(state, Outcome.RESULT_PENDING) is (not state.is_closed or state is State.COMPLETED)


def test_the_last_promise_decides_when_to_ask(vault: Vault) -> None:
    made = a_referral(due=DAY + timedelta(days=9))
    put(vault, a_person("r"))
    put(vault, made, on="r")

    def due() -> str | None:
        return vault.read("SELECT due_now FROM referral")[0][0]  # type: ignore[no-any-return]  # a column of texts

    assert due() == "2026-03-11"
    put(vault, a_step(made.id, due=DAY + timedelta(days=20)), on="r")
    assert due() == "2026-03-22"
    put(vault, a_step(made.id, state=State.IN_PROGRESS), on="r")  # heard, but no new day was named
    assert due() == "2026-03-22"
    put(vault, a_step(made.id, state=State.CANCELLED), on="r")
    assert due() is None


def test_a_step_of_another_referral_changes_nothing(vault: Vault) -> None:
    one, other = a_referral(), a_referral()
    put(vault, a_person("r"))
    put(vault, one, other, a_step(other.id, state=State.FAILED), on="r")
    states = {r.referral.id: r.state for r in case_of(vault, "r").referrals}
    assert states == {one.id: State.REQUESTED, other.id: State.FAILED}


def test_steps_follow_their_days_whenever_they_were_written(vault: Vault) -> None:
    made = a_referral()
    late = a_step(made.id, state=State.COMPLETED, made=DAY + timedelta(days=5))
    put(vault, a_person("r"))
    put(vault, made, late, a_step(made.id, state=State.ACCEPTED, made=DAY + timedelta(days=1)), on="r")
    assert case_of(vault, "r").referrals[0].state is State.COMPLETED


# the case file


def case_of(vault: Vault, id: str):
    found = case_file(case(vault, id))
    assert found is not None
    return found


def test_a_document_without_a_person_is_no_case(vault: Vault) -> None:
    assert case_file(case(vault, "nobody")) is None
    put(vault, a_referral(), on="orphan")
    assert case_file(case(vault, "orphan")) is None


def test_the_newest_day_comes_first() -> None:
    made = [a_referral(made=DAY + timedelta(days=n)) for n in (1, 3, 2)]
    assert [r.made.day for r in newest({r.id: r for r in made})] == [5, 4, 3]


def test_what_cannot_be_read_is_counted_and_the_rest_is_shown(vault: Vault) -> None:
    made = a_referral()
    put(vault, a_person("r"))
    put(vault, made, on="r")
    with vault.operation("newer", "r") as op:
        op.cells(Ref(Home.CASE, "r"), "referral", [("broken", "text"), ("empty", {})])
        op.cells(Ref(Home.CASE, "r"), "encounter", [("odd", {"made": "some day", "recorded": 5, "channel": "pigeon"})])
        op.cells(Ref(Home.CASE, "r"), "noun-to-come", [("x", 1)])
    found = case_of(vault, "r")
    assert found.damaged == 2
    assert [f.referral.id for f in found.referrals] == [made.id]
    assert [str(e.channel) for e in found.encounters] == ["pigeon"]


def test_every_case_looks_the_same_from_outside(vault: Vault) -> None:
    """Whether the restricted part says something cannot be seen without its key."""
    put(vault, a_person("r"), Protection(id="r", kept=True))
    edit(vault, Protection(id="r", kept=True), told="vive con miedo")
    found = File(Ref(Home.CASE, "r"), case(vault, "r").cells)
    assert found.all(Protection) == {}
    assert "vive con miedo" not in repr(vault.read("SELECT * FROM findable"))


# disability, by the Washington Group's cut-off


@given(st.lists(st.sampled_from([*diversity.Difficulty, *Missing]), min_size=6, max_size=6))
def test_one_hard_answer_decides_and_silence_never_says_no(answers: list[diversity.Difficulty | Missing]) -> None:
    names = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
    told = changed(Person(id="x"), **dict(zip(names, answers, strict=True)))
    found = told.disability(File(Ref(Home.CASE, "x"), {}))
    if any(answer in diversity.HARD for answer in answers):
        assert found == "yes"
    elif all(isinstance(answer, diversity.Difficulty) for answer in answers):
        assert found == "no"
    else:
        assert found in set(Missing)
