"""Words that a sheet borrows from windows, tables and forms count for its mark as its own words do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.parity import needs_review
from migrant_office.models.sheet import MadeSheet
from migrant_office.services import parity, people, queue, sheet_wording
from migrant_office.services.creole.inventory import office_texts
from migrant_office.services.own_data_sheet import own_data_sheet
from migrant_office.services.queue_sheet import ticket_sheet
from tests.factories import a_person, put


def own_data(office: Office) -> Callable[[], MadeSheet]:
    person = a_person(new_id(), birth=date(1990, 1, 1), birth_estimated=True, nationality="HT")
    people.open_case(office, person, people.new_need(NeedKind.WORK))
    put(office.vault, HeldDocument(id=new_id(), kind="passport", state=DocumentState.LACKS, country="HT"), on=person.id)
    return lambda: own_data_sheet(office, person.id)


def ticket(office: Office) -> Callable[[], MadeSheet]:
    _done, taken = queue.take(office, queue.Wish(need=NeedKind.WORK))
    return lambda: ticket_sheet(office, taken.id)


MAKERS = pytest.mark.parametrize(("name", "maker"), [("own_data", own_data), ("ticket", ticket)])


@MAKERS
def test_its_own_words_alone_do_not_take_the_mark_away(
    desk: Office, name: str, maker: Callable[[Office], Callable[[], MadeSheet]]
) -> None:
    make = maker(desk)
    rows = sheet_wording.definition(desk, name).rows
    parity.approve(desk, [(row.es, row.ht) for row in rows if needs_review(row.es, row.ht)], "Marie")
    assert make().draft


@MAKERS
def test_with_every_text_of_the_office_approved_it_goes_and_with_one_borrowed_word_it_is_back(
    desk: Office, name: str, maker: Callable[[Office], Callable[[], MadeSheet]]
) -> None:
    make = maker(desk)
    texts = office_texts(desk)
    parity.approve(desk, [(text.es, text.ht) for text in texts], "Marie")
    assert not make().draft
    parity.withdraw(desk, [next((text.es, text.ht) for text in texts if text.es == "Trabajo")])
    assert make().draft
