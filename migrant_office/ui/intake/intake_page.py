"""Ingreso: the form in steps that can be taken in any order; what is typed saves itself within a second."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Group, Question
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.operation import Done
from migrant_office.services.intake.drafts import Resumed
from migrant_office.ui.intake import filled, telling
from migrant_office.ui.intake.autosaver import Autosaver
from migrant_office.ui.intake.files import IntakeFiles
from migrant_office.ui.intake.help_panel import WIDTH, HelpPanel
from migrant_office.ui.intake.likeness_watch import LikenessWatch
from migrant_office.ui.intake.mrz_dialog import read_document
from migrant_office.ui.intake.page_body import PageBody
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.intake.remove_dialog import RemoveDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish, Page
from migrant_office.ui.theme.metrics import COLUMN_GAP, MEDIUM
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, Column
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.scrolled import Scrolled
from migrant_office.ui.widgets.steps import Steps
from migrant_office.ui.widgets.text import Text

ROOMY = 1000  # px at 100 %: with less, the steps are numbers and the questions get their room


class IntakePage(Page):
    """One intake at a time. `start` opens a new one or goes on with a draft.

    `turned` asks to turn the screen to the person; it carries the filling and the address of the question in focus.
    """

    turned = Signal(object, str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.keeper = Autosaver(operations, self)
        self.files = IntakeFiles(operations, self)
        self.watch = LikenessWatch(operations, self.keeper, self)
        self.keeper.saved.connect(self._show_saved)
        self.keeper.failed.connect(self._not_saved)
        self.page = 0
        self.body: PageBody | None = None
        self.here = ""  # the question that had the focus last
        self.header, self.saved = PageHeader(""), Chip("", "neutral")
        self.later = Button("", "link")
        self.back = Button("", icon="arrow-left", shortcut="Alt+Left")
        self.forward = Button("", "primary", shortcut="Ctrl+Return")
        self.turn = Button("", icon="user-circle", shortcut="F8")
        self.scan = Button("", icon="id", shortcut="Ctrl+M")
        self.left = Text("", "hint", "hint", wrap=True)
        self.steps, self.help = Steps(_("Steps of the intake")), HelpPanel()
        self.header.add(self.saved)
        self.header.add(self.later)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def draft(self) -> Draft | None:
        return self.keeper.draft

    @property
    def filling(self) -> FormFilling | None:
        return self.keeper.filling

    @property
    def views(self) -> dict[str, QuestionView]:
        return self.body.views if self.body else {}

    def _lay_out(self) -> None:
        self.area = Scrolled()
        card = Card(flush=True)
        card.layout().setContentsMargins(2, 2, 2, 2)  # type: ignore[union-attr]  # a card has a layout
        card.add(self.area, 1)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        self.way = Scrolled(self.steps)
        columns.addWidget(self.way)
        columns.addWidget(card, 1)
        columns.addWidget(Scrolled(Column(WIDTH, self.watch.panel, self.help)))
        foot = QHBoxLayout()
        foot.setSpacing(MEDIUM)
        foot.addWidget(self.back)
        foot.addWidget(self.turn)
        foot.addWidget(self.left, 1)
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.forward)
        self.column.addWidget(self.header)
        self.column.addLayout(columns, 1)
        self.column.addLayout(foot)

    def _connect(self) -> None:
        self.watch.recognised.connect(self._recognised)
        self.watch.kept.connect(self.said)
        self.watch.going_on.connect(lambda: self._let_type(may=False))
        self.watch.failed.connect(self._not_completed)
        self.later.clicked.connect(self._finish_later)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_on)
        self.turn.clicked.connect(self._turn)
        self.scan.clicked.connect(self._scan)
        self.steps.chosen.connect(lambda key: self._show_page(int(key)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.set_narrow(self.width() < self.metrics_.px(ROOMY))

    def tools(self) -> Sequence[QWidget]:
        return (self.scan,)

    # beginning and ending

    def start(self, wish: Draft | IntakeWish | None) -> None:
        """A new form, or a draft that waits."""
        self.save_now()
        self.keeper.release()
        self._clear()

        self.operations.ask(
            self, lambda office: filled.begin(office, wish), self._begun, key="intake", failed=self._refused
        )

    def _begun(self, begun: tuple[Draft, Resumed]) -> None:
        draft, resumed = begun
        self.files.hold(dict(resumed.beside))
        self.keeper.hold(draft, resumed.filling, self.files.beside)
        self._show_saved(draft)
        self._show_page(telling.rests_at(resumed.filling) if draft.saved_at else 0)
        self.watch.begin()

    def _recognised(self, begun: tuple[Draft, Resumed]) -> None:
        """The person has a case file: what was typed goes on in it."""
        self._let_type(may=True)
        self._begun(begun)
        self.said.emit(telling.goes_on(begun[0]))

    def _refused(self, error: UserError) -> None:
        self.said.emit(error.text(translator()))
        self.place_wanted.emit("today")

    def _finish_later(self) -> None:
        self.save_now()
        self.place_wanted.emit("today")

    def _complete(self) -> None:
        draft, filling, beside = self.draft, self.filling, self.keeper.beside
        if draft is None or filling is None:
            return
        self.keeper.pause()
        self._let_type(may=False)
        self.operations.run(
            self,
            lambda office: filled.complete(office, draft, filling, beside),
            self._completed,
            failed=self._not_completed,
        )

    def _let_type(self, *, may: bool) -> None:
        for widget in (self.forward, self.back, self.turn, self.scan, self.later, self.area, self.steps):
            widget.setEnabled(may)

    def _completed(self, answer: tuple[Done, str]) -> None:
        self._let_type(may=True)
        said = telling.done(self.draft)
        self.keeper.release()
        self._clear()
        self.said.emit(said)
        self.case_wanted.emit(answer[1])

    def _not_completed(self, error: UserError) -> None:
        self._let_type(may=True)
        self.keeper.not_saved(error)

    # the screen turned to the person, and a document read

    def _turn(self) -> None:
        if self.filling is not None:
            self.save_now()
            self.turned.emit(self.filling, self.here)

    def take(self, addr: str, answer: Answer) -> None:
        """An answer given on the turned screen: it goes the way of every other."""
        filled.turned(self.draft, self.keeper.beside)
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
        if self.body:
            self.body.reveal(addr)
        if view := self.views.get(addr):
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scan(self) -> None:
        if self.filling is not None:
            inside = self.here.rpartition("/")[0]
            read_document(self.filling, self._changed, self, within=inside if inside.endswith("]") else "")

    # answering

    def _answered(self, addr: str, answer: Answer) -> None:
        if self.filling is None:
            return
        try:
            changed = self.filling.set(addr, answer)
        except (KeyError, ValueError):
            return
        self._changed(changed, addr)

    def _changed(self, changed: frozenset[str], typed: str = "") -> None:
        """Something in the filling is another: show it, keep it, tell it."""
        if self.body:
            self.body.show_changed(changed, typed)
        self.keeper.touch()
        self.watch.touch(self.here)
        self._tell()

    def _add(self, repeat: str) -> None:
        if self.filling is None or not self.filling.can_add(repeat):
            return
        self._changed(self.filling.add(repeat))
        self._enter(self.filling.instances(repeat)[-1])

    def _enter(self, instance: str) -> None:
        """The keyboard goes to the first question of a block."""
        first = next((view for addr, view in self.views.items() if addr.startswith(f"{instance}/")), None)
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(first)

    def _ask_remove(self, instance: str) -> None:
        if self.filling is None:
            return
        told = any(cell.value or cell.missing for cell in telling.answers_in(self.filling, instance))
        if not told:
            self._remove(instance)
            return
        dialog = RemoveDialog(self.filling.label(instance, translator().lang), self)
        dialog.accepted.connect(lambda: self._remove(instance))
        dialog.open()

    def _remove(self, instance: str) -> None:
        if self.filling is not None:
            self.filling.remove(instance)
            self.keeper.touch()
            self._show_page(self.page)

    def _doubt(self, addr: str, value: str) -> str:
        """What a number check says of a phone, a RUN or a CURP; it never stands in the way."""
        return telling.doubt(self.filling, addr, value, self.operations.city.country) if self.filling else ""

    # saving

    def save_now(self) -> None:
        """What is typed goes to the disk without waiting."""
        self.keeper.save_now()

    def _not_saved(self, error: UserError) -> None:
        self.saved.setVisible(True)
        self.saved.set_spec(MarkSpec(_("Not saved yet"), "warn", "alert-triangle", plate=True))
        self.said.emit(error.text(translator()))

    def _show_saved(self, draft: Draft) -> None:
        text = telling.saved(draft)
        self.saved.setVisible(bool(text))
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
        return self.filling is not None and telling.is_asked(self.filling, self.pages()[number])

    def _clear(self) -> None:
        self.body = None
        self.area.setWidget(QWidget())

    def _show_page(self, number: int) -> None:
        if self.filling is None:
            return
        self.page = number
        body = PageBody(self.pages()[number], self.filling, translator().lang, self._doubt, self.files)
        body.answered.connect(self._answered)
        body.focused.connect(self._show_help)
        body.add_wanted.connect(self._add)
        body.remove_wanted.connect(self._ask_remove)
        body.opened.connect(self._enter)
        self.body = body
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        self.take_focus()
        self._tell()

    def come_forward(self) -> None:
        """Nothing to read again: the form is what it was."""

    def leave(self) -> None:
        self.save_now()

    def take_focus(self) -> None:
        asked = [
            view for view in self.views.values() if view.filling.relevant(view.addr) and view.question.takes_answer
        ]
        if asked:
            asked[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_help(asked[0].addr)
        elif self.body and self.body.repeats:
            next(iter(self.body.repeats.values())).more.setFocus(Qt.FocusReason.OtherFocusReason)

    def panels(self) -> Sequence[QWidget]:
        step = next((s for s in self.steps.findChildren(QAbstractButton)), None)
        focus = QApplication.focusWidget() or self
        here = next((view for view in self.views.values() if view.isAncestorOf(focus)), None)
        question = here or next(iter(self.views.values()), None)
        known = next((button for button in self.watch.panel.same if button.isVisible()), None)
        return [part for part in (step, question, known, self.forward) if part is not None]

    # telling

    def retranslate(self) -> None:
        self.later.setText(_("Finish later"))
        self.back.setText(_("Back"))
        self.turn.setText(_("Show to the person"))
        self.scan.setText(_("Read a document"))
        self.steps.setAccessibleName(_("Steps of the intake"))
        self.help.tell("", "")
        self.watch.panel.retranslate()
        if self.filling:
            self._show_page(self.page)
        else:
            self._tell()

    def _tell(self) -> None:
        filling, pages, lang = self.filling, self.pages(), translator().lang
        title = telling.title(self.draft, filling)
        self.header.set_texts(title, telling.step_of(pages, self.page, lang))
        last = not any(self._is_relevant(i) for i in range(self.page + 1, len(pages)))
        self.forward.setText(telling.ending(self.draft) if last and pages else _("Continue"))
        if filling:
            self.left.setText(telling.left(filling))
            relevant = [(i, page) for i, page in enumerate(pages) if self._is_relevant(i)]
            self.steps.set_steps(
                [telling.step(filling, i, page, self.page, lang) for i, page in relevant], str(self.page)
            )
            self.way.setVisible(len(pages) > 1)  # one step needs no column to be chosen from

    def _show_help(self, addr: str) -> None:
        self.here = addr
        self.watch.touch(addr)
        if (view := self.views.get(addr)) and not QApplication.mouseButtons():  # nothing moves under a finger
            self.area.show_whole(view)
        if self.filling is not None:
            lang, item = translator().lang, self.filling.form.at(addr)
            asked = isinstance(item, Question) and item.takes_answer  # a note is read where it stands
            self.help.tell(self.filling.label(addr, lang) if asked else "", self.filling.guidance(addr, lang))
