"""The rapid path and the story told once, by keyboard; what the page of a restricted case shows and refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from migrant_office import i18n
from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.follow_up import Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule
from migrant_office.models.restricted import Sign
from migrant_office.models.vault import access
from migrant_office.services import people, protection
from migrant_office.services.follow_ups.listing import Line
from migrant_office.services.people import PersonLine
from migrant_office.services.protection import Look
from migrant_office.services.today import NewCase, PendingPath
from migrant_office.ui import words
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.protection_dialog import EndPathDialog, ProtectionDialog
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.case_file.story_dialog import StoryDialog, TellDialog
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.people.people_page import PeoplePage, facts
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.today.today_page import TodayPage, due_row, opened_row, path_row
from migrant_office.ui.widgets.marks import Chip, Mark
from migrant_office.ui.widgets.row import ListRow
from migrant_office.ui.widgets.text import Text
from tests.ui.looking import cut_labels, live, overlapping, press, scrolls_sideways, settle, squeezed, write
from tests.ui.walking import close, front, open_case, open_referred_case, page_of, space_of, until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_referred_case(window)


@pytest.fixture
def office(window: Window) -> Office:
    """The office behind the window; to be touched only while nothing was asked of its thread."""
    assert window.operations is not None
    return window.operations._office


def do(window: Window, act: Any) -> None:
    """An act of the office's thread, waited for."""
    assert window.operations is not None
    done: list[object] = []
    window.operations.run(window, act, done.append)
    until(lambda: done, "act")
    settle(window.operations)


def restrict(window: Window, page: CasePage, **told: Any) -> None:
    case = page.case_id
    do(window, lambda office: protection.open_path(office, case, {Sign.DANGER}, **told))
    until(lambda: page.case is not None and page.case.person.restricted, "restricted")
    settle(window.operations)


def shown_texts(widget: QWidget) -> str:
    return "\n".join(t.text() for t in widget.findChildren(Text) if not t.isHidden())


def test_the_path_is_opened_by_keys_alone(window: Window, page: CasePage, office: Office):
    heard: list[str] = []
    page.said.connect(heard.append)
    page.tools_.path.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(ProtectionDialog)
    until(lambda: dialog.known is not None, "checklist")
    assert dialog.focusWidget() is dialog.signs.tiles[0]
    assert [*dialog.steps.ticks][:1] == ["alone"], "what every sign has stands there at once"
    press(Qt.Key.Key_1)
    assert "gv_line" in dialog.steps.ticks
    press(Qt.Key.Key_5)
    assert {"gv_line", "da_night"} <= dialog.steps.ticks.keys()
    tick = dialog.steps.ticks["alone"]
    tick.setFocus()
    press(Qt.Key.Key_Space)
    assert dialog.steps.ticked() == ["alone"]
    dialog.signs.tiles[0].setFocus()
    press(Qt.Key.Key_1)
    assert "gv_line" not in dialog.steps.ticks
    assert dialog.steps.ticked() == ["alone"], "another sign keeps what is ticked"
    dialog.rule.setCurrentIndex(dialog.rule.findData("only_in_person"))
    dialog.said.setFocus()
    write("solo de 9 a 12")
    dialog.service.setCurrentIndex(1)
    chosen = dialog.service.value()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and page.case.person.restricted, "restricted")
    until(lambda: not page.protection.isHidden() and "1455" not in page.protection.banner.accessibleName(), "card")
    settle(window.operations)
    assert page.case is not None
    person = page.case.person
    assert (person.contact_rule, person.contact_words) == (ContactRule.ONLY_IN_PERSON, "solo de 9 a 12")
    assert page.case.referrals[0].referral.service == chosen
    shown = protection.read_protection(office, page.case_id)
    assert shown.protection.signs == {Sign.DANGER}
    assert [s.step.code for s in shown.steps if s.taken] == ["alone"]
    told = page.protection.banner.accessibleName()
    assert _("Restricted. Do not print. Contact: {rule}").split("{")[0] in told
    assert "solo de 9 a 12" in told
    assert not any(person.name in text for text in heard)
    assert person.name not in window.windowTitle()
    assert page.tools_.path.isHidden()
    assert {page.tools_.story, page.protection.go_on} <= set(page.panels()), "F6 goes there"
    page.encounter.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    until(lambda: page.case is not None and not page.case.person.restricted, "undone at once")
    assert page.protection.isHidden()
    assert page.protection.banner.isHidden()


