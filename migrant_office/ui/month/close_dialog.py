"""Says what freezing a month does, and asks who approves it too, before the folder is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.services.periods.closing import LONGEST_NAME
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.facts import Fact, Facts
from migrant_office.ui.widgets.field import LabelledField, LineField


class CloseDialog(Dialog):
    """Accepted, the page asks for a folder. `second` is who approves it beside the officer; a demo does without."""

    def __init__(self, month: str, *, demo: bool = False, parent: QWidget | None = None) -> None:
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
        self.demo, self.second = demo, LineField()
        self.second.setMaxLength(LONGEST_NAME)
        self.body.addWidget(
            LabelledField(
                _("Who approves it with you: name or number"), self.second, optional=_("optional") if demo else ""
            )
        )
        self.first = self.second

    def written(self) -> bool:
        return bool(self.second.text().strip())

    def agree(self) -> None:
        if not self.demo and not self.written():
            self.tell_trouble(_("A second person has to approve it. Write her or his name or number."))
            self.second.setFocus()
            return
        self.accept()
