"""Desks that complete, load forms and join households at once, and meet later: all say the same, nothing crashes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from migrant_office.models.diversity import Barrier
from migrant_office.models.household import Member, Role
from migrant_office.models.office import Office
from migrant_office.models.vault.folder import DATABASE, Opened
from migrant_office.models.vault.keys import CompartmentClosed
from migrant_office.services import history, households, intake, people, protection
from migrant_office.services import office_forms as forms
from migrant_office.services.intake.tally import asked
from tests.factories import an_about, exchange, make_replicas, replica, table_rows
from tests.services.intake.test_kept import FAMILY, filled, own_form

Desks = tuple[Office, Office, Office]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Three desks of one office; the officer of the last has no key of the compartment."""
    keys, images = make_replicas(tmp_path / "made", 3)
    made = []
    for number, image in enumerate(images):
        folder = tmp_path / str(number)
        folder.mkdir()
        vault = replica(folder / DATABASE, image, keys, compartment=number < 2)
        lock = filelock.FileLock(folder / "lock")
        opened = Opened(
            vault=vault,
            about=an_about(),
            officer=str(number),
            label="",
            lock=lock,
            path=folder / DATABASE,
            data_key=keys.data,
        )
        made.append(Office(opened, folder))
    yield made[0], made[1], made[2]
    for office in made:
        office.close()


def meet(*desks: Office) -> None:
    exchange(*(desk.vault for desk in desks))
    first, *others = (table_rows(desk.vault) for desk in desks)
    assert all(rows == first for rows in others)


def test_two_desks_complete_the_same_person(desks: Desks) -> None:
    one, other, _ = desks
    own_form(one)
    _, case = intake.complete(one, intake.new_draft(one), filled(one, given="Rose", barriers=("transport",)))
    meet(one, other)
    told = ({"barriers": ("transport", "health"), "meal": "yes"}, {"barriers": (), "given": "Rosa", "meal": "no"})
    for desk, answers in zip((one, other), told, strict=True):
        draft, filling = intake.begin(desk, case=case)
        for name, answer in answers.items():
            filling.set(f"/contact/{name}", answer)
        intake.complete(desk, draft, filling)
    meet(one, other)
    found = people.read_case(one, case)
    assert found == people.read_case(other, case)
    assert (found.person.given, found.person.barriers) == ("Rosa", frozenset({Barrier.HEALTH}))
    assert len(found.latest_answers) == 1
    history.undo(other)
    meet(one, other)
    assert people.read_case(one, case).person.given == "Rose"
    history.redo(other)
    meet(one, other)
    assert people.read_case(one, case) == found


def test_two_desks_load_another_version_at_once(desks: Desks) -> None:
    one, other, _ = desks
    own_form(one, "1")
    own_form(other, "2")
    meet(one, other)
    assert intake.intake_form(one).digest == intake.intake_form(other).digest
    for desk in (other, one):
        history.undo(desk)
        meet(one, other)
    assert intake.intake_form(one).id == intake.intake_form(other).id == "intake_santiago"


def test_two_desks_add_to_one_household_and_one_member_is_erased(desks: Desks) -> None:
    one, other, _ = desks
    forms.load(one, forms.FAMILY, FAMILY.encode(), "md")
    own_form(one)
    meet(one, other)
    family = intake.begin(one, forms.FAMILY)[1]
    family.add("/members")
    family.set("/members[1]/given", "Rose")
    family.set("/members[2]/given", "Ana")
    _, case = intake.complete(one, intake.new_draft(one, forms.FAMILY), family)
    meet(one, other)
    household = people.read_case(one, case).person.household
    for desk in (one, other):
        _, child = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Eva"))
        households.add_member(desk, household, Member(id=child, role=Role.CHILD, guardian=case))
    meet(one, other)
    assert len(households.read_household(other, household).members) == 4
    history.undo(one)
    meet(one, other)
    assert len(households.read_household(other, household).members) == 3
    one.vault.erase(case)
    meet(one, other)
    assert len(households.read_household(other, household).members) == 2


def test_without_the_key_a_draft_waits_and_restricted_answers_do_not_count(desks: Desks) -> None:
    one, _, keyless = desks
    own_form(one)
    _, case = intake.complete(one, intake.new_draft(one), filled(one, given="Rose", meal="yes"))
    exchange(one.vault, keyless.vault)
    draft, filling = intake.begin(keyless, case=case)
    filling.set("/contact/fear", "lo que teme")
    draft = intake.save_draft(keyless, draft, filling)
    with pytest.raises(CompartmentClosed):
        intake.complete(keyless, draft, filling)
    assert intake.waiting(keyless) == [draft]
    assert asked(keyless) == [("meal", 1)]
    protection.open_path(one, case, [])
    exchange(one.vault, keyless.vault)
    assert (asked(keyless), asked(one)) == ([], [("meal", 1)])
