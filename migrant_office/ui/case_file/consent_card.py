"""What the person agreed to, purpose by purpose, with the ways to ask, to take back and to print."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.notice import Notice
from migrant_office.models.office import Office
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.services import consents, notice_sheet
from migrant_office.ui.case_file.consent_dialog import ConsentDialog
from migrant_office.ui.case_file.consent_words import Held, Services, held_in, row_of
from migrant_office.ui.case_file.own_data_button import OwnDataButton
from migrant_office.ui.case_file.rows_card import RowsCard, said
from migrant_office.ui.case_file.withdraw_dialog import WithdrawDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.flow_layout import FlowLayout


class ConsentCard(RowsCard):
    """Asks once for the notice of the city. A row that was agreed to leads to taking it back, any other to asking."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.notice: Notice | None = None
        self.case: CaseFile | None = None
        self.services: Services = {}
        self.back, self.paper = Button("", "quiet", icon="arrow-back-up"), Button("", "quiet", icon="printer")
        self.own = OwnDataButton(operations)
        self._lay_out()
        self.opened.connect(self._open)
        self.add_wanted.connect(self.ask)
        self.back.clicked.connect(lambda: self.take_back())
        self.paper.clicked.connect(self.print)

    def _lay_out(self) -> None:
        whole = self.layout()
        if not isinstance(whole, QVBoxLayout):
            return
        whole.removeWidget(self.add_button)
        foot = QWidget()
        flow = FlowLayout(foot, gap=SMALL)
        for button in (self.add_button, self.back, self.paper, self.own):
            flow.addWidget(button)
        whole.addWidget(foot)

    def show_case(self, case: CaseFile, services: Services) -> None:
        self.case, self.services = case, services
        if self.notice is None:
            self.operations.ask(self, consents.notice_of, self._take_notice, key="notice", failed=self._failed)
        else:
            self._fill(case, self.notice)

    def _take_notice(self, notice: Notice) -> None:
        self.notice = notice
        if self.case:
            self._fill(self.case, notice)

    def _failed(self, error: UserError) -> None:
        self.clear()
        self.set_title(_("Consent"))
        self.add(said(error.text(translator())))
        for button in (self.add_button, self.back, self.paper):
            button.hide()

    def _fill(self, case: CaseFile, notice: Notice) -> None:
        held = held_in(case, notice)
        self.show_rows(
            _("Consent"), [row_of(each, notice, self.services) for each in held], empty="", add=_("Record answers")
        )
        self.set_title(_("Consent"))
        if consents.needs_guardian(case.person):
            text = _("Under 18: a guardian answers. Without one, it is not asked.")
            self.body.insertWidget(0, Banner("warn", text, icon="users"))
        self.back.setText(_("Take back"))
        self.paper.setText(_("Print the notice"))
        self.back.setVisible(any(each.given for each in held))
        restricted = case.person.restricted
        self.paper.set_available(not restricted, _("Nothing of this case is printed.") if restricted else "")
        self.own.show_person(case.person)
        for before, after in ((self.add_button, self.back), (self.back, self.paper), (self.paper, self.own)):
            QWidget.setTabOrder(before, after)

    # acting

    def _open(self, key: object) -> None:
        if any(held.given and (held.purpose.code, held.recipient) == key for held in self._held()):
            self.take_back(key)
        else:
            self.ask()

    def _held(self) -> list[Held]:
        return held_in(self.case, self.notice) if self.case and self.notice else []

    def ask(self) -> None:
        """Open the notice and its questions."""
        if self.case and self.notice:
            dialog = ConsentDialog(self.operations, self.case, self.notice, self)
            dialog.print_wanted.connect(self.print)
            dialog.open()

    def take_back(self, key: object = None) -> None:
        """Open what can be taken back, `key` chosen already."""
        if self.case and self.notice:
            WithdrawDialog(self.operations, self.case, self.notice, self.services, key, self).open()

    def print(self) -> None:
        """The notice on paper, with what was answered."""
        if self.case:
            id = self.case.person.id

            def make(office: Office, choice: Choice) -> MadeSheet:
                return notice_sheet.notice_sheet(office, id, choice)

            dialog = PaperDialog(self.operations, make, _("Notice and consent"), self)
            dialog.both.setChecked(True)  # what is signed is one leaf
            dialog.open()
