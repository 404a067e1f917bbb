"""Every figure of the surveys of a month or a year, as lines: exact, not to be passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.i18n import N_, _, translator
from migrant_office.models.missing import Missing
from migrant_office.models.person import Sex
from migrant_office.models.survey import ServiceArea
from migrant_office.services.surveys import Results
from migrant_office.services.surveys.results import OTHERS, OVER_60, UNDER_30, UP_TO_60, Satisfied, Summary, percent
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.theme.metrics import LARGE, SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.text import Text

BY = {
    "area": N_("By kind of service"),
    "sex": N_("By sex"),
    "age": N_("By age"),
    "nationality": N_("By nationality"),
}
BANDS = {UNDER_30: N_("Under 30"), UP_TO_60: N_("30 to 60"), OVER_60: N_("61 and over")}


class SurveysDialog(Dialog):
    def __init__(self, results: Results, period: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Surveys, {period}").format(period=period), _("Close"), width=760, parent=parent)
        self.cancel.hide()
        self.body.addWidget(Banner("neutral", _("Exact figures: internal use, not to be passed on"), icon="eye-off"))
        self._responses(results)
        self._satisfied(results)
        self._improved(results)
        for kind, summaries in results.summaries.items():
            if summaries:
                self._heading(words.coded(kind))
                self._who(results.respondents[kind])
            for summary in summaries:
                self._question(summary)
        if results.is_empty:
            self.body.addWidget(Text(_("Nobody was asked in this time."), wrap=True))
        self.first = self.primary

    def _heading(self, text: str) -> None:
        self.body.addWidget(Text(text, "card", wrap=True))

    def _table(self, title: str, hint: str, rows: Sequence[tuple[str, ...]]) -> None:
        """A heading, what it is a share of, and lines of a name and its figures."""
        holder = QWidget()
        holder.setAccessibleName(". ".join([title, hint, *(": ".join(row) for row in rows)]))
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Text(title, "question", wrap=True), 0, 0, 1, 3)
        grid.addWidget(Text(hint, "hint", "hint", wrap=True), 1, 0, 1, 3)
        for number, row in enumerate(rows, 2):
            for column, text in enumerate(row):
                grid.addWidget(Text(text, "body" if column < 2 else "hint", wrap=not column), number, column)
        self.body.addWidget(holder)

    def _responses(self, results: Results) -> None:
        rows = [
            (
                words.coded(one.kind),
                _("{answered} of {asked}").format(answered=one.answered, asked=one.asked),
                _("{percent} % · {refused} refused · {gone} not reached").format(
                    percent=percent(one.answered, one.asked), refused=one.refused, gone=one.not_reached
                ),
            )
            for one in results.responses
        ]
        if rows:
            self._table(_("Who answered"), _("Of those who were asked; several tries count once"), rows)

    def _satisfied(self, results: Results) -> None:
        for by, title in BY.items():
            rows = [(label_of(by, one.code), share_of(one), silence_of(one)) for one in results.of(by) if one.asked]
            if rows:
                self._table(_("Satisfied") + " · " + _(title), _("Very high or high, of the valid answers"), rows)

    def _improved(self, results: Results) -> None:
        rows = [
            (
                words.coded(one.topic) + (" · " + label_of("sex", one.sex) if one.sex else ""),
                _("{improved} of {both}").format(improved=one.improved, both=one.both),
                _("{count} asked once only").format(count=one.once),
            )
            for one in results.improved
        ]
        if rows:
            self._table(_("Know more after the session"), _("Of those asked before and after it"), rows)

    def _who(self, told: Mapping[str, Mapping[str, int]]) -> None:
        for by in ("sex", "age", "nationality"):
            rows = [(label_of(by, code), translator().number(n), "") for code, n in told.get(by, {}).items()]
            if rows:
                self._table(_("Who they are") + " · " + _(BY[by]), "", rows)

    def _question(self, summary: Summary) -> None:
        rows = [
            (
                words_of(line.code, line.words),
                translator().number(line.people),
                f"{percent(line.people, summary.asked)} %",
            )
            for line in summary.lines
        ]
        hint = _("{asked} were asked, of {all} who answered the survey").format(
            asked=summary.asked, all=summary.answered
        )
        self._table(summary.label, hint, rows)


def words_of(code: str, shown: str) -> str:
    if code in set(Missing):
        return words.coded(Missing(code))
    return shown or (code or _("Written in own words"))


def label_of(by: str, code: str) -> str:
    """A line of a group in words."""
    if code in set(Missing):
        return words.coded(Missing(code))
    if by == "age":
        return _(BANDS[code])
    if by == "nationality":
        return _("Other nationalities") if code == OTHERS else translator().country(code)
    kinds = {"area": ServiceArea, "sex": Sex}
    return words.coded(kinds[by](code)) if code in set(kinds[by]) else code


def share_of(one: Satisfied) -> str:
    if one.share is None:
        return _("no valid answer")
    return _("{share} % ({satisfied} of {valid})").format(share=one.share, satisfied=one.satisfied, valid=one.valid)


def silence_of(one: Satisfied) -> str:
    return _("{silent} silent · {gone} not reached").format(silent=one.silent, gone=one.not_reached)
