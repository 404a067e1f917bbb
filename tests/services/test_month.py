from __future__ import annotations

import json
import shutil
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from migrant_office import clock, i18n
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import Translator
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.release import Release
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import Person, Sex
from migrant_office.models.referral import Outcome, State
from migrant_office.models.vault import access, releases
from migrant_office.services import catalogue, history, month, people, referrals
from migrant_office.services.counts.exact import ExactTable
from migrant_office.services.counts.files.folder import release_files
from migrant_office.services.referrals import Heard
from tests.factories import DAY, PASSPHRASE, a_referral

MARCH, APRIL = Month(2026, 3), Month(2026, 4)


def on(day: date) -> AbstractContextManager[None]:
    return clock.at(datetime(day.year, day.month, day.day, 12).astimezone())


def a_case(office: Office, **told: object) -> str:
    """A case opened today, with its first attention."""
    person = Person(id=new_id(), **told)  # type: ignore[arg-type]  # whatever a test tells
    people.open_case(office, person, encounter=people.new_encounter(office, Channel.IN_PERSON))
    return person.id


def refer(office: Office, case: str, area: str = "employment") -> str:
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
    return referrals.refer(office, case, catalogue.service(office, line.id))[1].service


def hear(office: Office, case: str, heard: Heard) -> None:
    referrals.record_step(office, case, people.read_case(office, case).referrals[0], heard)


def total(office: Office, indicator: str, wanted: Month = MARCH) -> tuple[int, int]:
    found = next(t for t in month.exact(office, wanted) if t.code == "total" and t.indicator == indicator)
    return found.total.persons, found.total.events


def table(office: Office, by: str, indicator: str = "persons_attended") -> ExactTable:
    return next(t for t in month.exact(office, MARCH, (by,)) if t.indicator == indicator)


def lines(found: ExactTable) -> dict[str, int]:
    return {cell.codes[0]: cell.persons for cell in found.cells if cell.persons}


def test_persons_and_events_are_counted_apart(desk: Office) -> None:
    rose = a_case(desk, given="Rose")
    a_case(desk, given="Ana")
    people.add_encounter(desk, rose, Channel.PHONE)
    refer(desk, rose)
    refer(desk, rose)
    assert total(desk, "persons_attended") == total(desk, "attentions") == (2, 3)
    assert total(desk, "referrals") == (1, 2)


def test_only_what_was_recorded_in_the_month(desk: Office) -> None:
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)):
        with on(day):
            refer(desk, a_case(desk))
    assert total(desk, "attentions") == total(desk, "referrals") == (2, 2)
    assert total(desk, "attentions", APRIL) == (1, 1)


def test_what_is_written_down_late_counts_late(desk: Office) -> None:
    """So that a closed month never changes."""
    case = a_case(desk)
    with on(date(2026, 4, 2)), desk.case_operation(Op.ADD_ENCOUNTER, case) as op:
        op.put(people.new_encounter(desk, Channel.FIELD, made=date(2026, 3, 30)))
    assert total(desk, "attentions") == (1, 1)
    assert total(desk, "attentions", APRIL) == (1, 1)


def test_a_referral_written_by_mistake_is_not_counted(desk: Office) -> None:
    case = a_case(desk)
    refer(desk, case)
    hear(desk, case, Heard(state=State.MISTAKE))
    assert total(desk, "referrals") == (0, 0)
    assert month.overview(desk, MARCH).outcomes == ()
    history.undo(desk)
    assert total(desk, "referrals") == (1, 1)


def test_undone_and_erased_things_vanish(desk: Office) -> None:
    case = a_case(desk, sex=Sex.WOMAN)
    refer(desk, case)
    people.add_need(desk, case, NeedKind.WORK, UnmetReason.NO_OFFER)
    before = month.records(desk, MARCH)
    assert len(before) == 2
    history.undo(desk)
    assert month.overview(desk, MARCH).unmet == ()
    history.undo(desk)
    assert [r.indicator for r in month.records(desk, MARCH)] == ["attentions"]
    history.undo(desk)
    assert month.records(desk, MARCH) == []
    for _ in range(3):
        history.redo(desk)
    assert month.records(desk, MARCH) == before
    desk.vault.erase(case)
    assert month.records(desk, MARCH) == []


def test_what_belongs_to_nobody_is_not_counted(desk: Office) -> None:
    """It may come from another desk, for a case undone here."""
    with desk.operation(Op.REFER, new_id()) as op:
        op.put(a_referral(recorded=DAY))
        op.put(people.new_encounter(desk, Channel.PHONE))
        op.put(people.new_need(NeedKind.WORK, UnmetReason.NO_OFFER))
    shown = month.overview(desk, MARCH)
    assert month.records(desk, MARCH) == []
    assert (shown.outcomes, shown.unmet) == ((), ())


