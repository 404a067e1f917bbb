"""What a demo office publishes: the same figures from the same seed, marked as invented."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.release import Release
from migrant_office.models.office import unlock
from migrant_office.models.vault import releases
from migrant_office.models.vault.slots import Cost
from migrant_office.services import month, offices
from migrant_office.services.demo.making import make_demo

QUICK = Cost(1024, 1, 1)
OCTOBER = Month(2026, 10)


def closed(folder: Path, seed: int) -> tuple[Release, bytes]:
    make_demo(
        folder,
        city="santiago",
        people=120,
        months=2,
        until=date(2026, 11, 18),
        seed=seed,
        passphrase="muestra",
        cost=QUICK,
        light=True,
    )
    with clock.at(datetime(2026, 11, 19, 12).astimezone()), closing(unlock(folder, "muestra")) as office:
        return month.close(office, OCTOBER), releases.secret(office.vault, month.SECRET)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, bytes]:
    return closed(tmp_path_factory.mktemp("first") / "office", 7)


def test_the_same_seed_publishes_the_same_bytes(first: tuple[Release, bytes], tmp_path: Path) -> None:
    assert closed(tmp_path / "office", 7) == first
    assert any(cell.value for table in first[0].tables for cell in table.cells)


def test_another_seed_has_another_secret(first: tuple[Release, bytes], tmp_path: Path) -> None:
    assert closed(tmp_path / "office", 8)[1] != first[1]


def test_it_is_marked(first: tuple[Release, bytes]) -> None:
    assert first[0].office.demo


def test_real_offices_draw_their_own_secret(tmp_path: Path) -> None:
    secrets = set()
    for name in ("a", "b"):
        offices.create_office(tmp_path / name, city="santiago", passphrase="four quiet words", cost=QUICK)
        with closing(unlock(tmp_path / name, "four quiet words")) as office:
            assert not office.vault.read("SELECT 1 FROM secret WHERE name = ?", (month.SECRET,))
            assert not month.preview(office, OCTOBER).office.demo
            secrets.add(releases.secret(office.vault, month.SECRET))
    assert len(secrets) == 2
