"""Which referrals begin a pathway, and what is asked later on it, as the city's `pathways.toml` says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.follow_up import Question
from migrant_office.models.need import NeedKind
from migrant_office.models.pathway.kinds import PathwayKind, Result, Stage

FILE = "pathways.toml"
BY_NEED = {
    NeedKind.CERTIFICATION: PathwayKind.CERTIFICATION,
    NeedKind.ENTREPRENEURSHIP: PathwayKind.ENTREPRENEURSHIP,
    NeedKind.WORK: PathwayKind.EMPLOYMENT,
}


@dataclass(frozen=True, slots=True)
class Begins:
    """`services` and `areas` give a kind, or None for those that begin no pathway; `placement` are the services to be
    asked first for a place; `asks` says, by the spot that was reached, after how many days what is asked.
    """

    services: dict[str, PathwayKind | None]
    areas: dict[str, PathwayKind | None]
    placement: tuple[str, ...] = ()
    asks: dict[str, tuple[int, Question]] = field(default_factory=dict)

    def kind(self, service: str, area: str, need: NeedKind | None) -> PathwayKind | None:
        """The pathway that a referral begins: by its service, its need, its area, whichever is known first."""
        if service in self.services:
            return self.services[service]
        return BY_NEED.get(need) if need else self.areas.get(area)


@cache
def load(folder: Path) -> Begins:
    """The table of a city; without one, needs alone decide. Raises `UserError` when it cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return Begins({}, {})
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        services, areas = (
            {code: PathwayKind(kind) if kind else None for code, kind in told.get(part, {}).items()}
            for part in ("services", "areas")
        )
        asks = {spot: (int(days), Question(question)) for spot, (days, question) in told.get("asks", {}).items()}
        if unknown := asks.keys() - {*map(str, Stage), *map(str, Result)}:
            raise ValueError(*unknown)
        return Begins(services, areas, tuple(map(str, told.get("placement", {}).get("services", ()))), asks)
    except (ValueError, AttributeError, TypeError) as error:
        raise UserError(N_("The file “{file}” of the city cannot be read."), file=FILE) from error
