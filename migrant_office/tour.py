"""The main work walked in the real window, by keyboard, without a display: pictures, the sheet and the workbook stay.

It is what `make run` does where nobody can look at a window, and a smoke test of the whole path.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from migrant_office import clock, paths
from migrant_office.app import Window, application, catch_unexpected
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
from migrant_office.ui.case_file.sheet_dialog import SheetDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.main_window import Workspace
from migrant_office.ui.month.month_page import MonthPage
from migrant_office.ui.operations import UNEXPECTED
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.widgets.answers import Answers

PATIENCE = 30.0  # seconds; nothing on this path takes one
PEOPLE, MONTHS, SEED = 400, 12, 7
CTRL = Qt.KeyboardModifier.ControlModifier
GIVEN, SURNAME = "Marie-Flore", "Jean-Baptiste"  # invented


class Walk:
    """The window, the pictures so far, and patience."""

    def __init__(self, app: QApplication, data: Path, out: Path, language: str, secret: str = DEMO_PASSPHRASE) -> None:
        self.app, self.data, self.out, self.secret = app, data, out, secret
        self.pictures = out / "pictures"
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.count = 0
        self.window = Window(app, data, language=language)

    @property
    def space(self) -> Workspace:
        if self.window.workspace is None:
            raise UserError(N_("The walk stopped at “{place}”."), place="workspace")
        return self.window.workspace

    def wait(self, ready: Callable[[], object], place: str) -> None:
        """Let the window live until something is so. Raises `UserError` naming the place when it never is."""
        end = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > end:
                raise UserError(N_("The walk stopped at “{place}”."), place=place)
            self.live(20)

    def live(self, milliseconds: int = 150) -> None:
        """Run the event loop; unlike a test's wait it lets the other thread work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def settle(self) -> None:
        """Everything asked so far is answered and painted."""
        for _round in range(3):
            if self.window.operations:
                self.window.operations.settle()
            self.live(60)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        self.settle()
        self.count += 1
        if self.window.workspace:
            self.window.workspace.toast.hide()  # it would cover what the picture is for
        (widget or self.window).grab().save(str(self.pictures / f"{self.count:02d}-{name}.png"))

    def write(self, text: str, into: QWidget) -> None:
        """Type into a field, as it would hear the keyboard."""
        into.setFocus()
        QTest.keyClicks(into.focusProxy() or into, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.app.focusWidget() or self.window, key, modifier)
        self.live(30)

    def dialog(self, kind: type[QWidget]) -> QWidget:
        """The dialog in front, once it is there."""
        self.wait(lambda: isinstance(self.app.activeModalWidget(), kind), kind.__name__)
        found = self.app.activeModalWidget()
        if found is None:
            raise UserError(N_("The walk stopped at “{place}”."), place=kind.__name__)
        return found


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
    intake(walk)
    refer(walk)
    follow(walk)
    month(walk)
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


def intake(walk: Walk) -> None:
    """A new person: the form typed, saved by itself, and a case opened with it."""
    page = walk.space.pages["intake"]
    if not isinstance(page, IntakePage):
        return
    walk.space.start_intake(None)
    walk.wait(lambda: page.filling and page.views, "intake")
    for name, text in (("given", GIVEN), ("surname", SURNAME)):
        view = next(v for v in page.views.values() if v.question.name == name)
        walk.write(text, view)
    walk.wait(lambda: page.draft and page.draft.saved_at, "draft")
    walk.picture("intake-first-step")
    for step in range(1, 20):
        last = page.page
        answer_tiles(page)
        walk.settle()
        if step == 2:
            walk.picture("intake-identity")
        page.forward.click()
        walk.wait(lambda last=last: page.page != last or page.filling is None, "intake step")  # type: ignore[misc]
        if page.filling is None:
            break
    walk.wait(lambda: walk.space.current == "case", "case")
    case = walk.space.pages["case"]
    walk.wait(lambda: isinstance(case, CasePage) and case.case, "case read")
    walk.picture("case-new")


def answer_tiles(page: IntakePage) -> None:
    """The first answer of every visible question with tiles, by its number key."""
    for view in list(page.views.values()):
        tiles: Answers | None = view.tiles
        if tiles and tiles.isVisible() and tiles.tiles and not tiles.value():
            QTest.keyClick(tiles.tiles[0], Qt.Key.Key_1)


def refer(walk: Walk) -> None:
    """A referral to a service of the catalogue, and its bilingual sheet."""
    page = walk.space.pages["case"]
    if not isinstance(page, CasePage):
        return
    page.refer.click()
    dialog = walk.dialog(ReferDialog)
    if not isinstance(dialog, ReferDialog):
        return
    walk.wait(lambda: dialog.lines, "catalogue")
    line = next(x for x in dialog.lines if dialog.need.value() in ("all", *_needs_of(dialog, x.area)))
    dialog.service.set_value(line.id)
    dialog.service.changed.emit(line.id)
    walk.wait(lambda: dialog.chosen, "service")
    walk.picture("refer", dialog)
    dialog.agree()
    sheet = walk.dialog(SheetDialog)
    if isinstance(sheet, SheetDialog):
        paths.write_atomically(walk.out / "sheet.pdf", sheet.pdf)
        walk.picture("sheet", sheet)
        sheet.reject()
    walk.wait(lambda: page.case and page.case.referrals, "referral")
    walk.picture("case")


def _needs_of(dialog: ReferDialog, area: str) -> tuple[str, ...]:
    found = dialog.operations.city.area(area)
    return found.needs if found else ()


def follow(walk: Walk) -> None:
    """What came of the referral: served. It leaves Hoy; undo brings it back."""
    page = walk.space.pages["case"]
    if not isinstance(page, CasePage) or page.case is None:
        return
    page._step(page.case.referrals[0].referral.id)  # noqa: SLF001 - what a click on the row does
    dialog = walk.dialog(StepDialog)
    if isinstance(dialog, StepDialog):
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
    page = walk.space.pages["month"]
    if not isinstance(page, MonthPage):
        return
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
    walk.space.choose(language=language)
    walk.space.go("case")
    for theme, scale in (("dark", 100), ("contrast", 100), ("light", 130)):
        walk.space.choose(theme=theme, scale=scale)
        walk.picture(f"case-{theme}-{scale}")
    walk.space.choose(theme="light", scale=100)
    walk.window.resize(1024, 700)
    walk.space.go("month")
    walk.picture("month-small")