def test_age_is_that_of_the_day(desk: Office) -> None:
    a_case(desk, birth=date(2008, 3, 2))  # 18 today
    a_case(desk, birth=date(2008, 3, 3))  # tomorrow
    a_case(desk)
    assert lines(table(desk, "age")) == {"Y18T29": 1, "Y0T17": 1, "_U": 1, "_T": 3}


def test_dimensions_by_name(desk: Office) -> None:
    service = refer(desk, case := a_case(desk, sex=Sex.WOMAN, nationality="HT", children=2, served_in="CL"))
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.JOB_FOUND))
    for by, code in (
        ("sex", "F"),
        ("nationality:each", "HT"),
        ("children", "2"),
        ("served_in", "CL"),
        ("language", "_U"),
        ("schooling:each", "_U"),
    ):
        assert lines(table(desk, by)) == {code: 1, "_T": 1}, by
    assert lines(table(desk, "service", "persons_referred")) == {service: 1, "_T": 1}
    assert lines(table(desk, "outcome", "referrals")) == {"job_found": 1, "_T": 1}
    assert lines(table(desk, "service_type", "referrals")) == {"WORK": 1, "_T": 1}


@pytest.mark.parametrize(
    "by", ["given", "name", "phone", "age:nonsense", "sex:", ":each", "", "sex age", "schooling:month"]
)
def test_nobody_counts_by_something_else(desk: Office, by: str) -> None:
    a_case(desk, given="Rose")
    if by == "sex:":
        assert lines(table(desk, by))
        return
    with pytest.raises(UserError, match="cannot be counted"):
        month.exact(desk, MARCH, (by,))
    assert [e.act for e in access.entries(desk.vault)] == []


def test_every_look_at_exact_figures_is_logged(desk: Office) -> None:
    month.exact(desk, MARCH)
    month.exact(desk, APRIL, ("sex",))
    month.overview(desk, MARCH)
    assert [(e.act, e.subject, e.officer) for e in access.entries(desk.vault)] == [
        ("counts", "2026-03", desk.officer),
        ("counts", "2026-04", desk.officer),
        ("counts", "2026-03", desk.officer),
    ]
    assert access.first_bad(desk.vault) is None


def test_what_the_page_shows(desk: Office) -> None:
    case = a_case(desk)
    refer(desk, case)
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED))
    people.add_need(desk, case, NeedKind.WORK, UnmetReason.NO_OFFER)
    people.add_need(desk, case, NeedKind.FOOD, UnmetReason.NO_PLACES)
    people.add_need(desk, case, NeedKind.FOOD, UnmetReason.NO_PLACES)
    people.add_need(desk, case, NeedKind.FOOD)
    for day in (date(2025, 3, 5), date(2025, 4, 5), date(2026, 4, 5)):
        with on(day):
            a_case(desk)
    shown = month.overview(desk, MARCH)
    assert shown.outcomes == (("completed", "attended", 1),)
    assert shown.unmet == (("food", "no_places", 2), ("work", "no_offer", 1))
    assert shown.persons_by_month == (("2025-04", 1), ("2026-03", 1))  # twelve months, this one the last
    assert (shown.frozen, shown.closable) == (False, False)
    assert month.months(desk) == [Month(2025, 3), Month(2025, 4), MARCH, APRIL]


def test_a_month_is_closed_from_the_first_day_of_the_next(desk: Office) -> None:
    with on(date(2026, 3, 31)):
        assert not month.is_over(MARCH)
        with pytest.raises(NotAllowed, match="not over"):
            month.close(desk, MARCH)
    assert releases.frozen(desk.vault, "2026-03") is None
    with on(date(2026, 4, 1)):
        assert month.is_over(MARCH)
        assert month.close(desk, MARCH).period == "2026-03"
    assert releases.frozen(desk.vault, "2026-03") is not None


@pytest.mark.parametrize("wanted", [Month(2199, 12), Month(2026, 4)])
def test_a_month_to_come_is_not_over(desk: Office, wanted: Month) -> None:
    with pytest.raises(NotAllowed, match="not over"):
        month.close(desk, wanted)


def an_april(office: Office) -> AbstractContextManager[None]:
    for n in range(40):
        a_case(office, sex=Sex.WOMAN if n % 2 else Sex.MAN, birth=date(1990, 1, 1), nationality="VE")
    return on(date(2026, 4, 1))


def test_closing_again_prints_the_same_bytes(desk: Office, tmp_path: Path) -> None:
    with an_april(desk):
        first = month.publish(desk, month.close(desk, MARCH), tmp_path / "a")
        a_case(desk)
        with on(date(2026, 5, 9)):
            again = month.publish(desk, month.close(desk, MARCH), tmp_path / "b")
    assert first.name == again.name == "release-santiago-oficina-de-prueba-2026-03-r1"
    files = {p.name: p.read_bytes() for p in first.iterdir()}
    assert len(files) == 5
    assert {p.name: p.read_bytes() for p in again.iterdir()} == files
    assert month.publish(desk, month.close(desk, MARCH), tmp_path / "a") == first


