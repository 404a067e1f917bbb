"""The workspace: every screen can be read and reached by keys, in every language and size, and nothing is left over."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from migrant_office.app import Window
from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGES, N_, _
from migrant_office.models.encounter import Channel
from migrant_office.models.office import new_id
from migrant_office.models.person import Person
from migrant_office.services import people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.encounter_dialog import EncounterDialog
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.theme.apply import theme as look
from migrant_office.ui.widgets.answer_tile import AnswerTile
from tests.ui import looking, walking
from tests.ui.looking import live, press, settle, write
from tests.ui.walking import page_of, space_of, until

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LOOKS = [
    ("es", "light", 100, (1366, 768)),
    ("es", "light", 130, (1366, 768)),
    ("ht", "light", 130, (1366, 768)),
    ("ht", "dark", 100, (1024, 700)),
    ("en", "contrast", 100, (1920, 1080)),
]


@pytest.mark.parametrize(("language", "theme", "scale", "size"), LOOKS)
def test_every_screen_can_be_read_and_named(window: Window, language, theme, scale, size):
    """Nothing cut, squeezed, over one another or hidden at the side; whatever takes the focus has a name."""
    window.resize(*size)
    space_of(window).choose(language=language, theme=theme, scale=scale)
    faults = {}
    for name, widget in walking.screens(window):
        settle(window.operations)  # a busy machine lays out late
        found = {
            check.__name__: told
            for check in (
                looking.cut_labels,
                looking.squeezed,
                looking.scrolls_sideways,
                looking.overlapping,
                looking.out_of_sight,
                looking.unnamed,
            )
            if (told := check(widget))
        }
        if found:
            faults[name] = found
    assert faults == {}


@pytest.mark.parametrize(("language", "scale"), [("es", 100), ("ht", 130)])
def test_the_doors_can_be_read_too(qtbot, qapp, office_folder, tmp_path, dressed, language, scale):
    """First start, recovery code and lock, on the smallest screen."""
    for folder in (office_folder, tmp_path / "none"):
        window = Window(qapp, folder, language=language)
        qtbot.addWidget(window)
        window.resize(1024, 700)
        look().choose("light", scale)
        window.begin()
        window.show()
        live(30)
        assert [
            looking.cut_labels(window),
            looking.squeezed(window),
            looking.overlapping(window),
            looking.unnamed(window),
            looking.scrolls_sideways(window),
        ] == [[]] * 5
        window.close()


def test_the_places_have_their_keys(window: Window):
    space = space_of(window)
    for key, place in (
        (Qt.Key.Key_2, "people"),
        (Qt.Key.Key_3, "services"),
        (Qt.Key.Key_4, "month"),
        (Qt.Key.Key_1, "today"),
    ):
        press(key, CTRL)
        assert space.current == place
        assert space.stack.currentWidget() is space.pages[place]
        settle(window.operations)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert space.pages[place].isAncestorOf(focus) or focus in space.pages[place].tools()


def test_search_finds_chooses_and_opens_by_keys_alone(window: Window):
    space, page, case = space_of(window), page_of(window, PeoplePage), page_of(window, CasePage)
    press(Qt.Key.Key_K, CTRL)
    write("mar")
    until(lambda: page.text == "mar" and page.found, "hits")
    assert space.search.edit.hasFocus(), "who types goes on typing"
    press(Qt.Key.Key_Down)
    wanted = page.found[1].id
    press(Qt.Key.Key_Return)
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    assert case.case.person.id == wanted
    assert space.search.text() == ""


def test_escape_empties_the_search_and_then_returns(window: Window):
    space = space_of(window)
    press(Qt.Key.Key_K, CTRL)
    write("zz")
    until(lambda: space.current == "people", "people")
    press(Qt.Key.Key_Escape)
    assert space.search.text() == ""
    press(Qt.Key.Key_Escape)
    assert space.current == "today"


def test_f6_goes_round_the_panels_of_every_place(window: Window):
    space = space_of(window)
    for key in ("today", "people", "services", "month"):
        space.go(key)
        settle(window.operations)
        met: list[QWidget | None] = []
        for _step in range(8):
            press(Qt.Key.Key_F6)
            met.append(QApplication.focusWidget())
        assert all(widget is not None and widget.isVisible() for widget in met)
        assert len(set(met)) >= 4, key
        press(Qt.Key.Key_F6, SHIFT)
        assert QApplication.focusWidget() is met[-2]


def is_one_of_a_group(widget: QWidget) -> bool:
    """Of a group Tab visits one; arrows go to the others."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None


