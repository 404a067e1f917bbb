"""What a referral's answer says on its pathway; situations before and after; two files of one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway import order
from migrant_office.models.pathway.kinds import (
    AfterNotYet,
    Ending,
    PathwayKind,
    Placement,
    Point,
    Result,
    Stage,
)
from migrant_office.models.person import Person, Situation
from migrant_office.models.referral import DropOut, Outcome, State
from migrant_office.services import history, merging, pathways, people, referrals
from migrant_office.services.pathways import Next
from migrant_office.services.referrals import Heard
from tests.factories import DAY, table_rows
from tests.services.pathways.telling import (
    AGAIN,
    CENTRE,
    CERT,
    JOB,
    LATER,
    OWN,
    hear,
    next_of,
    note,
    on_way,
    read,
    refer,
    way,
)

# what referrals say


@pytest.mark.parametrize(
    ("service", "need", "kind"),
    [
        (CENTRE, None, CERT),
        ("scl-emprendamos-hoy", NeedKind.ENTREPRENEURSHIP, OWN),
        ("scl-omil", NeedKind.WORK, JOB),
        ("scl-fondo-esperanza", NeedKind.BANKING, None),
        ("scl-dt", NeedKind.WORK, None),
        ("scl-cesfam", NeedKind.HEALTH, None),
    ],
)
def test_a_referral_begins_its_pathway(
    desk: Office, case: str, service: str, need: NeedKind | None, kind: PathwayKind | None
) -> None:
    followed = refer(desk, case, service, need)
    found = read(desk, case).pathways
    assert [w.pathway.kind for w in found] == ([kind] if kind else [])
    assert [w.pathway.referral for w in found] == ([followed.referral.id] if kind else [])


@pytest.mark.parametrize(
    ("service", "kind", "outcome", "spots"),
    [
        (CENTRE, CERT, Outcome.COMPETENT, [Result.COMPETENT, Stage.DECIDED]),
        (CENTRE, CERT, Outcome.RESULT_PENDING, [Result.PENDING]),
        (CENTRE, CERT, Outcome.CERTIFIED, [Result.COMPETENT, Stage.DELIVERED, Stage.DECIDED]),
        ("scl-emprendamos-hoy", OWN, Outcome.CERTIFIED, [Stage.COMPLETED, Stage.COURSE_CERTIFICATE]),
        ("scl-emprendamos-hoy", OWN, Outcome.DROPPED_OUT, [Stage.DROPPED_OUT]),
        ("scl-omil", JOB, Outcome.JOB_FOUND, [Stage.HIRED]),
        ("scl-omil", JOB, Outcome.ATTENDED, [Stage.JOB_PROFILE]),
        (CENTRE, CERT, Outcome.JOB_FOUND, []),
    ],
)
def test_an_outcome_becomes_the_milestone(
    desk: Office, case: str, service: str, kind: PathwayKind, outcome: Outcome, spots: list[order.Spot]
) -> None:
    refer(desk, case, service)
    drop_out = DropOut.WORK if outcome is Outcome.DROPPED_OUT else None
    due = LATER if outcome is Outcome.RESULT_PENDING else None
    before = table_rows(desk.vault)
    then = Next(placement=Placement.OTHER) if Stage.DECIDED in spots else None
    hear(desk, case, service, Heard(state=State.COMPLETED, outcome=outcome, drop_out=drop_out, due=due), then)
    assert [order.spot_of(m) for m in way(desk, case, kind).milestones] == spots
    history.undo(desk)
    assert table_rows(desk.vault) == before


def test_in_progress_enrols_and_nothing_is_told_twice(desk: Office, case: str) -> None:
    refer(desk, case, CENTRE)
    hear(desk, case, CENTRE, Heard(state=State.IN_PROGRESS, due=LATER))
    hear(desk, case, CENTRE, Heard(state=State.IN_PROGRESS, due=LATER))
    assert [m.kind for m in way(desk, case).milestones] == [Stage.ENROLLED]


def test_the_decision_is_asked_for_with_the_outcome_too(desk: Office, case: str) -> None:
    followed = refer(desk, case, CENTRE)
    heard = Heard(state=State.COMPLETED, outcome=Outcome.NOT_YET_COMPETENT)
    with pytest.raises(NotAllowed, match="comes next"):
        hear(desk, case, CENTRE, heard)
    assert read(desk, case).referrals[0].state is State.REQUESTED
    hear(desk, case, CENTRE, heard, Next(after=AfterNotYet.OTHER_PROFILE))
    assert way(desk, case).undecided is None
    assert pathways.asks_next(desk.city, followed, Outcome.COMPETENT) is Result.COMPETENT
    assert pathways.asks_next(desk.city, followed, Outcome.ATTENDED) is None


def test_a_referral_that_comes_to_nothing_closes_an_empty_pathway(desk: Office, case: str) -> None:
    refer(desk, case, CENTRE)
    hear(desk, case, CENTRE, Heard(state=State.FAILED))
    assert way(desk, case).pathway.ending is Ending.NOT_TAKEN_UP
    hear(desk, case, CENTRE, Heard(state=State.IN_PROGRESS, due=LATER))
    assert way(desk, case).is_open
    hear(desk, case, CENTRE, Heard(state=State.MISTAKE))
    assert read(desk, case).pathways == ()


# how the person stands in work


def test_before_and_after_are_written_down(desk: Office, case: str) -> None:
    pathway = on_way(desk, case, JOB)
    note(desk, case, pathway, Stage.HIRED, situation=Situation.RELATED_JOB)
    found = [(s.point, s.situation) for s in read(desk, case).situations]
    assert found == [(Point.BASELINE, Situation.LOOKING), (Point.FOLLOW_UP, Situation.RELATED_JOB)]
    assert read(desk, case).person.situation is Situation.RELATED_JOB
    people.edit_person(desk, read(desk, case).person, situation=Situation.STUDYING)
    pathways.note_situation(desk, case, Situation.OTHER_JOB, point=Point.ORIGIN)
    assert [s.situation for s in read(desk, case).situations][2:] == [Situation.STUDYING, Situation.OTHER_JOB]
    assert read(desk, case).person.situation is Situation.STUDYING


# two files of one person


def test_a_pathway_survives_joining_and_separating(desk: Office, case: str) -> None:
    other = Person(id=new_id(), given="Roz")
    people.open_case(desk, other)
    refer(desk, other.id, CENTRE)
    merging.merge(desk, case, other.id, {})
    hear(desk, case, CENTRE, Heard(state=State.IN_PROGRESS, due=LATER))
    note(desk, case, way(desk, case).pathway.id, Result.COMPETENT, situation=Situation.RELATED_JOB)
    assert [m.kind for m in way(desk, case).milestones] == [Stage.ENROLLED, Stage.RESULT, Stage.DECIDED]
    assert {doc for (doc,) in desk.vault.read("SELECT doc FROM milestone")} == {case}
    merging.separate(desk, other.id)
    assert read(desk, case).pathways == ()
    assert [m.kind for m in way(desk, other.id).milestones] == [Stage.ENROLLED, Stage.RESULT, Stage.DECIDED]
    assert date.fromisoformat(desk.vault.read("SELECT competent_on FROM pathway")[0][0]) == DAY


@AGAIN
@given(st.lists(st.tuples(st.sampled_from(list(Outcome)), st.booleans()), max_size=6))
def test_every_competent_has_placement_or_a_reason_or_waits_for_one(
    desk_of: Callable[[], tuple[Office, str]], told: list[tuple[Outcome, bool]]
) -> None:
    """Whatever institutions answer, by whichever door, nobody competent is left without the question."""
    office, case = desk_of()
    refer(office, case, CENTRE)
    for outcome, asked in told:
        followed = next(f for f in read(office, case).referrals if f.referral.service == CENTRE)
        heard = Heard(
            state=State.COMPLETED,
            outcome=outcome,
            drop_out=DropOut.HEALTH if outcome is Outcome.DROPPED_OUT else None,
            due=LATER,
        )
        result = pathways.asks_next(office.city, followed, outcome)
        then = next_of(result) if result else None
        if asked:
            pathways.record_step(office, case, followed, heard, then)
        else:
            referrals.record_step(office, case, followed, heard)
        mine = way(office, case)
        last = order.last_result(mine.milestones)
        if last and last.result is Result.COMPETENT:
            decided = [m for m in mine.milestones[mine.milestones.index(last) :] if m.placement]
            assert bool(decided) is (mine.undecided is None)
            listed = office.vault.read("SELECT undecided FROM pathway WHERE id = ?", (mine.pathway.id,))
            assert decided or listed == [("competent",)]
