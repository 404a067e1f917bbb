"""Who sees a restricted case, what is printed of it, and where the words of its compartment never are."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule
from migrant_office.models.queue import TicketKind
from migrant_office.models.reads import tables
from migrant_office.models.referral import State
from migrant_office.models.restricted import Protection, RapidStep, Sign, Story
from migrant_office.models.vault import access
from migrant_office.models.vault.folder import DATABASE, Opened, locked, open_vault, read_about
from migrant_office.models.vault.keys import CompartmentClosed
from migrant_office.services import (
    agenda,
    freshness,
    intake,
    people,
    protection,
    queue,
    referrals,
    supervision,
    today,
)
from migrant_office.services.agenda import booking
from migrant_office.services.follow_ups import handing_over, listing
from migrant_office.services.follow_ups.listing import Wanted
from migrant_office.services.protection import Look
from migrant_office.services.referral_sheet import referral_sheet
from migrant_office.services.referrals import Heard
from migrant_office.services.supervision import Key
from tests.factories import DAY, PASSPHRASE, office_keys
from tests.services.a_restricted_case import a_case, a_service, compartment, looks, person_of
from tests.services.test_privacy import readable

ROOT = Path(__file__).resolve().parents[2]
MARK = "Zqxw"
Closed = Callable[[], Office]


@pytest.fixture
def closed(desk: Office) -> Iterator[Closed]:
    """Closes the desk and opens the same office for an officer without the key of the compartment."""
    found: list[Office] = []

    def reopen() -> Office:
        desk.close()
        keys = office_keys(desk.folder)._replace(compartment=None)
        vault = open_vault(desk.folder / DATABASE, keys, "2")
        opened = Opened(
            vault=vault,
            about=read_about(desk.folder),
            officer="2",
            label="",
            lock=locked(desk.folder),
            path=desk.folder / DATABASE,
            data_key=keys.data,
        )
        found.append(Office(opened, desk.folder))
        return found[0]

    yield reopen
    for office in found:
        office.close()


# who sees it


def test_without_the_key_a_restricted_case_is_nowhere(desk: Office, closed: Closed) -> None:
    hidden, shown = a_case(desk, given="Zulema"), a_case(desk, given="Zoila")
    for case in (hidden, shown):
        referrals.refer(desk, case, a_service(desk, "scl-caj"), due=DAY)
    protection.open_path(desk, hidden, {Sign.GENDER_VIOLENCE})
    assert [line.id for line in people.search(desk, "zu")] == [hidden]
    number = person_of(desk, hidden).number
    office = closed()
    for text in ("zu", "Désir", "5555", number):
        assert hidden not in [line.id for line in people.search(office, text)]
    assert [line.id for line in people.search(office, "Désir")] == [shown]
    assert [line.id for line in people.recent(office)] == [shown]
    assert people.count(office) == 1
    hoy = today.read_today(office)
    assert [item.case for item in hoy.due] == [shown]
    assert hoy.due_count == 1
    assert [case.case for case in hoy.opened] == [shown]
    assert hoy.paths == ()
    listed = listing.read_list(office, Wanted())
    assert ([line.case for line in listed.first], listed.total, dict(listed.officers)) == ([shown], 1, {"1": 1})
    with clock.at(datetime(2026, 9, 1, 12).astimezone()):
        counted = {section.key: section.figures for section in supervision.sections(office)}
        for key in (Key.OVERDUE_WEEKS, Key.OVERDUE_OFFICERS, Key.UNANSWERED, Key.NO_CONTACT):
            assert [figure.count for figure in counted[key]] == [1], key
            assert [line.case for line in supervision.cases(office, counted[key][0])] == [shown]
    assert [work.case for work in handing_over.work_of(office, "1")] == [shown]


def test_without_the_key_no_choice_no_count_and_no_number_says_that_there_is_one(desk: Office, closed: Closed) -> None:
    hidden, shelter = a_case(desk, given="Zulema"), a_service(desk)
    referrals.refer(desk, hidden, shelter, due=DAY)
    _done, given = booking.book(desk, hidden, booking.Wanted(day=DAY, hour="16:30", minutes=30, about=NeedKind.LEGAL))
    booking.arrive(desk, hidden, given.id)
    queue.take(desk, queue.Wish(need=NeedKind.WORK))
    protection.open_path(desk, hidden, {Sign.GENDER_VIOLENCE})

    def referred(office: Office) -> int:
        return next(due.referred for due in freshness.to_check(office) if due.id == shelter.id)

    assert [id for id, _name in listing.read_list(desk, Wanted()).services] == [shelter.id]
    assert referred(desk) == 1
    office = closed()
    assert listing.read_list(office, Wanted()).services == ()
    assert referred(office) == 0
    assert agenda.today(office) == ()
    kept, anybody = sorted(queue.today(office).waiting, key=lambda line: line.number)
    told = [(x.kind, x.case, x.need, x.hour, x.wanted, x.appointment, x.visit) for x in (kept, anybody)]
    assert told[0] == (TicketKind.WALK_IN, "", None, None, "", "", 0), "who has an appointment has a case"
    assert told[1][:3] == (TicketKind.WALK_IN, "", NeedKind.WORK)
    queue.call(office, kept.id)
    assert [line.hour for line in queue.today(office).at_desks] == [None]


def test_without_the_key_it_cannot_be_opened_nor_changed_and_nothing_says_it_exists(
    desk: Office, closed: Closed
) -> None:
    hidden = a_case(desk)
    referral = referrals.refer(desk, hidden, a_service(desk), due=DAY)[1]
    protection.open_path(desk, hidden, {Sign.GENDER_VIOLENCE})
    shown = people.read_case(desk, hidden)
    office = closed()
    acts: list[Callable[[str], object]] = [
        lambda id: people.read_case(office, id),
        lambda id: people.add_need(office, id, NeedKind.FOOD),
        lambda id: people.add_encounter(office, id, Channel.PHONE),
        lambda id: referrals.refer(office, id, a_service(office)),
        lambda id: referral_sheet(office, id, referral.id),
        lambda id: protection.open_path(office, id, {Sign.DANGER}),
        lambda id: protection.close_path(office, id, stays_restricted=False),
        lambda id: protection.read_protection(office, id),
        lambda id: protection.tell(office, id, "x"),
    ]
    envelopes = len(office.vault.envelopes())
    for act in acts:
        said = []
        for id in (hidden, new_id()):
            with pytest.raises(UserError) as refused:
                act(id)
            said.append((type(refused.value), refused.value.message))
        assert said[0][0] is Gone
        if act is not acts[4]:  # a sheet of nobody says that its referral is not there
            assert said[0] == said[1], "a case nobody may know of answers as one that never was"
    with pytest.raises(Gone):
        people.edit_person(office, shown.person, restricted=False)
    with pytest.raises(Gone):
        referrals.record_step(office, hidden, shown.referrals[0], Heard(state=State.ACCEPTED, due=DAY))
    assert len(office.vault.envelopes()) == envelopes
    assert hidden not in {entry.subject for entry in access.entries(office.vault) if entry.officer == "2"}


def test_without_the_key_a_told_case_says_so_and_stays_shut(desk: Office, closed: Closed) -> None:
    case = a_case(desk)
    protection.tell(desk, case, "lo que contó")
    office = closed()
    assert not protection.may_open(office)
    assert people.read_case(office, case).person.told_once
    before = looks(office)
    for act in (
        lambda: protection.read_stories(office, case, Look.ASKED),
        lambda: protection.read_protection(office, case),
        lambda: protection.tell(office, case, "más"),
        lambda: protection.open_path(office, case, {Sign.DANGER}),
    ):
        with pytest.raises(CompartmentClosed):
            act()
    assert looks(office) == before
    assert not people.read_case(office, case).person.restricted


def test_with_the_key_lists_nobody_asked_for_show_the_folio_and_the_search_the_name(desk: Office) -> None:
    case = a_case(desk, birth=DAY - timedelta(days=9000), nationality="HT")
    protection.open_path(desk, case, {Sign.DANGER}, ContactRule.ONLY_IN_PERSON, "con su hermana")
    referrals.refer(desk, case, a_service(desk), due=DAY)
    number = person_of(desk, case).number
    (listed,) = people.recent(desk)
    assert (listed.name, listed.age, listed.nationality, listed.number) == ("", None, "", number)
    assert listed.restricted
    (found,) = people.search(desk, "desir")
    assert (found.name, found.restricted) == ("Rose Désir", True)
    hoy = today.read_today(desk)
    (due,) = hoy.due
    assert (due.name, due.service, due.number, due.restricted) == ("", "", number, True)
    assert (due.contact_rule, due.contact_words) == (ContactRule.ONLY_IN_PERSON, ""), "Hoy stands open on the desk"
    assert [(new.name, new.number, new.restricted) for new in hoy.opened] == [("", number, True)]


def test_hoy_calls_for_the_referral_until_one_is_made(desk: Office) -> None:
    case = a_case(desk)
    referrals.refer(desk, case, a_service(desk, "scl-caj"))
    with clock.at(datetime(DAY.year, DAY.month, DAY.day + 1, 12).astimezone()):
        protection.open_path(desk, case, {Sign.DANGER})
        (waiting,) = today.read_today(desk).paths
        assert (waiting.case, waiting.number) == (case, person_of(desk, case).number)
        assert waiting.opened == DAY + timedelta(days=1)
    with clock.at(datetime(DAY.year, DAY.month, DAY.day + 2, 12).astimezone()):
        assert [path.case for path in today.read_today(desk).paths] == [case], "and on the days after"
        _done, referral = referrals.refer(desk, case, a_service(desk), due=clock.today())
        assert referral.due == DAY + timedelta(days=2)
        assert today.read_today(desk).paths == ()
        followed = next(f for f in people.read_case(desk, case).referrals if f.referral.id == referral.id)
        referrals.record_step(desk, case, followed, Heard(state=State.MISTAKE))
        assert len(today.read_today(desk).paths) == 1, "one written by mistake is none"
        protection.close_path(desk, case)
        assert today.read_today(desk).paths == ()


def test_the_draft_that_completes_a_restricted_case_has_no_name_on_hoy(desk: Office, closed: Closed) -> None:
    hidden, shown = a_case(desk, given="Zulema"), a_case(desk, given="Zoila")
    for case in (hidden, shown):
        draft, filling = intake.begin(desk, case=case)
        intake.save_draft(desk, draft, filling)
    protection.open_path(desk, hidden, {Sign.DANGER})
    assert {(d.subject, d.title) for d in today.read_today(desk).drafts} == {(hidden, ""), (shown, "Zoila Désir")}
    office = closed()
    assert [draft.subject for draft in today.read_today(office).drafts] == [shown]


# paper and disk


def test_nothing_of_a_restricted_case_is_printed(desk: Office) -> None:
    case = a_case(desk)
    referral = referrals.refer(desk, case, a_service(desk))[1].id
    assert referral_sheet(desk, case, referral).pdf.startswith(b"%PDF")
    protection.open_path(desk, case, {Sign.DANGER})
    with pytest.raises(NotAllowed):
        referral_sheet(desk, case, referral)
    protection.close_path(desk, case, stays_restricted=False)
    assert referral_sheet(desk, case, referral).pdf.startswith(b"%PDF")


def test_the_words_of_the_compartment_are_in_no_table_and_in_no_file(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, set(Sign))
    protection.step(desk, case, "alone", f"{MARK}note")
    protection.tell(desk, case, f"{MARK}story")
    with desk.case_operation(Op.PROTECT, case) as op:
        protection.put_protection(op, person_of(desk, case), (), orientation_words=f"{MARK}orientation", entry=MARK)
    for _round in range(2):
        found = "\n".join(repr(row) for rows in tables.dump(desk.vault).values() for row in rows)
        assert "Désir" in found
        assert MARK not in found
        assert not any(sign.value in found for sign in (Sign.CHILD_ALONE, Sign.CHILD_AT_RISK))
        every = [name for (name,) in desk.vault.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in every:
            rows = repr(desk.vault.read(f'SELECT * FROM "{name}"'))
            assert MARK not in rows, name
            assert Sign.CHILD_ALONE.value not in rows, name
        assert people.search(desk, MARK) == []
        assert readable(desk.folder) == []
        desk.vault.rebuild(replay=True)
        desk.vault.checkpoint()
    assert protection.read_stories(desk, case, Look.ASKED)[0].words == f"{MARK}story"


def test_what_an_operation_tells_the_screens_holds_no_word_of_the_compartment(desk: Office) -> None:
    case = a_case(desk)
    done = protection.open_path(desk, case, {Sign.CHILD_ALONE}, steps=("alone",))
    assert done.touches("protection", "rapid_step", "person")
    assert Sign.CHILD_ALONE.value not in repr(done)


WRITER = f"""
import sys
from migrant_office.models.office import unlock
from migrant_office.models.restricted import Sign
from migrant_office.services import protection
office = unlock(__import__("pathlib").Path(sys.argv[1]), {PASSPHRASE!r})
print("ready", flush=True)
while True:
    protection.open_path(office, sys.argv[2], set(Sign), contact_words="x", steps=("alone", "offer"))
    protection.tell(office, sys.argv[2], "contado")
    protection.close_path(office, sys.argv[2], stays_restricted=False)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal")
