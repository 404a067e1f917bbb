"""Consent on screen, by keyboard: the notice is read, answers are given, taken back, and asked before data leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea

from migrant_office import i18n
from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.consent import ConsentState, Manner, SaidBy
from migrant_office.models.notice import NoticeRefused
from migrant_office.models.office import Office
from migrant_office.models.person import Person
from migrant_office.models.referral import State
from migrant_office.services import catalogue, consents, people
from migrant_office.services.consents import Said
from migrant_office.ui import words
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.consent_dialog import ConsentDialog
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.case_file.withdraw_dialog import WithdrawDialog
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.text import Text
from tests.ui.looking import cut_labels, live, overlapping, press, scrolls_sideways, settle, squeezed, unnamed, write
from tests.ui.walking import front, open_bare_case, sheet_in_front, until

CTRL = Qt.KeyboardModifier.ControlModifier
GIVEN, REFUSED = ConsentState.GIVEN, ConsentState.REFUSED
PRIVATE = "scl-udp"


@pytest.fixture
def page(window: Window) -> CasePage:
    page = open_bare_case(window)
    until(lambda: page.consent.row_widgets, "notice")
    return page


def chord(key: Qt.Key) -> None:
    press(key, CTRL)
    live(130)  # Qt plays a pressed button for a tenth of a second


def done(page: CasePage, write_: Callable[[Office, str], Any]) -> None:
    """Something that another desk could have written, and the page with it."""
    id = page.case_id
    finished: list[Any] = []
    page.operations.run(page, lambda office: write_(office, id), finished.append)
    until(lambda: finished, "written")
    settle(page.operations)


def states(page: CasePage) -> dict[tuple[str, str], str]:
    return {row.spec().key: row.spec().marks[0].text for row in page.consent.row_widgets}  # type: ignore[misc]


def held(page: CasePage) -> dict[tuple[str, str], ConsentState]:
    return {key: c.state for key, c in consents.standing(page.case).items()} if page.case else {}


def closed() -> bool:
    return QApplication.activeModalWidget() is None


def test_every_purpose_stands_there_before_anything_was_asked(page: CasePage):
    assert [key[0] for key in states(page)] == ["contact", "share_public", "share_private", "sensitive"]
    assert set(states(page).values()) == {_("Not asked")}
    assert page.consent.back.isHidden(), "there is nothing to take back"


def test_answers_are_given_by_keys_and_shown_with_who_said_them(page: CasePage):
    page.consent.add_button.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(ConsentDialog)
    assert dialog.focusWidget() is dialog.answers["contact"].tiles[0]
    write("1")
    press(Qt.Key.Key_Tab)  # one stop a question
    write("2")
    assert dialog.told() == {"contact": GIVEN, "share_public": REFUSED}
    chord(Qt.Key.Key_Return)
    until(lambda: len(held(page)) == 2, "consents")
    until(closed, "closed")
    assert held(page) == {("contact", ""): GIVEN, ("share_public", ""): REFUSED}
    shown = states(page)
    assert (shown["contact", ""], shown["share_public", ""]) == (_("Agreed"), _("Did not agree"))
    hint = page.consent.row_widgets[0].spec().hint
    assert _("The person") in hint
    assert _("notice {version}").format(version=1) in hint
    assert not page.consent.back.isHidden()


def test_the_notice_is_scrolled_by_keys(page: CasePage):
    page.consent.ask()
    dialog = front(ConsentDialog)
    (area, *_others) = dialog.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0, "the notice comes first"
    press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    said = [text.text() for text in dialog.findChildren(Text)]
    for paragraph in dialog.notice.paragraphs:
        for lang in ("es", "ht"):
            assert any(paragraph.spoken.text(lang) in text for text in said)
    dialog.reject()


def test_saving_what_was_shown_writes_nothing(page: CasePage):
    done(page, lambda office, id: consents.record(office, id, {"contact": GIVEN}, manner=Manner.SIGNED, language="ht"))
    page.consent.ask()
    dialog = front(ConsentDialog)
    assert dialog.told() == {}
    assert dialog.said() == Said(manner=Manner.SIGNED, language="ht")
    chord(Qt.Key.Key_Return)
    until(closed, "closed")
    assert page.case is not None
    assert len(page.case.consents) == 1


def test_the_same_answers_said_in_another_way_are_written(page: CasePage):
    done(page, lambda office, id: consents.record(office, id, {"contact": GIVEN}))
    page.consent.ask()
    dialog = front(ConsentDialog)
    dialog.manner.setCurrentIndex(dialog.manner.findData(Manner.SIGNED.value))
    assert dialog.told() == {"contact": GIVEN}
    chord(Qt.Key.Key_Return)
    until(lambda: page.case is not None and len(page.case.consents) == 2, "signed")


def test_escape_does_not_lose_answers_at_once(page: CasePage):
    page.consent.ask()
    dialog = front(ConsentDialog)
    write("2")
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(Qt.Key.Key_Escape)
    until(closed, "closed")
    assert held(page) == {}


def test_who_does_not_agree_to_contact_is_marked_beside_the_phone(page: CasePage):
    assert page.case is not None
    assert words.contact_refused_mark(page.case) is None
    done(page, lambda office, id: people.edit_person(office, person_of(office, id), phone="+56 9 5555 0000"))
    done(page, lambda office, id: consents.record(office, id, {"contact": REFUSED}))
    text = _("No consent to contact")
    until(lambda: text in [chip.spec().text for chip in page.marks.findChildren(Chip)], "mark")
    beside = [chip.spec().text for chip in page.facts.findChildren(Chip) if not chip.isHidden()]
    assert beside[0] == text
    done(page, lambda office, id: consents.record(office, id, {"contact": GIVEN}))
    assert words.contact_refused_mark(page.case) is None


def person_of(office: Office, id: str) -> Person:
    return people.read_case(office, id).person


# a child


def make_child(office: Office, id: str) -> Any:
    return people.edit_person(office, person_of(office, id), birth=date(2015, 5, 5), birth_estimated=False)


def test_for_a_child_a_guardian_answers_by_name(page: CasePage):
    done(page, make_child)
    assert [banner for banner in page.consent.findChildren(Banner) if not banner.isHidden()]
    page.consent.ask()
    dialog = front(ConsentDialog)
    assert dialog.by.value() == SaidBy.GUARDIAN
    assert not dialog.guardian_field.isHidden()
    write("1")
    chord(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.guardian_field.warning()
    assert dialog.focusWidget() is dialog.guardian
    write("Su madre")
    dialog.by.setCurrentIndex(dialog.by.findData(SaidBy.SELF.value))
    chord(Qt.Key.Key_Return)
    until(lambda: not dialog.trouble.isHidden(), "a child alone is not asked")
    dialog.by.setCurrentIndex(dialog.by.findData(SaidBy.GUARDIAN.value))
    chord(Qt.Key.Key_Return)
    until(lambda: held(page) == {("contact", ""): GIVEN}, "consent")
    assert "Su madre" in page.consent.row_widgets[0].spec().hint


# taking back


def test_taking_back_shows_what_rests_on_it_and_closes_it(page: CasePage):
    referral: list[str] = []

    def agreed(office: Office, id: str) -> Any:
        made = consents.refer(office, id, catalogue.service(office, PRIVATE), agreed=Said())
        referral.append(made[1].id)
        return made[0]

    done(page, agreed)
    assert held(page) == {("share_private", PRIVATE): GIVEN}
    row = next(row for row in page.consent.row_widgets if row.spec().key == ("share_private", PRIVATE))
    row.setFocus()
    press(Qt.Key.Key_Return)
    dialog = front(WithdrawDialog)
    until(lambda: dialog.closing, "what it touches")
    assert [use.followed.referral.id for use in dialog.closing if use.followed] == referral
    chord(Qt.Key.Key_Return)
    until(lambda: held(page) == {("share_private", PRIVATE): ConsentState.WITHDRAWN}, "taken back")
    assert page.case is not None
    assert {f.state for f in page.case.referrals if f.referral.id == referral[0]} == {State.CANCELLED}
    assert page.consent.back.isHidden()


def test_taking_back_needs_to_know_what(page: CasePage):
    done(page, lambda office, id: consents.record(office, id, {"contact": GIVEN, "sensitive": GIVEN}))
    page.consent.back.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(WithdrawDialog)
    chord(Qt.Key.Key_Return)
    assert not dialog.trouble.isHidden()
    write("2")
    until(lambda: not dialog.touched.isHidden(), "what it touches")
    assert dialog.trouble.isHidden()
    chord(Qt.Key.Key_Return)
    until(lambda: held(page)["sensitive", ""] is ConsentState.WITHDRAWN, "taken back")
    assert held(page)["contact", ""] is GIVEN


# referrals


def choose(page: CasePage, service: str) -> ReferDialog:
    page.refer.click()
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "catalogue")
    dialog._choose(service)
    until(lambda: dialog.chosen is not None and dialog.chosen.id == service, "service")
    return dialog


def referred(page: CasePage) -> Any:
    chord(Qt.Key.Key_Return)
    sheet_in_front().reject()
    settle(page.operations)
    assert page.case is not None
    return page.case.referrals[0].referral


def test_a_private_body_is_asked_about_with_the_words_to_read_aloud(page: CasePage):
    dialog = choose(page, PRIVATE)
    assert not dialog.share.isHidden()
    body = "Universidad Diego Portales"
    assert body in dialog.share.spoken.text()
    assert body in dialog.share.other.text()
    assert not dialog.share.tick.isChecked()
    dialog.share.tick.setFocus()
    press(Qt.Key.Key_Space)
    referral = referred(page)
    assert not referral.orientation
    assert held(page) == {("share_private", PRIVATE): GIVEN}
    again = choose(page, PRIVATE)
    assert again.share.isHidden(), "it was agreed to for this body"
    again.reject()


def test_without_a_yes_the_referral_is_for_orientation(page: CasePage):
    choose(page, PRIVATE)
    referral = referred(page)
    assert referral.orientation
    assert held(page) == {}
    assert _("Orientation only") in [mark.text for mark in page.referral_rows[0].spec().marks]


def test_a_public_body_asks_only_who_said_no(page: CasePage):
    dialog = choose(page, "scl-omil")
    assert dialog.share.isHidden()
    dialog.reject()
    done(page, lambda office, id: consents.record(office, id, {"share_public": REFUSED}))
    dialog = choose(page, "scl-omil")
    assert not dialog.share.isHidden()
    assert _("Did not agree") in dialog.share.before.text()
    dialog._choose("")
    assert dialog.share.isHidden()
    dialog.reject()


def test_a_yes_for_a_child_names_who_gave_it(page: CasePage):
    done(page, make_child)
    dialog = choose(page, PRIVATE)
    assert dialog.share.guardian_field.isHidden()
    dialog.share.tick.setChecked(True)
    assert not dialog.share.guardian_field.isHidden()
    dialog.agree()
    assert dialog.share.guardian_field.warning()
    dialog.share.guardian.setText("Su tía")
    assert not referred(page).orientation
    assert page.case is not None
    assert [c.guardian for c in page.case.consents] == ["Su tía"]


def test_a_yes_that_the_law_wants_in_writing_says_what_is_missing(page: CasePage):
    done(page, lambda office, id: consents.record(office, id, {"sensitive": GIVEN}))
    notice = page.consent.notice
    assert page.case is not None
    assert notice is not None
    missing = _("Signature missing")
    assert missing not in [mark.text for row in page.consent.row_widgets for mark in row.spec().marks]
    written_ = replace(notice, purposes=tuple(replace(p, written=True) for p in notice.purposes))
    page.consent._fill(page.case, written_)
    assert [row.spec().key for row in page.consent.row_widgets if missing in row.spec().spoken()] == [("sensitive", "")]
    done(page, lambda office, id: consents.record(office, id, {"sensitive": GIVEN}, manner=Manner.SIGNED))
    page.consent._fill(page.case, written_)
    assert not any(missing in row.spec().spoken() for row in page.consent.row_widgets)


# paper, and what could go wrong


def test_the_notice_is_printed_from_the_card_and_from_the_dialog(page: CasePage):
    page.consent.paper.click()
    sheet = sheet_in_front()
    assert sheet.pdf.startswith(b"%PDF")
    sheet.reject()
    live(30)
    page.consent.ask()
    front(ConsentDialog).paper.click()
    sheet_in_front().reject()
    front(ConsentDialog).reject()


def test_nothing_of_a_reserved_case_is_printed(page: CasePage):
    assert page.case is not None
    assert page.consent.notice is not None
    page.consent.show_case(replace(page.case, person=replace(page.case.person, restricted=True)), {})
    assert not page.consent.paper.isEnabled()
    assert _("Nothing of this case is printed.") in page.consent.paper.toolTip()
    page.consent.show_case(page.case, {})
    assert page.consent.paper.isEnabled()


def test_a_broken_notice_says_so_and_the_case_stays_usable(page: CasePage):
    page.consent._failed(NoticeRefused("The notice of this city cannot be used: {place}. Restore the file.", place="x"))
    assert page.consent.add_button.isHidden()
    assert any("x" in text.text() for text in page.consent.findChildren(Text))
    assert page.refer.isEnabled()


@pytest.mark.parametrize(
    ("lang", "look", "scale"), [("es", "light", 100), ("ht", "dark", 130), ("en", "contrast", 115)]
)
def test_nothing_is_cut_or_nameless(page: CasePage, lang: str, look: Any, scale: int):
    done(page, lambda office, id: consents.refer(office, id, catalogue.service(office, PRIVATE), agreed=Said())[0])
    i18n.set_language(lang)
    theme().choose(look, scale)
    page.retranslate()
    settle(page.operations)
    opened: list[QDialog] = []
    page.consent.ask()
    opened.append(front(ConsentDialog))
    look_at(opened[-1])
    opened[-1].reject()
    page.consent.take_back(("share_private", PRIVATE))
    withdraw = front(WithdrawDialog)
    until(lambda: withdraw.closing, "what it touches")
    look_at(withdraw)
    withdraw.reject()
    refer = choose(page, "scl-sjm")
    look_at(refer)
    refer.reject()
    live(30)
    assert cut_labels(page.consent) == []
    assert overlapping(page.consent) == []
    assert unnamed(page.consent) == []


def look_at(dialog: QDialog) -> None:
    live(60)
    assert cut_labels(dialog) == []
    assert squeezed(dialog) == []
    assert overlapping(dialog) == []
    assert unnamed(dialog) == []
    assert scrolls_sideways(dialog) == []
