"""Reading a document at the desk: typed or poured in by a reader, compared in words, taken with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from migrant_office import paths
from migrant_office.i18n import _, set_language
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.library import city_form
from migrant_office.models.identity.mrz import Reading
from migrant_office.ui.intake.mrz_dialog import MrzDialog, read_document
from migrant_office.ui.intake.read_view import certainty, date_words
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.tokens import THEMES, ThemeName
from migrant_office.ui.widgets.marks import Mark
from migrant_office.ui.widgets.tick import Tick
from tests.models.identity.zones import Told, zone
from tests.ui.looking import cut_labels, live, overlapping, scrolls_sideways, squeezed, unnamed

TOLD = Told(
    surnames="DE LA CRUZ SOTO",
    given="ROSA MARIA",
    country="PER",
    nationality="PER",
    number="AB1234567",
    birth=date(1990, 5, 12),
    expiry=date(2030, 1, 31),
)
LINES = "\n".join(zone(TOLD, "TD3"))
SMUDGED = LINES.replace("ROSA", "R0SA").replace("900512", "900513")

Open = Callable[..., MrzDialog]


@pytest.fixture
def form() -> Form:
    return city_form(paths.resources() / "forms" / "santiago")


@pytest.fixture
def opened(qtbot, dressed: None) -> Open:
    """The dialog over a window of the smallest size that the program knows."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()

    def made(filling: FormFilling, taken: Callable[[frozenset[str]], None] = lambda _changed: None) -> MrzDialog:
        dialog = read_document(filling, taken, window)
        live()
        return dialog

    return made


def said(dialog: MrzDialog) -> str:
    live()
    return " | ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def pour(dialog: MrzDialog, text: str) -> None:
    """As a reader does it: key after key, without a pause."""
    for c in text:
        if c in "\r\n\t":
            QTest.keyClick(dialog.zone, Qt.Key.Key_Tab if c == "\t" else Qt.Key.Key_Return)
        else:
            QTest.keyClicks(dialog.zone, c)


@pytest.mark.parametrize("between", ["\r", "\t"])
def test_a_reader_pours_a_passport_and_the_keyboard_takes_it(opened: Open, form: Form, between: str) -> None:
    filling = FormFilling(form)
    changed: list[frozenset[str]] = []
    dialog = opened(filling, changed.append)
    pour(dialog, LINES.replace("\n", between) + between)
    assert dialog.zone.hasFocus()
    assert "12 de mayo de 1990" in said(dialog)
    QTest.keyClick(dialog.zone, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    told = filling.mapped()
    assert (told["person.given"], told["person.surname"], told["person.second_surname"]) == (
        "Rosa Maria",
        "de la Cruz",
        "Soto",
    )
    assert (told["person.birth"], told["person.sex"]) == ("1990-05-12", "woman")
    assert form.question("given").addr in changed[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_M])
def test_a_reader_that_sends_control_letters_ends_lines_too(opened: Open, form: Form, key: Qt.Key) -> None:
    dialog = opened(FormFilling(form))
    first, second = zone(TOLD, "TD3")
    pour(dialog, first)
    QTest.keyClick(dialog.zone, key, Qt.KeyboardModifier.ControlModifier)
    pour(dialog, second)
    assert dialog.zone.toPlainText() == LINES


