"""A review belongs to a pair of texts, a registry is taken whole or refused with its line, the last word is one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.models.parity import (
    COLUMNS,
    Review,
    Reviews,
    faults_in,
    needs_review,
    pair_of,
    read_registry,
    registered,
    text_hash,
    write_registry,
)
from migrant_office.models.text_review import TextReview, latest
from tests.factories import DAY

words = st.text(min_size=1, max_size=40).filter(str.strip)
pairs = st.tuples(words, words).filter(lambda pair: pair[0] != pair[1])


@given(pairs, words)
def test_any_change_of_either_text_makes_it_a_draft_again(pair, other):
    es, ht = pair
    reviews = Reviews([Review(*pair_of(es, ht), "Marie", DAY)])
    found = reviews.of(es, ht)
    assert found is not None
    assert found.reviewer == "Marie"
    if text_hash(other) not in (text_hash(es), text_hash(ht)):
        assert reviews.of(other, ht) is None
        assert reviews.of(es, other) is None


def test_spacing_and_the_way_an_accent_is_stored_are_no_change():
    reviews = Reviews([Review(*pair_of("Cédula vigente", "Kat idantite ki bon"), "Marie", DAY)])
    assert reviews.of(" Ce\u0301dula\n vigente", "Kat  idantite ki bon ")


@given(st.lists(pairs, max_size=8), st.dates(date(2000, 1, 1)))
def test_a_registry_comes_back_as_it_was_written(found, on):
    approvals = {registered(es, ht, "Marie Désir", on) for es, ht in found if needs_review(es, ht)}
    assert set(read_registry(write_registry(approvals))) == approvals


def test_the_registry_that_the_program_ships_with_can_be_used(shipped_registry):
    assert list(faults_in(shipped_registry)) == []


@pytest.fixture
def shipped_registry():
    from migrant_office import paths

    return (paths.resources() / "i18n" / "reviews.csv").read_text(encoding="utf-8")


GOOD = ",".join((*pair_of("Cita", "Randevou"), "Marie", "2026-11-20", "Cita", "Randevou"))
HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD.replace(",Cita,", ",La cita,"), "es_hash"),
        (GOOD.replace("Randevou", "Randevou a"), "es_hash"),
        (GOOD.replace("2026-11-20", "20-11-2026"), "date=20-11-2026"),
        (GOOD.replace("2026-11-20", "2026-02-30"), "date=2026-02-30"),
        (GOOD.replace("2026-11-20", "20261120"), "date=20261120"),
        (GOOD.replace("Marie", "  "), "reviewer"),
        (GOOD.rsplit(",", 1)[0], "5 != 6"),
        (GOOD.rsplit(",", 1)[0] + ",", "es, ht"),
        (f"{GOOD}\n{GOOD}", "x 2"),
        (GOOD.replace("Cita", '"Cita', 1), "csv"),
    ],
)
def test_a_line_that_does_not_agree_with_itself_refuses_the_whole(line, fault):
    content = f"{HEAD}\n{line}\n"
    assert any(fault in found for _line, found in faults_in(content)), list(faults_in(content))
    with pytest.raises(UserError) as refused:
        read_registry(content)
    assert refused.value.text(Translator("en"))
    assert list(faults_in(f"{HEAD}\n{GOOD}\n")) == []


@pytest.mark.parametrize("content", ["", "es,ht\n", f"{GOOD}\n"])
def test_a_registry_without_its_columns_is_refused(content):
    assert list(faults_in(content)) == [(1, HEAD)]


def entry(id, turn, approved):
    return TextReview(id=id, es_hash="e", ht_hash="h", approved=approved, turn=turn, reviewer="M", made=DAY)


@given(
    st.lists(
        st.builds(entry, st.uuids().map(lambda u: u.hex), st.integers(1, 4), st.booleans()),
        min_size=1,
        unique_by=lambda e: e.id,
    ),
    st.randoms(),
)
def test_the_last_word_is_the_same_in_every_order_and_doubt_is_a_draft(entries, random):
    (holds,) = latest(entries).values()
    mixed = list(entries)
    random.shuffle(mixed)
    assert latest(mixed) == {("e", "h"): holds}
    top = max(e.turn for e in entries)
    assert holds.turn == top
    assert holds.approved == all(e.approved for e in entries if e.turn == top)
