"""Many sheets in one file: for everybody referred to a service, for everybody expected on a day, or blank copies.

First the office says for whom (`gather`, quick, on its thread); then the sheets are made of that alone (`make`, about
twenty a second), so that the desk goes on working meanwhile. Nothing is on the disk; stopped, nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.case_file import CaseFile, case_file
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.office import Office
from migrant_office.models.reads import batches as reads
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, SheetData, SheetDefinition
from migrant_office.models.sheet_print import PrintWay, SheetKind
from migrant_office.models.vault.operation import Done
from migrant_office.progress import Progress
from migrant_office.services import (
    catalogue,
    making,
    office_settings,
    protection,
    referral_sheet,
    sheet_prints,
    sheet_wording,
)
from migrant_office.services.agenda.reading import AppointmentLine, lines
from migrant_office.services.information_sheet import Expected, information_data

if TYPE_CHECKING:
    from migrant_office.services.sheets.document import Document, Form
    from migrant_office.services.sheets.fitting import Printing

INFORMATION = "information"
SHEETS = (INFORMATION, "labour_rights", "employers", "health_letter", "regularisation")
"""What can be printed for many, by the name of its wording: the information on a service, and the plain sheets."""
MOST_COPIES = 1000
NOBODY = N_("There is nobody to print for. Choose other people, or blank copies.")
TOO_MANY = N_("At least 1 copy and at most {most} at a time. Print the others afterwards.")
BETRAYS = N_("What this service is about must not be found on anybody. Its sheet is not printed for many.")


class Whom(Enum):
    """For whom the sheets are."""

    REFERRED = "referred"  # everybody with an open referral to the service
    EXPECTED = "expected"  # everybody with an open appointment on the day
    BLANK = "blank"  # nobody by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for. `sheet` is one of SHEETS; `service` an id, for the information on it and for who was referred
    to it; `copies` how many blank ones. `both_sides`: every sheet begins on a leaf of its own in a printer that turns
    the paper.
    """

    sheet: str
    whom: Whom
    service: str = ""
    day: date | None = None
    copies: int = 1
    both_sides: bool = False


@dataclass(frozen=True)
class Gathered:
    """Everything that the sheets say, apart from the office. `each` is one entry a sheet: what is known of the service
    and the person, or the name that a plain sheet carries ("" for none). `left_out` are restricted cases, whose sheets
    are not printed.
    """

    wanted: Wanted
    choice: Choice
    kind: SheetKind
    definition: SheetDefinition
    form: Form
    printing: Printing
    contact: str
    each: tuple[SheetData | str, ...]
    left_out: int

    def document(self, one: SheetData | str) -> Document:
        """One sheet. Raises `NotAllowed` for Creole that this office does not print."""
        from migrant_office.services.sheets.plain import plain_document  # reportlab: the start need not pay for it
        from migrant_office.services.sheets.referral import service_document

        if isinstance(one, SheetData):
            document = service_document(one, self.definition, self.form)
        else:
            document = plain_document(self.definition, self.form, self.printing, one, self.contact)
        making.refuse_unreviewed(document)
        return document

    def as_wanted(self, wanted: Wanted) -> Gathered:
        """The same people and facts, laid out for one side of the paper or for both."""
        return replace(self, wanted=replace(self.wanted, both_sides=wanted.both_sides))


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """The file, how many sheets it holds, how many people were left out, and whether it is laid out for both sides."""

    sheet: MadeSheet
    copies: int
    left_out: int
    both_sides: bool = False


# -- for whom


def services(office: Office) -> list[tuple[str, str]]:
    """Id and name of the offered services whose sheet may be printed for many, by name."""
    hidden = city_rules(office.city.id).unprinted
    found = [(line.id, line.name) for line in catalogue.lines(office, offered_only=True) if line.id not in hidden]
    return sorted(found, key=lambda service: (service[1].casefold(), service[0]))


def gather(office: Office, wanted: Wanted, choice: Choice = USUAL) -> Gathered:
    """What the batch will say; nothing is made yet, and `each` may be empty.

    Raises `UserError` for a service that is gone and for too many copies, `NotAllowed` for a service that stands on no
    paper (`unprinted` of `models.eligibility.book`), or on none with a name (`protection.refuse_secret`).
    """
    from migrant_office.services.sheets.fitting import Printing
    from migrant_office.services.sheets.kinds import WORDINGS

    if wanted.sheet not in SHEETS:
        raise ValueError(f"no sheet for many: {wanted.sheet}")
    if wanted.sheet == INFORMATION and wanted.service in city_rules(office.city.id).unprinted:
        raise NotAllowed(BETRAYS)
    if wanted.sheet == INFORMATION and wanted.whom is not Whom.BLANK:
        protection.refuse_secret(office, catalogue.service(office, wanted.service))
    people, left_out = _people(office, wanted)
    named = "person" in WORDINGS[wanted.sheet].flags
    return Gathered(
        wanted=wanted,
        choice=choice,
        kind=WORDINGS[wanted.sheet].kind,
        definition=sheet_wording.definition(office, wanted.sheet),
        form=making.form_of(office, choice),
        printing=Printing(office.about.name, office.city.office_ht, clock.today(), office.about.demo),
        contact=office_settings.read(office).contact,
        each=_entries(office, wanted, people, named=named),
        left_out=left_out,
    )


