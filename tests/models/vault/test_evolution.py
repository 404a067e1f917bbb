"""Programs of two ages on one document, damaged cells, and tables made again (documents.md, section 9)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed
from migrant_office.ids import new_id
from migrant_office.models import everything
from migrant_office.models.case_file import case_file
from migrant_office.models.encounter import Encounter
from migrant_office.models.missing import Missing
from migrant_office.models.person import Person, Schooling
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.service import Service
from migrant_office.models.vault.cells import Cells, Unrecognised
from migrant_office.models.vault.folder import open_office
from migrant_office.models.vault.nouns import NOUNS, File, Home, Noun, Ref, Searched, flags, noun, projected, scalar
from migrant_office.models.vault.projection import project, row_of
from migrant_office.models.vault.search import words_of
from migrant_office.models.vault.vault import Vault
from tests.factories import DAY, PASSPHRASE, a_person, a_referral, a_step, case, edit, person, put, table_rows

CASE = "case-a"


def raw(vault: Vault, noun: str, **cells: Any) -> None:
    """One operation of a program that knows other fields than ours."""
    with vault.operation("newer", CASE) as op:
        op.cells(Ref(Home.CASE, CASE), noun, [(key.replace("__", "/"), value) for key, value in cells.items()])


@contextmanager
def declared(*made: Noun) -> Iterator[None]:
    for each in made:
        NOUNS[each.cls] = each
    try:
        yield
    finally:
        for each in made:
            del NOUNS[each.cls]


@noun("tested_visit", Home.CASE)
class Visit:
    """A noun that only a newer program has."""

    id: str
    place: str = scalar(default="", index=True, search=Searched.TEXTS)


VISIT = NOUNS.pop(Visit)


def test_an_older_program_keeps_the_cells_of_a_newer_one(vault: Vault) -> None:
    put(vault, a_person(CASE))
    raw(vault, "person", __shoe_size=41, __tags__new=True)
    raw(vault, "tested_visit", v1__place="Valparaíso")
    edit(vault, person(vault, CASE), phone="5")
    cells = case(vault, CASE).cells
    assert cells["person"]["/shoe_size"] == 41
    assert cells["person"]["/tags/new"] is True
    assert cells["tested_visit"] == {"v1/place": "Valparaíso"}
    assert person(vault, CASE) == a_person(CASE, phone="5")


def test_a_newer_program_shows_what_an_older_one_kept(folder: Path) -> None:
    first = open_office(folder, PASSPHRASE)
    put(first.vault, a_person(CASE))
    raw(first.vault, "tested_visit", v1__place="Valparaíso")
    first.close()
    with declared(VISIT):
        newer = open_office(folder, PASSPHRASE)
        assert newer.vault.read("SELECT place FROM tested_visit") == [("Valparaíso",)]
        assert newer.vault.read("SELECT count(*) FROM findable_fts WHERE findable_fts MATCH 'valpara*'") == [(1,)]
        newer.close()
    older = open_office(folder, PASSPHRASE)  # its erasure could not reach that table, so it is gone
    assert older.vault.read("SELECT name FROM sqlite_master WHERE name LIKE 'tested_visit%'") == []
    assert older.vault.read("SELECT count(*) FROM findable_fts WHERE findable_fts MATCH 'valpara*'") == [(0,)]
    older.vault.erase(CASE)
    older.close()


def test_tables_are_made_again_only_when_the_nouns_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []
    right = Vault.rebuild

    def counted(self: Vault) -> None:
        made.append(True)
        right(self)

    monkeypatch.setattr(Vault, "rebuild", counted)
    open_office(folder, PASSPHRASE).close()
    assert made == []
    with declared(VISIT):
        open_office(folder, PASSPHRASE).close()
        open_office(folder, PASSPHRASE).close()
    assert made == [True]


def test_a_home_that_only_a_newer_program_knows_is_passed_over() -> None:
    assert [h.value for h in Home] == [
        "case",
        "restricted",
        "household",
        "service",
        "form",
        "ticket",
    ]  # the format: never renamed


def test_an_unknown_code_is_shown_as_it_is_and_kept(vault: Vault) -> None:
    put(vault, a_person(CASE))
    raw(vault, "person", __schooling="kindergarten", __birth="?in_prison")
    found = person(vault, CASE)
    assert found.schooling == "kindergarten"
    assert isinstance(found.schooling, Unrecognised)
    assert vault.read("SELECT schooling FROM person") == [("kindergarten",)]
    edit(vault, found, phone="5")
    assert person(vault, CASE).schooling == "kindergarten"
    assert person(vault, CASE).age_on(DAY) is None
    edit(vault, person(vault, CASE), schooling=Schooling.PRIMARY)
    assert vault.read("SELECT schooling FROM person") == [("primary",)]


@pytest.mark.parametrize("reason", list(Missing))
def test_a_missing_answer_comes_back_as_its_reason(vault: Vault, reason: Missing) -> None:
    put(vault, a_person(CASE, birth=reason, children=reason, sex=reason))
    found = person(vault, CASE)
    assert (found.birth, found.children, found.sex) == (reason, reason, reason)
    assert vault.read("SELECT birth, children, sex FROM person")[0] == (reason.value,) * 2 + (reason.value,)


def test_an_entry_without_what_every_entry_has_is_listed_as_damaged(vault: Vault) -> None:
    made = put(vault, a_person(CASE), a_referral(id="good")).envelopes
    assert made
    raw(vault, "referral", half={"service": "s1"})
    raw(vault, "referral", number=5)
    raw(vault, "encounter", text="told")
    file = case(vault, CASE)
    assert list(file.all(Referral)) == ["good"]
    assert sorted(file.damaged()) == [("encounter", "text"), ("referral", "half"), ("referral", "number")]
    assert file.cells["referral"]["half"] == {"service": "s1"}
    shown = case_file(file)
    assert shown is not None
    assert shown.damaged == 3
    assert vault.read("SELECT id FROM referral") == [("good",)]


def test_an_entry_that_is_no_entry_is_damaged_even_where_all_fields_have_a_default() -> None:
    file = File(Ref(Home.CASE, CASE), {"person": {}, "encounter": {"e1": 5}})
    assert file.all(Encounter) == {}
    assert file.damaged() == [("encounter", "e1")]


def test_an_entry_of_a_newer_program_with_more_fields_still_reads(vault: Vault) -> None:
    put(vault, a_person(CASE))
    raw(
        vault,
        "encounter",
        e1={"made": "2026-03-02", "recorded": "2026-03-02", "channel": "fax", "smell": None, "note": None},
    )
    (found,) = case(vault, CASE).all(Encounter).values()
    assert (found.made, found.channel, found.note) == (DAY, "fax", "")


def test_a_flag_that_was_written_as_one_value_is_passed_over() -> None:
    file = File(
        Ref(Home.SERVICE, "s"), {"service": {"/needs": "work", "/needs/": True, "/name": "N", "/needs/health": True}}
    )
    service = file.one(Service)
    assert service is not None
    assert service.needs == frozenset({"health"})


ENTRY_FIELDS = "made recorded service area referral state due outcome id channel kind".split()
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=8)
    | st.binary(max_size=4) | st.sampled_from(["2026-03-02", "?refused", "requested", "work", "completed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(ENTRY_FIELDS), inner),
    max_leaves=8,
)  # fmt: skip
FIELDS = sorted(
    {f"/{f}" for n in NOUNS.values() for f in n.defaults} | {"", "/", "//", "x/", "/needs/work", "e1", "e1/x", "e2"}
)
DAMAGED = st.dictionaries(
    st.sampled_from([n.name for n in NOUNS.values()] + ["unheard_of"]),
    st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=6),
    max_size=5,
)


@given(cells=DAMAGED, home=st.sampled_from([h for h in Home if h is not Home.RESTRICTED]))
def test_no_damage_of_cells_ever_raises(cells: Cells, home: Home) -> None:
    file = File(Ref(home, CASE), cells)
    for cls, each in NOUNS.items():
        for thing in file.all(cls).values():
            if each.home is not Home.RESTRICTED:
                row_of(each, thing, file)
    file.damaged()
    words_of(file)
    case_file(file)
    wrote: list[tuple[str, tuple[Any, ...]]] = []
    project(lambda sql, parameters=(): wrote.append((sql, parameters)), File(file.ref, {}), file)
    for _, parameters in wrote:
        assert all(isinstance(p, str | int | float | None) for p in parameters)


def test_damaged_documents_project_and_rebuild(vault: Vault) -> None:
    put(vault, a_person(CASE), a_referral(id="r1"), a_step("r1", id="s1"))
    raw(vault, "person", __children="many", __birth="soon", __interpreter="yes", __given=5, __opened=[1, 2])
    raw(vault, "referral_step", s2={"referral": "r1", "state": "teleported", "made": "someday", "recorded": 7})
    raw(vault, "referral", r2={"service": 5, "area": {}, "made": 5, "recorded": "x", "due": "one day"})
    before = table_rows(vault)
    vault.rebuild()
    assert table_rows(vault) == before
    vault.rebuild(replay=True)
    assert table_rows(vault) == before
    shown = case_file(case(vault, CASE))
    assert shown is not None
    assert len(shown.referrals) == 2


def test_an_entry_is_written_once(vault: Vault) -> None:
    made = a_referral(id="r1")
    put(vault, made, on=CASE)
    for again in (made, a_referral(id="r1", service="other")):
        with pytest.raises(NotAllowed):
            put(vault, again, on=CASE)
    with pytest.raises(NotAllowed):
        put(vault, a_step("r1", id="s1"), a_step("r1", id="s1", note="again"), on=CASE)
    with pytest.raises(NotAllowed):
        edit(vault, made, note="changed")
    assert case(vault, CASE).all(ReferralStep) == {}


def test_a_declaration_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(TypeError, match="default"):

        @noun("tested_half", Home.CASE)
        class Half:
            id: str
            needed: str = scalar()

    with pytest.raises(TypeError, match="taken"):

        @noun("person", Home.CASE)
        class Other:
            id: str

    with pytest.raises(TypeError, match="plain"):

        @noun("tested_set", Home.CASE, once=True)
        class Entry:
            id: str
            codes: frozenset[str] = flags()

    assert {"tested_half", "tested_set"}.isdisjoint(n.name for n in NOUNS.values())


def test_a_rule_that_stumbles_leaves_its_column_empty() -> None:
    @noun("tested_rule", Home.CASE)
    class Ruled:
        id: str
        born: str = scalar(default="")

        @projected()
        def year(self, file: File) -> int:
            return int({"x": "1"}[self.born])

    each = NOUNS.pop(Ruled)
    file = File(Ref(Home.CASE, CASE), {})
    assert row_of(each, Ruled(id="a", born="x"), file)["year"] == 1
    assert row_of(each, Ruled(id="a", born="soon"), file)["year"] is None


def test_every_record_is_readable_from_any_half_of_its_cells() -> None:
    for cls, each in NOUNS.items():
        if not each.once:
            assert cls(id=new_id()) is not None
    assert Person(id="a").name == ""


def test_whoever_opens_an_office_knows_every_noun() -> None:
    """The tables follow the nouns that are imported: with one fewer, the tables of all others would be made again."""
    models = Path(everything.__file__).parent
    told = {cls.__module__ for cls in everything.NOUNS_OF_AN_OFFICE}
    files = {".".join(path.relative_to(models).with_suffix("").parts): path for path in models.rglob("*.py")}
    found = {
        f"migrant_office.models.{name}"
        for name, path in files.items()
        if re.search(r"^@noun\(", path.read_text(), re.M)
    }
    assert found == told
    code = "import migrant_office.models.office\nfrom migrant_office.models.vault.nouns import NOUNS\nprint(len(NOUNS))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=models.parents[1], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == len(everything.NOUNS_OF_AN_OFFICE)


def digest_after(first: str) -> str:
    code = (
        f"import migrant_office.{first}\nimport migrant_office.models.office\n"
        "from migrant_office.models.vault.replica import tables_digest\nprint(tables_digest())"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("first", ["models.vault.folder", "models.vault.search", "ui.main_window"])
def test_the_tables_do_not_depend_on_what_was_imported_first(first: str) -> None:
    """Else the same office would be made again by every other command."""
    assert digest_after(first) == digest_after("models.everything")
