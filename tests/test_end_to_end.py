"""One whole path, from the door to the month's counts: window, command line and files tell the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.app import Window
from migrant_office.cli import run as command
from migrant_office.models.counts.month import Month
from migrant_office.services import month as months
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.follow_ups.follow_ups_page import FollowUpsPage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.month.month_page import MonthPage
from tests.factories import PASSPHRASE
from tests.ui import conftest as screens
from tests.ui.conftest import NOON
from tests.ui.looking import settle, write
from tests.ui.walking import front, page_of, sheet_in_front, space_of, until

NAME = "Zenaidamar"
demo_folder, office_folder, noon = screens.demo_folder, screens.office_folder, screens.noon
dressed, window = screens.dressed, screens.window


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return path


def run(folder: Path, passphrase: Path, *words: object) -> int:
    return command([*map(str, words), "--data", str(folder), "--passphrase-file", str(passphrase)])


def test_from_the_door_to_the_counts(
    window: Window, passphrase_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = welcome(window)
    referral = refer(window, case)
    attended = counted(window)
    the_referral_waits_on_its_day(window, case, referral)
    window.close()

    month = Month.of(NOON.date())
    assert run(window.folder, passphrase_file, "counts", "show", "--month", month) == 0
    assert str(attended) in capsys.readouterr().out
    closed = [(tmp_path / name) for name in ("one", "two")]
    for out in closed:
        out.mkdir()
        assert run(window.folder, passphrase_file, "counts", "close", "--month", month.previous(), "--out", out) == 0
    files = [{p.name: p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()} for out in closed]
    assert files[0] == files[1]
    assert any(name.endswith(".xlsx") for name in files[0])
    assert run(window.folder, passphrase_file, "rebuild") == 0
    for path in window.folder.rglob("*"):
        assert not path.is_file() or NAME.encode() not in path.read_bytes(), f"a name lies open in {path.name}"
    assert not any(NAME.encode() in data for data in files[0].values())


def welcome(window: Window) -> CasePage:
    """A new person with nothing but a name."""
    page, case = page_of(window, IntakePage), page_of(window, CasePage)
    space_of(window).start_intake(None)
    until(lambda: page.views, "intake")
    write(NAME)
    page._complete()
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    assert case.case.person.given == NAME
    return case


def refer(window: Window, case: CasePage) -> str:
    """A referral and its sheet in two languages."""
    case.refer.click()
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "catalogue")
    dialog.service.set_value(dialog.service._model.all[3][0])
    dialog.service.changed.emit(dialog.service.value())
    until(lambda: dialog.chosen is not None, "service")
    dialog.agree()
    sheet = sheet_in_front()
    assert sheet.pdf.startswith(b"%PDF")
    sheet.reject()
    until(lambda: case.case is not None and case.case.referrals, "referral")
    assert case.case is not None
    return case.case.referrals[0].referral.id


def counted(window: Window) -> int:
    """This month's attended people on the screen; as many as the service counts."""
    page = page_of(window, MonthPage)
    space_of(window).go("month")
    until(lambda: page.overview is not None, "month")
    page.after.click()
    until(lambda: page.overview is not None and page.overview.month == Month.of(NOON.date()), "this month")
    assert page.overview is not None
    shown = next(t for t in page.overview.tables if t.code == "total" and t.indicator == "persons_attended")
    told: list[months.Overview] = []
    assert window.operations is not None
    window.operations.ask(window, lambda office: months.overview(office, Month.of(NOON.date())), told.append)
    until(lambda: told, "counts")
    assert told[0].tables == page.overview.tables
    return shown.cells[0].persons


def the_referral_waits_on_its_day(window: Window, case: CasePage, referral: str) -> None:
    """Seguimientos has it later before its day, and overdue or for today from then on."""
    page = page_of(window, FollowUpsPage)
    assert case.case is not None
    due = case.case.referrals[0].due
    assert due is not None
    for days, waits in ((-1, False), (0, True), (40, True)):
        day = due + timedelta(days=days)
        with clock.at(NOON.replace(year=day.year, month=day.month, day=day.day)):
            space_of(window).go("follow_ups")
            page.read()
            settle(window.operations, 3)
            until(lambda day=day: page.shown is not None and page.shown.day == day, "Seguimientos")
            assert page.shown is not None
            assert (referral in {line.referral for line in page.shown.first if line.due <= day}) is waits, days
