"""The languages of the program: messages, dates, numbers and names of countries in Spanish, English and Creole.

Message ids are plain English; `resources/i18n/<language>/LC_MESSAGES/migrant_office.po` holds the translations.
The interface has one current language (`_`, `ngettext`, `pgettext`, `set_language`); a printed sheet has its own:
it is given a `Translator` as a value.

Haitian Creole never passes through Babel's locale data: CLDR's `ht` inherits from French and would print French
months, weekdays and countries without a word of warning. Its names stand in the tables below.
"""

from __future__ import annotations

import csv
import datetime as dt
import gettext as _gettext
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import dates, lists, numbers
from babel.messages import mofile, pofile

from migrant_office import clock, paths

DOMAIN = "migrant_office"
LANGUAGES = ("es", "en", "ht")
LANGUAGE_NAMES = {"es": "Español", "en": "English", "ht": "Kreyòl ayisyen"}
REGIONS = ("CL", "MX")

# As in glibc's ht_HT; `date.weekday()` order, Monday first.
HT_DAYS = ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch")
HT_DAYS_SHORT = ("len", "mad", "mèk", "jed", "van", "sam", "dim")
HT_MONTHS = (
    *("janvye", "fevriye", "mas", "avril", "me", "jen"),
    *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
)
HT_MONTHS_SHORT = ("jan", "fev", "mas", "avr", "me", "jen", "jiy", "out", "sep", "okt", "nov", "des")

_SHORT_DATES = {"en": "%Y-%m-%d", "CL": "%d-%m-%Y"}  # English readers differ on day and month: ISO is exact
_NUMBERS = {"": "es_CL", "CL": "es_CL", "MX": "es_MX"}  # a Creole reader pays in the country's own figures
_Y_BEFORE_I = re.compile(r" y ((?:h?i(?![aeo])|h?í)[^,]*)$", re.IGNORECASE)  # "padre e hijo", but "agua y hielo"
_DAYS_COUNTED = 60  # up to here "34 days ago" helps more than "1 month ago"


def N_(text: str) -> str:  # noqa: N802 - gettext's usual name
    """Mark a message for the catalogue; it is translated later, where the reader's language is known."""
    return text


def NP_(context: str, text: str) -> tuple[str, str]:  # noqa: N802
    """Mark a message that has a context; answers the pair that `Translator.pgettext` takes."""
    return context, text


