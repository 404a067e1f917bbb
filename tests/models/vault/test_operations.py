"""Operations: all or nothing, undo and redo, stale screens, batches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed, StorageFailed, UserError
from migrant_office.ids import new_id
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Person
from migrant_office.models.referral import Referral, State
from migrant_office.models.restricted import Protection
from migrant_office.models.service import Service
from migrant_office.models.vault import search
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Operation
from migrant_office.models.vault.search import match_expression
from migrant_office.models.vault.vault import Vault
from tests.factories import DAY, a_person, a_referral, a_step, case, edit, person, put, table_rows

CASE = "case-a"


def service(vault: Vault) -> Service:
    found = vault.file(Ref(Home.SERVICE, "s")).one(Service)
    assert found is not None
    return found


def test_a_stale_screen_writes_only_what_the_officer_changed(vault: Vault) -> None:
    put(vault, a_person(CASE))
    shown = person(vault, CASE)
    edit(vault, shown, phone="5")
    done = edit(vault, shown, commune="c", phone=shown.phone, given="Rose")
    assert (person(vault, CASE).phone, person(vault, CASE).commune) == ("5", "c")
    assert done.changed == {Ref(Home.CASE, CASE): {"person": {"/commune"}}}


def test_a_stale_set_of_needs_adds_and_takes_away_only_its_own(vault: Vault) -> None:
    put(vault, Service(id="s", name="N", needs=frozenset({NeedKind.WORK})))
    shown = service(vault)
    edit(vault, shown, needs=frozenset({NeedKind.WORK, NeedKind.HEALTH}))
    edit(vault, shown, needs=frozenset({NeedKind.FOOD}))
    assert service(vault).needs == {NeedKind.HEALTH, NeedKind.FOOD}
    assert vault.read("SELECT code FROM flag ORDER BY code") == [("food",), ("health",)]


def test_an_answer_taken_back_is_empty_again(vault: Vault) -> None:
    put(vault, a_person(CASE, birth=date(1990, 1, 2)))
    edit(vault, person(vault, CASE), birth=None)
    assert person(vault, CASE).birth is None
    assert vault.read("SELECT birth FROM person") == [(None,)]


def test_undo_puts_back_and_its_undo_does_it_again(vault: Vault) -> None:
    put(vault, a_person(CASE, phone="1"))
    before = table_rows(vault)
    done = edit(vault, person(vault, CASE), phone="2", given="Rosa", birth=date(1990, 1, 2))
    after = table_rows(vault)
    undone, kept = vault.undo(done)
    assert (table_rows(vault), kept) == (before, [])
    again, kept = vault.undo(undone)
    assert (table_rows(vault), kept) == (after, [])
    vault.undo(again)
    assert table_rows(vault) == before


def test_undo_of_opening_a_case_leaves_no_row_and_no_word(vault: Vault) -> None:
    empty = table_rows(vault)
    done = put(vault, a_person(CASE), a_referral(), Protection(id=CASE, kept=True, told="x"))
    full = table_rows(vault)
    undone, _ = vault.undo(done)
    assert table_rows(vault) == empty
    assert vault.file(Ref(Home.RESTRICTED, CASE)).one(Protection) is None
    vault.undo(undone)
    assert table_rows(vault) == full
    assert vault.file(Ref(Home.RESTRICTED, CASE)).one(Protection) == Protection(id=CASE, kept=True, told="x")


def test_undo_leaves_alone_what_somebody_changed_since(vault: Vault) -> None:
    put(vault, a_person(CASE, phone="1"))
    done = edit(vault, person(vault, CASE), phone="2", commune="c")
    edit(vault, person(vault, CASE), phone="3")
    _, kept = vault.undo(done)
    assert kept == [("person", "/phone")]
    assert (person(vault, CASE).phone, person(vault, CASE).commune) == ("3", "")


def test_a_step_outlives_the_undo_of_its_referral(vault: Vault) -> None:
    done = put(vault, a_person(CASE), on=CASE)
    made = a_referral(id="r1")
    done = put(vault, made, on=CASE)
    put(vault, a_step("r1", state=State.COMPLETED), on=CASE)
    undone, _ = vault.undo(done)
    assert case(vault, CASE).all(Referral) == {}
    assert vault.read("SELECT count(*) FROM referral_step") == [(1,)]
    vault.undo(undone)
    assert vault.read("SELECT state, due_now FROM referral") == [("completed", None)]


def test_two_documents_of_one_operation_are_undone_together(vault: Vault) -> None:
    with vault.operation("both", CASE) as op:
        op.put(a_person(CASE))
        op.put(a_person("case-b", given="Ana"), on="case-b")
    assert len(op.done.envelopes) == 2
    assert op.done.touches("person", "referral")
    assert not op.done.touches("referral")
    vault.undo(op.done)
    assert vault.read("SELECT count(*) FROM person") == [(0,)]


def test_no_write_without_an_operation_and_none_after_it(vault: Vault) -> None:
    with vault.operation("test", CASE) as op:
        op.put(a_person(CASE))
    with pytest.raises(NotAllowed):
        op.set(a_person(CASE), phone="late")
    with pytest.raises(NotAllowed):
        Operation(vault, "own", CASE).put(a_person("case-b"))
    assert person(vault, CASE).phone == ""


def nested(vault: Vault) -> None:
    with vault.operation("outer", CASE) as op:
        op.put(a_person(CASE))
        with vault.operation("inner", "case-b"):
            pass


def test_an_operation_inside_another_is_refused_with_both(vault: Vault) -> None:
    with pytest.raises(NotAllowed):
        nested(vault)
    assert vault.envelopes() == []
    put(vault, a_person(CASE))


class Killed(BaseException):
    pass


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, Killed, StorageFailed("x")])
@pytest.mark.parametrize("at", ["block", "commit", "project", "append"])
def test_whatever_breaks_an_operation_leaves_nothing_of_it(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], at: str
) -> None:
    put(vault, a_person(CASE))
    before = (table_rows(vault), vault.envelopes(), vault.ledger.next())

    def broken(*_: object, **__: object) -> None:
        raise error

    steps = {"commit": "documents.Document.commit", "project": "groups.project", "append": "ledger.Ledger.append"}
    with monkeypatch.context() as patch:
        if at in steps:
            patch.setattr(f"migrant_office.models.vault.{steps[at]}", broken)
        with pytest.raises(error if isinstance(error, type) else StorageFailed):
            broken_operation(vault, broken if at == "block" else None)
    assert (table_rows(vault), vault.envelopes(), vault.ledger.next()) == before
    assert not vault.conn.in_transaction
    edit(vault, person(vault, CASE), phone="6")
    assert person(vault, CASE).phone == "6"


def broken_operation(vault: Vault, broken: object) -> None:
    with vault.operation("test", CASE) as op:
        op.set(person(vault, CASE), phone="5")
        op.put(a_person("case-b"), on="case-b")
        if callable(broken):
            broken()


def fail_in_a_batch(vault: Vault) -> None:
    with vault.transaction():
        put(vault, a_person("case-1"))
        put(vault, a_person("case-2"))
        raise ZeroDivisionError


def test_a_batch_is_taken_whole_or_not_at_all(vault: Vault) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_in_a_batch(vault)
    assert vault.envelopes() == []
    with vault.transaction():
        put(vault, a_person("case-1"))
        put(vault, a_person("case-2"))
    assert vault.read("SELECT count(*) FROM person") == [(2,)]
    assert vault.ledger.broken_link() is None


def half_an_operation(vault: Vault, id: str) -> None:
    with vault.operation("half", id) as op:
        op.put(a_person(id))
        op.put(a_person(f"{id}-b"), on=f"{id}-b")
        op.put(a_person("a/b"), on="c")  # refused


def test_an_operation_refused_inside_a_batch_leaves_no_half_of_itself(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = vault.ledger.append

    def second_fails(*given: object) -> object:
        if len(vault.envelopes()) == 2:
            raise UserError("x")
        return right(*given)  # type: ignore[arg-type]  # passed on as they came

    with vault.transaction():
        put(vault, a_person("case-1"))
        monkeypatch.setattr(vault.ledger, "append", second_fails)
        with pytest.raises(UserError):  # an import that passes over a bad row
            put(vault, a_person("case-2"), Protection(id="case-2", kept=True))
        monkeypatch.undo()
        with pytest.raises(ValueError, match="slash"):
            half_an_operation(vault, "case-3")
        put(vault, a_person("case-4"))
    assert vault.read("SELECT id FROM person ORDER BY id") == [("case-1",), ("case-4",)]
    before = table_rows(vault)
    vault.rebuild(replay=True)
    assert table_rows(vault) == before


def test_the_clock_of_the_log_never_goes_back(vault: Vault) -> None:
    from migrant_office import clock

    put(vault, a_person(CASE))
    now = clock.now()
    with clock.at(now.replace(year=now.year - 1)):
        edit(vault, person(vault, CASE), phone="5")
        edit(vault, person(vault, CASE), phone="6")
    times = [w.said["at"] for w in vault.shelf.load(Ref(Home.CASE, CASE)).history() if w.key in ("/given", "/phone")]
    assert times == sorted(set(times))
    assert len(times) == 3


def found(vault: Vault, text: str) -> list[str]:
    sql = ("SELECT f.doc FROM findable_fts JOIN findable f ON f.rid = findable_fts.rowid "
           "WHERE findable_fts MATCH ? ORDER BY 1")  # fmt: skip
    return [doc for (doc,) in vault.read(sql, (match_expression(text),))]


@pytest.mark.parametrize(
    "typed", ["jeanb", "JEAN baptiste", "andree", "désir", "Desir rose", "5555 0142", "955550142", "sc-0"]
)
def test_a_person_is_found_however_the_name_is_typed(vault: Vault, typed: str) -> None:
    put(vault, a_person(CASE, given="Rose-Andrée", surname="Jean-Baptiste", second_surname="Désir",
                        phone="+56 9 5555 0142", number="SC-001"))  # fmt: skip
    put(vault, a_person("case-b", given="Ana", surname="Gómez"))
    assert found(vault, typed) == [CASE]


def test_an_old_name_is_found_no_more(vault: Vault) -> None:
    put(vault, a_person(CASE, given="Rose-Andrée"))
    edit(vault, person(vault, CASE), given="Marie")
    assert (found(vault, "rose"), found(vault, "marie")) == ([], [CASE])
    edit(vault, person(vault, CASE), given="", surname="")
    assert found(vault, "marie") == []
    assert vault.read("SELECT count(*) FROM findable") == [(0,)]


def test_the_index_forgets_what_it_was_told_even_by_another_rule(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    put(vault, a_person(CASE, given="Zwyxandrée"))
    monkeypatch.setattr(search, "searchable", lambda _kind, text: f"new{text}")
    edit(vault, person(vault, CASE), given="Marie")
    vault.conn.execute("INSERT INTO findable_fts(findable_fts, rank) VALUES('integrity-check', 1)")
    assert found(vault, "zwyxandree") == []
    assert found(vault, "newmarie") == [CASE]


@settings(max_examples=30)
@given(text=st.text(max_size=20))
def test_nothing_that_is_typed_breaks_the_search(text: str) -> None:
    expression = match_expression(text)
    assert expression.count('"') % 2 == 0
    for word in expression.split(" AND "):
        assert not word or (word.startswith('"') and word.endswith('"*') and '"' not in word[1:-2])


def test_a_person_with_nothing_said_is_still_a_file(vault: Vault) -> None:
    id = new_id()
    put(vault, Person(id=id, opened=DAY))
    assert vault.read("SELECT id, given, sex FROM person") == [(id, "", "?not_asked")]
