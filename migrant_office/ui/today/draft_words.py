"""What Hoy says of an unfinished draft: which form, whose, how complete, when and by whom."""

from __future__ import annotations

from datetime import datetime

from migrant_office import clock
from migrant_office.i18n import N_, _, translator
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake
from migrant_office.services.office_forms import SURVEYS
from migrant_office.ui import words

TITLES = {  # of a draft with a name, and without
    intake.INTAKE: (N_("Intake of {name}"), N_("Intake without a name")),
    intake.QUICK: (N_("Quick registration of {name}"), N_("Quick registration without a name")),
    intake.FAMILY: (N_("Family of {name}"), N_("Family without a name")),
    intake.COMPLETION: (N_("Complete the intake of {name}"), N_("Complete an intake")),
}


def draft_title(draft: Draft) -> str:
    if draft.form in SURVEYS:
        return words.survey_title(draft.form, draft.title)
    named, unnamed = TITLES.get(draft.form, TITLES[intake.INTAKE])
    return _(named).format(name=draft.title) if draft.title else _(unnamed)


def draft_hint(draft: Draft, own: str = "") -> str:
    """How complete it is, when it was saved, and by whom; `own` is whoever reads."""
    whole = _("{answered} of {count}").format(answered=draft.answered, count=draft.asked) if draft.asked else ""
    by = words.officer(draft.officer, own) if draft.officer else ""
    return "  ·  ".join(part for part in (whole, saved_at(draft), by) if part)


def saved_at(draft: Draft) -> str:
    moment = clock.local(datetime.fromisoformat(draft.saved_at))
    return _("{day} at {time}").format(
        day=translator().ago(moment.date(), clock.today()), time=translator().time(moment.time())
    )
