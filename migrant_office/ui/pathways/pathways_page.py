"""Trayectorias: who waits on the three pathways and for how long, and what came of them. For inside the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.office import Office
from migrant_office.models.pathway.kinds import PathwayKind, Result, Stage, Stays
from migrant_office.models.person import Sex, Situation
from migrant_office.models.referral import DropOut
from migrant_office.services import pathways
from migrant_office.services.pathways import reports
from migrant_office.services.pathways.reports import DropOuts, Funnel, Matrix, Row, Section, Supports
from migrant_office.ui import pathway_words, words
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import ScrolledPage
from migrant_office.ui.pathway_words import Profiles
from migrant_office.ui.pathways.figures import Figures, FiguresCard
from migrant_office.ui.theme.metrics import CARD_GAP, COLUMN_GAP
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.empty_state import EmptyState
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.text import Text

SHOWN = 8
YEAR = timedelta(days=365)
SUPPORT_WORDS = {
    "course": N_("Course"),
    "talk": Stage.TALK.label,
    "seed_capital": Stage.CAPITAL.label,
    "mentoring": Stage.MENTORING.label,
    "fair": Stage.FAIR.label,
    "online_market": Stage.MARKET.label,
}
LINES: dict[PathwayKind, tuple[Stage | Result, ...]] = {
    PathwayKind.CERTIFICATION: (
        *(Stage.ENROLLED, Stage.ASSESSED, Result.COMPETENT, Result.NOT_YET, Stage.ISSUED, Stage.DELIVERED),
    ),
    PathwayKind.ENTREPRENEURSHIP: (Stage.ENROLLED, Stage.COMPLETED, Stage.COURSE_CERTIFICATE, Stage.FORMALISED),
    PathwayKind.EMPLOYMENT: (Stage.JOB_PROFILE, Stage.APPLICATION, Stage.INTERVIEW, Stage.HIRED),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the lists that have somebody, and the figures of the last year."""

    sections: tuple[Section, ...]
    funnels: tuple[Funnel, ...]
    matrix: tuple[Matrix, ...]
    drop_outs: DropOuts
    supports: Supports
    stays: dict[Stays, int]
    profiles: Profiles


