"""Print for many: which sheet, for whom, how; and how many that will be before anything is made."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.sheet import LANGUAGES, Paper
from migrant_office.models.sheet import Choice as SheetChoice
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import sheet_batches
from migrant_office.services.sheet_batches import INFORMATION, SHEETS, Gathered, Wanted, Whom
from migrant_office.ui.batches.making_dialog import MakingDialog
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.copies import CopiesField
from migrant_office.ui.paper.paper_dialog import PAPERS, language_words
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField
from migrant_office.ui.widgets.search_combo import SearchCombo
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.tick import Tick

PEOPLE = {
    Whom.REFERRED: N_("Everybody referred to a service, without an outcome yet"),
    Whom.EXPECTED: N_("Everybody with an appointment on a day"),
    Whom.BLANK: N_("Nobody by name: blank copies"),
}


class BatchDialog(Dialog):
    """Says at once for how many; only then are the sheets made, with a bar, and shown before they are printed."""

    def __init__(
        self,
        operations: Operations,
        parent: QWidget | None = None,
        *,
        whom: Whom = Whom.REFERRED,
        service: str = "",
        day: date | None = None,
    ) -> None:
        super().__init__(_("Print for many"), _("Make the sheets"), width=640, parent=parent)
        self.operations, self._service = operations, service
        self.gathered: Gathered | None = None
        self.sheet, self.whom = Choice(), Choice()
        self.service = SearchCombo(placeholder=_("Name of the service"))
        self.language, self.paper = Choice(), Choice()
        self.day, self.copies = DateField(), CopiesField()
        self.both = Tick(_("To be printed on both sides: each sheet begins on a leaf of its own"))
        self.count = Text("", "body_bold", wrap=True)
        self.left_out = Text("", "hint", "hint", wrap=True)
        self._fill(whom, day or clock.today())
        self._put()
        for choice in (self.sheet, self.whom, self.language, self.paper):
            choice.currentIndexChanged.connect(lambda _i: self._look())
        for field in (self.day, self.service):
            field.changed.connect(lambda _value: self._look())
        self.copies.textChanged.connect(lambda _text: self._look())
        self.first = self.sheet
        self.operations.ask(self, sheet_batches.services, self._show_services)
        self._look()

    def _fill(self, whom: Whom, day: date) -> None:
        self.sheet.set_choices([(name, _(SheetKind(name).label)) for name in SHEETS], INFORMATION)
        self.whom.set_choices([(one.value, _(words)) for one, words in PEOPLE.items()], whom.value)
        self.language.set_choices(
            [(" ".join(pair), language_words(pair)) for pair in LANGUAGES], " ".join(LANGUAGES[0])
        )
        papers = [(paper.name, _(words)) for paper, words in PAPERS.items()]
        self.paper.set_choices([("", _("As the office has it")), *papers])
        self.paper.setCurrentIndex(0)
        self.day.set_value(day.isoformat())
        self.copies.setText("20")

    def _put(self) -> None:
        self.service_field = LabelledField(_("Service"), self.service)
        self.day_field = LabelledField(_("Day"), self.day)
        self.copies_field = LabelledField(_("Copies"), self.copies)
        how = QHBoxLayout()
        how.setSpacing(MEDIUM)
        for field in (LabelledField(_("Languages of the sheet"), self.language), LabelledField(_("Paper"), self.paper)):
            how.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        for field in (
            LabelledField(_("Which sheet"), self.sheet),
            LabelledField(_("For whom"), self.whom),
            self.service_field,
            self.day_field,
            self.copies_field,
        ):
            self.body.addWidget(field)
        self.body.addLayout(how)
        for widget in (self.both, self.count, self.left_out):
            self.body.addWidget(widget)

    def _show_services(self, services: list[tuple[str, str]]) -> None:
        self.service.set_choices(services, self._service)
        self._look()

    # what is wanted

    def wanted(self) -> Wanted | None:
        """What the fields say; None while a service or a day is missing."""
        sheet, whom = self.sheet.value(), Whom(self.whom.value())
        service = self.service.value() if sheet == INFORMATION or whom is Whom.REFERRED else ""
        if (not service and self._needs_service()) or (whom is Whom.EXPECTED and not self.day.value()):
            return None
        return Wanted(
            sheet=sheet,
            whom=whom,
            service=service,
            day=date.fromisoformat(self.day.value()) if whom is Whom.EXPECTED else None,
            copies=self.copies.copies(),
            both_sides=self.both.isChecked(),
        )

    def _needs_service(self) -> bool:
        return self.sheet.value() == INFORMATION or self.whom.value() == Whom.REFERRED.value

    def choice(self) -> SheetChoice:
        left, right = self.language.value().split()
        return SheetChoice((left, right), Paper[self.paper.value()] if self.paper.value() else None)

    def _look(self) -> None:
        """Ask for how many it would be; what does not matter now is not shown."""
        whom = self.whom.value()
        self.service_field.setVisible(self._needs_service())
        self.day_field.setVisible(whom == Whom.EXPECTED.value)
        self.copies_field.setVisible(whom == Whom.BLANK.value)
        self.gathered = None
        self.tell_trouble("")
        wanted, choice = self.wanted(), self.choice()
        if wanted is None:
            self._tell(_("Choose a service and a day.") if whom == Whom.EXPECTED.value else _("Choose a service."))
            return
        self._tell(_("Counting…"))
        self.operations.ask(
            self,
            lambda office: sheet_batches.gather(office, wanted, choice),
            self._show_count,
            key="batch",
            failed=self._refused,
        )

    def _show_count(self, gathered: Gathered) -> None:
        self.gathered = gathered
        many, hidden = len(gathered.each), gathered.left_out
        told = ngettext("{count} sheet", "{count} sheets", many).format(count=translator().number(many))
        out = ngettext(
            "{count} is not printed here: the case is restricted. Agree with the person on how she gets it.",
            "{count} are not printed here: the cases are restricted. Agree with each person on how she gets it.",
            hidden,
        )
        self._tell(told if many else _(sheet_batches.NOBODY), out.format(count=hidden) if hidden else "")

    def _tell(self, text: str, left_out: str = "") -> None:
        self.count.setText(text)
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))
        self.primary.set_available(bool(self.gathered and self.gathered.each), text)
        self.fit()

    def _refused(self, error: UserError) -> None:
        self._tell("")
        self.tell_trouble(error.text(translator()))

    # making

    def agree(self) -> None:
        """Make what was counted; this dialog stays behind, as it is, until the sheets are there."""
        wanted = self.wanted()
        if self.gathered is None or wanted is None or not self.primary.isEnabled():
            return
        making = MakingDialog(self.operations, self.gathered.as_wanted(wanted), self)
        making.made.connect(self.accept)
        making.open()
