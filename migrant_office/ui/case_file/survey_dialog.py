"""What somebody answered in one survey, question by question."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.models.case_file import CaseFile
from migrant_office.models.form_record import Answer
from migrant_office.models.missing import Missing
from migrant_office.models.survey import Survey
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.surveys import telling
from migrant_office.ui.widgets.facts import Fact, Facts
from migrant_office.ui.widgets.text import Text


class SurveyDialog(Dialog):
    """Reads; nothing can be changed here: a correction is another survey, or undo."""

    def __init__(self, survey: Survey, case: CaseFile, service: str, parent: QWidget | None = None) -> None:
        title = telling.title_of(survey.kind, survey.topic, survey.part)
        super().__init__(title, _("Close"), width=680, parent=parent)
        self.cancel.hide()
        head = "  ·  ".join(part for part in (service, telling.when(survey), words.coded(survey.answered)) if part)
        self.body.addWidget(Text(head, "hint", "hint", wrap=True))
        told = [Fact("message-2-question", answer.label, given(answer)) for answer in answers_of(survey, case)]
        if told:
            self.body.addWidget(Facts(title, told))
        else:
            self.body.addWidget(Text(_("There is no answer to show."), wrap=True))
        self.first = self.primary


def answers_of(survey: Survey, case: CaseFile) -> list[Answer]:
    return [answer for answer in case.answers if survey.record and answer.record == survey.record]


def given(answer: Answer) -> str:
    """An answer as it was shown, or why there is none."""
    if answer.value in set(Missing):
        return words.coded(Missing(answer.value))
    return answer.words or answer.text or answer.value
