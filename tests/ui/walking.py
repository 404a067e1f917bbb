"""Every screen of an unlocked window, one after the other, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migrant_office.app import Window
from migrant_office.models.encounter import Channel
from migrant_office.models.judgement import Verdict
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway.kinds import PathwayKind, Result, Stage
from migrant_office.models.person import Language, Person
from migrant_office.services import catalogue, duplicates, pathways, people, referrals
from migrant_office.services.pathways import Beginning
from migrant_office.ui.agenda.agenda_page import AgendaPage
from migrant_office.ui.booking.appointment_dialog import AppointmentDialog
from migrant_office.ui.booking.book_dialog import BookDialog
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.milestone_dialog import MilestoneDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.catalogue.catalogue_page import CataloguePage
from migrant_office.ui.catalogue.edit_dialog import EditDialog
from migrant_office.ui.follow_ups.follow_ups_page import FollowUpsPage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.main_window import Workspace
from migrant_office.ui.merging.merge_dialog import MergeDialog
from migrant_office.ui.month.month_page import MonthPage
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.people.pairs_page import PairsPage
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.route.route_page import RoutePage
from migrant_office.ui.today.call_dialog import CallDialog
from migrant_office.ui.today.take_dialog import TakeDialog
from migrant_office.ui.today.today_page import TodayPage
from tests.ui.looking import live, settle

P = TypeVar("P")
PATIENCE = 250  # rounds of 20 ms


def until(ready: Any, what: str) -> None:
    for _round in range(PATIENCE):
        if ready():
            return
        live(20)
    raise AssertionError(f"never came: {what}")


def space_of(window: Window) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def page_of(window: Window, kind: type[P]) -> P:
    found = next(page for page in space_of(window).pages.values() if isinstance(page, kind))
    assert isinstance(found, kind)
    return found


def front(kind: type[P]) -> P:
    """The dialog in front, once it is there."""
    until(lambda: isinstance(QApplication.activeModalWidget(), kind), kind.__name__)
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    settle(None)
    return found


def sheet_in_front() -> PaperDialog:
    """The sheet in front, once it is made and shown."""
    sheet = front(PaperDialog)
    until(lambda: sheet.pdf and sheet.primary.isEnabled(), "sheet")
    return sheet


def open_referred_case(window: Window) -> CasePage:
    """The case at the head of Hoy: it has a referral that waits."""
    today = page_of(window, TodayPage)
    space_of(window).go("today")
    settle(window.operations)
    assert today.shown is not None
    assert today.shown.due
    return open_case(window, today.shown.due[0].case)


def open_bare_case(window: Window) -> CasePage:
    """The case of somebody of whom nothing is kept yet but a name, a phone and a referral that waits."""
    person = Person(
        id=new_id(), given="Rose", surname="Sosa", birth=date(1988, 5, 3), phone="+56 9 5555 0101", language=Language.ES
    )

    def written(office: Office) -> str:
        encounter = people.new_encounter(office, Channel.IN_PERSON)
        people.open_case(office, person, people.new_need(NeedKind.WORK), encounter=encounter)
        referrals.refer(office, person.id, catalogue.service(office, "scl-omil"), need=NeedKind.WORK)
        return person.id

    made: list[str] = []
    space_of(window).operations.run(window, written, made.append)
    until(lambda: made, "written")
    return open_case(window, person.id)


def open_case(window: Window, id: str) -> CasePage:
    page = page_of(window, CasePage)
    space_of(window).open_case(id)
    until(lambda: page.case is not None and page.case.person.id == id, "case")
    settle(window.operations)
    return page


def screens(window: Window) -> Iterator[tuple[str, QWidget]]:
    """(name, widget) of every page in its states, and of every dialog."""
    yield from places(window)
    yield from intake_steps(window)
    yield from case_dialogs(window)
    yield from catalogue_dialogs(window)
    yield from registered_twice(window)
    yield from at_the_door(window)


def at_the_door(window: Window) -> Iterator[tuple[str, QWidget]]:
    """The queue and the agenda: taking a number, calling it, the day, giving an hour, an appointment called off."""
    space, today, agenda = space_of(window), page_of(window, TodayPage), page_of(window, AgendaPage)
    space.go("today")
    settle(window.operations)
    today.queue.take.click()
    yield "take-number", front(TakeDialog)
    close(window)
    today.start.click()
    yield "called", front(CallDialog)
    close(window)
    space.go("agenda")
    settle(window.operations)
    yield "agenda", window
    agenda.book.click()
    yield "book", front(BookDialog)
    close(window)
    assert today.agenda.lines
    today.agenda._open(today.agenda.lines[-1].id)
    held = front(AppointmentDialog)
    held._ask_why()
    settle(window.operations)
    yield "appointment", held
    close(window)


def catalogue_dialogs(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Servicios: whom to call, editing with hours and a telephone, confirming, steps, the list on paper."""
    page = page_of(window, CataloguePage)
    space_of(window).go("services")
    settle(window.operations)
    page.tabs.set_current("calls")
    page.tabs.chosen.emit("calls")
    settle(window.operations)
    yield "services-calls", window
    page.panel.edit.click()
    edit = front(EditDialog)
    edit.hours.add(edit.hours.blank)
    edit.phones.add(edit.phones.blank)
    edit.closed.setChecked(True)
    settle(window.operations)
    yield "service-edit", edit
    close(window)
    for name, button in (
        ("confirm", page.panel.confirm),
        ("steps", page.panel.steps),
        ("paper", page.paper),
        ("sheet", page.panel.sheet),
    ):
        button.click()
        yield f"service-{name}", dialog(window)
        close(window)


