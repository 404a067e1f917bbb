"""Codes of age, gender and diversity (AGD) and of daily life, as the intake asks them. Every one may go unanswered."""

from __future__ import annotations

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded


class SpanishLevel(Coded):
    """How well somebody reads, writes or speaks Spanish, as the programme's survey asks it ([002:2755])."""

    VERY_HIGH = "very_high", N_("Very high")
    HIGH = "high", N_("High")
    MEDIUM = "medium", N_("Medium")
    LOW = "low", N_("Low")
    VERY_LOW = "very_low", N_("Very low")


class Difficulty(Coded):
    """The four answers of the Washington Group Short Set; codes as humanitarian tools write them."""

    NONE = "no_difficulty", N_("No difficulty")
    SOME = "some_difficulty", N_("Some difficulty")
    A_LOT = "lot_of_difficulty", N_("A lot of difficulty")
    CANNOT = "cannot_do", N_("Cannot do it at all")


HARD = frozenset({Difficulty.A_LOT, Difficulty.CANNOT})
"""The group's own cut-off for comparing: one such answer in any of the six questions."""


class Care(Coded):
    """Whom somebody looks after: care without childcare keeps people from courses and work ([002:1087], [002:1369])."""

    CHILDREN = "children", N_("Children or adolescents")
    OLDER = "older", N_("Older people")
    DISABILITY = "disability", N_("Somebody with a disability")
    ILL = "ill", N_("Somebody who is ill")


class Internet(Coded):
    """Connection failures were a reason to leave a course ([002:1369])."""

    ALWAYS = "always", N_("Whenever it is needed")
    SOMETIMES = "sometimes", N_("Sometimes, or with prepaid data")
    BORROWED = "borrowed", N_("On somebody else's telephone")
    NONE = "none", N_("No internet")


class Barrier(Coded):
    """What keeps somebody from work or a course, in the words of the evaluation ([002:409], [002:759], [002:790],
    [002:799], [002:1087], [002:1369]).
    """

    NO_PAPERS = "no_papers", N_("No migration papers")
    VISA_WAIT = "visa_wait", N_("Long wait for a visa or residence")
    NO_CONTACTS = "no_contacts", N_("Knows nobody who could recommend")
    EMPLOYER_DOUBT = "employer_doubt", N_("Employers doubt that the person will stay")
    EMPLOYER_UNAWARE = "employer_unaware", N_("Employers do not know which paper allows work")
    DEGREES = "degrees", N_("Degrees are not recognised")
    NO_PROOF = "no_proof", N_("No proof of earlier work")
    FINANCE = "finance", N_("No access to banks or credit")
    NO_CHILDCARE = "no_childcare", N_("No childcare")
    CARE = "care", N_("Has to care for a relative")
    SCHEDULE = "schedule", N_("Work or timetable leaves no time")
    TRANSPORT = "transport", N_("The fare costs too much")
    INTERNET = "internet", N_("The internet connection fails")
    HEALTH = "health", N_("Illness")
    OTHER = "other", N_("Other")