class PathwaysPage(ScrolledPage):
    """Lists at the left, figures at the right. A row opens its case."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.shown: Shown | None = None
        self.header = PageHeader("")
        self.back = Button("", "quiet", icon="arrow-left", shortcut="Alt+Left")
        self.back.clicked.connect(lambda: self.place_wanted.emit("month"))
        self.lists, self.figures = QVBoxLayout(), QVBoxLayout()
        self.cards: list[Card] = []
        self.row_widgets: list[ListRow] = []
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        for column, share in ((self.lists, 55), (self.figures, 45)):
            column.setSpacing(CARD_GAP)
            columns.addLayout(column, share)
        self.rows.addWidget(self.header)
        self.rows.addLayout(columns)
        self.rows.addStretch(1)
        self.first = self.back
        self.retranslate()

    def tools(self) -> Sequence[QWidget]:
        return (self.back,)

    def panels(self) -> Sequence[QWidget]:
        return (self.back, *self.row_widgets[:1])

    def watched(self) -> tuple[str, ...]:
        return ("pathway", "milestone", "labour_snapshot", "referral", "person")

    def read(self) -> None:
        self.operations.ask(self, read, self._show, key="pathways")

    def retranslate(self) -> None:
        self.back.setText(_("Back to the month"))
        self.header.set_texts(_("Pathways"), _("Who waits, and what came of it. These figures stay in the office."))
        if self.shown:
            self._show(self.shown)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self._clear()
        waiting = [section for section in shown.sections if section.count]
        for section in waiting:
            self._add_section(section, shown.profiles)
        if not waiting:
            card = Card()
            card.add(EmptyState(_("Nobody waits"), _("Results, certificates and jobs that wait are listed here."),
                                icon="circle-check"))  # fmt: skip
            self._add(self.lists, card)
        for told in figures(shown):
            made = FiguresCard()
            made.show_figures(told)
            self._add(self.figures, made)
        for column in (self.lists, self.figures):
            column.addStretch(1)

    def _clear(self) -> None:
        self.row_widgets = []
        for column in (self.lists, self.figures):
            while (item := column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        self.cards = []

    def _add(self, column: QVBoxLayout, card: Card) -> None:
        self.cards.append(card)
        column.addWidget(card)

    def _add_section(self, section: Section, profiles: Profiles) -> None:
        card = Card(_(section.title), count=section.count, flush=True)
        hint = Text(section_hint(section), "hint", "hint", wrap=True)
        hint.setContentsMargins(12, 0, 12, 0)
        card.add(hint)
        for row in section.rows[:SHOWN]:
            made = ListRow(row_of(row, section, profiles), RowStyle(dense=True))
            made.opened.connect(lambda key: self.case_wanted.emit(str(key)))
            self.row_widgets.append(made)
            card.add(made)
        if more := section.count - len(section.rows[:SHOWN]):
            rest = ngettext("{count} more", "{count} more", more).format(count=translator().number(more))
            told = Text(rest, "hint", "hint")
            told.setContentsMargins(12, 0, 12, 0)
            card.add(told)
        self._add(self.lists, card)


def read(office: Office) -> Shown:
    last = clock.today()
    first = last - YEAR
    return Shown(
        sections=reports.sections(office, limit=SHOWN),
        funnels=tuple(reports.funnel(office, kind, first, last) for kind in PathwayKind),
        matrix=tuple(reports.before_and_after(office, kind) for kind in PathwayKind),
        drop_outs=reports.drop_outs(office, first, last),
        supports=reports.supports(office, first, last),
        stays=reports.stays(office, first, last),
        profiles=pathways.profiles(office),
    )


# lists


def section_hint(section: Section) -> str:
    """What the list is, since when one stands on it, and the centres that keep most people waiting."""
    parts = [_(section.hint)]
    if section.days:
        since = ngettext("Since {count} day or longer.", "Since {count} days or longer.", section.days)
        parts.append(since.format(count=section.days))
    named = [f"{c.name or _('no centre noted')} ({c.count})" for c in section.centres[:3]]
    if len(section.centres) > 1:
        parts.append("; ".join(named) + ".")
    return " ".join(parts)


def row_of(row: Row, section: Section, profiles: Profiles) -> RowSpec:
    """Name or folio, what it is about, and how long it waits. A restricted case stands without a name."""
    days = row.days(clock.today())
    trade = pathway_words.profile_words(row.profile, profiles)
    told = [words.coded(row.kind) if section.key == "silent" else "", trade, row.centre]
    if row.placement and section.key == "unplaced":
        told.insert(0, words.coded(row.placement))
    late = days > 2 * max(section.days, 15)
    marks = [MarkSpec(pathway_words.waited(days), "warn" if late else "hint", "clock", strong=late)]
    if row.restricted:
        marks.insert(0, words.restricted_mark())
    return RowSpec(
        row.case,
        row.name or row.number,
        "  ·  ".join(part for part in told if part),
        marks=tuple(marks),
        anchor_icon=pathway_words.ICONS.get(row.kind, "route"),
    )


# figures


def figures(shown: Shown) -> list[Figures]:
    found = [funnel_figures(funnel) for funnel in shown.funnels]
    found.insert(2, support_figures(shown.supports))
    found += [stay_figures(shown.stays), drop_out_figures(shown.drop_outs)]
    found += [matrix_figures(matrix) for matrix in shown.matrix if matrix.persons]
    return [told for told in found if told.rows or told.title == _("Why courses were not finished")]


def funnel_figures(funnel: Funnel) -> Figures:
    rows = tuple(
        (words.coded(spot), (funnel.persons.get(spot, 0), funnel.women.get(spot, 0), funnel.target.get(spot, 0)))
        for spot in LINES[funnel.kind]
    )
    return Figures(
        words.coded(funnel.kind),
        _("Persons of the last twelve months. Target: migrants, refugees and asylum seekers."),
        (_("Persons"), _("Women"), _("Target")),
        rows if funnel.persons else (),
        "",
    )


def support_figures(supports: Supports) -> Figures:
    kinds = [kind for kind in SUPPORT_WORDS if supports.events.get(kind)]
    return Figures(
        _("Support for own businesses"),
        _("One person may have several: persons and events are told apart."),
        (_("Persons"), _("Events")),
        tuple((_(SUPPORT_WORDS[kind]), (supports.persons.get(kind, 0), supports.events[kind])) for kind in kinds),
        "",
    )


def stay_figures(stays: dict[Stays, int]) -> Figures:
    return Figures(
        _("Hired, after three months"),
        _("What was known of each person the last time somebody asked."),
        (_("Persons"),),
        tuple((words.coded(told), (stays[told],)) for told in Stays if told in stays),
        "",
    )


def drop_out_figures(drop_outs: DropOuts) -> Figures:
    cells = drop_outs.cells
    rows = tuple(
        (
            words.coded(reason),
            (cells.get((reason, Sex.WOMAN), 0), cells.get((reason, Sex.MAN), 0), drop_outs.total(reason)),
        )
        for reason in DropOut
        if drop_outs.total(reason)
    )
    return Figures(
        _("Why courses were not finished"),
        _("Persons of the last twelve months by reason; a person of two reasons stands twice."),
        (_("Women"), _("Men"), _("All")),
        rows,
        _("Nobody left a course in the last twelve months."),
    )


def matrix_figures(matrix: Matrix) -> Figures:
    """Marginals of the same persons; who moved from what to what stands in the data."""
    changed = sum(n for (before, after), n in matrix.cells.items() if before is not after)
    hint = ngettext(
        "{count} person told it at both times; {changed} changed.",
        "{count} persons told it at both times; {changed} changed.",
        matrix.persons,
    )
    return Figures(
        _("Before and after: {pathway}").format(pathway=words.coded(matrix.kind).lower()),
        hint.format(count=matrix.persons, changed=changed),
        (_("Before"), _("After")),
        tuple(
            (words.coded(s), (matrix.before(s), matrix.after(s)))
            for s in Situation
            if matrix.before(s) or matrix.after(s)
        ),
        "",
    )
