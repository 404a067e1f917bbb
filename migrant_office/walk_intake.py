"""The part of the tour that registers people: in a minute, as a family, and with the whole intake."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from migrant_office.services.intake import FAMILY, INTAKE, QUICK
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.intake.mrz_dialog import MrzDialog
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.person_mode.screen import PersonMode
from migrant_office.ui.widgets.answers import Answers
from migrant_office.walk import Walk

GIVEN, SURNAME = "Marie-Flore", "Jean-Baptiste"  # invented, as everybody here
QUICK_GIVEN, QUICK_SURNAME = "Yulimar", "Colmenares"
FAMILY_NAMES = (("Rosa", "Quispe"), ("Luz", "Quispe"))
ZONE = "P<HTIJEAN<BAPTISTE<<MARIE<FLORE<<<<<<<<<<<<<\nDM00004175HTI9104129F3511303<<<<<<<<<<<<<<<8"
CREOLE = Qt.Key.Key_2  # second among the languages of both cities
SPEAKER, CHILD = Qt.Key.Key_1, Qt.Key.Key_3  # among the roles in a household
MOST_STEPS = 20


def quick(walk: Walk) -> None:
    """Six answers, and a case that says what is still to be asked."""
    page = begin(walk, QUICK)
    for name, text in (("given", QUICK_GIVEN), ("surname", QUICK_SURNAME), ("age_or_year", "31")):
        walk.write(text, view(page, name))
    answer_tiles(page)
    show(walk, page, "quick")
    end(walk, page)
    walk.picture("case-begun")


def family(walk: Walk) -> None:
    """Two people who live together: what they share is asked once."""
    page = begin(walk, FAMILY)
    answer_tiles(page)
    show(walk, page, "family-shared")
    go_on(walk, page)
    more = next(iter(page.body.repeats.values())).more if page.body else None
    for number, (given, surname) in enumerate(FAMILY_NAMES):
        if number and more:
            more.click()
            walk.settle()
        walk.write(given, view(page, "given", number))
        walk.write(surname, view(page, "surname", number))
        walk.write("34" if not number else "6", view(page, "age", number))
        press(view(page, "role", number), CHILD if number else SPEAKER)
    answer_tiles(page)
    show(walk, page, "family-members")
    end(walk, page)
    walk.picture("case-household")


def whole(walk: Walk) -> None:
    """The whole intake, in its steps: a passport read, the screen turned, every step seen once."""
    page = begin(walk, INTAKE)
    for name, text in (("given", GIVEN), ("surname", SURNAME)):
        walk.write(text, view(page, name))
    walk.wait(lambda: page.draft and page.draft.saved_at, "draft")
    press(view(page, "language"), CREOLE)
    turn(walk, page)
    for _step in range(MOST_STEPS):
        name = page.pages()[page.page].path[-1]
        if name == "identity":
            read_passport(walk, page)
        answer_tiles(page)
        show(walk, page, f"intake-{name}")
        if not go_on(walk, page):
            break
    arrive(walk)
    walk.picture("case-new")


def read_passport(walk: Walk, page: IntakePage) -> None:
    """The two lines of an invented passport fill names, birth and document."""
    page.scan.click()
    dialog = walk.dialog(MrzDialog)
    dialog.zone.setPlainText(ZONE)
    walk.picture("passport", dialog)
    dialog.agree()
    walk.settle()


def turn(walk: Walk, page: IntakePage) -> None:
    """One question in two languages for the person; the officer's passphrase brings the case back."""
    asked = view(page, "contact_rule")
    asked.setFocus()
    page.here = asked.addr
    page.turn.click()
    walk.wait(lambda: isinstance(walk.window.stack.currentWidget(), PersonMode), "person mode")
    mode = walk.window.stack.currentWidget()
    if not isinstance(mode, PersonMode):
        return
    walk.picture("person-mode")
    QTest.keyClick(mode, Qt.Key.Key_1)
    walk.picture("person-mode-answered")
    mode.ask_officer()
    walk.picture("person-mode-leaving")
    walk.write(walk.secret, mode.leaving.field)
    mode.leaving.try_it()
    walk.wait(lambda: walk.window.stack.currentWidget() is not mode, "turning back")
    walk.settle()


# in the form


def begin(walk: Walk, form: str) -> IntakePage:
    page = walk.page("intake", IntakePage)
    walk.space.start_intake(IntakeWish(form))
    walk.wait(lambda: page.draft and page.draft.form == form and page.views, form)
    return page


def view(page: IntakePage, name: str, instance: int = 0) -> QuestionView:
    """The question of that name; in a repeated group, that of the instance so many from the first."""
    return [one for one in page.views.values() if one.question.name == name][instance]


def go_on(walk: Walk, page: IntakePage) -> bool:
    """The next step; false when the form was completed."""
    last = page.page
    page.forward.click()
    walk.wait(lambda: page.page != last or page.filling is None, "intake step")
    return page.filling is not None


def end(walk: Walk, page: IntakePage) -> None:
    """Every step that is left, and the case."""
    while go_on(walk, page):
        walk.settle()
    arrive(walk)


def arrive(walk: Walk) -> None:
    """The case that was opened is read."""
    walk.wait(lambda: walk.space.current == "case", "case")
    case = walk.page("case", CasePage)
    walk.wait(lambda: case.case and case.case.person.id == case.case_id, "case read")


def show(walk: Walk, page: IntakePage, name: str) -> None:
    """A picture from the head of the step."""
    walk.settle()
    page.area.verticalScrollBar().setValue(0)
    walk.picture(name)


def press(asked: QuestionView, key: Qt.Key) -> None:
    """A number key on a question with tiles."""
    if asked.tiles:
        QTest.keyClick(asked.tiles.tiles[0], key)


def answer_tiles(page: IntakePage) -> None:
    """The first answer of every visible question with tiles, by its number key; signs of danger are left alone."""
    for one in list(page.views.values()):
        tiles: Answers | None = one.tiles
        if tiles and is_asked(tiles) and not tiles.value() and one.question.name != "signs":
            QTest.keyClick(tiles.tiles[0], Qt.Key.Key_1)


def is_asked(tiles: QWidget) -> bool:
    return tiles.isVisible() and bool(getattr(tiles, "tiles", ()))
