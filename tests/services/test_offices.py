from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from migrant_office.errors import NotAnOffice, StorageFailed, UserError, WrongPassphrase
from migrant_office.models.encounter import Channel
from migrant_office.models.office import Office, new_id, read_about, unlock
from migrant_office.models.person import Person
from migrant_office.models.reads.tables import dump
from migrant_office.models.service import Service
from migrant_office.models.vault.attachments import FOLDER
from migrant_office.models.vault.folder import ABOUT, DATABASE, KEYS
from migrant_office.progress import Progress
from migrant_office.services import catalogue, offices, people
from tests.factories import CHEAP, PASSPHRASE


def made(folder: Path, **told: Any) -> str:
    return offices.create_office(folder, **({"city": "santiago", "passphrase": PASSPHRASE, "cost": CHEAP} | told))


def modes(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): stat.S_IMODE(p.stat().st_mode) for p in folder.rglob("*")}


def test_a_new_office_has_the_city_s_ways(tmp_path: Path) -> None:
    made(tmp_path / "o", city="cdmx")
    about = read_about(tmp_path / "o")
    assert (about.city, about.language, about.demo) == ("cdmx", "es", False)
    assert about.name
    assert about.paper in ("letter", "oficio")


def test_what_was_chosen_is_kept(tmp_path: Path) -> None:
    made(tmp_path / "o", name="  Casa de Todos ", language="ht", paper="letter")
    about = read_about(tmp_path / "o")
    assert (about.name, about.language, about.paper) == ("Casa de Todos", "ht", "letter")


def test_the_catalogue_is_in_it_and_nothing_else(desk: Office) -> None:
    assert len(catalogue.lines(desk)) > 20
    assert people.count(desk) == 0
    assert desk.vault.file is not None
    assert desk.undoable == []


def test_the_recovery_code_opens_it_however_it_is_typed(tmp_path: Path) -> None:
    code = made(tmp_path / "o")
    for typed in (code, code.lower().replace("-", " "), code.replace("-", "")):
        unlock(tmp_path / "o", typed).close()
    assert code not in (tmp_path / "o" / KEYS).read_text()
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path / "o", code[:-1])


def test_everything_is_private_from_the_first_second_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made(tmp_path / "o")
        office = unlock(tmp_path / "o", PASSPHRASE)
        people.open_case(office, Person(id=new_id()))
        found = modes(tmp_path / "o")
        office.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "o").stat().st_mode) == 0o700
    assert {DATABASE, f"{DATABASE}-wal", KEYS, ABOUT} <= set(found)
    assert set(found.values()) == {0o600}


@pytest.mark.parametrize(
    "wrong", [{"city": "atlantis"}, {"city": "../santiago"}, {"city": ""}, {"passphrase": "corta"}, {"passphrase": ""}]
)
def test_a_refused_office_leaves_nothing(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(UserError):
        made(tmp_path / "o", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_taken_is_left_alone(desk_folder: Path) -> None:
    before = {p.name: p.read_bytes() for p in desk_folder.iterdir()}
    with pytest.raises(NotAnOffice, match="already holds an office"):
        made(desk_folder)
    assert {p.name: p.read_bytes() for p in desk_folder.iterdir()} == before


@pytest.mark.parametrize("how", [KeyboardInterrupt, OSError, StorageFailed])
@pytest.mark.parametrize("there", [False, True])
def test_an_office_that_was_not_finished_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: type[BaseException], there: bool
) -> None:
    def stops(_row: dict[str, str], office: Office) -> Service:
        raise how("stopped")

    folder = tmp_path / "o"
    if there:
        folder.mkdir()
        (folder / "notes.txt").write_text("ours")
    monkeypatch.setattr(catalogue, "service_from", stops)
    with pytest.raises((how, UserError)):
        made(folder)
    assert sorted(p.name for p in tmp_path.rglob("*")) == (["notes.txt", "o"] if there else [])


def test_whoever_stops_it_keeps_the_files_that_were_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(_row: dict[str, str], office: Office) -> Service:
        raise KeyboardInterrupt

    (ours := tmp_path / "o" / FOLDER / "ours").parent.mkdir(parents=True)
    ours.write_text("kept")
    monkeypatch.setattr(catalogue, "service_from", stops)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "o")
    assert ours.read_text() == "kept"


@pytest.mark.parametrize("replay", [False, True])
def test_rebuild_makes_every_row_again_the_same(desk: Office, replay: bool) -> None:
    for given in ("Rose-Andrée", "Ana"):
        person = Person(id=new_id(), given=given, phone="+56 9 5555 0001")
        people.open_case(desk, person, encounter=people.new_encounter(desk, Channel.PHONE))
    before, progress = dump(desk.vault), Progress()
    rows, same = offices.rebuild(desk, progress, replay=replay)
    assert same
    assert rows == sum(map(len, before.values())) > 50
    assert dump(desk.vault) == before
    assert [line.name for line in people.search(desk, "andree")] == ["Rose-Andrée"]
    assert progress.done == progress.total > 0


def test_rebuild_tells_when_a_table_was_not_what_the_documents_say(desk: Office) -> None:
    people.open_case(desk, Person(id=new_id(), given="Rose"))
    desk.vault.write("UPDATE person SET given = 'Rosa'")
    assert offices.rebuild(desk)[1] is False
    assert desk.vault.read("SELECT given FROM person") == [("Rose",)]
    assert offices.rebuild(desk)[1] is True


def test_the_officer_is_confirmed_without_touching_the_open_office(desk: Office) -> None:
    before = dump(desk.vault)
    offices.confirm_officer(desk, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        offices.confirm_officer(desk, PASSPHRASE + "x")
    assert dump(desk.vault) == before
    assert people.count(desk) == 0


def test_another_officer_s_passphrase_does_not_confirm_this_one(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "officer", "2")
    with pytest.raises(WrongPassphrase):
        offices.confirm_officer(desk, PASSPHRASE)
