"""The sentences that explain a release to people who read no statistics, in the language of the reader."""

from __future__ import annotations

from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release
from migrant_office.models.counts.terms import Unit

LICENCE, LICENCE_NAME = "CC-BY-4.0", "Creative Commons Attribution 4.0 International"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"

_LINE = 60  # characters of a name under a title


def plain(text: str) -> str:
    """A name that somebody typed, on one line: a line break in it would look like a line of ours."""
    return " ".join(text.split())


def _short(name: str) -> str:
    """A name for a line that wraps nowhere; the first sheet has it whole."""
    text = plain(name)
    return text if len(text) <= _LINE else text[: _LINE - 1].rstrip() + "…"


def period(release: Release, t: Translator) -> str:
    """The month, the months of the quarter or the year, in words."""
    return t.period(release.start, release.end)


def title(release: Release, t: Translator) -> str:
    named = t.gettext("Counts of {month}").format(month=period(release, t))
    return " · ".join(filter(None, (named, demo_mark(release, t))))


def demo_mark(release: Release, t: Translator) -> str:
    """What every page of a demo carries; nothing for a real office."""
    return t.gettext("DEMO: INVENTED DATA") if release.office.demo else ""


def office_line(release: Release, t: Translator) -> str:
    """The office, its place, the period and the revision, in one line."""
    return t.gettext("{office}, {place} · {month} · revision {revision}").format(
        office=_short(release.office.name),
        place=_short(release.place.name),
        month=period(release, t),
        revision=release.revision,
    )


def unit_word(unit: Unit, t: Translator) -> str:
    return t.pgettext("unit of a count", "persons") if unit == "persons" else t.pgettext("unit of a count", "events")


def how_to_read(release: Release, t: Translator) -> list[str]:
    """Sentences for the first page; nobody needs more than these to read the tables rightly."""
    figures = {"threshold": release.parameters.threshold, "base": release.parameters.base}
    sentences = [
        t.gettext(
            "The figures protect people. Those with fewer than {threshold} persons behind them, and others that could "
            "identify someone, appear as c. A c can also be a zero."
        ),
        t.gettext("The other figures are rounded to multiples of {base}, sometimes up and sometimes down."),
        t.gettext(
            "Each figure and each total is rounded on its own, so columns may not add up and persons may seem more "
            "than events."
        ),
        t.gettext(
            "Persons and events are different things: one person may have several attentions. Do not add them together."
        ),
        t.gettext("Do not add up the figures of several months: ask for the quarter or the year."),
        t.gettext(
            "A publication does not change once it is issued. It counts what was registered from the first to the last "
            "day of the period. What is registered later counts in the month in which it is registered."
        ),
    ]
    if release.office.demo:
        sentences.insert(
            0, t.gettext("This is a demo: the persons and the figures are invented. They describe no real office.")
        )
    if release.total_only:
        sentences.append(
            t.gettext("Fewer than {office} persons came in this period, so only totals are published.").format(
                office=release.parameters.office_persons
            )
        )
    return [sentence.format(**figures) for sentence in sentences]


def legend(release: Release, t: Translator) -> str:
    """What stands under every table."""
    return t.gettext(
        "c = fewer than {threshold} persons, none, or protected for another reason. The figures are multiples of "
        "{base}. Each total is rounded on its own, so columns may not add up."
    ).format(threshold=release.parameters.threshold, base=release.parameters.base)


def impossible_note(t: Translator) -> str:
    return t.gettext("– = cannot exist, by the definition of the service.")


def facts(release: Release, t: Translator) -> list[tuple[str, str]]:
    """What identifies the release: name and value, for the first page and the text of the method."""
    return [
        (t.gettext("Office"), plain(release.office.name)),
        (t.gettext("Place"), plain(release.place.name)),
        (
            t.gettext("Period"),
            t.gettext("{first} to {last}").format(first=t.date(release.start), last=t.date(release.end)),
        ),
        (t.gettext("Release"), release.name),
        (t.gettext("Revision"), str(release.revision)),
        (t.gettext("Catalogue of tables"), release.catalogue_version),
        (t.gettext("Licence"), LICENCE_NAME),
        (t.gettext("Fingerprint (SHA-256)"), release.sha256),
    ]


def parameters(release: Release, t: Translator) -> list[str]:
    """The rules with their figures, as they are applied."""
    p = release.parameters
    return [
        t.gettext("Base of the rounding: {n}").format(n=p.base),
        t.gettext("Persons behind a shown figure, at least: {n}").format(n=p.threshold),
        t.gettext("Events of one person in a shown figure, at most: {n} %").format(n=p.top_one_percent),
        t.gettext("Events of two persons in a shown figure, at most: {n} %").format(n=p.top_two_percent),
        t.gettext(
            "Sensitive breakdowns: persons in the row, at least {n}; outside its largest line, at least {rest}"
        ).format(n=p.row_persons, rest=p.row_rest),
        t.gettext("Persons of the office in the period for more than totals, at least: {n}").format(n=p.office_persons),
    ]


def codes(t: Translator) -> list[tuple[str, str, str]]:
    """The codes of the data that belong to no dimension: column, code, meaning."""
    return [
        ("obs_status", "A", t.gettext("Figure shown, rounded")),
        ("obs_status", "Q", t.gettext("Protected: the figure is empty and appears as c in the tables")),
        ("obs_status", "M", t.gettext("Cannot exist, by the definition of the service")),
        ("conf_status", "F", t.gettext("Free to publish")),
        ("*", "_T", t.gettext("Total: all lines together, or not broken down")),
    ]
