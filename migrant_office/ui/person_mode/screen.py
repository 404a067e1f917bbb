"""Modo persona: one question in large letters, in two languages, and nothing else; leaving it needs the officer."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from migrant_office.i18n import N_
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.missing import Missing
from migrant_office.ui.operations import Operations
from migrant_office.ui.person_mode.body import Body
from migrant_office.ui.person_mode.fields import WrittenAnswer
from migrant_office.ui.person_mode.foot import PLACE, Foot
from migrant_office.ui.person_mode.grid import MOST_TILES, TileGrid
from migrant_office.ui.person_mode.head import Head
from migrant_office.ui.person_mode.leaving import Leaving
from migrant_office.ui.person_mode.long_list import LongList
from migrant_office.ui.person_mode.speech import NOT_TRANSLATED, Offer, Said, Speech
from migrant_office.ui.person_mode.walk import Walk, following, question_at, second_language
from migrant_office.ui.theme.metrics import FACING_EDGE, MEDIUM, PAGE, SMALL, WIDE
from migrant_office.ui.widgets.text import IconLabel
from migrant_office.ui.widgets.themed import Painted

WIDEST = 1600  # px: beyond, the screen stays in the middle
THANKS = N_("Thank you. Please give the screen back.")
SEVERAL = N_("You can choose several.")
SEARCH = N_("Write here to look for it")
MORE = N_("More")
UNDERSTOOD = N_("Understood")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_MISSING_KEYS = {"9": Missing.REFUSED, "0": Missing.UNKNOWN}


class PersonMode(Painted):
    """The whole window while it is turned. It walks through `filling` from the question `start` on.

    `answered` carries (address, answer) at every key, to be set in the form before it returns; `left` the address of
    the last question shown, once the officer has given the passphrase.
    """

    answered = Signal(str, object)
    left = Signal(str)

    def __init__(
        self, operations: Operations, filling: FormFilling, start: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.filling, self.walk = filling, Walk(filling, start)
        self._city = operations.city
        self._second: str | None = None  # a language chosen on the screen itself
        self.speech = Speech(self._city, second_language(filling))
        self.head, self.foot, self.body = Head(), Foot(), Body()
        self.leaving = Leaving(operations)
        self.room = QVBoxLayout()
        self.pages = QStackedWidget()
        self._lay_out()
        self.foot.missing.connect(self._answer)
        self.foot.on.clicked.connect(self.go_on)
        self.foot.back.clicked.connect(self.go_back)
        self.foot.staff.clicked.connect(self.ask_officer)
        self.foot.language.clicked.connect(self.change_language)
        self.leaving.returned.connect(self.return_to_question)
        self.leaving.confirmed.connect(lambda: self.left.emit(self.walk.last()))
        self.walk.go_on()
        self._show_here()

    def _lay_out(self) -> None:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(WIDE + SMALL)
        self.room.addWidget(self.body)
        column.addLayout(self.room, 1)
        column.addSpacing(WIDE)
        column.addWidget(self.foot)
        self.pages.addWidget(asking)
        self.pages.addWidget(self.leaving)
        self.whole = QHBoxLayout(self)
        self.whole.setSpacing(0)
        self.whole.addWidget(self.pages)

    # showing

    def _show_here(self) -> None:
        """The question the walk stands at, or the end."""
        told = second_language(self.filling)
        self.speech = Speech(self._city, told if self._second is None else self._second)
        addr = self.walk.here
        question = question_at(self.filling, addr) if addr else None
        self._replace(self._made(question) if question else Thanks())
        if question:
            said = self.speech.label(self.filling, addr)
            hint = self.speech.hint(self.filling, addr)
            if not hint and question.kind is Kind.SELECT_MULTIPLE:
                hint = self.speech.say(SEVERAL)
        else:
            said, hint = self.speech.say(THANKS), Said("")
        self.head.show_texts(self.speech.names(), said, hint, self.speech.say(NOT_TRANSLATED))
        self.body.setAccessibleName(said.spoken())
        self.body.setAccessibleDescription(hint.spoken())
        if isinstance(self.body, WrittenAnswer):
            self.body.name(said)
        multiline = isinstance(self.body, WrittenAnswer) and self.body.multiline
        self.foot.speak(self.speech, digits=not self.body.types, enter="Ctrl+Return" if multiline else "Return")
        takes = question is not None and question.takes_answer
        self.foot.offer(answers=takes, back=self.walk.can_go_back(), on=question is not None)
        self._show_cell()
        self._fit()
        self.body.take_focus()

    def _replace(self, body: Body) -> None:
        self.room.removeWidget(self.body)
        self.body.hide()
        self.body.deleteLater()
        self.body = body
        self.room.addWidget(body)
        body.answered.connect(self._answer)

    def _made(self, question: Question) -> Body:
        """The body that a kind of question needs."""
        if question.kind is Kind.NOTE:
            return Body()
        if question.kind.value == "acknowledge":
            return TileGrid([Offer("OK", self.speech.say(UNDERSTOOD), "check")], self.speech.say(MORE))
        if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
            return WrittenAnswer(question, self.speech)
        offers = [self.speech.offer(choice) for choice in self.filling.choices(self.walk.here)]
        multiple = question.kind is Kind.SELECT_MULTIPLE
        if len(offers) > MOST_TILES:
            return LongList(offers, self.speech.say(SEARCH), multiple=multiple)
        return TileGrid(offers, self.speech.say(MORE), multiple=multiple)

    def _show_cell(self) -> None:
        here, count = self.walk.dots()
        self.foot.dots.show_place(here, count, self.speech.say(PLACE, number=here + 1, count=count))
        if self.walk.here and question_at(self.filling, self.walk.here).takes_answer:
            cell = self.filling.cell(self.walk.here)
            self.body.show_cell(cell)
            self.foot.show_missing(cell.missing)

    def restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The edges of the screen, and how much of it the question takes."""
        side = max(FACING_EDGE, (self.width() - WIDEST) // 2)
        self.whole.setContentsMargins(side, PAGE, side, MEDIUM)
        around = PAGE + MEDIUM + 2 * WIDE + SMALL + self.foot.sizeHint().height()
        self.head.fit(QSize(self.width() - 2 * side, self.height() - around), alone=type(self.body) is Body)

    # walking

    def _answer(self, answer: Answer) -> None:
        if self.walk.here:
            before = second_language(self.filling)
            self.answered.emit(self.walk.here, answer)
            if second_language(self.filling) != before:
                self._second = None
            self._show_cell()

    def go_on(self) -> None:
        if self.walk.here:
            self.walk.go_on()
            self._show_here()

    def go_back(self) -> None:
        if self.walk.go_back():
            self._show_here()

    def change_language(self) -> None:
        """Another language beside Spanish, or none: whoever cannot read this one need not answer in it."""
        self._second = following(self.speech.second)
        self._show_here()

    # leaving

    def take_focus(self) -> None:
        self.body.take_focus()

    def ask_officer(self) -> None:
        """Esc: the questions go, the passphrase is asked."""
        self.pages.setCurrentWidget(self.leaving)
        self.leaving.come(self.speech)

    def return_to_question(self) -> None:
        self.leaving.go()
        self.pages.setCurrentIndex(0)
        self.body.take_focus()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key ends here: none reaches the window."""
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self.ask_officer()
        elif event.key() in _ENTER:
            self._enter(event)
        elif self._is_back(event):
            self.go_back()
        elif not event.modifiers() & (_CTRL | _ALT) and not event.isAutoRepeat():
            self._digit(event)

    def _enter(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():  # a key held down must not run through the questions
            return
        here = self.focusWidget()
        if here in (self.foot.back, self.foot.staff, self.foot.language):
            cast("QAbstractButton", here).click()
        elif not self.body.enter():
            self.go_on()

    def _is_back(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Left and event.modifiers() & _ALT:
            return True
        return event.key() == Qt.Key.Key_Backspace and not self.body.types

    def _digit(self, event: QKeyEvent) -> None:
        if self.body.types or not self.walk.here or self.body.press(event):
            return
        missing = _MISSING_KEYS.get(event.text())
        if missing and not self.foot.refuse.isHidden():
            (self.foot.refuse if missing is Missing.REFUSED else self.foot.unknown).click()


class Thanks(Body):
    """The end: a large sign that everything went well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addWidget(IconLabel("heart-handshake", "ok", size=120), 0, Qt.AlignmentFlag.AlignHCenter)
