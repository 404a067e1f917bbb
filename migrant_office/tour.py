"""The main work walked in the real window, by keyboard, without a display: pictures, the sheet and the workbook stay.

It is what `make run` does where nobody can look at a window, and a smoke test of the whole path.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler

from migrant_office import clock, paths, walk_case, walk_intake, walk_queue, walk_sheets
from migrant_office.app import application, catch_unexpected
from migrant_office.commands.common import Told, passphrase, said
from migrant_office.commands.offices import DEMO_PASSPHRASE
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, translator
from migrant_office.models.city import load_city
from migrant_office.models.counts.month import Month
from migrant_office.models.office import read_about
from migrant_office.services.demo.making import make_demo
from migrant_office.ui.assistant import Assistant
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.month.month_page import MonthPage
from migrant_office.ui.operations import UNEXPECTED
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.walk import Walk

PEOPLE, MONTHS, SEED = 400, 12, 7


def run_tour(given: argparse.Namespace) -> int:
    """`migrant-office tour`: the walk through the office of `--data`, or through a demo office made in OUT/office.

    Returns the exit code. Raises `UserError` for an office of real people: the walk writes an invented one into it.
    """
    out: Path = given.out
    asked = given.data != paths.default_data()
    data = given.data if asked else out / "office"
    secret = passphrase(given) if given.passphrase_file else DEMO_PASSPHRASE
    out.mkdir(parents=True, exist_ok=True)
    if not asked and not data.exists():
        make_demo(
            data,
            city=given.city,
            people=PEOPLE,
            months=MONTHS,
            until=load_city(given.city).today(),
            seed=SEED,
            passphrase=secret,
            language=given.language or "",
            progress=Told(),
        )
    if not read_about(data).demo:
        raise UserError(N_("The walk writes an invented person. Use it with a demo office only."))
    app = application()
    before = qInstallMessageHandler(heard)
    walk = Walk(app, data, out, given.language or "", secret)
    catch_unexpected(walk.window)
    try:
        walk_all(walk)
    finally:
        walk.window.close()
        qInstallMessageHandler(before)
    if walk.window.crashes:
        raise UserError(UNEXPECTED)
    said(_("The walk is done. Pictures, the sheet and the workbook are in: {folder}").format(folder=out))
    return 0


def heard(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """What Qt says, but for what a window without a screen repeats at every size."""
    if "propagateSizeHints" not in text:
        said(text, error=True)


def walk_all(walk: Walk) -> None:
    first_start(walk)
    unlock(walk)
    search(walk)
    walk_queue.attend_the_next(walk)
    walk_queue.day(walk)
    walk_intake.quick(walk)
    walk_intake.family(walk)
    walk_intake.whole(walk)
    refer(walk)
    follow(walk)
    walk_case.route(walk)
    walk_case.asked_after(walk)
    walk_case.consent(walk)
    walk_case.rapid_path(walk)
    walk_case.told_much(walk)
    walk_case.registered_twice(walk)
    month(walk)
    walk_sheets.sheets(walk, Month.of(clock.today()).previous())
    looks(walk)


def first_start(walk: Walk) -> None:
    """The assistant of an empty folder, looked at and left."""
    assistant = Assistant(walk.out / "none", walk.window.worker)
    assistant.resize(walk.window.size())
    walk.window.speak(walk.window.asked_language or "es")
    assistant.retranslate()
    assistant.show()
    walk.picture("first-start", assistant)
    assistant.close()


def unlock(walk: Walk) -> None:
    walk.window.begin()
    walk.window.show()
    walk.window.activateWindow()
    walk.picture("lock")
    if walk.window.lock:
        walk.write(walk.secret, walk.window.lock)
        walk.key(Qt.Key.Key_Return)
    walk.wait(lambda: walk.window.workspace, "lock")
    walk.picture("today")


def search(walk: Walk) -> None:
    """Three letters find people."""
    page = walk.space.pages["people"]
    walk.write("mar", walk.space.search)
    walk.wait(lambda: isinstance(page, PeoplePage) and page.text == "mar", "search")
    walk.picture("people")
    walk.key(Qt.Key.Key_Escape)


def refer(walk: Walk) -> None:
    """A referral to a service of the catalogue, and its bilingual sheet."""
    page = walk.page("case", CasePage)
    page.refer.click()
    dialog = walk.dialog(ReferDialog)
    walk.wait(lambda: dialog.lines, "catalogue")
    line = next(x for x in dialog.lines if dialog.need.value() in ("all", *_needs_of(dialog, x.area)))
    dialog.service.set_value(line.id)
    dialog.service.changed.emit(line.id)
    walk.wait(lambda: dialog.chosen, "service")
    walk.picture("refer", dialog)
    dialog.agree()
    sheet = walk.sheet()
    walk.paper("sheet", sheet.pdf)
    walk.picture("sheet", sheet)
    sheet.reject()
    walk.wait(lambda: page.case and page.case.referrals, "referral")
    walk.picture("case")


def _needs_of(dialog: ReferDialog, area: str) -> tuple[str, ...]:
    found = dialog.operations.city.area(area)
    return found.needs if found else ()


def follow(walk: Walk) -> None:
    """What came of the referral: served. It leaves Hoy; undo brings it back."""
    page = walk.page("case", CasePage)
    if page.case is None:
        return
    page._step(page.case.referrals[0].referral.id)  # noqa: SLF001 - what a click on the row does
    dialog = walk.dialog(StepDialog)
    dialog.state.set_value(("completed",))
    dialog.state.changed.emit(("completed",))
    dialog.outcome.setCurrentIndex(dialog.outcome.findData("attended"))
    walk.picture("follow-up", dialog)
    dialog.agree()
    walk.wait(lambda: page.case and page.case.referrals[0].steps, "outcome")
    walk.picture("case-outcome")
    walk.space.undo_action.trigger()
    walk.wait(lambda: page.case and not page.case.referrals[0].steps, "undo")
    walk.space.redo_action.trigger()
    walk.wait(lambda: page.case and page.case.referrals[0].steps, "redo")


def month(walk: Walk) -> None:
    """The last whole month: exact on screen, protected in files; closed twice with the same bytes."""
    walk.space.go("services")
    walk.picture("services")
    page = walk.page("month", MonthPage)
    walk.space.go("month")
    wanted = Month.of(clock.today()).previous()
    walk.wait(lambda: page.overview and page.overview.month == wanted, "month")
    walk.picture("month")
    page.close_month(wanted, walk.out)
    walk.wait(lambda: page.overview and page.overview.frozen, "closing")
    page.tables_button.click()
    walk.picture("month-tables")
    page.tables_button.click()


def looks(walk: Walk) -> None:
    """The same window in Creole, in the dark, in high contrast, with large letters, and small."""
    language = translator().lang
    walk.space.go("today")
    walk.space.choose(language="ht")
    walk.picture("today-kreyol")
    walk.space.start_intake(IntakeWish())
    walk.picture("intake-kreyol")
    walk.space.go("case")
    walk.picture("case-kreyol")
    walk.space.go("month")
    walk.picture("month-kreyol")
    walk.space.choose(language=language)
    walk.space.go("case")
    for theme, scale in (("dark", 100), ("contrast", 100), ("light", 130)):
        walk.space.choose(theme=theme, scale=scale)
        walk.picture(f"case-{theme}-{scale}")
    walk.space.choose(theme="light", scale=100)
    walk.window.resize(1024, 700)
    walk.space.go("month")
    walk.picture("month-small")
