"""The part of the tour at the door: a number is taken, the next is called and attended, and the day's agenda."""

from __future__ import annotations

from migrant_office.ui.agenda.agenda_page import AgendaPage
from migrant_office.ui.today.call_dialog import CallDialog
from migrant_office.ui.today.take_dialog import TakeDialog
from migrant_office.ui.today.today_page import TodayPage
from migrant_office.walk import Walk


def attend_the_next(walk: Walk) -> None:
    """A number for somebody who says nothing, and whoever is next is called and is there."""
    page = walk.page("today", TodayPage)
    walk.space.go("today")
    walk.wait(lambda: page.queue.queue is not None, "queue")
    page.queue.take.click()
    dialog = walk.dialog(TakeDialog)
    walk.picture("take-a-number", dialog)
    dialog.agree()
    walk.wait(lambda: page.queue.next, "number")
    walk.picture("today-queue")
    page.start.click()
    called = walk.dialog(CallDialog)
    walk.picture("called", called)
    called.agree()
    walk.wait(lambda: walk.space.current in ("case", "intake"), "attending")
    walk.settle()


def day(walk: Walk) -> None:
    """The appointments and the free hours of today."""
    page = walk.page("agenda", AgendaPage)
    walk.space.go("agenda")
    walk.wait(lambda: page.shown is not None, "agenda")
    walk.picture("agenda")
