"""A pathway with what happened on it, as one value for screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from migrant_office.models.pathway import order
from migrant_office.models.pathway.kinds import Result, Stage
from migrant_office.models.pathway.nouns import LabourSnapshot, Milestone, Pathway
from migrant_office.models.pathway.order import Spot
from migrant_office.models.vault.nouns import File


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the line: `day` and `result` of the milestone that reached it; `passed` without one when only a
    later station is known.
    """

    stage: Stage
    day: date | None = None
    result: Result | None = None
    passed: bool = False


@dataclass(frozen=True, slots=True)
class FollowedPathway:
    """`milestones` hold and stand oldest first; `undecided` is the result after which nobody said what comes next."""

    pathway: Pathway
    milestones: tuple[Milestone, ...]
    spot: Spot | None
    undecided: Result | None

    @property
    def is_open(self) -> bool:
        return self.pathway.ending is None

    @property
    def following(self) -> tuple[Spot, ...]:
        """What may be written down next."""
        return order.following(self.pathway.kind, self.milestones)

    @property
    def stations(self) -> tuple[Station, ...]:
        """The line as it is drawn: each station with its last milestone, those before the present one passed. After a
        result *aún no competente* the line from the new try on is what counts.
        """
        line = order.LINE.get(self.pathway.kind, ())
        last = {stage: m for m in self.milestones if (stage := m.kind) in line}
        now = next((i for i, stage in enumerate(line) if stage is self.stage), -1)
        beside = order.BESIDE.get(self.pathway.kind, frozenset())
        found = []
        for at, stage in enumerate(line):
            m = last.get(stage)
            if m is not None and (at <= now or stage in beside):
                found.append(Station(stage, m.made, m.result, passed=True))
            else:
                found.append(Station(stage, passed=at < now and stage not in beside))
        return tuple(found)

    @property
    def stage(self) -> Stage | None:
        """The station it stands at."""
        return Stage.RESULT if isinstance(self.spot, Result) else self.spot


def followed(pathway: Pathway, file: File) -> FollowedPathway:
    milestones = pathway.milestones(file)
    spot = order.where(pathway.kind, milestones)
    return FollowedPathway(pathway, tuple(milestones), spot, order.undecided(milestones))


def all_followed(file: File) -> tuple[FollowedPathway, ...]:
    """Every pathway of a case but mistakes: those that wait for a decision first, then open ones, the newest first."""
    found = [followed(way, file) for way in file.all(Pathway).values() if str(way.ending) != "mistake"]
    return tuple(sorted(found, key=urgency, reverse=True))


def urgency(way: FollowedPathway) -> tuple[bool, bool, str, str]:
    return way.undecided is not None, way.is_open, str(way.pathway.begun), way.pathway.id


def snapshots(file: File) -> tuple[LabourSnapshot, ...]:
    """How the person stood in work, oldest first."""
    return in_days(file.all(LabourSnapshot).values())


def in_days(found: Iterable[LabourSnapshot]) -> tuple[LabourSnapshot, ...]:
    return tuple(sorted(found, key=lambda s: (str(s.made), s.id)))
