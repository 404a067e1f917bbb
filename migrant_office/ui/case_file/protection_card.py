"""The rapid path on the page of a case: the banner of a restricted one, what remains to do, and where both begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.rapid_path import Step
from migrant_office.services import protection
from migrant_office.services.protection import ProtectionFile
from migrant_office.ui import words
from migrant_office.ui.case_file.protection_dialog import ProtectionDialog
from migrant_office.ui.case_file.story_dialog import StoryDialog, TellDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import MEDIUM, SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.text import IconLabel, Text

SHOWN = 4  # steps on the page; the others are one click away


class ProtectionTools(QWidget):
    """Where a story is written or opened, and where the rapid path begins; beside the marks of the person."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.person: Person | None = None
        self.story, self.path = Button("", "quiet", icon="ear"), Button("", "danger", icon="shield-lock")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.story)
        row.addWidget(self.path)
        self.story.clicked.connect(self._tell)
        self.path.clicked.connect(self._open_path)

    def show_person(self, person: Person) -> None:
        self.person = person
        self.story.setText(_("What was told") if person.told_once else _("Write down once"))
        self.path.setText(_("Rapid path"))
        self.path.setVisible(not person.restricted)
        self.operations.ask(self, protection.may_open, self._allow, key="may-open")

    def _allow(self, may: bool) -> None:
        why = "" if may else _("Only those who may open the restricted part can do this. Ask your supervisor.")
        for button in (self.story, self.path):
            button.set_available(may, why)

    def _tell(self) -> None:
        if self.person:
            dialog = StoryDialog if self.person.told_once else TellDialog
            dialog(self.operations, self.person.id, self).open()

    def _open_path(self) -> None:
        if self.person:
            ProtectionDialog(self.operations, self.person, self).open()


class ProtectionCard(Card):
    """What remains of the path of a restricted case; hidden for any other. Its `banner` stands over the page."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.operations = operations
        self.case: CaseFile | None = None
        self.banner = Banner("ask", "", icon="lock")
        self.go_on = self.banner.add_action("")
        self.go_on.clicked.connect(self._go_on)
        self.link_clicked.connect(self._go_on)
        self.banner.hide()
        self.hide()

    def show_case(self, case: CaseFile) -> None:
        """Read the compartment of a restricted case; each time is written into the access log."""
        self.case, restricted = case, case.person.restricted
        self.banner.setVisible(restricted)
        self.setVisible(restricted and case.person.path_opened is not None)
        if restricted:
            self._fill_banner(case.person, "")
            id = case.person.id
            self.operations.ask(
                self, lambda office: read(office, id), self._show, key="protection", failed=lambda _error: self.hide()
            )

    def _fill_banner(self, person: Person, hint: str) -> None:
        asked = isinstance(person.contact_rule, ContactRule)
        rule = words.contact_text(person.contact_rule, person.contact_words)
        rule = rule or (words.coded(person.contact_rule) if asked else _("ask first how"))
        self.banner.set_texts(_("Restricted. Do not print. Contact: {rule}").format(rule=rule), hint)
        self.go_on.setText(_("Follow the path") if person.path_opened else _("Open the path again"))

    def _show(self, shown: ProtectionFile) -> None:
        if self.case is None or self.case.person.id != shown.protection.id:
            return
        self.setVisible(shown.is_open)
        self._fill_banner(self.case.person, self._waits(shown))
        self.clear()
        self.set_title(_("Rapid path"))
        left = shown.remaining
        more = len(left) > SHOWN
        self.set_link(_("All the steps"))
        for step in left[:SHOWN]:
            self.body.addLayout(step_line(step))
        if more:
            text = ngettext("{count} more step", "{count} more steps", len(left) - SHOWN)
            self.add(Text(text.format(count=len(left) - SHOWN), "hint", "hint"))
        if not left:
            self.add(Text(_("Every step is taken. The path can be ended."), "hint", "hint", wrap=True))

    def _waits(self, shown: ProtectionFile) -> str:
        """What is missing, the referral first."""
        if self.case is None or not shown.is_open:
            return _("Only those who may open the restricted part see this case.")
        since = self.case.person.path_opened
        referred = any(since and f.referral.made >= since for f in self.case.referrals)
        count = len(shown.remaining)
        told = ngettext("{count} step remains.", "{count} steps remain.", count).format(count=count) if count else ""
        pending = "" if referred else _("No referral was made yet: offer it today.")
        return " ".join(part for part in (pending, told) if part)

    def _go_on(self) -> None:
        if self.case:
            ProtectionDialog(self.operations, self.case.person, self).open()


def read(office: Office, case: str) -> ProtectionFile:
    return protection.read_protection(office, case)


def step_line(step: Step) -> QHBoxLayout:
    """One step that remains, and whom it names."""
    lang = translator().lang
    line, told = QHBoxLayout(), QVBoxLayout()
    line.setSpacing(MEDIUM)
    told.setSpacing(0)
    told.addWidget(Text(step.words.text(lang), "body", wrap=True))
    if step.ask:
        told.addWidget(Text(step.ask.text(lang), "hint", "ask", wrap=True))
    line.addWidget(IconLabel("circle-dashed", "hint", size=20), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(told, 1)
    return line
