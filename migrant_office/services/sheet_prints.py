"""Count what leaves the printer, by sheet, language and version ([002:3570])."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office import clock
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.reads import sheet_prints as reads
from migrant_office.models.sheet import MadeSheet
from migrant_office.models.sheet_print import PrintWay, SheetKind, SheetPrint
from migrant_office.models.vault import access
from migrant_office.models.vault.operation import Done

SHEET = "sheet"  # what the access log calls the leaving of a referral's sheet


@dataclass(frozen=True, slots=True)
class Printed:
    """Copies of one sheet in one period, printings and files apart."""

    sheet: str
    languages: str
    version: str
    printed: int
    saved: int


def note(
    office: Office,
    sheet: SheetKind,
    *,
    languages: tuple[str, ...] = (),
    version: str = "",
    copies: int = 1,
    way: PrintWay = PrintWay.PRINTED,
) -> Done:
    """Note that a sheet was printed. It is no act of the officer's that could be undone: paper is paper."""
    today = clock.today()
    with office.operation(Op.NOTE_PRINT, f"printed-{today:%Y-%m}", undoable=False) as op:
        op.put(
            SheetPrint(
                id=new_id(),
                sheet=sheet,
                languages=" ".join(languages),
                version=version,
                way=way,
                copies=max(copies, 1),
                recorded=today,
                officer=office.officer,
            )
        )
    return op.done


def left(office: Office, made: MadeSheet, copies: int = 0) -> Done:
    """Note that a sheet has left: so many printed copies, or saved as a file where none. That of a referral is kept in
    the access log too.
    """
    if made.referral:
        access.note(office.vault, SHEET, made.referral)
    way = PrintWay.PRINTED if copies else PrintWay.SAVED
    return note(office, made.kind, languages=made.languages, version=made.version, copies=copies, way=way)


def between(office: Office, first: str, last: str) -> list[Printed]:
    """What was printed between two days (ISO), most copies first."""
    return [Printed(*row) for row in reads.copies(office.vault, first, last)]
