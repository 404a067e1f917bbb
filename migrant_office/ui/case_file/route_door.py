"""The door from a case to its Ruta, and what the Ruta asks of the case: a referral, a printed page."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.models.sheet import MadeSheet
from migrant_office.ui.case_file import counted_sheet
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.button import Button


class Refers(Protocol):
    """The page of the case."""

    case_id: str

    def refer_person(self, service: str = "", need: str = "") -> None: ...


class RouteDoor(Button):
    """The button; `wanted` carries the case whose Ruta is asked for."""

    wanted = Signal(str)

    def __init__(self, operations: Operations, page: Refers, over: QWidget) -> None:
        super().__init__("", "quiet", icon="route", shortcut="Ctrl+E")
        self.operations, self.page, self.over = operations, page, over
        self.clicked.connect(lambda: self.wanted.emit(page.case_id))

    def retranslate(self) -> None:
        self.setText(_("The route"))

    def refer_to(self, case: str, service: str, need: str) -> None:
        """A referral begun on the Ruta, with its service chosen already."""
        if case == self.page.case_id:
            self.page.refer_person(service, need)

    def show_paper(self, made: MadeSheet) -> None:
        """The printed Ruta; its copies are counted as those of other sheets."""
        counted_sheet.show(self.operations, made, self.over)
