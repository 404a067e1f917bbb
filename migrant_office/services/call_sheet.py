"""Whom to call this week, on paper for the office itself: one language across the page."""

from __future__ import annotations

from migrant_office import clock
from migrant_office.i18n import Translator
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import freshness, office_settings


def call_sheet(office: Office, choice: Choice = USUAL) -> MadeSheet:
    """The calls that are due, in the first of the languages; the second is not printed."""
    from migrant_office.services.sheets.call_list import CallPaper, render_calls  # reportlab: not needed to start

    lang = choice.languages[0]
    tr = Translator(f"{lang}_{office.city.country}")
    areas = {area.code: area.label(lang) for area in office.city.areas}
    told = CallPaper(office.about.name, clock.today(), freshness.call_list(office), areas)
    pdf, pages = render_calls(told, choice.paper or office_settings.paper_of(office), tr)
    name = SheetKind.CALL_LIST.value.replace("_", "-")
    return MadeSheet(pdf, SheetKind.CALL_LIST, name, languages=(lang,), version="", draft=False, pages=pages)
