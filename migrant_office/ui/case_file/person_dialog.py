"""Correct what is noted of a person. Only what was changed is written, so that a colleague's change stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office import clock, i18n
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.coded import MISSING_LABELS, Coded
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule, Language, Person, Schooling, Sex, Situation
from migrant_office.models.vault.operation import Done
from migrant_office.services import people
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.search_combo import SearchCombo, folded
from migrant_office.ui.widgets.tick import Tick

OLDEST = date(1900, 1, 1)
MISSING = (Missing.REFUSED, Missing.UNKNOWN, Missing.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the person on screen: what shows it, what it showed first, and how to read it back."""

    name: str
    widget: QWidget
    told: Callable[[], Any]
    first: Any


class PersonDialog(Dialog):
    """Fields in the order of the intake; the phone stands with the rule for using it."""

    def __init__(self, operations: Operations, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(_("Correct the data"), _("Save the changes"), width=720, parent=parent)
        self.operations, self.person = operations, person
        self.entries: dict[str, Entry] = {}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(COLUMN_GAP)
        self.grid.setVerticalSpacing(LARGE)
        for column in (0, 1):
            self.grid.setColumnStretch(column, 1)
        self.body.addLayout(self.grid)
        for name, label in (
            ("given", _("Given names")),
            ("chosen_name", _("Name the person wants to hear")),
            ("surname", _("First surname")),
            ("second_surname", _("Second surname")),
            ("phone", _("Phone")),
        ):
            self._line(name, label)
        self._codes("contact_rule", _("How the person may be contacted"), ContactRule)
        self._line("contact_words", _("Safe contact, in her or his words"))
        self._codes("language", _("Language"), Language)
        self.interpreter = Tick(_("Needs an interpreter"), checked=person.interpreter)
        self._enter("interpreter", self.interpreter, self.interpreter.isChecked)
        self.birth = DateField(earliest=OLDEST, latest=clock.today())
        self._birth()
        self._codes("sex", _("Sex"), Sex)
        self._country()
        self._codes("schooling", _("Schooling"), Schooling)
        self._codes("situation", _("Situation"), Situation)
        self.first = self.entries["given"].widget

    # building

    def _enter(self, name: str, widget: QWidget, told: Callable[[], Any], label: str = "", help_text: str = "") -> None:
        number = len(self.entries)
        shown = LabelledField(label, widget, help_text=help_text) if label else widget
        where = Qt.AlignmentFlag.AlignTop if label else Qt.AlignmentFlag.AlignVCenter
        self.grid.addWidget(shown, number // 2, number % 2, where)
        self.entries[name] = Entry(name, widget, told, told())

    def _line(self, name: str, label: str) -> None:
        field = LineField(getattr(self.person, name))
        self._enter(name, field, lambda: field.text().strip(), label)

    def _codes(self, name: str, label: str, kind: type[Coded]) -> None:
        """A short list; the ways to have no answer stand last. A code of a newer program stays as it is."""
        field, now = Choice(), getattr(self.person, name)
        offered = [(member.value, _(member.label)) for member in kind]
        if isinstance(now, kind | Missing) is False:
            offered.append((str(now), words.coded(now)))
        field.set_choices([*offered, *((way.value, _(MISSING_LABELS[way])) for way in MISSING)], str(now))
        self._enter(name, field, lambda: code_of(kind, field.value()), label)

    def _birth(self) -> None:
        person = self.person
        if isinstance(person.birth, date):
            self.birth.set_value(person.birth.isoformat())
        about = isinstance(person.birth, date) and person.birth_estimated
        why = words.coded(person.birth) if isinstance(person.birth, Missing) else ""
        hint = _("Only the year was told; the day stands for the middle of it.") if about else why
        self._enter("birth", self.birth, lambda: self.birth.value() or None, _("Birth"), hint)

    def _country(self) -> None:
        tr, now = translator(), self.person.nationality
        choices = sorted(((code, tr.country(code)) for code in i18n.countries()), key=lambda pair: folded(pair[1]))
        missing = [(way.value, _(MISSING_LABELS[way])) for way in MISSING]
        field = SearchCombo([*choices, *missing], str(now), placeholder=_("Type the name of the country"))
        self._enter("nationality", field, lambda: nationality_of(field.value()), _("Nationality"))

    # writing

    def written(self) -> bool:
        return bool(self.changes())

    def changes(self) -> dict[str, Any]:
        """Names and new values of what the officer changed, and nothing else."""
        found = {e.name: told for e in self.entries.values() if (told := e.told()) != e.first}
        if "birth" in found:
            found["birth"] = date.fromisoformat(found["birth"]) if found["birth"] else None
            found["birth_estimated"] = False
        if "nationality" in found and self.person.nationality_words:
            found["nationality_words"] = ""
        return found

    def agree(self) -> None:
        for name in ("birth", "nationality"):  # a text that is not clear yet must not be lost silently
            widget = self.entries[name].widget
            if isinstance(widget, DateField | SearchCombo) and widget.text().strip() and not widget.value():
                widget.setFocus()
                widget.editingFinished.emit()
                return
        changes = self.changes()
        if not changes:
            self.accept()
            return
        person = self.person

        def write(office: Office) -> Done:
            return people.edit_person(office, person, **changes)

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def code_of(kind: type[Coded], told: str) -> Coded | Missing | str:
    """A chosen code as the person holds it; one that only a newer program knows stays a text."""
    if told in tuple(MISSING):
        return Missing(told)
    return kind(told) if told in {member.value for member in kind} else told


def nationality_of(told: str) -> str | Missing:
    if not told:
        return Missing.NOT_ASKED
    return Missing(told) if told in tuple(MISSING) else told