class Translator:
    """Everything that depends on a language. Immutable, cheap, safe to share between threads.

    `lang` is "es", "en" or "ht", alone or with a country: "es_CL", "es_MX", "ht_CL"... The country decides how
    figures and short dates are written, and lets a small catalogue of its own (es_MX) replace some messages.
    `words` replaces more, message id -> text: a city's own names for things, from its profile (`City.words`).
    Raises ValueError on any other language. A message without a translation is shown in English.
    """

    def __init__(self, lang: str, words: Mapping[str, str] | None = None) -> None:
        self.lang, _sep, region = lang.replace("-", "_").partition("_")
        if self.lang not in LANGUAGES:
            raise ValueError(f"no such language: {lang}")
        self.region = region if region in REGIONS else ""
        self._messages = _catalogue(self.lang, self.region)
        self._words = dict(words or {})

    def __repr__(self) -> str:
        return f"Translator({'_'.join(filter(None, (self.lang, self.region)))!r})"

    # -- messages

    def gettext(self, message: str) -> str:
        return _safe(self._words.get(message) or self._messages.gettext(message)) if message else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        own = self._words.get(singular if n == 1 else plural)
        return _safe(own or self._messages.ngettext(singular, plural, n))

    def pgettext(self, context: str, message: str) -> str:
        return _safe(self._words.get(message) or self._messages.pgettext(context, message)) if message else ""

    # -- days and hours

    def date(self, d: dt.date) -> str:
        """The short date, exact and of fixed width: "03-11-2026" in Chile, "03/11/2026", in English "2026-11-03"."""
        return _day(d).strftime(_SHORT_DATES.get("en" if self.lang == "en" else self.region, "%d/%m/%Y"))

    def long_date(self, d: dt.date) -> str:
        """Weekday, day, month and year: "martes 3 de noviembre de 2026", "madi 3 novanm 2026"."""
        d = _day(d)
        if self.lang == "ht":
            return f"{self.weekday(d)} {d.day} {HT_MONTHS[d.month - 1]} {d.year}"
        pattern = "EEEE d 'de' MMMM 'de' y" if self.lang == "es" else "EEEE d MMMM y"
        return _safe(dates.format_date(d, pattern, locale=self.lang))

    def day_month(self, d: dt.date) -> str:
        """Day and month without the year: "3 de noviembre", "3 novanm", "3 November"."""
        d = _day(d)
        if self.lang == "ht":
            return f"{d.day} {HT_MONTHS[d.month - 1]}"
        return _safe(dates.format_date(d, "d 'de' MMMM" if self.lang == "es" else "d MMMM", locale=self.lang))

    def month(self, year: int, month: int) -> str:
        """A month of a year: "octubre de 2026", "oktòb 2026", "October 2026"."""
        return f"{self.month_name(month)}{' de' if self.lang == 'es' else ''} {year}"

    def period(self, first: dt.date, last: dt.date) -> str:
        """Whole months in words, no article before them: "octubre de 2026", "octubre a diciembre de 2026", "2026"."""
        if (first.month, last.month) == (1, 12):
            return str(first.year)
        if first.month == last.month:
            return self.month(first.year, first.month)
        between = {"es": "a", "ht": "rive"}.get(self.lang, "to")
        return f"{self.month_name(first.month)} {between} {self.month(last.year, last.month)}"

    def month_name(self, month: int, *, short: bool = False) -> str:
        """The name of a month, 1 to 12; short for axes and narrow columns ("nov")."""
        if self.lang == "ht":
            return (HT_MONTHS_SHORT if short else HT_MONTHS)[month - 1]
        names = dates.get_month_names("abbreviated" if short else "wide", "stand-alone", self.lang)
        return str(names[month]).rstrip(".")[: 3 if short else None]

    def weekday(self, d: dt.date, *, short: bool = False) -> str:
        """The day of the week: "martes", "madi", "Tuesday"; short "mar", "mad", "Tue"."""
        index = _day(d).weekday()
        if self.lang == "ht":
            return (HT_DAYS_SHORT if short else HT_DAYS)[index]
        names = dates.get_day_names("abbreviated" if short else "wide", "stand-alone", self.lang)
        return str(names[index]).rstrip(".")

    def time(self, t: dt.time | dt.datetime) -> str:
        """The hour on 24, "15:30"; a moment with a zone is first brought to the local one."""
        return (clock.local(t) if isinstance(t, dt.datetime) and t.tzinfo else t).strftime("%H:%M")

    def spoken_time(self, t: dt.time | dt.datetime) -> str:
        """The hour with its part of the day, for paper: "10:30 de la mañana", "10:30 nan maten"."""
        clock = self.time(t)
        hour = int(clock[:2])
        if hour < 12:
            return self.gettext("{time} in the morning").format(time=clock)
        if hour < 19:
            return self.gettext("{time} in the afternoon").format(time=clock)
        return self.gettext("{time} in the evening").format(time=clock)

    def ago(self, d: dt.date, today: dt.date) -> str:
        """How far a day lies from today, either way, without a judgement: "hoy", "hace 9 días", "en 3 días"."""
        days = (_day(d) - _day(today)).days
        near = {
            0: self.gettext("today"),
            1: self.gettext("tomorrow"),
            -1: self.gettext("yesterday"),
        }
        if days in near:
            return near[days]
        n = abs(days)
        if n <= _DAYS_COUNTED:
            return self._distance(days, "day", n)
        if n < 2 * 365:
            return self._distance(days, "month", round(n / 30.44))
        return self._distance(days, "year", round(n / 365.25))

    def _distance(self, days: int, unit: str, n: int) -> str:
        past = {
            "day": self.ngettext("{n} day ago", "{n} days ago", n),
            "month": self.ngettext("{n} month ago", "{n} months ago", n),
            "year": self.ngettext("{n} year ago", "{n} years ago", n),
        }
        future = {
            "day": self.ngettext("in {n} day", "in {n} days", n),
            "month": self.ngettext("in {n} month", "in {n} months", n),
            "year": self.ngettext("in {n} year", "in {n} years", n),
        }
        return (past if days < 0 else future)[unit].format(n=n)

    def age(self, years: int) -> str:
        """An age in whole years: "34 años", "34 an"; under one year it says so."""
        if years < 1:
            return self.gettext("under 1 year old")
        return self.ngettext("{years} year old", "{years} years old", years).format(years=years)

    # -- figures and names

    def number(self, n: int | float | Decimal) -> str:
        """A figure with the separators of the country: "1.234,5" in Chile, "1,234.5" in Mexico."""
        return _safe(numbers.format_decimal(n, locale=self._figures))

    def percent(self, x: float, *, decimals: int = 0) -> str:
        """A share, 0 to 1, as a percentage: 0.456 gives "46 %"."""
        digits = "0." + "0" * decimals if decimals else "0"
        return _safe(numbers.format_decimal(x * 100, f"#,##{digits}", locale=self._figures)) + "\u00a0%"

    @property
    def _figures(self) -> str:
        return "en" if self.lang == "en" else _NUMBERS[self.region]

    def country(self, code: str) -> str:
        """The usual name of a country by its ISO 3166-1 alpha-2 code; the code itself when it is not known.

        Where nobody has given a Creole name yet, the Spanish one stands in.
        """
        row = countries().get(code.upper(), {})
        return row.get(self.lang) or row.get("es") or code

    def join(self, items: Sequence[str]) -> str:
        """A list in a sentence: "pasaporte, visa y foto", "paspò, viza ak foto"."""
        if self.lang == "ht":
            return " ak ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
        said = _safe(lists.format_list(list(items), locale=self.lang))
        return _Y_BEFORE_I.sub(r" e \1", said) if self.lang == "es" else said


