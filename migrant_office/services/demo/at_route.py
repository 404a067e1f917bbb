"""What happens on the Ruta of an invented person: a few questions answered, now and then a verdict changed."""

from __future__ import annotations

from random import Random

from migrant_office.models.eligibility.asking import Asking
from migrant_office.models.eligibility.fields import NO, YES, Kind
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.services import route

LOOKED_AT, CHANGED = 0.15, 0.3  # share of visits that look at it, and of those the share with a changed verdict
ANSWERED = 2
ANSWERS = (YES, YES, YES, NO, NO, Missing.UNKNOWN.value)
REASON = "La institución lo confirmó por teléfono"


def look(office: Office, case: str) -> None:
    """Draws from the case alone, so that the rest of the invented life stays as it is."""
    rng = Random(case)  # noqa: S311 - an invented life
    if rng.random() >= LOOKED_AT:
        return
    shown = route.read_route(office, case)
    asks = {asking.field.name: asking for service in shown.services for asking in service.asks}
    for asking in [asks[name] for name in sorted(asks) if is_plain(asks[name])][:ANSWERED]:
        route.answer_fact(office, case, asking.field.name, rng.choice(ANSWERS))
    unsure = [service for service in shown.services if service.code is VerdictCode.CONFIRM]
    if unsure and rng.random() < CHANGED:
        route.change_verdict(office, case, rng.choice(unsure).line.id, VerdictCode.MEETS, REASON)


def is_plain(asking: Asking) -> bool:
    """A question answered with yes or no that touches nothing delicate."""
    return asking.question is not None and asking.field.kind is Kind.YES_NO and not asking.sensitive
