"""What the Ruta's list and its stations say, from a `Route`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.need import ICONS
from migrant_office.services.route import Progress, Route, RouteNeed, RouteService, Station, StationCode
from migrant_office.services.route.stations import ANSWER, ASK, GET_PAPERS, next_station
from migrant_office.ui import verdict_words, words
from migrant_office.ui.route.stations_bar import StationSpec
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec

"""As the intake shows them."""
ORDINALS = (N_("first need"), N_("second"), N_("third"))
STATES = {Progress.DONE: N_("done"), Progress.NOW: N_("now"), Progress.LATER: N_("later")}

Key = tuple[str, str]  # need and service: a service may answer two needs


def rows(route: Route, today: date) -> Iterator[RowSpec]:
    """A heading for each need, its services under it; one without services says so."""
    for number, need in enumerate(route.needs):
        note = _(ORDINALS[number]) if number < len(ORDINALS) else ""
        if need.unmet:
            note = "  ·  ".join(part for part in (note, words.coded(need.unmet)) if part)
        yield RowSpec(
            ("need", need.kind.value),
            words.coded(need.kind),
            heading=True,
            anchor_icon=ICONS[need.kind],
            note=note,
        )
        if need.notes or not need.services:
            yield note_row(need)
        for service in need.services:
            yield service_row(need, service, today)


def note_row(need: RouteNeed) -> RowSpec:
    """What a rule says of the need itself, or that nothing of the catalogue answers it."""
    said = [rule.words.text(translator().lang) for rule in need.notes]
    title = _("Nothing in the catalogue answers this need") if not need.services else _("About this need")
    return RowSpec((need.kind.value, ""), title, reason=MarkSpec(" ".join(said), "ask") if said else None)


def service_row(need: RouteNeed, service: RouteService, today: date) -> RowSpec:
    return RowSpec(
        (need.kind.value, service.line.id),
        service.line.name,
        note=f"·  {service.line.owner}" if service.line.owner else "",
        reason=verdict_words.reason_mark(service),
        marks=(verdict_words.verdict_mark(service.code), checked_mark(service.line.confirmed, today)),
    )


def checked_mark(confirmed: date | None, today: date) -> MarkSpec:
    """How old the information is. Beside a verdict "to be confirmed" would be read as a second verdict."""
    if confirmed is None:
        return MarkSpec(_("Never checked"), "warn", "clock-exclamation")
    return words.confirmed_mark(confirmed, today)


def station_specs(route: Route) -> list[StationSpec]:
    made = []
    for station in route.stations:
        title, hint = words.coded(station.code), station_hint(station)
        spoken = ": ".join(part for part in (title, _(STATES[station.progress]), hint) if part)
        made.append(StationSpec(title, hint, station.progress.value, spoken))
    return made


def station_hint(station: Station) -> str:
    """A day for what is done, what it waits for otherwise."""
    if station.progress is Progress.DONE:
        return translator().day_month(station.day) if isinstance(station.day, date) else ""
    if station.progress is Progress.LATER:
        return _("later")
    return waits(station)


def waits(station: Station) -> str:
    count = station.count
    if station.waits == GET_PAPERS:
        text = ngettext("{count} document is missing", "{count} documents are missing", count)
    elif station.waits == ANSWER:
        text = ngettext("waits for {count} answer", "waits for {count} answers", count)
    elif station.waits == ASK:
        text = ngettext("{count} to ask about", "{count} to ask about", count)
    else:
        return _(station.waits)
    return text.format(count=count)


def next_step(route: Route, today: date) -> str:
    """What to do first, in words; "" when nothing waits."""
    station = next_station(route.stations, today)
    if station is None:
        return ""
    step = _(station.waits)
    if station.code is StationCode.FOLLOWED and station.due is not None:
        step = f"{step} ({words.due_mark(station.due, today).text.lower()})"
    return _("Next step: {step}").format(step=step)
