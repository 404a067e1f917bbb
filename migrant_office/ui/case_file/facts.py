"""The card "Data": what matters at every visit, and the rest for whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.i18n import _
from migrant_office.models.case_file import CaseFile
from migrant_office.models.missing import Missing
from migrant_office.models.person import Person
from migrant_office.ui import words
from migrant_office.ui.case_file.person_facts import Facts, facts_of, further_facts
from migrant_office.ui.theme.metrics import COLUMN_GAP, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.text import Text


class FactsCard(Card):
    """The card with the link that corrects. A phone never stands without the rule for using it.

    What was told about origin, papers, work and difficulties stands behind a button: the person, or somebody beside
    her, may be looking at the screen. `complete_wanted` asks to go on with the intake, `private_wanted` for
    the answers that lie in the compartment.
    """

    complete_wanted = Signal()
    private_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.link = self._link
        self.whole = False
        self.case: CaseFile | None = None
        self.beside_phone: tuple[MarkSpec, ...] = ()
        self.more, self.private = Button("", "link"), Button("", "link", icon="lock")
        self.complete = Button("", icon="file-pencil", shortcut="Ctrl+I")
        self.more.clicked.connect(self._turn)
        self.private.clicked.connect(self.private_wanted)
        self.complete.clicked.connect(self.complete_wanted)
        outer = self.layout()
        if outer is not None:
            for button in (self.more, self.private, self.complete):
                outer.addWidget(button)
                outer.setAlignment(button, Qt.AlignmentFlag.AlignLeft)

    def show_case(self, case: CaseFile, beside_phone: Sequence[MarkSpec] = ()) -> None:
        """`beside_phone` are marks that only the case knows, such as no consent to contact."""
        if self.case is None or self.case.person.id != case.person.id:
            self.whole = False
        self.case, self.beside_phone = case, tuple(beside_phone)
        self._fill(case)

    def _turn(self) -> None:
        self.whole = not self.whole
        if self.case:
            self._fill(self.case)

    def _fill(self, case: CaseFile) -> None:
        self.clear()
        self.set_title(_("Data"))
        self.set_link(_("Correct"))
        known, further = facts_of(case.person), further_facts(case)
        self._grid(known, case.person)
        for heading, facts in further if self.whole else ():
            self.add(Text(heading, "body_bold", wrap=True))
            self._grid(facts, None)
        if not known:
            self.add(Text(_("Nothing else was told yet. It can be completed any day."), "hint", "hint", wrap=True))
        self.more.setText(_("Show less") if self.whole else _("Show everything that was told"))
        self.more.setVisible(bool(further))
        self.private.setText(_("Answers told in private…"))
        self.complete.setText(_("Complete the intake"))

    def _grid(self, facts: Facts, person: Person | None) -> None:
        """Labels and values in two columns; with `person` the marks beside her phone."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        row = 0
        for label, value in facts:
            grid.addWidget(Text(label, "hint", "hint", wrap=True), row, 0)
            grid.addWidget(Text(value, "body", wrap=True), row, 1)
            row += 1
            if person is None or value != person.phone:
                continue
            for mark in (*self.beside_phone, contact_mark(person)):
                if mark:
                    grid.addWidget(Chip(mark.text, mark.tone, mark.icon), row, 1)
                    row += 1
        self.body.addLayout(grid)


def contact_mark(person: Person) -> MarkSpec | None:
    """What stands beside a phone number: the rule, or that nobody asked for one yet."""
    rule = words.contact_rule_mark(person)
    if rule:
        return rule
    if isinstance(person.contact_rule, Missing):
        return MarkSpec(_("Ask first how this person may be contacted"), "warn", "shield-check", plate=True)
    return None