def registered_twice(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Two files of one person: the pair that waits, joining, the case that was joined, and separating."""
    one, other = a_pair(window)
    page = page_of(window, PairsPage)
    space_of(window).go("pairs")
    until(lambda: page.found, "pairs")
    settle(window.operations)
    yield "pairs", window
    page.join()
    joining = front(MergeDialog)
    until(lambda: joining.pair, "differences")
    settle(window.operations)
    yield "merge", joining
    joining.agree()
    until(lambda: not page.found, "joined")
    yield "pairs-none", window
    case = open_case(window, one)
    until(lambda: case.joined.row_widgets, "joined file")
    yield "case-joined", window
    case.joined._separate(other)
    yield "separate", dialog(window)
    close(window)


def a_pair(window: Window) -> tuple[str, str]:
    """Two files of whom somebody said at the desk that they are one person's."""
    told: dict[str, Any] = {"birth": date(1991, 4, 7), "phone": "+56 9 8765 4321"}
    one = Person(id=new_id(), given="Jean-Robert", surname="Baptiste", **told)
    other = Person(id=new_id(), given="Jan Wobè", surname="Batis", email="jan@example.org", **told)

    def written(office: Office) -> str:
        for person in (one, other):
            people.open_case(office, person, encounter=people.new_encounter(office, Channel.IN_PERSON))
        duplicates.judge(office, one.id, other.id, Verdict.SAME)
        return one.id

    made: list[str] = []
    space_of(window).operations.run(window, written, made.append)
    until(lambda: made, "written")
    return one.id, other.id


def places(window: Window) -> Iterator[tuple[str, QWidget]]:
    space = space_of(window)
    for key in ("today", "people", "services", "month", "pathways", "sheets"):
        space.go(key)
        settle(window.operations)
        yield key, window
    month = page_of(window, MonthPage)
    month.tables_button.click()
    settle(window.operations)
    yield "month-tables", window
    month.tables_button.click()
    yield from questions(window)
    people = page_of(window, PeoplePage)
    for text in ("mar", "zzzz"):
        space.search.set_text(text)
        until(lambda text=text: people.shown == text, "search")
        settle(window.operations)
        yield f"people-{text}", window
    space.search.clear()
    live(150)


def questions(window: Window) -> Iterator[tuple[str, QWidget]]:
    """What is asked before something that cannot be taken back, and the whole list of Hoy."""
    month, today = page_of(window, MonthPage), page_of(window, TodayPage)
    month.close_card.button.click()
    yield "close-month", dialog(window)
    close(window)
    space_of(window).go("today")
    settle(window.operations)
    assert today.shown is not None
    today._ask_discard(today.shown.drafts[0], "Registro de María Rodríguez")
    yield "discard", dialog(window)
    close(window)
    today.due.link_clicked.emit()
    yield from follow_ups(window)


def follow_ups(window: Window) -> Iterator[tuple[str, QWidget]]:
    """The list of all that has to be asked, its dialogs, and what nobody followed."""
    page = page_of(window, FollowUpsPage)
    until(lambda: page.shown is not None and page.chosen() is not None, "follow-ups")
    settle(window.operations)
    yield "follow-ups", window
    for name, button in {"attempt": page.panel.attempt, "move": page.panel.day, "drop": page.panel.drop}.items():
        button.click()
        yield name, dialog(window)
        close(window)
    page.hand_over.click()
    yield "hand-over", dialog(window)
    close(window)
    page.tabs.setCurrentIndex(2)
    until(lambda: page.supervision.shown, "supervision")
    settle(window.operations)
    yield "supervision", window
    page.tabs.setCurrentIndex(1)
    settle(window.operations)


def intake_steps(window: Window) -> Iterator[tuple[str, QWidget]]:
    page = page_of(window, IntakePage)
    space_of(window).start_intake(None)
    until(lambda: page.filling is not None and page.views, "intake")
    for number in range(len(page.pages())):
        page._show_page(number)
        settle(window.operations)
        yield f"intake-{number + 1}", window
    space_of(window).go("today")


def case_dialogs(window: Window) -> Iterator[tuple[str, QWidget]]:
    page = open_referred_case(window)
    yield "case", window
    page.route.click()
    shown_route = page_of(window, RoutePage)
    until(lambda: shown_route.route is not None and shown_route.isVisible(), "route")
    settle(window.operations)
    yield "route", window
    shown_route.back.click()
    settle(window.operations)
    page.encounter.click()
    yield "encounter", dialog(window)
    close(window)
    page.refer.click()
    shown = dialog(window)
    settle(window.operations)
    yield "refer", shown
    close(window)
    page._step_due()
    step = front(StepDialog)
    step.state.set_value(("completed",))
    step.state.changed.emit(("completed",))
    step.outcome.setCurrentIndex(step.outcome.findData("dropped_out"))
    settle(window.operations)
    yield "step", step
    close(window)
    page.facts.link_clicked.emit()
    yield "person", dialog(window)
    close(window)
    page.print.click()
    yield "sheet", dialog(window)
    close(window)
    cards = {"paper": page.papers, "experience": page.experience, "file": page.files, "add-member": page.household}
    cards["pathway"] = page.pathways
    for name, card in cards.items():
        card.add_button.click()
        yield name, dialog(window)
        close(window)
    yield from milestones(window, page)
    page.facts.private.click()
    yield "private", dialog(window)
    close(window)
    space_of(window).answers.open()
    yield "code", dialog(window)
    close(window)


def milestones(window: Window, page: CasePage) -> Iterator[tuple[str, QWidget]]:
    """A pathway that begins, the result that asks what comes next, and the card with its stations."""
    case = page.case_id
    told = Beginning(kind=PathwayKind.CERTIFICATION, profile="carer", centre="INACAP")
    page.operations.run(page, lambda office: pathways.begin(office, case, told))
    until(lambda: page.case is not None and page.case.pathways and page.pathways.row_widgets, "pathway")
    settle(window.operations)
    yield "case-pathways", window
    page.pathways.row_widgets[0].click()
    shown = front(MilestoneDialog)
    for code in (Result.COMPETENT, Result.NOT_YET, Stage.DROPPED_OUT):
        shown.spot.set_value((code,))
        shown.spot.changed.emit((code,))
        shown.next.now.set_value(("yes",))
        shown.next.now.changed.emit(("yes",))
        settle(window.operations, 4)
        yield f"milestone-{code}", shown
    close(window)


def dialog(window: Window) -> QDialog:
    shown = front(QDialog)
    settle(window.operations)
    return shown


def close(window: Window) -> None:
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, QDialog)
    shown.reject()
    settle(window.operations)
