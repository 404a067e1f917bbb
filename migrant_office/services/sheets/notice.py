"""The notice on paper: what is told on the first page, what is decided and signed on the next.

Both languages side by side, the same row the same meaning. No name is printed: whoever wants writes hers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from migrant_office.models.notice import Notice, Purpose
from migrant_office.models.parity import Reviews
from migrant_office.models.spoken import Spoken
from migrant_office.services.sheets.content import HEAD, Block, Line, Pair
from migrant_office.services.sheets.document import Document, Form, Page, paged
from migrant_office.services.sheets.frame import Around
from migrant_office.services.sheets.layout import Grid, measure
from migrant_office.services.sheets.pieces import (
    Boxes,
    Decision,
    Piece,
    Place,
    Signatures,
    SmallPrint,
    Title,
    Told,
)


@dataclass(frozen=True)
class NoticeData:
    """What one printed notice says besides the notice: `answers` by purpose, True for a yes; empty to fill by hand."""

    office: str
    office_ht: str
    printed_on: date
    answers: Mapping[str, bool] = field(default_factory=dict)
    demo: bool = False


def notice_document(data: NoticeData, notice: Notice, form: Form, reviews: Reviews) -> Document:
    """The notice, usually two pages: both sides of one leaf. `reviews`: which of its Creole somebody approved."""
    return _Sheet(data, notice, form, reviews).document()


class _Sheet:
    def __init__(self, data: NoticeData, notice: Notice, form: Form, reviews: Reviews) -> None:
        self.data, self.notice, self.form, self.columns = data, notice, form, form.columns
        drafts = (each for each in notice.spoken if each.es != each.ht and not reviews.of(each.es, each.ht))
        self.draft = "ht" in {column.lang for column in self.columns} and any(drafts)

    # -- words

    def pair(self, spoken: Spoken) -> Pair:
        return spoken.text(self.columns[0].lang), spoken.text(self.columns[1].lang)

    def joined(self, key: str) -> str:
        """Both languages on one line; once when they are the same word."""
        return " · ".join(dict.fromkeys(self.pair(self.notice.words[key])))

    # -- fitting

    def document(self) -> Document:
        """In the largest letters with which told and decided take a page each, never under 11 points."""
        pages = [*self._smallest_that_fits(self._told), *self._smallest_that_fits(self._decided)]
        return Document(
            form=self.form,
            title=self.joined("kind"),
            office=self.data.office,
            pages=tuple(Page(tuple(page), self._around(number, len(pages))) for number, page in enumerate(pages, 1)),
            draft=self.draft,
            version=self.notice.edition,
        )

    def _smallest_that_fits(self, made: Callable[[Grid], list[Piece]]) -> list[list[Piece]]:
        """The pages of one part, in the largest letters that keep it on one page."""
        pages: list[list[Piece]] = []
        for grid in self.form.grids():
            pages = paged(made(grid), self.form.room)
            if len(pages) == 1:
                break
        return pages

    # -- contents

    def _told(self, grid: Grid) -> list[Piece]:
        pieces: list[Piece] = [Title("shield-check", self.pair(self.notice.words["kind"]), grid)]
        for number, each in enumerate(self.notice.paragraphs, 1):
            left, right = (f"<b>{number}.</b> {escape(text)}" for text in self.pair(each.spoken))
            pieces.append(self._row(Line(each.icon, (left, right)), grid))
        for purpose in self.notice.purposes:
            if not purpose.asked:
                left, right = (escape(text) for text in self.pair(purpose.question))
                pieces.append(self._row(Line(purpose.icon, (left, right)), grid))
        left, right = (f"<b>{escape(text)}</b>" for text in self.pair(self.notice.words["free"]))
        return [*pieces, self._row(Line("currency-dollar-off", (left, right)), grid)]

    def _row(self, line: Line, grid: Grid, *, ruled: bool = True) -> Piece:
        return Told(measure(Block("notice", (line,)), grid), grid, ruled=ruled)

    def _decided(self, grid: Grid) -> list[Piece]:
        head = Line("user-check", self.pair(self.notice.words["decide"]), HEAD)
        pieces: list[Piece] = [self._row(head, grid, ruled=False)]
        pieces += [self._decision(purpose, grid) for purpose in self.notice.asked]
        return [*pieces, self._signatures(grid), SmallPrint(self._law(), grid)]

    def _decision(self, purpose: Purpose, grid: Grid) -> Decision:
        line = self.joined("body") + ":" if purpose.each else ""
        boxes = Boxes(self.joined("yes"), self.joined("no"), self.data.answers.get(purpose.code), line)
        return Decision(purpose.icon, self.pair(purpose.question), self.pair(purpose.refused), boxes, grid)

    def _signatures(self, grid: Grid) -> Signatures:
        day = self.joined("day")
        return Signatures(
            (
                (Place(f"{self.joined('sign')}: {self.joined('person')}", 0, 0.8),),
                (Place(self.joined("guardian"), 0, 0.8),),
                (Place(self.joined("officer"), 0, 0.52), Place(day, 0.58, 0.8)),
            ),
            self.pair(self.notice.words["fingerprint"]),
            grid,
        )

    def _law(self) -> str:
        """Every basis the notice names, once: those that somebody verified, with the day, then the others."""
        named = [law for paragraph in self.notice.paragraphs for law in paragraph.laws]
        named += [law for purpose in self.notice.purposes for law in purpose.laws]
        laws = list({law.key: law for law in named}.values())
        sure = [f"{law.text} ({self.columns[0].date(law.verified_on)})" for law in laws if law.verified_on]
        open_ = [law.text for law in laws if not law.verified_on]
        parts = ((self.joined("law"), sure), (f"{self.joined('law')} ({self.joined('confirm')})", open_))
        return " ".join(f"<b>{escape(head)}:</b> {escape('. '.join(said))}." for head, said in parts if said)

    def _around(self, number: int, pages: int) -> Around:
        day = self.columns[0].date(self.notice.date)
        said = (
            f"{self.joined('printed')}: {self.columns[0].date(self.data.printed_on)}",
            f"{self.joined('version')}: {self.notice.edition} ({day})",
        )
        return Around(
            office=(self.data.office, self.data.office_ht if self.columns[1].lang == "ht" else ""),
            kind=self.joined("kind"),
            under=self.joined("sample") if self.data.demo else "",
            columns=self.pair(self.notice.words["column"]),
            foot="    ".join(said),
            page=self.joined("page").format(page=number, pages=pages),
            mark=self.joined("unreviewed") if self.draft else "",
        )
