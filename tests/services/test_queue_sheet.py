"""Numbers of the queue on paper."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.queue import TicketState
from migrant_office.models.sheet import SPANISH, Choice
from migrant_office.services import people, protection, queue
from migrant_office.services.queue import Wish
from migrant_office.services.queue_sheet import ICONS, MOST, numbers_sheet, ticket_sheet


def pages(content: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(content)]


def a_case(office: Office) -> str:
    person = Person(id=new_id(), given="Rose", surname="Désir")
    people.open_case(office, person)
    return person.id


def test_one_number_with_its_day_and_what_for_and_no_name(desk: Office):
    ticket = queue.take(desk, Wish(case=a_case(desk), need=NeedKind.HEALTH))[1]
    (told,) = pages(ticket_sheet(desk, ticket.id).pdf)
    for piece in ("A 01", "marzo · mas", "lunes · lendi", "Viene por: Salud", "Ou vini pou: Sante", "llamen"):
        assert piece in told
    assert "Rose" not in told
    assert "SC-" not in told, "nor the folio of her case"


def test_what_nobody_in_the_room_need_know_is_not_on_it(desk: Office):
    ticket = queue.take(desk, Wish(need=NeedKind.DISCRIMINATION))[1]
    assert "Viene por" not in pages(ticket_sheet(desk, ticket.id).pdf)[0]
    assert NeedKind.DISCRIMINATION not in ICONS
    case = a_case(desk)
    protection.open_path(desk, case, [])
    ticket = queue.take(desk, Wish(case=case, need=NeedKind.HEALTH))[1]
    assert "Viene por" not in pages(ticket_sheet(desk, ticket.id).pdf)[0]


def test_a_number_that_left_the_queue_has_no_card(desk: Office):
    ticket = queue.take(desk)[1]
    queue.move(desk, ticket.id, TicketState.LEFT)
    with pytest.raises(Gone):
        ticket_sheet(desk, ticket.id)


def test_the_next_numbers_are_those_that_are_given_next(desk: Office):
    queue.take(desk)
    made = numbers_sheet(desk, 9)
    first, second = pages(made.pdf)
    assert [number in first for number in ("A 01", "A 02", "A 09")] == [False, True, True]
    assert "A 10" in second
    assert made.pages == 2
    assert numbers_sheet(desk, 9).pdf == made.pdf, "printing gives no number"
    given = [queue.take(desk)[1].number for _ in range(9)]
    assert given == [f"A {count:02d}" for count in range(2, 11)]


@pytest.mark.parametrize("count", [0, -1, MOST + 1])
def test_no_numbers_and_too_many_are_refused(desk: Office, count: int):
    with pytest.raises(NotAllowed):
        numbers_sheet(desk, count)


def test_as_many_as_are_allowed(desk: Office):
    made = numbers_sheet(desk, MOST, Choice(SPANISH))
    assert made.pages == MOST // 8
    assert f"A {MOST}" in pages(made.pdf)[-1]
