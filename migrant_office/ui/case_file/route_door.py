"""The door from a case to its Ruta, and what the Ruta asks of the case: a referral."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal

from migrant_office.i18n import _
from migrant_office.ui.widgets.button import Button


class Refers(Protocol):
    """The page of the case."""

    case_id: str

    def refer_person(self, service: str = "", need: str = "") -> None: ...


class RouteDoor(Button):
    """The button; `wanted` carries the case whose Ruta is asked for."""

    wanted = Signal(str)

    def __init__(self, page: Refers) -> None:
        super().__init__("", "quiet", icon="route", shortcut="Ctrl+E")
        self.page = page
        self.clicked.connect(lambda: self.wanted.emit(page.case_id))

    def retranslate(self) -> None:
        self.setText(_("The route"))

    def refer_to(self, case: str, service: str, need: str) -> None:
        """A referral begun on the Ruta, with its service chosen already."""
        if case == self.page.case_id:
            self.page.refer_person(service, need)
