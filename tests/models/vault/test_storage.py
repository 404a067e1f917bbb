"""The encrypted database itself: its settings, its shape, its migrations, what may never be changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from migrant_office.errors import StorageFailed
from migrant_office.models.vault import access, drafts, releases, schema
from migrant_office.models.vault.connection import Database, Migrations, connect
from migrant_office.models.vault.folder import DATABASE, open_office
from migrant_office.models.vault.nouns import NOUNS, Home
from migrant_office.models.vault.projection import projected_nouns
from migrant_office.models.vault.vault import Vault
from tests.factories import PASSPHRASE, a_person, a_referral, edit, office_keys, person, put


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("temp_store", 2), ("secure_delete", 1), ("foreign_keys", 1), ("recursive_triggers", 1), ("journal_mode", "wal"),
     ("synchronous", 2), ("trusted_schema", 0), ("cell_size_check", 1), ("cache_size", -65536), ("busy_timeout", 2000),
     ("cipher_page_size", "4096"), ("cipher_use_hmac", "1")],
)  # fmt: skip
def test_the_open_connection_says_what_was_asked_of_it(vault: Vault, pragma: str, value: Any) -> None:  # sync trap 5
    assert vault.read(f"PRAGMA {pragma}") == [(value,)]


def test_every_table_of_ours_is_strict(vault: Vault) -> None:
    lax = vault.read("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict")
    assert {name for (name,) in lax} <= {"sqlite_schema", "sqlite_sequence", "_sqlite_migrations"}


def test_no_table_stands_for_a_restricted_noun(vault: Vault) -> None:
    names = {name for (name,) in vault.read("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {n.name for n in projected_nouns()} <= names
    assert names.isdisjoint(n.name for n in NOUNS.values() if n.home is Home.RESTRICTED)


def test_no_noun_bears_the_name_of_a_table_of_the_store() -> None:
    assert schema.STORE_TABLES.isdisjoint(n.name for n in NOUNS.values())


def test_a_wrong_type_is_refused_by_the_table(vault: Vault) -> None:
    with pytest.raises(StorageFailed):
        vault.write("INSERT INTO version_vector VALUES ('d', 'many')")


def shape(conn: Any) -> list[Any]:
    return conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()  # type: ignore[no-any-return]  # the driver has no stubs


def test_a_migrated_file_has_the_shape_of_a_fresh_one(tmp_path: Path) -> None:
    """Each migration by itself, as over the years, against all at once."""
    fresh, grown = (connect(tmp_path / name, bytes(32), create=True) for name in ("fresh.db", "grown.db"))
    schema.migrations.apply(Database(fresh, execute_plugins=False))
    db = Database(grown, execute_plugins=False)
    while schema.migrations.pending(db):
        one = Migrations("migrant_office")
        one._migrations.append(schema.migrations.pending(db)[0])
        one.apply(db)
    assert shape(grown) == shape(fresh)
    assert not fresh.in_transaction
    assert schema.migrations.apply(db) is None
    assert len(schema.migrations.applied(db)) == schema.STORE_VERSION
    fresh.close()
    grown.close()


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    conn = connect(tmp_path / "x.db", bytes(32), create=True)
    broken = Migrations("migrant_office")

    @broken()
    def m0001_broken(db: Database) -> None:
        db.conn.execute("CREATE TABLE one(x)")
        db.conn.execute("CREATE TABLE one(x)")

    with pytest.raises(Exception, match="already exists"):
        broken.apply(Database(conn, execute_plugins=False))
    assert not conn.in_transaction
    assert conn.execute("SELECT name FROM sqlite_master WHERE name = 'one'").fetchall() == []
    conn.close()


def test_the_script_of_a_migration_is_cut_where_its_statements_end() -> None:
    cut = schema.statements(schema.FIRST + schema.APPEND_ONLY + schema.THIRD)
    assert sum(s.startswith("CREATE TABLE") for s in cut) == len(schema.STORE_TABLES) - 1
    assert sum(s.startswith("CREATE TRIGGER") and s.endswith("END") for s in cut) == 4
    assert all(re.match(r"CREATE (TABLE|INDEX|TRIGGER) ", s) for s in cut)


def test_no_plugin_of_sqlite_utils_gets_hold_of_the_open_database() -> None:  # trap 18
    vault = Path(schema.__file__).parent
    for path in vault.glob("*.py"):
        for call in re.findall(r"\bDatabase\((.*)\)", path.read_text()):
            assert "execute_plugins=False" in call, path.name


def test_an_edit_of_one_field_names_one_column(vault: Vault) -> None:  # trap 19
    put(vault, a_person("case-a"))
    said: list[str] = []
    vault.conn.set_trace_callback(said.append)
    edit(vault, person(vault, "case-a"), phone="5")
    vault.conn.set_trace_callback(None)
    updates = [s for s in said if s.startswith("UPDATE person")]
    assert len(updates) == 1
    assert re.fullmatch(r"""UPDATE person SET "phone" = '5' WHERE doc = 'case-a' AND id = 'case-a'""", updates[0])
    assert not any("INSERT OR REPLACE" in s or s.startswith("REPLACE") for s in said)


def test_a_row_keeps_its_number_through_every_edit(vault: Vault) -> None:  # trap 20
    put(vault, a_person("case-a"), a_referral())
    for table in ("person", "findable", "document"):
        number = vault.read(f"SELECT max(rowid) FROM {table}")
        edit(vault, person(vault, "case-a"), phone=table, given=f"Rose {table}")
        assert vault.read(f"SELECT max(rowid) FROM {table}") == number
    vault.conn.execute("INSERT INTO findable_fts(findable_fts, rank) VALUES('integrity-check', 1)")


@pytest.mark.parametrize(
    "act",
    ["UPDATE {0} SET {1} = 'other'", "DELETE FROM {0}", "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"],
)
@pytest.mark.parametrize(("table", "column"), [("release", "body"), ("access_log", "subject")])
def test_what_was_frozen_or_noted_is_never_changed(vault: Vault, act: str, table: str, column: str) -> None:
    releases.freeze(vault, "2026-03", 1, "text", "sum")
    access.note(vault, "case", "case-a")
    with pytest.raises(StorageFailed):
        vault.write(act.format(table, column))
    assert releases.frozen(vault, "2026-03") == "text"
    assert access.first_bad(vault) is None


def test_a_release_is_frozen_once_and_revised_beside_it(vault: Vault) -> None:
    assert releases.frozen(vault, "2026-03") is None
    releases.freeze(vault, "2026-03", 1, "first", "sum")
    with pytest.raises(StorageFailed):
        releases.freeze(vault, "2026-03", 1, "other", "sum")
    releases.freeze(vault, "2026-03", 2, "second", "sum")
    assert releases.frozen(vault, "2026-03") == "second"
    assert vault.read("SELECT period, revision FROM release ORDER BY 1, 2") == [("2026-03", 1), ("2026-03", 2)]
    assert [e.kind for e in vault.envelopes()] == ["A", "A"]  # the refused one left no envelope
    assert vault.ledger.broken_link() is None
    vault.rebuild(replay=True)
    assert releases.frozen(vault, "2026-03") == "second"


def test_a_secret_is_told_once_before_there_is_one(vault: Vault) -> None:
    releases.set_secret(vault, "cells", b"x" * 32)
    releases.set_secret(vault, "cells", b"x" * 32)
    assert releases.secret(vault, "cells") == b"x" * 32
    releases.secret(vault, "other")
    for name, value in (("cells", b"y" * 32), ("other", b"y" * 32), ("short", b"y" * 31), ("none", b"")):
        with pytest.raises(ValueError, match="secret"):
            releases.set_secret(vault, name, value)
    assert releases.secret(vault, "cells") == b"x" * 32
    assert not vault.read("SELECT name FROM secret WHERE name IN ('short', 'none')")


def test_no_secret_is_told_after_something_was_frozen(vault: Vault) -> None:
    releases.freeze(vault, "2026-03", 1, "text", "sum")
    with pytest.raises(ValueError, match="secret"):
        releases.set_secret(vault, "cells", b"x" * 32)


def test_a_secret_is_made_once_and_stays(folder: Path) -> None:
    first = open_office(folder, PASSPHRASE)
    made = releases.secret(first.vault, "cells")
    assert releases.secret(first.vault, "other") != made
    first.close()
    again = open_office(folder, PASSPHRASE)
    assert releases.secret(again.vault, "cells") == made
    assert len(made) == 32
    again.close()


@pytest.mark.parametrize(
    ("tampering", "bad"),
    [
        ("UPDATE access_log SET subject = 'other' WHERE seq = 2", 2),
        ("UPDATE access_log SET officer = '9', hash = x'00' WHERE seq = 3", 3),
        ("DELETE FROM access_log WHERE seq = 1", 1),
        ("DELETE FROM access_log WHERE seq = 2", 2),
        ("UPDATE access_log SET seq = 9 WHERE seq = 3", 3),
        ("UPDATE access_log SET at = (SELECT at FROM access_log WHERE seq = 1) WHERE seq = 4", 4),
    ],
)
def test_a_look_that_was_changed_or_taken_out_shows(vault: Vault, tampering: str, bad: int) -> None:
    for n in range(4):
        access.note(vault, "case", f"case-{n}")
    assert access.first_bad(vault) is None
    assert [e.subject for e in access.entries(vault)] == [f"case-{n}" for n in range(4)]
    assert {(e.officer, e.device) for e in access.entries(vault)} == {("1", vault.keys.device)}
    for act in ("update", "delete"):
        vault.conn.execute(f"DROP TRIGGER access_log_no_{act}")
    vault.conn.execute(tampering)
    assert access.first_bad(vault) == bad


def test_reading_leaves_the_documents_as_they_were(vault: Vault) -> None:
    put(vault, a_person("case-a"))
    before = vault.envelopes()
    access.note(vault, "case", "case-a")
    assert vault.envelopes() == before


def test_a_draft_is_kept_whole_and_newest_first(vault: Vault) -> None:
    def a_draft(id: str, body: str) -> drafts.Draft:
        return drafts.Draft(id=id, form="intake", subject=f"s-{id}", title="", body=body, officer="1")

    drafts.save(vault, a_draft("1", "a"))
    drafts.save(vault, a_draft("2", "b"))
    kept = drafts.save(vault, a_draft("1", "ñ"))
    assert [d.id for d in drafts.all_drafts(vault)] == ["1", "2"]
    assert drafts.all_drafts(vault)[0] == kept
    drafts.discard(vault, "1")
    drafts.discard(vault, "never")
    assert [d.body for d in drafts.all_drafts(vault)] == ["b"]
    assert vault.envelopes() == []


def test_the_key_is_in_no_trace(folder: Path) -> None:
    key = office_keys(folder).data
    conn = connect(folder / DATABASE, key)
    said: list[str] = []
    conn.set_trace_callback(said.append)
    conn.execute("SELECT count(*) FROM person").fetchall()
    assert said
    assert key.hex() not in repr(said)
    conn.close()