def test_nothing_of_a_restricted_case_can_be_printed_and_the_button_says_why(window: Window, page: CasePage):
    assert page.print.isEnabled()
    restrict(window, page)
    assert not page.print.isEnabled()
    assert page.print.accessibleDescription() == _("This case is restricted: nothing of it is printed.")
    press(Qt.Key.Key_P, CTRL)
    live(100)
    assert QApplication.activeModalWidget() is None
    assert page.case is not None
    page._print(page.case.referrals[0].referral.id)  # whatever else asks for it
    dialog = front(PaperDialog)
    until(lambda: not dialog.trouble.isHidden(), "refused")
    assert not dialog.pdf
    assert not dialog.primary.isEnabled()
    assert not dialog.save.isEnabled()


def test_a_referral_of_a_restricted_case_opens_no_sheet(window: Window, page: CasePage):
    restrict(window, page)
    heard: list[str] = []
    page.said.connect(heard.append)
    assert page.case is not None
    page._referred(page.case.referrals[0].referral)
    live(50)
    assert QApplication.activeModalWidget() is None
    assert heard == [_("Referral saved. It is undone with Ctrl Z.")]


def test_the_page_names_what_remains_and_goes_on_to_the_end(window: Window, page: CasePage, office: Office):
    restrict(window, page, steps=("alone",))
    until(lambda: page.protection.link_clicked and page.protection._link.text(), "card")
    first = protection.checklist(office).step("interpreter")
    assert first is not None
    assert first.words.es in shown_texts(page.protection)
    assert _("No referral was made yet: offer it today.") in page.protection.banner.accessibleName()
    page.protection.go_on.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(ProtectionDialog)
    until(lambda: dialog.known is not None, "path")
    assert dialog.signs.value() == (Sign.DANGER.value,)
    assert dialog.steps.ticks["alone"].isChecked()
    assert not dialog.steps.ticks["alone"].isEnabled(), "what was done is not undone by a click"
    dialog.steps.ticks["interpreter"].click()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: first.words.es not in shown_texts(page.protection), "one step less")
    page.protection.go_on.click()
    front(ProtectionDialog).end.click()
    ending = front(EndPathDialog)
    press(Qt.Key.Key_Space)  # the tick has the focus: the case becomes one like any other
    assert not ending.stays.isChecked()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and not page.case.person.restricted, "ended")
    assert page.print.isEnabled()


def test_an_old_leave_to_call_is_asked_again(window: Window, page: CasePage):
    assert page.case is not None
    shown = replace(page.case.person)
    do(window, lambda office: people.edit_person(office, shown, contact_rule=ContactRule.ANY))
    page.tools_.path.click()
    dialog = front(ProtectionDialog)
    until(lambda: dialog.known is not None, "checklist")
    assert dialog.rule.value() == ""
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and page.case.person.restricted, "restricted")
    assert page.case.person.contact_rule is Missing.NOT_ASKED
    settle(window.operations)
    assert _("ask first how") in page.protection.banner.accessibleName()


