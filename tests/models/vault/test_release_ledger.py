"""The ledger of releases: a chain that finds whatever was changed, taken out or put in by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed
from migrant_office.models.vault import releases, schema
from migrant_office.models.vault.connection import Database, Migrations, connect
from migrant_office.models.vault.folder import open_office
from migrant_office.models.vault.schema import chained
from migrant_office.models.vault.vault import Vault
from tests.factories import PASSPHRASE

SECRET = b"0123456789abcdef" * 2
FREE = ("DROP TRIGGER release_no_update", "DROP TRIGGER release_no_delete")


class Enough(Exception):
    """Takes a ledger back."""


def three(vault: Vault) -> list[releases.Entry]:
    """Three releases, the last a revision of the first."""
    mark = releases.mark(SECRET)
    releases.set_secret(vault, releases.COUNTS, SECRET)
    for period, revision in (("2026-01", 1), ("2026-02", 1), ("2026-01", 2)):
        body = f"{period} {revision}"
        releases.freeze(
            *(vault, period, revision, body, "sum"),
            catalogue="2026.2",
            parameters="{}",
            snapshot=b"s" * 16,
            audit='{"passed":true}',
            secret_mark=mark,
            second="Ana",
        )
    return releases.entries(vault)


def by_hand(vault: Vault, *statements: str) -> None:
    """What somebody with the key and a shell may do."""
    with vault.transaction():
        for statement in (*FREE, *statements):
            vault.conn.execute(statement)


def test_entries_stand_in_their_order_with_all_they_say(vault: Vault) -> None:
    entries = three(vault)
    assert [(e.number, e.period, e.revision) for e in entries] == [
        (1, "2026-01", 1),
        (2, "2026-02", 1),
        (3, "2026-01", 2),
    ]
    assert {(e.catalogue, e.parameters, e.audit, e.second) for e in entries} == {
        ("2026.2", "{}", '{"passed":true}', "Ana")
    }
    assert {e.approved_by for e in entries} == {vault.keys.officer}
    assert {len(e.snapshot_hash) for e in entries} == {64}
    assert releases.first_bad(vault) is None
    assert [e.revision for e in releases.entries(vault, "2026-01")] == [1, 2]
    assert releases.frozen(vault, "2026-01") == "2026-01 2"


@pytest.mark.parametrize("column", [name for name in releases.Entry._fields if name != "number"])
def test_whatever_is_changed_by_hand_is_found(vault: Vault, column: str) -> None:
    three(vault)
    value = {"revision": "7", "snapshot": "x'00'", "secret_mark": "x'00'"}.get(column, "'changed'")
    by_hand(vault, f"UPDATE release SET {column} = {value} WHERE number = 2")
    assert releases.first_bad(vault) == 2


@pytest.mark.parametrize(
    ("act", "bad"),
    [
        ("DELETE FROM release WHERE number = 1", 1),
        ("DELETE FROM release WHERE number = 2", 2),
        ("DELETE FROM release WHERE number = 3", 3),
        ("DELETE FROM release", 1),
        ("UPDATE release SET number = 9 WHERE number = 3", 3),
        ("UPDATE release SET device = 'other' WHERE number = 2", 2),
        ("DELETE FROM envelope WHERE kind = 'A' AND seq = (SELECT seq FROM release WHERE number = 2)", 2),
    ],
)
def test_whatever_is_taken_out_is_found(vault: Vault, act: str, bad: int) -> None:
    three(vault)
    by_hand(vault, act)
    assert releases.first_bad(vault) == bad


def test_a_chain_made_anew_is_found_by_the_signed_envelopes(vault: Vault) -> None:
    """Who edits an entry and calculates every hash after it still cannot sign."""
    prev = b""
    rows = []
    for entry in three(vault):
        told = entry._replace(body="nobody came") if entry.number == 2 else entry
        rows.append((told, prev, made := chained(told, prev)))
        prev = made
    by_hand(vault)
    for told, was, made in rows:
        vault.write(
            "UPDATE release SET body = ?, prev = ?, hash = ? WHERE number = ?", (told.body, was, made, told.number)
        )
    assert releases.first_bad(vault) == 2


@given(
    st.lists(st.tuples(st.sampled_from(["2026-01", "2026-Q1", "2026"]), st.text(max_size=30)), max_size=5), st.data()
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ledger_is_whole_until_somebody_changes_it(
    vault: Vault, told: list[tuple[str, str]], data: st.DataObject
) -> None:
    """In one transaction that is taken back, so that every ledger begins empty."""
    with pytest.raises(Enough):
        tried(vault, told, data)
    assert releases.entries(vault) == []


def tried(vault: Vault, told: list[tuple[str, str]], data: st.DataObject) -> None:
    with vault.transaction():
        for n, (period, body) in enumerate(told, 1):
            releases.freeze(vault, period, n, body, "sum", snapshot=body.encode(), second=body)
        assert releases.first_bad(vault) is None
        if told:
            number = data.draw(st.integers(1, len(told)))
            by_hand(vault, f"UPDATE release SET body = body || '!' WHERE number = {number}")
            assert releases.first_bad(vault) == number
        raise Enough


def test_a_closed_day_lies_in_any_closed_period(vault: Vault) -> None:
    for period in ("2026-01", "2025-Q3", "2024"):
        releases.freeze(vault, period, 1, "body", "sum")
    closed = {day: releases.closed_on(vault, day) for day in (
        date(2026, 1, 31), date(2026, 2, 1), date(2025, 7, 1), date(2025, 10, 1), date(2024, 2, 29), date(2023, 12, 31)
    )}  # fmt: skip
    assert list(closed.values()) == [True, False, True, False, True, False]


# the secret


@pytest.mark.parametrize(
    "loss",
    [
        lambda vault: vault.write("DELETE FROM secret WHERE name = ?", (releases.COUNTS,)),
        lambda vault: vault.write("UPDATE secret SET value = zeroblob(32) WHERE name = ?", (releases.COUNTS,)),
    ],
)
def test_a_lost_secret_is_never_made_anew_in_silence(vault: Vault, loss: Callable[[Vault], None]) -> None:
    three(vault)
    assert releases.secret(vault, releases.COUNTS) == SECRET
    loss(vault)
    kept = vault.read("SELECT * FROM secret")
    with pytest.raises(NotAllowed, match="secret"):
        releases.secret(vault, releases.COUNTS)
    assert vault.read("SELECT * FROM secret") == kept
    assert releases.secret(vault, "other")  # of something else


def test_the_mark_of_a_secret_gives_it_away_to_nobody() -> None:
    assert len(releases.mark(SECRET)) == 8
    assert releases.mark(SECRET) not in SECRET
    assert releases.mark(SECRET) != releases.mark(SECRET[::-1])


def test_a_ledger_and_its_secret_come_back_from_a_copy(folder: Path, tmp_path: Path) -> None:
    first = open_office(folder, PASSPHRASE)
    entries = three(first.vault)
    with first.vault.transaction():
        pass
    first.close()
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in folder.iterdir():
        if file.is_file():
            (copy / file.name).write_bytes(file.read_bytes())
    again = open_office(copy, PASSPHRASE)
    assert releases.entries(again.vault) == entries
    assert releases.secret(again.vault, releases.COUNTS) == SECRET
    assert releases.first_bad(again.vault) is None
    again.close()


# from before there was a ledger


def test_what_was_frozen_before_is_taken_over_and_chained(tmp_path: Path) -> None:
    conn = connect(tmp_path / "old.db", bytes(32), create=True)
    db = Database(conn, execute_plugins=False)
    one = Migrations("migrant_office")
    one._migrations += schema.migrations.pending(db)[:3]
    one.apply(db)
    old = [("2026-01", 1, "first", "sum", "2026-02-01", "1"), ("2026-02", 1, "next", "sum", "2026-03-01", "2")]
    for row in old:
        conn.execute("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)", row)
    schema.migrations.apply(db)
    rows = conn.execute("SELECT * FROM release ORDER BY number").fetchall()
    prev = b""
    for n, (row, before) in enumerate(zip(rows, old, strict=True), 1):
        entry, was, made = releases.Entry(*row[:14]), row[14], row[15]
        assert (entry.number, entry.period, entry.revision, entry.body, entry.sha256) == (n, *before[:4])
        assert (entry.created_at, entry.approved_by) == before[4:]
        assert (was, made) == (prev, chained(entry, prev))
        prev = made
    triggers = conn.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'release'")
    assert triggers.fetchone()[0] == 2
    conn.close()
