"""A sheet on screen whose copies are counted when it is printed or saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.models.sheet import MadeSheet
from migrant_office.models.sheet_print import PrintWay
from migrant_office.services import sheet_prints
from migrant_office.ui.case_file.sheet_dialog import SheetDialog
from migrant_office.ui.operations import Operations


def show(operations: Operations, made: MadeSheet, parent: QWidget) -> SheetDialog:
    """Open the dialog; what leaves it is noted, without a word about the person."""
    dialog = SheetDialog(made.pdf, f"{made.name}.pdf", parent)

    def left(copies: int) -> None:
        way = PrintWay.PRINTED if copies else PrintWay.SAVED
        operations.run(
            parent,
            lambda office: sheet_prints.note(
                office, made.kind, languages=made.languages, version=made.version, copies=copies, way=way
            ),
        )

    dialog.left.connect(left)
    dialog.open()
    return dialog
