"""The whole loop through the real window, on both cities, with the network unplugged: registered, a need, a verdict of
the Ruta, referred, the slip printed, its code typed into the search, accepted, attended, competent; the history tells
it all, and the certificate is asked for until the person has it.
"""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from migrant_office import clock
from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.follow_up import Question
from migrant_office.models.need import NeedKind
from migrant_office.models.pathway.kinds import Placement, Result, Stage
from migrant_office.models.referral import Outcome, State
from migrant_office.models.slip import SYMBOLS, checked
from migrant_office.services import pathways, people
from migrant_office.services.demo.making import make_demo
from migrant_office.services.pathways import News
from migrant_office.ui.case_file import history
from migrant_office.ui.case_file.answer_entry import CodeDialog
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.follow_ups.follow_ups_page import FollowUpsPage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.route.route_page import RoutePage
from tests.factories import CHEAP, PASSPHRASE
from tests.ui import conftest as screens
from tests.ui.conftest import NOON, today_of
from tests.ui.looking import activate, press, settle, write
from tests.ui.walking import front, page_of, sheet_in_front, space_of, until

noon, dressed = screens.noon, screens.dressed
CODE = re.compile(rf"[{SYMBOLS}]{{3}}-[{SYMBOLS}]{{3}}-[{SYMBOLS}]{{4}}")
APPOINTMENT = "25/11/2026"
SERVICES = {"santiago": "scl-chilevalora", "cdmx": "mx-a3h-04"}  # certification of skills


@pytest.fixture(scope="session", params=["santiago", "cdmx"])
def city_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loop") / "office"
    make_demo(
        folder,
        city=request.param,
        people=6,
        months=1,
        until=NOON.date(),
        seed=5,
        passphrase=PASSPHRASE,
        cost=CHEAP,
        light=True,
    )
    return folder


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_told: object, **_named: object) -> None:
        raise AssertionError("something asked for the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture
def window(
    qtbot: Any, qapp: QApplication, city_folder: Path, tmp_path: Path, dressed: None, unplugged: None
) -> Iterator[Window]:
    made = Window(qapp, Path(shutil.copytree(city_folder, tmp_path / "office")))
    made.begin()
    made.show()
    assert made.lock is not None
    made.lock.unlock_with(PASSPHRASE)
    qtbot.waitUntil(lambda: today_of(made) is not None)
    activate(made)
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_whole_loop(window: Window):
    case = register(window)
    code = refer(window, case)
    answer_from_the_search(window, case, code.lower().replace("-", " "))
    accepted(case)
    answer_from_the_key(window, case, code.replace("0", "O"))
    attended(case)
    answer_from_the_search(window, case, code)
    concluded(case)
    told(case, code)
    asked_later(window, case)


def register(window: Window) -> CasePage:
    """A new person with a name and a need."""
    page, case = page_of(window, IntakePage), page_of(window, CasePage)
    space_of(window).start_intake(None)
    until(lambda: page.views, "intake")
    write("Zenaidamar")
    page._complete()
    until(lambda: case.case is not None, "case")
    id = case.case_id
    done: list[Any] = []
    assert window.operations is not None
    window.operations.run(window, lambda office: people.add_need(office, id, NeedKind.CERTIFICATION), done.append)
    until(lambda: case.case is not None and case.case.needs, "need")
    return case


def refer(window: Window, case: CasePage) -> str:
    """From the Ruta, with her yes where it is asked; the code as it stands on the paper."""
    assert window.operations is not None
    service = SERVICES[window.operations.city.id]
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    route = page_of(window, RoutePage)
    until(lambda: route.route is not None and route.panel.shown is not None, "the Ruta")
    settle(window.operations)
    press(Qt.Key.Key_Home)
    for _row in range(60):
        if route.panel.shown is not None and route.panel.shown.line.id == service:
            break
        press(Qt.Key.Key_Down)
    assert route.panel.shown is not None
    assert route.panel.shown.code in VerdictCode, "a verdict, and never a refusal to refer"
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = front(ReferDialog)
    until(lambda: dialog.chosen is not None and dialog.chosen.id == service, "the service of the Ruta")
    settle(window.operations)
    if not dialog.share.isHidden():
        dialog.share.tick.setChecked(True)
    dialog.agree()
    sheet = sheet_in_front()
    document = pypdfium2.PdfDocument(BytesIO(sheet.pdf))
    text = document[len(document) - 1].get_textpage().get_text_range().replace("\u2011", "-")
    codes = set(CODE.findall(text))
    sheet.reject()
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    until(lambda: case.case is not None and case.case.referrals, "referral")
    assert len(codes) == 1
    assert "Zenaidamar" not in text, "the slip of the institution names nobody"
    return str(codes.pop())


def answer_from_the_search(window: Window, case: CasePage, typed: str) -> None:
    """As a scanner does it: letters and Enter, from another page."""
    space = space_of(window)
    space.go("services")
    space.search.take_focus()
    write(typed)
    press(Qt.Key.Key_Return)
    front(StepDialog)
    assert space.current == "case"


def answer_from_the_key(window: Window, case: CasePage, typed: str) -> None:
    space_of(window).go("today")
    settle(window.operations)
    press(Qt.Key.Key_F7)
    dialog = front(CodeDialog)
    write("K7X")
    press(Qt.Key.Key_Return)
    until(lambda: dialog.field.warning(), "it says what is wrong")
    dialog.code.clear()
    write(typed)
    press(Qt.Key.Key_Return)
    front(StepDialog)


def choose(dialog: StepDialog, state: State) -> None:
    """By its number key."""
    tile = next(tile for tile in dialog.state.tiles if tile.code == state.value)
    dialog.state.tiles[0].setFocus()
    press(Qt.Key(Qt.Key.Key_0.value + tile.number))
    assert dialog._chosen() is state


def save(dialog: StepDialog, case: CasePage, steps: int) -> None:
    dialog.agree()
    until(lambda: case.case is not None and len(case.case.referrals[0].steps) == steps, "written")
    until(lambda: QApplication.activeModalWidget() is None, "closed")


def accepted(case: CasePage) -> None:
    dialog = front(StepDialog)
    choose(dialog, State.ACCEPTED)
    dialog.appointment.setText(APPOINTMENT)
    dialog.appointment.textEdited.emit(APPOINTMENT)
    dialog.hour.setText("10:30")
    dialog.who.setText("Ana Rojas, recepción")
    assert dialog.due.value() == "2026-11-26", "asked about the day after"
    save(dialog, case, 1)


def attended(case: CasePage) -> None:
    dialog = front(StepDialog)
    choose(dialog, State.IN_PROGRESS)
    save(dialog, case, 2)


def concluded(case: CasePage) -> None:
    dialog = front(StepDialog)
    choose(dialog, State.COMPLETED)
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(Outcome.COMPETENT.value))
    if not dialog.next.isHidden():  # of a certification: placement, or why not now
        dialog.next.now.set_value(("no",))
        dialog.next.now.changed.emit(("no",))
        dialog.next.why.setCurrentIndex(dialog.next.why.findData(Placement.STUDIES.value))
    heard: list[Any] = []
    dialog.heard.connect(heard.append)
    save(dialog, case, 3)
    assert [step.outcome for step in heard] == [Outcome.COMPETENT], "pages can go on from it"


