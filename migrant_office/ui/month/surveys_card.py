"""Encuestas del mes o del año: how many were satisfied, of how many valid answers, and who was silent."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.counts.month import Month
from migrant_office.models.survey import ServiceArea
from migrant_office.services import surveys
from migrant_office.services.surveys import Results
from migrant_office.ui import words
from migrant_office.ui.month.surveys_dialog import SurveysDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.bar_chart import Bar, BarChart
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.text import Text

INDICATORS = {
    ServiceArea.INTERMEDIATION: "1.2.D",
    ServiceArea.EMPLOYABILITY: "1.2.E",
    ServiceArea.ENTREPRENEURSHIP: "1.4.B",
}
EMPTY = N_("Nobody was asked in this time.")


class SurveysCard(Card):
    """Exact, for internal use, as the charts beside it. Reads by itself when it is shown another month."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.operations = operations
        self.month: Month | None = None
        self.whole_year = False
        self.results: Results | None = None
        self.chart = BarChart("", "", labels_above=True)
        self.silence, self.knowledge = Text("", "hint", "hint", wrap=True), Text("", "hint", "hint", wrap=True)
        self.span, self.more = Button("", "link"), Button("", "link")
        self.span.clicked.connect(self._turn)
        self.more.clicked.connect(self._open)
        foot = QHBoxLayout()
        foot.setSpacing(MEDIUM)
        foot.addWidget(self.more)
        foot.addWidget(self.span)
        foot.addStretch(1)
        self.add(self.chart, 1)
        self.add(self.silence)
        self.add(self.knowledge)
        self.body.addLayout(foot)

    def show_month(self, month: Month) -> None:
        self.month = month
        first, last = days_of(month, whole_year=self.whole_year)
        lang = translator().lang
        self.operations.ask(self, lambda office: surveys.results(office, first, last, lang), self._show, key="surveys")

    def _turn(self) -> None:
        self.whole_year = not self.whole_year
        if self.month:
            self.show_month(self.month)

    def _show(self, results: Results) -> None:
        self.results = results
        (whole,) = results.of("")
        self.chart.set_texts(finding(results), _("Satisfied of 100 valid answers"))
        bars = [
            Bar(
                area_label(one.code),
                one.share or 0,
                _("{satisfied} of {valid}").format(satisfied=one.satisfied, valid=one.valid),
            )
            for one in results.of("area")
            if one.valid
        ]
        self.chart.set_bars(bars)
        self.chart.setVisible(bool(whole.asked))
        self.silence.setText(silence(results))
        told = knowledge(results)
        self.knowledge.setText(told)
        self.knowledge.setVisible(bool(told))
        self.more.setText(_("See every answer"))
        self.more.setVisible(not results.is_empty)
        self.span.setText(_("Only this month") if self.whole_year else _("The whole year"))

    def _open(self) -> None:
        if self.results:
            SurveysDialog(self.results, period(self.results), self).open()


def days_of(month: Month, *, whole_year: bool) -> tuple[date, date]:
    if whole_year:
        return date(month.year, 1, 1), date(month.year, 12, 31)
    return month.first, month.last


def period(results: Results) -> str:
    """The month or the year that the figures are of."""
    if (results.first.month, results.last.month) == (1, 12):
        return str(results.first.year)
    return translator().month(results.first.year, results.first.month)


def area_label(code: str) -> str:
    """The kind of service, with the indicator that it is reported under."""
    if code not in set(ServiceArea):
        return words.coded(ServiceArea.OTHER)
    area = ServiceArea(code)
    return " ".join(part for part in (words.coded(area), INDICATORS.get(area, "")) if part)


def finding(results: Results) -> str:
    (whole,) = results.of("")
    if whole.share is None:
        return _("Surveys")
    return _("{share} % satisfied, in {period}").format(share=whole.share, period=period(results))


def silence(results: Results) -> str:
    """Who was asked and gave no valid answer: a share without it would say too much."""
    (whole,) = results.of("")
    if not whole.asked:
        return _(EMPTY)
    asked = ngettext("{count} asked", "{count} asked", whole.asked).format(count=whole.asked)
    told = [
        asked,
        _("{count} valid").format(count=whole.valid),
        _("{count} did not want to or did not know").format(count=whole.silent),
        _("{count} not reached").format(count=whole.not_reached),
    ]
    return "  ·  ".join(told)


def knowledge(results: Results) -> str:
    """Who knew more after a session, of those asked twice, topic by topic; "" without any."""
    found = [one for one in results.improved if not one.sex]
    return "  ·  ".join(
        _("{topic}: {improved} of {both} know more").format(
            topic=words.coded(one.topic), improved=one.improved, both=one.both
        )
        for one in found
    )
