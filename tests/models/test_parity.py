"""An approval belongs to one Creole text for one Spanish text, wherever they stand."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from migrant_office.models.parity import Review, Reviews, text_hash
from migrant_office.models.sheet import SheetText

ES, HT = "Su cita", "Randevou ou"
REVIEW = Review(text_hash(ES), text_hash(HT), "A. Lectora", date(2026, 11, 2))
WORDS = st.text(min_size=1, max_size=30)


def test_a_pair_that_was_read_is_found_and_spacing_does_not_count():
    reviews = Reviews([REVIEW])
    assert reviews.of(ES, HT) is REVIEW
    assert reviews.of("  Su\n cita ", HT) is REVIEW
    assert len(reviews) == 1


@given(WORDS, WORDS)
def test_any_other_text_is_a_draft(es: str, ht: str):
    assume((text_hash(es), text_hash(ht)) != (REVIEW.es_hash, REVIEW.ht_hash))
    assert Reviews([REVIEW]).of(es, ht) is None


def test_what_is_alike_in_both_languages_needs_no_approval():
    assert SheetText("when", "where", "", "{place}", "{place}", "{place}").reviewed
    row = SheetText("when", "head", "", ES, HT, "Your appointment")
    assert not row.reviewed
    assert row.judged(Reviews([REVIEW])).reviewed
    assert not row.judged(Reviews([REVIEW])).judged(Reviews()).reviewed
