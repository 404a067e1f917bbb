"""What tests of the pathways tell an office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings

from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.pathway import order
from migrant_office.models.pathway.following import FollowedPathway
from migrant_office.models.pathway.kinds import (
    AfterNotYet,
    LeftWhy,
    PathwayKind,
    Placement,
    Result,
    Stage,
    Stays,
)
from migrant_office.models.referral import DropOut
from migrant_office.services import catalogue, consents, pathways, people
from migrant_office.services.pathways import Beginning, News, Next, add_milestone, begin
from migrant_office.services.referrals import Heard
from tests.factories import DAY

LATER = DAY + timedelta(days=20)
CERT, OWN, JOB = PathwayKind.CERTIFICATION, PathwayKind.ENTREPRENEURSHIP, PathwayKind.EMPLOYMENT
CENTRE = "scl-chilevalora"
AGAIN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


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
    if spot is Result.COMPETENT:
        return Next(placement=Placement.CARE)
    return Next(after=AfterNotYet.REINFORCE) if spot is Result.NOT_YET else None


def refer(office: Office, case: str, service: str, need: NeedKind | None = None) -> FollowedReferral:
    consents.refer(office, case, catalogue.service(office, service), need=need)
    return next(f for f in read(office, case).referrals if f.referral.service == service)


def hear(office: Office, case: str, service: str, heard: Heard, then: Next | None = None) -> None:
    followed = next(f for f in read(office, case).referrals if f.referral.service == service)
    pathways.record_step(office, case, followed, heard, then)
