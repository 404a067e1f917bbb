"""Servicios: the city's catalogue by area, with what each service gives, asks, and when it was last confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.service import Service
from migrant_office.services import catalogue
from migrant_office.services.catalogue import ServiceLine
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.theme.metrics import COLUMN_GAP, MEDIUM
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, empty
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList
from migrant_office.ui.widgets.text import Text

PANEL = 420


class CataloguePage(Page):
    """A list by area and a panel; closed services are kept and marked, never offered."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.lines: list[ServiceLine] = []
        self.shown: Service | None = None
        self.header = PageHeader("")
        self.list = RowList("", RowStyle(), uniform=False)
        self.list.chosen.connect(self._choose)
        card = Card(flush=True)
        card.add(self.list, 1)
        self.panel = Card()
        self.panel.setMinimumWidth(self.metrics_.px(PANEL))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.facts = QWidget()
        self.fact_column = QVBoxLayout(self.facts)
        self.fact_column.setContentsMargins(0, 0, MEDIUM, 0)
        area.setWidget(self.facts)
        self.facts.setAutoFillBackground(False)  # the card's own ground
        area.viewport().setAutoFillBackground(False)
        self.area = area
        self.confirm = Button("", "primary", icon="phone-call")
        self.confirm.clicked.connect(self._confirm)
        self.panel.add(area, 1)
        self.panel.add(self.confirm)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addWidget(card, 55)
        columns.addWidget(self.panel, 45)
        self.column.addWidget(self.header)
        self.column.addLayout(columns, 1)
        self.first = self.list
        self.retranslate()

    def panels(self) -> Sequence[QWidget]:
        return (self.list, self.area, self.confirm)

    def watched(self) -> tuple[str, ...]:
        return ("service",)

    def read(self) -> None:
        self.operations.ask(self, catalogue.lines, self._show, key="catalogue")

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Services"))
        self.area.setAccessibleName(_("About the service"))  # it takes the focus, so that keys scroll it
        self.confirm.setText(_("Confirmed today with the institution"))
        self._show(self.lines)

    def _show(self, lines: list[ServiceLine]) -> None:
        self.lines = lines
        kept = self.list.chosen_key()
        rows, area, lang, today = [], "", translator().lang, clock.today()
        for line in lines:
            heading = "closed" if line.closed else line.area
            if heading != area:
                area = heading
                title = _("Closed: kept, never offered") if line.closed else self.operations.city.area_label(area, lang)
                rows.append(RowSpec(("area", area), title, heading=True))
            mark = (
                MarkSpec(_("Closed"), "neutral", "ban") if line.closed else words.confirmed_mark(line.confirmed, today)
            )
            rows.append(RowSpec(line.id, line.name, line.owner, marks=(mark,)))
        self.list.set_rows(rows, choose=kept)
        if kept is None and len(rows) > 1:
            self.list.choose_row(1)
        open_ = sum(1 for line in lines if not line.closed)
        waiting = sum(1 for line in lines if not line.closed and line.confirmed is None)
        told = ngettext("{count} service", "{count} services", open_).format(count=open_)
        asked = ngettext(
            "{count} to be confirmed with its institution", "{count} to be confirmed with their institutions", waiting
        ).format(count=waiting)
        self.header.set_texts(_("Services"), f"{told}  ·  {asked}" if lines else "")

    def _choose(self, id: object) -> None:
        if isinstance(id, str):
            self.operations.ask(self, lambda office: catalogue.service(office, id), self._show_service, key="service")

    def _show_service(self, service: Service) -> None:
        self.shown = service
        self.panel.set_title(service.name)
        empty(self.fact_column)
        mark = (
            MarkSpec(_("Closed"), "neutral", "ban", plate=True)
            if service.closed
            else words.confirmed_mark(service.confirmed, clock.today())
        )
        chips = QHBoxLayout()
        chips.addWidget(Chip(mark.text, mark.tone, mark.icon))
        chips.addStretch(1)
        self.fact_column.addLayout(chips)
        for label, text in told(service):
            self.fact_column.addSpacing(MEDIUM)
            self.fact_column.addWidget(Text(label, "hint", "hint"))
            self.fact_column.addWidget(Text(text, "body", wrap=True))
        self.fact_column.addStretch(1)
        self.confirm.setVisible(not service.closed)

    def _confirm(self) -> None:
        service = self.shown
        if service:
            self.operations.run(
                self, lambda office: catalogue.confirm(office, service), lambda _done: self._confirmed(service)
            )

    def _confirmed(self, service: Service) -> None:
        self.said.emit(_("Noted: confirmed today. Ctrl Z takes it back."))
        self._choose(service.id)


def told(service: Service) -> list[tuple[str, str]]:
    """Label and text of each fact; what no source says is shown as still to be confirmed."""
    unknown = _("To be confirmed with the institution")
    source = "  ·  ".join(p for p in (service.source, service.source_date, words.coded(service.confidence)) if p)
    return [
        (_("Who gives it"), service.owner or unknown),
        (_("What it gives"), catalogue.known(service.gives) or unknown),
        (_("For whom"), catalogue.known(service.who) or unknown),
        (_("Documents"), catalogue.known(service.documents) or unknown),
        (_("Cost"), catalogue.known(service.cost) or unknown),
        (_("How"), catalogue.known(service.mode) or unknown),
        (_("Steps"), catalogue.known(service.steps) or unknown),
        (_("Contact"), catalogue.known(service.contact) or unknown),
        (_("Legal basis"), service.legal_basis or unknown),
        (_("Source"), source),
    ]
