"""One member of a household: role, guardian, separating; and the dialog that adds an open case to a household."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.coded import MISSING_LABELS
from migrant_office.models.household import Member, Role
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.person import Person
from migrant_office.models.vault.operation import Done
from migrant_office.services import households
from migrant_office.services.households import HouseholdView, MemberLine
from migrant_office.ui import words
from migrant_office.ui.booking.case_finder import CaseFinder
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.field import Choice, LabelledField


class MemberDialog(Dialog):
    """Saves role and guardian, or separates. `case_wanted` carries the member's case when somebody wants to see it."""

    case_wanted = Signal(str)

    def __init__(
        self, operations: Operations, view: HouseholdView, line: MemberLine, here: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(line.name or _("No name noted"), _("Save the changes"), width=620, parent=parent)
        self.operations, self.home, self.line = operations, view.household.id, line
        self.role, self.guardian = Choice(), Choice()
        self.role.set_choices(role_choices(line.member.role), str(line.member.role))
        adults = [m for m in view.members if m.member.id != line.member.id and not is_minor(m)]
        self.guardian.set_choices([("", _("Nobody noted")), *((m.case, m.name) for m in adults)], line.member.guardian)
        self.guardian_field = LabelledField(
            _("Who answers for this minor"), self.guardian, help_text=_("The adult who signs for her or him.")
        )
        self.guardian_field.setVisible(is_minor(line) or bool(line.member.guardian))
        self.body.addWidget(LabelledField(_("In the household"), self.role))
        self.body.addWidget(self.guardian_field)
        self.separate = Button(_("Separate from the household"), "danger")
        self.separate.clicked.connect(self._separate)
        self.foot.insertWidget(0, self.separate)
        self.see = Button(_("Open the case file"), icon="file-text")
        self.see.clicked.connect(self._see)
        self.body.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        self.see.setVisible(line.case != here)
        self._first = (self.role.value(), self.guardian.value())
        self.first = self.role

    def _see(self) -> None:
        self.reject()
        self.case_wanted.emit(self.line.case)

    def _separate(self) -> None:
        home, member = self.home, self.line.member
        self._write(lambda office: households.separate(office, home, member))

    def written(self) -> bool:
        return bool(self._changes())

    def _changes(self) -> dict[str, object]:
        found: dict[str, object] = {}
        if self.role.value() != self._first[0]:
            found["role"] = role_from(self.role.value())
        if self.guardian.value() != self._first[1]:  # one that is not listed here stays as it is
            found["guardian"] = self.guardian.value()
        return found

    def agree(self) -> None:
        home, member, changes = self.home, self.line.member, self._changes()
        if not changes:
            self.accept()
            return
        self._write(lambda office: households.edit_member(office, home, member, **changes))

    def _write(self, write: Callable[[Office], Done]) -> None:
        for button in (self.primary, self.separate):
            button.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        for button in (self.primary, self.separate):
            button.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class AddMemberDialog(Dialog):
    """Finds an open case and adds it; without a household yet, it is begun with the two."""

    def __init__(
        self, operations: Operations, person: Person, view: HouseholdView | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Add a person to the household"), _("Add to the household"), width=620, parent=parent)
        self.operations, self.person, self.view = operations, person, view
        taken = {person.id, *(m.case for m in view.members)} if view else {person.id}
        self.finder = CaseFinder(
            operations, taken, _("Somebody without a case file is registered first, and added afterwards.")
        )
        self.role = Choice()
        self.role.set_choices(role_choices(Missing.NOT_ASKED), Missing.NOT_ASKED.value)
        self.body.addWidget(self.finder)
        label = _("What this person is to {name}").format(name=self._speaker())
        self.body.addWidget(LabelledField(label, self.role))
        self.finder.filled.connect(lambda: QWidget.setTabOrder(self.finder.last, self.role))
        self.first = self.finder.search

    def _speaker(self) -> str:
        lines = self.view.members if self.view else ()
        named = next((m.name for m in lines if m.member.role is Role.SPEAKER), "")
        return named or self.person.name or _("the person of this case file")

    def written(self) -> bool:
        return self.finder.chosen is not None

    def agree(self) -> None:
        chosen = self.finder.answer()
        if chosen is None:
            return
        member = Member(id=chosen.id, role=role_from(self.role.value()))
        case, home = self.person.id, self.view.household.id if self.view else ""

        def write(office: Office) -> Done:
            if home:
                return households.add_member(office, home, member)
            return households.start_household(office, case, member)

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def is_minor(line: MemberLine) -> bool:
    return line.age is not None and line.age < households.ADULT


def role_choices(now: object) -> list[tuple[str, str]]:
    offered: list[object] = [*Role, Missing.REFUSED, Missing.UNKNOWN, Missing.NOT_ASKED]
    if now not in offered:
        offered.append(now)
    return [(str(r), _(MISSING_LABELS[r]) if isinstance(r, Missing) else words.coded(r)) for r in offered]


def role_from(told: str) -> Role | Missing:
    """A chosen role; one that only a newer program knows stays a text."""
    if told in set(Missing):
        return Missing(told)
    return Role(told) if told in set(Role) else cast("Role", told)