def test_a_story_is_written_once_and_opened_for_a_reason(window: Window, page: CasePage, office: Office):
    page.tools_.story.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(TellDialog)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: not dialog.trouble.isHidden(), "nothing to keep")
    dialog.words.setFocus()
    write("Lo que quiso contar")
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible(), "one hasty Esc loses nothing"
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and page.case.person.told_once, "told")
    settle(window.operations)
    marks = [chip.spec().text for chip in page.marks.findChildren(Chip) if not chip.isHidden()]
    assert _("Already told: do not ask again") in marks
    assert page.print.isEnabled(), "told is not yet restricted"

    page.tools_.story.click()
    story = front(StoryDialog)
    assert "Lo que quiso contar" not in shown_texts(story)
    press(Qt.Key.Key_Return, CTRL)
    assert not story.trouble.isHidden(), "a reason comes first"
    settle(window.operations)
    assert story.told is None
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: story.told is not None, "story")
    assert "Lo que quiso contar" in shown_texts(story)
    settle(window.operations)
    assert access.entries(office.vault)[-1].act == f"story-{Look.ASKED.value}"
    story.more.click()
    more = front(TellDialog)
    write("Era otro dia")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is not more, "written")
    settle(window.operations)
    assert len(protection.read_stories(office, page.case_id, Look.SUPERVISION)) == 2


def test_without_the_key_the_buttons_say_whom_to_ask(window: Window, page: CasePage, office: Office):
    assert page.case is not None
    settle(window.operations)
    office.vault.keys = replace(office.vault.keys, compartment=None)
    page.tools_.show_person(replace(page.case.person, told_once=True))
    until(lambda: not page.tools_.path.isEnabled(), "shut")
    for button in (page.tools_.path, page.tools_.story):
        assert not button.isEnabled()
        assert button.accessibleDescription()


def test_a_case_that_becomes_restricted_leaves_the_screen_of_who_has_no_key(
    window: Window, page: CasePage, office: Office
):
    case, name = page.case_id, page.case.person.name if page.case else ""
    restrict(window, page)
    heard: list[str] = []
    page.said.connect(heard.append)
    keys = replace(office.vault.keys, compartment=None)
    office.vault.keys = office.vault.shelf.keys = office.vault.ledger.keys = keys
    page.read()
    until(lambda: heard, "gone")
    assert page.case is None
    assert name not in heard[0]
    space_of(window).go("people")
    list_page = page_of(window, PeoplePage)
    settle(window.operations)
    assert case not in [line.id for line in list_page.found]


def test_the_safe_contact_stands_where_somebody_is_followed(window: Window, page: CasePage):
    assert page.case is not None
    shown = replace(page.case.person)
    do(
        window,
        lambda office: people.edit_person(
            office, shown, contact_rule=ContactRule.NO_MESSAGES, contact_words="llamar solo de 9 a 12"
        ),
    )
    until(lambda: page.case is not None and page.case.person.contact_words, "edited")
    page._step_due()
    dialog = front(StepDialog)
    (chip,) = [c for c in dialog.findChildren(Chip) if c.spec().icon == "shield-check"]
    assert "llamar solo de 9 a 12" in chip.spec().text
    assert _(ContactRule.NO_MESSAGES.label) in chip.spec().text
    close(window)
    assert "llamar solo de 9 a 12" in shown_texts(page.facts)
    page.refer.click()
    refer = front(ReferDialog)
    assert ["llamar solo de 9 a 12" in c.spec().text for c in refer.findChildren(Chip)] == [True]
    close(window)


def test_words_alone_are_a_rule_too():
    assert words.contact_text(ContactRule.ANY) == ""
    assert words.contact_text(Missing.REFUSED, " ") == ""
    assert words.contact_text(ContactRule.ANY, "solo de 9 a 12") == "solo de 9 a 12"
    assert words.contact_text(None, "x") == "x"
    assert words.contact_text(ContactRule.WHATSAPP_ONLY, "de noche no").endswith(", de noche no")
    assert words.contact_text(ContactRule.WHATSAPP_ONLY, "Solo los martes. ").endswith(". Solo los martes")


