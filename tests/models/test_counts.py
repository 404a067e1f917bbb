"""The nouns of the counts: months, the two cities' catalogues, releases as bytes."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import UserError
from migrant_office.models.counts.catalogue_file import parse_catalogue, read_catalogue
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.release import Office, Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL
from migrant_office.paths import resources

CITIES = ("santiago", "cdmx")
months = st.builds(Month, st.integers(1900, 2198), st.integers(1, 12))


def catalogue_path(city: str):
    return resources() / "forms" / city / "indicators.toml"


def line_of(catalogue, name, value):
    """The code of the line on which a value stands."""
    scheme = catalogue.scheme(name)
    assert scheme is not None
    return scheme.code_of(value)


@given(months)
def test_a_month_is_written_and_read_back(month):
    assert Month.parse(str(month)) == month


@given(months)
def test_months_follow_each_other_without_a_gap(month):
    assert month.last + timedelta(days=1) == month.next().first
    assert month.next().previous() == month
    assert month < month.next()
    assert month.first in month
    assert month.last in month
    assert month.next().first not in month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-10",
        "2026/10",
        "2026-10-01",
        " 2026-10",
        "２０２６-10",
        "octubre",
    ],
)
def test_other_texts_are_refused_with_a_sentence(text):
    with pytest.raises(UserError) as refused:
        Month.parse(text)
    assert refused.value.data == {"text": text}


def test_february_of_a_leap_year():
    month = Month.of(date(2028, 2, 11))
    assert (month.first, month.last) == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize("city", CITIES)
def test_the_catalogue_of_each_city_has_the_month_tables_and_the_rule_as_decided(city):
    catalogue = read_catalogue(catalogue_path(city))
    assert catalogue.city == city
    p = catalogue.parameters
    assert (p.base, p.threshold, p.row_persons, p.row_rest) == (5, 10, 30, 10)
    assert (p.top_one_percent, p.top_two_percent, p.office_persons) == (50, 90, 30)
    tables = {table.code: (table.dimensions, set(table.indicators)) for table in catalogue.tables["month"]}
    everything = {indicator.code for indicator in catalogue.indicators}
    persons = {"persons_attended", "cases_opened", "persons_referred"}
    events = {"persons_referred", "referrals"}
    assert tables == {
        "total": ((), everything),
        "sex": (("sex:month",), everything),
        "age": (("age:month",), everything),
        "nationality": (("nationality:month",), everything),
        "service": (("service_type:month",), events | {"referral_outcomes"}),
        "status": (("status:month",), persons),
        "sex_age": (("age:month", "sex:month"), persons),
    }
    by_kind = {kind: {table.code for table in found} for kind, found in catalogue.tables.items()}
    assert by_kind["quarter"] == {
        "total",
        "sex_nationality",
        "sex_service",
        "service_outcome",
        "nationality_service",
        "disability",
    }
    assert by_kind["year"] == {"total", "nationality", "nationality_status", "age", "age_unhcr"}
    assert {indicator.code: indicator.unit for indicator in catalogue.indicators} == {
        "persons_attended": "persons",
        "cases_opened": "persons",
        "cases_closed": "persons",
        "certifications": "persons",
        "entrepreneurship_support": "persons",
        "persons_referred": "persons",
        "attentions": "events",
        "referrals": "events",
        "referral_outcomes": "events",
    }


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(
    ("age", "month", "survey"),
    [
        (0, "Y0T17", "Y0T29"), (17, "Y0T17", "Y0T29"), (18, "Y18T29", "Y0T29"), (29, "Y18T29", "Y0T29"),
        (30, "Y30T44", "Y30T60"), (44, "Y30T44", "Y30T60"), (45, "Y45T59", "Y30T60"), (59, "Y45T59", "Y30T60"),
        (60, "Y_GE60", "Y30T60"), (61, "Y_GE60", "Y_GE61"), (120, "Y_GE60", "Y_GE61"),
        (None, "_U", "_U"), (-1, "_U", "_U"),
    ],
)  # fmt: skip
def test_ages_at_the_edges_of_their_bands(city, age, month, survey):
    catalogue = read_catalogue(catalogue_path(city))
    assert line_of(catalogue, "age", age) == month
    assert line_of(catalogue, "age:survey", age) == survey


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("sex", "woman", "F"), ("sex", "M", "M"), ("sex", "other", "_O"), ("sex", "", "_O"), ("sex", "?refused", "_O"),
        ("sex:full", "other", "X"), ("sex:full", "?refused", "_U"),
        ("nationality", "VE", "VEN"), ("nationality", "ve", "VEN"),
        ("nationality", "CL", "G_AME"), ("nationality", "CN", "G_OTH"), ("nationality", "", "_U"),
        ("service_type", "employment", "WORK"), ("service_type", "", "_O"),
    ],
)  # fmt: skip
def test_values_find_their_line(name, value, code):
    assert line_of(read_catalogue(catalogue_path("santiago")), name, value) == code


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(
    "word", ["gender_violence", "international_protection", "Violencia de género", "Protección internacional"]
)
def test_violence_and_asylum_have_no_line_of_their_own(city, word):
    catalogue = read_catalogue(catalogue_path(city))
    assert line_of(catalogue, "service_type", word) == "_O"
    labels = [c.label.es.casefold() for c in catalogue.lines("service_type").categories]
    assert not any("violencia" in label or "internacional" in label for label in labels)


@pytest.mark.parametrize("city", CITIES)
def test_no_value_of_a_dimension_without_scheme_can_be_in_a_table(city):
    text = catalogue_path(city).read_text(encoding="utf-8")
    broken = {
        'dimensions = ["sex:month"]': 'dimensions = ["nationality:each"]',
        'dimensions = ["age:month"]': 'dimensions = ["age:month", "sex:month", "nationality:month"]',
        "threshold = 10": "threshold = 9",
        'unit = "persons"': 'unit = "people"',
        "from = 18": "from = 19",
        "missing = true": "",
        'label = { es = "Total", en': 'label = { es = "", en',
        'values = ["VE"]': 'values = ["VE", "CN", "ve"]',
        'column = "sex"': 'column = "gender"',
    }
    for right, wrong in broken.items():
        assert right in text
        with pytest.raises((ValueError, KeyError)):
            parse_catalogue(text.replace(right, wrong))


def test_a_damaged_catalogue_is_refused_with_a_sentence(tmp_path):
    for name, content in (("a.toml", b"version = "), ("b.toml", b"version = '1'"), ("c.toml", b"\xff\xfe")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError):
            read_catalogue(tmp_path / name)
    with pytest.raises(UserError):
        read_catalogue(tmp_path / "missing.toml")


@pytest.mark.parametrize("code", ["", "Oficina", "a b", "../x", "a--b", "-a", "ñ", "a/b"])
def test_an_office_code_that_cannot_be_a_file_name_is_refused(code):
    with pytest.raises(UserError):
        Office(code, "Oficina", demo=False)


@st.composite
def releases(draw):
    catalogue = read_catalogue(catalogue_path(draw(st.sampled_from(CITIES))))
    month = draw(months)
    values = st.one_of(st.just((None, "Q")), st.just((None, "M")), st.integers(2, 999).map(lambda n: (5 * n, "A")))
    table, indicator = catalogue.tables["month"][1], catalogue.indicators[0]
    lines = catalogue.lines(table.dimensions[0])
    cells = tuple(ReleasedCell((code,), *draw(values)) for code in [*(c.code for c in lines.categories), TOTAL])
    return Release(
        office=Office("oficina-1", draw(st.text(min_size=1, max_size=20)), demo=draw(st.booleans())),
        city=catalogue.city,
        place=catalogue.place,
        period=str(month),
        start=month.first,
        end=month.last,
        revision=draw(st.integers(1, 9)),
        catalogue_version=catalogue.version,
        parameters=catalogue.parameters,
        legal=catalogue.legal,
        language=draw(st.sampled_from(["es_CL", "es_MX", "ht_CL", "en"])),
        created_at=draw(st.datetimes(timezones=st.just(UTC))).replace(microsecond=0),
        total_only=draw(st.booleans()),
        indicators=(indicator,),
        dimensions=(lines,),
        tables=(ReleasedTable(table.code, table.label, indicator.code, table.dimensions, cells),),
    )


@given(releases())
def test_a_release_comes_back_from_its_bytes(release):
    again = Release.from_json(release.to_json())
    assert again == release
    assert again.to_json() == release.to_json()
    assert again.sha256 == release.sha256


@given(releases(), st.data())
def test_a_changed_figure_changes_the_fingerprint(release, data):
    table = release.tables[0]
    place = data.draw(st.integers(0, len(table.cells) - 1))
    cells = list(table.cells)
    cells[place] = ReleasedCell(cells[place].codes, 10_000, "A")
    changed = ReleasedTable(table.code, table.label, table.indicator, table.dimensions, tuple(cells))
    other = Release.from_json(release.to_json())
    object.__setattr__(other, "tables", (changed,))
    assert other.sha256 != release.sha256


@given(releases())
def test_bytes_that_are_no_release_are_refused(release):
    data = release.to_json()
    wrong = [b"", b"{}", b"[]", b"null", data[:-1], data.replace(b'"format":1', b'"format":2'), b"\xff" + data]
    wrong.append(data.replace(b'"revision"', b'"revisions"'))
    wrong += [data.replace(release.language.encode(), other) for other in (b"fr", b"")]
    wrong.append(data.replace(b'"language":"' + release.language.encode() + b'"', b'"language":null'))
    wrong.append(
        data.replace(b'"obs_status":"Q"', b'"obs_status":"A"').replace(b'"obs_status":"M"', b'"obs_status":"D"')
    )
    for one in wrong:
        if one != data:
            with pytest.raises(UserError):
                Release.from_json(one)
