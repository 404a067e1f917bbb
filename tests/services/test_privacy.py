"""Nothing readable about a person in any file of an office, nor in what leaves it."""

from __future__ import annotations

import itertools
import stat
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from migrant_office import clock, log, settings
from migrant_office.models.counts.month import Month
from migrant_office.models.encounter import Channel
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.other_id import OtherId
from migrant_office.models.person import Person, Sex
from migrant_office.models.referral import DropOut, Outcome, State
from migrant_office.models.restricted import Protection
from migrant_office.models.vault.nouns import NOUNS
from migrant_office.services import catalogue, history, intake, month, offices, people, referrals
from migrant_office.services.imports.people import import_people
from migrant_office.services.referral_sheet import referral_sheet
from migrant_office.services.referrals import Heard
from tests.factories import DAY, PASSPHRASE, edit, put
from tests.services.a_month import SECOND

MARK = "Zqxw"  # in every word that is written; no key or cipher text holds it by chance often enough to matter
MAP = 'format = 1\nsource = "x"\n[person]\ngiven = "Nombre"\nphone = "Fono"\n[registered]\ncolumn = "Fecha"\n'


@pytest.fixture
def secrets() -> Iterator[str]:
    return (f"{MARK}{n:03d}ñá" for n in itertools.count())


def lived_in(office: Office, secrets: Iterator[str], folder: Path) -> str:
    """Something personal through every service that writes; answers the case."""
    word = secrets.__next__
    person = Person(
        id=new_id(),
        given=word(),
        surname=word(),
        second_surname=word(),
        chosen_name=word(),
        phone=word(),
        commune=word(),
        occupation=word(),
        gender_words=word(),
        nationality_words=word(),
        sex=Sex.WOMAN,
    )
    people.open_case(
        office,
        person,
        people.new_need(NeedKind.OTHER, words=word()),
        encounter=people.new_encounter(office, Channel.PHONE, word()),
    )
    people.edit_person(office, person, surname=word(), phone=word())
    people.add_encounter(office, person.id, Channel.FIELD, word(), need=NeedKind.FOOD, unmet=UnmetReason.NO_PLACES)
    people.add_need(office, person.id, NeedKind.OTHER, words=word())
    put(office.vault, OtherId(id=new_id(), system=word(), code=word()), on=person.id)
    edit(office.vault, Protection(id=person.id, kept=True), told=word())
    service = catalogue.service(office, catalogue.lines(office, offered_only=True)[0].id)
    referrals.refer(office, person.id, service, note=word())
    referrals.record_step(
        office,
        person.id,
        people.read_case(office, person.id).referrals[0],
        Heard(state=State.COMPLETED, outcome=Outcome.DROPPED_OUT, drop_out=DropOut.CARE, note=word()),
    )
    catalogue.confirm(office, service, contact=word())
    filling = FormFilling(intake.intake_form(office))
    for name in ("given", "surname", "phone", "occupation"):
        filling.set(filling.form.question(name).addr, word())
    intake.save_draft(office, intake.new_draft(office), filling)
    kept = intake.save_draft(office, intake.new_draft(office), filling)
    intake.complete(office, kept, filling)
    history.undo(office)
    history.redo(office)
    (folder / "people.csv").write_text(f"Nombre,Fono,Fecha\n{word()},{word()},2026-03-02\n", encoding="utf-8")
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    import_people(office, folder / "people.csv", folder / "map.toml")
    people.search(office, MARK)
    referral_sheet(office, person.id, people.read_case(office, person.id).referrals[0].referral.id)
    erased = Person(id=new_id(), given=word())
    people.open_case(office, erased)
    office.vault.erase(erased.id)
    return person.id


def readable(folder: Path) -> list[str]:
    """The files in which the mark can be read, in any coding a program would use."""
    marks = [
        f(MARK)
        for f in (
            str.encode,
            lambda t: t.encode("utf-16-le"),
            lambda t: t.casefold().encode(),
            lambda t: t.encode().hex().encode(),
        )
    ]
    return [p.name for p in folder.rglob("*") if p.is_file() and any(mark in p.read_bytes() for mark in marks)]


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(p.stat().st_mode) for p in folder.rglob("*") if p.is_file()}


