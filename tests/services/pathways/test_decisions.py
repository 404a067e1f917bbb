"""What must be said after a result."""

from __future__ import annotations

import pytest

from migrant_office.errors import NotAllowed
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.pathway.kinds import (
    AfterNotYet,
    Ending,
    Placement,
    Result,
    Stage,
)
from migrant_office.models.referral import Outcome, State
from migrant_office.services import catalogue, history, pathways, referrals
from migrant_office.services.pathways import News, Next, add_milestone
from migrant_office.services.referrals import Heard
from tests.factories import table_rows
from tests.services.pathways.telling import (
    CENTRE,
    JOB,
    note,
    on_way,
    read,
    refer,
    way,
)

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


def test_placement_that_began_by_a_referral_is_not_begun_twice(desk: Office, case: str) -> None:
    pathway = on_way(desk, case)
    note(desk, case, pathway, Result.COMPETENT)
    refer(desk, case, "scl-omil", NeedKind.WORK)
    placed = way(desk, case, JOB).pathway
    pathways.decide(desk, case, pathway, Next(placement=Placement.MADE))
    assert [w.pathway.id for w in read(desk, case).pathways if w.pathway.kind is JOB] == [placed.id]
    assert way(desk, case).milestones[-1].leads_to == placed.id


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
