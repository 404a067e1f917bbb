"""The paper with the recovery code: one page, big letters, what it is for and where to keep it."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from migrant_office.i18n import Translator
from migrant_office.services.sheets import scripts
from migrant_office.services.sheets.drawing import BOLD, REGULAR, register_fonts

MARGIN = 25 * mm


def recovery_sheet(office: str, code: str, tr: Translator) -> bytes:
    """A PDF (Letter) with the code in groups; the same bytes for the same code."""
    register_fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=1, initialFontName=REGULAR, lang=tr.lang)
    canvas.setTitle(tr.gettext("Recovery code"))
    width, height = LETTER[0] - 2 * MARGIN, LETTER[1] - MARGIN
    for text, style in (
        (office, ParagraphStyle("office", fontName=REGULAR, fontSize=12, leading=18, alignment=TA_LEFT)),
        (tr.gettext("Recovery code"), ParagraphStyle("title", fontName=BOLD, fontSize=24, leading=40)),
        (code.replace("-", "   "), ParagraphStyle("code", fontName=BOLD, fontSize=22, leading=36, spaceAfter=10)),
        (
            tr.gettext(
                "It opens the office if the passphrase is lost. Whoever has it can read everything: keep it in a "
                "closed place, away from the computer."
            ),
            ParagraphStyle("text", fontName=REGULAR, fontSize=13, leading=20),
        ),
    ):
        paragraph = scripts.paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), style)
        _w, used = paragraph.wrap(width, height)
        paragraph.drawOn(canvas, MARGIN, height - used)
        height -= used + 6 * mm
    canvas.showPage()
    canvas.save()
    return out.getvalue()
