"""A city: a folder under `resources/forms/` with its words, forms, catalogue and tables; no code knows its name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from migrant_office import clock, paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.appointment import MINUTES_OF_A_DAY, minute_of
from migrant_office.models.follow_up import Question

CHECK_DAYS = 180  # where a city says nothing: after that the age of information is shown as a warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A group of services, as people look for them. `match` are the words of the catalogue's `area` column."""

    code: str
    match: tuple[str, ...]
    es: str
    ht: str
    en: str
    needs: tuple[str, ...]

    def label(self, lang: str) -> str:
        return {"es": self.es, "ht": self.ht}.get(lang, self.en)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked so many days after a referral; `days` count every day of the calendar."""

    days: int
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """When the office gives appointments: weekdays (Monday is 1), and spans of minutes since midnight. `slot` is the
    length of an appointment in minutes; `confirmed` whether the office has said that these are its hours.
    """

    days: frozenset[int]
    spans: tuple[range, ...]
    slot: int
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What `office.toml` says. `words` replaces message ids in Spanish; `followup` has what is asked by area,
    `afterwards` what is asked after an outcome, by its code. `check_days` counts days by area until somebody asks
    whether a service is still as the catalogue says. `default_area` takes the services whose area nobody names.
    """

    id: str
    code: str
    name: str
    country: str
    office: str
    office_ht: str
    language: str
    paper: str
    timezone: str
    words: dict[str, dict[str, str]]
    followup: dict[str, tuple[Ask, ...]]
    afterwards: dict[str, tuple[Ask, ...]]
    check_days: dict[str, int]
    default_area: str
    areas: tuple[Area, ...]
    hours: OfficeHours

    @property
    def folder(self) -> Path:
        return paths.resources() / "forms" / self.id

    def today(self) -> date:
        """The date on the wall of this city."""
        return clock.now().astimezone(ZoneInfo(self.timezone)).date()

    def area(self, code: str) -> Area | None:
        return next((a for a in self.areas if a.code == code), None)

    def area_label(self, code: str, lang: str) -> str:
        area = self.area(code)
        return area.label(lang) if area else code

    def area_of(self, text: str) -> str:
        """The code for a word of the catalogue's `area` column; the first area when nobody claims it."""
        return next((a.code for a in self.areas if text in a.match), self.areas[0].code)

    def days_to_check(self, area: str) -> int:
        """For how many days what the institution said is taken as still so."""
        return self.check_days.get(area, self.check_days["default"])

    def follow_ups(self, area: str) -> tuple[Ask, ...]:
        """What is asked after a referral to a service of this area, and when; the first one first."""
        return self.followup.get(area, self.followup["default"])

    def followup_days(self, area: str) -> int:
        """Days until somebody asks for the first time."""
        return self.follow_ups(area)[0].days


def cities() -> list[str]:
    """The ids of the cities this installation knows."""
    return sorted(p.parent.name for p in (paths.resources() / "forms").glob("*/office.toml"))


@cache
def load_city(id: str) -> City:
    """The profile of a city. Raises `UserError` when there is no such folder or its profile is incomplete."""
    if id not in cities():
        raise UserError(N_("There is no city “{city}”. Choose one of: {known}."), city=id, known=", ".join(cities()))
    try:
        told = tomllib.loads((paths.resources() / "forms" / id / "office.toml").read_text(encoding="utf-8"))
        directory = told.get("directory", {})
        city = City(
            id=id,
            check_days={"default": CHECK_DAYS} | directory.get("check_days", {}),
            default_area=directory.get("default_area") or told["areas"][0]["code"],
            words=told["words"],
            followup={area: asks_from(asks) for area, asks in told["followup"].items()},
            afterwards={code: asks_from(asks) for code, asks in told["afterwards"].items()},
            areas=tuple(map(area_from, told["areas"])),
            hours=hours_from(told["agenda"]),
            **told["city"],
        )
        named = {*city.followup, *city.check_days, city.default_area}
        if unknown := named - {"default", *(area.code for area in city.areas)}:
            raise KeyError(*unknown)
        if any(not isinstance(days, int) or days < 1 for days in city.check_days.values()):
            raise ValueError("days to check")
        city.followup_days("")  # the default
        return city
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(N_("The profile of the city “{city}” is incomplete."), city=id) from error


def asks_from(told: list[list[Any]]) -> tuple[Ask, ...]:
    """Pairs of days and question, in the order of their days. Raises ValueError for a question nobody knows, for days
    that do not grow and for none at all.
    """
    asks = tuple(Ask(days, Question(question)) for days, question in told)
    days = [ask.days for ask in asks]
    if not days or not all(isinstance(each, int) and each > 0 for each in days) or days != sorted(set(days)):
        raise ValueError("days of follow-ups")
    return asks


def area_from(told: dict[str, Any]) -> Area:
    return Area(**(told | {"match": tuple(told["match"]), "needs": tuple(told["needs"])}))


def hours_from(told: dict[str, Any]) -> OfficeHours:
    """Raises `ValueError` for hours that are none or run backwards, and for a slot that is none."""
    ends = [minute_of(hour) for hour in (told["from"], *told["lunch"], told["to"])]
    known = [minute for minute in ends if minute is not None]
    days, slot = frozenset(told["days"]), told["slot"]
    if len(known) != len(ends) or known != sorted(known) or not days <= set(range(1, 8)):
        raise ValueError("hours of the office")
    if not isinstance(slot, int) or not 0 < slot <= MINUTES_OF_A_DAY:
        raise ValueError("slot of the office")
    spans = tuple(range(a, b) for a, b in zip(known[::2], known[1::2], strict=True) if a < b)
    return OfficeHours(days=days, spans=spans, slot=slot, confirmed=bool(told["confirmed"]))