def test_a_closed_month_stays_closed_in_the_next_session(desk: Office) -> None:
    with an_april(desk):
        release = month.close(desk, MARCH)
        before = release_files(release, Translator("es_CL"))
        people.add_encounter(desk, people.recent(desk)[0].id, Channel.PHONE)
    desk.close()
    again = unlock(desk.folder, PASSPHRASE)
    try:
        assert month.overview(again, MARCH).frozen
        assert release_files(month.close(again, MARCH), Translator("es_CL")) == before
        assert release_files(month.preview(again, MARCH), Translator("es_CL")) == before
    finally:
        again.close()


def test_a_release_is_also_a_signed_envelope(desk: Office) -> None:
    before = len(desk.vault.envelopes())
    with on(date(2026, 4, 1)):
        release = month.close(desk, MARCH)
        month.close(desk, MARCH)
    (envelope,) = desk.vault.envelopes()[before:]
    assert envelope.kind == releases.KIND
    assert envelope.checked(desk.vault.keys.known) == envelope
    kept = releases.frozen(desk.vault, "2026-03")
    assert kept is not None
    assert Release.from_json(kept.encode()) == release
    assert json.loads(kept)["period"] == "2026-03"


def test_a_preview_writes_nothing_that_stays(desk: Office) -> None:
    a_case(desk)
    before = len(desk.vault.envelopes())
    assert month.preview(desk, MARCH).tables
    assert len(desk.vault.envelopes()) == before
    assert releases.frozen(desk.vault, "2026-03") is None


def test_a_preview_is_what_closing_gives(desk: Office) -> None:
    with an_april(desk):
        shown = month.preview(desk, MARCH)
        assert month.close(desk, MARCH) == shown


def test_the_files_speak_the_language_of_the_office(desk: Office, tmp_path: Path) -> None:
    """Whoever closes again in another language gets the same bytes."""
    with an_april(desk):
        release = month.close(desk, MARCH)
        found = []
        for language in i18n.LANGUAGES:
            i18n.set_language(language)
            folder = month.publish(desk, release, tmp_path / language)
            found.append({p.name: p.read_bytes() for p in folder.iterdir()})
        i18n.set_language("es")
    assert found[0] == found[1] == found[2]


def test_few_people_stay_behind(desk: Office) -> None:
    """Exact figures are on the screen; what leaves shows nothing of fewer than ten people."""
    for _ in range(9):
        refer(desk, a_case(desk))
    with on(date(2026, 4, 1)):
        release = month.close(desk, MARCH)
    assert total(desk, "persons_attended") == (9, 9)
    assert {cell.value for t in release.tables for cell in t.cells} == {None}


def test_the_day_after_the_last_of_a_year(desk: Office) -> None:
    with on(date(2025, 12, 31)):
        a_case(desk)
    with on(date(2026, 1, 1)):
        assert month.close(desk, Month(2025, 12)).period == "2025-12"
    assert total(desk, "attentions", Month(2025, 12)) == (1, 1)
    assert DAY - timedelta(days=61) == date(2025, 12, 31)


@pytest.mark.parametrize("day", ["2026-04-01", "2026-04-20", "2026-06-01"])
def test_whenever_it_is_closed_no_day_to_come_is_promised(desk: Office, tmp_path: Path, day: str) -> None:
    """The last day counted is the last of the month; what comes later belongs to the month in which it comes."""
    with on(date.fromisoformat(day)):
        folder = month.publish(desk, month.close(desk, MARCH), tmp_path)
    text = (folder / "method.txt").read_text(encoding="utf-8")
    assert "01-03-2026 a 31-03-2026" in text
    assert not [year for year in ("-04-2026", "-05-2026") if year in text]
    assert "cutoff" not in (folder / "datapackage.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "birth", ["1990-13-45", "1990-02-30", "", "?", "?unknown", "yesterday", "1990", "9999-12-31", "0001-01-01", "1871-01-01"]
)
def test_a_birth_that_cannot_be_is_an_unknown_age(desk: Office, birth: str) -> None:
    """One damaged row must not take the month's counts from everybody else."""
    a_case(desk, birth=date(1990, 5, 1))
    with desk.vault.transaction():
        desk.vault.write("UPDATE person SET birth = ? WHERE id = ?", (birth, a_case(desk)))
    assert lines(table(desk, "age")) == {"Y30T44": 1, "_U": 1, "_T": 2}
    with on(date(2026, 4, 1)):
        assert month.close(desk, MARCH).period == "2026-03"


