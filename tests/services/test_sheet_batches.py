"""Many sheets in one file: the right people, nobody who must not be on paper, and nothing left when it is stopped."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import Translator
from migrant_office.models.appointment import CancelReason
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.office import Office
from migrant_office.models.referral import Outcome, State
from migrant_office.models.restricted import Sign
from migrant_office.models.sheet import BOTH, ENGLISH, SPANISH, Choice, Paper
from migrant_office.models.sheet_print import PrintWay, SheetKind
from migrant_office.progress import Cancelled, Progress
from migrant_office.services import (
    agenda,
    catalogue,
    information_sheet,
    people,
    protection,
    referrals,
    sheet_batches,
    sheet_prints,
)
from migrant_office.services.referrals import Heard
from migrant_office.services.sheet_batches import INFORMATION, MOST_COPIES, Gathered, Wanted, Whom, gather, make
from tests.factories import DAY, PASSPHRASE
from tests.services.a_month import a_case, hear

TOMORROW = DAY + timedelta(days=1)
ALONE = Choice(SPANISH)


@pytest.fixture
def service(desk: Office) -> str:
    rules = city_rules("santiago")
    return next(
        line.id
        for line in catalogue.lines(desk, offered_only=True)
        if line.area == "employment" and line.id not in rules.unprinted
    )


def refer(office: Office, case: str, service: str) -> str:
    referrals.refer(office, case, catalogue.service(office, service))
    return people.read_case(office, case).referrals[0].referral.id


def referred(service: str, **told) -> Wanted:
    return Wanted(sheet=INFORMATION, whom=Whom.REFERRED, service=service, **told)


def expected(sheet: str = "health_letter", service: str = "", day: date = TOMORROW) -> Wanted:
    return Wanted(sheet=sheet, whom=Whom.EXPECTED, service=service, day=day)


def names(gathered: Gathered) -> list[str]:
    return [one if isinstance(one, str) else one.person for one in gathered.each]


def texts(content: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(content)]


# -- for whom


def test_everybody_with_an_open_referral_gets_one_sheet_by_surname(desk: Office, service: str) -> None:
    for given_, surname in (("Rose", "Désir"), ("Wilner", "Baptiste"), ("Ana", "Soto")):
        refer(desk, a_case(desk, given=given_, surname=surname), service)
    twice = a_case(desk, given="Marie", surname="Noël")
    refer(desk, twice, service)
    refer(desk, twice, service)
    a_case(desk, given="Nadie")
    assert names(gather(desk, referred(service))) == ["Wilner Baptiste", "Rose Désir", "Marie Noël", "Ana Soto"]


def test_who_has_an_answer_already_gets_none(desk: Office, service: str) -> None:
    kept = {}
    for state in (State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD, State.COMPLETED, State.MISTAKE):
        case = a_case(desk, given=state.name)
        refer(desk, case, service)
        outcome = Outcome.ATTENDED if state is State.COMPLETED else None
        hear(desk, case, Heard(state=state, outcome=outcome, due=TOMORROW))
        kept[state.name] = people.read_case(desk, case).referrals[0].state
    still = {name for name, state in kept.items() if not state.is_closed}
    assert still == {"ACCEPTED", "IN_PROGRESS", "ON_HOLD"}
    assert set(names(gather(desk, referred(service)))) == still


def test_restricted_cases_are_counted_and_never_printed(desk: Office, service: str) -> None:
    for given_ in ("Rose", "Ana"):
        refer(desk, a_case(desk, given=given_), service)
    hidden = a_case(desk, given="Escondida")
    refer(desk, hidden, service)
    agenda.book(desk, hidden, agenda.Wanted(day=TOMORROW, hour="10:30", minutes=30))
    protection.open_path(desk, hidden, list(Sign)[:1])
    gathered = gather(desk, referred(service), ALONE)
    assert (sorted(names(gathered)), gathered.left_out) == (["Ana", "Rose"], 1)
    made = make(gathered)
    assert (made.copies, made.left_out) == (2, 1)
    assert not any("Escondida" in page for page in texts(made.sheet.pdf))
    on_the_day = gather(desk, expected())
    assert (on_the_day.each, on_the_day.left_out) == ((), 1)


def test_without_the_key_nobody_learns_how_many_are_restricted(desk: Office, service: str, monkeypatch) -> None:
    hidden = a_case(desk, given="Escondida")
    refer(desk, hidden, service)
    agenda.book(desk, hidden, agenda.Wanted(day=TOMORROW, hour="10:30", minutes=30))
    protection.open_path(desk, hidden, list(Sign)[:1])
    monkeypatch.setattr(type(desk.vault.keys), "may_open", lambda _keys, _home: False)
    assert gather(desk, referred(service)).left_out == 0
    assert gather(desk, expected()).left_out == 0


def test_everybody_expected_on_a_day_once_and_who_called_off_not(desk: Office) -> None:
    rose, ana, late = (a_case(desk, given=given_) for given_ in ("Rose", "Ana", "Tarde"))
    agenda.book(desk, rose, agenda.Wanted(day=TOMORROW, hour="09:30", minutes=30))
    agenda.book(desk, rose, agenda.Wanted(day=TOMORROW, hour="12:00", minutes=30))
    agenda.book(desk, ana, agenda.Wanted(day=TOMORROW, hour="10:30", minutes=30))
    agenda.book(desk, late, agenda.Wanted(day=TOMORROW + timedelta(days=1), hour="10:30", minutes=30))
    assert names(gather(desk, expected())) == ["Rose", "Ana"]
    held = next(one for one, _name in agenda.of_case(desk, ana))
    agenda.cancel(desk, ana, held.id, CancelReason.PERSON)
    assert names(gather(desk, expected())) == ["Rose"]


def test_the_appointment_at_the_service_stands_on_its_sheet_and_no_other(desk: Office, service: str) -> None:
    there, here = a_case(desk, given="Rose"), a_case(desk, given="Ana")
    agenda.book(desk, there, agenda.Wanted(day=TOMORROW, hour="15:15", minutes=30, service=service))
    agenda.book(desk, here, agenda.Wanted(day=TOMORROW, hour="09:30", minutes=30))
    each = gather(desk, expected(INFORMATION, service)).each
    assert {(one.person, one.appointment_on, str(one.appointment_at)) for one in each if not isinstance(one, str)} == {
        ("Rose", TOMORROW, "15:15:00"),
        ("Ana", None, "None"),
    }


def test_a_sheet_of_the_batch_is_the_sheet_of_the_person(desk: Office, service: str) -> None:
    case = a_case(desk, given="Rose", surname="Désir")
    refer(desk, case, service)
    one = information_sheet.information_sheet(desk, service, case, choice=ALONE)
    assert texts(make(gather(desk, referred(service), ALONE)).sheet.pdf) == texts(one.pdf)


def test_sheets_that_name_nobody_are_alike(desk: Office) -> None:
    case = a_case(desk, given="Rose")
    agenda.book(desk, case, agenda.Wanted(day=TOMORROW, hour="10:30", minutes=30))
    assert gather(desk, expected("labour_rights")).each == ("",)
    assert gather(desk, expected("health_letter")).each == ("Rose",)


# -- refusals


def test_nobody_is_said(desk: Office, service: str) -> None:
    with pytest.raises(UserError, match="nobody to print for"):
        make(gather(desk, referred(service)))


@pytest.mark.parametrize("copies", [-1, 0, MOST_COPIES + 1])
def test_too_many_copies_and_none_are_refused(desk: Office, copies: int) -> None:
    with pytest.raises(UserError) as refused:
        gather(desk, Wanted(sheet="employers", whom=Whom.BLANK, copies=copies))
    assert str(MOST_COPIES) in refused.value.text(Translator("en"))


def test_a_service_that_is_gone_is_said(desk: Office) -> None:
    with pytest.raises(UserError):
        gather(desk, Wanted(sheet=INFORMATION, whom=Whom.BLANK, service="gone"))


def test_a_service_that_stands_on_no_paper_is_refused(desk: Office) -> None:
    hidden = sorted(city_rules("santiago").unprinted)
    assert hidden
    for whom in (Whom.BLANK, Whom.REFERRED):
        with pytest.raises(NotAllowed, match="found on anybody"):
            gather(desk, Wanted(sheet=INFORMATION, whom=whom, service=hidden[0]))


def test_an_office_that_prints_no_draft_prints_no_batch_of_it(desk: Office) -> None:
    gathered = gather(desk, Wanted(sheet="employers", whom=Whom.BLANK, copies=3), Choice(BOTH))
    with pytest.raises(NotAllowed, match="approved"):
        make(replace(gathered, form=replace(gathered.form, only_reviewed=True)))
    alone = gather(desk, Wanted(sheet="employers", whom=Whom.BLANK, copies=3), ALONE)
    assert make(replace(alone, form=replace(alone.form, only_reviewed=True))).copies == 3


# -- the file


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(
    copies=st.integers(1, 6),
    languages=st.sampled_from([BOTH, ENGLISH, SPANISH]),
    paper=st.sampled_from(Paper),
    both_sides=st.booleans(),
    sheet=st.sampled_from(["labour_rights", "employers"]),
)
def test_blank_copies_are_one_file_of_so_many_sheets(desk, copies, languages, paper, both_sides, sheet) -> None:
    wanted = Wanted(sheet=sheet, whom=Whom.BLANK, copies=copies, both_sides=both_sides)
    made = make(gather(desk, wanted, Choice(languages, paper)))
    document = pdfium.PdfDocument(made.sheet.pdf)
    found = texts(made.sheet.pdf)
    first = [number for number, page in enumerate(found) if "Página 1 de" in page]
    assert len(first) == made.copies == copies
    assert made.sheet.pages == sum(bool(page) for page in found)
    assert not both_sides or all(number % 2 == 0 for number in first)
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {
        tuple(round(side / 25.4 * 72) for side in paper.value)
    }
    assert made.sheet.draft is ("ht" in languages)


def test_equal_batches_are_equal_bytes_with_typefaces_stored_once(desk: Office, service: str) -> None:
    wanted = Wanted(sheet=INFORMATION, whom=Whom.BLANK, service=service, copies=30)
    made = make(gather(desk, wanted))
    assert made == make(gather(desk, wanted))
    assert made.sheet.pdf.count(b"/FontFile2") == make(gather(desk, replace(wanted, copies=1))).sheet.pdf.count(
        b"/FontFile2"
    )
    assert made.sheet.name == "information-es-ht-30"


class Stops(Progress):
    """A person who asks to stop once so many sheets are done."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after
        self.told: list[tuple[int, int]] = []

    def report(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if done >= self.after:
            self.cancel()
        super().report(done, total)


@pytest.mark.parametrize("after", [0, 1, 7, 10])
def test_stopped_between_two_sheets_nothing_is_left(desk: Office, tmp_path, monkeypatch, after: int) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before, envelopes = set(tmp_path.rglob("*")), len(desk.vault.envelopes())
    gathered = gather(desk, Wanted(sheet="employers", whom=Whom.BLANK, copies=10), ALONE)
    progress = Stops(after)
    with pytest.raises(Cancelled):
        make(gathered, progress)
    assert progress.told == [(number, 10) for number in range(after + 1)]
    assert set(tmp_path.rglob("*")) == before
    assert len(desk.vault.envelopes()) == envelopes
    assert sheet_prints.between(desk, "2000-01-01", "2100-01-01") == []
    assert make(gathered).copies == 10  # and it can be asked for again


# -- counting


def test_what_leaves_is_counted_sheet_by_sheet(desk: Office) -> None:
    made = make(gather(desk, Wanted(sheet="employers", whom=Whom.BLANK, copies=40), ALONE))
    sheet_batches.note(desk, made, 2, PrintWay.PRINTED)
    sheet_batches.note(desk, made, 0, PrintWay.SAVED)
    (counted,) = sheet_prints.between(desk, DAY.isoformat(), DAY.isoformat())
    assert (counted.sheet, counted.languages, counted.printed, counted.saved) == (SheetKind.EMPLOYERS, "es", 80, 1)
    assert counted.version == made.sheet.version


MEMORY = """
import sys
sys.modules.update(pandas=None, numpy=None)  # loaded only where the benchmarks have brought them; no office has them
from pathlib import Path
from migrant_office.models.office import unlock
from migrant_office.services.sheet_batches import Wanted, Whom, gather, make
from dataclasses import replace
office = unlock(Path(sys.argv[1]), sys.argv[2])
gathered = gather(office, Wanted(sheet="information", whom=Whom.BLANK, service=sys.argv[3], copies=1))
office.close()
one = gathered.each[0]
many = tuple(replace(one, person=f"Wideline Jean-Baptiste {n}") for n in range(int(sys.argv[4])))
made = make(replace(gathered, each=many))
assert "PySide6" not in sys.modules
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024, made.copies)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says it so")
def test_memory_stays_under_100_mb(desk_folder, desk: Office, service: str) -> None:
    """120 sheets here, 500 in `benchmarks/bench_sheets.py`; each keeps some kilobytes until the file is whole."""
    desk.close()
    told = subprocess.run(
        [sys.executable, "-c", MEMORY, str(desk_folder), PASSPHRASE, service, "120"],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert int(told[1]) == 120
    assert int(told[0]) < 100


def test_a_tagged_batch_says_its_reading_order(desk: Office) -> None:
    wanted = Wanted(sheet="employers", whom=Whom.BLANK, copies=3)
    plain, tagged = (make(gather(desk, wanted, Choice(SPANISH, tagged=to_hear))) for to_hear in (False, True))
    assert b"/StructTreeRoot" in tagged.sheet.pdf
    assert b"/StructTreeRoot" not in plain.sheet.pdf
    assert [sheet.sheet.pages for sheet in (plain, tagged)] == [plain.sheet.pages] * 2
