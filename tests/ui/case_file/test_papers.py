"""Documents and work experience on the case page, noted and corrected by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.office import Office, new_id
from migrant_office.models.work import Experience, Occupation
from migrant_office.services import attachments, experiences, papers
from migrant_office.ui import words
from migrant_office.ui.case_file import experience_card, papers_card
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.experience_card import ExperienceDialog
from migrant_office.ui.case_file.paper_dialog import PaperDialog, in_words, kind_in_words
from migrant_office.ui.operations import Operations
from migrant_office.ui.viewing import ViewDialog
from tests.ui.looking import cut_labels, live, press, settle, squeezed, write
from tests.ui.walking import front, open_bare_case, until
from tests.ui.widgets.test_file_field import a_picture, on_disk

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 18)
KINDS = {"passport": {"es": "Pasaporte", "ht": "Paspò"}, "other": {"es": "Otro papel"}}


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_bare_case(window)


def office_of(page: CasePage) -> Office:
    return page.operations._office


def do(operations: Operations, write: Any) -> None:
    """One write, told to every screen as those of a screen are."""
    operations.run(operations, write)
    settle(operations, 4)


def a_paper(**told: Any) -> HeldDocument:
    return HeldDocument(**({"id": new_id(), "kind": "passport", "state": DocumentState.HAS} | told))


# the end of a paper


@pytest.mark.parametrize(
    ("days", "tone", "strong"),
    [
        (-400, "bad", True),
        (-1, "bad", True),
        (0, "warn", True),
        (30, "warn", True),
        (31, "warn", False),
        (60, "warn", False),
        (61, "hint", False),
    ],
)
def test_the_end_of_a_paper_is_said_sooner_and_louder(days: int, tone: str, strong: bool, dressed: None) -> None:
    mark = words.expiry_mark(TODAY + timedelta(days=days), TODAY)
    assert mark is not None
    assert (mark.tone, mark.strong) == (tone, strong)


def test_the_end_of_a_paper_is_said_as_people_say_it(dressed: None) -> None:
    said = [words.expiry_mark(TODAY + timedelta(days=days), TODAY) for days in (-9, 12)]
    assert [mark.text for mark in said if mark] == ["Venció hace 9 días", "Vence en 12 días"]
    assert [words.expiry_mark(none, TODAY) for none in (None, Missing.UNKNOWN, "2026-99-99")] == [None] * 3


def test_an_ended_paper_has_one_mark_and_a_paper_that_is_there_none(dressed: None) -> None:
    def marks(**told: Any) -> list[str]:
        return [mark.tone for mark in papers_card.row_of(a_paper(**told), KINDS).marks]

    assert marks() == []
    assert marks(state=Missing.NOT_ASKED) == []
    assert marks(state=DocumentState.LOST) == ["warn"]
    assert marks(state=DocumentState.EXPIRED, expires=date(2020, 1, 1)) == ["bad"]


def test_a_list_of_papers_shows_no_number(dressed: None) -> None:
    row = papers_card.row_of(a_paper(number="AB1234567"), KINDS)
    assert "AB1234567" not in row.spoken()
    assert _("with a number") in row.hint


def test_a_kind_is_said_in_the_words_of_the_form_or_of_the_person(dressed: None) -> None:
    assert in_words("passport", KINDS) == "Pasaporte"
    assert kind_in_words(a_paper(kind="other", words="Carta"), KINDS) == "Carta"
    assert kind_in_words(a_paper(kind="own_code"), KINDS) == "own_code", "an office's own form may know more"
    assert in_words("other", {}) == _("Another document")


# noting one


def test_a_paper_is_noted_by_keys(page: CasePage) -> None:
    page.papers.add_button.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(PaperDialog)
    assert dialog.focusWidget() is dialog.kind
    assert dialog.kind.count() > 3, "the kinds are those of the city's form"
    dialog.kind.setCurrentIndex(dialog.kind.findData("passport"))
    dialog.number.setFocus()
    write("AB1234567")
    dialog.expires.setFocus()
    write("1/12/2026")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and page.case.papers, "paper")
    assert page.case is not None
    (paper,) = page.case.papers
    assert (paper.kind, paper.number, paper.expires) == ("passport", "AB1234567", date(2026, 12, 1))
    assert QApplication.activeModalWidget() is None
    (row,) = page.papers.row_widgets
    assert [mark.tone for mark in row.spec().marks] == ["warn"]
    assert (cut_labels(page.papers), squeezed(page.papers)) == ([], [])


def test_a_paper_is_corrected_and_only_what_changed_is_written(page: CasePage) -> None:
    case, paper = page.case_id, a_paper(country="HT", number="AB1")
    do(page.operations, lambda office: papers.put_paper(office, case, paper))
    page.papers.row_widgets[0].click()
    dialog = front(PaperDialog)
    assert not dialog.written()
    do(page.operations, lambda office: papers.edit_paper(office, case, paper, number="AB2"))  # a colleague, meanwhile
    dialog.state.setCurrentIndex(dialog.state.findData(DocumentState.LOST.value))
    dialog.agree()
    until(lambda: page.case and page.case.papers[0].state is DocumentState.LOST, "state")
    assert page.case is not None
    assert page.case.papers[0].number == "AB2"


def test_a_copy_goes_with_its_paper_and_is_looked_at_inside(page: CasePage, tmp_path: Path) -> None:
    picture = tmp_path / "copia.png"
    picture.write_bytes(a_picture())
    page.papers.add_button.click()
    dialog = front(PaperDialog)
    dialog.copy.take_path(picture)
    settle(page.operations, 3)
    dialog.copy.see.click()
    view = front(ViewDialog)
    until(lambda: not view.label.pixmap().isNull(), "picture")
    view.reject()
    live(30)
    dialog.agree()
    until(lambda: page.case is not None and page.case.papers, "paper")
    assert page.case is not None
    (paper,), (file,) = page.case.papers, page.case.attachments
    assert (paper.copy, file.about, file.name) == (file.id, paper.id, "copia.png")
    page.papers.row_widgets[0].click()
    dialog = front(PaperDialog)
    kept = dialog.copy.value()
    assert kept is not None
    assert kept.id == file.id
    dialog.copy.see.click()
    until(lambda: not front(ViewDialog).label.pixmap().isNull(), "the kept picture")
    front(ViewDialog).reject()
    live(30)
    dialog.copy.remove.click()
    dialog.agree()
    until(lambda: page.case is not None and not page.case.attachments, "copy taken out")


def test_a_paper_that_is_not_saved_leaves_no_file(page: CasePage, tmp_path: Path) -> None:
    before = on_disk(office_of(page))
    picture = tmp_path / "copia.png"
    picture.write_bytes(a_picture())
    page.papers.add_button.click()
    dialog = front(PaperDialog)
    dialog.copy.take_path(picture)
    settle(page.operations, 3)
    assert len(on_disk(office_of(page)) - before) == 1
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible(), "one hasty Esc loses nothing"
    press(Qt.Key.Key_Escape)
    settle(page.operations, 3)
    assert on_disk(office_of(page)) == before


def test_a_date_that_is_not_clear_is_not_lost(page: CasePage) -> None:
    page.papers.add_button.click()
    dialog = front(PaperDialog)
    dialog.expires.setText("31/2/2026")
    dialog.agree()
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.expires
    dialog.reject()
    live(30)


# work


def test_an_occupation_is_noted_and_needs_no_more_than_words(page: CasePage) -> None:
    page.experience.add_button.click()
    dialog = front(ExperienceDialog)
    dialog.agree()
    until(lambda: not dialog.trouble.isHidden(), "it asks for words or a group")
    dialog.words.setFocus()
    write("Soldadora")
    dialog.years.setFocus()
    write("x4")
    assert dialog.years.text() == "4"
    dialog.provable.set_value(("yes",))
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and page.case.experiences, "occupation")
    assert page.case is not None
    (told,) = page.case.experiences
    assert (told.words, told.years, told.provable, told.group) == ("Soldadora", 4, True, Missing.NOT_ASKED)
    (row,) = page.experience.row_widgets
    assert [mark.text for mark in row.spec().marks] == [_("Can be proved")]


def test_an_occupation_is_corrected(page: CasePage) -> None:
    case, told = page.case_id, Experience(id=new_id(), words="Cocina", provable=Missing.REFUSED)
    do(page.operations, lambda office: experiences.put_experience(office, case, told))
    page.experience.row_widgets[0].click()
    dialog = front(ExperienceDialog)
    assert not dialog.written()
    dialog.group.setCurrentIndex(dialog.group.findData(Occupation.SERVICE_SALES.value))
    dialog.agree()
    until(lambda: page.case and page.case.experiences[0].group is Occupation.SERVICE_SALES, "group")
    assert page.case is not None
    assert page.case.experiences[0].provable is Missing.REFUSED


def test_an_occupation_without_words_is_called_by_its_group(dressed: None) -> None:
    row = experience_card.row_of(Experience(id="e", group=Occupation.CLERKS, years=1))
    assert (row.title, row.hint) == (_(Occupation.CLERKS.label), "1 año")
    assert experience_card.row_of(Experience(id="e")).title == _("Occupation")
    assert experience_card.row_of(Experience(id="e", words="x", years=Missing.UNKNOWN)).hint == ""


def test_the_focus_stays_on_the_row_that_was_corrected(page: CasePage) -> None:
    case = page.case_id
    for kind in ("passport", "other"):
        do(page.operations, lambda office, kind=kind: papers.put_paper(office, case, a_paper(kind=kind)))
    row = page.papers.row_widgets[1]
    row.setFocus()
    page.read()
    settle(page.operations, 3)
    assert page.papers.row_widgets[1] is not row
    assert QApplication.focusWidget() is page.papers.row_widgets[1]


def test_a_look_at_a_copy_is_written_down(page: CasePage) -> None:
    case = page.case_id

    def write_one(office: Office) -> Any:
        return papers.put_paper(office, case, a_paper(), attachments.keep(office, a_picture(), "a.png"))

    do(page.operations, write_one)
    page.papers.row_widgets[0].click()
    dialog = front(PaperDialog)
    dialog.copy.see.click()
    until(lambda: not front(ViewDialog).label.pixmap().isNull(), "picture")
    front(ViewDialog).reject()
    live(30)
    dialog.reject()
    looks: list[Any] = []
    page.operations.ask(page, lambda office: office.vault.read("SELECT act FROM access_log"), looks.extend)
    settle(page.operations, 3)
    assert ("file",) in looks