def test_hoy_shows_a_restricted_case_by_folio_and_first_the_path_that_waits(window: Window, page: CasePage):
    assert page.case is not None
    name, number = page.case.person.name, page.case.person.number
    restrict(window, page, contact_rule=ContactRule.ONLY_IN_PERSON, contact_words="con su hermana")
    space_of(window).go("today")
    today = page_of(window, TodayPage)
    until(lambda: today.shown is not None and today.shown.paths, "Hoy")
    settle(window.operations)
    rows = [row.spec() for row in today.due.findChildren(ListRow) if not row.isHidden()]
    assert number in rows[0].title
    assert rows[0].marks[0].text == _("Rapid path pending")
    due = next(row for row in rows[1:] if number in row.title)
    assert [mark.icon for mark in due.marks][:2] == ["lock", "shield-check"]
    assert "con su hermana" not in shown_texts(today), "her own words stay in the case"
    assert name not in "\n".join(row.spoken() for row in rows)
    assert name not in shown_texts(today)


def test_rows_of_restricted_cases_hold_no_name():
    day = date(2026, 3, 2)
    told = ("f", "c", "r", Question.ATTENDED, day, "1", "", 0, "", "SC-1")
    due = Line(*told, restricted=True, contact_rule=None, contact_words="solo de día", service="")
    shown = due_row(due, today_of_day(day))
    assert shown.title == _("Case file {number}").format(number="SC-1")
    assert [mark.icon for mark in shown.marks] == ["lock", "shield-check", "calendar-event"]
    new = opened_row(NewCase("c", "", "SC-1", restricted=True))
    assert (new.title, new.hint) == (_("Case file {number}").format(number="SC-1"), "")
    assert path_row(PendingPath("c", "SC-1", day)).key == "c"
    line = PersonLine("c", "SC-1", "", None, "", day, restricted=True)
    assert [icon for icon, _label, _value in facts(line)] == ["calendar-event"]


def today_of_day(day: date):
    from migrant_office.services.today import Today

    return Today(day, (), 0, (), (), (), 0, 0, 0)


def test_the_list_shows_the_folio_and_the_search_the_name(window: Window, page: CasePage):
    assert page.case is not None
    person = page.case.person
    restrict(window, page)
    space = space_of(window)
    space.go("people")
    people_page = page_of(window, PeoplePage)
    settle(window.operations)
    titles = [people_page.list.rows.row(n).title for n in range(len(people_page.found))]
    assert person.name not in titles
    space.search.set_text(person.number)
    until(lambda: people_page.text == person.number and len(people_page.found) == 1, "found")
    settle(window.operations)
    row = people_page.list.rows.row(0)
    assert row.title == person.name
    assert [mark.text for mark in row.marks] == [_("Restricted")]
    assert _("Restricted") in [mark.spec().text for mark in people_page.panel.findChildren(Mark)]


@pytest.mark.parametrize(
    ("lang", "mode", "scale"), [("es", "light", 100), ("ht", "dark", 130), ("es", "contrast", 130)]
)
def test_nothing_is_cut_or_covered(window: Window, page: CasePage, lang: str, mode: str, scale: int):
    restrict(window, page, contact_rule=ContactRule.ONLY_IN_PERSON, contact_words="no llamar; solo de 9 a 12 " * 2)
    case = page.case_id
    do(window, lambda office: protection.tell(office, case, "Lo que quiso contar. " * 30))
    theme().choose(mode, scale)  # type: ignore[arg-type]
    i18n.set_language(lang)
    page.retranslate()
    live(80)
    settle(window.operations)
    assert_whole("page", window)
    for name, opens, kind in (
        ("path", page.protection.go_on, ProtectionDialog),
        ("story", page.tools_.story, StoryDialog),
    ):
        opens.click()
        dialog = front(kind)
        settle(window.operations)
        live(60)
        assert_whole(name, dialog)
        if isinstance(dialog, StoryDialog):
            dialog.reason.tiles[0].click()
            dialog.agree()
            settle(window.operations)
            assert dialog.told is not None
            assert_whole("told", dialog)
        close(window)


def assert_whole(name: str, widget: QWidget) -> None:
    for look in (cut_labels, squeezed, overlapping, scrolls_sideways):
        assert look(widget) == [], (name, look)


def test_the_dialog_of_a_new_referral_still_opens(window: Window, page: CasePage):
    restrict(window, page)
    press(Qt.Key.Key_D, CTRL)
    front(ReferDialog)
    close(window)
    open_case(window, page.case_id)
