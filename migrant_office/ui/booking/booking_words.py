"""How appointments and those in the queue read on screen: one place for Hoy, the agenda and the case page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.appointment import Appointment, AppointmentState, CancelReason
from migrant_office.models.person import Language
from migrant_office.services.agenda import AppointmentLine, Doubt
from migrant_office.ui import words
from migrant_office.ui.theme.metrics import LINE_GAP
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.marks import MarkSpec

LOOK: dict[str, tuple[Tone, str]] = {
    AppointmentState.RESERVED: ("warn", "phone-call"),
    AppointmentState.CONFIRMED: ("neutral", "check"),
    AppointmentState.ARRIVED: ("ok", "circle-check"),
    AppointmentState.KEPT: ("ok", "circle-check"),
    AppointmentState.MISSED: ("warn", "user-x"),
    AppointmentState.CANCELLED: ("neutral", "ban"),
}


def lines(*widgets: QWidget) -> QVBoxLayout:
    """Lines of one thing, close together, for a dialog that spaces its parts widely."""
    column = QVBoxLayout()
    column.setSpacing(LINE_GAP)
    for widget in widgets:
        column.addWidget(widget)
    return column


def state_mark(state: object) -> MarkSpec:
    """How an appointment stands; a state of a newer program as it stands."""
    tone, icon = LOOK.get(str(state), ("neutral", "help"))
    return MarkSpec(words.coded(state), tone, icon)


def clash_mark() -> MarkSpec:
    return MarkSpec(_("Two at this hour"), "bad", "alert-triangle", strong=True)


def person_title(name: str, number: str, *, restricted: bool) -> str:
    """A name, or the folio of a restricted case."""
    return _("Case file {number}").format(number=number) if restricted else name or _("No name noted")


def line_hint(line: AppointmentLine) -> str:
    """What it is about, where, and whether somebody interprets."""
    parts = (
        words.coded(line.about) if line.about else "",
        line.service_name,
        _("with an interpreter") if line.interpreter else "",
    )
    return "  ·  ".join(part for part in parts if part) or _("Nothing else noted yet")


def when(held: Appointment) -> str:
    """Day, hours and length in one line."""
    day = words.capital(translator().long_date(held.on)) if held.on else ""
    length = _("{count} min").format(count=held.minutes)
    return "  ·  ".join(part for part in (day, held.hour, length) if part)


def doubt_text(doubt: Doubt) -> str:
    return _(doubt.message).format(**dict(doubt.data))


def reason_choices() -> list[tuple[str, str]]:
    return [(reason.value, _(reason.label)) for reason in CancelReason]


def language_mark(language: object, *, interpreter: bool) -> MarkSpec | None:
    """The language of somebody who needs another than Spanish, as that language calls itself where it has a name."""
    known = isinstance(language, Language) and language is not Language.ES
    name = OWN_NAMES.get(str(language)) or words.coded(language) if known else ""
    told = [name, _("interpreter") if interpreter else ""]
    text = "  ·  ".join(part for part in told if part)
    return MarkSpec(words.capital(text), "hint", "language") if text else None


OWN_NAMES: dict[str, str] = {
    Language.HT: "Kreyòl",
    Language.FR: "Français",
    Language.PT: "Português",
    Language.EN: "English",
}
