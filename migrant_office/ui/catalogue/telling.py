"""How a service of the directory reads on screen: its facts with unknown ones named, its hours, its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.city import City
from migrant_office.models.directory.hours import DAYS, Hours, Opening
from migrant_office.models.service import Service
from migrant_office.services import catalogue, freshness
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.directory.editing import Sheet, WeekHours
from migrant_office.ui import words
from migrant_office.ui.widgets.marks import MarkSpec

MONDAY = date(2026, 3, 2)  # any: only its weekday is read
Kinds = Mapping[str, Mapping[str, str]]


def day_name(code: str, *, short: bool = False) -> str:
    return translator().weekday(MONDAY + timedelta(days=DAYS.index(code)), short=short)


def span(opens: time | None, closes: time | None) -> str:
    tr = translator()
    if opens is None:
        return ""
    if closes is None:
        return _("from {opens}").format(opens=tr.time(opens))
    return _("{opens} to {closes}").format(opens=tr.time(opens), closes=tr.time(closes))


def today_words(hours: Hours) -> str:
    """What is known of today in one sentence; "" where no schedule says anything."""
    if not hours.known:
        return ""
    if hours.closed:
        return _("Not open today")
    return _("Open today: {hours}").format(hours=translator().join([opening_words(one) for one in hours.openings]))


def opening_words(opening: Opening) -> str:
    return span(opening.opens, opening.closes)


def week_words(hours: Sequence[WeekHours]) -> str:
    """The usual week, a line for each span: its days and from when to when."""
    return "\n".join(
        f"{translator().join([day_name(day) for day in one.days])}: {span(one.opens, one.closes)}" for one in hours
    )


def yes_no(value: object) -> str:
    """A yes or a no; "" where nobody knows."""
    return {True: _("Yes"), False: _("No")}.get(value, "") if isinstance(value, bool) else ""


def freshness_mark(line: ServiceLine, today: date) -> MarkSpec:
    """One mark a row: that it is closed or never offered, that something went wrong, else how old its facts are."""
    if line.closed:
        return MarkSpec(_("Closed"), "neutral", "ban")
    if not line.offered:
        return MarkSpec(_("Not offered"), "neutral", "ban")
    if line.wanted:
        return MarkSpec(_("Check again"), "warn", "alert-triangle", strong=True)
    return words.confirmed_mark(line.confirmed, today)


def chips(service: Service, city: City, today: date) -> list[MarkSpec]:
    """How far the facts can be relied on."""
    if service.closed:
        return [MarkSpec(_("Closed"), "neutral", "ban", plate=True)]
    found = [words.confirmed_mark(service.confirmed, today)]
    if service.withheld:
        found.insert(0, MarkSpec(words.coded(service.withheld), "neutral", "ban", plate=True))
    return found


def warning(service: Service, city: City, today: date) -> tuple[str, str]:
    """(title, hint) of what must be seen before somebody is sent there; ("", "") where the facts are fresh."""
    if service.closed:
        return _("Closed: kept, never offered"), service.closed_why
    if service.withheld:
        return _("Nobody is sent there: {why}").format(why=words.coded(service.withheld)), ""
    if service.check_wanted is not None:
        when = translator().ago(service.check_wanted, today)
        why = words.coded(service.check_why) or _("Somebody asked for it")
        return _("Check it again before sending anybody"), f"{why}, {when}"
    if not freshness.is_stale(city, service, today):
        return "", ""
    if service.confirmed is None:
        return _("Nobody has confirmed this yet"), _("Call the institution before you send somebody there.")
    days = freshness.days_to_check(city, service)
    hint = ngettext(
        "It should be asked for again every {count} day.", "It should be asked for again every {count} days.", days
    )
    return _("This may have changed. Call before you send somebody."), hint.format(count=days)


def told(service: Service, sheet: Sheet | None = None, kinds: Kinds | None = None) -> list[tuple[str, str]]:
    """Label and text of each fact; what no source says is shown as still to be confirmed."""
    unknown = _("To be confirmed with the institution")
    source = "  ·  ".join(p for p in (service.source, service.source_date, words.coded(service.confidence)) if p)
    hours = week_words(sheet.hours) if sheet else ""
    phones = "\n".join("  ".join(filter(None, (p.number, p.description))) for p in sheet.phones) if sheet else ""
    facts = [
        (_("Who gives it"), service.owner),
        (_("What it gives"), catalogue.known(service.gives)),
        (_("For whom"), catalogue.known(service.who)),
        (_("Serves people in irregular situation"), yes_no(service.irregular)),
        (_("Documents"), catalogue.known(service.documents)),
        (_("Documents of identity it accepts"), documents(service, kinds or {})),
        (_("Cost"), catalogue.known(service.cost)),
        (_("How"), _how(service)),
        (_("Hours"), hours),
        (_("An appointment is needed"), yes_no(service.appointment)),
        (_("Childcare while one is served"), yes_no(service.childcare)),
        (_("Answer promised within"), _days(service.answer_days)),
        (_("Steps"), catalogue.known(service.steps)),
        (_("Telephones"), phones),
        (_("Contact"), catalogue.known(service.contact)),
        (_("Legal basis"), service.legal_basis),
    ]
    shown = [(label, text or unknown) for label, text in facts]
    also = [(_("Also called"), service.aliases), (_("Source"), source or unknown), (_("Confirmed"), _by(service))]
    return [*shown, *((label, text) for label, text in also if text)]


def documents(service: Service, kinds: Kinds) -> str:
    lang = translator().lang
    return translator().join(sorted(kinds.get(code, {}).get(lang) or code for code in service.accepts))


def _how(service: Service) -> str:
    said, coarse = catalogue.known(service.mode), words.coded(service.channel)
    return said if said and not coarse else f"{coarse} ({said})" if said and coarse else coarse


def _days(days: object) -> str:
    if not isinstance(days, int):
        return ""
    return ngettext("{count} working day", "{count} working days", days).format(count=days)


def _by(service: Service) -> str:
    if service.confirmed is None:
        return ""
    answered = _("{who} answered").format(who=service.answered_by) if service.answered_by else ""
    return "  ·  ".join(filter(None, (translator().long_date(service.confirmed), answered)))
