"""Whose name stands on a paper, and beside what: nothing of a restricted case, and no service that betrays somebody."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2 as pdfium
import pytest

from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.appointment import Appointment
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.office import Office, new_id
from migrant_office.models.sheet import MadeSheet
from migrant_office.services import appointment_card as cards
from migrant_office.services import catalogue, protection, sheet_batches
from migrant_office.services.information_sheet import information_sheet
from migrant_office.services.notice_sheet import notice_sheet
from migrant_office.services.own_data_sheet import own_data_sheet
from migrant_office.services.plain_sheet import plain_sheet
from migrant_office.services.referral_sheet import referral_sheet
from migrant_office.services.route_sheet import route_sheet
from migrant_office.services.sheet_batches import INFORMATION, Wanted, Whom
from migrant_office.services.sheets.kinds import PLAIN
from tests.factories import DAY, a_referral, put
from tests.services.a_restricted_case import a_case

REFERRAL, APPOINTMENT, OPEN = "r1", "a1", "scl-omil"
Make = Callable[[Office, str], MadeSheet]
SHEETS: dict[str, Make] = {
    "referral": lambda office, case: referral_sheet(office, case, REFERRAL),
    "information": lambda office, case: information_sheet(office, OPEN, case),
    "own_data": own_data_sheet,
    "route": route_sheet,
    "notice": notice_sheet,
    "appointment": lambda office, case: cards.appointment_card(office, case, APPOINTMENT),
    **{name: lambda office, case, name=name: plain_sheet(office, name, case=case) for name in PLAIN},  # type: ignore[misc]
}


@pytest.fixture
def case(desk: Office) -> str:
    id = a_case(desk)
    put(desk.vault, a_referral(id=REFERRAL, service=OPEN), on=id)
    put(desk.vault, Appointment(id=APPOINTMENT, day=DAY, hour="16:30", minutes=30), on=id)
    return id


def words(made: MadeSheet) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.pdf))


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_of_a_restricted_case_is_printed(desk: Office, case: str, sheet: str) -> None:
    assert SHEETS[sheet](desk, case).pages
    protection.open_path(desk, case, [])
    with pytest.raises(NotAllowed, match="restricted"):
        SHEETS[sheet](desk, case)
    with pytest.raises(UserError, match=r"does not exist|There is no|any more"):
        SHEETS[sheet](desk, new_id())


def test_a_letter_carries_the_name_of_its_case_and_a_sheet_for_everybody_none(desk: Office, case: str) -> None:
    assert "Rose Désir" in words(plain_sheet(desk, "health_letter", case=case))
    assert "Rose Désir" not in words(plain_sheet(desk, "labour_rights", case=case))


def betraying(office: Office) -> list[str]:
    areas = [line.id for line in catalogue.lines(office) if line.area in protection.SECRET]
    assert areas
    return sorted(city_rules(office.city.id).unprinted | set(areas))


def test_a_service_that_betrays_somebody_stands_beside_no_name(desk: Office, case: str) -> None:
    for service in betraying(desk):
        with pytest.raises(NotAllowed, match="found on anybody"):
            information_sheet(desk, service, case)
        assert "Rose" not in words(information_sheet(desk, service)), "whoever asks may read about it"


@pytest.mark.parametrize("whom", [Whom.REFERRED, Whom.EXPECTED])
def test_nor_in_a_batch(desk: Office, case: str, whom: Whom) -> None:
    for service in betraying(desk):
        put(desk.vault, a_referral(service=service), on=case)
        with pytest.raises(NotAllowed, match="found on anybody"):
            sheet_batches.gather(desk, Wanted(sheet=INFORMATION, whom=whom, service=service, day=DAY))
