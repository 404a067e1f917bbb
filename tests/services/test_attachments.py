"""Files kept with a case: what is taken in, who names them, and what a check finds."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.models.attachment import JPEG, LARGEST, OTHER, PDF, Attachment, from_json, to_json
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.vault import access, drafts
from migrant_office.models.vault.attachments import DamagedFile
from migrant_office.services import attachments, checking, history, people
from tests.factories import DAY, PASSPHRASE

PICTURE = b"\xff\xd8\xff\xe0 a picture of a passport"


@pytest.fixture
def case(desk: Office) -> str:
    id = new_id()
    people.open_case(desk, Person(id=id, given="Rose"))
    return id


def on_disk(office: Office) -> set[str]:
    folder = office.vault.files.folder
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_file_is_kept_named_and_read_again(desk: Office, case: str) -> None:
    kept = attachments.keep(desk, PICTURE, "pasaporte.jpg")
    assert (kept.kind, kept.name, kept.size) == (JPEG, "pasaporte.jpg", len(PICTURE))
    with desk.case_operation(Op.ATTACH, case) as op:
        attachments.attach(op, case, kept, "paper-1")
    (told,) = desk.case(case).all(Attachment).values()
    assert (told.about, told.made, told.officer) == ("paper-1", DAY, desk.officer)
    assert attachments.read(desk, case, kept.id) == PICTURE
    assert access.entries(desk.vault)[-1][4:] == ("file", kept.id), "who looked at a file is written down"
    assert people.read_case(desk, case).attachments == (told,)


def test_a_program_that_calls_itself_a_picture_is_kept_as_what_it_is(desk: Office) -> None:
    assert attachments.keep(desk, b"MZ\x90\0\x03", "foto.jpg").kind == OTHER


def test_naming_a_file_twice_changes_nothing(desk: Office, case: str) -> None:
    kept = attachments.keep(desk, PICTURE, "a.jpg")
    attachments.put(desk, case, kept)
    assert attachments.put(desk, case, kept).envelopes == ()


def test_twenty_megabytes_and_not_a_byte_more(desk: Office, tmp_path: Path, case: str) -> None:
    whole = tmp_path / "grande.pdf"
    with whole.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(LARGEST)
    kept = attachments.keep_path(desk, whole)
    attachments.put(desk, case, kept)
    assert (kept.kind, kept.size) == (PDF, LARGEST)
    assert len(attachments.read(desk, case, kept.id)) == LARGEST
    os.truncate(whole, LARGEST + 1)
    with pytest.raises(UserError, match="larger than"):
        attachments.keep_path(desk, whole)
    assert on_disk(desk) == {kept.id}


def test_what_is_no_file_is_refused_in_words(desk: Office, tmp_path: Path) -> None:
    (tmp_path / "vacio").write_bytes(b"")
    for path in (tmp_path, tmp_path / "nowhere.pdf", tmp_path / "vacio", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(UserError):
            attachments.keep_path(desk, path)
    assert on_disk(desk) == set()


def test_a_draft_carries_a_file_over_a_restart_into_the_case(desk_folder: Path) -> None:
    id = new_id()
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        office = unlock(desk_folder, PASSPHRASE)
        kept = attachments.keep(office, PICTURE, "a.jpg")
        body = json.dumps({"attachments": {kept.id: to_json(kept)}})
        drafts.save(office.vault, drafts.Draft(id="d", form="f", subject=id, title="", body=body, officer="1"))
        for path in office.vault.files.folder.iterdir():
            os.utime(path, (time.time() - 200_000,) * 2)
        office.close()
        office = unlock(desk_folder, PASSPHRASE)
        (told,) = json.loads(drafts.all_drafts(office.vault)[0].body)["attachments"].values()
        found = from_json(told)
        assert attachments.read_kept(office, found) == PICTURE
        people.open_case(office, Person(id=id))
        attachments.put(office, id, found)
        drafts.discard(office.vault, "d")
        assert attachments.read(office, id, found.id) == PICTURE
        office.close()


def test_a_file_taken_out_before_anything_named_it_is_gone(desk: Office) -> None:
    attachments.forget(desk, attachments.keep(desk, PICTURE, "a.jpg"))
    assert on_disk(desk) == set()


def test_forgetting_what_a_case_names_drops_nothing(desk: Office, case: str) -> None:
    kept = attachments.keep(desk, PICTURE, "a.jpg")
    attachments.put(desk, case, kept)
    attachments.forget(desk, kept)
    assert attachments.read(desk, case, kept.id) == PICTURE


def test_undo_and_redo_leave_the_file_where_it_is(desk: Office, case: str) -> None:
    kept = attachments.keep(desk, PICTURE, "a.jpg")
    attachments.put(desk, case, kept)
    history.undo(desk)
    with pytest.raises(Gone):
        attachments.read(desk, case, kept.id)
    history.redo(desk)
    assert attachments.read(desk, case, kept.id) == PICTURE


def test_an_erased_person_leaves_no_file(desk: Office, case: str) -> None:
    kept = attachments.keep(desk, PICTURE, "a.jpg")
    attachments.put(desk, case, kept)
    desk.vault.erase(case)
    assert on_disk(desk) == set()
    with pytest.raises(NotAllowed):
        attachments.read(desk, case, kept.id)


def test_a_file_taken_out_of_a_case_goes_with_the_next_old_files(desk: Office, case: str) -> None:
    kept = attachments.keep(desk, PICTURE, "a.jpg")
    attachments.put(desk, case, kept)
    attachments.put(desk, case, None, kept.id)
    assert people.read_case(desk, case).attachments == ()
    assert desk.vault.files.sweep() == 0, "undo may still want it"
    assert desk.vault.files.sweep(age=0) == 1


def test_a_file_of_nobody_s_case_is_not_attached(desk: Office) -> None:
    kept = attachments.keep(desk, PICTURE, "a.jpg")
    with pytest.raises(Gone):
        attachments.put(desk, new_id(), kept)


def test_another_file_under_a_name_is_not_taken_for_it(desk: Office, case: str) -> None:
    one, other = (attachments.keep(desk, PICTURE + n, "a.jpg") for n in (b"1", b"2"))
    attachments.put(desk, case, one)
    folder = desk.vault.files.folder
    (folder / one.id).write_bytes((folder / other.id).read_bytes())
    with pytest.raises(DamagedFile):
        attachments.read(desk, case, one.id)


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_check_counts_files_that_are_missing_or_damaged(desk: Office, case: str, harm: str) -> None:
    one, other = (attachments.keep(desk, PICTURE, name) for name in ("a.jpg", "b.jpg"))
    for kept in (one, other):
        attachments.put(desk, case, kept)
    assert [f for f in checking.check(desk) if f.sentence] == []
    path = desk.vault.files.folder / one.id
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9])
    (found,) = (f for f in checking.check(desk) if f.sentence)
    assert (found.what, found.place) == ("The kept files", "1")


def test_a_start_drops_old_files_that_nothing_names(desk_folder: Path) -> None:
    office = unlock(desk_folder, PASSPHRASE)
    kept = attachments.keep(office, PICTURE, "a.jpg")
    path = office.vault.files.folder / kept.id
    office.close()
    unlock(desk_folder, PASSPHRASE).close()
    assert path.exists(), "it may be on its way into a draft"
    os.utime(path, (time.time() - 100_000,) * 2)
    unlock(desk_folder, PASSPHRASE).close()
    assert not path.exists()
