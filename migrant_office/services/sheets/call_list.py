"""Whom to call this week, on paper: a line a service with its telephone, how old its facts are, and room to write."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.i18n import N_, Translator
from migrant_office.models.sheet import Paper
from migrant_office.services.freshness import Call
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import clip
from migrant_office.services.sheets.frame import BOTTOM, SIDE, TOP, draw_left, draw_right, new_canvas
from migrant_office.services.sheets.layout import HAIRLINE, paragraph

TITLE = N_("Services to call this week")
ANSWERED = N_("Who answered")
SAID = N_("What was said")
HEAD, FOOT = 40.0, 14.0  # points kept for them on every page
BOX, GAP = 11.0, 7.0
LETTERS = 150  # of a contact: more is in the catalogue
ROOM = 17.0  # points for a line to write on


@dataclass(frozen=True, slots=True)
class CallPaper:
    """What the paper says: the office, the day, the calls, and the names of the areas by code."""

    office: str
    day: date
    calls: Sequence[Call]
    areas: dict[str, str]


def render_calls(told: CallPaper, paper: Paper, tr: Translator) -> tuple[bytes, int]:
    """The list as PDF bytes, the same for the same input, and on how many pages it is."""
    drawing.register_fonts()
    return _List(told, paper, tr).pdf()


class _List:
    def __init__(self, told: CallPaper, paper: Paper, tr: Translator) -> None:
        self.told, self.tr = told, tr
        self.size = paper.value[0] * mm, paper.value[1] * mm
        self.left, self.right = SIDE, self.size[0] - SIDE
        self.words = self.right - self.left - BOX - GAP

    def pdf(self) -> tuple[bytes, int]:
        blocks = [self._block(call) for call in self.told.calls]
        pages: list[list[list[Paragraph]]] = [[]]
        room = self.size[1] - TOP - BOTTOM - HEAD - FOOT
        left = room
        for block in blocks:
            need = self._height(block)
            if need > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(block)
            left -= need
        target = io.BytesIO()
        canvas = new_canvas(target, self.size, self.tr.lang, self.tr.gettext(TITLE), self.told.office)
        for number, page in enumerate(pages, 1):
            self._page(canvas, page, number, len(pages))
            canvas.showPage()
        canvas.save()
        return target.getvalue(), len(pages)

    def _block(self, call: Call) -> list[Paragraph]:
        due, tr = call.due, self.tr
        area = self.told.areas.get(due.area, due.area)
        seen = tr.gettext("Confirmed {day}").format(day=tr.date(due.confirmed)) if due.confirmed else ""
        seen = seen or tr.gettext("Never confirmed")
        used = tr.ngettext("{count} referral", "{count} referrals", due.referred).format(count=due.referred)
        why = tr.gettext(due.why.label) if due.wanted and due.why else ""
        reach = "  ·  ".join(filter(None, (call.phone, clip(call.contact, LETTERS))))
        lines = [
            f"<b>{escape(clip(due.name, 110))}</b>  ·  {escape(clip(due.owner, 90))}",
            escape(reach or tr.gettext("To be confirmed with the institution")),
            escape("  ·  ".join(filter(None, (why, area, seen, used)))),
        ]
        made = [paragraph(line, 10 if i < 2 else 9) for i, line in enumerate(lines)]
        for each in made:
            each.wrap(self.words, 10_000)
        return made

    @staticmethod
    def _height(block: list[Paragraph]) -> float:
        return float(sum(each.height for each in block)) + ROOM + 2 * GAP

    def _page(self, canvas: Canvas, blocks: list[list[Paragraph]], number: int, pages: int) -> None:
        top, half = self.size[1] - TOP, (self.right - self.left) / 2 - 6
        draw_left(canvas, self.tr.gettext(TITLE), self.left, top - 12, drawing.BOLD, 14, half)
        draw_right(canvas, self.tr.long_date(self.told.day), self.right, top - 12, drawing.REGULAR, 10.5, half)
        draw_left(canvas, clip(self.told.office, 90), self.left, top - 26, drawing.REGULAR, 9.5, half)
        canvas.setLineWidth(1.2)
        canvas.line(self.left, top - 32, self.right, top - 32)
        y = top - HEAD
        for block in blocks:
            y = self._draw(canvas, block, y)
        page = self.tr.gettext("Page {page} of {pages}").format(page=number, pages=pages)
        draw_right(canvas, page, self.right, BOTTOM, drawing.REGULAR, 9, half)

    def _draw(self, canvas: Canvas, block: list[Paragraph], y: float) -> float:
        x = self.left + BOX + GAP
        drawing.draw_tick_box(canvas, self.left + BOX / 2, y - 8, BOX)
        for each in block:
            y -= each.height
            each.drawOn(canvas, x, y)
        y -= ROOM
        third = self.words / 3
        for label, start, end in ((ANSWERED, x, x + third - GAP), (SAID, x + third, self.right)):
            said = f"{self.tr.gettext(label)}:"
            draw_left(canvas, said, start, y + 3, drawing.REGULAR, 9, third)
            used = canvas.stringWidth(said, drawing.REGULAR, 9) + 4
            canvas.setLineWidth(HAIRLINE)
            canvas.line(start + used, y + 2, end, y + 2)
        canvas.setLineWidth(HAIRLINE)
        canvas.line(self.left, y - GAP, self.right, y - GAP)
        return y - 2 * GAP