def _people(office: Office, wanted: Wanted) -> tuple[list[_Person], int]:
    """Who gets a sheet, and how many do not: nothing of a restricted case is printed."""
    if wanted.whom is Whom.BLANK:
        if not 1 <= wanted.copies <= MOST_COPIES:
            raise UserError(TOO_MANY, most=MOST_COPIES)
        return [_Person()] * wanted.copies, 0
    found = _referred(office, wanted.service) if wanted.whom is Whom.REFERRED else _expected(office, wanted)
    printed = [person for person in found if not person.restricted]
    return printed, len(found) - len(printed)


@dataclass(frozen=True, slots=True)
class _Person:
    name: str = ""
    expected: Expected | None = None
    restricted: bool = False


def _referred(office: Office, service: str) -> list[_Person]:
    return [
        _Person(restricted=True) if restricted else _Person(case.person.name, _expectation(case, service))
        for id, restricted in reads.referred(office.vault, service)
        if (case := case_file(office.case(id))) is not None
    ]


def _expectation(case: CaseFile, service: str) -> Expected | None:
    """When the institution expects the person, where that was said and lies ahead."""
    steps = (
        referral_sheet.appointment(followed, clock.today())
        for followed in case.referrals
        if followed.referral.service == service
    )
    days = [
        Expected(step.appointment, referral_sheet.hour_of(step.hour))
        for step in steps
        if step and isinstance(step.appointment, date)
    ]
    return min(days, key=lambda expected: expected.day, default=None)


def _expected(office: Office, wanted: Wanted) -> list[_Person]:
    """Each person once, the appointment at the service before any other."""
    if wanted.day is None:
        raise ValueError("a day is wanted")
    found: dict[str, AppointmentLine] = {}
    for line in filter(lambda line: line.is_open, lines(office, wanted.day)):
        if line.case not in found or (line.service == wanted.service and found[line.case].service != wanted.service):
            found[line.case] = line
    return [
        _Person(line.name, _at(line) if line.service == wanted.service else None, line.restricted)
        for line in found.values()
    ]


def _at(line: AppointmentLine) -> Expected:
    return Expected(line.day, referral_sheet.hour_of(line.hour))


def _entries(office: Office, wanted: Wanted, people: list[_Person], *, named: bool) -> tuple[SheetData | str, ...]:
    if wanted.sheet != INFORMATION:
        return tuple(person.name if named else "" for person in people)
    about = information_data(office, wanted.service)
    return tuple(
        replace(
            about,
            person=person.name,
            appointment_on=person.expected.day if person.expected else None,
            appointment_at=person.expected.at if person.expected else None,
        )
        for person in people
    )


# -- the file


def make(gathered: Gathered, progress: Progress | None = None) -> MadeBatch:
    """All sheets in one file, typefaces once; needs no office.

    Raises `UserError` without anybody, `NotAllowed` for Creole that this office does not print, `Cancelled` when the
    person asked to stop.
    """
    from migrant_office.services.sheets.document import write

    if not gathered.each:
        raise UserError(NOBODY)
    batch = _Sheets(gathered, progress or Progress())
    pdf = write(batch, gathered.choice.tagged, both_sides=gathered.wanted.both_sides)
    languages = tuple(dict.fromkeys(gathered.choice.languages))
    sheet = MadeSheet(
        pdf=pdf,
        kind=gathered.kind,
        name=f"{gathered.kind.value}-{'-'.join(languages)}-{len(gathered.each)}".replace("_", "-"),
        languages=languages,
        version=gathered.definition.version,
        draft=batch.draft,
        pages=batch.pages,
    )
    return MadeBatch(sheet, len(gathered.each), gathered.left_out, gathered.wanted.both_sides)


class _Sheets:
    """One sheet after the other, none kept; between two, how far it is, and whether it shall stop."""

    def __init__(self, gathered: Gathered, progress: Progress) -> None:
        self.gathered, self.progress = gathered, progress
        self.draft, self.pages = False, 0

    def __iter__(self) -> Iterator[Document]:
        made: tuple[SheetData | str, Document] | None = None
        total = len(self.gathered.each)
        for number, one in enumerate(self.gathered.each):
            self.progress.report(number, total)
            if made is None or made[0] != one:  # copies that are alike are fitted once
                made = one, self.gathered.document(one)
            self.draft |= made[1].draft
            self.pages += len(made[1].pages)
            yield made[1]
        self.progress.report(total, total)


def note(office: Office, made: MadeBatch, copies: int, way: PrintWay) -> Done:
    """Count what left: every sheet of the file, as often as it was printed."""
    sheet = made.sheet
    return sheet_prints.note(
        office,
        sheet.kind,
        languages=sheet.languages,
        version=sheet.version,
        copies=made.copies * max(copies, 1),
        way=way,
    )
