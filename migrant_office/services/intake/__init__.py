"""Intake: which forms the office fills, drafts that save themselves, and the case files they open or complete."""

from migrant_office.services.intake.completing import ATTACHMENTS, TICKET, complete
from migrant_office.services.intake.drafts import (
    begin,
    discard,
    new_draft,
    refuse_completed,
    resume,
    resumed,
    save_draft,
    waiting,
)
from migrant_office.services.intake.recognising import facts_told, go_on_with, judged, members_told, with_judgement
from migrant_office.services.intake.record import need_from, person_from
from migrant_office.services.office_forms import COMPLETION, FAMILY, INTAKE, QUICK, intake_form

__all__ = [
    "ATTACHMENTS",
    "COMPLETION",
    "FAMILY",
    "INTAKE",
    "QUICK",
    "TICKET",
    "begin",
    "complete",
    "discard",
    "facts_told",
    "go_on_with",
    "intake_form",
    "judged",
    "members_told",
    "need_from",
    "new_draft",
    "person_from",
    "refuse_completed",
    "resume",
    "resumed",
    "save_draft",
    "waiting",
    "with_judgement",
]