def _safe(text: str) -> str:
    """CLDR joins hours and figures with U+202F, which our typefaces do not draw: an ordinary hard space does."""
    return text.replace("\u202f", "\u00a0")


def _day(d: dt.date) -> dt.date:
    if isinstance(d, dt.datetime):
        return (clock.local(d) if d.tzinfo else d).date()
    return d


@cache
def countries() -> dict[str, dict[str, str]]:
    """The names of the countries: ISO alpha-2 code -> {"es", "en", "ht"}; a Creole name may be empty."""
    with (paths.resources() / "i18n" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: {lang: row[lang] for lang in LANGUAGES} for row in csv.DictReader(file)}


# -- catalogues


@cache
def _catalogue(lang: str, region: str) -> _gettext.NullTranslations:
    own = _load(f"{lang}_{region}") if region else None
    base = _load(lang)
    if own is None:
        return base or _gettext.NullTranslations()
    if base is not None:
        own.add_fallback(base)
    return own


def _load(name: str) -> _gettext.GNUTranslations | None:
    """The compiled catalogue when it is as new as its source, else the source compiled in memory; None without either.

    A source tree so needs no build step, and an edited translation is seen at the next start.
    """
    po = paths.resources() / "i18n" / name / "LC_MESSAGES" / f"{DOMAIN}.po"
    mo = po.with_suffix(".mo")
    if mo.is_file() and not (po.is_file() and po.stat().st_mtime > mo.stat().st_mtime):
        return _gettext.GNUTranslations(io.BytesIO(mo.read_bytes()))
    return _gettext.GNUTranslations(io.BytesIO(compiled(po))) if po.is_file() else None


def compiled(po: Path) -> bytes:
    """A .po file as the bytes of its .mo; fuzzy messages are left out."""
    target = io.BytesIO()
    with po.open("rb") as source:
        mofile.write_mo(target, pofile.read_po(source))
    return target.getvalue()


# -- the language of the interface

_current: Translator | None = None


def translator() -> Translator:
    """The translator of the interface; Spanish until `set_language` says otherwise."""
    global _current
    if _current is None:
        _current = Translator("es")
    return _current


def set_language(lang: str, words: Mapping[str, str] | None = None) -> None:
    """Make `_`, `ngettext` and `pgettext` speak another language, with a city's own words.

    Raises ValueError when there is no such language.
    """
    global _current
    _current = Translator(lang, words)


def _(message: str) -> str:
    """A message in the language of the interface."""
    return translator().gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return translator().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    return translator().pgettext(context, message)
