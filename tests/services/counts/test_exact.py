"""Exact counts against a slow count done by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import countries
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.terms import TOTAL, Label
from migrant_office.services.counts.exact import exact_tables


def by_hand(records, catalogue, indicator, dimensions, codes):
    """Distinct persons and events of one cell, one record at a time, by the definitions alone."""
    mine = [r for r in records if r.indicator == indicator.counts]
    first = {r.person: min((o for o in mine if o.person == r.person), key=lambda o: o.event) for r in mine}
    persons, events = set(), set()
    for record in mine:
        for name, code in zip(dimensions, codes, strict=True):
            dimension = catalogue.dimension(name)
            value = (first[record.person] if dimension.of == "person" else record).value(dimension.code)
            if code not in (TOTAL, catalogue.scheme(name).code_of(value)):
                break
        else:
            persons.add(record.person)
            events.add(record.event)
    return len(persons), len(events)


@pytest.mark.parametrize("seed", range(3))
def test_every_cell_equals_the_count_by_hand(catalogue, records, seed):
    month = records(40, seed)
    tables = exact_tables(month, catalogue)
    assert len(tables) == sum(len(table.indicators) for table in catalogue.tables["month"])
    for table in tables:
        names = [lines.id for lines in table.dimensions]
        for cell in table.cells:
            expected = by_hand(month, catalogue, catalogue.indicator(table.indicator), names, cell.codes)
            assert (cell.persons, cell.events) == expected


@given(persons=st.integers(0, 40), seed=st.integers(0, 99), shuffle=st.integers(0, 99))
def test_order_and_repetition_of_records_are_irrelevant(catalogue, records, persons, seed, shuffle):
    month = records(persons, seed)
    mixed = month + month[: len(month) // 3]
    random.Random(shuffle).shuffle(mixed)
    assert exact_tables(mixed, catalogue) == exact_tables(month, catalogue)


@given(persons=st.integers(0, 60), seed=st.integers(0, 99))
def test_persons_and_events_stand_on_one_line_each_and_add_up(catalogue, records, persons, seed):
    for table in exact_tables(records(persons, seed), catalogue):
        if len(table.dimensions) == 1:
            lines = [cell for cell in table.cells if cell.codes != (TOTAL,)]
            assert sum(cell.events for cell in lines) == table.total.events
            if table.code != "service":  # one person may use several services
                assert sum(cell.persons for cell in lines) == table.total.persons


def test_one_person_with_two_events_and_two_services_is_one_person(catalogue):
    her = Record(person="p1", event="", indicator="referrals", sex="woman", nationality="HT")
    month = [
        replace(her, event="e1", age=29, service_type="health"),
        replace(her, event="e1", age=29, service_type="employment"),  # one referral for two services
        replace(her, event="e2", age=30, service_type="health"),  # after her birthday
    ]
    tables = {(table.code, table.indicator): table for table in exact_tables(month, catalogue)}
    total = tables["total", "persons_referred"].total
    assert (total.persons, total.events) == (1, 2)
    service = tables["service", "referrals"]
    assert (service.cell("HEALTH").persons, service.cell("HEALTH").events) == (1, 2)
    assert (service.cell("WORK").persons, service.cell("WORK").events) == (1, 1)
    age = tables["age", "persons_referred"]
    assert (age.cell("Y18T29").persons, age.cell("Y30T44").persons) == (1, 0)
    assert tables["total", "persons_attended"].total.persons == 0


def test_one_way_by_survey_bands_single_values_and_extra_dimensions(catalogue):
    month = [
        Record(person=f"p{n}", event=f"e{n}", indicator="attentions", sex="X", age=age, nationality=nat, extra=extra)
        for n, (age, nat, extra) in enumerate(
            [
                (29, "VE", {"schooling": "higher"}),
                (60, "CL", {"schooling": "?refused"}),
                (61, "VE", {}),
                (None, "", {"schooling": "higher"}),
            ]
        )
    ]
    by = ["age:survey", "nationality:each", "schooling", "sex:full"]
    tables = {t.code: t for t in exact_tables(month, catalogue, by=by) if t.indicator == "persons_attended"}
    counted = {code: {cell.codes[0]: cell.persons for cell in table.cells} for code, table in tables.items()}
    assert counted == {
        "age:survey": {"Y0T29": 1, "Y30T60": 1, "Y_GE61": 1, "_U": 1, "_T": 4},
        "nationality:each": {"CL": 1, "VE": 2, "_U": 1, "_T": 4},
        "schooling": {"higher": 2, "_U": 2, "_T": 4},
        "sex:full": {"F": 0, "M": 0, "X": 4, "_U": 0, "_T": 4},
    }


def test_lines_of_single_values_have_words(catalogue):
    extra = {"schooling": "university", "children": "2", "service": "s1", "outcome": "job_found", "served_in": "HT"}
    told = [
        Record(person="p1", event="e1", indicator="attentions", nationality="HT", sex="woman", extra=extra),
        Record(person="p2", event="e2", indicator="attentions", nationality="ZZ", sex="abc", extra={"schooling": "?"}),
        Record(person="p3", event="e3", indicator="attentions", nationality="other", extra={"served_in": "MX"}),
    ]
    by = ["nationality:each", "sex:each", "schooling", "children", "service", "outcome", "served_in"]
    tables = exact_tables(told, catalogue, by=by, services={"s1": "Bolsa de trabajo"})
    words = {
        table.code: {category.code: category.label for category in table.dimensions[0].categories}
        for table in tables
        if table.indicator == "persons_attended"
    }
    missing = Label("Sin dato", "No data", "San enfòmasyon")
    assert all(found.get("_U", missing) == missing for found in words.values())
    assert words["nationality:each"]["HT"] == Label("Haití", "Haiti", "Ayiti")
    assert words["nationality:each"]["ZZ"] == Label("ZZ", "ZZ", "ZZ")  # no country; the file of a survey may say so
    assert words["nationality:each"]["other"].es == "Otro"
    assert words["sex:each"]["woman"].es == "Mujer"
    assert words["sex:each"]["abc"].es == "abc"
    assert words["schooling"]["university"].es == "Universitaria"
    assert words["outcome"]["job_found"].en == "Found work"
    assert words["served_in"]["MX"].en == "Mexico"
    assert words["children"]["2"].ht == "2"
    assert words["service"]["s1"].ht == "Bolsa de trabajo"
    assert {table.code: table.label.es for table in tables}["schooling"] == "Escolaridad"
    assert not any(table.dimensions[0].label.es in ("schooling", "children", "service", "outcome") for table in tables)


def test_every_country_has_a_word_in_every_language(catalogue):
    told = [Record(person=code, event=code, indicator="attentions", nationality=code) for code in countries()]
    for category in exact_tables(told, catalogue, by=["nationality:each"])[0].dimensions[0].categories:
        assert min(category.label.es, category.label.en, category.label.ht)
        assert category.label.es != category.code


def test_a_record_that_nobody_counts_and_an_unknown_scheme_are_not_lost_in_silence(catalogue):
    with pytest.raises(ValueError, match="visits"):
        exact_tables([Record(person="p", event="e", indicator="visits")], catalogue)
    with pytest.raises(KeyError):
        exact_tables([], catalogue, by=["age:decades"])
