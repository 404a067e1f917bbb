"""The coin of the rounding: fair, repeatable, never off by a whole step."""

from __future__ import annotations

import hashlib
import hmac
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.services.counts.cell_key import SPACE, record_keys, rounded

SECRET = bytes(range(32))


@given(st.integers(0, 10_000), st.lists(st.integers(0, SPACE - 1), max_size=5), st.sampled_from([3, 5, 10]))
def test_a_multiple_less_than_a_step_away(count, keys, base):
    value = rounded(count, keys, base)
    assert value % base == 0
    assert abs(value - count) < base
    if count % base == 0:
        assert value == count


@given(st.lists(st.integers(0, SPACE - 1), max_size=20), st.randoms())
def test_the_order_of_the_keys_is_irrelevant(keys, rnd):
    mixed = list(keys)
    rnd.shuffle(mixed)
    assert rounded(17, mixed, 5) == rounded(17, keys, 5)


def test_the_key_is_the_first_32_bits_of_the_hmac_of_indicator_period_revision_and_id():
    expected = hmac.new(SECRET, b"referrals|2026-10|2|0190-abc", hashlib.sha256).digest()
    assert record_keys(SECRET, "referrals", "2026-10", 2, ["0190-abc"]) == [int.from_bytes(expected[:4], "big")]


def test_the_mean_error_over_ten_thousand_cells_is_under_a_tenth():
    rnd = random.Random(7)
    ids = [f"p{number}" for number in range(3000)]
    keys = record_keys(SECRET, "persons_attended", "2026-10", 1, ids)
    errors = []
    for _ in range(10_000):
        cell = rnd.sample(range(len(ids)), rnd.randint(10, 60))
        errors.append(rounded(len(cell), (keys[i] for i in cell), 5) - len(cell))
    assert abs(sum(errors) / len(errors)) < 0.1


def test_the_bits_of_the_keys_are_even():
    keys = record_keys(SECRET, "attentions", "2026-10", 1, (str(number) for number in range(20_000)))
    for bit in range(32):
        ones = sum(key >> bit & 1 for key in keys)
        assert abs(ones - 10_000) < 400  # more than five standard deviations


@pytest.mark.parametrize("changed", [{"indicator": "b"}, {"period": "2026-11"}, {"revision": 2}, {"secret": bytes(32)}])
def test_another_indicator_period_revision_or_secret_tosses_anew(changed):
    def keys(secret=SECRET, indicator="a", period="2026-10", revision=1):
        return set(record_keys(secret, indicator, period, revision, (str(number) for number in range(50))))

    assert len(keys()) == 50
    assert not keys() & keys(**changed)


@pytest.mark.parametrize("secret", [b"", b"short", bytes(33)])
def test_a_secret_of_another_length_is_refused(secret):
    with pytest.raises(ValueError, match="32"):
        record_keys(secret, "a", "2026-10", 1, ["x"])
