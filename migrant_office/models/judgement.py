"""What an officer said of two case files that look like one person's."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.vault.nouns import Home, noun, scalar


class Verdict(Coded):
    """Not sure is an answer too: whoever looks next knows that somebody looked."""

    SAME = "same", N_("The same person")
    OTHER = "other", N_("Another person")
    UNSURE = "unsure", N_("Not sure")


@noun("judgement", Home.CASE)
class Judgement:
    """The id is that of the other case file; each of the two holds one. `reasons` are codes of what was alike then."""

    id: str
    verdict: Verdict | Missing = scalar(default=Missing.NOT_ASKED, index=True)
    made: date | None = scalar(default=None)
    officer: str = scalar(default="")
    points: float = scalar(default=0.0, column=False)
    reasons: tuple[str, ...] = scalar(default=(), column=False)


@noun("private_judgement", Home.RESTRICTED)
class PrivateJudgement:
    """As `Judgement`, where one of the two is a restricted case: nobody else may learn that it exists."""

    id: str
    verdict: Verdict | Missing = scalar(default=Missing.NOT_ASKED)
    made: date | None = scalar(default=None)
    officer: str = scalar(default="")
    points: float = scalar(default=0.0)
    reasons: tuple[str, ...] = scalar(default=())
