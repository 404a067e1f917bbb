"""What the office approved holds until a text changes or somebody takes it back, on every device."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.notice import load_notice
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.parity import registered, write_registry
from migrant_office.models.vault.nouns import changed
from migrant_office.services import history, office_settings, parity, sheet_wording
from migrant_office.services.notice_sheet import notice_sheet
from migrant_office.services.plain_sheet import plain_sheet
from tests.factories import DAY, exchange
from tests.services.test_every_operation import desks as desks

PAIR, OTHER = ("Cita", "Randevou"), ("Gratis", "Gratis nèt")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The file of shipped approvals, in a place where a test may write it."""
    file = tmp_path / "reviews.csv"
    file.write_text(write_registry([registered(*PAIR, "Nadège", DAY)]), encoding="utf-8")
    monkeypatch.setattr(parity, "REGISTRY", file)  # an absolute path wins over the folder before it
    yield file
    parity._registry.cache_clear()


def test_nobody_has_approved_anything_that_the_program_ships_with(desk: Office) -> None:
    assert len(parity.standing(desk)) == 0


def test_an_approval_is_one_act_with_its_reader_and_day_and_can_be_undone(desk: Office) -> None:
    done = parity.approve(desk, [PAIR, OTHER, PAIR], " Marie  Désir ", DAY - timedelta(3))
    assert done.op == Op.APPROVE_TEXTS
    for pair in (PAIR, OTHER):
        review = parity.standing(desk).of(*pair)
        assert review is not None
        assert (review.reviewer, review.on) == ("Marie Désir", DAY - timedelta(3))
    assert parity.standing(desk).of("Cita", "Randevou a") is None
    history.undo(desk)
    assert len(parity.standing(desk)) == 0
    history.redo(desk)
    assert len(parity.standing(desk)) == 2


def test_what_stands_already_is_not_written_again(desk: Office) -> None:
    parity.approve(desk, [PAIR], "Marie")
    many = len(desk.undoable)
    parity.approve(desk, [PAIR], "Marie")
    parity.withdraw(desk, [OTHER])
    assert len(desk.undoable) == many
    parity.approve(desk, [PAIR], "Jean")
    review = parity.standing(desk).of(*PAIR)
    assert review is not None
    assert review.reviewer == "Jean"


def test_the_last_word_counts(desk: Office) -> None:
    for _ in range(2):
        parity.approve(desk, [PAIR], "Marie")
        assert parity.standing(desk).of(*PAIR)
        parity.withdraw(desk, [PAIR])
        assert parity.standing(desk).of(*PAIR) is None


@pytest.mark.parametrize(
    ("pair", "reviewer", "days"),
    [
        (PAIR, " ", 0),
        (PAIR, "M" * 61, 0),
        (PAIR, "Marie", 1),
        (("Cita", ""), "Marie", 0),
        (("", "Randevou"), "Marie", 0),
        (("Ñuñoa", "Ñuñoa"), "Marie", 0),
    ],
)
def test_what_is_no_approval_is_refused_and_nothing_is_kept(
    desk: Office, pair: tuple[str, str], reviewer: str, days: int
) -> None:
    with pytest.raises(UserError):
        parity.approve(desk, [OTHER, pair], reviewer, DAY + timedelta(days))
    assert len(parity.standing(desk)) == 0


def test_an_office_may_take_back_what_the_program_ships_as_approved_and_approve_it_itself(
    desk: Office, registry: Path
) -> None:
    review = parity.standing(desk).of(*PAIR)
    assert review is not None
    assert review.reviewer == "Nadège"
    parity.withdraw(desk, [PAIR])
    assert parity.standing(desk).of(*PAIR) is None
    parity.approve(desk, [PAIR], "Marie")
    review = parity.standing(desk).of(*PAIR)
    assert review is not None
    assert review.reviewer == "Marie"


def test_a_registry_that_was_exchanged_is_read_again_and_a_broken_one_is_told(desk: Office, registry: Path) -> None:
    assert len(parity.standing(desk)) == 1
    registry.write_text(write_registry([]) + "x\n", encoding="utf-8")
    with pytest.raises(UserError):
        parity.standing(desk)
    registry.unlink()
    with pytest.raises(UserError):
        parity.standing(desk)


def test_a_notice_whose_creole_is_approved_bears_no_mark_until_a_word_changes(desk: Office) -> None:
    office_settings.save(desk, changed(office_settings.read(desk), only_reviewed=True))
    with pytest.raises(NotAllowed):
        notice_sheet(desk)
    spoken = {(each.es, each.ht) for each in load_notice("santiago").spoken if each.es != each.ht}
    parity.approve(desk, spoken, "Marie")
    assert not notice_sheet(desk).draft
    parity.withdraw(desk, [min(spoken)])
    with pytest.raises(NotAllowed):
        notice_sheet(desk)


def test_a_sheet_whose_creole_is_approved_is_no_draft(desk: Office) -> None:
    assert plain_sheet(desk, "labour_rights").draft
    rows = sheet_wording.definition(desk, "labour_rights").rows
    parity.approve(desk, {(row.es, row.ht) for row in rows if row.ht and row.es != row.ht}, "Marie")
    assert not plain_sheet(desk, "labour_rights").draft


def test_it_is_read_again_only_after_something_changed(desk: Office) -> None:
    first = parity.standing(desk)
    assert parity.standing(desk) is first
    parity.approve(desk, [PAIR], "Marie")
    second = parity.standing(desk)
    assert second is not first
    assert parity.standing(desk) is second


def test_two_thousand_texts_are_approved_and_found_again_without_a_wait(desk: Office) -> None:
    many = [(f"Texto número {n}", f"Tèks nimewo {n}") for n in range(2_000)]
    start = time.perf_counter()
    parity.approve(desk, many, "Marie")
    written = time.perf_counter() - start
    assert len(parity.standing(desk)) == 2_000
    start = time.perf_counter()
    for _ in range(100):
        parity.standing(desk)
    assert time.perf_counter() - start < written, "a hundred sheets ask for less than one approval costs"


def test_desks_that_disagree_at_once_come_to_the_same_draft(desks: tuple[Office, Office]) -> None:
    here, there = desks
    parity.approve(here, [PAIR], "Marie")
    exchange(here.vault, there.vault)
    parity.withdraw(here, [PAIR])
    parity.approve(there, [PAIR], "Jean")
    exchange(here.vault, there.vault)
    assert [parity.standing(office).of(*PAIR) for office in desks] == [None, None]
    parity.approve(there, [PAIR], "Jean")
    exchange(here.vault, there.vault)
    assert [review.reviewer for office in desks if (review := parity.standing(office).of(*PAIR))] == ["Jean", "Jean"]
