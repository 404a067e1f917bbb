"""A sheet on screen whose copies are counted when it is printed or saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from migrant_office.models.office import Office
from migrant_office.models.sheet_print import PrintWay, SheetKind
from migrant_office.services import consents, route_sheet, sheet_prints
from migrant_office.ui.case_file.sheet_dialog import SheetDialog
from migrant_office.ui.operations import Operations

LANGUAGES = ("es", "ht")  # of every sheet of the office: two columns
Version = Callable[[Office], str]


def show(
    operations: Operations, sheet: SheetKind, version: Version, pdf: bytes, name: str, parent: QWidget
) -> SheetDialog:
    """Open the dialog; what leaves it is noted, without a word about the person."""
    dialog = SheetDialog(pdf, name, parent)

    def left(copies: int) -> None:
        way = PrintWay.PRINTED if copies else PrintWay.SAVED
        operations.run(
            parent,
            lambda office: sheet_prints.note(
                office, sheet, languages=LANGUAGES, version=version(office), copies=copies, way=way
            ),
        )

    dialog.left.connect(left)
    dialog.open()
    return dialog


def referral_version(office: Office) -> str:
    from migrant_office.services import sheets  # reportlab: not needed to start

    return sheets.load_definition(office.city.id).version


def notice_version(office: Office) -> str:
    return consents.notice_of(office).edition


def route_version(office: Office) -> str:
    return route_sheet.version(office)
