"""From a fitted sheet to what the window shows and prints: languages, paper and bytes as somebody chose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrant_office.i18n import N_
from migrant_office.models.office import Office
from migrant_office.models.sheet import Choice, MadeSheet, Paper
from migrant_office.models.sheet_print import SheetKind

if TYPE_CHECKING:
    from migrant_office.services.sheets.document import Document, Form

UNREVIEWED = N_("Nobody has approved the Creole of this sheet, and this office prints only what was approved.")


def form_of(office: Office, choice: Choice) -> Form:
    """The paper and the columns of a sheet: as chosen, else as the office has it."""
    from migrant_office.services.sheets.document import Form, columns_of  # reportlab: the start need not pay for it

    paper = choice.paper or Paper.from_name(office.about.paper)
    return Form(paper, columns_of(choice.languages, office.city.country))


def made(document: Document, kind: SheetKind, choice: Choice) -> MadeSheet:
    """The sheet as bytes."""
    from migrant_office.services.sheets.document import write

    return MadeSheet(
        pdf=write([document]),
        kind=kind,
        name=f"{kind.value}-{'-'.join(dict.fromkeys(choice.languages))}".replace("_", "-"),
        languages=tuple(dict.fromkeys(choice.languages)),
        version=document.version,
        draft=document.draft,
        pages=len(document.pages),
    )
