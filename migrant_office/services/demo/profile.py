"""The shares that an invented office follows, read from `resources/demo/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from migrant_office import paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.encounter import Channel
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.person import ContactRule, Language, Schooling, Situation
from migrant_office.models.referral import DropOut, Outcome, State
from migrant_office.services.demo.draw import Draw

K = TypeVar("K")
KINDS = ("desk", "course")


def told(name: str) -> dict[str, Any]:
    """One file of `resources/demo/`. Raises `UserError` when there is none for a city."""
    path = paths.resources() / "demo" / f"{name}.toml"
    if not path.is_file():
        raise UserError(N_("There is no demo for the city “{city}”. Choose another city."), city=name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def coded(kind: type[K], shares: Mapping[str, float]) -> Draw[K]:
    """A draw of the members of a coded list."""
    return Draw((kind(code), weight) for code, weight in shares.items())  # type: ignore[call-arg]  # by its code


class MissingShares:
    """How often an answer is missing, and in which of the three ways."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        by_way: list[tuple[Missing | None, float]] = [(Missing(f"?{way}"), share) for way, share in shares.items()]
        self.draw = Draw([*by_way, (None, 100 - sum(shares.values()))])


class People:
    """Who comes: shares by field, for the desk and for the courses."""

    def __init__(self, common: dict[str, Any], city: dict[str, Any]) -> None:
        people = common["people"]
        self.shares: dict[str, float] = {k: v for k, v in people.items() if not isinstance(v, dict)}
        self.women = {"desk": people["woman_desk"], "course": people["woman_course"]}
        self.ages = {k: Draw(((a, b), w) for a, b, w in people["ages"][k]) for k in KINDS}
        self.schooling = {k: coded(Schooling, people["schooling"][k]) for k in KINDS}
        self.children = {k: Draw((n, w) for n, w in people["children"][k]) for k in KINDS}
        self.situation = {k: coded(Situation, shares) for k, shares in people["situation"].items()}
        self.contact_rule = coded(ContactRule, people["contact_rule"])
        self.languages = {c: coded(Language, s) for c, s in people["language"].items() if isinstance(s, dict)}
        self.interpreter: float = people["language"]["interpreter"]
        self.gender = Draw(people["gender"].items())
        self.occupations = {k: Draw((w, 1) for w in text.split("|")) for k, text in people["occupations"].items()}
        self.missing = {field: MissingShares(shares).draw for field, shares in people["missing"].items()}
        self.nationality = Draw(city["nationality"].items())
        self.commune = Draw(city["commune"].items())
        self.phone: str = city["phone"]


class Outcomes:
    """What came of the referrals of one kind: a state, and an outcome where it was concluded."""

    def __init__(self, shares: dict[str, Any]) -> None:
        ends: list[tuple[tuple[State, Outcome | None], float]] = []
        if "dropped_out" in shares:
            whole = sum(shares["finished"].values())
            ends.append(((State.COMPLETED, Outcome.DROPPED_OUT), shares["dropped_out"]))
            ends += [
                ((State.COMPLETED, Outcome(code)), (100 - shares["dropped_out"]) * w / whole)
                for code, w in shares["finished"].items()
            ]
        else:
            ends += [((State.COMPLETED, Outcome(code)), w) for code, w in shares["completed"].items()]
            ends += [((State(code), None), w) for code, w in shares.items() if code != "completed"]
        self.draw = Draw(ends)


class Life:
    """What happens to them afterwards."""

    def __init__(self, common: dict[str, Any], city: dict[str, Any]) -> None:
        self.needs = coded(NeedKind, common["needs"])
        self.needs_at_once = Draw((int(n), w) for n, w in common["needs_at_once"].items())
        unmet = common["unmet"]
        self.unmet = {kind: unmet["again"].get(kind.value, unmet["share"]) for kind in NeedKind}
        self.unmet_reasons = coded(UnmetReason, unmet["reasons"])
        self.referrals: dict[str, float] = common["referrals"]
        self.outcomes = {kind: Outcomes(shares).draw for kind, shares in common["outcomes"].items()}
        self.drop_out = coded(DropOut, common["drop_out"])
        self.job_after_certificate: float = common["next_step"]["job_after_certificate"]
        contacts = common["contacts"]
        self.later_contacts = Draw((n, w) for n, w in contacts["later"])
        self.first_channel, self.channels = coded(Channel, contacts["first"]), coded(Channel, contacts["channels"])
        self.notes, self.with_note = Draw((n, 1) for n in contacts["notes"].split("|")), contacts["note"]
        self.services: dict[str, list[str]] = city["services"]
        self.office: dict[str, float] = common["office"]


class Profile:
    """Everything a demo of one city draws from."""

    def __init__(self, city: str) -> None:
        common, local = told("common"), told(city)
        self.people, self.life = People(common, local), Life(common, local)


@cache
def load_profile(city: str) -> Profile:
    """Raises `UserError` for a city without a demo."""
    return Profile(city)