def test_a_killed_desk_never_leaves_half_a_path(desk_folder: Path) -> None:
    office = unlock(desk_folder, PASSPHRASE)
    case = a_case(office)
    office.close()
    for round_ in range(8):
        command = [sys.executable, "-c", WRITER, str(desk_folder), case]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(0.013 * round_)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        office = unlock(desk_folder, PASSPHRASE)
        person, file = person_of(office, case), compartment(office, case)
        found = file.one(Protection)
        assert found is not None
        assert person.restricted == (found.opened is not None and found.closed is None)
        assert (person.path_opened is not None) == person.restricted
        assert person.told_once == bool(file.all(Story))
        assert len(file.all(RapidStep)) % 2 == 0
        assert office.vault.ledger.broken_link() is None
        office.close()


def reads_that_name_people() -> Iterator[tuple[str, str]]:
    """(name, source) of every named read whose SQL may answer with somebody's name."""
    for path in sorted((ROOT / "migrant_office" / "models" / "reads").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            text = ast.get_source_segment(source, node) or ""
            if not isinstance(node, ast.FunctionDef) or "vault" not in {a.arg for a in node.args.args}:
                continue
            if any(word in text for word in ("{NAME}", "{LINE}", "surname", "Found(")):
                yield f"{path.stem}.{node.name}", text


def test_no_read_names_people_without_minding_who_may_see_them() -> None:
    named = dict(reads_that_name_people())
    known = {
        "finding.found",
        "follow_ups.lines",
        "people.lines",
        "people.recent",
        "supervision.cases",
        "today.opened_on",
    }
    assert known <= named.keys()
    assert [name for name, text in named.items() if "seen(" not in text and "restricted" not in text] == []
