"""La Ruta of a person: needs as groups, a verdict on every service, and at the right what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.eligibility.reading import RulesRefused
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.services import information_sheet, office_forms, route, route_sheet
from migrant_office.services.route import Route, RouteNeed
from migrant_office.ui import verdict_words, words
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.route import rows
from migrant_office.ui.route.asking_panel import Lists
from migrant_office.ui.route.dialogs import ChangeDialog, NeedsDialog, UnmetDialog
from migrant_office.ui.route.panel import ServicePanel
from migrant_office.ui.route.stations_bar import StationsBar
from migrant_office.ui.theme.metrics import COLUMN_GAP, MEDIUM, SMALL
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.empty_state import EmptyState
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowStyle, fitting_columns
from migrant_office.ui.widgets.row_list import RowList
from migrant_office.ui.widgets.text import Text

ROOMY = 1080  # px of the page; with less the panel narrows


class Door(Protocol):
    """The way between a case and its Ruta, which the page of the case holds."""

    wanted: SignalInstance

    def refer_to(self, case: str, service: str, need: str) -> None: ...


class HasDoor(Protocol):
    """The page of the case, as far as the Ruta knows it."""

    route: Door


class RoutePage(Page):
    """One case at a time. `refer_wanted`: case, service, need."""

    refer_wanted = Signal(str, str, str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.case_id = ""
        self.route: Route | None = None
        self.lists: Lists = {}
        self.back = Button("", "quiet", icon="arrow-left", shortcut="Alt+Left")
        self.print = Button("", "quiet", icon="printer", shortcut="Ctrl+P")
        self.add_need = Button("", "quiet", icon="plus")
        self.header, self.unmet = PageHeader(""), Button("", icon="flag")
        self.header.add(self.add_need)
        self.header.add(self.unmet)
        self.stations = StationsBar()
        self.counts = QWidget()
        self.counts_row = FlowLayout(self.counts, gap=SMALL)
        self.order = Text("", "hint", "hint", elide=True)
        self.list = RowList("", uniform=False)
        self.card, self.panel = Card(flush=True), ServicePanel()
        self.panel.own = operations.officer
        self.nothing = EmptyState("", icon="route")
        self.card.add(self.list, 1)
        self.card.add(self.nothing, 1)
        self._lay_out()
        self._connect()
        self.first = self.list
        self.retranslate()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.counts, 1)
        above.addWidget(self.order, 0, Qt.AlignmentFlag.AlignVCenter)
        left = QVBoxLayout()
        left.setSpacing(MEDIUM)
        left.addLayout(above)
        left.addWidget(self.card, 1)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addLayout(left, 1)
        columns.addWidget(self.panel)
        self.column.setSpacing(MEDIUM)
        self.column.addWidget(self.header)
        self.column.addWidget(self.stations)
        self.column.addLayout(columns, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.case_wanted.emit(self.case_id))
        self.print.clicked.connect(self._print)
        self.unmet.clicked.connect(self._ask_unmet)
        self.nothing.clicked.connect(self._ask_needs)
        self.add_need.clicked.connect(self._ask_needs)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _key: self._refer())
        self.panel.refer_wanted.connect(self._refer)
        self.panel.change_wanted.connect(self._change)
        self.panel.print_wanted.connect(self._print_service)
        self.panel.answered.connect(self._answer)
        self.panel.service_wanted.connect(self._go_to)

    def tools(self) -> Sequence[QWidget]:
        return (self.print, self.back)

    def panels(self) -> Sequence[QWidget]:
        asked = self.panel.asking.first_answer
        return (self.list, *((asked,) if asked is not None else ()), self.panel.refer, self.unmet, self.add_need)

    def watched(self) -> tuple[str, ...]:
        return (
            *("person", "held_document", "experience", "need", "encounter", "referral", "referral_step", "consent"),
            *("told_fact", "verdict_change", "service", "form_record", "merge"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.set_narrow(self.width() < self.metrics_.px(ROOMY))

    def show_case(self, id: str) -> None:
        """The case to show when the page comes to the front."""
        if id != self.case_id:
            self.route = None
            self._hide_all()
        self.case_id = id

    def _hide_all(self) -> None:
        """Nothing of the person before stays on the screen."""
        self.list.set_rows([])
        self.header.set_texts(_("The route"))
        for widget in (self.stations, self.counts, self.order, self.add_need, self.card, self.panel):
            widget.setVisible(False)

    # reading and showing

    def read(self) -> None:
        if self.case_id:
            id = self.case_id
            self.operations.ask(self, lambda office: (route.read_route(office, id), lists(office)), self._show,
                                key="route", failed=self._gone)  # fmt: skip

    def _gone(self, error: UserError) -> None:
        if isinstance(error, Gone | NotAllowed):
            self.case_id, self.route = "", None
            self.place_wanted.emit("people")
        elif isinstance(error, RulesRefused) and self.route is None:
            self.header.set_texts(_("The route"), error.text(translator()))
            return
        self.said.emit(error.text(translator()))

    def _show(self, answer: tuple[Route, Lists]) -> None:
        if answer[0].case.person.id != self.case_id and self.route is None:
            self.case_id = answer[0].case.person.id  # a case that was joined to another is read under the other's name
        self.route, self.lists = answer
        self._fill()

    def retranslate(self) -> None:
        self.back.setText(_("Back to the case file"))
        self.print.setText(_("Print my route"))
        self.add_need.setText(_("Add a need"))
        self.unmet.setText(_("Note an unmet need"))
        self.order.setText(_("First what is open"))
        self.list.setAccessibleName(_("Services for the needs"))
        self.nothing.set_texts(
            _("No need was told yet"),
            _("Choose what the person needs: the services that answer it appear here, each with its verdict."),
            _("Choose the needs"),
        )
        self.panel.set_words(words.word(self.operations.city, "Refer"))
        if self.route:
            self._fill()

    def _fill(self) -> None:
        shown = self.route
        if shown is None:
            return
        person = shown.case.person
        name = person.chosen_name or person.given
        title = _("The route of {name}").format(name=name) if name else _("The route")
        self.header.set_texts(title, self._hint(shown))
        self.stations.set_stations(_("Stations of the route"), rows.station_specs(shown))
        why = _("This case is restricted: nothing of it is printed.") if person.restricted else ""
        self.print.set_available(not why, why)
        self._fill_counts(shown)
        has = bool(shown.needs)
        self.stations.setVisible(True)
        self.card.setVisible(True)
        for widget in (self.list, self.counts, self.order, self.add_need, self.panel):
            widget.setVisible(has)
        self.nothing.setVisible(not has)
        self.first = self.list if has else self.nothing
        self._fill_list(shown)

    def _hint(self, shown: Route) -> str:
        today = clock.today()
        needs = ngettext("{count} need", "{count} needs", len(shown.needs)).format(count=len(shown.needs))
        count = len(shown.services)
        services = ngettext("{count} service", "{count} services", count).format(count=count)
        parts = (needs, services) if shown.needs else ()
        return "  ·  ".join(part for part in (*parts, rows.next_step(shown, today)) if part)

    def _fill_counts(self, shown: Route) -> None:
        self.counts_row.clear()
        for code, count in shown.counts().items():
            if count:
                mark = verdict_words.verdict_mark(code, count)
                self.counts_row.addWidget(Chip(mark.text, mark.tone, mark.icon))

    def _fill_list(self, shown: Route) -> None:
        here, kept = self.window().focusWidget(), self.list.chosen_key()
        asked = here is not None and self.panel.asking.isAncestorOf(here)
        made = list(rows.rows(shown, clock.today()))
        keys = [row.key for row in made if not row.heading]
        self.list.row_style = RowStyle(columns=fitting_columns(made))
        self.list.set_rows(made, choose=kept if kept in keys else next(iter(keys), None))
        if kept not in keys:
            self.list.scrollToTop()  # with the heading of the first need
        self._choose(self.list.chosen_key())
        if asked:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # the buttons of the questions are others now

    # choosing and acting

    def _need(self, key: object) -> RouteNeed | None:
        kind = key[0] if isinstance(key, tuple) else ""
        return next((n for n in self.route.needs if n.kind.value == kind), None) if self.route else None

    def _choose(self, key: object) -> None:
        need = self._need(key)
        if self.route is None or need is None or not isinstance(key, tuple):
            return
        service = next((s for s in need.services if s.line.id == key[1]), None)
        if service is None:
            self.panel.show_need(need)
        else:
            self.panel.show_service(self.route, service, self.lists)

    def _go_to(self, service: str) -> None:
        """The row of the service that gives a missing paper."""
        for number in range(self.list.rows.rowCount()):
            key = self.list.rows.row(number).key
            if isinstance(key, tuple) and key[1] == service:
                self.list.choose_row(number)
                self.list.setFocus()
                return

    def _refer(self) -> None:
        key = self.list.chosen_key()
        if self.panel.shown is not None and isinstance(key, tuple):
            self.refer_wanted.emit(self.case_id, self.panel.shown.line.id, str(key[0]))

    def _change(self) -> None:
        if self.panel.shown is not None:
            ChangeDialog(self.operations, self.case_id, self.panel.shown, self).open()

    def _ask_unmet(self) -> None:
        key = self.list.chosen_key()
        chosen = str(key[0]) if isinstance(key, tuple) and self._need(key) else ""
        UnmetDialog(self.operations, self.case_id, self.route.needs if self.route else (), chosen, self).open()

    def _ask_needs(self) -> None:
        told = [need.kind for need in self.route.needs] if self.route else []
        if len(told) < len(NeedKind):
            NeedsDialog(self.operations, self.case_id, told, self).open()

    def _answer(self, fact: str, answer: str) -> None:
        case = self.case_id

        def told(_done: object) -> None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed is gone
            self.said.emit(_("Answer saved. It is undone with Ctrl Z."))

        self.operations.run(self, lambda office: route.answer_fact(office, case, fact, answer), told)

    def _print(self) -> None:
        case = self.case_id

        def make(office: Office, choice: Choice) -> MadeSheet:
            return route_sheet.route_sheet(office, case, choice)

        PaperDialog(self.operations, make, _("Route of the person"), self).open()

    def _print_service(self) -> None:
        """What is known of the chosen service, with the person's name."""
        case, chosen = self.case_id, self.panel.shown
        if chosen is None:
            return
        service = chosen.line.id

        def make(office: Office, choice: Choice) -> MadeSheet:
            return information_sheet.information_sheet(office, service, case, choice=choice)

        PaperDialog(self.operations, make, _("Information on a service"), self).open()


def lists(office: Office) -> Lists:
    """Words of the codes that only the intake form knows, in the interface's language."""
    lang, found = translator().lang, {}
    form = office_forms.in_use(office, office_forms.INTAKE)
    for name, field in (("status", "status"), ("document", "document"), ("place", "commune")):
        listed = form.lists.get(name) if form else None
        choices = [(c.value, c.label.by_lang) for c in listed.choices] if listed else []
        by_code = [(code, said.get(lang) or said.get("es") or code) for code, said in choices]
        found[field] = [(label, label) for _code, label in by_code] if field == "commune" else by_code
    return found


def join(pages: dict[str, Page], go: Callable[[str], None]) -> None:
    """The doors between the Ruta and the page of the case, which do not know each other."""
    page, door = cast("RoutePage", pages["route"]), cast("HasDoor", pages["case"]).route

    def show(id: str) -> None:
        page.show_case(id)
        go("route")

    door.wanted.connect(show)
    page.refer_wanted.connect(door.refer_to)
