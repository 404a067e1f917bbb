from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from io import BytesIO

import pypdfium2
import pytest

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.referral import State
from migrant_office.services import catalogue, history, people, referrals
from migrant_office.services.recovery_sheet import recovery_sheet
from migrant_office.services.referral_sheet import referral_sheet, sheet_data
from migrant_office.services.referrals import Heard
from tests.factories import DAY


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    found = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(found.split())


@pytest.fixture
def made(desk: Office) -> tuple[str, str]:
    """A case and its referral."""
    person = Person(id=new_id(), given="Rose", surname="Désir", chosen_name="Andy")
    people.open_case(desk, person)
    line = next(line for line in catalogue.lines(desk, offered_only=True) if line.area == "employment")
    return person.id, referrals.refer(desk, person.id, catalogue.service(desk, line.id))[1].id


def test_the_sheet_holds_what_the_person_must_know(desk: Office, made: tuple[str, str]) -> None:
    data = sheet_data(desk, *made)
    service = catalogue.service(desk, people.read_case(desk, made[0]).referrals[0].referral.service)
    assert (data.person, data.office, data.printed_on, data.service.name) == (
        "Andy Désir",
        "Oficina de Prueba",
        DAY,
        service.name,
    )
    assert data.due_on == referrals.default_due(desk, service)
    shown = text(referral_sheet(desk, *made).pdf)
    assert data.slip in shown
    assert "Désir" in shown
    assert service.name[:20] in shown


def test_the_sheet_shows_when_the_institution_expects_the_person_until_that_day_has_passed(
    desk: Office, made: tuple[str, str]
) -> None:
    day = DAY + timedelta(days=4)
    heard = Heard(state=State.ACCEPTED, due=day + timedelta(days=1), appointment=day, hour="9:30")
    referrals.record_step(desk, made[0], people.read_case(desk, made[0]).referrals[0], heard)
    data = sheet_data(desk, *made)
    assert (data.appointment_on, data.appointment_at) == (day, time(9, 30))
    assert "9:30" in text(referral_sheet(desk, *made).pdf)
    with clock.at(datetime(day.year, day.month, day.day + 1, 12).astimezone()):
        assert sheet_data(desk, *made).appointment_on is None


def test_the_same_sheet_is_the_same_bytes(desk: Office, made: tuple[str, str]) -> None:
    assert referral_sheet(desk, *made) == referral_sheet(desk, *made)


@pytest.mark.parametrize("line", range(0, 60, 7))
def test_any_service_of_the_catalogue_can_be_printed(desk: Office, line: int) -> None:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    offered = catalogue.lines(desk, offered_only=True)
    service = catalogue.service(desk, offered[line % len(offered)].id)
    _, referral = referrals.refer(desk, person.id, service)
    shown = text(referral_sheet(desk, person.id, referral.id).pdf)
    assert "no dicho en la fuente" not in shown
    assert "none" not in re.findall(r"\w+", shown.casefold())


def test_a_sheet_of_what_is_gone_is_refused(desk: Office, made: tuple[str, str]) -> None:
    with pytest.raises(UserError):
        referral_sheet(desk, made[0], new_id())
    with pytest.raises(UserError):
        referral_sheet(desk, new_id(), made[1])
    history.undo(desk)
    with pytest.raises(UserError):
        referral_sheet(desk, *made)


@pytest.mark.parametrize("lang", ["es_CL", "ht_CL", "en"])
def test_the_recovery_sheet_shows_the_whole_code(lang: str) -> None:
    code = "-".join(["ABCD", "EFGH", "IJKL", "MNOP", "QRST", "UVWX", "YZ23", "4567"])
    pdf = recovery_sheet("Casa <b>de</b> Todos & Más", code, Translator(lang))
    shown = text(pdf)
    assert re.sub(r"\W", "", code) in re.sub(r"\W", "", shown)
    assert "Casa <b>de</b> Todos & Más" in shown
    assert Translator(lang).gettext("Recovery code") in shown
    assert pdf == recovery_sheet("Casa <b>de</b> Todos & Más", code, Translator(lang))
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_a_very_long_name_of_an_office_does_not_push_the_code_off_the_page() -> None:
    shown = text(recovery_sheet("Oficina " * 60, "ABCD-EFGH", Translator("es")))
    assert "ABCD" in shown
