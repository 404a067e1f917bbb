"""Languages: dates, figures and countries, the fallbacks, and that Creole never speaks French."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, time, timedelta

import pytest
from babel import dates, localedata
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import i18n, paths
from migrant_office.i18n import LANGUAGES, N_, NP_, Translator

TUESDAY = date(2026, 11, 3)
KINDS = ("es", "es_CL", "es_MX", "en", "ht", "ht_CL", "ht_MX")


@pytest.fixture(autouse=True)
def _spanish_again():
    yield
    i18n.set_language("es")


@pytest.mark.parametrize(
    ("lang", "short", "long", "month"),
    [
        ("es", "03/11/2026", "martes 3 de noviembre de 2026", "noviembre de 2026"),
        ("es_CL", "03-11-2026", "martes 3 de noviembre de 2026", "noviembre de 2026"),
        ("es_MX", "03/11/2026", "martes 3 de noviembre de 2026", "noviembre de 2026"),
        ("ht_CL", "03-11-2026", "madi 3 novanm 2026", "novanm 2026"),
        ("en", "2026-11-03", "Tuesday 3 November 2026", "November 2026"),
    ],
)
def test_a_day_is_written_as_its_readers_write_it(lang, short, long, month):
    t = Translator(lang)
    assert (t.date(TUESDAY), t.long_date(TUESDAY), t.month(2026, 11)) == (short, long, month)


def _french() -> set[str]:
    """Every French month and weekday that is not also how Creole writes one (avril, samdi is not samedi)."""
    names = {str(n) for n in dates.get_month_names("wide", locale="fr").values()}
    names |= {str(n) for n in dates.get_day_names("wide", locale="fr").values()}
    return names - {*i18n.HT_MONTHS, *i18n.HT_DAYS}


def test_no_french_name_reaches_creole_on_any_day_of_a_year():
    t, french = Translator("ht"), _french()
    assert {"mardi", "novembre", "août"} <= french
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(number)
        said = " ".join((t.long_date(day), t.month(day.year, day.month), t.weekday(day), t.day_month(day)))
        assert not french & set(said.split()), said
        assert t.weekday(day).startswith(t.weekday(day, short=True))
        assert t.month_name(day.month).startswith(t.month_name(day.month, short=True))


def test_creole_does_not_ask_babel_for_its_locale(monkeypatch):
    """CLDR's `ht` is French in disguise: any use of it is a mistake, whatever comes out."""
    asked = []
    load = localedata.load

    def listened(name, merge_inherited=True):
        asked.append(str(name))
        return load(name, merge_inherited)

    monkeypatch.setattr(localedata, "load", listened)
    t = Translator("ht_CL")
    for call in (t.long_date, t.date, t.weekday, t.day_month):
        call(TUESDAY)
    said = (t.number(1234.5), t.percent(0.5), t.country("HT"), t.join(["a", "b"]), t.ago(TUESDAY, TUESDAY))
    assert all((*said, t.month(2026, 1)))
    assert not {name for name in asked if name.startswith(("ht", "fr"))}


@given(
    st.sampled_from(KINDS),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.times(),
    st.floats(-1e12, 1e12),
    st.integers(0, 120),
)
def test_the_narrow_hard_space_never_leaves(lang, day, hour, figure, years):
    t = Translator(lang)
    said = [t.date(day), t.long_date(day), t.month(day.year, day.month), t.time(hour), t.spoken_time(hour)]
    said += [t.number(figure), t.percent(figure), t.age(years), t.ago(day, TUESDAY)]
    assert "\u202f" not in "".join(said)
    assert all(said)


def test_figures_follow_the_country_also_in_creole():
    assert Translator("es_CL").number(1234567.5) == "1.234.567,5"
    assert Translator("es_MX").number(1234567.5) == Translator("en").number(1234567.5) == "1,234,567.5"
    assert Translator("ht_MX").number(1234567.5) == "1,234,567.5"
    assert Translator("ht_CL").percent(0.4567, decimals=1) == "45,7\u00a0%"


def test_hours_are_on_24_and_a_moment_with_a_zone_becomes_local():
    t = Translator("es")
    assert t.time(time(15, 5)) == "15:05"
    moment = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    assert t.time(moment) == f"{moment.astimezone():%H:%M}"
    assert Translator("es").spoken_time(time(10, 30)) == "10:30 de la mañana"
    assert Translator("ht").spoken_time(time(10, 30)) == "10:30 nan maten"


