"""No French day, month or country reaches a sheet, in any month: CLDR's Creole is French, and would say nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pypdfium2 as pdfium
import pytest
from babel import Locale, dates

from migrant_office import i18n
from migrant_office.i18n import Translator
from migrant_office.services.sheets.document import write
from migrant_office.services.sheets.kinds import PLAIN
from tests.services.sheets import examples
from tests.services.sheets.examples import COUNTRIES, EXAMPLES, form

ONE_A_MONTH = [date(2028, month, 1) + timedelta(month * 2) for month in range(1, 13)]  # every weekday among them
DATED = {"referral", "information", "notice", *PLAIN}


@cache
def french() -> frozenset[str]:
    """Names of months, days and countries as French writes them and none of our languages does."""
    names = {str(name) for n in ("wide", "abbreviated") for name in dates.get_month_names(n, locale="fr").values()}
    names |= {str(name) for n in ("wide", "abbreviated") for name in dates.get_day_names(n, locale="fr").values()}
    ours = {*i18n.HT_DAYS, *i18n.HT_DAYS_SHORT, *i18n.HT_MONTHS, *i18n.HT_MONTHS_SHORT}
    for lang in ("es", "en"):
        ours |= {
            str(n).rstrip(".") for w in ("wide", "abbreviated") for n in dates.get_day_names(w, locale=lang).values()
        }
        ours |= {
            str(n).rstrip(".") for w in ("wide", "abbreviated") for n in dates.get_month_names(w, locale=lang).values()
        }
    codes = i18n.countries()
    names |= {Locale("fr").territories[code] for code in codes}
    ours |= {name for row in codes.values() for name in row.values()}
    return frozenset(n.rstrip(".").casefold() for n in names) - {n.casefold() for n in ours} - {""}


def found_in(text: str) -> set[str]:
    """The French names that stand in a text, as whole words."""
    folded = " ".join(text.casefold().replace("\u00a0", " ").split())
    return {name for name in french() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded)}


def test_the_names_looked_for_are_those_that_babel_would_print() -> None:
    assert {"mardi", "novembre", "août", "décembre", "mexique", "haïti", "république dominicaine"} <= french()
    assert not french() & {"avril", "me", "chili", "samdi", "martes", "marzo"}
    disguised = dates.format_date(date(2026, 11, 3), "full", locale="ht")
    assert found_in(f"Randevou: {disguised}") == {"mardi", "novembre"}


@pytest.mark.parametrize("region", ["CL", "MX"])
def test_every_way_to_write_a_day_of_a_leap_year_is_creole(region: str) -> None:
    t = Translator(f"ht_{region}")
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(number)
        said = [t.date(day), t.long_date(day), t.day_month(day), t.weekday(day), t.weekday(day, short=True)]
        said += [t.month(2028, day.month), t.month_name(day.month, short=True), t.ago(day, date(2028, 6, 1))]
        assert found_in(" ; ".join(said)) == set(), said


def test_every_country_has_its_name_from_our_own_table() -> None:
    t = Translator("ht")
    assert {t.country(code) for code in i18n.countries()} == {r["ht"] or r["es"] for r in i18n.countries().values()}
    assert found_in(" ; ".join(t.country(code) for code in i18n.countries())) == set()


def text_of(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content))


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_sheet_of_any_month_has_one(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    usual = examples.case
    for number, day in enumerate(ONE_A_MONTH):
        city = list(COUNTRIES)[number % 2]

        def case(slip: str = "", day: date = day, due: bool = number % 4 > 1) -> object:
            told = replace(usual(slip), printed_on=day, made_on=day, appointment_on=day + timedelta(9))
            told = replace(told, service=replace(told.service, assured_on=day - timedelta(5)))
            return replace(told, appointment_on=None, appointment_at=None, due_on=day) if due else told

        monkeypatch.setattr(examples, "DAY", day)
        monkeypatch.setattr(examples, "PRINTING", replace(examples.PRINTING, printed_on=day))
        monkeypatch.setattr(examples, "case", case)
        text = text_of(write([EXAMPLES[name](city, form(city))]))
        assert str(day.year) in text or name not in DATED, "the day of this test did not reach the paper"
        assert found_in(text) == set(), (day, found_in(text))


def test_a_sheet_with_a_french_day_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def disguised(t: Translator, d: date) -> str:
        return str(dates.format_date(d, "full", locale=t.lang))

    monkeypatch.setattr(Translator, "long_date", disguised)
    assert {"mardi", "novembre"} <= found_in(text_of(write([EXAMPLES["referral"]("santiago", form("santiago"))])))
