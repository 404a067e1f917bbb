"""Pathways on the case page: begun, gone on and decided by keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.pathway.following import FollowedPathway
from migrant_office.models.pathway.kinds import AfterNotYet, Ending, PathwayKind, Placement, Result, Stage
from migrant_office.models.person import Situation
from migrant_office.models.referral import Outcome, State
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import catalogue, consents, pathways, people, referrals, sheet_prints
from migrant_office.services.pathways import Beginning, News
from migrant_office.services.referrals import Heard
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.milestone_dialog import CLOSE, MilestoneDialog, digits
from migrant_office.ui.case_file.pathway_dialog import PathwayDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.widgets.track import Track
from tests.ui.case_file.test_papers import do
from tests.ui.looking import cut_labels, overlapping, press, settle, squeezed, unnamed, write
from tests.ui.printers import PrintingSystem
from tests.ui.walking import front, open_bare_case, sheet_in_front, until

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 18)
CENTRE = "scl-chilevalora"


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_bare_case(window)


def ways(page: CasePage, kind: PathwayKind = PathwayKind.CERTIFICATION) -> list[FollowedPathway]:
    settle(page.operations, 4)
    assert page.case is not None
    return [way for way in page.case.pathways if way.pathway.kind is kind]


def begun(page: CasePage, *news: News) -> FollowedPathway:
    """A certification that the office began, with what was told of it; the card shows it."""
    case = page.case_id

    def made(office: Office) -> Any:
        done, way = pathways.begin(office, case, Beginning(kind=PathwayKind.CERTIFICATION, profile="carer"))
        for one in news:
            done = pathways.add_milestone(office, case, way.id, one)
        return done

    before = len(page.pathways.row_widgets)
    do(page.operations, made)
    until(lambda: len(page.pathways.row_widgets) == before + 1, "row")
    return ways(page)[0]


def open_row(page: CasePage, way: FollowedPathway) -> MilestoneDialog:
    row = next(row for row in page.pathways.row_widgets if row.spec().key == way.pathway.id)
    row.setFocus()
    press(Qt.Key.Key_Return)
    return front(MilestoneDialog)


def looks_right(dialog: Any) -> None:
    assert (cut_labels(dialog), squeezed(dialog), overlapping(dialog), unnamed(dialog)) == ([], [], [], [])


def tile(dialog: Any, answers: Any, code: str) -> None:
    """Choose a tile by its number key."""
    number = [t.code for t in answers.tiles].index(code) + 1
    answers.tiles[0].setFocus()
    press(Qt.Key(Qt.Key.Key_0 + number))
    settle(dialog.operations, 3)


def test_a_pathway_is_begun_by_keyboard_and_warned_about(page: CasePage) -> None:
    def barred(office: Office) -> Any:
        return people.edit_person(office, people.read_case(office, page.case_id).person, childcare=True)

    do(page.operations, barred)
    page.pathways.add_button.setFocus()
    press(Qt.Key.Key_Return)
    dialog = front(PathwayDialog)
    dialog.agree()
    assert dialog.trouble.isVisible(), "it says what is missing"
    tile(dialog, dialog.kind, PathwayKind.CERTIFICATION)
    until(lambda: dialog.warning.isVisible(), "warning")
    assert "cuidado" in dialog.warning.accessibleName().lower()
    assert dialog.profile.count() > 2
    dialog.profile.setCurrentIndex(dialog.profile.findData("carer"))
    dialog.trade.setFocus()
    write("cuido abuelos")
    looks_right(dialog)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: len(ways(page)) == 1, "begun")
    (way,) = ways(page)
    assert (way.pathway.profile, way.pathway.trade, way.spot) == ("carer", "cuido abuelos", None)


def test_a_competent_result_is_not_saved_without_its_decision(page: CasePage) -> None:
    way = begun(page, News(spot=Stage.ENROLLED))
    dialog = open_row(page, way)
    assert QApplication.focusWidget() is dialog.spot.tiles[0]
    tile(dialog, dialog.spot, Result.COMPETENT)
    assert dialog.next.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert dialog.trouble.isVisible()
    tile(dialog, dialog.next.now, "no")
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.next.why_field.warning()
    dialog.next.why.setCurrentIndex(dialog.next.why.findData(Placement.STUDIES))
    looks_right(dialog)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: ways(page)[0].spot is Result.COMPETENT, "saved")
    assert ways(page)[0].milestones[-1].placement is Placement.STUDIES


def test_placement_begins_from_the_same_dialog(page: CasePage) -> None:
    way = begun(page)
    dialog = open_row(page, way)
    tile(dialog, dialog.spot, Result.COMPETENT)
    until(lambda: dialog.next.where.count() > 1, "services")
    tile(dialog, dialog.next.now, "yes")
    until(lambda: dialog.next.chosen, "service")
    assert dialog.next.where.value() == "scl-omil"
    looks_right(dialog)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: ways(page)[0].spot is Result.COMPETENT, "saved")
    assert page.case is not None
    placed = [w for w in ways(page, PathwayKind.EMPLOYMENT) if w.pathway.parent == way.pathway.id]
    assert [w.pathway.service for w in placed] == ["scl-omil"]
    assert placed[0].pathway.referral in {f.referral.id for f in page.case.referrals}


def test_a_referrals_outcome_asks_the_same(page: CasePage) -> None:
    case = page.case_id
    do(page.operations, lambda office: consents.refer(office, case, catalogue.service(office, CENTRE))[0])
    assert page.case is not None
    followed = next(f for f in page.case.referrals if f.referral.service == CENTRE)
    page._step(followed.referral.id)
    dialog = front(StepDialog)
    tile(dialog, dialog.state, State.COMPLETED)
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(Outcome.NOT_YET_COMPETENT))
    settle(page.operations)
    assert dialog.next.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible(), "what comes next is not said yet"
    tile(dialog, dialog.next.after, AfterNotYet.REINFORCE)
    looks_right(dialog)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: any(w.spot is Result.NOT_YET for w in ways(page)), "saved")
    assert ways(page)[0].undecided is None


def test_a_result_that_came_by_another_door_waits_for_its_decision(page: CasePage) -> None:
    case = page.case_id

    def answered(office: Office) -> Any:
        consents.refer(office, case, catalogue.service(office, CENTRE), need=NeedKind.CERTIFICATION)
        followed = next(f for f in people.read_case(office, case).referrals if f.referral.service == CENTRE)
        return referrals.record_step(office, case, followed, Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT))

    do(page.operations, answered)
    (way,) = ways(page)
    assert page.pathways.row_widgets[0].spec().marks[0].text == _("What comes next?")
    dialog = open_row(page, way)
    looks_right(dialog)
    tile(dialog, dialog.next.now, "no")
    dialog.next.why.setCurrentIndex(dialog.next.why.findData(Placement.CARE))
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: ways(page)[0].undecided is None, "decided")


def test_fields_follow_what_happened(page: CasePage) -> None:
    way = begun(page, News(spot=Stage.ENROLLED))
    dialog = open_row(page, way)
    tile(dialog, dialog.spot, Stage.DROPPED_OUT)
    assert dialog.reason_field.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: dialog.trouble.isVisible(), "the reason is wanted")
    tile(dialog, dialog.spot, Result.PENDING)
    assert (dialog.reason_field.isVisible(), dialog.ask_field.isVisible()) == (False, True)
    dialog.situation.setCurrentIndex(dialog.situation.findData(Situation.LOOKING))
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: ways(page)[0].spot is Result.PENDING, "saved")
    assert page.case is not None
    assert page.case.person.situation is Situation.LOOKING
    assert [s.situation for s in page.case.situations][-1] is Situation.LOOKING


def test_closing_and_taking_back(page: CasePage) -> None:
    way = begun(page, News(spot=Stage.ENROLLED))
    dialog = open_row(page, way)
    tile(dialog, dialog.spot, CLOSE)
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.trouble.isVisible()
    dialog.ending.setCurrentIndex(dialog.ending.findData(Ending.ELSEWHERE))
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: ways(page)[0].pathway.ending is Ending.ELSEWHERE, "closed")
    assert not page.pathways.findChildren(Track) or len(page.case.pathways) > 1  # type: ignore[union-attr]
    dialog = open_row(page, ways(page)[0])
    dialog.back.click()
    until(lambda: ways(page)[0].milestones == (), "taken back")
    assert ways(page)[0].is_open


def test_stations_are_told_without_seeing_them(page: CasePage) -> None:
    begun(page, News(spot=Stage.ENROLLED, made=TODAY))
    track = page.pathways.findChildren(Track)[0]
    told = [(s.title, s.state) for s in track.stations[:3]]
    assert [state for _title, state in told] == ["done", "now", "later"]
    assert _("now") in track.accessibleDescription()


@pytest.mark.parametrize(
    ("text", "amount"), [("300.000", 300_000), ("300 000", 300_000), ("12a", None), ("", None), ("٣", None)]
)
def test_amounts_as_people_write_them(text: str, amount: int | None) -> None:
    assert digits(text) == amount


def test_what_is_printed_is_counted(page: CasePage, printers: PrintingSystem) -> None:
    printers.queues("Mesa")
    page.print.click()
    sheet = sheet_in_front()
    until(lambda: sheet.known, "printers")
    sheet.copies.setText("3")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is None, "printed")
    settle(page.operations, 3)
    found: list[Any] = []
    page.operations.ask(page, lambda office: sheet_prints.between(office, "2026-11-18", "2026-11-18"), found.extend)
    settle(page.operations, 2)
    assert [(p.sheet, p.languages, p.printed, p.saved) for p in found] == [(SheetKind.REFERRAL, "es ht", 3, 0)]
    assert found[0].version
