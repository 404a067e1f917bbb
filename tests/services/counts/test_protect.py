"""The rules of a release: what may be shown, and that nothing else can be read from it."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.counts.catalogue import Dimension, Scheme, Table
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Release
from migrant_office.models.counts.terms import TOTAL, Category, Label
from migrant_office.services.counts.exact import exact_tables
from migrant_office.services.counts.protect import dominated, row_is_open

months = {"persons": st.integers(0, 150), "seed": st.integers(0, 9999)}


def pairs(release: Release, records, catalogue):
    """Every released cell beside its exact one: unit, exact cell, released cell."""
    exact = {(table.code, table.indicator): table for table in exact_tables(records, catalogue)}
    for table in release.tables:
        for cell in table.cells:
            yield exact[table.code, table.indicator].unit, exact[table.code, table.indicator].cell(*cell.codes), cell


@given(**months)
def test_a_shown_figure_has_ten_persons_is_a_multiple_of_five_and_near(catalogue, released, records, persons, seed):
    month = records(persons, seed)
    for unit, exact, cell in pairs(released(month), month, catalogue):
        if cell.value is None:
            assert (cell.obs_status, cell.marker) == ("Q", "c")
        else:
            assert (cell.obs_status, cell.marker, cell.conf_status) == ("A", "", "F")
            assert exact.persons >= 10
            assert cell.value % 5 == 0
            assert abs(cell.value - exact.value(unit)) < 5


@given(**months)
def test_a_figure_of_persons_is_hidden_only_below_ten(catalogue, released, records, persons, seed):
    month = records(persons, seed)
    release = released(month)
    plain = replace(release, tables=tuple(table for table in release.tables if table.code != "status"))
    for unit, exact, cell in pairs(plain, month, catalogue):
        if unit == "persons":
            assert (cell.value is None) == (exact.persons < 10)


def test_zero_and_small_and_nine_look_the_same(catalogue, released, records):
    month = records(150, 3)
    release = released(month)
    hidden = {exact.persons: cell for _unit, exact, cell in pairs(release, month, catalogue) if exact.persons < 10}
    assert {0, 1, 9} <= set(hidden)
    assert len({(cell.value, cell.obs_status, cell.marker, cell.conf_status) for cell in hidden.values()}) == 1


@given(shuffle=st.integers(0, 999), **months)
def test_order_and_repetition_of_records_change_no_byte(released, records, persons, seed, shuffle):
    month = records(persons, seed)
    mixed = month + month[: len(month) // 2]
    random.Random(shuffle).shuffle(mixed)
    assert released(mixed).to_json() == released(month).to_json()


def test_the_same_persons_give_the_same_figure_in_every_table(catalogue, released, records):
    month = [replace(r, sex="woman", nationality="HT", age=33) for r in records(83, 5)]
    release = released(month)
    for indicator in ("persons_attended", "attentions", "persons_referred", "referrals"):
        lines = {("sex", "F"), ("age", "Y30T44"), ("nationality", "HTI")}
        values = {release.table(table, indicator).cell(code).value for table, code in lines}
        values |= {table.total.value for table in release.tables if table.indicator == indicator}
        assert len(values) == 1
        assert None not in values
    both = release.table("sex_age", "persons_attended")
    values = {both.cell(age, sex).value for age in ("Y30T44", TOTAL) for sex in ("F", TOTAL)}
    assert values == {release.table("total", "persons_attended").total.value}


@pytest.mark.parametrize(
    "changed", [{"revision": 2}, {"month": "2026-11"}, {"secret": b"another secret, 32 bytes long..."}]
)
def test_another_revision_month_or_secret_draws_again(released, records, changed):
    month = records(600, 8)
    first, second = released(month), released(month, **changed)
    shown = [
        (one.value, two.value)
        for table, other in zip(first.tables, second.tables, strict=True)
        for one, two in zip(table.cells, other.cells, strict=True)
        if one.value is not None
    ]
    moved = sum(one != two for one, two in shown)
    assert 0.15 < moved / len(shown) < 0.6  # 32 % are expected: 2 * r/5 * (1 - r/5), averaged
    assert [[c.obs_status for c in t.cells] for t in first.tables] == [
        [c.obs_status for c in t.cells] for t in second.tables
    ]


def test_the_error_of_whole_releases_is_unbiased(catalogue, released, records):
    month, errors = records(2000, 11), []
    for revision in range(1, 41):
        release = released(month, revision=revision)
        errors += [c.value - e.value(u) for u, e, c in pairs(release, month, catalogue) if c.value is not None]
    assert len(errors) > 2000
    assert abs(sum(errors) / len(errors)) < 0.2


# -- events


def attentions(*by_person: int) -> list[Record]:
    """Attentions: the first person has so many, the second so many..."""
    return [
        Record(person=f"p{p}", event=f"e{p}-{n}", indicator="attentions", sex="woman", age=30, nationality="VE")
        for p, many in enumerate(by_person)
        for n in range(many)
    ]


@pytest.mark.parametrize(
    ("by_person", "shown"),
    [
        ([1] * 40, True),
        ([39] + [1] * 39, True),  # exactly half
        ([40] + [1] * 39, False),  # one more
        ([216, 216] + [1] * 48, True),  # two make exactly nine tenths
        ([216, 216] + [1] * 47, False),
    ],
)
def test_a_total_of_events_that_one_person_makes_is_hidden(released, by_person, shown):
    total = released(attentions(*by_person)).table("total", "attentions").total
    assert (total.value is not None) is shown


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_dominance_is_half_for_one_and_nine_tenths_for_two(catalogue, by_person):
    counter = Counter({f"p{n}": many for n, many in enumerate(by_person)})
    first, second = [*sorted(by_person, reverse=True), 0][:2]
    expected = first > sum(by_person) / 2 or (first + second) * 10 > sum(by_person) * 9
    assert dominated(counter, catalogue.parameters) is expected


def test_many_events_of_few_persons_stay_hidden(released):
    crowd = [replace(r, person=f"q{r.person}", event=f"q{r.event}", sex="man") for r in attentions(*[1] * 40)]
    release = released(crowd + attentions(*[30] * 9))
    assert release.table("sex", "attentions").cell("F").value is None  # 270 events, nine women
    assert release.table("sex", "attentions").cell("M").value == 40


# -- sensitive breakdowns


def label(text: str) -> Label:
    return Label(text, text, text)


@pytest.fixture
def sensitive(catalogue):
    """The catalogue with a table of disability (yes, no) by sex and alone, "no" never published."""
    scheme = Scheme(
        categories=tuple(Category(code, label(code)) for code in ("YES", "NO", "_U")),
        values={"yes": "YES", "no": "NO"},
        hidden=frozenset({"NO"}),
    )
    dimension = Dimension(
        code="disability", column="disability", label=label("d"), of="person", sensitive=True, schemes={"month": scheme}
    )
    tables = tuple(
        Table(code=code, label=label(code), dimensions=dimensions, indicators=("persons_attended", "attentions"))
        for code, dimensions in (("d", ("disability:month",)), ("sd", ("sex:month", "disability:month")))
    )
    dimensions = dict(catalogue.dimensions) | {"disability": dimension}
    return replace(catalogue, dimensions=dimensions, tables={"month": (*catalogue.tables["month"], *tables)})


def answers(sex: str, yes: int, no: int, silent: int = 0) -> list[Record]:
    answer = ["yes"] * yes + ["no"] * no + [""] * silent
    return [
        Record(person=f"{sex}{n}", event=f"e{sex}{n}", indicator="attentions", sex=sex, extra={"disability": one})
        for n, one in enumerate(answer)
    ]


@pytest.mark.parametrize(
    ("yes", "no", "shown"),
    [(12, 18, True), (12, 17, False), (20, 10, True), (21, 9, False), (10, 90, True), (9, 91, False), (91, 9, False)],
)
def test_a_sensitive_row_needs_thirty_persons_and_ten_outside_its_largest_line(released, sensitive, yes, no, shown):
    release = released(answers("woman", yes, no) + answers("man", 50, 50), of=sensitive)
    for indicator in ("persons_attended", "attentions"):
        table = release.table("sd", indicator)
        assert (table.cell("F", "YES").value is not None) is shown
        assert table.cell("F", TOTAL).value is not None  # the row's own total is another table's figure
        assert table.cell("M", "YES").value == 50
    assert release.table("sex", "persons_attended").cell("F") == replace(
        release.table("sd", "persons_attended").cell("F", TOTAL), codes=("F",)
    )


def test_of_yes_and_no_only_yes_is_published(released, sensitive):
    release = released(answers("woman", 40, 40, 30), of=sensitive)
    assert [cell.codes for cell in release.table("d", "attentions").cells] == [("YES",), ("_U",), ("_T",)]
    assert b"NO" not in release.to_json()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_an_open_row_leaves_room_for_doubt(catalogue, row):
    if row_is_open(sum(row), max(row), catalogue.parameters):
        assert sum(row) >= 30
        assert sum(row) - max(row) >= 10


# -- small offices, impossible cells


@pytest.mark.parametrize(("persons", "total_only"), [(0, True), (9, True), (29, True), (30, False)])
def test_an_office_under_thirty_persons_publishes_its_totals_only(released, persons, total_only):
    release = released(attentions(*[2] * persons))
    assert release.total_only is total_only
    assert {table.code for table in release.tables} == (
        {"total"} if total_only else {"total", "sex", "age", "nationality", "service", "status", "sex_age"}
    )
    total = release.table("total", "persons_attended").total
    assert (total.value is None) is (persons < 10)


def test_a_cell_that_cannot_exist_has_its_own_marker(catalogue, released, records):
    impossible = frozenset({("persons_attended", "age:month", "Y0T17")})
    release = released(records(100, 1), of=replace(catalogue, impossible=impossible))
    cell = release.table("age", "persons_attended").cell("Y0T17")
    assert (cell.value, cell.obs_status, cell.marker) == (None, "M", "–")
    assert release.table("sex_age", "persons_attended").cell("Y0T17", "F").obs_status == "M"
    assert release.table("age", "attentions").cell("Y0T17").obs_status != "M"


def test_what_a_release_says_about_itself(catalogue, released, records):
    release = released(records(50, 2), month="2026-12", revision=2)
    assert (release.period, str(release.start), str(release.end)) == ("2026-12", "2026-12-01", "2026-12-31")
    assert (release.language, release.name) == ("es_CL", "release-oficina-demo-2026-12-r2")
    assert (release.catalogue_version, release.parameters) == (catalogue.version, catalogue.parameters)
    assert Release.from_json(release.to_json()) == release


def test_no_id_and_no_raw_value_is_in_a_release(released, records):
    month = records(200, 4)
    data = released(month).to_json().decode()
    for record in month:
        assert record.person not in data
        assert record.event not in data
    assert "gender_violence" not in data
