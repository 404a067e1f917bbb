"""The workspace: side, top bar with the one search, and the places. It only routes; it knows nothing of any case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGE_NAMES, LANGUAGES, N_, _, translator
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.office import Office
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import finding, history, office_forms
from migrant_office.services.history import Step
from migrant_office.services.intake import QUICK
from migrant_office.settings import Settings
from migrant_office.ui.case_file.answer_entry import AnswerEntry
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.language import LanguageSwitch
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.person_mode.screen import PersonMode
from migrant_office.ui.places import PLACES, UNDER, pages_of, tool_row
from migrant_office.ui.route.route_page import join
from migrant_office.ui.theme.metrics import LARGE, PAGE, SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.card import Line
from migrant_office.ui.widgets.navigation import Place, SideNavigation
from migrant_office.ui.widgets.search_field import SearchField
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.toast import Toast

THEMES = (("light", N_("Light")), ("dark", N_("Dark")), ("contrast", N_("High contrast")))
SCALES = (100, 115, 130)
WARM_UP_AFTER_MS = 1500  # when Hoy has been read
COMPACT_UNDER = 1180  # px; below, the side shrinks to icons


class Workspace(Painted):
    """Everything after the lock. `lock_wanted`, `settings_chosen` and `turned`, which carries the screen to show to a
    person in the place of everything else, go up to the window.
    """

    lock_wanted = Signal()
    settings_chosen = Signal(object)
    turned = Signal(object)
    bar: QFrame | None = None

    def __init__(
        self, operations: Operations, settings: Settings, language: LanguageSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.operations, self.settings, self.language = operations, settings, language
        self.pages = pages_of(operations)
        self.current = ""
        self.side = SideNavigation(operations.about.name, "", self._places())
        self.search = SearchField("")
        self.new_person = Button("", icon="user-plus", shortcut="Ctrl+R")
        self.more = IconButton("dots", "")
        self.demo = Banner("ask", "", icon="info-circle")
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.toast, self.answers = Toast(self), AnswerEntry(operations, self)
        self._lay_out()
        self._connect()
        self._make_menu()
        self.retranslate()

    @property
    def intake(self) -> IntakePage:
        return cast("IntakePage", self.pages["intake"])

    # building

    def _lay_out(self) -> None:
        bar = QFrame()
        self.tools = {key: tool_row(page) for key, page in self.pages.items()}
        row = QHBoxLayout(bar)
        row.setContentsMargins(PAGE, 0, PAGE, 0)
        row.setSpacing(LARGE)
        row.addWidget(self.search, 1)
        row.addStretch(0)
        for tools in self.tools.values():
            row.addWidget(tools)
        row.addWidget(self.new_person)
        row.addWidget(self.more)
        above = QVBoxLayout()
        above.setContentsMargins(PAGE, SMALL, PAGE, 0)
        above.addWidget(self.demo)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        right.addWidget(Line())
        right.addLayout(above)
        right.addWidget(self.stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addLayout(right, 1)
        self.bar = bar
        self.demo.setVisible(self.operations.about.demo)  # in its place by now: before, it would be a window

    def _connect(self) -> None:
        self.side.chosen.connect(self.go)
        self.side.lock_requested.connect(self.lock_wanted)
        self.new_person.clicked.connect(lambda: self.start_intake(IntakeWish(QUICK)))
        people = self.pages["people"]
        assert isinstance(people, PeoplePage)  # noqa: S101 - tells the type checker
        self.search.searched.connect(self._searched)
        self.search.moved.connect(people.step)
        self.search.entered.connect(lambda: self.answers.enter(self.search.text()))
        self.answers.passed.connect(people.open_chosen)
        self.answers.found.connect(lambda case, referral: self.open_case(case, answering=referral))
        self.search.left.connect(lambda: self.go(self.current if self.current != "people" else "today"))
        people.search_text_wanted.connect(self.search.set_text)
        for page in self.pages.values():
            page.case_wanted.connect(lambda id: self.open_case(id))
            page.intake_wanted.connect(self.start_intake)
            page.said.connect(self.say)
            page.place_wanted.connect(self.go)
        self.intake.turned.connect(self._turn_to_person)
        join(self.pages, self.go)
        self.operations.refused.connect(self._refuse)
        self.operations.saving.connect(self._show_state)
        self.operations.changed.connect(lambda _done: self._name_steps())

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.undo_action = self._act(QKeySequence(QKeySequence.StandardKey.Undo), lambda: self._turn(history.undo))
        self.redo_action = self._act(QKeySequence("Ctrl+Shift+Z"), lambda: self._turn(history.redo))
        self.menu.addActions([self.undo_action, self.redo_action, self.answers.action])
        self.menu.addSeparator()
        self.language_menu, self.theme_menu, self.scale_menu = QMenu(self), QMenu(self), QMenu(self)
        for menu in (self.language_menu, self.theme_menu, self.scale_menu):
            self.menu.addMenu(menu)
        self._choices(
            self.language_menu,
            [(lang, LANGUAGE_NAMES[lang]) for lang in LANGUAGES],
            translator().lang,
            lambda lang: self.choose(language=lang),
        )
        self._choices(
            self.theme_menu,
            [(name, "") for name, _label in THEMES],
            self.settings.theme,
            lambda name: self.choose(theme=name),
        )
        self._choices(
            self.scale_menu,
            [(str(s), f"{s} %") for s in SCALES],
            str(self.settings.scale),
            lambda scale: self.choose(scale=int(scale)),
        )
        self.more.clicked.connect(lambda: self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft())))
        self.menu.aboutToShow.connect(self._name_steps)
        QShortcut(QKeySequence("F10"), self, self.more.click)
        QShortcut(QKeySequence("F4"), self, lambda: self.go("follow_ups"))
        QShortcut(QKeySequence("F6"), self, lambda: self._next_panel(1))
        QShortcut(QKeySequence("Shift+F6"), self, lambda: self._next_panel(-1))

    def _act(self, key: QKeySequence, does: Callable[[], None]) -> QAction:
        action = QAction(self)
        action.setShortcut(key)
        action.triggered.connect(does)
        self.addAction(action)
        return action

    def _choices(self, menu: QMenu, choices: list[tuple[str, str]], now: str, chosen: Callable[[str], None]) -> None:
        group = QActionGroup(menu)
        for key, label in choices:
            action = QAction(label, menu)
            action.setCheckable(True)
            action.setChecked(key == now)
            action.setData(key)
            action.triggered.connect(lambda _checked=False, key=key: chosen(key))
            group.addAction(action)
            menu.addAction(action)

    def retranslate(self) -> None:
        self.side.set_places(self._places())
        self.side.set_titles(self.operations.about.name, self.operations.city.name)
        self.search.set_placeholder(_("Name, phone or file number"))
        self.new_person.setText(_("Quick registration"))
        self.more.set_name(_("More: undo, language, colours, text size"))
        self.demo.set_texts(_("DEMO: everybody here is invented. Do not write about real people in this office."))
        self.language_menu.setTitle(_("Language"))
        self.theme_menu.setTitle(_("Colours"))
        self.scale_menu.setTitle(_("Text size"))
        for action, (_name, label) in zip(self.theme_menu.actions(), THEMES, strict=True):
            action.setText(_(label))
        self.side.set_user(_("Officer"))
        self.answers.retranslate()
        self._name_steps()
        self._show_state(0)

    def _places(self) -> list[Place]:
        return [Place(key, _(text), icon, shortcut) for key, text, icon, shortcut in PLACES]

    # going somewhere

    def begin(self) -> None:
        self.go("today")
        QTimer.singleShot(WARM_UP_AFTER_MS, self, self._warm_up)

    def _warm_up(self) -> None:
        """Read the forms and the names once while nobody waits: the first person at the desk should not."""
        self.operations.ask(self, read_forms, lambda _nothing: None, key="forms")
        self._warm_up_names(0)

    def _warm_up_names(self, begun: int) -> None:
        """Portion by portion, so that a search never waits for it."""
        self.operations.look(
            self, lambda desk: finding.warm_up(desk, begun), lambda then: self._warm_up_names(then) if then else None
        )

    def go(self, key: str) -> None:
        """Bring a place to the front. What is being typed elsewhere has saved itself."""
        page = self.pages[key]
        if self.current and self.current != key:
            self.pages[self.current].leave()
        self.current = key
        self.side.set_current(UNDER.get(key, key))
        for other, tools in self.tools.items():
            tools.setVisible(other == key and bool(page.tools()))
        self.new_person.setVisible(key in {"today", "agenda", "people", "services", "case"})
        self.stack.setCurrentWidget(page)
        page.come_forward()
        if not self.search.edit.hasFocus() or key != "people":  # who types in the search goes on typing
            page.take_focus()

    def _next_panel(self, by: int) -> None:
        """The side, the search, and the parts of the page, in a round."""
        parts = [
            part
            for part in (self.side.current(), self.search.edit, *self.pages[self.current].panels())
            if part is not None and part.isVisible() and part.isEnabled()
        ]
        focus = QApplication.focusWidget()
        here = next(
            (
                n
                for n, part in reversed(list(enumerate(parts)))
                if focus is not None and (part is focus or part.isAncestorOf(focus))
            ),
            -1 if by > 0 else 0,
        )
        parts[(here + by) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_case(self, id: str, answering: str = "") -> None:
        page = self.pages["case"]
        assert isinstance(page, CasePage)  # noqa: S101 - tells the type checker
        self.search.clear()
        page.show_case(id, answering)
        self.go("case")

    def start_intake(self, wish: Draft | IntakeWish | None) -> None:
        self.search.clear()
        self.intake.start(wish)
        self.go("intake")

    def _turn_to_person(self, filling: FormFilling, addr: str) -> None:
        """One question at a time, for the person; what is answered goes through the intake as if typed there."""
        mode = PersonMode(self.operations, filling, addr)
        mode.answered.connect(self.intake.take)
        self.turned.emit(mode)

    def turn_back(self, addr: str) -> None:
        """The officer has the screen again, at the question where the person was."""
        self.intake.turn_back(addr)

    def _searched(self, text: str) -> None:
        page = self.pages["people"]
        assert isinstance(page, PeoplePage)  # noqa: S101 - tells the type checker
        page.look_for(text)
        if text and self.current != "people":
            self.go("people")

    # saying and undoing

    def say(self, text: str) -> None:
        self.toast.say(text)

    def _refuse(self, error: UserError) -> None:
        self.toast.say(error.text(translator()), tone="warn")

    def _show_state(self, waiting: int) -> None:
        if waiting:
            self.side.set_state(_("Saving…"), icon="progress", tone="hint")
        else:
            self.side.set_state(_("All saved"), _("On this computer"))

    def _turn(self, step: Callable[..., Step | None]) -> None:
        def told(done: Step | None) -> None:
            if done is None:
                self.say(_("There is nothing to undo."))
                return
            self.say(turned(done, back=step is history.undo))
            self._name_steps()

        self.operations.run(self, step, told)

    def _name_steps(self) -> None:
        def named(steps: tuple[str, str]) -> None:
            self.undo_action.setText(_("Undo: {what}").format(what=_(steps[0])) if steps[0] else _("Undo"))
            self.redo_action.setText(_("Redo: {what}").format(what=_(steps[1])) if steps[1] else _("Redo"))
            self.undo_action.setEnabled(bool(steps[0]))
            self.redo_action.setEnabled(bool(steps[1]))

        self.operations.ask(self, history.next_labels, named, key="history")

    def choose(self, **chosen: str | int) -> None:
        """Another language, theme or text size: at once, and kept."""
        self.settings = replace(self.settings, **chosen)  # type: ignore[arg-type]  # names and types of Settings
        self.settings_chosen.emit(self.settings)

    def settle(self) -> None:
        """Save what is being typed, and wait until it is on disk."""
        self.pages["sheets"].leave()
        self.intake.save_now()
        self.operations.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Heights and widths that hold letters, and a side of icons alone where the window is small for them."""
        if self.bar is None:  # Qt asks once while the workspace is still being made
            return
        self.bar.setFixedHeight(self.metrics_.top_bar)
        self.search.setMaximumWidth(self.metrics_.px(520))
        self.demo.setMinimumHeight(self.metrics_.px(36))
        self.side.set_compact(self.width() < self.metrics_.px(COMPACT_UNDER))


def turned(done: Step, *, back: bool) -> str:
    """What undo or redo has done, in words; it never says more than was put back."""
    what = _(done.op.label)
    if not done.done.envelopes:
        return _("Nothing was put back: somebody has changed it since ({what}).").format(what=what)
    text = (_("Undone: {what}.") if back else _("Done again: {what}.")).format(what=what)
    return text + " " + _("What somebody changed since stays.") if done.left else text


def read_forms(office: Office) -> None:
    """The forms in use, which stay in memory; one that cannot be read is told when somebody begins it."""
    for name in office_forms.AT_THE_DOOR:
        office_forms.in_use(office, name)
