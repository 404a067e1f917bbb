"""The restricted compartment of a case: no table, no search, no list; its own key.

No coded violence, torture or offence is kept here or anywhere: a municipal desk refers in confidence, without details.
"""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, Merging, Sensitivity, flags, noun, scalar

SENSITIVE = Sensitivity.SENSITIVE


class Sign(Coded):
    """Why the rapid path was opened, as coarse as its steps need ([002:1085], [002:1315])."""

    GENDER_VIOLENCE = "gender_violence", N_("May be living with gender-based violence")
    CHILD_ALONE = "child_alone", N_("Child or adolescent without a caring adult")
    CHILD_AT_RISK = "child_at_risk", N_("Child or adolescent at risk")
    EXPLOITATION = "exploitation", N_("May be exploited or trafficked")
    DANGER = "danger", N_("Fears for life or safety")


@noun("protection", Home.RESTRICTED, subject=True)
class Protection:
    """Made with every case, empty or not, so that its presence tells nothing. `orientation` and `entry` (how somebody
    entered the country) are told in private or not at all; they are codes of the city's intake form.
    """

    id: str
    kept: bool = scalar(default=False, merging=Merging.ANY)
    told: str = scalar(default="", column=False, merging=Merging.FILLED, sensitivity=SENSITIVE)
    signs: frozenset[Sign] = flags(default=frozenset(), merging=Merging.ANY, sensitivity=SENSITIVE)
    opened: date | None = scalar(default=None, merging=Merging.PATH)
    closed: date | None = scalar(default=None, merging=Merging.PATH)
    orientation: str = scalar(default="", merging=Merging.FILLED, sensitivity=SENSITIVE)
    orientation_words: str = scalar(default="", merging=Merging.FILLED, sensitivity=SENSITIVE)
    entry: str = scalar(default="", merging=Merging.FILLED, sensitivity=SENSITIVE)


@noun("story", Home.RESTRICTED, once=True)
class Story:
    """What somebody told once and must never be asked again ([002:374]). Corrected by another entry."""

    id: str
    made: date = scalar()
    officer: str = scalar(default="")
    words: str = scalar(default="", sensitivity=SENSITIVE)


@noun("rapid_step", Home.RESTRICTED, once=True)
class RapidStep:
    """One step of the rapid path that was taken, by its code in the city's checklist."""

    id: str
    step: str = scalar()
    made: date = scalar()
    officer: str = scalar(default="")
    note: str = scalar(default="", sensitivity=SENSITIVE)


@noun("private_answer", Home.RESTRICTED, once=True)
class PrivateAnswer:
    """An answer to a sensitive question that has no field of its own; as `Answer`, but in the compartment."""

    id: str
    record: str = scalar(follows=True)
    question: str = scalar()
    value: str = scalar(default="", sensitivity=SENSITIVE)
    text: str = scalar(default="", sensitivity=SENSITIVE)
    words: str = scalar(default="", sensitivity=SENSITIVE)
    label: str = scalar(default="")
    made: date | None = scalar(default=None)
