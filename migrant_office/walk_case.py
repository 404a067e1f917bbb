"""The part of the tour that opens what a case holds: consent, the rapid path, papers, and files of one person."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from migrant_office.models.case_file import CaseFile
from migrant_office.models.office import Office
from migrant_office.services import people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.consent_dialog import ConsentDialog
from migrant_office.ui.case_file.protection_dialog import ProtectionDialog
from migrant_office.ui.follow_ups.follow_ups_page import SUPERVISION, FollowUpsPage
from migrant_office.ui.merging.merge_dialog import MergeDialog
from migrant_office.ui.people.pairs_page import PairsPage
from migrant_office.ui.route.route_page import RoutePage
from migrant_office.walk import Walk

NEWEST = 60  # cases among which the fullest is looked for


def consent(walk: Walk) -> None:
    """The notice and its questions in two languages, and the leaf with a place to sign."""
    page = walk.page("case", CasePage)
    walk.wait(lambda: page.consent.notice, "notice")
    page.consent.ask()
    dialog = walk.dialog(ConsentDialog)
    walk.picture("consent", dialog)
    for answers in dialog.answers.values():
        answers.set_value(("yes",))
    dialog.agree()
    walk.settle()
    page.consent.print()
    sheet = walk.sheet()
    walk.paper("notice", sheet.pdf)
    sheet.reject()
    walk.settle()


def route(walk: Walk) -> None:
    """La Ruta of the person, its printed page, and back to the case."""
    page, case = walk.page("route", RoutePage), walk.page("case", CasePage)
    case.route.click()
    walk.wait(lambda: page.route and page.route.case.person.id == case.case_id, "route")
    walk.picture("route")
    page.print.click()
    sheet = walk.sheet()
    walk.paper("route", sheet.pdf)
    sheet.reject()
    page.back.click()
    walk.wait(lambda: walk.space.current == "case", "case again")


def asked_after(walk: Walk) -> None:
    """Whom to ask today and what, what nobody followed, and how the pathways ended."""
    page, case = walk.page("follow_ups", FollowUpsPage), walk.page("case", CasePage).case_id
    walk.space.go("follow_ups")
    walk.wait(lambda: page.shown and page.chosen(), "follow-ups")
    walk.picture("follow-ups")
    page.tabs.set_current(SUPERVISION)
    page.tabs.chosen.emit(SUPERVISION)
    walk.settle()
    walk.picture("supervision")
    walk.space.go("pathways")
    walk.settle()
    walk.picture("pathways")
    walk.space.open_case(case)
    walk.settle()


def rapid_path(walk: Walk) -> None:
    """The checklist of a sign, the restricted case, and back: undo takes the path away again."""
    page = walk.page("case", CasePage)
    page.tools_.path.click()
    dialog = walk.dialog(ProtectionDialog)
    walk.wait(lambda: dialog.known, "checklist")
    dialog.signs.set_value(("danger",))
    dialog.signs.changed.emit(("danger",))
    walk.picture("rapid-path", dialog)
    dialog.agree()
    walk.wait(lambda: page.case and page.case.person.restricted, "restricted")
    walk.picture("case-restricted")
    walk.space.undo_action.trigger()
    walk.wait(lambda: page.case and not page.case.person.restricted, "undo")


def told_much(walk: Walk) -> None:
    """The case of the demo that holds the most papers, trades and relatives, from its head to its foot."""
    here = walk.page("case", CasePage)
    found: list[str] = []
    before = here.case_id
    walk.space.operations.ask(walk.space, fullest, found.append)
    walk.wait(lambda: found, "fullest case")
    if not found[0]:
        return
    walk.space.open_case(found[0])
    walk.wait(lambda: here.case and here.case.person.id == found[0], "case read")
    walk.picture("case-papers")
    bar = here.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    walk.picture("case-papers-below")
    bar.setValue(0)
    walk.space.open_case(before)
    walk.wait(lambda: here.case and here.case.person.id == before, "case read")


def registered_twice(walk: Walk) -> None:
    """The search through the whole office, and what waits after it."""
    page = walk.page("pairs", PairsPage)
    walk.space.go("pairs")
    walk.wait(lambda: page.list.isVisible(), "pairs")
    page.go_on.click()
    walk.wait(lambda: page.last and page.last.ended and not page.running, "search for duplicates")
    walk.picture("registered-twice")
    if page.found:
        page.join()
        dialog = walk.dialog(MergeDialog)
        walk.wait(lambda: dialog.pair, "comparison")
        walk.picture("join", dialog)
        dialog.reject()


def fullest(office: Office) -> str:
    """The id of the newest open case with the most to show; "" when there is none."""
    lines = [line for line in people.recent(office, NEWEST) if not line.restricted]
    cases = [people.read_case(office, line.id) for line in lines]
    most = max(cases, key=fullness, default=None)
    return most.person.id if most else ""


def fullness(case: CaseFile) -> tuple[bool, int]:
    """A household and papers first, then how much of papers and trades."""
    told = len(case.papers) + len(case.experiences)
    return bool(case.person.household and told), told
