"""The notice of the city on paper, empty or with what one person answered, and the place to sign."""

from __future__ import annotations

from migrant_office import clock
from migrant_office.errors import Gone
from migrant_office.i18n import N_
from migrant_office.models.case_file import case_file
from migrant_office.models.consent import ConsentState
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import consents, making, parity, protection


def notice_sheet(office: Office, case: str = "", choice: Choice = USUAL) -> MadeSheet:
    """The notice with today's date; without a case every box is empty. No name stands on it.

    Raises `Gone` when there is no such case, `NotAllowed` for one of which nothing is printed.
    """
    from migrant_office.services.sheets.notice import NoticeData, notice_document  # reportlab: not needed to start

    data = NoticeData(
        office=office.about.name,
        office_ht=office.city.office_ht,
        printed_on=clock.today(),
        answers=answers_of(office, case) if case else {},
        demo=office.about.demo,
    )
    form, notice = making.form_of(office, choice), consents.notice_of(office)
    return making.made(notice_document(data, notice, form, parity.standing(office)), SheetKind.NOTICE, choice)


def answers_of(office: Office, case: str) -> dict[str, bool]:
    """What was answered to the notice as it stands today; an answer to older words leaves its boxes empty."""
    found = case_file(office.case(case))
    if found is None:
        raise Gone(N_("This case file does not exist any more. Look for the person again."))
    protection.refuse_paper(found.person)
    edition = consents.notice_of(office).edition
    return {
        purpose: consent.state is ConsentState.GIVEN
        for (purpose, recipient), consent in consents.standing(found).items()
        if not recipient and consent.version == edition
    }
