"""The papers a person holds: what each is, how it stands, when it ends. Numbers are not shown in the list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.mobility import HeldDocument
from migrant_office.services import papers
from migrant_office.ui import words
from migrant_office.ui.case_file.paper_dialog import PaperDialog, kind_in_words
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec

Kinds = Mapping[str, Mapping[str, str]]


class PapersCard(RowsCard):
    """Asks once for the kinds of papers that the city's form knows."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.kinds: Kinds | None = None
        self.case: CaseFile | None = None
        self.opened.connect(self._open)
        self.add_wanted.connect(lambda: self._dialog(None))

    def show_case(self, case: CaseFile) -> None:
        self.case = case
        if self.kinds is None:
            self.operations.ask(self, papers.kinds, self._take_kinds, key="paper-kinds")
        else:
            self._fill(case, self.kinds)

    def _take_kinds(self, kinds: Kinds) -> None:
        self.kinds = kinds
        if self.case:
            self._fill(self.case, kinds)

    def _fill(self, case: CaseFile, kinds: Kinds) -> None:
        self.show_rows(
            _("Documents"),
            [row_of(paper, kinds) for paper in case.papers],
            empty=_("What the person has, has lost or is waiting for. None is needed to be attended."),
            add=_("Note a document"),
        )

    def _open(self, id: object) -> None:
        self._dialog(next((p for p in self.case.papers if p.id == id), None) if self.case else None)

    def _dialog(self, paper: HeldDocument | None) -> None:
        if self.case:
            PaperDialog(self.operations, self.case, paper, self.kinds or {}, self).open()


def row_of(paper: HeldDocument, kinds: Kinds) -> RowSpec:
    """Kind over country and copy; state and end at the right."""
    expiry = words.expiry_mark(paper.expires, clock.today())
    state = words.paper_mark(paper.state)
    ended = expiry is not None and expiry.tone == "bad"
    marks: list[MarkSpec] = [m for m in (None if ended else state, expiry) if m]
    country = translator().country(paper.country) if paper.country else ""
    told = (country, _("with a number") if paper.number else "", _("with a copy") if paper.copy else "")
    return RowSpec(paper.id, kind_in_words(paper, kinds), "  ·  ".join(t for t in told if t), marks=tuple(marks))
