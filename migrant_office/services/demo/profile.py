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
from migrant_office.models.referral import Cancellation, DropOut, Outcome, Rejection, State
from migrant_office.services.demo.draw import Draw

K = TypeVar("K")
KINDS, SEXES = ("desk", "course"), ("woman", "man")


def told(name: str) -> dict[str, Any]:
    """One file of `resources/demo/`. Raises `UserError` when there is none for a city."""
    path = paths.resources() / "demo" / f"{name}.toml"
    if not path.is_file():
        raise UserError(N_("There is no demo for the city “{city}”. Choose another city."), city=name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def coded(kind: type[K], shares: Mapping[str, float]) -> Draw[K]:
    """A draw of the members of a coded list."""
    return Draw((kind(code), weight) for code, weight in shares.items())  # type: ignore[call-arg]  # by its code


def words(text: str) -> Draw[str]:
    """Several texts, each as likely."""
    return Draw((part, 1) for part in text.split("|"))


def spans(told: list[tuple[int, int, float]]) -> Draw[tuple[int, int]]:
    """Spans from, to, each with its weight."""
    return Draw(((least, most), weight) for least, most, weight in told)


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
        self.ages = {k: spans(people["ages"][k]) for k in KINDS}
        self.arrived = spans(people["arrived"]["months"])
        self.schooling = {k: coded(Schooling, people["schooling"][k]) for k in KINDS}
        self.children = {k: Draw((n, w) for n, w in people["children"][k]) for k in KINDS}
        self.situation = {k: coded(Situation, shares) for k, shares in people["situation"].items()}
        self.contact_rule = coded(ContactRule, people["contact_rule"])
        self.languages = {c: coded(Language, s) for c, s in people["language"].items() if isinstance(s, dict)}
        self.interpreter: float = people["language"]["interpreter"]
        self.gender = Draw(people["gender"].items())
        self.answers = {q: Draw(shares.items()) for q, shares in (people["answers"] | city["answers"]).items()}
        self.several: dict[str, dict[str, float]] = people["several"] | city["several"]
        self._tell_work(people)
        self._tell_papers(people["papers"], city["papers"])
        self.missing = {field: MissingShares(shares).draw for field, shares in people["missing"].items()}
        self.nationality = Draw(city["nationality"].items())
        self.commune = Draw(city["commune"].items())
        self.phone: str = city["phone"]

    def _tell_work(self, people: dict[str, Any]) -> None:
        trades, experience = people["trades"], people["experience"]
        self.trades = Draw((group, weight) for group, weight in trades.items() if not isinstance(weight, dict))
        self.trade_words = {sex: {group: words(text) for group, text in trades[sex].items()} for sex in SEXES}
        self.how_many_trades = Draw((n, w) for n, w in experience["how_many"])
        self.years_in_trade = spans(experience["years"])
        self.provable: float = experience["provable"]
        self.abroad: float = experience["abroad"]

    def _tell_papers(self, papers: dict[str, Any], city: dict[str, Any]) -> None:
        """Of each paper its state, or "" for those who do not tell of it."""
        self.papers = {kind: Draw([*states.items(), ("", 100 - sum(states.values()))]) for kind, states in city.items()}
        self.ends, self.ended = spans(papers["ends"]), spans(papers["ended"])


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
        self.rejection = coded(Rejection, common["rejection"])
        self.cancellation = coded(Cancellation, common["cancellation"])
        self.job_after_certificate: float = common["next_step"]["job_after_certificate"]
        self.pathways: dict[str, Any] = common["pathways"]
        contacts = common["contacts"]
        self.later_contacts = Draw((n, w) for n, w in contacts["later"])
        self.channels = coded(Channel, contacts["channels"])
        self.notes, self.with_note = words(contacts["notes"]), contacts["note"]
        self.services: dict[str, list[str]] = city["services"]
        self.office: dict[str, float] = common["office"]
        self.answered = tuple(common["directory"]["answered"].split("|"))
        self.steps = tuple(common["directory"]["steps"].split("|"))


class ArrivingShares:
    """Through which form people are registered."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.quick: float = told["quick"]
        self.completed: float = told["completed"]
        self.field: float = told["field"]
        self.campaigns = words(told["campaigns"])
        self.family: float = told["family"]
        self.sizes = Draw((int(n), w) for n, w in told["sizes"].items())
        self.partner: float = told["partner"]
        self.files: float = told["files"]
        self.most_files: int = told["most_files"]


class AtRiskShares:
    """How often the rapid path opens."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.every: int = told["every"]
        self.first: int = told["first"]
        self.steps: tuple[int, int] = tuple(told["steps"])
        self.closed_after: tuple[int, int] = tuple(told["closed_after"])
        self.told: float = told["told"]
        self.signs = Draw(told["signs"].items())
        self.rules, self.stories = words(told["rules"]), words(told["stories"])


class Profile:
    """Everything a demo of one city draws from."""

    def __init__(self, city: str) -> None:
        common, local = told("common"), told(city)
        self.people, self.life = People(common, local), Life(common, local)
        self.arriving, self.at_risk = ArrivingShares(common["arriving"]), AtRiskShares(common["at_risk"])


@cache
def load_profile(city: str) -> Profile:
    """Raises `UserError` for a city without a demo."""
    return Profile(city)
