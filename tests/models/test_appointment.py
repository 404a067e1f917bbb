from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.appointment import (
    MINUTES_OF_A_DAY,
    NEXT,
    AppointmentState,
    Reminder,
    free,
    hour_of,
    minute_of,
    overlap,
    reminders,
    span,
)
from migrant_office.models.missing import Missing
from migrant_office.models.person import ContactRule

SPANS = st.builds(lambda a, n: range(a, a + n), st.integers(0, MINUTES_OF_A_DAY - 1), st.integers(1, 300))


@given(st.integers(0, MINUTES_OF_A_DAY - 1))
def test_an_hour_is_read_as_it_was_written(minute: int) -> None:
    assert minute_of(hour_of(minute)) == minute


def test_what_is_no_hour() -> None:
    assert [minute_of(text) for text in ("", "25:00", "9-30", "mañana", "-1:00", "٩:٣٠")] == [None] * 6
    assert (minute_of("9:30"), minute_of(" 09.30 ")) == (570, 570)
    assert not span("soon", 30)
    assert not span("10:00", 0)


@given(SPANS, SPANS)
def test_two_spans_overlap_when_they_share_a_minute(one: range, other: range) -> None:
    assert overlap(one, other) is bool(set(one) & set(other)) is overlap(other, one)


@given(st.lists(SPANS, max_size=3), st.lists(SPANS, max_size=6), st.sampled_from([15, 20, 30, 45]))
def test_free_slots_lie_inside_the_hours_and_touch_nothing_given(
    hours: list[range], taken: list[range], slot: int
) -> None:
    for start in free(hours, taken, slot):
        mine = range(start, start + slot)
        assert any(open_.start <= mine.start and mine.stop <= open_.stop for open_ in hours)
        assert not any(overlap(mine, other) for other in taken)


def test_a_cancelled_hour_is_never_taken_back() -> None:
    assert set(NEXT) == set(AppointmentState)
    assert not NEXT[AppointmentState.CANCELLED]
    assert all(state not in after for state, after in NEXT.items())


def test_reminders_follow_the_contact_rule() -> None:
    assert reminders(ContactRule.ONLY_IN_PERSON, may_contact=True) == {Reminder.NONE}
    assert reminders(ContactRule.NO_MESSAGES, may_contact=None) == {Reminder.NONE, Reminder.CALL}
    assert reminders(Missing.NOT_ASKED, may_contact=None) == {Reminder.NONE, Reminder.CALL}
    assert all(reminders(rule, may_contact=False) == {Reminder.NONE} for rule in ContactRule)
