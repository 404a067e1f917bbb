"""How pathways read on screen: stations, spots, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.pathway.following import FollowedPathway, Station
from migrant_office.models.pathway.kinds import Ending, PathwayKind, Result, Stage
from migrant_office.models.pathway.order import Spot
from migrant_office.ui import words
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.track import State, TrackStation

ICONS: dict[PathwayKind, str] = {
    PathwayKind.CERTIFICATION: "certificate",
    PathwayKind.ENTREPRENEURSHIP: "growth",
    PathwayKind.EMPLOYMENT: "briefcase",
}
SPOT_LOOK: dict[str, tuple[Tone, str]] = {
    Result.COMPETENT: ("ok", "circle-check"),
    Result.NOT_YET: ("warn", "alert-circle"),
    Result.PENDING: ("warn", "hourglass"),
    Stage.DELIVERED: ("ok", "circle-check"),
    Stage.HIRED: ("ok", "briefcase"),
    Stage.STAYED: ("ok", "calendar-check"),
    Stage.DROPPED_OUT: ("warn", "user-x"),
    Stage.LEFT: ("warn", "logout"),
}
SAID: dict[State, str] = {"done": N_("done"), "now": N_("now"), "later": N_("later")}

Profiles = Mapping[str, Mapping[str, str]]


def title(way: FollowedPathway, profiles: Profiles) -> str:
    """The kind, and the trade where one is told."""
    told, kind = trade(way, profiles), words.coded(way.pathway.kind)
    return f"{kind}: {told}" if told else kind


def trade(way: FollowedPathway, profiles: Profiles) -> str:
    """The trade in the city's words, else in the person's."""
    return way.pathway.trade or profile_words(way.pathway.profile, profiles)


def profile_words(code: str, profiles: Profiles) -> str:
    told = profiles.get(code, {})
    return told.get(translator().lang) or told.get("es") or code


def hint(way: FollowedPathway, service: str) -> str:
    """Where, since when."""
    begun = way.pathway.begun
    since = _("since {day}").format(day=translator().day_month(begun)) if isinstance(begun, date) else ""
    return "  ·  ".join(part for part in (since, way.pathway.centre or service) if part)


def marks(way: FollowedPathway) -> tuple[MarkSpec, ...]:
    """Where it stands; in front of it, that somebody must say what comes next."""
    found: list[MarkSpec] = []
    if way.undecided:
        found.append(MarkSpec(_("What comes next?"), "ask", "message-2-question", plate=True))
    if way.pathway.ending is not None and way.pathway.ending is not Ending.DONE:
        found.append(MarkSpec(words.coded(way.pathway.ending), "neutral", "ban"))
    elif way.spot is not None:
        tone, icon = SPOT_LOOK.get(way.spot, ("blue", "progress"))
        found.append(MarkSpec(words.coded(way.spot), tone, icon))
    else:
        found.append(MarkSpec(_("Begun"), "hint", "flag"))
    return tuple(found)


def stations(way: FollowedPathway) -> list[TrackStation]:
    """The line of a pathway; where it stands is now, unless everything is done."""
    line = way.stations
    here = next((i for i, station in enumerate(line) if station.stage is way.stage), -1)
    done = way.pathway.ending is Ending.DONE
    return [drawn(station, now=i == here and not done, passed=station.passed) for i, station in enumerate(line)]


def drawn(station: Station, *, now: bool, passed: bool) -> TrackStation:
    state: State = "now" if now else "done" if passed else "later"
    day = short(station.day) if station.day else ""
    told = words.coded(station.result) if station.result else words.coded(station.stage)
    return TrackStation(told, day, state, _(SAID[state]))


def short(day: date) -> str:
    return f"{day.day} {translator().month_name(day.month, short=True)}"


def spot_words(spot: Spot) -> str:
    return words.coded(spot)


def waited(days: int) -> str:
    return ngettext("{count} day", "{count} days", days).format(count=days)
