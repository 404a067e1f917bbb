"""*Pregunte también*: the questions that would change a verdict, with their answers right there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.coded import label_of
from migrant_office.models.eligibility.asking import Asking
from migrant_office.models.eligibility.fields import DOCUMENT, NO, YES, Kind
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState
from migrant_office.ui.theme.metrics import SMALL, TINY
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import SunkenPanel, empty
from migrant_office.ui.widgets.field import Choice, LineField
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.text import Text

Lists = Mapping[str, Sequence[tuple[str, str]]]
"""Words of codes that the city's intake form knows: list → (code, words)."""
SHOWN, BUTTONS = 3, 4  # questions at a time; answers that stand as buttons, more become a list
PAPER_ANSWERS = (DocumentState.HAS, DocumentState.IN_PROCESS, DocumentState.LACKS)


class AskingPanel(SunkenPanel):
    """`answered` carries the fact and the answer; the page writes it and asks the rules again."""

    answered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", icon="message-2-question", parent=parent)
        self.first_answer: QWidget | None = None

    def show_questions(self, askings: Sequence[Asking], lists: Lists) -> None:
        """The first few; hidden when there is nothing to ask."""
        empty(self.body)
        self.first_answer = None
        self.setVisible(bool(askings))
        self.set_title(_("Ask also"))
        for number, asking in enumerate(askings[:SHOWN]):
            if number:
                self.body.addSpacing(SMALL)
            self.body.addWidget(Text(question_words(asking, lists), "body", wrap=True))
            self.body.addWidget(self._answers(asking, lists))

    def _answers(self, asking: Asking, lists: Lists) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=TINY + 2)
        fact, options = asking.field.name, options_of(asking, lists)
        spoken = question_words(asking, lists)
        if asking.field.kind is Kind.NUMBER:
            self._add_typed(flow, fact, spoken)
        elif len(options) > BUTTONS:
            self._add_list(flow, fact, options, spoken)
        else:
            for code, label in options:
                self._add(flow, fact, code, label, spoken)
        for why, label in ((Missing.UNKNOWN, _("Does not know")), (Missing.REFUSED, _("Prefers not to answer"))):
            self._add(flow, fact, why.value, label, spoken, quiet=True)
        return holder

    def _add(self, flow: FlowLayout, fact: str, code: str, label: str, spoken: str, *, quiet: bool = False) -> None:
        button = Button(label, "quiet" if quiet else "secondary")
        button.setAccessibleDescription(spoken)
        button.clicked.connect(lambda: self.answered.emit(fact, code))
        flow.addWidget(button)
        self.first_answer = self.first_answer or button

    def _add_list(self, flow: FlowLayout, fact: str, options: Sequence[tuple[str, str]], spoken: str) -> None:
        """A list answers with its button: arrows alone must not."""
        row, choice, done = QWidget(), Choice(), Button(_("Note it"))
        choice.set_choices(list(options), empty=_("Choose"))
        choice.setAccessibleName(spoken)
        choice.setMinimumWidth(self.metrics_.px(190))
        done.clicked.connect(lambda: self.answered.emit(fact, choice.value()) if choice.value() else None)
        self._beside(row, choice, done)
        flow.addWidget(row)
        self.first_answer = self.first_answer or choice

    def _add_typed(self, flow: FlowLayout, fact: str, spoken: str) -> None:
        row, field, done = QWidget(), LineField(), Button(_("Note it"))
        field.setAccessibleName(spoken)
        field.setFixedWidth(self.metrics_.px(70))
        done.clicked.connect(lambda: self.answered.emit(fact, field.text().strip()) if field.text().strip() else None)
        field.returnPressed.connect(done.click)
        self._beside(row, field, done)
        flow.addWidget(row)
        self.first_answer = self.first_answer or field

    @staticmethod
    def _beside(row: QWidget, left: QWidget, right: QWidget) -> None:
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY + 2)
        layout.addWidget(left)
        layout.addWidget(right)


def question_words(asking: Asking, lists: Lists) -> str:
    """The rules' own words, else the paper asked for by its name."""
    if asking.question is not None:
        return asking.question.words.text(translator().lang)
    kind = asking.field.name.removeprefix(DOCUMENT)
    paper = dict(lists.get("document", ())).get(kind, kind)
    return _("Does the person have this document: {document}?").format(document=paper)


def options_of(asking: Asking, lists: Lists) -> list[tuple[str, str]]:
    """The answers to offer, as (code, words)."""
    lang, field = translator().lang, asking.field
    if field.name.startswith(DOCUMENT):
        return [(state.value, _(state.label)) for state in PAPER_ANSWERS]
    if asking.question is not None and asking.question.options:
        return [(option.code, option.words.text(lang)) for option in asking.question.options]
    if field.kind is Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    if field.listed or field.name in lists:
        return list(lists.get(field.listed or field.name, ()))
    labels = field.labels or {}
    return [(code, _(label_of(labels.get(code, code)))) for code in field.codes]
