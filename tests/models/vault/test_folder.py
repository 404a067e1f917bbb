"""The folder of an office: what lies in it, who gets in, and what is said when something is wrong with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from migrant_office import errors, paths
from migrant_office.errors import NewerOffice, NotAnOffice, OfficeInUse, StorageFailed, UserError, WrongPassphrase
from migrant_office.i18n import translator
from migrant_office.models.vault import slots
from migrant_office.models.vault.connection import connect, errors_mapped
from migrant_office.models.vault.folder import ABOUT, DATABASE, KEYS, LOCK, create, open_office
from migrant_office.models.vault.schema import STORE_VERSION
from tests.factories import CHEAP, PASSPHRASE, a_person, an_about, make_office, office_keys, person, put

ROOT = Path(__file__).resolve().parents[3]


def refused(folder: Path, kind: type[UserError], passphrase: str = PASSPHRASE) -> UserError:
    """Opening fails with this kind of error, one sentence, and leaves the office open to others."""
    with pytest.raises(kind) as caught:
        open_office(folder, passphrase).close()
    assert type(caught.value) is kind
    text = caught.value.text(translator())
    assert text.endswith(".")
    assert str(folder) not in text
    return caught.value


def change_json(path: Path, **told: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | told))


def test_an_office_made_opens_with_its_passphrase_and_its_code(tmp_path: Path) -> None:
    about = an_about(demo=True)
    code = create(tmp_path / "o", about, PASSPHRASE, cost=CHEAP)
    for way in (PASSPHRASE, code.lower().replace("-", " ")):
        opened = open_office(tmp_path / "o", way)
        assert (opened.about, opened.officer) == (about, "1")
        opened.close()
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == sorted([ABOUT, DATABASE, KEYS, LOCK])


def test_the_wrong_passphrase_is_told_apart(folder: Path) -> None:
    refused(folder, WrongPassphrase, "other")
    refused(folder, WrongPassphrase, "")
    open_office(folder, PASSPHRASE).close()


TRY_TO_OPEN = """
import sys
from pathlib import Path
from migrant_office.models.vault.folder import open_office
try:
    open_office(Path(sys.argv[1]), sys.argv[2])
except Exception as error:
    print(type(error).__name__)
