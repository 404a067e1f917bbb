"""Correcting a person writes what was changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.models.missing import Missing
from migrant_office.models.person import ContactRule, Person, Sex
from migrant_office.models.vault.cells import Unrecognised
from migrant_office.services import people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.person_dialog import PersonDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.field import Choice, LineField
from migrant_office.ui.widgets.search_combo import SearchCombo
from tests.ui.walking import front, open_referred_case, until

WHOLE = Person(
    id="p1",
    given="Rose",
    surname="Désir",
    birth=date(1991, 5, 12),
    birth_estimated=True,
    sex=Sex.WOMAN,
    nationality="HT",
    phone="+56 9 5555 0001",
    contact_rule=ContactRule.WHATSAPP_ONLY,
    interpreter=True,
)


@pytest.fixture
def dialog(qtbot, operations: Operations) -> PersonDialog:
    made = PersonDialog(operations, WHOLE)
    qtbot.addWidget(made)
    return made


def choose(dialog: PersonDialog, name: str, code: str) -> None:
    field = dialog.entries[name].widget
    assert isinstance(field, Choice)
    field.setCurrentIndex(field.findData(code))
    assert field.value() == code


def test_looking_changes_nothing(dialog: PersonDialog):
    assert dialog.changes() == {}


@pytest.mark.parametrize(
    "person",
    [
        Person(id="p2"),
        replace(WHOLE, birth=Missing.REFUSED, sex=Missing.UNKNOWN, nationality=Missing.REFUSED, birth_estimated=False),
        replace(WHOLE, nationality="other", nationality_words="de dos países"),
        replace(WHOLE, sex=cast("Sex", Unrecognised("newer"))),  # what a newer program wrote
    ],
)
def test_what_a_field_cannot_show_stays_as_it_is(qtbot, operations: Operations, person: Person):
    made = PersonDialog(operations, person)
    qtbot.addWidget(made)
    assert made.changes() == {}


def test_only_what_changed_is_written_with_its_type(dialog: PersonDialog):
    choose(dialog, "sex", Missing.REFUSED.value)
    choose(dialog, "contact_rule", ContactRule.NO_MESSAGES.value)
    dialog.interpreter.setChecked(False)
    country = dialog.entries["nationality"].widget
    assert isinstance(country, SearchCombo)
    country.set_value("DO")
    dialog.birth.set_value("1990-01-02")
    changes = dialog.changes()
    assert changes == {
        "sex": Missing.REFUSED,
        "contact_rule": ContactRule.NO_MESSAGES,
        "interpreter": False,
        "nationality": "DO",
        "birth": date(1990, 1, 2),
        "birth_estimated": False,
    }
    assert isinstance(changes["sex"], Missing)
    assert isinstance(changes["contact_rule"], ContactRule)


def test_an_unclear_date_is_asked_back_and_not_lost(dialog: PersonDialog):
    dialog.show()
    dialog.birth.setText("31/2/1990")
    dialog.birth.textEdited.emit("31/2/1990")
    dialog.agree()
    assert dialog.isVisible()
    assert dialog.birth.text() == "31/2/1990"
    assert dialog.birth.property("warning") == "true"


def test_the_correction_reaches_the_page_and_can_be_undone(window: Window):
    page: CasePage = open_referred_case(window)
    assert page.case is not None
    before, seen = page.case.person, dict(vars_of(page.case.person))
    page.facts.link_clicked.emit()
    dialog = front(PersonDialog)
    phone = dialog.entries["phone"].widget
    assert isinstance(phone, LineField)
    phone.setText("+56 9 5555 9999")
    dialog.agree()
    until(lambda: page.case is not None and page.case.person.phone == "+56 9 5555 9999", "correction")
    assert page.case is not None
    after = vars_of(page.case.person)
    assert {name for name, value in after.items() if value != seen[name]} == {"phone"}
    until(lambda: QApplication.activeModalWidget() is None, "closed")
    assert window.workspace is not None
    until(lambda: window.workspace.undo_action.isEnabled(), "undo")
    window.workspace.undo_action.trigger()
    until(lambda: page.case is not None and page.case.person.phone == before.phone, "undone")


def vars_of(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in type(person).__dataclass_fields__}


def test_two_desks_correct_different_fields_and_both_stay(window: Window):
    """The dialog was open while a colleague changed another field: hers is not written over."""
    page = open_referred_case(window)
    assert page.case is not None
    page.facts.link_clicked.emit()
    dialog = front(PersonDialog)
    person = page.case.person
    told: list[object] = []
    assert window.operations is not None
    window.operations.run(window, lambda office: people.edit_person(office, person, commune="Renca"), told.append)
    until(lambda: told, "the colleague")
    given = dialog.entries["given"].widget
    assert isinstance(given, LineField)
    given.setText("Marie-Flore")
    dialog.agree()
    until(lambda: page.case is not None and page.case.person.given == "Marie-Flore", "correction")
    assert page.case is not None
    assert page.case.person.commune == "Renca"
