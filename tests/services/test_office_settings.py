"""What an office decides about its paper reaches every sheet, and a sheet that it refuses is not made."""

from __future__ import annotations

import io
from functools import partial

import pypdfium2
import pytest

from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.office import Office
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.sheet import BOTH, ENGLISH, SPANISH, Choice, MadeSheet, Paper
from migrant_office.models.vault.nouns import changed
from migrant_office.services import consents, history, making, office_settings, people
from migrant_office.services.catalogue import service
from migrant_office.services.notice_sheet import notice_sheet
from migrant_office.services.plain_sheet import plain_sheet
from migrant_office.services.referral_sheet import referral_sheet
from tests.factories import a_person

CONTACT = "+56 2 5555 0100, lunes a viernes de 9:00 a 14:00"


def decide(office: Office, **told: object) -> None:
    office_settings.save(office, changed(office_settings.read(office), **told))


def text_of(made: MadeSheet) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def size_of(made: MadeSheet) -> tuple[int, int]:
    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as pdf:
        width, height = pdf[0].get_size()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


def test_while_nobody_has_decided_all_is_as_the_office_was_made(desk: Office) -> None:
    assert office_settings.read(desk) == OfficeSetting(id=office_settings.DOCUMENT)
    assert office_settings.paper_of(desk) is Paper.LETTER


def test_one_act_that_is_undone_and_done_again(desk: Office) -> None:
    decide(desk, contact=f"  {CONTACT}\n", paper="A4", only_reviewed=True)
    said = OfficeSetting(id=office_settings.DOCUMENT, contact=CONTACT, paper="a4", only_reviewed=True)
    assert office_settings.read(desk) == said
    many = len(desk.undoable)
    decide(desk, contact=CONTACT, paper="a4", only_reviewed=True)
    assert len(desk.undoable) == many, "nothing changed, nothing to undo"
    history.undo(desk)
    assert office_settings.read(desk) == OfficeSetting(id=office_settings.DOCUMENT)
    history.redo(desk)
    assert office_settings.read(desk) == said


@pytest.mark.parametrize("told", [{"paper": "a5"}, {"contact": "x" * 121}])
def test_what_cannot_be_is_refused_and_nothing_changes(desk: Office, told: dict[str, object]) -> None:
    decide(desk, contact=CONTACT)
    with pytest.raises(UserError):
        decide(desk, only_reviewed=True, **told)
    assert office_settings.read(desk) == OfficeSetting(id=office_settings.DOCUMENT, contact=CONTACT)


def test_a_paper_of_a_newer_program_falls_back(desk: Office) -> None:
    with desk.vault.operation("test", office_settings.DOCUMENT) as op:
        op.put(OfficeSetting(id=office_settings.DOCUMENT, paper="folio", contact=CONTACT))
    assert office_settings.read(desk).paper == ""
    assert office_settings.read(desk).contact == CONTACT
    assert office_settings.paper_of(desk) is Paper.LETTER


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("letter", (216, 279)), ("oficio", (216, 330))])
def test_sheets_come_on_the_paper_of_the_office_unless_another_is_chosen(
    desk: Office, paper: str, size: tuple[int, int]
) -> None:
    decide(desk, paper=paper)
    assert size_of(notice_sheet(desk)) == size
    assert size_of(notice_sheet(desk, choice=Choice(paper=Paper.A4))) == (210, 297)


def test_the_telephone_of_the_office_stands_on_its_sheets(desk: Office) -> None:
    person = a_person("a" * 32)
    people.open_case(desk, person)
    _done, referral = consents.refer(desk, person.id, service(desk, "scl-chilevalora"))
    decide(desk, contact=CONTACT)
    for made in (referral_sheet(desk, person.id, referral.id), plain_sheet(desk, "labour_rights")):
        assert "5555" in text_of(made)
        assert "lunes a viernes de 9:00 a 14:00" in text_of(made)


def test_an_office_that_wants_only_approved_creole_gets_a_sentence_instead_of_a_draft(desk: Office) -> None:
    assert notice_sheet(desk).draft
    decide(desk, only_reviewed=True)
    for make in (notice_sheet, partial(plain_sheet, name="labour_rights")):
        with pytest.raises(NotAllowed) as refused:
            make(desk, choice=Choice(languages=BOTH))
        assert refused.value.message == making.UNREVIEWED
        for languages in (SPANISH, ENGLISH):
            assert not make(desk, choice=Choice(languages=languages)).draft
    decide(desk, only_reviewed=False)
    assert notice_sheet(desk).draft