@pytest.mark.parametrize(
    ("days", "es", "ht"),
    [
        (0, "hoy", "jodi a"),
        (-1, "ayer", "yè"),
        (1, "mañana", "demen"),
        (-9, "hace 9 días", "sa gen 9 jou"),
        (3, "en 3 días", "nan 3 jou"),
        (-243, "hace 8 meses", "sa gen 8 mwa"),
        (-800, "hace 2 años", "sa gen 2 an"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(days, es, ht):
    assert Translator("es").ago(TUESDAY + timedelta(days), TUESDAY) == es
    assert Translator("ht").ago(TUESDAY + timedelta(days), TUESDAY) == ht


@given(st.sampled_from(LANGUAGES), st.integers(1, 4000))
def test_the_distance_grows_with_the_days(lang, days):
    """No unit starts at nought, and the future never reads like the past."""
    t = Translator(lang)
    past, future = (t.ago(TUESDAY + timedelta(sign * days), TUESDAY) for sign in (-1, 1))
    assert past != future
    assert " 0 " not in f" {past} "


def test_ages():
    assert [Translator("es").age(n) for n in (0, 1, 34)] == ["menos de 1 año", "1 año", "34 años"]
    assert [Translator("ht").age(n) for n in (0, 1, 34)] == ["mwens pase 1 an", "1 an", "34 an"]


def test_countries_have_their_everyday_names_and_a_gap_in_creole_shows_spanish():
    assert [Translator(lang).country("DO") for lang in LANGUAGES] == [
        "República Dominicana",
        "Dominican Republic",
        "Repiblik Dominikèn",
    ]
    assert Translator("ht").country("ve") == "Venezwela"
    assert i18n.countries()["CI"]["ht"] == ""
    assert Translator("ht").country("CI") == Translator("es").country("CI") != ""
    assert Translator("es").country("ZZ") == "ZZ"
    assert len(i18n.countries()) == 249
    assert all(row["es"] and row["en"] for row in i18n.countries().values())


def test_lists_end_with_and():
    assert Translator("es").join(["pasaporte", "visa", "foto"]) == "pasaporte, visa y foto"
    assert Translator("es").join(["nombre", "identidad"]) == "nombre e identidad"
    assert Translator("es").join(["plantas", "hierbas"]) == "plantas y hierbas"
    assert Translator("ht").join(["paspò", "viza", "foto"]) == "paspò, viza ak foto"
    assert Translator("ht").join(["foto"]) == Translator("es").join(["foto"]) == "foto"
    assert Translator("ht").join([]) == Translator("en").join([]) == ""


def test_an_unknown_language_is_refused():
    for lang in ("fr", "", "xx_CL", "ES"):
        with pytest.raises(ValueError, match="no such language"):
            Translator(lang)


def test_the_interface_starts_in_spanish_and_changes():
    assert i18n.translator().lang == "es"
    assert i18n._("today") == "hoy"
    i18n.set_language("ht_CL")
    assert (i18n._("today"), i18n.translator().region) == ("jodi a", "CL")
    assert i18n.ngettext("{n} day ago", "{n} days ago", 1) == "sa gen {n} jou"
    assert i18n.pgettext("QPlatformTheme", "Cancel") == "Anile"


def test_a_message_without_translation_is_shown_in_english_and_the_empty_one_stays_empty():
    for lang in KINDS:
        t = Translator(lang)
        assert t.gettext("No catalogue has this.") == "No catalogue has this."
        assert t.ngettext("{n} unheard", "{n} unheards", 2) == "{n} unheards"
        assert t.gettext("") == t.pgettext("x", "") == ""  # gettext itself would answer the header of the file


def test_marks_change_nothing():
    assert N_("Save") == "Save"
    assert NP_("button", "Save") == ("button", "Save")


@pytest.fixture
def a_tree(tmp_path, monkeypatch):
    """A copy of the catalogues that a test may edit."""
    shutil.copytree(paths.resources() / "i18n", tmp_path / "i18n", ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    i18n._catalogue.cache_clear()
    yield tmp_path / "i18n"
    i18n._catalogue.cache_clear()


def test_a_source_tree_needs_no_compiled_catalogue_and_a_stale_one_is_not_believed(a_tree):
    po = a_tree / "es" / "LC_MESSAGES" / "migrant_office.po"
    assert Translator("es").gettext("today") == "hoy"
    po.with_suffix(".mo").write_bytes(i18n.compiled(po))
    po.write_text(po.read_text(encoding="utf-8").replace('"hoy"', '"este día"'), encoding="utf-8")
    for age, expected in ((60, "este día"), (-60, "hoy")):
        when = po.stat().st_mtime - age
        os.utime(po.with_suffix(".mo"), (when, when))
        i18n._catalogue.cache_clear()
        assert Translator("es").gettext("today") == expected


def test_a_catalogue_of_a_country_replaces_some_messages_and_leaves_the_rest(a_tree):
    overlay = a_tree / "es_MX" / "LC_MESSAGES" / "migrant_office.po"
    overlay.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    overlay.write_text(header + 'msgid "today"\nmsgstr "el día de hoy"\n', encoding="utf-8")
    i18n._catalogue.cache_clear()
    assert Translator("es_MX").gettext("today") == "el día de hoy"
    assert Translator("es_MX").gettext("tomorrow") == "mañana"
    assert Translator("es_CL").gettext("today") == Translator("es").gettext("today") == "hoy"


def test_a_city_has_its_own_words():
    words = {"today": "el día de hoy", "{n} days ago": "hace ya {n} días", "Cancel": "Dejar"}
    i18n.set_language("es", words)
    assert (i18n._("today"), i18n._("yesterday")) == ("el día de hoy", "ayer")
    assert i18n.translator().ago(TUESDAY - timedelta(5), TUESDAY) == "hace ya 5 días"
    assert i18n.pgettext("QPlatformTheme", "Cancel") == "Dejar"
    i18n.set_language("es")
    assert i18n._("today") == "hoy"


def test_without_any_catalogue_the_program_speaks_english_ids(a_tree):
    shutil.rmtree(a_tree / "ht")
    assert Translator("ht").gettext("today") == "today"
    assert Translator("ht").long_date(TUESDAY) == "madi 3 novanm 2026"
