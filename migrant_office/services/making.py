"""From a fitted sheet to what the window shows and prints: languages, paper and bytes as somebody chose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.office import Office
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import office_settings

if TYPE_CHECKING:
    from migrant_office.services.sheets.document import Document, Form

UNREVIEWED = N_(
    "Nobody has approved the Creole of this sheet, and this office prints only what was approved. Print it in Spanish "
    "alone, or have its Creole read and approved."
)


def form_of(office: Office, choice: Choice) -> Form:
    """The paper and the columns of a sheet: as chosen, else as the office has it."""
    from migrant_office.services.sheets.document import Form, columns_of  # reportlab: the start need not pay for it

    paper = choice.paper or office_settings.paper_of(office)
    columns = columns_of(choice.languages, office.city.country)
    return Form(paper, columns, only_reviewed=office_settings.read(office).only_reviewed)


def made(document: Document, kind: SheetKind, choice: Choice) -> MadeSheet:
    """The sheet as bytes. Raises `NotAllowed` for Creole that nobody approved where the office prints none such."""
    from migrant_office.services.sheets.document import write

    refuse_unreviewed(document)
    return MadeSheet(
        pdf=write([document], choice.tagged),
        kind=kind,
        name=f"{kind.value}-{'-'.join(dict.fromkeys(choice.languages))}".replace("_", "-"),
        languages=tuple(dict.fromkeys(choice.languages)),
        version=document.version,
        draft=document.draft,
        pages=len(document.pages),
    )


def refuse_unreviewed(document: Document) -> None:
    """Raises `NotAllowed` for a sheet with Creole that nobody approved where the office prints none such."""
    if document.draft and document.form.only_reviewed:
        raise NotAllowed(UNREVIEWED)
