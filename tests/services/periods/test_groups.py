"""The groups of nationality of a year come from the year before and are written down once."""

from __future__ import annotations

from contextlib import closing as closes
from datetime import date, datetime
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.models.counts.month import Month, Year
from migrant_office.models.nationality_groups import Chosen, NationalityGroups
from migrant_office.models.office import Office, unlock
from migrant_office.models.operations import Op
from migrant_office.models.reads import counts as reads
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services.periods import closing, groups
from tests.factories import PASSPHRASE, exchange, make_replicas, replica
from tests.services.a_month import SECOND, a_case, on

JANUARY = Month(2027, 1)


def came(office: Office, **people: int) -> None:
    for country, many in people.items():
        for _ in range(many):
            a_case(office, nationality=country)


def codes(office: Office, period: Month | Year) -> list[str]:
    return [c.code for c in groups.catalogue_of(office, period).lines("nationality").categories]


def test_without_a_year_before_the_catalogue_s_own_hold(desk: Office) -> None:
    came(desk, CU=40)
    assert groups.groups(desk, 2026) == groups.Groups((), Chosen.DEFAULT)
    assert codes(desk, Month(2026, 3))[:5] == ["VEN", "PER", "HTI", "COL", "BOL"]


def test_the_largest_of_the_year_before_have_a_line(desk: Office) -> None:
    came(desk, CU=40, HT=31, VE=30, EC=29, FR=50)
    assert groups.groups(desk, 2027) == groups.Groups(("CUB", "HTI", "VEN"), Chosen.EXACT)
    assert codes(desk, JANUARY) == ["CUB", "HTI", "VEN", "G_AME", "G_OTH", "_U"]
    assert codes(desk, Month(2026, 3))[:2] == ["VEN", "PER"], "the year itself does not choose"


def test_the_months_of_a_year_do_not_choose(desk: Office) -> None:
    came(desk, HT=35)
    with on(date(2027, 1, 20)):
        came(desk, CU=80)
    assert groups.groups(desk, 2027).lines == ("HTI",)


def test_they_are_written_down_once_and_stay(desk: Office) -> None:
    came(desk, HT=35)
    with on(date(2027, 2, 1)):
        assert not groups.groups(desk, 2027).fixed, "a look writes nothing"
        closing.preview(desk, JANUARY)
        assert reads.groups(desk.vault, "2027") is None
        many = len(desk.undoable)
        closing.close(desk, JANUARY, SECOND)
        assert len(desk.undoable) == many, "nobody undoes it"
        before = desk.vault.file(Ref(Home.FORM, groups.DOCUMENT)).all(NationalityGroups)
    assert groups.groups(desk, 2027) == groups.Groups(("HTI",), Chosen.EXACT, fixed=True)
    with desk.vault.transaction():
        desk.vault.write("UPDATE person SET nationality = 'VE'")
    with on(date(2027, 3, 1)):
        closing.close(desk, Month(2027, 2), SECOND)
        assert desk.vault.file(Ref(Home.FORM, groups.DOCUMENT)).all(NationalityGroups) == before
    assert [entry.lines for entry in before.values()] == ["HTI"]
    assert groups.groups(desk, 2027).lines == ("HTI",)
    desk.vault.rebuild(replay=True)
    assert groups.groups(desk, 2027).lines == ("HTI",)


def test_what_was_published_chooses_before_what_is_exact(desk: Office) -> None:
    came(desk, HT=62, VE=40)
    with on(date(2027, 1, 3)):
        release = closing.close(desk, Year(2026), SECOND)
    table = release.table("nationality", "persons_attended")
    assert {table.cell("HTI").value, table.cell("VEN").value} <= {40, 35, 45, 60, 65}
    with desk.vault.transaction():
        desk.vault.write("UPDATE person SET nationality = 'CU'")
    assert groups.groups(desk, 2027) == groups.Groups(("HTI", "VEN"), Chosen.RELEASED)


def test_a_year_with_its_total_only_falls_back_on_the_exact_figures(desk: Office) -> None:
    came(desk, HT=20)
    with on(date(2027, 1, 3)):
        assert closing.close(desk, Year(2026), SECOND).total_only
    assert groups.groups(desk, 2027) == groups.Groups((), Chosen.DEFAULT)


def test_two_devices_end_with_the_same_groups(tmp_path: Path) -> None:
    keys, images = make_replicas(tmp_path, 2)
    one, other = (replica(tmp_path / f"{n}.db", image, keys) for n, image in enumerate(images))
    for vault, lines in ((one, "HTI"), (other, "VEN,CUB")):
        with vault.operation(Op.FIX_GROUPS, groups.DOCUMENT) as op:
            op.put(
                NationalityGroups(
                    id="2027", lines=lines, chosen=Chosen.EXACT, catalogue="2026.2", recorded=date(2027, 2, 1)
                )
            )
    exchange(one, other)
    found = {reads.groups(vault, "2027") for vault in (one, other)}
    assert len(found) == 1
    assert found <= {("HTI", "exact"), ("VEN,CUB", "exact")}


@pytest.mark.parametrize("country", ["MX", "ZZ", "FR"])
def test_a_country_that_the_catalogue_does_not_name_gets_no_line(desk: Office, country: str) -> None:
    came(desk, **{country: 60})
    assert groups.groups(desk, 2027).lines == (("MEX",) if country == "MX" else ())


def test_they_are_there_after_the_office_was_closed(desk_folder: Path) -> None:
    with clock.at(datetime(2027, 2, 1, 12).astimezone()):
        with closes(unlock(desk_folder, PASSPHRASE)) as office:
            groups.fix(office, 2027)
        with closes(unlock(desk_folder, PASSPHRASE)) as office:
            assert groups.groups(office, 2027).fixed
