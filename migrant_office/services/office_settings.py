"""What an office decides about its paper: the telephone and hours on its sheets, their size, and unapproved Creole."""

from __future__ import annotations

from contextlib import suppress

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.office import Office
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.operations import Op
from migrant_office.models.sheet import Paper
from migrant_office.models.vault.nouns import Home, Ref, changed
from migrant_office.models.vault.operation import Done

DOCUMENT = "office"
LONGEST_CONTACT = 120  # letters: more does not fit in the box of a sheet
PAPERS = tuple(paper.name.lower() for paper in Paper)


def read(office: Office) -> OfficeSetting:
    """What holds now; everything as it came while nobody has decided."""
    found = office.vault.file(Ref(Home.FORM, DOCUMENT)).one(OfficeSetting) or OfficeSetting(id=DOCUMENT)
    return found if found.paper in ("", *PAPERS) else changed(found, paper="")  # a newer program may know more papers


def save(office: Office, setting: OfficeSetting) -> Done:
    """Write what differs from what holds, as one operation.

    Raises `UserError` for a paper that the program does not know and for a contact of more than 120 letters.
    """
    contact, paper = " ".join(setting.contact.split()), setting.paper.strip().lower()
    if paper not in ("", *PAPERS):
        raise UserError(
            N_("There is no paper “{paper}”. Choose one of: {known}."), paper=setting.paper, known=", ".join(PAPERS)
        )
    if len(contact) > LONGEST_CONTACT:
        raise UserError(
            N_("Telephone and hours of the office fit in {most} letters; these are {count}. Shorten them."),
            most=LONGEST_CONTACT,
            count=len(contact),
        )
    with office.operation(Op.EDIT_OFFICE, DOCUMENT) as op:
        op.set(read(office), contact=contact, paper=paper, only_reviewed=setting.only_reviewed)
    return op.done


def paper_of(office: Office) -> Paper:
    """The paper of this office's sheets: as it decided, else as `office.json` says; Letter where that names none."""
    with suppress(KeyError):
        return Paper.from_name(read(office).paper or office.about.paper)
    return Paper.LETTER
