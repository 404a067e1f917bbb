"""Ingreso: the form in steps that can be taken in any order; what is typed saves itself within a second."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Group
from migrant_office.models.office import Office
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.operation import Done
from migrant_office.services import intake
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.theme.metrics import CARD_INSET, COLUMN_GAP, LARGE, MEDIUM, WIDE
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, SunkenPanel
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.steps import Steps, StepSpec
from migrant_office.ui.widgets.text import Text

HELP = 236
TRY_AGAIN_MS = 5000
SAVE_AFTER_MS = 500  # not restarted by the next key: never more than this behind the typing


class IntakePage(Page):
    """One intake at a time. `start` opens a new one or goes on with a draft.

    `turned` asks to turn the screen to the person; it carries the filling and the address of the question in focus.
    """

    turned = Signal(object, str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.draft: Draft | None = None
        self.filling: FormFilling | None = None
        self.page = 0
        self.views: dict[str, QuestionView] = {}
        self.saver = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self.saver.timeout.connect(self._save)
        self._unsaved = False
        self.header, self.saved = PageHeader(""), Chip("", "neutral")
        self.later, self.back = Button("", "link"), Button("", icon="arrow-left")
        self.forward = Button("", "primary", shortcut="Ctrl+Return")
        self.turn = Button("", icon="user-circle", shortcut="F8")
        self.here = ""  # the question that had the focus last
        self.left = Text("", "hint", "hint")
        self.steps, self.help = Steps(_("Steps of the intake")), SunkenPanel("", width=HELP)
        self.header.add(self.saved)
        self.header.add(self.later)
        self._lay_out()
        self.later.clicked.connect(self._finish_later)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_on)
        self.turn.clicked.connect(self._turn)
        self.steps.chosen.connect(lambda key: self._show_page(int(key)))
        self.retranslate()

    def _lay_out(self) -> None:
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the focus scrolls it
        self.area.viewport().setAutoFillBackground(False)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = Card(flush=True)
        card.layout().setContentsMargins(2, 2, 2, 2)  # type: ignore[union-attr]  # a card has a layout
        card.add(self.area, 1)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        left = QVBoxLayout()
        left.addWidget(self.steps)
        left.addStretch(1)
        columns.addLayout(left)
        columns.addWidget(card, 1)
        columns.addWidget(self.help)
        foot = QHBoxLayout()
        foot.setSpacing(MEDIUM)
        foot.addWidget(self.back)
        foot.addWidget(self.turn)
        foot.addStretch(1)
        foot.addWidget(self.left)
        foot.addWidget(self.forward)
        self.column.addWidget(self.header)
        self.column.addLayout(columns, 1)
        self.column.addLayout(foot)

    # beginning and ending

    def start(self, draft: Draft | None) -> None:
        """A new person, or a draft that waits."""
        self.save_now()
        self.draft = self.filling = None
        self._clear()

        def begin(office: Office) -> tuple[Draft, FormFilling]:
            if draft is None:
                return intake.new_draft(office), FormFilling(intake.intake_form(office))
            return draft, intake.resume(office, draft)

        self.operations.ask(self, begin, self._begun, key="intake", failed=self._refused)

    def _begun(self, begun: tuple[Draft, FormFilling]) -> None:
        self.draft, self.filling = begun
        self._unsaved = False
        self.saved.setVisible(bool(self.draft.saved_at))
        self._show_page(0)

    def _refused(self, error: UserError) -> None:
        self.said.emit(error.text(translator()))
        self.place_wanted.emit("today")

    def _finish_later(self) -> None:
        self.save_now()
        self.place_wanted.emit("today")

    def _complete(self) -> None:
        draft, filling = self.draft, self.filling
        if draft is None or filling is None:
            return
        self.saver.stop()
        self._unsaved = False
        self._let_type(may=False)  # what came now would be saved into a draft that is gone
        self.operations.run(
            self, lambda office: intake.complete(office, draft, filling), self._completed, failed=self._not_completed
        )

    def _let_type(self, *, may: bool) -> None:
        for widget in (self.forward, self.back, self.turn, self.later, self.area, self.steps):
            widget.setEnabled(may)

    def _completed(self, answer: tuple[Done, str]) -> None:
        self._let_type(may=True)
        self.draft = self.filling = None
        self._clear()
        self.said.emit(_("Case file opened. Ctrl Z takes it back."))
        self.case_wanted.emit(answer[1])

    def _not_completed(self, error: UserError) -> None:
        self._let_type(may=True)
        self._not_saved(error)

    # the screen turned to the person

    def _turn(self) -> None:
        if self.filling is not None:
            self.save_now()
            self.turned.emit(self.filling, self.here)

    def take(self, addr: str, answer: Answer) -> None:
        """An answer given on the turned screen: it goes the way of every other."""
        self._answered(addr, answer)
        if view := self.views.get(addr):
            view.show_cell()

    def turn_back(self, addr: str) -> None:
        """The officer has the screen again: where the person was."""
        self.save_now()
        if self.filling is None or not addr:
            return
        question = self.filling.form.at(addr)
        self._show_page(next((i for i, page in enumerate(self.pages()) if question in page.walk()), self.page))
        if view := self.views.get(addr):
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    # saving

    def _answered(self, addr: str, answer: Answer) -> None:
        if self.filling is None:
            return
        try:
            changed = self.filling.set(addr, answer)
        except (KeyError, ValueError):
            return
        for other in changed:
            if view := self.views.get(other):
                view.show_cell(keep_typing=other == addr)
        self._unsaved = True
        if not self.saver.isActive():
            self.saver.start()
        self._tell()

    def save_now(self) -> None:
        """What is typed goes to the disk without waiting."""
        if self._unsaved:
            self.saver.stop()
            self._save()

    def _save(self) -> None:
        draft, filling = self.draft, self.filling
        if draft is None or filling is None:
            return
        self._unsaved = False
        restored = FormFilling.restore(filling.form, filling.snapshot())  # the other thread gets a copy
        self.operations.run(
            self, lambda office: intake.save_draft(office, draft, restored), self._show_saved, failed=self._not_saved
        )

    def _not_saved(self, error: UserError) -> None:
        """It is still in the window: say why it is not on the disk, and try again with the next key or in a while."""
        self._unsaved = True
        self.saved.setVisible(True)
        self.saved.set_spec(MarkSpec(_("Not saved yet"), "warn", "alert-triangle", plate=True))
        self.said.emit(error.text(translator()))
        QTimer.singleShot(TRY_AGAIN_MS, self, self.save_now)

    def _show_saved(self, draft: Draft) -> None:
        if self.draft and draft.id == self.draft.id:
            self.draft = draft
            self.saved.setVisible(True)
            text = _("Saved {time}").format(time=translator().time(clock.local(clock.now()).time()))
            self.saved.set_spec(MarkSpec(text, "ok", "cloud-check", plate=True))

    # pages

    def pages(self) -> tuple[Group, ...]:
        return self.filling.form.pages if self.filling else ()

    def _go_back(self) -> None:
        if self.page > 0:
            self._show_page(self.page - 1)
        else:
            self._finish_later()

    def _go_on(self) -> None:
        following = [i for i in range(self.page + 1, len(self.pages())) if self._is_relevant(i)]
        if following:
            self.save_now()
            self._show_page(following[0])
        else:
            self._complete()

    def _is_relevant(self, number: int) -> bool:
        return self.filling is not None and self.filling.relevant(self.pages()[number].addr)

    def _clear(self) -> None:
        self.views = {}
        self.area.setWidget(QWidget())

    def _show_page(self, number: int) -> None:
        if self.filling is None:
            return
        self.page, self.views = number, {}
        body = QFrame()
        body.setProperty("plate", "none")
        column = QVBoxLayout(body)
        column.setContentsMargins(CARD_INSET, LARGE, CARD_INSET, LARGE)
        column.setSpacing(WIDE)
        lang = translator().lang
        for question in self.pages()[number].questions():
            if not question.takes_answer and question.kind != "note":
                continue
            view = QuestionView(question, self.filling, lang)
            view.answered.connect(self._answered)
            view.focused.connect(self._show_help)
            self.views[question.addr] = view
            column.addWidget(view)
        column.addStretch(1)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        self.take_focus()
        self._tell()

    def come_forward(self) -> None:
        """Nothing to read again: the form is what it was."""

    def leave(self) -> None:
        self.save_now()

    def take_focus(self) -> None:
        first = next((view for view in self.views.values() if view.filling.relevant(view.addr)), None)
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_help(first.addr)

    def panels(self) -> Sequence[QWidget]:
        step = next((s for s in self.steps.findChildren(QAbstractButton)), None)
        focus = QApplication.focusWidget() or self
        here = next((view for view in self.views.values() if view.isAncestorOf(focus)), None)
        question = here or next(iter(self.views.values()), None)
        return [part for part in (step, question, self.forward) if part is not None]

    # telling

    def retranslate(self) -> None:
        self.later.setText(_("Finish later"))
        self.back.setText(_("Back"))
        self.turn.setText(_("Show to the person"))
        self.steps.setAccessibleName(_("Steps of the intake"))
        if self.filling:
            self._show_page(self.page)
        else:
            self._tell()

    def _tell(self) -> None:
        filling = self.filling
        name = ""
        if filling:
            given = filling.mapped().get("person.given", "")
            name = given if isinstance(given, str) and not given.startswith("?") else ""
        pages, lang = self.pages(), translator().lang
        title = _("Intake of {name}").format(name=name) if name else _("Intake of a new person")
        label = pages[self.page].label.get(lang) if pages else ""
        step = _("Step {number} of {count}").format(number=self.page + 1, count=len(pages)) if pages else ""
        self.header.set_texts(title, "  ·  ".join(p for p in (step, label) if p))
        last = not any(self._is_relevant(i) for i in range(self.page + 1, len(pages)))
        self.forward.setText(_("Open the case file") if last and pages else _("Continue"))
        if filling:
            answered, asked = filling.progress()
            text = ngettext(
                "{count} answer is missing; it can be completed another day",
                "{count} answers are missing; they can be completed another day",
                asked - answered,
            )
            self.left.setText(text.format(count=asked - answered) if asked > answered else _("Everything is answered"))
            self.steps.set_steps(
                [self._step(i, page, lang) for i, page in enumerate(pages) if self._is_relevant(i)], str(self.page)
            )

    def _step(self, number: int, page: Group, lang: str) -> StepSpec:
        assert self.filling is not None  # noqa: S101 - told only while a form is open
        cells = [self.filling.cell(q.addr) for q in page.questions() if q.takes_answer]
        shown = [c for c in cells if c.relevant]
        answered = sum(1 for c in shown if c.value or c.missing)
        hint = (
            _("Complete")
            if shown and answered == len(shown)
            else _("{answered} of {count} answers").format(answered=answered, count=len(shown))
        )
        begun = "attention" if number < self.page and answered else "todo"
        state = "done" if shown and answered == len(shown) else begun
        return StepSpec(str(number), page.label.get(lang), hint, state)  # type: ignore[arg-type]  # a literal

    def _show_help(self, addr: str) -> None:
        if self.filling is None:
            return
        self.here = addr
        lang = translator().lang
        guidance = self.filling.guidance(addr, lang)
        self.help.set_title(_("Why this is asked"))
        sections = [("", part.strip()) for part in guidance.split("\n") if part.strip()]
        self.help.set_sections(
            [("", self.filling.label(addr, lang)), *sections]
            if sections
            else [("", _("Read the question as it stands. No answer is needed to be attended."))]
        )