def told(case: CasePage, code: str) -> None:
    """The history has each move with its day, who said it and who wrote it down."""
    assert case.case is not None
    found = case.case.referrals[0]
    assert [step.state for step in found.steps] == [State.ACCEPTED, State.IN_PROGRESS, State.COMPLETED]
    assert (found.state, found.outcome) == (State.COMPLETED, Outcome.COMPETENT)
    waiting = [f for f in case.case.follow_ups if f.due == found.due and f.waits]
    assert [f.question for f in waiting] == [Question.CERTIFICATE], "nobody forgets the paper itself"
    assert {step.made for step in found.steps} == {clock.today()}
    assert all(step.officer for step in found.steps)
    events = history.events(case.case, {found.referral.service: "Servicio"})
    mine = [event for event in events if event.key in {found.referral.id, *(step.id for step in found.steps)}]
    assert len(mine) == 4
    assert all(event.date == history.short(clock.today()) for event in mine)
    assert all(history.by(found.referral.officer) in event.hint for event in mine)
    assert code in mine[-1].hint
    assert "Ana Rojas, recepción" in mine[2].hint
    assert "10:30" in mine[2].hint
    shown = next(row for row in case.referral_rows if row.spec().key == found.referral.id)
    assert shown.spec().hint.startswith(code)


def test_a_code_that_brings_nothing_up_is_told_under_the_search(window: Window):
    space, page = space_of(window), page_of(window, PeoplePage)
    said: list[str] = []
    page.said.connect(said.append)
    space.search.take_focus()
    code = checked("C3FFFFFFF")
    write(code[:-1] + next(symbol for symbol in SYMBOLS if symbol != code[-1]))
    press(Qt.Key.Key_Return)
    until(lambda: said, "a sentence")
    assert said[0] == _("A letter or digit of this code is not right. Look at the slip and type it again.")
    assert space.current == "people"
    assert QApplication.activeModalWidget() is None


def walk_down(page: FollowUpsPage) -> set[tuple[str, Question | None]]:
    """Who is asked what, from the first row to the last, by key."""
    found: set[tuple[str, Question | None]] = set()
    page.list.setFocus()
    press(Qt.Key.Key_Home)
    for _row in range(40):
        if line := page.chosen():
            found.add((line.case, line.question))
        press(Qt.Key.Key_Down)
    return found


def asked_later(window: Window, case: CasePage) -> None:
    """The result stands on the pathway; on its day somebody asks for the certificate, until it is delivered."""
    assert case.case is not None
    (way,) = case.case.pathways
    assert (way.spot, way.undecided) == (Result.COMPETENT, None)
    due = case.case.referrals[0].due
    assert due is not None
    with clock.at(datetime(due.year, due.month, due.day, 10).astimezone()):
        press(Qt.Key.Key_F4)
        page = page_of(window, FollowUpsPage)
        until(lambda: page.chosen() is not None, "Seguimientos")
        settle(window.operations)
        found = walk_down(page)
    assert (case.case_id, Question.CERTIFICATE) in found
    done: list[Any] = []
    assert window.operations is not None
    id, pathway = case.case_id, way.pathway.id
    news = News(spot=Stage.DELIVERED)
    window.operations.run(window, lambda office: pathways.add_milestone(office, id, pathway, news), done.append)
    until(lambda: done, "delivered")
    space_of(window).open_case(id)
    until(lambda: case.case is not None and case.case.referrals[0].due is None, "nothing is asked any more")
