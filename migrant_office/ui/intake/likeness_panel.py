"""Beside the questions: who may be registered already, why, and what the officer says of it. It blocks nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _
from migrant_office.models.judgement import Verdict
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.office import Desk
from migrant_office.services import duplicates, people
from migrant_office.services.duplicates import Suspect
from migrant_office.services.people import PersonLine
from migrant_office.ui import words
from migrant_office.ui.merging import likeness_words
from migrant_office.ui.theme.metrics import LINE_GAP, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import SunkenPanel, empty
from migrant_office.ui.widgets.marks import Mark
from migrant_office.ui.widgets.text import Text

WIDTH = 236
SHOWN = 2  # at once; what was answered makes room for the next


@dataclass(frozen=True, slots=True)
class Known:
    """A case that may be this person's, as it is shown."""

    line: PersonLine
    suspect: Suspect


class LikenessPanel(SunkenPanel):
    """`judged` carries a case and what was said of it."""

    judged = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", icon="users", tone="warn", width=WIDTH, parent=parent)
        self.known: tuple[Known, ...] = ()
        self.said: dict[str, Verdict] = {}
        self.same: list[Button] = []
        self.hide()

    def show_known(self, known: tuple[Known, ...], said: dict[str, Verdict]) -> None:
        """Those who look alike, but for the ones of whom it was said that they are others. Built anew only when it
        differs, so that nobody's focus is lost while typing.
        """
        shown = tuple(one for one in known if said.get(one.line.id) is not Verdict.OTHER)[:SHOWN]
        if shown == self.known and said == self.said:
            return
        self.known, self.said = shown, dict(said)
        self.retranslate()

    def retranslate(self) -> None:
        empty(self.body)
        self.same = []
        self.set_title(_("Perhaps registered already"))
        for one in self.known:
            self.body.addLayout(self._row(one))
        self.setVisible(bool(self.known))

    def _row(self, one: Known) -> QVBoxLayout:
        line, likeness = one.line, one.suspect.likeness
        column = QVBoxLayout()
        column.setSpacing(LINE_GAP)
        column.setContentsMargins(0, SMALL, 0, SMALL)
        column.addWidget(Text(line.name or _("No name noted"), "body_bold", wrap=True))
        told = words.person_hint(line.age, line.nationality, line.last_contact, clock.today())
        column.addWidget(Text(f"{line.number}  ·  {told}", "hint", "hint", wrap=True))
        mark = likeness_words.verdict_mark(self.said.get(line.id)) or likeness_words.strength_mark(likeness)
        column.addWidget(Mark(mark.text, mark.tone, mark.icon))
        column.addWidget(Text(likeness_words.reasons(likeness), "hint", wrap=True))
        same = Button(_("The same person"))
        same.clicked.connect(lambda: self.judged.emit(line.id, Verdict.SAME))
        same.setAccessibleDescription(line.name)
        self.same.append(same)
        column.addWidget(same)
        row = QHBoxLayout()
        for text, verdict in ((_("Another person"), Verdict.OTHER), (_("Not sure"), Verdict.UNSURE)):
            button = Button(text, "link")
            button.setAccessibleDescription(line.name)
            button.clicked.connect(lambda _checked=False, verdict=verdict: self.judged.emit(line.id, verdict))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return column


def look_alike(desk: Desk, facts: Facts, but: str) -> tuple[Known, ...]:
    """The cases that may be this person's, with their lines; not the one that is being completed."""
    found = duplicates.alike(desk, facts, but=[but])
    lines = {line.id: line for line in people.lines(desk, [suspect.case for suspect in found])}
    return tuple(Known(lines[s.case], s) for s in found if s.case in lines)
