"""The slip that comes back: a page of its own with her part in both languages above a cut line, and below it the answer
of the institution in Spanish, with the code in large letters and as a QR code. Nothing on it is about the person.

A page of its own, because what is cut from the sheet itself would take along whatever is printed on its back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.models.sheet import SheetData, SheetText, known
from migrant_office.models.slip import cleaned
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.calendar_code import qr_matrix
from migrant_office.services.sheets.content import Columns, clip, marked
from migrant_office.services.sheets.definition import holds
from migrant_office.services.sheets.layout import BODY, GUTTER, ICONS, SMALL, SMALLEST_BODY, Grid, paragraph, place
from migrant_office.services.sheets.tagging import FIGURE, H1, P, section, tag

QR, LARGE = 30 * mm, 27.0
BOX, INDENT, PAD = 13.0, 24.0, 7.0
QUIET = 4 / 21  # of a QR code, white around it
LEAST = SMALLEST_BODY / BODY
FITS = (
    *((200, scale, 1.0) for scale in (1.0, 0.96, 0.93, LEAST)),
    *((letters, LEAST, spacing) for letters in (200, 110, 60) for spacing in (0.8, 0.6, 0.45)),
)
"""Letters of a name, size of the text, and of the gaps: the first that fits is drawn."""


@dataclass(frozen=True)
class Placed:
    """A text to draw, its left edge, how far down its top is, and what stands before it."""

    text: Paragraph
    x: float
    down: float
    box: bool = False
    icon: str = ""
    column: int = 0
    role: str = P


class Stub:
    """One slip, fitted to the room of a page. `draft`: her part is Creole that nobody reviewed."""

    def __init__(
        self, data: SheetData, rows: tuple[SheetText, ...], columns: Columns, frame: tuple[Grid, float]
    ) -> None:
        self.data, self.columns, (self.grid, self.room) = data, columns, frame
        flags = frozenset({"office_contact"} if known(data.office_contact) else ())
        self.rows = [row for row in rows if row.section != "frame" and holds(row.condition, flags)]
        hers = [row for row in self.rows if row.section == "hers"]
        self.letters, self.size, self.pad = FITS[0][0], BODY, PAD
        self.draft = "ht" in (columns[0].lang, columns[1].lang) and not all(row.reviewed for row in hers)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw it downwards from `top`, as large as the room allows; very long names are cut visibly before that."""
        for self.letters, scale, spacing in FITS:
            self.size, self.pad = max(BODY * scale, SMALLEST_BODY), PAD * spacing
            hers, cut = self._hers()
            theirs, height = self._theirs(cut)
            if height <= self.room:
                break
        section(canvas, "hers", begins=True)
        for placed in hers:
            self._draw(canvas, placed, top)
        section(canvas, "theirs", begins=True)
        self._cut(canvas, top - cut)
        for placed in theirs:
            self._draw(canvas, placed, top)
        self._code(canvas, top - cut)

    # -- words

    def _text(self, row: SheetText, lang: str, *, size: float = 0, bold: bool = False) -> Paragraph:
        data, spanish = self.data, self.columns[0]
        values = {
            "slip": data.slip.replace("-", "\u2011"),  # a code is never torn apart
            "office": clip(data.office, min(self.letters, 90)),
            "service": self._service(),
            "made": spanish.long_date(data.made_on or data.printed_on),
            "contact": clip(data.office_contact, min(self.letters, 90)),
        }
        return paragraph(marked(row.text(lang), values), size or self.size, bold=bold)

    def _service(self) -> str:
        named = (clip(self.data.service.name, self.letters), clip(known(self.data.service.institution), self.letters))
        return " · ".join(filter(None, named))

    def _row(self, key: str) -> SheetText:
        return next(row for row in self.rows if row.key == key)

    # -- her part

    def _hers(self) -> tuple[list[Placed], float]:
        """Her lines in two columns, and how far down the cut is."""
        found, down = [], self.pad
        for row in self.rows:
            if row.section != "hers":
                continue
            head = row.key == "head"
            texts = [self._text(row, c.lang, size=self.size * 1.2 if head else 0, bold=head) for c in self.columns]
            heights = [text.wrap(self.grid.column - 2 * GUTTER, 10_000)[1] for text in texts]
            role = H1 if head else P
            for column, x in enumerate((self.grid.left + ICONS, self.grid.middle + GUTTER)):
                found.append(Placed(texts[column], x, down, icon="" if column else row.icon, column=column, role=role))
            down += max(heights) + 1.6 * self.pad
        return found, down + 2 * self.pad

    # -- the part of the institution

    def _theirs(self, cut: float) -> tuple[list[Placed], float]:
        """Its lines, and how far down they end."""
        found: list[Placed] = []
        down = cut + 2.6 * self.pad
        beside = self.grid.width - QR - 12
        for key, size, bold in (("title", self.size * 1.25, True), ("", LARGE, True), ("ask", 0, False)):
            text = self._text(self._row(key), "es", size=size, bold=bold) if key else self._large()
            found.append(Placed(text, self.grid.left, down, role=H1 if key == "title" else P))
            down += text.wrap(beside, 10_000)[1] + self.pad * (0.6 if bold else 1)
        down = max(down, cut + 2.2 * self.pad + QR + self.pad)
        for placed, height in self._answers(down):
            found.append(placed)
            down = max(down, placed.down + height)
        return found, down

    def _large(self) -> Paragraph:
        return paragraph(self.data.slip.replace("-", "\u2011"), LARGE, bold=True)

    def _answers(self, down: float) -> Iterator[tuple[Placed, float]]:
        """Facts, answers with a box each, reasons two a row, who answers, and the way back."""
        begun, half = False, (self.grid.width - INDENT) / 2
        left, at = self.grid.left, 0
        for row in self.rows[next(n for n, r in enumerate(self.rows) if r.key == "ask") + 1 :]:
            begun = begun or row.key == "service"
            boxed = row.key in {"answer", "answer_why", "why"}
            inset = (INDENT if boxed else 0) + (INDENT if row.key == "why" else 0)
            text = self._text(row, "es")
            if row.key == "why":
                height = text.wrap(half - INDENT - 4, 10_000)[1]
                yield Placed(text, left + inset + (at % 2) * half, down, box=True), height + 0.5 * self.pad
                down += (height + 0.7 * self.pad) * (at % 2)
                at += 1
                continue
            height = text.wrap(self.grid.width - inset, 10_000)[1]
            gap = self.pad * (1.3 if row.key in {"who", "return", "answer", "answer_why"} else 0.4)
            yield Placed(text, left + inset, down + gap * 0.5, box=boxed), height + gap
            down += height + gap

    # -- ink

    def _draw(self, canvas: Canvas, placed: Placed, top: float) -> None:
        y = top - placed.down
        place(canvas, placed.text, placed.x, y - placed.text.height, placed.column, placed.role)
        first = y - self.size * 0.62
        if placed.box:
            drawing.draw_tick_box(canvas, placed.x - INDENT / 2 - 2, first, BOX)
        if placed.icon:
            drawing.draw_icon(canvas, placed.icon, self.grid.left + ICONS / 2, first, 20)

    def _cut(self, canvas: Canvas, y: float) -> None:
        words = self._row("cut").text("es")
        canvas.saveState()
        canvas.setLineWidth(1)
        canvas.setDash(5, 3)
        canvas.line(self.grid.left + 22, y, self.grid.right, y)
        canvas.restoreState()
        drawing.draw_icon(canvas, "scissors", self.grid.left + 9, y, 16)
        with tag(canvas, P):
            drawing.draw_centred(canvas, words, self.grid.middle, y + 3.5, drawing.REGULAR, SMALL)

    def _code(self, canvas: Canvas, cut: float) -> None:
        """Only the code, as a scanner types it: no name, no address."""
        code = cleaned(self.data.slip) or self.data.slip
        size = QR * (1 - 2 * QUIET / (1 + 2 * QUIET))
        across = self.grid.right - QR / 2
        with tag(canvas, FIGURE, alt=f"QR: {self.data.slip}"):
            drawing.draw_qr(canvas, qr_matrix(code), across, cut - 2.2 * self.pad - QR / 2, size)
