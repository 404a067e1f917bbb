"""Milestones in their order, the decision after a result, and what a referral's answer says on its pathway."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway import order
from migrant_office.models.pathway.following import FollowedPathway
from migrant_office.models.pathway.kinds import (
    AfterNotYet,
    Ending,
    LeftWhy,
    PathwayKind,
    Placement,
    Point,
    Result,
    Stage,
    Stays,
)
from migrant_office.models.person import Person, Situation
from migrant_office.models.referral import DropOut, Outcome, State
from migrant_office.services import catalogue, consents, history, merging, pathways, people, referrals
from migrant_office.services.pathways import Beginning, News, Next, add_milestone, begin
from migrant_office.services.referrals import Heard
from tests.factories import DAY, table_rows

LATER = DAY + timedelta(days=20)
CERT, OWN, JOB = PathwayKind.CERTIFICATION, PathwayKind.ENTREPRENEURSHIP, PathwayKind.EMPLOYMENT
CENTRE = "scl-chilevalora"
AGAIN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose", situation=Situation.LOOKING)
    people.open_case(desk, person)
    return person.id


def read(office: Office, case: str) -> CaseFile:
    return people.read_case(office, case)


def way(office: Office, case: str, kind: PathwayKind = CERT) -> FollowedPathway:
    return next(w for w in read(office, case).pathways if w.pathway.kind is kind)


def on_way(office: Office, case: str, kind: PathwayKind = CERT) -> str:
    return begin(office, case, Beginning(kind=kind, profile="carer", centre="INACAP"))[1].id


def note(office: Office, case: str, pathway: str, spot: order.Spot, then: Next | None = None, **told: Any) -> None:
    add_milestone(office, case, pathway, News(spot=spot, **whole(spot, told)), then or next_of(spot))


def whole(spot: order.Spot, told: dict[str, Any]) -> dict[str, Any]:
    """What belongs to a milestone, where the test says nothing else."""
    usual: dict[order.Spot, dict[str, Any]] = {
        Stage.DROPPED_OUT: {"drop_out": DropOut.CARE},
        Result.PENDING: {"ask": LATER},
        Stage.LEFT: {"left": LeftWhy.CONDITIONS},
        Stage.STAYED: {"stays": Stays.UNKNOWN},
    }
    return usual.get(spot, {}) | told


def next_of(spot: order.Spot) -> Next | None:
    return {
        Result.COMPETENT: Next(placement=Placement.CARE),
        Result.NOT_YET: Next(after=AfterNotYet.REINFORCE),
    }.get(spot)  # type: ignore[call-overload,no-any-return]


def refer(office: Office, case: str, service: str, need: NeedKind | None = None) -> FollowedReferral:
    consents.refer(office, case, catalogue.service(office, service), need=need)
    return next(f for f in read(office, case).referrals if f.referral.service == service)


def hear(office: Office, case: str, service: str, heard: Heard, then: Next | None = None) -> None:
    followed = next(f for f in read(office, case).referrals if f.referral.service == service)
    pathways.record_step(office, case, followed, heard, then)


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


@pytest.fixture(scope="session")
def one_office(tmp_path_factory: pytest.TempPathFactory, ready_office):
    """One office for all examples of a property, each with a new case."""
    import shutil

    from migrant_office.models.office import unlock
    from tests.factories import PASSPHRASE

    folder = shutil.copytree(ready_office, tmp_path_factory.mktemp("rules") / "desk")
    office = unlock(folder, PASSPHRASE)
    yield office
    office.close()


@pytest.fixture
def desk_of(one_office: Office):
    def made() -> tuple[Office, str]:
        person = Person(id=new_id(), given="Rose", situation=Situation.LOOKING)
        people.open_case(one_office, person)
        return one_office, person.id

    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        yield made


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


# after a result


@pytest.mark.parametrize("result", [Result.COMPETENT, Result.NOT_YET])
def test_a_result_without_what_comes_next_is_not_saved(desk: Office, case: str, result: Result) -> None:
    pathway = on_way(desk, case)
    before = table_rows(desk.vault)
    for then in (None, Next(), Next(after=AfterNotYet.GIVES_UP) if result is Result.COMPETENT else Next(
        placement=Placement.WORKS)):  # fmt: skip
        with pytest.raises(NotAllowed):
            add_milestone(desk, case, pathway, News(spot=result), then)
    assert table_rows(desk.vault) == before


def test_competent_goes_on_to_placement_in_the_same_operation(desk: Office, case: str) -> None:
    pathway = on_way(desk, case)
    service = catalogue.service(desk, "scl-omil")
    before = table_rows(desk.vault)
    note(desk, case, pathway, Result.COMPETENT, Next(placement=Placement.MADE, service=service))
    (referral,) = read(desk, case).referrals
    placed = way(desk, case, JOB).pathway
    assert (referral.referral.service, referral.referral.need) == ("scl-omil", NeedKind.WORK)
    assert (placed.referral, placed.parent, placed.profile) == (referral.referral.id, pathway, "carer")
    certified = way(desk, case)
    assert (certified.undecided, certified.milestones[-1].leads_to) == (None, placed.id)
    history.undo(desk)
    assert table_rows(desk.vault) == before


def test_placement_may_begin_at_the_own_desk(desk: Office, case: str) -> None:
    note(desk, case, on_way(desk, case), Result.COMPETENT, Next(placement=Placement.MADE))
    assert read(desk, case).referrals == ()
    assert way(desk, case, JOB).pathway.parent == way(desk, case).pathway.id


def test_a_reason_against_placement_is_kept_and_may_change(desk: Office, case: str) -> None:
    pathway = on_way(desk, case)
    note(desk, case, pathway, Result.COMPETENT, Next(placement=Placement.PAPERS, words="espera la visa"))
    assert way(desk, case).milestones[-1].placement is Placement.PAPERS
    pathways.decide(desk, case, pathway, Next(placement=Placement.MADE))
    assert way(desk, case, JOB).is_open


@pytest.mark.parametrize(
    ("after", "ending"),
    [
        (AfterNotYet.REINFORCE, None),
        (AfterNotYet.GIVES_UP, Ending.GAVE_UP),
        (AfterNotYet.OTHER_SERVICE, Ending.ELSEWHERE),
    ],
)
def test_not_yet_competent_has_a_next_step(desk: Office, case: str, after: AfterNotYet, ending: Ending | None) -> None:
    pathway = on_way(desk, case)
    note(desk, case, pathway, Result.NOT_YET, Next(after=after))
    assert way(desk, case).pathway.ending is ending
    note(desk, case, pathway, Stage.ASSESSED)  # comes again after all
    assert (way(desk, case).is_open, way(desk, case).undecided) == (True, None)


def test_a_certificate_ends_it_once_it_is_decided(desk: Office, case: str) -> None:
    pathway = on_way(desk, case)
    for spot in (Stage.ENROLLED, Stage.ASSESSED, Result.PENDING, Result.COMPETENT, Stage.ISSUED):
        note(desk, case, pathway, spot)
        assert way(desk, case).is_open
    note(desk, case, pathway, Stage.DELIVERED)
    assert (way(desk, case).pathway.ending, way(desk, case).following) == (Ending.DONE, ())


def test_a_mistake_is_taken_back_and_stays_in_the_history(desk: Office, case: str) -> None:
    pathway = on_way(desk, case)
    note(desk, case, pathway, Stage.ENROLLED)
    note(desk, case, pathway, Stage.DROPPED_OUT)
    enrolled, dropped = way(desk, case).milestones
    with pytest.raises(NotAllowed, match="rest on this"):
        pathways.take_back(desk, case, pathway, enrolled.id)
    pathways.take_back(desk, case, pathway, dropped.id)
    assert (way(desk, case).spot, way(desk, case).is_open) == (Stage.ENROLLED, True)
    held = dict(desk.vault.read("SELECT kind, holds FROM milestone"))
    assert held == {"enrolled": 1, "dropped_out": 0, "mistake": 0}


def test_a_pathway_with_an_open_question_is_not_closed_by_hand(desk: Office, case: str) -> None:
    refer(desk, case, CENTRE, NeedKind.CERTIFICATION)
    followed = read(desk, case).referrals[0]
    referrals.record_step(desk, case, followed, Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT))
    (mine,) = read(desk, case).pathways
    assert mine.undecided is Result.COMPETENT
    with pytest.raises(NotAllowed):
        pathways.close(desk, case, mine.pathway.id, Ending.ELSEWHERE)
    pathways.decide(desk, case, mine.pathway.id, Next(placement=Placement.STUDIES))
    pathways.close(desk, case, mine.pathway.id, Ending.ELSEWHERE)
    assert not way(desk, case).is_open
    pathways.reopen(desk, case, mine.pathway.id)
    assert way(desk, case).is_open


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
        (CENTRE, CERT, Outcome.CERTIFIED, [Result.COMPETENT, Stage.DELIVERED]),
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
    then = Next(placement=Placement.OTHER) if outcome is Outcome.COMPETENT else None
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
    assert pathways.asks_next(desk, followed, Outcome.COMPETENT) is Result.COMPETENT
    assert pathways.asks_next(desk, followed, Outcome.ATTENDED) is None


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
        result = pathways.asks_next(office, followed, outcome)
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
