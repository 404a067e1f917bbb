"""Surveys: what is due, asked at the desk or by telephone, kept with the case, and read for the month."""

from migrant_office.services.surveys.answering import (
    ABOUT,
    begin,
    complete,
    record_no_answer,
    satisfaction_form,
    satisfy,
    takes,
    the_question,
    the_reason,
)
from migrant_office.services.surveys.due import About, about_check, area_of, due_for, due_now, form_name
from migrant_office.services.surveys.results import Line, Results, results

__all__ = [
    "ABOUT",
    "About",
    "Line",
    "Results",
    "about_check",
    "area_of",
    "begin",
    "complete",
    "due_for",
    "due_now",
    "form_name",
    "record_no_answer",
    "results",
    "satisfaction_form",
    "satisfy",
    "takes",
    "the_question",
    "the_reason",
]
