"""The pocket card of an appointment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pypdfium2 as pdfium
import pytest

from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.appointment import Appointment, AppointmentState
from migrant_office.models.office import Office, new_id
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.person import Person
from migrant_office.models.sheet import LANGUAGES, Choice, Paper
from migrant_office.services import office_settings, people, protection
from migrant_office.services.appointment_card import appointment_card, has_card
from migrant_office.services.sheets import appointment as sheet
from migrant_office.services.sheets import calendar_code
from migrant_office.services.sheets.calendar_code import Matrix
from tests.factories import DAY, put


def an_appointment(office: Office, **told) -> tuple[str, str]:
    person = Person(id=new_id(), given="Rose", surname="Désir")
    people.open_case(office, person)
    usual: dict[str, Any] = {"id": new_id(), "day": date(2026, 3, 5), "hour": "10:30", "minutes": 30}
    held = Appointment(**(usual | {"note": "trae a su hijo"} | told))
    put(office.vault, held, on=person.id)
    return person.id, held.id


def words(content: bytes) -> str:
    (page,) = pdfium.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range().split())


def test_when_and_where_in_both_languages_and_nobody_s_name(desk: Office):
    told = words(appointment_card(desk, *an_appointment(desk)).pdf)
    for piece in ("marzo · mas", "jueves · jedi", "10:30", "Jueves 5 de marzo de 2026", "Jedi 5 mas 2026"):
        assert piece in told
    for piece in ("Oficina de Prueba", "Venga igual", "Vini kanmenm", "Nombre · Non: ____", "Avise a la oficina: ___"):
        assert piece in told
    for secret in ("Rose", "Désir", "SC-", "trae a su hijo"):
        assert secret not in told


def test_the_telephone_of_the_office_where_it_is_known(desk: Office):
    case, id = an_appointment(desk)
    office_settings.save(desk, OfficeSetting(id="office", contact="+56 2 2555 0123"))
    told = words(appointment_card(desk, case, id).pdf)
    assert "+56 2 2555 0123" in told.replace("\u00a0", " ")
    assert "Avise a la oficina" not in told


def test_the_code_for_the_telephone_says_when_and_where_only(desk: Office, monkeypatch: pytest.MonkeyPatch):
    coded: list[str] = []

    real = calendar_code.qr_matrix

    def noted(text: str) -> Matrix:
        coded.append(text)
        return real(text)

    monkeypatch.setattr(sheet, "qr_matrix", noted)
    appointment_card(desk, *an_appointment(desk, place="Calle Ñandú 123"))
    (entry,) = coded
    lines = dict(line.split(":", 1) for line in entry.splitlines())
    assert lines["DTSTART"] == "20260305T103000"
    assert "SUMMARY:Cita / Randevou" in entry
    assert r"LOCATION:Oficina de Prueba\, Calle Nandu 123" in entry
    assert "Rose" not in entry


def test_without_an_hour_it_says_to_ask(desk: Office):
    told = words(appointment_card(desk, *an_appointment(desk, hour="por la mañana")).pdf)
    assert "Hora: pregunte en la oficina" in told


@pytest.mark.parametrize(
    "told",
    [
        {"service": "scl-omil"},
        {"day": date(2026, 3, 1)},
        {"day": None},
        {"state": AppointmentState.CANCELLED},
        {"state": AppointmentState.KEPT},
    ],
)
def test_of_what_is_over_called_off_or_elsewhere_there_is_no_card(desk: Office, told: dict[str, object]):
    case, id = an_appointment(desk, **told)
    with pytest.raises(NotAllowed):
        appointment_card(desk, case, id)
    assert not has_card(Appointment(**({"id": "a", "day": DAY, "hour": "10:30"} | told)))  # type: ignore[arg-type]


def test_a_restricted_case_has_none(desk: Office):
    case, id = an_appointment(desk)
    protection.open_path(desk, case, [])
    with pytest.raises(NotAllowed):
        appointment_card(desk, case, id)


def test_what_is_gone_is_said(desk: Office):
    case, id = an_appointment(desk)
    with pytest.raises(Gone):
        appointment_card(desk, case, new_id())
    with pytest.raises(Gone):
        appointment_card(desk, new_id(), id)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("languages", LANGUAGES)
def test_a_long_place_stays_on_one_card(desk: Office, paper: Paper, languages: tuple[str, str]):
    case, id = an_appointment(desk, place="Avenida del Libertador General Bernardo " * 8, interpreter=True)
    made = appointment_card(desk, case, id, Choice(languages, paper))
    assert made.pages == 1
    assert "…" in words(made.pdf)
