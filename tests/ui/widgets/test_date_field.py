"""Typed dates: read as people write them, asked back in words, never corrected in silence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from migrant_office.i18n import Translator
from migrant_office.ui.widgets.date_field import DateField, read_date

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))


@given(DAYS, st.sampled_from(["/", "-", ".", " ", " / "]), st.booleans())
def test_figures_in_any_dress(day, link, padded):
    parts = (f"{day.day:02}", f"{day.month:02}") if padded else (str(day.day), str(day.month))
    assert read_date(link.join((*parts, str(day.year)))).iso == day.isoformat()
    assert read_date(day.isoformat()).iso == day.isoformat()
    assert read_date(f"{day.day:02}{day.month:02}{day.year}").iso == day.isoformat()


@given(DAYS, st.sampled_from(["es", "ht", "en"]))
def test_the_month_in_words_of_each_language(day, lang):
    name = Translator(lang).month_name(day.month)
    assert read_date(f"{day.day} de {name} de {day.year}").iso == day.isoformat()
    assert read_date(f"{day.day} {name.upper()} {day.year}").iso == day.isoformat()


@given(st.text())
def test_any_text_is_a_date_or_nothing_or_a_question(text):
    read = read_date(text)
    assert not (read.iso and read.problem)
    assert bool(read.iso or read.problem) == bool(text.strip())
    if read.iso:
        dt.date.fromisoformat(read.iso)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/2/1990", "no such day"),
        ("3/13/1990", "twelve months"),
        ("3/11/90", "four figures"),
        ("3 ma 1990", "month"),  # mars, mai, mayo: two letters name no month
        ("mañana", "not clear"),
        ("3/11", "not clear"),
    ],
)
def test_what_is_not_clear_is_asked_back(text, says):
    assert says in read_date(text).problem
    assert read_date(text).iso == ""


def test_empty_is_fine_and_invalid_keeps_what_was_typed(qtbot):
    field = DateField("1990-11-03")
    qtbot.addWidget(field)
    assert field.text() == "03/11/1990"
    heard: list[str] = []
    field.changed.connect(heard.append)
    field.selectAll()
    QTest.keyClicks(field, "31/2/1990")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.value(), field.text()) == ("", "31/2/1990")
    assert field.problem()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert (field.value(), field.problem()) == ("", "")
    QTest.keyClicks(field, "5 mayo 2001")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.value(), field.text()) == ("2001-05-05", "05/05/2001")
    assert heard[-1] == "2001-05-05"


def test_a_day_to_come_warns_and_stays(qtbot):
    field = DateField(latest=dt.date(2026, 1, 1))
    qtbot.addWidget(field)
    field.set_value("2027-01-01")
    assert field.problem()
    assert field.value() == "2027-01-01"