@pytest.mark.parametrize("place", ["today", "people", "services", "month", "case", "intake"])
def test_tab_reaches_everything_and_shows_where_it_is(window: Window, place: str):
    space = space_of(window)
    if place == "case":
        walking.open_referred_case(window)
    elif place == "intake":
        space.start_intake(None)
        until(lambda: page_of(window, IntakePage).views, "intake")
    else:
        space.go(place)
    settle(window.operations)
    wanted = {
        w
        for w in looking.seen(window)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isEnabled()
        and w.focusProxy() is None
        and not isinstance(w, AnswerTile)
        and not is_one_of_a_group(w)
    }
    reached: set[QWidget] = set()
    for _step in range(120):
        focus = looking.under_the_keyboard()
        if focus in wanted and focus not in reached:
            with_ring = focus.grab().toImage()
            focus.clearFocus()
            assert focus.grab().toImage() != with_ring, focus.accessibleName()
            focus.setFocus(Qt.FocusReason.TabFocusReason)
        reached.add(focus)
        if reached >= wanted:
            break
        press(Qt.Key.Key_Tab)
    assert {w.accessibleName() for w in wanted - reached} == set()
    for _step in range(120):
        if is_one_of_a_group(looking.under_the_keyboard()):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError("the side is never reached")


def test_undoing_an_open_case_leaves_its_page_with_a_sentence(window: Window):
    space, case = space_of(window), page_of(window, CasePage)
    made: list[str] = []
    assert window.operations is not None
    id = new_id()
    window.operations.run(
        window, lambda office: people.open_case(office, Person(id=id, given="Rose")), lambda _done: made.append(id)
    )
    until(lambda: made, "case")
    walking.open_case(window, id)
    press(Qt.Key.Key_Z, CTRL)
    until(lambda: space.current == "people", "people")
    settle(window.operations)
    assert case.case is None
    assert "Ctrl" in space.toast.accessibleName()
    assert space.toast.isVisible()
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    settle(window.operations, 4)
    assert id in {line.id for line in page_of(window, PeoplePage).found}


def test_undo_says_what_it_undid_and_nothing_to_undo_is_said_kindly(window: Window):
    space = space_of(window)
    assert not space.undo_action.isEnabled()
    page = walking.open_referred_case(window)
    assert window.operations is not None
    window.operations.run(page, lambda office: people.add_encounter(office, page.case_id, Channel.PHONE))
    until(lambda: space.undo_action.isEnabled(), "undo")
    assert "atención" in space.undo_action.text()
    space.undo_action.trigger()
    until(lambda: not space.undo_action.isEnabled(), "undone")
    assert "Se deshizo" in space.toast.accessibleName()


def test_languages_change_twenty_times_without_a_trace(window: Window):
    """Errors in slots would fail the test by themselves (pytest-qt)."""
    space = space_of(window)
    walking.open_referred_case(window)
    settle(window.operations)
    children = len(window.findChildren(QWidget))
    for language in (LANGUAGES * 7)[:20]:
        space.choose(language=language)
        live(1)
    space.choose(language="es")
    settle(window.operations, 3)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert abs(len(window.findChildren(QWidget)) - children) <= 4, "widgets pile up"
    assert space.new_person.text() == _("Quick registration")


def test_a_closed_dialog_is_freed(window: Window):
    page = walking.open_referred_case(window)
    for button, kind in ((page.encounter, EncounterDialog), (page.refer, ReferDialog)):
        button.click()
        shown = walking.front(kind)
        gone: list[bool] = []
        shown.destroyed.connect(lambda *_args, gone=gone: gone.append(True))
        ref = weakref.ref(shown)
        shown.reject()
        del shown
        settle(window.operations)
        until(lambda gone=gone: gone, "freed")
        gc.collect()
        assert ref() is None
    assert page.findChildren(QDialog) == []


def test_a_refusal_stays_long_enough_to_be_read(window: Window):
    space = space_of(window)
    assert window.operations is not None
    long = N_("The office could not write this. Nothing was lost; look at the disk, make room, and try it once more.")
    window.operations.refused.emit(UserError(long))
    assert space.toast.isVisible()
    words = len(long.split())
    assert space.toast._timer.remainingTime() >= 270 * words, "a slow reader takes four words a second"


def test_locking_while_a_dialog_is_open_is_not_possible_and_nothing_breaks(window: Window):
    page = walking.open_referred_case(window)
    page.encounter.click()
    dialog = walking.front(EncounterDialog)
    press(Qt.Key.Key_L, CTRL)
    assert window.workspace is not None
    assert dialog.isVisible()
    press(Qt.Key.Key_Escape)
    live(30)
    assert QApplication.activeModalWidget() is None
    press(Qt.Key.Key_L, CTRL)
    until(lambda: window.workspace is None, "lock")


def test_enter_presses_the_button_in_focus_and_no_other(window: Window):
    """Also after a search: the Enter that opened a case must not press what gets the focus there."""
    space = space_of(window)
    space.new_person.setFocus()
    press(Qt.Key.Key_Return)
    page = page_of(window, IntakePage)
    until(lambda: page.filling is not None, "the form of that button")
    press(Qt.Key.Key_K, CTRL)
    write("a")
    people_page = page_of(window, PeoplePage)
    until(lambda: people_page.found, "somebody")
    settle(window.operations)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    until(lambda: space.current == "case", "case")
    settle(window.operations, 3)
    assert QApplication.activeModalWidget() is None
