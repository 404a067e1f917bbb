"""What the supervisor changes of a service: facts, flags, documents, hours, telephones, how often to check, closing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.city import City
from migrant_office.models.coded import Coded
from migrant_office.models.service import Channel, Withheld
from migrant_office.models.vault.operation import Done
from migrant_office.services.directory import editing
from migrant_office.services.directory.editing import Sheet, Telephone, WeekHours
from migrant_office.ui.catalogue.lines_editor import HoursLine, LinesEditor, PhoneLine
from migrant_office.ui.catalogue.telling import Kinds
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE, SMALL
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField, NoteField
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick

LINES = ("name", "owner", "aliases", "cost", "mode", "legal_basis", "source", "source_date")
NOTES = ("gives", "who", "documents", "steps", "contact")
FLAGS = ("irregular", "childcare", "appointment")
DAYS = ("answer_days", "check_days")
YES_NO = {"yes": True, "no": False, "": None}


class EditDialog(Dialog):
    """Writes what was changed, and nothing else. A changed fact is no confirmation: that has its own dialog."""

    def __init__(self, operations: Operations, sheet: Sheet, kinds: Kinds, parent: QWidget | None = None) -> None:
        super().__init__(_("Edit the service"), _("Save the service"), width=860, parent=parent)
        self.operations, self.sheet = operations, sheet
        service = sheet.service
        self.lines = {name: LineField(str(getattr(service, name))) for name in LINES}
        self.notes = {name: NoteField(str(getattr(service, name)), lines=2) for name in NOTES}
        self.area, self.channel, self.withheld = Choice(), Choice(), Choice()
        self.area.set_choices(area_choices(operations.city, service.area), service.area)
        self.channel.set_choices(coded_choices(Channel), str(service.channel or ""))
        self.withheld.set_choices([("", _("It is offered")), *coded_choices(Withheld)[1:]], str(service.withheld or ""))
        self.flags = {name: yes_no_choice(getattr(service, name)) for name in FLAGS}
        self.days = {name: LineField(str(getattr(service, name) or "")) for name in DAYS}
        codes = list(dict.fromkeys([*kinds, *sorted(service.accepts)]))
        self.papers = {
            c: Tick(kinds.get(c, {}).get(translator().lang) or c, checked=c in service.accepts) for c in codes
        }
        self.hours = LinesEditor(HoursLine, sheet.hours, WeekHours(), _("Add hours"))
        self.phones = LinesEditor(PhoneLine, sheet.phones, Telephone(), _("Add a telephone"))
        self.closed = Tick(_("It is closed: keep it and never offer it"), checked=service.closed)
        self.why = LineField(service.closed_why)
        for field in self.lines.values():
            field.setCursorPosition(0)  # a long text shows its beginning
        self._build()
        self.closed.toggled.connect(lambda _on: self._fit())
        self._fit()
        self._first = self.told()
        self.first = self.lines["name"]

    def _build(self) -> None:
        line, note = self.lines, self.notes
        self._grid((_("What it is called"), line["name"]), (_("Who gives it"), line["owner"]))
        self._grid((_("Area"), self.area), (_("Also called"), line["aliases"]))
        self._wide(_("What it gives"), note["gives"])
        self._wide(_("For whom"), note["who"])
        self._grid(
            (_("Serves people in irregular situation"), self.flags["irregular"]),
            (_("Childcare while one is served"), self.flags["childcare"]),
        )
        self._wide(_("Documents"), note["documents"])
        self._papers()
        self._grid((_("Cost"), line["cost"]), (_("Answer promised within, working days"), self.days["answer_days"]))
        self._grid((_("How"), self.channel), (_("How, in words"), line["mode"]))
        self._grid((_("An appointment is needed"), self.flags["appointment"]), (_("Is it offered?"), self.withheld))
        self._wide(_("Hours"), self.hours, _("From when to when it is open on which days of every week."))
        self._wide(_("Telephones"), self.phones)
        self._wide(_("Contact, in words"), note["contact"])
        self._wide(_("Steps of the institution"), note["steps"])
        self._grid((_("Legal basis"), line["legal_basis"]), (_("Source"), line["source"]))
        usual = self.operations.city.days_to_check(self.sheet.service.area)
        self.days["check_days"].setPlaceholderText(str(usual))
        self._grid(
            (_("Date of the source"), line["source_date"]), (_("Ask again after, days"), self.days["check_days"])
        )
        self.body.addWidget(self.closed)
        self.why_field = LabelledField(_("Why it is closed"), self.why)
        self.body.addWidget(self.why_field)

    def _grid(self, *fields: tuple[str, QWidget]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(LARGE)
        for column, (label, field) in enumerate(fields):
            grid.addWidget(LabelledField(label, field), 0, column)
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def _wide(self, label: str, field: QWidget, help_text: str = "") -> None:
        self.body.addWidget(LabelledField(label, field, help_text=help_text))

    def _papers(self) -> None:
        self.body.addWidget(Text(_("Documents of identity it accepts"), "body_bold"))
        holder = Painted()
        flow = FlowLayout(holder, gap=SMALL, columns=3)
        for tick in self.papers.values():
            flow.addWidget(tick)
        self.body.addWidget(holder)

    def _fit(self) -> None:
        self.why_field.setVisible(self.closed.isChecked())

    def told(self) -> dict[str, Any]:
        """The facts as they stand here; a number that is none stays a text, and is refused when saved."""
        facts: dict[str, Any] = {name: field.text().strip() for name, field in self.lines.items()}
        facts |= {name: field.toPlainText().strip() for name, field in self.notes.items()}
        facts |= {name: YES_NO[field.value()] for name, field in self.flags.items()}
        facts |= {name: number(field.text()) for name, field in self.days.items()}
        facts["area"] = self.area.value()
        facts["channel"] = Channel(self.channel.value()) if self.channel.value() else None
        facts["withheld"] = Withheld(self.withheld.value()) if self.withheld.value() else None
        facts["accepts"] = frozenset(code for code, tick in self.papers.items() if tick.isChecked())
        facts["closed"], facts["closed_why"] = self.closed.isChecked(), self.why.text().strip()
        return facts | {"hours": self.hours.value(), "phones": self.phones.value()}

    def written(self) -> bool:
        return self.told() != self._first

    def agree(self) -> None:
        told = self.told()
        hours, phones = told.pop("hours"), told.pop("phones")
        facts = {name: value for name, value in told.items() if value != self._first[name]}
        sheet = self.sheet
        self.primary.setEnabled(False)
        self.operations.run(
            self, lambda office: editing.edit(office, sheet, facts, hours, phones), self._saved, failed=self._failed
        )

    def _saved(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def number(text: str) -> int | None:
    """A number of days; nothing for an empty field, and 0 for what is none, which is refused with its sentence."""
    found = text.strip()
    if not found:
        return None
    return int(found) if found.isdecimal() and len(found) < 6 else 0


def area_choices(city: City, now: str) -> list[tuple[str, str]]:
    known = [(area.code, area.label(translator().lang)) for area in city.areas]
    return known if any(code == now for code, _label in known) else [*known, (now, now)]


def coded_choices(kind: type[Coded]) -> list[tuple[str, str]]:
    return [("", _("Not known")), *((one.value, _(one.label)) for one in kind)]


def yes_no_choice(value: object) -> Choice:
    made = Choice()
    now = "yes" if value is True else "no" if value is False else ""
    made.set_choices([("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))], now)
    return made
