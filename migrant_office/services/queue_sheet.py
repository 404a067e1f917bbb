"""Numbers of the queue on paper, without a name: the one somebody took, or the next ones of this machine."""

from __future__ import annotations

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.need import ICONS, NeedKind
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, SheetText
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import making, parity, queue, sheet_wording

MOST = 200  # numbers printed at once
UNSAID = frozenset({NeedKind.DISCRIMINATION, NeedKind.OTHER})
"""Nobody's business in the room: it is said at the desk."""


def ticket_sheet(office: Office, ticket: str, choice: Choice = USUAL) -> MadeSheet:
    """The card of one number that waits. Raises `Gone` when it does not any more."""
    from migrant_office.services.sheets.fitting import Printing  # reportlab: the start need not pay for it
    from migrant_office.services.sheets.ticket import TicketData, ticket_document

    line = queue.today(office).line(ticket)
    if line is None:
        raise Gone(queue.NOT_THERE)
    form = making.form_of(office, choice)
    need = line.need if line.need in ICONS and line.need not in UNSAID and not line.restricted else None
    told = tuple(column.gettext(need.label) if need else "" for column in form.columns)
    row = SheetText("borrowed", "", "", told[0], told[1], "").judged(parity.standing(office))
    data = TicketData((line.number,), clock.today(), (told[0], told[1]), ICONS[need] if need else "", (row,))
    printing = Printing(office.about.name, office.city.office_ht, clock.today(), office.about.demo)
    document = ticket_document(data, sheet_wording.definition(office, "ticket"), form, printing)
    return making.made(document, SheetKind.TICKET, choice)


def numbers_sheet(office: Office, count: int, choice: Choice = USUAL) -> MadeSheet:
    """The next numbers of this machine today, eight to a page. Nothing is taken: whoever gets the first paper is given
    the same number by *Take a number*, and printing again gives what is left.

    Raises `NotAllowed` for none or more than `MOST`.
    """
    from migrant_office.services.sheets.fitting import Printing  # reportlab: the start need not pay for it
    from migrant_office.services.sheets.ticket import TicketData, numbers_document

    if not 1 <= count <= MOST:
        raise NotAllowed(N_("Print between 1 and {most} numbers at once."), most=MOST)
    data = TicketData(queue.coming_numbers(office, clock.today(), count), clock.today())
    printing = Printing(office.about.name, office.city.office_ht, clock.today(), office.about.demo)
    wording, form = sheet_wording.definition(office, "ticket"), making.form_of(office, choice)
    return making.made(numbers_document(data, wording, form, printing), SheetKind.TICKET, choice)
