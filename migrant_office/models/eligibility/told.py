"""What is kept in a case besides the intake: a fact that only a rule asks for, and a verdict an officer changed."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar


class VerdictCode(Coded):
    """The four answers of the Ruta ([002:518]). *Does not meet* is said of a service's condition, never of a person."""

    MEETS = "meets", N_("Meets the conditions")
    MISSING = "missing", N_("Document missing")
    CONFIRM = "confirm", N_("To be confirmed")
    NOT_MET = "not_met", N_("Does not meet")


@noun("told_fact", Home.CASE, once=True)
class ToldFact:
    """The answer to a question of the rules: `fact` names it, `answer` is a code or the sign of a missing answer. The
    latest counts. Some are of health (pregnancy): never a column, never counted.
    """

    id: str
    fact: str = scalar(column=False, sensitivity=Sensitivity.SENSITIVE)
    answer: str = scalar(column=False, sensitivity=Sensitivity.SENSITIVE)
    made: date = scalar()
    officer: str = scalar(default="", column=False)


@noun("verdict_change", Home.CASE, once=True)
class VerdictChange:
    """An officer's own verdict on a service, shown beside the rule's; `verdict` None takes an earlier one back."""

    id: str
    service: str = scalar(index=True)
    verdict: VerdictCode | None = scalar(default=None)
    reason: str = scalar(default="", column=False)
    officer: str = scalar(default="")
    made: date = scalar()
