"""Encuestas: what this person should be asked now, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.i18n import _
from migrant_office.models.case_file import CaseFile
from migrant_office.models.office import Office
from migrant_office.models.survey import ServiceArea, SurveyKind, Topic
from migrant_office.services import office_forms, surveys
from migrant_office.services.surveys import About
from migrant_office.ui import words
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.case_file.survey_dialog import SurveyDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.surveys import telling
from migrant_office.ui.surveys.ask_dialog import AskDialog
from migrant_office.ui.surveys.satisfaction_dialog import ask_satisfaction
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec

Services = Mapping[str, tuple[str, str]]
MOST_SHOWN = 6  # answered ones; the older are in what happened


class SurveysCard(RowsCard):
    """Due first, then answered. `intake_wanted` carries the form to open."""

    intake_wanted = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.case: CaseFile | None = None
        self.services: Services = {}
        self.due: tuple[About, ...] = ()
        self.opened.connect(self._open)
        self.add_wanted.connect(self._choose)

    def show_case(self, case: CaseFile, services: Services) -> None:
        self.case, self.services = case, services
        today = clock.today()
        self.due = surveys.due_for(case, today)
        rows = [self._due_row(about) for about in self.due]
        degrees = {one.survey: one for one in case.satisfactions}
        for survey in case.surveys[:MOST_SHOWN]:
            name = self._name(survey.service)
            hint = "  ·  ".join(part for part in (name, telling.when(survey)) if part)
            title = telling.title_of(survey.kind, survey.topic, survey.part)
            rows.append(RowSpec(survey.id, title, hint, marks=(telling.answered_mark(survey, degrees.get(survey.id)),)))
        self.show_rows(
            _("Surveys"),
            rows,
            empty=_("Asked once a service is over, and 90 and 180 days after."),
            add=_("Begin a survey"),
        )

    def _due_row(self, about: About) -> RowSpec:
        hint = "  ·  ".join(part for part in (self._name(about.service), telling.tried(about)) if part)
        return RowSpec(about.key, telling.title(about), hint, marks=(telling.due_mark(about, clock.today()),))

    def _name(self, service: str) -> str:
        return self.services.get(service, (service, ""))[0]

    def _open(self, key: object) -> None:
        if self.case is None:
            return
        about = next((one for one in self.due if one.key == key), None)
        if about is None:
            survey = next((one for one in self.case.surveys if one.id == key), None)
            if survey is not None:
                SurveyDialog(survey, self.case, self._name(survey.service), self).open()
        else:
            self.ask(about)

    def ask(self, about: About) -> None:
        """The one question at once, a form after saying how it is answered."""
        if self.case is None:
            return
        if about.kind is SurveyKind.SATISFACTION:
            name, contact = self._name(about.service), contact_mark(self.case)
            wanted = self.intake_wanted.emit
            ask_satisfaction(self.operations, self.case.person.id, about, name, self, contact=contact, turned=wanted)
            return
        self._ask_one_of((about,))

    def _choose(self) -> None:
        """What nobody has to wait for: a check of a session, how a job goes."""
        case = self.case
        if case is None:
            return

        def offered(office: Office) -> tuple[About, ...]:
            checks = [surveys.about_check(case, topic) for topic in Topic]
            job = About(kind=SurveyKind.EMPLOYMENT, area=ServiceArea.INTERMEDIATION)
            return tuple(a for a in (*checks, job) if office_forms.in_use(office, surveys.form_name(a)))

        self.operations.ask(self, offered, self._ask_one_of, key="surveys")

    def _ask_one_of(self, abouts: tuple[About, ...]) -> None:
        if self.case is None or not abouts:
            return
        dialog = AskDialog(self.operations, self.case.person.id, abouts, self, contact=contact_mark(self.case))
        dialog.wanted.connect(self.intake_wanted)
        dialog.open()


def contact_mark(case: CaseFile) -> MarkSpec | None:
    """How this person may be asked without harm."""
    return words.contact_refused_mark(case) or words.contact_rule_mark(case.person)