def test_a_tab_of_a_hand_leaves_the_field(opened: Open, form: Form) -> None:
    dialog = opened(FormFilling(form))
    pour(dialog, LINES)
    live(100)
    QTest.keyClick(dialog.zone, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.view.given


def test_names_are_corrected_before_they_are_taken(opened: Open, form: Form) -> None:
    filling = FormFilling(form)
    dialog = opened(filling)
    dialog.zone.setPlainText(LINES)
    dialog.view.given.setFocus()
    dialog.view.given.selectAll()
    QTest.keyClicks(dialog.view.given, "Rosa Marie")
    dialog.zone.setPlainText(LINES.replace("900512", "900513"))  # the names are the same: the correction stays
    assert dialog.view.given.text() == "Rosa Marie"
    dialog.agree()
    assert filling.mapped()["person.given"] == "Rosa Marie"


def test_two_surnames_are_offered_and_not_forced(opened: Open, form: Form) -> None:
    filling = FormFilling(form)
    dialog = opened(filling)
    dialog.zone.setPlainText(LINES.replace("PER", "HTI"))
    assert not dialog.view.split.isChecked()
    assert dialog.view.surname.text() == "de la Cruz Soto"
    dialog.zone.setPlainText(LINES)
    assert dialog.view.split.isChecked()
    dialog.view.split.click()
    dialog.agree()
    assert filling.mapped()["person.surname"] == "de la Cruz Soto"
    assert "person.second_surname" not in filling.mapped()


def test_what_was_corrected_and_what_does_not_agree_is_shown(opened: Open, form: Form) -> None:
    dialog = opened(FormFilling(form))
    dialog.zone.setPlainText(SMUDGED)
    assert "R0SA" in dialog.view.names_mark.spec().text
    assert _("Its digit does not match") in [mark.spec().text for mark in marks(dialog)]
    assert dialog.state.accessibleName().startswith("Hay 2")


def marks(dialog: MrzDialog) -> list[Mark]:
    return [mark for mark in dialog.findChildren(Mark) if mark.isVisibleTo(dialog)]


def test_an_answer_that_is_there_is_replaced_only_where_it_is_ticked(opened: Open, form: Form) -> None:
    surname, sex = form.question("surname").addr, form.question("sex").addr
    filling = FormFilling(form, {surname: "Quispe", sex: "other"})
    dialog = opened(filling)
    dialog.zone.setPlainText(LINES)
    ticks = dialog.conflicts.findChildren(Tick)
    assert [("Quispe" in t.text(), t.isChecked()) for t in ticks] == [(True, False)]
    assert "“Mujer”" in said(dialog)
    dialog.agree()
    assert (filling.cell(surname).value, filling.cell(sex).value) == ("Quispe", "other")
    again = opened(filling)
    again.zone.setPlainText(LINES)
    again.conflicts.findChildren(Tick)[0].click()
    again.agree()
    assert (filling.cell(surname).value, filling.cell(sex).value) == ("de la Cruz", "other")


def test_a_ticked_conflict_stays_ticked_while_names_are_corrected(opened: Open, form: Form) -> None:
    dialog = opened(FormFilling(form, {form.question("surname").addr: "Quispe"}))
    dialog.zone.setPlainText(LINES)
    dialog.conflicts.findChildren(Tick)[0].click()
    dialog.view.surname.setText("de la Cruzz")
    dialog.view.changed.emit()
    assert dialog.conflicts.over() == {"person.surname"}


@pytest.mark.parametrize("text", ["", "P<PERDE<LA", "una carta larga que alguien pegó aquí por equivocación " * 5])
def test_rubbish_takes_nothing_and_says_why(opened: Open, form: Form, text: str) -> None:
    filling = FormFilling(form)
    before = filling.snapshot()
    dialog = opened(filling, lambda _changed: pytest.fail("nothing was read"))
    dialog.zone.setPlainText(text)
    dialog.agree()
    assert dialog.isVisible()
    assert dialog.trouble.accessibleName()
    assert filling.snapshot() == before


def test_leaving_asks_twice_and_changes_nothing(opened: Open, form: Form) -> None:
    filling = FormFilling(form)
    before = filling.snapshot()
    dialog = opened(filling)
    dialog.zone.setPlainText(LINES)
    QTest.keyClick(dialog.zone, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    QTest.keyClick(dialog.zone, Qt.Key.Key_Escape)
    assert filling.snapshot() == before


def test_the_window_title_says_nothing_of_the_person(opened: Open, form: Form) -> None:
    dialog = opened(FormFilling(form))
    dialog.zone.setPlainText(LINES)
    assert dialog.windowTitle() == "migrant_office"


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("scale", [100, 130])
@pytest.mark.parametrize("lang", ["es", "ht"])
def test_nothing_is_cut(opened: Open, form: Form, look: ThemeName, scale: int, lang: str) -> None:
    theme().choose(look, scale)
    set_language(lang)
    filling = FormFilling(form, {form.question("surname").addr: "Quispe", form.question("sex").addr: "other"})
    for text in ("", SMUDGED, LINES.replace("PER", "QQQ"), "no " * 60):
        dialog = opened(filling)
        dialog.zone.setPlainText(text)
        live(40)
        faults = (cut_labels(dialog), squeezed(dialog), overlapping(dialog), unnamed(dialog), scrolls_sideways(dialog))
        assert not any(faults), faults
        assert dialog.height() <= 720
        dialog.done(0)


@pytest.mark.parametrize(("lang", "words"), [("es", "12 de mayo de 1990"), ("ht", "12 me 1990"), ("en", "12 May 1990")])
def test_dates_in_words(dressed: None, lang: str, words: str) -> None:
    set_language(lang)
    assert date_words("1990-05-12") == words
    assert (date_words("1990"), date_words("")) == ("1990", "")


def test_every_state_of_a_reading_has_its_mark(dressed: None) -> None:
    readings = [Reading("x", doubt="y"), Reading("x", False, "y"), Reading("x", False), Reading("x", True, "y")]
    specs = [certainty(reading) for reading in (*readings, Reading("x", True))]
    assert [spec.tone for spec in specs if spec] == ["warn", "warn", "warn", "info", "ok"]
    assert certainty(Reading("x")) is None
