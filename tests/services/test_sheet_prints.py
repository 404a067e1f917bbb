"""Copies are counted by sheet, language and version, files apart, and a printing is nothing that could be undone."""

from __future__ import annotations

from migrant_office.models.office import Office
from migrant_office.models.sheet_print import PrintWay, SheetKind
from migrant_office.services import sheet_prints
from migrant_office.services.sheet_prints import Printed
from tests.factories import DAY


def test_copies_and_files_are_never_mixed(desk: Office) -> None:
    before = list(desk.undoable)
    for copies, way in ((2, PrintWay.PRINTED), (1, PrintWay.PRINTED), (0, PrintWay.SAVED)):
        sheet_prints.note(desk, SheetKind.REFERRAL, languages=("es", "ht"), version="ab12", copies=copies, way=way)
    sheet_prints.note(desk, SheetKind.REFERRAL, languages=("es", "ht"), version="cd34")
    day = DAY.isoformat()
    assert sheet_prints.between(desk, day, day) == [
        Printed("referral", "es ht", "ab12", 3, 1),
        Printed("referral", "es ht", "cd34", 1, 0),
    ]
    assert sheet_prints.between(desk, "2020-01-01", "2020-12-31") == []
    assert desk.undoable == before


def test_nobody_is_named_by_a_printing(desk: Office) -> None:
    sheet_prints.note(desk, SheetKind.NOTICE)
    assert desk.vault.read("SELECT doc FROM sheet_print") == [(f"printed-{DAY:%Y-%m}",)]
