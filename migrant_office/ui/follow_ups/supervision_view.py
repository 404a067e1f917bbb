"""Lo que nadie siguió: each section a heading, each number a row, and behind it the cases."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import N_, _, translator
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.referral import Outcome, Rejection
from migrant_office.services import supervision
from migrant_office.services.supervision import CaseLine, Figure, Key, Section
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList

TITLES = {
    Key.OVERDUE_WEEKS: N_("Overdue, by how long"),
    Key.OVERDUE_OFFICERS: N_("Overdue, by officer"),
    Key.UNANSWERED: N_("Referrals without any answer for {days} days"),
    Key.NO_CONTACT: N_("No contact for {days} days, with an open referral"),
    Key.UNMET: N_("Needs that nothing could serve this month"),
    Key.NO_PLACEMENT: N_("Certified, and not referred to work since"),
    Key.REJECTED: N_("Rejected in the last year, by reason"),
}
DAYS = {Key.UNANSWERED: supervision.ANSWER_DAYS, Key.NO_CONTACT: supervision.SILENT_DAYS}
WEEKS = {
    "a": N_("Up to a week"),
    "b": N_("One to four weeks"),
    "c": N_("One to three months"),
    "d": N_("More than three months"),
}
DENSE = RowStyle(dense=True)


class SupervisionView(QWidget):
    """Numbers at the left, the cases of the chosen one at the right. No restricted case stands by its name."""

    case_wanted = Signal(str)

    def __init__(self, operations: Operations, own: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations, self.own = operations, own
        self.shown: tuple[Section, ...] = ()
        self.figures, self.cases = RowList("", DENSE, uniform=False), RowList("", DENSE)
        self.left, self.right = Card(flush=True), Card(flush=True)
        self.left.add(self.figures, 1)
        self.right.add(self.cases, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(COLUMN_GAP)
        columns.addWidget(self.left, 50)
        columns.addWidget(self.right, 50)
        self.figures.chosen.connect(self._open)
        self.figures.opened.connect(lambda _key: self.cases.setFocus())
        self.cases.opened.connect(lambda key: self.case_wanted.emit(key) if isinstance(key, str) else None)

    def read(self) -> None:
        self.operations.ask(self, supervision.sections, self.show_sections, key="supervision")

    def retranslate(self) -> None:
        self.show_sections(self.shown)

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        self.shown = sections
        self.figures.setAccessibleName(_("What nobody followed"))
        self.cases.setAccessibleName(_("Case files behind the number"))
        kept = self.figures.chosen_key()
        rows: list[RowSpec] = []
        for section in sections:
            title = _(TITLES[section.key]).format(days=DAYS.get(section.key, 0))
            rows.append(RowSpec(section.key, title, heading=True, note=translator().number(section.total)))
            rows += [self._row(figure) for figure in section.figures]
            if not section.figures:
                rows.append(RowSpec(None, _("None")))
        self.figures.set_rows(rows, choose=kept)
        if self.figures.chosen_key() is None and len(rows) > 1:
            self.figures.choose_row(1)

    def _row(self, figure: Figure) -> RowSpec:
        count = MarkSpec(translator().number(figure.count), "neutral", strong=True)
        return RowSpec(figure, self._label(figure), marks=(count,), chevron=True)

    def _label(self, figure: Figure) -> str:
        group = figure.group
        match figure.section:
            case Key.OVERDUE_WEEKS:
                return _(WEEKS.get(group, group))
            case Key.OVERDUE_OFFICERS:
                return words.officer(group, self.own())
            case Key.UNMET:
                return coded(UnmetReason, group)
            case Key.REJECTED if group:
                return coded(Rejection, group)
            case Key.NO_PLACEMENT:
                return coded(Outcome, group)
            case Key.NO_CONTACT:
                return _("Case files")
            case _:
                return group or (_("No reason noted") if figure.section is Key.REJECTED else _("Institution not known"))

    def _open(self, key: object) -> None:
        if not isinstance(key, Figure):
            self._show_cases(None, ())
            return
        self.operations.ask(
            self,
            lambda office: supervision.cases(office, key),
            lambda cases: self._show_cases(key, cases),
            key="supervision-cases",
        )

    def _show_cases(self, figure: Figure | None, cases: tuple[CaseLine, ...]) -> None:
        self.right.set_title(self._label(figure) if figure else "", figure.count if figure else None)
        self.cases.set_source(len(cases), lambda number: case_row(cases[number], figure))


def case_row(line: CaseLine, figure: Figure | None) -> RowSpec:
    """Folio instead of the name of a restricted case, and since when it waits."""
    name = _("Case file {number}").format(number=line.number) if line.restricted else line.name or _("No name noted")
    told = coded(NeedKind, line.words) if figure and figure.section is Key.UNMET else line.words
    marks = [MarkSpec(translator().ago(line.day, clock.today()), "hint", "clock")]
    if line.restricted:
        marks.insert(0, words.restricted_mark())
    return RowSpec(line.case, name, told, marks=tuple(marks), chevron=True)


def coded(kind: type[UnmetReason | Outcome | NeedKind | Rejection], code: str) -> str:
    """A code of a table in words; one of a newer program as it stands."""
    return _(kind(code).label) if code in {member.value for member in kind} else code