"""


def test_a_second_copy_is_kept_out_until_the_first_closes(folder: Path) -> None:
    first = open_office(folder, PASSPHRASE)
    refused(folder, OfficeInUse)
    done = subprocess.run(
        [sys.executable, "-c", TRY_TO_OPEN, folder, PASSPHRASE], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("OfficeInUse\n", "")
    put(first.vault, a_person("case-a"))
    first.close()
    open_office(folder, PASSPHRASE).close()


def test_a_lock_left_by_a_killed_copy_keeps_nobody_out(folder: Path) -> None:
    code = "import os, sys; from pathlib import Path; from migrant_office.models.vault.folder import open_office\n" \
           "o = open_office(Path(sys.argv[1]), sys.argv[2]); os.kill(os.getpid(), 9)"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, folder, PASSPHRASE], cwd=ROOT)
    assert done.returncode == -9
    open_office(folder, PASSPHRASE).close()


def test_everything_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = make_office(tmp_path / "o")
        opened = open_office(folder, PASSPHRASE)
        put(opened.vault, a_person("case-a"))
        assert {p.name: oct(p.stat().st_mode & 0o777) for p in folder.iterdir()} == dict.fromkeys(
            (ABOUT, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, LOCK), "0o600"
        )
        assert oct(folder.stat().st_mode & 0o777) == "0o700"
        opened.close()
    finally:
        os.umask(before)


def test_every_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    """Watched at every call of Python that could have made or opened a file."""
    seen: set[str] = set()

    def watch(event: str, arguments: Any) -> None:
        if watching and event in ("open", "os.rename", "os.chmod", "sqlite3.connect", "os.mkdir", "fcntl.flock"):
            for path in (tmp_path / "o").rglob("*"):
                if path.is_file() and path.stat().st_mode & 0o077:
                    seen.add(path.name)

    watching, before = True, os.umask(0)
    sys.addaudithook(watch)
    try:
        make_office(tmp_path / "o")
    finally:
        watching = False
        os.umask(before)
    assert seen == set()


NOT_AN_OFFICE: list[Callable[[Path], Any]] = [
    lambda f: (f / ABOUT).unlink(),
    lambda f: (f / KEYS).unlink(),
    lambda f: (f / DATABASE).unlink(),
    lambda f: (f / ABOUT).write_text("{"),
    lambda f: (f / ABOUT).write_text("[]"),
    lambda f: (f / ABOUT).write_bytes(b"\xff\xfe"),
    lambda f: (f / ABOUT).write_text("[" * 100_000),
    lambda f: change_json(f / ABOUT, more="x"),
    lambda f: change_json(f / ABOUT, format="1"),
    lambda f: (f / KEYS).write_text(""),
    lambda f: change_json(f / KEYS, slots=[{}]),
    lambda f: (f / DATABASE).write_bytes(b""),
    lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[:2048]),
    lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[:4096]),
    lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[: 4096 * 20]),
    lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[: 4096 * 20 + 100]),
    lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[:-1]),
    lambda f: (f / DATABASE).write_bytes(b"SQLite format 3\0" + bytes(8192)),
    lambda f: (f / DATABASE).write_bytes(b"some other file " * 999),
    lambda f: (f / DATABASE).write_bytes(os.urandom((f / DATABASE).stat().st_size)),
    lambda f: plain_database(f / DATABASE),
]


def plain_database(path: Path) -> None:
    path.unlink()
    conn = sqlcipher3.connect(str(path))
    conn.execute("CREATE TABLE person(x)")
    conn.commit()
    conn.close()


@pytest.mark.parametrize("spoil", NOT_AN_OFFICE, ids=range(len(NOT_AN_OFFICE)))
def test_a_folder_that_is_none_or_damaged_says_so(folder: Path, spoil: Callable[[Path], Any]) -> None:
    spoil(folder)
    size = (folder / DATABASE).stat().st_size if (folder / DATABASE).exists() else None
    refused(folder, NotAnOffice)
    refused(folder, NotAnOffice)  # and again: nothing was made of it meanwhile
    assert size == ((folder / DATABASE).stat().st_size if (folder / DATABASE).exists() else None)


def test_no_folder_an_empty_one_and_a_file_are_no_office(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    for name in ("none", "empty", "file"):
        refused(tmp_path / name, NotAnOffice)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", [ABOUT, KEYS])
def test_a_file_of_a_newer_program_says_so(folder: Path, name: str) -> None:
    change_json(folder / name, format=2)
    refused(folder, NewerOffice)


def test_a_database_of_a_newer_program_says_so_and_is_left_alone(folder: Path) -> None:
    conn = connect(folder / DATABASE, office_keys(folder).data)
    conn.execute("UPDATE local_state SET schema_version = ?, projection = 'newer'", (STORE_VERSION + 1,))
    conn.close()
    refused(folder, NewerOffice)
    conn = connect(folder / DATABASE, office_keys(folder).data)
    assert conn.execute("SELECT projection FROM local_state").fetchall() == [("newer",)]
    conn.close()


def test_a_lowered_cost_opens_nothing(folder: Path) -> None:
    whole = json.loads((folder / KEYS).read_text())
    whole["slots"][0]["memory"] = whole["slots"][1]["memory"] = 64
    (folder / KEYS).write_text(json.dumps(whole))
    refused(folder, WrongPassphrase)


def test_one_flipped_bit_is_noticed_wherever_it_is(folder: Path) -> None:
    opened = open_office(folder, PASSPHRASE)
    for n in range(30):
        put(opened.vault, a_person(f"case-{n}"))
    opened.close()
    whole = (folder / DATABASE).read_bytes()
    noticed = 0
    for at in range(40, len(whole), 4096 * 3):
        (folder / DATABASE).write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        try:
            again = open_office(folder, PASSPHRASE)
        except UserError as error:
            assert type(error) is NotAnOffice  # noqa: PT017
            noticed += 1
            continue
        with errors_mapped():
            bad = again.vault.read("PRAGMA cipher_integrity_check")
        noticed += len(bad) == 1
        try:
            for table in ("person", "envelope", "document", "findable", "findable_fts"):
                again.vault.read(f"SELECT * FROM {table}")
            again.vault.rebuild()
        except UserError as error:
            assert type(error) is NotAnOffice  # noqa: PT017
        again.close()
    assert noticed == len(range(40, len(whole), 4096 * 3))


@pytest.mark.parametrize("kept", [{ABOUT, KEYS, DATABASE}, {ABOUT}, {KEYS}, {DATABASE}])
def test_a_taken_folder_is_refused_and_untouched(folder: Path, kept: set[str]) -> None:
    for name in {ABOUT, KEYS, DATABASE} - kept:
        (folder / name).unlink()
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(NotAnOffice):
        create(folder, an_about(), "other", cost=CHEAP)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize("there", [False, True])
def test_an_office_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    folder = tmp_path / "o"
    if there:
        folder.mkdir()
        (folder / "a letter.txt").write_text("mine")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(paths, "write_atomically", full)
        with pytest.raises(StorageFailed):
            create(folder, an_about(), PASSPHRASE, cost=CHEAP)
    assert [p.name for p in tmp_path.rglob("*")] == (["o", "a letter.txt"] if there else [])
    create(folder, an_about(), PASSPHRASE, cost=CHEAP)
    open_office(folder, PASSPHRASE).close()


@pytest.mark.parametrize("step", ["folder.fill", "folder.make_tables", "slots.to_json"])
def test_a_power_cut_while_an_office_is_made_blocks_nobody(tmp_path: Path, step: str) -> None:
    code = textwrap.dedent(f"""
        import os, sys
        from migrant_office.models.vault import folder, slots
        from tests.factories import make_office
        right = {step}
        {step} = lambda *a, **k: (right(*a, **k), os.kill(os.getpid(), 9))
        from pathlib import Path
        make_office(Path(sys.argv[1]))
    """)
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "o"], cwd=ROOT)
    assert done.returncode == -9
    refused(tmp_path / "o", NotAnOffice)
    make_office(tmp_path / "o")
    opened = open_office(tmp_path / "o", PASSPHRASE)
    opened.close()
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == sorted([ABOUT, DATABASE, KEYS, LOCK])


def test_a_full_disk_takes_nothing_half_and_lets_read_and_go_on(folder: Path) -> None:
    opened = open_office(folder, PASSPHRASE)
    vault = opened.vault
    put(vault, a_person("case-a"))
    (pages,) = vault.read("PRAGMA page_count")[0]
    vault.conn.execute(f"PRAGMA max_page_count = {pages + 12}")
    saved, full = 0, None
    while full is None:
        try:
            put(vault, a_person(f"case-{saved}", given="x" * 900))
            saved += 1
        except StorageFailed as error:
            full = error
    assert "full" in full.message
    assert not vault.conn.in_transaction
    assert vault.read("SELECT count(*) FROM person WHERE given LIKE 'xx%'") == [(saved,)]
    assert person(vault, "case-a").id == "case-a"
    assert vault.ledger.broken_link() is None
    vault.conn.execute("PRAGMA max_page_count = 1000000")
    put(vault, a_person("case-z"))
    assert vault.read("PRAGMA integrity_check") == [("ok",)]
    opened.close()
    open_office(folder, PASSPHRASE).close()


def test_a_disk_full_in_the_middle_of_a_batch_takes_the_batch_back(folder: Path) -> None:
    opened = open_office(folder, PASSPHRASE)
    vault = opened.vault
    (pages,) = vault.read("PRAGMA page_count")[0]
    vault.conn.execute(f"PRAGMA max_page_count = {pages + 12}")
    with pytest.raises(StorageFailed):
        many_that_pass_over_failures(vault)
    assert vault.read("SELECT count(*) FROM person") == [(0,)]
    vault.conn.execute("PRAGMA max_page_count = 1000000")
    put(vault, a_person("case-z"))
    opened.close()


def many_that_pass_over_failures(vault: Any) -> None:
    with vault.transaction():
        for n in range(60):
            try:
                put(vault, a_person(f"case-{n}", given="x" * 900))
            except StorageFailed:
                vault.conn.execute("PRAGMA max_page_count = 1000000")


AS_NOBODY = """
import os, sys
from pathlib import Path
from migrant_office.models.vault.folder import create, open_office
from tests.factories import CHEAP, PASSPHRASE, a_person, an_about, put
folder, what = Path(sys.argv[1]), sys.argv[2]
if what == "write":
    opened = open_office(folder, PASSPHRASE)
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    if what == "create":
        create(folder / "new", an_about(), PASSPHRASE, cost=CHEAP)
    open_office(folder, PASSPHRASE)
