"""Which service begins and completes what is being filled: an intake, or a survey of somebody who is known."""

from __future__ import annotations

from typing import Any

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.office import Office
from migrant_office.models.survey import Manner
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.operation import Done
from migrant_office.services import intake, surveys
from migrant_office.services.intake.drafts import Resumed
from migrant_office.ui.page import IntakeWish


def begin(office: Office, wish: Draft | IntakeWish | None) -> tuple[Draft, Resumed]:
    """A new form, or a draft that goes on. Raises as `intake.begin` and `surveys.begin`."""
    if isinstance(wish, Draft):
        return wish, intake.resumed(office, wish)
    asked = wish or IntakeWish()
    if asked.about is not None:
        draft, filling, beside = surveys.begin(office, asked.case, asked.about, asked.manner)
        return draft, Resumed(filling, beside)
    draft, filling = intake.begin(office, asked.form, asked.case)
    return draft, Resumed(filling, {intake.TICKET: asked.ticket} if asked.ticket else {})


def complete(office: Office, draft: Draft, filling: FormFilling, beside: dict[str, Any]) -> tuple[Done, str]:
    """Keep what was answered: one operation. Raises as the service does."""
    done = surveys.complete if surveys.takes(draft) else intake.complete
    return done(office, draft, filling, beside)


def turned(draft: Draft | None, beside: dict[str, Any]) -> None:
    """The person answers alone, on the screen that was turned to her."""
    if draft is not None and surveys.takes(draft):
        beside[surveys.ABOUT] = {**beside.get(surveys.ABOUT, {}), "manner": Manner.SELF.value}