def test_single_values_are_shown_in_words(desk: Office) -> None:
    service = refer(desk, a_case(desk, nationality="HT"))
    (category, missing) = table(desk, "nationality:each", "persons_attended").dimensions[0].categories, None
    assert [c.label.es for c in category] == ["Haití"]
    a_case(desk)
    missing = table(desk, "nationality:each").dimensions[0].categories[-1]
    assert (missing.code, missing.label.es, missing.label.ht) == ("_U", "Sin dato", "San enfòmasyon")
    names = {line.id: line.name for line in catalogue.lines(desk)}
    named = month.exact(desk, MARCH, ("service",), services=names)
    (shown,) = next(t for t in named if t.indicator == "referrals").dimensions[0].categories
    assert shown.label.es == names[service]


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_office_that_changes_its_language_keeps_its_closed_months(desk: Office, tmp_path: Path) -> None:
    with an_april(desk):
        before = bytes_in(month.publish(desk, month.close(desk, MARCH), tmp_path / "a"))
        desk.about = replace(desk.about, language="ht")
        assert bytes_in(month.publish(desk, month.close(desk, MARCH), tmp_path / "b")) == before
    with on(date(2026, 5, 1)):
        later = month.close(desk, APRIL)
    assert (later.language, month.close(desk, MARCH).language) == ("ht_CL", "es_CL")
    assert "ane" not in before["method.txt"].decode()
    assert before["method.txt"] != bytes_in(month.publish(desk, later, tmp_path / "c"))["method.txt"]


def test_only_what_is_frozen_leaves(desk: Office, tmp_path: Path) -> None:
    """Two versions of one month would tell what happened between them."""
    with an_april(desk):
        with pytest.raises(NotAllowed, match="Close it first"):
            month.publish(desk, month.preview(desk, MARCH), tmp_path / "out")
        release = month.close(desk, MARCH)
        with pytest.raises(NotAllowed, match="Close it first"):
            month.publish(desk, replace(release, revision=2), tmp_path / "out")
        assert not (tmp_path / "out").exists()
        assert month.publish(desk, release, tmp_path / "out").is_dir()


def test_close_and_publish_in_one(desk: Office, tmp_path: Path) -> None:
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path / "a")
        assert folder.parent == tmp_path / "a"
        assert bytes_in(month.close_and_publish(desk, MARCH, tmp_path / "b")) == bytes_in(folder)


@pytest.mark.parametrize("spoil", ["a file", "other files"])
def test_a_month_closed_but_not_written_says_both(desk: Office, tmp_path: Path, spoil: str) -> None:
    out = tmp_path / "out"
    if spoil == "a file":
        out.write_text("")
    else:
        (out / "release-santiago-oficina-de-prueba-2026-03-r1").mkdir(parents=True)
    with an_april(desk):
        with pytest.raises(month.NotPublished, match="The month is closed") as refused:
            month.close_and_publish(desk, MARCH, out)
        assert isinstance(refused.value, UserError)
        assert "El mes está cerrado" in refused.value.text(Translator("es"))
        assert month.overview(desk, MARCH).frozen
        assert month.close_and_publish(desk, MARCH, tmp_path / "elsewhere").is_dir()


def test_a_month_that_could_not_be_closed_is_not_called_closed(desk: Office, tmp_path: Path) -> None:
    with on(date(2026, 3, 31)), pytest.raises(NotAllowed, match="not over"):
        month.close_and_publish(desk, MARCH, tmp_path)
    assert releases.frozen(desk.vault, "2026-03") is None
    assert list(tmp_path.iterdir()) == []


def test_an_office_with_a_long_name_can_publish(desk: Office, tmp_path: Path) -> None:
    """A folder name has 255 bytes at most; a closed month could never be written."""
    desk.about = replace(desk.about, name="Oficina de atención " * 30)
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path)
    assert len(folder.name) < 120
    assert folder.name.endswith("-2026-03-r1")


def test_a_demo_says_that_it_is_one(desk: Office, tmp_path: Path) -> None:
    assert not month.preview(desk, MARCH).office.demo
    desk.about = replace(desk.about, demo=True)
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path)
    assert "DEMO: DATOS INVENTADOS" in (folder / "method.txt").read_text(encoding="utf-8")


def test_a_changed_list_of_indicators_is_seen_without_a_restart(desk: Office, tmp_path: Path) -> None:
    file = tmp_path / "indicators.toml"
    shutil.copy(desk.city.folder / "indicators.toml", file)
    assert month.catalogue_at(tmp_path) is month.catalogue_at(tmp_path)
    before = month.catalogue_at(tmp_path).version
    file.write_text(file.read_text(encoding="utf-8").replace(f'"{before}"', '"another"'), encoding="utf-8")
    assert month.catalogue_at(tmp_path).version == "another"
    file.unlink()
    with pytest.raises(UserError, match="list of indicators"):
        month.catalogue_at(tmp_path)
