"""Give an appointment, or move one: with whom, which day, at what hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.appointment import Appointment, Reminder, minute_of
from migrant_office.models.case_file import case_file
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services import agenda, catalogue
from migrant_office.services.agenda import Doubt, Wanted
from migrant_office.ui.booking.booking_words import doubt_text
from migrant_office.ui.booking.case_finder import CaseFinder
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.tick import Tick

LENGTHS = (15, 20, 30, 45, 60, 90)  # minutes
SHOWN_HOURS = 10
OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Known:
    """What of a person decides what may be offered: open referrals as (id, service, its name), ways to be reminded."""

    referrals: tuple[tuple[str, str, str], ...] = ()
    reminders: tuple[Reminder, ...] = (Reminder.NONE,)
    interpreter: bool = False


class BookDialog(Dialog):
    """With `held` it moves that appointment. Without a `case` the person is looked for here. `booked` when written."""

    booked = Signal()

    def __init__(
        self,
        operations: Operations,
        case: str = "",
        parent: QWidget | None = None,
        *,
        day: date | None = None,
        hour: str = "",
        officer: str = "",
        held: Appointment | None = None,
    ) -> None:
        title = _("Move the appointment") if held else _("Give an appointment")
        does = _("Save the changes") if held else _("Give the appointment")
        super().__init__(title, does, width=640, parent=parent)
        self.operations, self.case, self.held = operations, case, held
        self.officer = held.officer if held else officer
        self.known, self.hours = Known(), operations.city.hours
        self.finder = CaseFinder(operations, label=_("Person"))
        self.finder.setVisible(not case)
        self._make_fields()
        self._fill_fields(day, hour)
        self._put_fields()
        self.finder.changed.connect(lambda line: self._know(line.id if line else ""))
        for changed in (self.day.changed, self.hour.textEdited, self.with_.currentIndexChanged):
            changed.connect(lambda *_told: self._look())
        self.length.currentIndexChanged.connect(lambda _index: self._look())
        self.first = self.hour if case else self.finder.search
        if case:
            self._know(case)
        self._look()

    def _make_fields(self) -> None:
        self.with_, self.length, self.about, self.reminder = Choice(), Choice(), Choice(), Choice()
        self.day, self.hour, self.note, self.place = DateField(), LineField(), LineField(), LineField()
        self.interpreter = Tick(_("Needs an interpreter"))
        self.day_field, self.hour_field = LabelledField(_("Day"), self.day), LabelledField(_("Hour"), self.hour)
        self.place_field = LabelledField(_("Place"), self.place, optional=_("optional"))
        self.reminder_field = LabelledField(
            _("Reminder"), self.reminder, help_text=_("Only ways that the contact rule of the person allows.")
        )
        self.free = Text("", "hint", "hint", wrap=True)
        self.doubts = Banner("warn", "")
        self.doubts.hide()
        self.about.set_choices([("", _("Not said")), *((kind.value, _(kind.label)) for kind in NeedKind)])

    def _fill_fields(self, day: date | None, hour: str) -> None:
        held = self.held
        minutes = len(held.span) or self.hours.slot if held else self.hours.slot
        lengths = sorted({*LENGTHS, minutes})
        self.length.set_choices([(str(n), _("{count} min").format(count=n)) for n in lengths], str(minutes))
        default = agenda.next_working_day(self.operations.city, clock.today())
        self.day.set_value((held.on if held and held.on else day or default).isoformat())
        self.hour.setText(held.hour if held else hour)
        self._offer()
        if held:
            self.about.setCurrentIndex(max(0, self.about.findData(held.about.value if held.about else "")))
            self.note.setText(held.note)
            self.place.setText(held.place)
            self.interpreter.setChecked(held.interpreter)

    def _put_fields(self) -> None:
        times = QHBoxLayout()
        times.setSpacing(MEDIUM)
        length = LabelledField(_("Length"), self.length)
        for field, share in ((self.day_field, 4), (self.hour_field, 3), (length, 3)):
            times.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.finder)
        self.body.addWidget(LabelledField(_("With whom"), self.with_))
        self.body.addLayout(times)
        self.body.addWidget(self.free)
        self.body.addWidget(self.doubts)
        what = QHBoxLayout()
        what.setSpacing(MEDIUM)
        for field in (LabelledField(_("What it is about"), self.about), self.reminder_field):
            what.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(what)
        self.body.addWidget(self.place_field)
        self.body.addWidget(self.interpreter)
        self.body.addWidget(LabelledField(_("Note"), self.note, optional=_("optional")))

    # what is known of the person

    def _know(self, case: str) -> None:
        self.case = case
        if case:
            self.operations.ask(self, lambda office: read_known(office, case), self._show_known, key="book-person")
        else:
            self._show_known(Known())

    def _show_known(self, known: Known) -> None:
        self.known = known
        if known.interpreter and not self.held:
            self.interpreter.setChecked(True)
        self._offer()

    def _offer(self) -> None:
        """The office, and the services that the person was referred to; a moved appointment stays where it is."""
        held, services = self.held, self.known.referrals
        kept = self.with_.value()
        choices = [(OFFICE, _("This office")), *((referral, name) for referral, _service, name in services)]
        if held and held.service:
            choices = [(held.referral or held.service, name) for id, _s, name in services if id == held.referral] or [
                (held.service, held.service)
            ]
        elif held:
            choices = choices[:1]
        self.with_.set_choices(choices, kept if kept in dict(choices) else choices[0][0])
        self.with_.setEnabled(len(choices) > 1)
        chosen = held.reminder.value if held else self.reminder.value()
        ways = [(way.value, _(way.label)) for way in self.known.reminders]
        self.reminder.set_choices(ways, chosen if chosen in dict(ways) else ways[0][0])
        self.place_field.setVisible(self.with_.value() != OFFICE)

    # the hour

    def wanted(self) -> Wanted | None:
        """What the fields say; None while the day is not clear."""
        if not self.day.value():
            return None
        referral, service = self._where()
        return Wanted(
            day=date.fromisoformat(self.day.value()),
            hour=self.hour.text(),
            minutes=int(self.length.value()),
            officer=self.officer,
            service=service,
            referral=referral,
            about=NeedKind(self.about.value()) if self.about.value() else None,
            place=self.place.text() if service else "",
            note=self.note.text(),
            interpreter=self.interpreter.isChecked(),
            reminder=Reminder(self.reminder.value() or Reminder.NONE),
        )

    def _where(self) -> tuple[str, str]:
        """(referral, service); both "" for the office itself."""
        if self.held:
            return self.held.referral, self.held.service
        found = ((id, service) for id, service, _name in self.known.referrals if id == self.with_.value())
        return next(found, ("", ""))

    def _look(self) -> None:
        """Tell which hours are free, and what speaks against the one that stands there."""
        self.place_field.setVisible(self.with_.value() != OFFICE)
        self.hour_field.warn("")
        self.tell_trouble("")
        wanted = self.wanted()
        if wanted is not None:
            self.operations.ask(self, lambda office: read_hours(office, wanted), self._show_hours, key="book-hours")

    def _show_hours(self, answer: tuple[tuple[str, ...], tuple[Doubt, ...]]) -> None:
        hours, doubts = answer
        at_office = self.with_.value() == OFFICE
        told = ", ".join(hours[:SHOWN_HOURS]) or _("none")
        self.free.setText(_("Free: {hours}").format(hours=told))
        self.free.setVisible(at_office)
        if not self.hour.text() and hours and at_office:
            self.hour.setText(hours[0])
            self.hour.selectAll()
            self._look()
        self.doubts.set_texts("  ".join(doubt_text(doubt) for doubt in doubts), _("It can be given all the same."))
        self.doubts.setVisible(bool(doubts))

    # writing

    def written(self) -> bool:
        return bool(self.note.text().strip()) or self.finder.written()

    def agree(self) -> None:
        wanted = self._complete()
        if wanted is None:
            return
        case, held = self.case, self.held

        def write(office: Office) -> Done:
            return agenda.move(office, case, held.id, wanted) if held else agenda.book(office, case, wanted)[0]

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self._done(), failed=self._failed)

    def _complete(self) -> Wanted | None:
        """The wish, or None with what is missing said beside its field."""
        if not self.case:
            self.finder.answer()
            return None
        wanted = self.wanted()
        if wanted is None:
            self.day_field.warn(self.day.problem() or _("Write the day of the appointment."))
            self.day.setFocus()
        elif minute_of(wanted.hour) is None:
            self.hour_field.warn(_("Write the hour like 10:30."))
            self.hour.setFocus()
            return None
        return wanted

    def _done(self) -> None:
        self.booked.emit()
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def read_known(office: Office, case: str) -> Known:
    file = office.case(case)
    found = case_file(file)
    if found is None:
        return Known()
    names = {line.id: line.name for line in catalogue.lines(office)}
    open_ = [f.referral for f in found.referrals if f.due]
    return Known(
        tuple((r.id, r.service, names.get(r.service, r.service)) for r in open_),
        agenda.offered_reminders(office, case),
        found.person.interpreter,
    )


def read_hours(office: Office, wanted: Wanted) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """(free hours of the officer, what speaks against the hour)."""
    officer = wanted.officer or office.officer
    day = agenda.day_of(office, wanted.day)
    free: Sequence[str] = next((one.free for one in day.officers if one.officer == officer), ())
    return tuple(free), agenda.doubts(office, wanted) if minute_of(wanted.hour) is not None else ()
