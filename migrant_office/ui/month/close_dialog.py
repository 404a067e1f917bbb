"""Says what freezing a month does, before the folder is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.facts import Fact, Facts


class CloseDialog(Dialog):
    """Accepted, the page asks for a folder."""

    def __init__(self, month: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Close {month}?").format(month=month), _("Choose the folder…"), parent=parent)
        self.body.setSpacing(MEDIUM)
        self.body.addWidget(
            Facts(
                _("What happens"),
                [
                    Fact(
                        "snowflake", "", _("Its counts are frozen and never change again. This cannot be taken back.")
                    ),
                    Fact(
                        "calendar-due", "", _("What is recorded late is counted in the month in which it is recorded.")
                    ),
                    Fact(
                        "shield-check",
                        "",
                        _("A workbook and open data with protected figures are written into a folder that you choose."),
                    ),
                    Fact("eye-off", "", _("Exact figures and names stay in this office.")),
                ],
            )
        )
        self.first = self.primary