except Exception as error:
    print(type(error).__name__, getattr(error, "message", error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no permission bits here")
@pytest.mark.parametrize("what", ["open", "create"])
def test_a_folder_that_cannot_be_written_says_so(request: pytest.FixtureRequest, what: str) -> None:
    """As root the bits do not bind, so another user tries, in a folder that user can reach."""
    above = tempfile.TemporaryDirectory()
    request.addfinalizer(above.cleanup)
    Path(above.name).chmod(0o755)
    folder = make_office(Path(above.name) / "o")
    for path in folder.iterdir():
        path.chmod(0o644)
    folder.chmod(0o555)
    look = "import os, sys; os.geteuid() or os.seteuid(65534); os.listdir(sys.argv[1])"
    reachable = subprocess.run([sys.executable, "-c", look, folder], capture_output=True)
    if reachable.returncode:
        pytest.skip("the other user cannot reach the folder of this test")
    before = {p.name for p in folder.iterdir()}
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, folder, what], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith("StorageFailed The office folder cannot be written.")
    assert {p.name for p in folder.iterdir()} == before
    folder.chmod(0o700)


def test_every_error_of_the_system_becomes_one_of_ours() -> None:
    for number in range(1, 133):
        with pytest.raises(UserError), errors_mapped():
            raise OSError(number, "x")
    for name in ("Error", "OperationalError", "DatabaseError", "IntegrityError", "ProgrammingError", "InterfaceError"):
        with pytest.raises(errors.StorageFailed), errors_mapped():
            raise getattr(sqlcipher3.dbapi2, name)("x")


def test_a_closed_store_says_so(folder: Path) -> None:
    opened = open_office(folder, PASSPHRASE)
    opened.close()
    with pytest.raises(StorageFailed):
        opened.vault.read("SELECT 1")
    with pytest.raises(StorageFailed):
        put(opened.vault, a_person("case-a"))


def test_an_officer_without_the_compartment_gets_none(folder: Path) -> None:
    keys = office_keys(folder)._replace(compartment=None)
    made = slots.new_slot("o", keys, "x", cost=CHEAP)
    assert slots.opened("o", [made], "x")[0].compartment is None