def test_no_file_of_an_office_can_be_read(desk: Office, secrets: Iterator[str], tmp_path: Path) -> None:
    log.start(desk.folder)
    settings.save(desk.folder, settings.Settings(theme="dark"))
    lived_in(desk, secrets, tmp_path)
    assert len(people.search(desk, MARK)) == 3
    names = {p.name for p in desk.folder.rglob("*")}
    assert {"office.db", "office.db-wal", "office.lock", "program.log", "office.json", "keys.json"} <= names
    assert readable(desk.folder) == []  # while it is open, the WAL included
    assert modes(desk.folder) == {0o600}
    offices.rebuild(desk, replay=True)
    desk.vault.checkpoint()
    assert readable(desk.folder) == []
    desk.close()
    log.stop()
    assert readable(desk.folder) == []
    assert modes(desk.folder) == {0o600}
    assert stat.S_IMODE((desk.folder / "logs").stat().st_mode) == 0o700


def test_the_search_for_marks_finds_one(tmp_path: Path) -> None:
    for n, data in enumerate((f"x{MARK}y".encode(), MARK.encode("utf-16-le"), MARK.lower().encode())):
        (tmp_path / str(n)).write_bytes(data)
    assert sorted(readable(tmp_path)) == ["0", "1", "2"]


def test_a_crash_does_not_carry_names_into_the_log(desk: Office, secrets: Iterator[str], tmp_path: Path) -> None:
    """Errors of every layer that have a name in their message or in their variables."""
    log.start(desk.folder)
    case = lived_in(desk, secrets, tmp_path)
    shown = people.read_case(desk, case).person

    def no_such_column() -> None:
        desk.vault.read(f"SELECT {MARK} FROM person WHERE given = '{MARK}'")

    def not_a_code() -> None:
        NeedKind(MARK)

    def no_such_field() -> None:
        people.edit_person(desk, shown, **{MARK: MARK})

    def not_a_value() -> None:
        people.edit_person(desk, shown, given={MARK})

    def from_another() -> None:
        try:
            not_a_code()
        except ValueError as error:
            raise RuntimeError(f"{shown.given} {MARK}") from error

    for fails in (no_such_column, not_a_code, no_such_field, not_a_value, from_another):
        with pytest.raises(Exception) as crashed:
            fails()
        log.crash(crashed.value)
    log.stop()
    written = (desk.folder / "logs" / "program.log").read_text("utf-8")
    assert len(written.splitlines()) >= 6
    assert "RuntimeError" in written
    assert readable(desk.folder) == []


def test_what_leaves_holds_no_word_about_anybody(desk: Office, secrets: Iterator[str], tmp_path: Path) -> None:
    lived_in(desk, secrets, tmp_path)
    with desk.batch():
        for n in range(60):
            people.open_case(
                desk,
                Person(
                    id=new_id(),
                    given=next(secrets),
                    sex=Sex.WOMAN if n % 2 else Sex.MAN,
                    birth=date(1980, 1, 1) + timedelta(days=99 * n),
                    nationality="VE",
                ),
                encounter=people.new_encounter(desk, Channel.PHONE),
            )
    with clock.at(datetime(2026, 4, 1, 12).astimezone()):
        folder = month.publish(desk, month.close(desk, Month.of(DAY), SECOND), tmp_path / "out")
    rows = desk.vault.read("SELECT id, number FROM person")
    written = b"\n".join(p.read_bytes() for p in folder.iterdir())
    assert len(rows) > 60
    assert readable(tmp_path / "out") == []
    assert not any(str(cell).encode() in written for row in rows for cell in row)
    assert desk.vault.keys.device.encode() not in written


def test_file_names_tell_nothing(desk: Office, secrets: Iterator[str], tmp_path: Path) -> None:
    case = lived_in(desk, secrets, tmp_path)
    names = " ".join(str(p.relative_to(desk.folder)) for p in desk.folder.rglob("*"))
    assert MARK not in names
    assert case not in names


def test_a_wrong_passphrase_prints_nothing_but_our_sentence(
    desk_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """SQLCipher would print on the error output."""
    for given in ("", "otra frase", PASSPHRASE.upper()):
        with pytest.raises(Exception, match="passphrase"):
            unlock(desk_folder, given)
    assert capfd.readouterr() == ("", "")


def test_nothing_restricted_has_a_table_or_is_found(desk: Office) -> None:
    tables = {name for (name,) in desk.vault.read("SELECT name FROM sqlite_master")}
    assert NOUNS[Protection].name not in tables
