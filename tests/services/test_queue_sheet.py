"""Numbers of the queue on paper."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.queue import TicketState
from migrant_office.models.sheet import SPANISH, Choice
from migrant_office.models.sheet_row import SAID, SheetRow, document_of
from migrant_office.services import people, protection, queue, sheet_samples, sheet_wording
from migrant_office.services.queue import Wish
from migrant_office.services.queue_sheet import MOST, UNSAID, numbers_sheet, ticket_sheet
from migrant_office.services.sheet_wording import Said
from tests.factories import put


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
    assert NeedKind.DISCRIMINATION in UNSAID
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


# -- what the office says on them


def said(office: Office, id: str, **other: str) -> None:
    row = next(row for row in sheet_wording.rows(office, "ticket") if row.id == id)
    told = Said(**{name: getattr(row.said, name) for name in SAID} | other)
    sheet_wording.save_row(office, "ticket", row, told)


def test_a_row_without_an_icon_is_printed(desk: Office):
    said(desk, "short.free", icon="")
    said(desk, "ticket.free", icon="")
    for made in (numbers_sheet(desk, 2), ticket_sheet(desk, queue.take(desk)[1].id)):
        assert "La atención es gratis." in pages(made.pdf)[0]


def test_words_that_would_run_into_the_next_card_are_refused(desk: Office):
    with pytest.raises(UserError, match="no place"):
        said(desk, "short.wait", es="Espere. " * 40, ht="Tann. " * 40, en="Wait. " * 40)
    after = next(row for row in sheet_wording.rows(desk, "ticket") if row.id == "short.free")
    row = sheet_wording.new_row(desk, "ticket", after, "text")
    with pytest.raises(UserError, match="no place"):
        sheet_wording.add_row(desk, "ticket", row, Said(es="Traiga agua.", ht="Pote dlo.", en="Bring water." * 20))


def test_words_that_two_desks_made_too_many_are_left_out_and_no_card_runs_into_the_next(desk: Office):
    """Written past the check, as a merge may bring it."""
    row = SheetRow(
        id="own", section="short", key="text", es="Agua. " * 60, ht="Dlo. " * 60, en="Water. " * 60, place=0.5
    )
    put(desk.vault, row, on=document_of("ticket"))
    (page,) = pages(numbers_sheet(desk, 8).pdf)
    assert "Agua" not in page
    assert "A 08" in page


def test_the_page_hojas_shows_the_small_cards_too(desk: Office):
    made = sheet_samples.preview(desk, "ticket")
    assert made is not None
    card, board = pages(made.pdf)
    assert "A 07" in card
    assert "A 08" in board
