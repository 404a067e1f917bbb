"""Questions of the page Hojas: who approves the Creole, and how this office prints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.vault.operation import Done
from migrant_office.services import office_settings, parity
from migrant_office.services.sheets.laying import WordingRow
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.paper_dialog import PAPERS
from migrant_office.ui.sheets.telling import plain
from migrant_office.ui.widgets.card import SunkenPanel
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.tick import Tick

ONE, ALL = "one", "all"


class ApproveDialog(Dialog):
    """A named person says that she read the Creole of one row, or of every row of the sheet that nobody has read."""

    def __init__(
        self, operations: Operations, row: WordingRow, drafts: Sequence[WordingRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Approve the Creole"), _("Approve"), parent=parent)
        self.operations = operations
        self.pairs = {
            ONE: [(row.said.es, row.said.ht)],
            ALL: [(each.said.es, each.said.ht) for each in drafts],
        }
        self.which, self.name = Choice(), LineField()
        every = ngettext(
            "The {count} row of this sheet", "The {count} rows of this sheet that nobody approved", len(drafts)
        )
        self.which.set_choices([(ONE, _("Only this row")), (ALL, every.format(count=len(drafts)))], ONE)
        panel = SunkenPanel(icon="language")
        panel.set_sections([(_("Spanish"), plain(row.said.es)), (_("Haitian Creole"), plain(row.said.ht))])
        self.body.addWidget(panel)
        if len(drafts) > 1:
            self.body.addWidget(LabelledField(_("What was read"), self.which))
        told = _("Whoever reads Creole and compared both texts. The name is printed in the footer of the sheet.")
        self.body.addWidget(LabelledField(_("Name of the reader"), self.name, help_text=told))
        self.body.addWidget(
            Text(_("When one of the two texts changes, it waits for a reader again."), "hint", "hint", wrap=True)
        )
        self.first = self.name

    def written(self) -> bool:
        return bool(self.name.text().strip())

    def agree(self) -> None:
        pairs, name = self.pairs[self.which.value()], self.name.text()
        self.primary.setEnabled(False)
        self.operations.run(self, lambda office: parity.approve(office, pairs, name), self._done, failed=self._failed)

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class PrintSettings(Dialog):
    """Paper, telephone and hours of the office, and whether Creole that nobody approved may be printed."""

    def __init__(self, operations: Operations, now: OfficeSetting, parent: QWidget | None = None) -> None:
        super().__init__(_("How this office prints"), _("Save"), parent=parent)
        self.operations, self.now = operations, now
        self.paper, self.contact = (
            Choice(),
            LineField(now.contact, placeholder=_("Telephone, days and hours")),
        )
        papers = [(paper.name.lower(), _(words)) for paper, words in PAPERS.items()]
        self.paper.set_choices([("", _("As when the office was made")), *papers], now.paper)
        self.only = Tick(_("Print only what a named person has approved"), checked=now.only_reviewed)
        self.body.addWidget(LabelledField(_("Paper"), self.paper))
        self.body.addWidget(
            LabelledField(
                _("Telephone and hours of the office"),
                self.contact,
                help_text=_("It is printed in the box “Questions?” of every sheet."),
            )
        )
        self.body.addWidget(self.only)
        self.body.addWidget(
            Text(
                _("A sheet with other Creole is then refused; in Spanish alone it is printed."),
                "hint",
                "hint",
                wrap=True,
            )
        )
        self.first = self.paper

    def told(self) -> OfficeSetting:
        return OfficeSetting(
            id=self.now.id,
            paper=self.paper.value(),
            contact=self.contact.text().strip(),
            only_reviewed=self.only.isChecked(),
        )

    def written(self) -> bool:
        return self.told() != self.now

    def agree(self) -> None:
        told = self.told()
        self.primary.setEnabled(False)
        self.operations.run(
            self, lambda office: office_settings.save(office, told), lambda _done: self.accept(), failed=self._failed
        )

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
