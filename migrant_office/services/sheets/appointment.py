"""The card of an appointment at the office itself: cut out, folded once, carried in a pocket.

No name is printed on it: whoever wants writes hers. The code for the telephone says when and where and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from migrant_office.models.sheet import SheetDefinition, known
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.calendar_code import calendar_entry, qr_matrix
from migrant_office.services.sheets.composing import Facts, compose
from migrant_office.services.sheets.content import Block, Line, Picture, clip
from migrant_office.services.sheets.document import Document, Form, Page
from migrant_office.services.sheets.fitting import Printing, around
from migrant_office.services.sheets.frame import draw_left, draw_mark
from migrant_office.services.sheets.layout import BODY, SMALL, SMALLEST_BODY, Grid, draw, measure
from migrant_office.services.sheets.reach import said_in
from migrant_office.services.sheets.service_facts import part_of_day
from migrant_office.services.sheets.tagging import P, tag
from migrant_office.services.sheets.words import Words

WIDTH = 156 * mm  # folded in the middle it goes into a pocket
EDGE = 8.0  # points from the cut to the card's own frame
CAPTION = 22.0
MARK = 14.0  # room for the mark of a draft
LONGEST = 120  # letters of one fact
SQUEEZE = 0.75


@dataclass(frozen=True, slots=True)
class AppointmentData:
    """What the card says. `place` is another address than the office's own, `contact` the office's telephone."""

    day: date
    at: time | None = None
    place: str = ""
    contact: str = ""
    interpreter: bool = False


def appointment_document(
    data: AppointmentData, definition: SheetDefinition, form: Form, printing: Printing
) -> Document:
    """One page with the card on its upper part."""
    words = Words(definition, form.columns)
    block = _block(data, words, printing)
    card = _Card(block, words, form)
    page = Page((card,), replace(around(words, printing, 1, 1), columns=("", "")))  # the card names its own
    return Document(form, words.joined("kind"), printing.office, (page,), words.draft, words.definition.version)


def _block(data: AppointmentData, words: Words, printing: Printing) -> Block:
    name = escape(f"{words.joined('name')}: {'_' * 40}")
    facts = Facts(
        flags=frozenset(
            flag
            for flag, told in (
                ("time", data.at is not None),
                ("place", known(data.place)),
                ("interpreter", data.interpreter),
                ("office_contact", known(data.contact)),
            )
            if told
        ),
        values=(_values(data, words, 0, printing), _values(data, words, 1, printing)),
        items={"when": (Line("", (name, name)),)},
        picture=_picture(data, words, printing),
    )
    return next(block for block in compose(words, facts, Line("", ("", ""))).blocks if block.section == "when")


def _values(data: AppointmentData, words: Words, index: int, printing: Printing) -> dict[str, str]:
    column = words.columns[index]
    written = column.long_date(data.day)
    return {
        "date": written,
        "Date": written[:1].upper() + written[1:],
        "time": column.time(data.at) if data.at is not None else "",
        "part": words.pair(part_of_day(data.at))[index] if data.at is not None else "",
        "place": clip(known(data.place), LONGEST),
        "office": clip(printing.office, LONGEST),
        "contact": clip(said_in(known(data.contact), column), LONGEST).replace(" ", "\u00a0"),
    }


def _picture(data: AppointmentData, words: Words, printing: Printing) -> Picture:
    title = " / ".join(dict.fromkeys(words.pair("qr_title")))
    where = clip(", ".join(filter(None, (printing.office, known(data.place)))), 90)
    return Picture(
        day=data.day,
        at=data.at,
        month=" · ".join(dict.fromkeys(column.month_name(data.day.month) for column in words.columns)),
        weekday=" · ".join(dict.fromkeys(column.weekday(data.day) for column in words.columns)),
        before="",
        part=words.joined(part_of_day(data.at)) if data.at is not None else "",
        beside=words.pair("ask_hour"),
        caption=words.pair("qr"),
        code=qr_matrix(calendar_entry(title, data.day, data.at, where)),
    )


class _Card:
    """The caption, and under it the card between its cuts, with the marks of the fold."""

    def __init__(self, block: Block, words: Words, form: Form) -> None:
        page = form.grid()
        scale = SMALLEST_BODY / BODY
        self.left = page.left + (page.width - WIDTH) / 2
        self.grid = Grid(self.left + EDGE, WIDTH - 2 * EDGE, scale, SQUEEZE)
        self.box, self.words = measure(block, self.grid), words

    @property
    def height(self) -> float:
        return self.box.height + 2 * EDGE + CAPTION + (MARK if self.words.draft else 0)

    @property
    def fold(self) -> float:
        """How far below its upper cut the card is folded: between two rows, as near to the middle as there are any."""
        down, ends = EDGE + self.box.picture, []
        for row in self.box.rows:
            down += row.height
            ends.append(down)
        return min(ends, key=lambda end: abs(end - self.box.height / 2 - EDGE))

    def draw(self, canvas: Canvas, top: float) -> None:
        drawing.draw_icon(canvas, "scissors", self.left + 8, top - 10, 15)
        with tag(canvas, P):
            draw_left(
                canvas, self.words.joined("cut"), self.left + 22, top - 13, drawing.REGULAR, SMALL + 1, WIDTH - 22
            )
        upper, high = top - CAPTION, self.height - CAPTION
        canvas.saveState()
        canvas.setDash(5, 3)
        canvas.setLineWidth(1)
        canvas.rect(self.left, upper - high, WIDTH, high)
        canvas.restoreState()
        canvas.setLineWidth(1)
        for x in (self.left, self.left + WIDTH):
            canvas.line(x - 7, upper - self.fold, x + 7, upper - self.fold)
        draw(canvas, self.box, upper - EDGE, self.grid)
        if self.words.draft:  # on the card itself: the foot of the page is cut off
            draw_mark(canvas, self.words.joined("unreviewed"), self.grid.right, upper - high + 5)
