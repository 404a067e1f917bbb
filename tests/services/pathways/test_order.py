"""In which order milestones are taken, and what belongs to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.models.office import Office
from migrant_office.models.pathway import order
from migrant_office.models.pathway.kinds import (
    Ending,
    PathwayKind,
    Result,
    Stage,
    Stays,
)
from migrant_office.services.pathways import News, add_milestone
from tests.factories import DAY
from tests.services.pathways.telling import (
    AGAIN,
    CERT,
    JOB,
    note,
    on_way,
    read,
    way,
)

# the order


@pytest.mark.parametrize("kind", list(PathwayKind))
def test_every_spot_of_a_pathway_can_be_reached(kind: PathwayKind) -> None:
    reached: set[order.Spot | None] = {None}
    waiting: list[order.Spot | None] = [None]
    while waiting:
        for spot in order.NEXT[kind][waiting.pop()] - reached:
            reached.add(spot)
            waiting.append(spot)
    assert reached == set(order.NEXT[kind])


@AGAIN
@given(st.sampled_from(list(PathwayKind)), st.lists(st.integers(0, 30), max_size=12))
def test_only_what_may_follow_is_taken_and_the_rest_changes_nothing(
    desk_of: Callable[[], tuple[Office, str]], kind: PathwayKind, choices: list[int]
) -> None:
    office, case = desk_of()
    pathway = on_way(office, case, kind)
    for choice in choices:
        before = next(w for w in read(office, case).pathways if w.pathway.id == pathway)
        spots = order.offered(kind)
        spot = (*spots, Stage.DROPPED_OUT)[choice % (len(spots) + 1)]
        if spot in before.following:
            note(office, case, pathway, spot)
            after = next(w for w in read(office, case).pathways if w.pathway.id == pathway)
            assert after.spot in (spot, before.spot)
            assert [order.spot_of(m) for m in after.milestones if m.kind is not Stage.DECIDED][-1] == spot
        else:
            with pytest.raises(NotAllowed):
                note(office, case, pathway, spot)
            assert read(office, case).pathways == tuple(
                before if w.pathway.id == pathway else w for w in read(office, case).pathways
            )
    held = next(w for w in read(office, case).pathways if w.pathway.id == pathway)
    history_of = [m for m in held.milestones if m.kind is not Stage.DECIDED]
    for number, milestone in enumerate(history_of):
        assert order.spot_of(milestone) in order.following(kind, history_of[:number])


def test_days_keep_the_order(desk: Office, case: str) -> None:
    pathway = on_way(desk, case)
    with pytest.raises(NotAllowed, match="still to come"):
        note(desk, case, pathway, Stage.ENROLLED, made=DAY + timedelta(days=1))
    with pytest.raises(NotAllowed, match="before the step"):
        note(desk, case, pathway, Stage.ENROLLED, made=DAY - timedelta(days=1))
    assert way(desk, case).milestones == ()


@pytest.mark.parametrize(
    ("kind", "first", "spot", "words"),
    [
        (CERT, Stage.ENROLLED, Stage.DROPPED_OUT, "why the course"),
        (CERT, Stage.ENROLLED, Result.PENDING, "day to ask"),
        (JOB, Stage.HIRED, Stage.LEFT, "why the job"),
        (JOB, Stage.HIRED, Stage.STAYED, "still works there"),
    ],
)
def test_what_belongs_to_a_milestone_must_be_told(
    desk: Office, case: str, kind: PathwayKind, first: Stage, spot: order.Spot, words: str
) -> None:
    pathway = on_way(desk, case, kind)
    note(desk, case, pathway, first)
    with pytest.raises(NotAllowed, match=words):
        add_milestone(desk, case, pathway, News(spot=spot))


def test_still_there_is_known_only_after_three_months(desk: Office, case: str) -> None:
    pathway = on_way(desk, case, JOB)
    note(desk, case, pathway, Stage.HIRED, formal=True)
    with pytest.raises(NotAllowed, match="Three months"):
        note(desk, case, pathway, Stage.STAYED, stays=Stays.YES)
    with clock.at(datetime(2026, 6, 10, 12).astimezone()):
        note(desk, case, pathway, Stage.STAYED, stays=Stays.YES)
        assert way(desk, case, JOB).pathway.ending is Ending.DONE
