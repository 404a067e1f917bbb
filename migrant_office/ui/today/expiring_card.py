"""Papers of people that end soon or have ended: a renewal takes weeks, and without the paper a door shuts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.i18n import _, translator
from migrant_office.models.office import Office
from migrant_office.services import papers
from migrant_office.services.papers import Expiring
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle

SHOWN = 4
Kinds = Mapping[str, Mapping[str, str]]


class ExpiringCard(Card):
    """Hidden while there is none. `opened` carries the case of the row that was chosen."""

    opened = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.operations = operations
        self.hide()

    def read(self) -> None:
        self.operations.ask(self, read_expiring, self._show, key="expiring")

    def _show(self, answer: tuple[list[Expiring], Kinds]) -> None:
        found, kinds = answer
        self.clear()
        self.setVisible(bool(found))
        self.set_title(_("Documents that expire"), len(found))
        for paper in found[:SHOWN]:
            row = ListRow(row_of(paper, kinds), RowStyle(dense=True))
            row.opened.connect(self.opened)
            self.add(row)


def read_expiring(office: Office) -> tuple[list[Expiring], Kinds]:
    return papers.expiring(office), papers.kinds(office)


def row_of(paper: Expiring, kinds: Kinds) -> RowSpec:
    """Who, which paper, and when it ends; of a restricted case the folio alone."""
    said = kinds.get(paper.kind, {})
    kind = said.get(translator().lang) or said.get("es") or paper.kind
    mark = words.expiry_mark(paper.expires, clock.today())
    return RowSpec(paper.case, paper.name or paper.number, kind, marks=(mark,) if mark else ())
