"""Servicios: the directory by area with how old each service's facts are, whom to call, and what is known of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.office import Office
from migrant_office.models.service import Service
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.models.vault.operation import Done
from migrant_office.services import call_sheet, catalogue, freshness, information_sheet, papers, route
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.directory import editing
from migrant_office.services.directory.importing import Imported
from migrant_office.services.freshness import ToCheck
from migrant_office.ui import words
from migrant_office.ui.batches.batch_dialog import BatchDialog
from migrant_office.ui.catalogue import exchange, telling
from migrant_office.ui.catalogue.confirm_dialog import ConfirmDialog
from migrant_office.ui.catalogue.edit_dialog import EditDialog
from migrant_office.ui.catalogue.service_panel import ServicePanel, Shown
from migrant_office.ui.catalogue.steps_dialog import StepsDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.theme.metrics import COLUMN_GAP
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList
from migrant_office.ui.widgets.tabs import Tabs

ALL, CONFIRM, CALLS, OPEN = "all", "confirm", "calls", "open"


class CataloguePage(Page):
    """A list by area or by urgency, and a panel; closed services are kept and marked, never offered."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.lines: list[ServiceLine] = []
        self.due: list[ToCheck] = []
        self.shown: Service | None = None
        self.told: Shown | None = None
        self.header = PageHeader("")
        self.bring, self.write = IconButton("upload", ""), IconButton("download", "")
        self.paper, self.many = Button("", icon="printer"), Button("", icon="printer")
        acts = (self.bring, self._bring), (self.write, self._write), (self.paper, self._print), (self.many, self._many)
        for button, act in acts:
            button.clicked.connect(act)
            self.header.add(button)
        self.tabs = Tabs("")
        self.tabs.chosen.connect(lambda _key: self._show_rows())
        self.list = RowList("", RowStyle(), uniform=False)
        self.list.chosen.connect(self._choose)
        card = Card(flush=True)
        card.add(self.list, 1)
        self.panel = ServicePanel(operations.city)
        self.panel.confirm_wanted.connect(self._confirm)
        self.panel.edit_wanted.connect(self._edit)
        self.panel.steps_wanted.connect(self._steps)
        self.panel.check_wanted.connect(self._check)
        self.panel.sheet_wanted.connect(self._print_sheet)
        self.confirm, self.area = self.panel.confirm, self.panel.area
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addWidget(card, 55)
        columns.addWidget(self.panel, 45)
        self.column.addWidget(self.header)
        self.column.addWidget(self.tabs)
        self.column.addLayout(columns, 1)
        self.first = self.list
        self.retranslate()

    def panels(self) -> Sequence[QWidget]:
        return (self.tabs, self.list, self.area, self.confirm)

    def watched(self) -> tuple[str, ...]:
        return ("service", "hsds_schedule", "hsds_phone", "procedure", "referral")

    def read(self) -> None:
        self.operations.ask(
            self,
            lambda office: (catalogue.lines(office), freshness.to_check(office)),
            self.show_services,
            key="catalogue",
        )

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Services"))
        self.tabs.setAccessibleName(_("Which services"))
        self.bring.set_name(_("Bring in…"))
        self.write.set_name(_("Write out…"))
        self.paper.setText(_("Print the calls…"))
        self.many.setText(_("Print for many…"))
        self.panel.retranslate_words()
        self.show_services((self.lines, self.due))
        if self.told:
            self.panel.show_service(self.told)

    # the list

    def show_services(self, found: tuple[list[ServiceLine], list[ToCheck]]) -> None:
        self.lines, self.due = found
        offered = sum(line.offered for line in self.lines)
        waiting = sum(line.offered and line.confirmed is None for line in self.lines)
        self.tabs.set_tabs(
            [
                (ALL, _("All")),
                (CONFIRM, _("To confirm ({count})").format(count=waiting)),
                (CALLS, _("To call ({count})").format(count=len(self.due))),
                (OPEN, _("Offered ({count})").format(count=offered)),
            ]
        )
        self._show_rows()
        told = ngettext("{count} service", "{count} services", offered).format(count=offered)
        asked = ngettext(
            "{count} to be confirmed with its institution", "{count} to be confirmed with their institutions", waiting
        ).format(count=waiting)
        self.header.set_texts(_("Services"), f"{told}  ·  {asked}" if self.lines else "")
        self.paper.set_available(bool(self.due), _("Nothing has to be asked for again."))

    def _show_rows(self) -> None:
        kept, rows = self.list.chosen_key(), self._rows()
        self.list.set_rows(rows, choose=kept)
        first = next((i for i, row in enumerate(rows) if not row.heading), None)
        if first is not None and kept not in {row.key for row in rows}:
            self.list.choose_row(first)

    def _rows(self) -> list[RowSpec]:
        if self.tabs.current() == CALLS:
            return [self._call_row(due) for due in self.due]
        rows, area, lang, today = [], "", translator().lang, clock.today()
        wanted = {CONFIRM: lambda line: line.offered and line.confirmed is None, OPEN: lambda line: line.offered}
        keeps = wanted.get(self.tabs.current(), lambda _line: True)
        for line in filter(keeps, self.lines):
            heading = "closed" if line.closed else line.area
            if heading != area:
                area = heading
                title = _("Closed: kept, never offered") if line.closed else self.operations.city.area_label(area, lang)
                rows.append(RowSpec(("area", area), title, heading=True))
            rows.append(RowSpec(line.id, line.name, line.owner, marks=(telling.freshness_mark(line, today),)))
        return rows

    def _call_row(self, due: ToCheck) -> RowSpec:
        used = ngettext("{count} referral", "{count} referrals", due.referred).format(count=due.referred)
        mark = words.confirmed_mark(due.confirmed, clock.today())
        why = MarkSpec(words.coded(due.why), "warn", "alert-triangle") if due.wanted else None
        hint = "  ·  ".join(filter(None, (due.owner, used if due.referred else "")))
        return RowSpec(due.id, due.name, hint, reason=why, marks=(mark,))

    # the panel

    def _choose(self, id: object) -> None:
        if isinstance(id, str):
            self.operations.ask(self, lambda office: read_shown(office, id), self._show_service, key="service")

    def _show_service(self, told: Shown) -> None:
        self.told, self.shown = told, told.sheet.service
        self.panel.show_service(told)

    # what can be done

    def _confirm(self) -> None:
        if self.told:
            phones = "\n".join(filter(None, (phone.number for phone in self.told.sheet.phones)))
            dialog = ConfirmDialog(self.operations, self.told.sheet.service, phones, self)
            dialog.accepted.connect(lambda: self._wrote(_("Noted: confirmed today. Ctrl Z takes it back.")))
            dialog.open()

    def _edit(self) -> None:
        if self.told:
            dialog = EditDialog(self.operations, self.told.sheet, self.told.kinds, self)
            dialog.accepted.connect(lambda: self._wrote(_("Saved. Ctrl Z takes it back.")))
            dialog.open()

    def _steps(self) -> None:
        if self.told:
            dialog = StepsDialog(self.operations, self.told.sheet, self)
            dialog.accepted.connect(lambda: self._wrote(_("Saved. Ctrl Z takes it back.")))
            dialog.open()

    def _check(self) -> None:
        service = self.shown
        if service:

            def asked(_done: Done) -> None:
                self._wrote(_("It stands first in the list of whom to call."))

            self.operations.run(self, lambda office: freshness.want_check(office, service.id), asked)

    def _wrote(self, text: str) -> None:
        self.said.emit(text)
        if self.shown:
            self._choose(self.shown.id)

    # in, out and on paper

    def _bring(self) -> None:
        exchange.bring_in(self.operations, self, self._brought)

    def _brought(self, done: Imported) -> None:
        self.read()
        new = ngettext("{count} new service", "{count} new services", done.new).format(count=done.new)
        known = ngettext("{count} that was here", "{count} that were here", done.known).format(count=done.known)
        self.said.emit(_("Taken in: {new}, {known}.").format(new=new, known=known))
        if done.remarks:
            exchange.Report(_("Taken in. Good to know:"), exchange.remark_lines(done.remarks), self).open()

    def _write(self) -> None:
        exchange.write_out(self.operations, self, self._written)

    def _written(self, count: int) -> None:
        text = ngettext("Written out: {count} service.", "Written out: {count} services.", count)
        self.said.emit(text.format(count=count))

    def _print(self) -> None:
        lang = translator().lang  # it is for the office itself
        PaperDialog(
            self.operations, call_sheet.call_sheet, _("Services to call this week"), self, languages=((lang, lang),)
        ).open()

    def _many(self) -> None:
        BatchDialog(self.operations, self, service=self.shown.id if self.shown else "").open()

    def _print_sheet(self) -> None:
        service = self.shown.id if self.shown else ""

        def make(office: Office, choice: Choice) -> MadeSheet:
            return information_sheet.information_sheet(office, service, choice=choice)

        if service:
            PaperDialog(self.operations, make, _("Information on a service"), self).open()


def read_shown(office: Office, id: str) -> Shown:
    """Everything the panel shows of one service. Raises `UserError` when it is gone."""
    hours = catalogue.hours_on(office, id, clock.today())
    sheet = editing.read_sheet(office, id)
    return Shown(sheet, hours, papers.kinds(office), route.rules_of(office, sheet.service))
