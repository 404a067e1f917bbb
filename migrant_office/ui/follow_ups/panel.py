"""Beside the list: what is asked, of whom, the rule for reaching her, and every try so far. No telephone number."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.follow_up import Attempt
from migrant_office.services.attempts import Reaching
from migrant_office.services.follow_ups.listing import Line
from migrant_office.ui import words
from migrant_office.ui.follow_ups.follow_list import title
from migrant_office.ui.theme.metrics import MEDIUM, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import Chip, Mark
from migrant_office.ui.widgets.text import Text

WIDTH = 340


class FollowUpPanel(Card):
    """`attempt`, `answer`, `day` and `drop` are its buttons, the same for every question."""

    case_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=WIDTH, parent=parent)
        self.line: Line | None = None
        holder, self.area = QWidget(), QScrollArea()
        self.told = QVBoxLayout(holder)
        self.told.setContentsMargins(0, 0, SMALL, 0)
        self.told.setSpacing(SMALL)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(holder)
        holder.setAutoFillBackground(False)  # the card's own ground
        self.area.viewport().setAutoFillBackground(False)
        self.attempt = Button("", "primary", icon="phone-call", shortcut="Ctrl+T")
        self.answer = Button("", icon="message-2-question", shortcut="Return", hint_only=True)
        self.day = Button("", icon="calendar-event", shortcut="Ctrl+M")
        self.drop, self.open_case = Button("", "link", icon="ban"), Button("", "link", icon="files")
        self.open_case.clicked.connect(lambda: self.case_wanted.emit(self.line.case) if self.line else None)
        self.buttons = (self.attempt, self.answer, self.day, self.drop, self.open_case)
        self.rule = QVBoxLayout()  # outside of what scrolls: never out of sight
        self.rule.setSpacing(SMALL)
        self.body.addLayout(self.rule)
        self.body.addWidget(self.area, 1)
        for button in self.buttons:
            self.body.addWidget(button)
        self.retranslate_buttons()

    def retranslate_buttons(self) -> None:
        self.area.setAccessibleName(_("About the follow-up"))  # it takes the focus, so that keys scroll it
        self.attempt.setText(_("Record a try"))
        self.answer.setText(_("What was answered"))
        self.day.setText(_("Another day"))
        self.drop.setText(_("Ask no more…"))
        self.open_case.setText(_("Open the case file"))

    def show_line(self, line: Line | None, reaching: Reaching | None, own: str) -> None:
        """Whatever is known by now; the rule and the tries come a moment after the row."""
        self.line = line
        clear(self.rule)
        clear(self.told)
        for button in self.buttons:
            button.setVisible(line is not None)
        if line is None:
            self.set_title(_("Nothing to ask"))
            self.told.addWidget(Text(_("Choose a row of the list, or another filter."), "hint", "hint", wrap=True))
            self.told.addStretch(1)
            return
        self.set_title(title(line))
        self.told.addWidget(Text(words.coded(line.question), "question", wrap=True))
        facts = [line.service, words.officer(line.officer, own)]
        self.told.addWidget(Text("  ·  ".join(filter(None, facts)), "hint", "hint", wrap=True))
        if reaching is not None and not line.restricted:
            self._show_rule(reaching)
        if reaching is not None:
            self._show_tries(reaching)
        self.told.addStretch(1)

    def _show_rule(self, reaching: Reaching) -> None:
        mark = words.contact_rule_mark(reaching.person)
        if not reaching.may_contact:
            self.rule.addWidget(Chip(_("No consent to contact"), "warn", "phone-off"))
        if mark:
            self.rule.addWidget(Chip(mark.text, mark.tone, mark.icon))

    def _show_tries(self, reaching: Reaching) -> None:
        self.told.addSpacing(MEDIUM)
        self.told.addWidget(Text(_("Tries so far"), "body_bold"))
        if not reaching.tries:
            self.told.addWidget(Text(_("Nobody has tried yet."), "hint", "hint", wrap=True))
        for attempt in reversed(reaching.tries):
            self.told.addWidget(Text(told(attempt), "hint", "text", wrap=True))
        if reaching.exhausted:
            self.told.addWidget(Mark(_("Three tries without an answer"), "warn", "phone-off", strong=True))


def told(attempt: Attempt) -> str:
    """One try in a line."""
    when = "  ".join(filter(None, (translator().day_month(attempt.made), attempt.at)))
    return f"{when}  ·  {words.coded(attempt.channel)}: {words.coded(attempt.result).lower()}"


def clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
