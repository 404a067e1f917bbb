"""What people said of a service, or that they did not answer: surveys, satisfaction, and checks of knowledge.

Answers to the questions themselves are those of the filled form (`FormRecord`, `Answer`); here is what is counted.
"""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar

COUNTED = Sensitivity.COUNTED


class SurveyKind(Coded):
    """What is asked: satisfaction (indicators 1.2.D, 1.2.E, 1.4.B), the follow-ups of Anexos 2j and 2i of the
    evaluation ([002:2886], [002:2696]), that of a job, and a check before or after a session (2.2.a to 2.2.c).
    """

    SATISFACTION = "satisfaction", N_("Satisfaction")
    CERTIFICATION = "certification", N_("Follow-up of the certification")
    ENTREPRENEURSHIP = "entrepreneurship", N_("Follow-up of the course")
    EMPLOYMENT = "employment", N_("Follow-up of the job")
    CHECK = "check", N_("Three questions")


class ServiceArea(Coded):
    """The services whose satisfaction the results framework reports, each with its indicator."""

    INTERMEDIATION = "intermediation", N_("Help to find work")  # 1.2.D
    EMPLOYABILITY = "employability", N_("Certification and courses")  # 1.2.E
    ENTREPRENEURSHIP = "entrepreneurship", N_("Help for own business")  # 1.4.B
    OTHER = "other", N_("Other services")


class Answered(Coded):
    """What came of asking. Without the two others a share says nothing: of the evaluation's surveys 24 to 51 % were
    answered ([002:760]).
    """

    ANSWERED = "answered", N_("Answered")
    REFUSED = "refused", N_("Did not want to answer")
    NOT_REACHED = "not_reached", N_("Could not be reached")


class Manner(Coded):
    DESK = "desk", N_("At the desk")
    PHONE = "phone", N_("By telephone")
    SELF = "self", N_("Alone, on the turned screen")


class Scale(Coded):
    """The evaluation's scale of five ([002:1030]); the top two are satisfied."""

    VERY_HIGH = "very_high", N_("Very high satisfaction")
    HIGH = "high", N_("High satisfaction")
    MEDIUM = "medium", N_("Medium satisfaction")
    LOW = "low", N_("Low satisfaction")
    VERY_LOW = "very_low", N_("Very low satisfaction")

    @property
    def is_satisfied(self) -> bool:
        return self in SATISFIED


SATISFIED = frozenset({Scale.VERY_HIGH, Scale.HIGH})


class Topic(Coded):
    """What a session was about. The framework prints the second as "comercio", a slip for trade unions ([002:1935],
    [002:1892]).
    """

    LABOUR_RIGHTS = "labour_rights", N_("Labour rights")  # 2.2.a
    UNIONS = "unions", N_("Trade unions")  # 2.2.b
    MIGRATION_LAW = "migration_law", N_("Migration law")  # 2.2.c
    ENTREPRENEURSHIP = "entrepreneurship", N_("Entrepreneurship")


@noun("survey", Home.CASE, once=True)
class Survey:
    """One asking, answered or not. `record` is the filled form, `about` the referral (or the step of a pathway) that it
    asks about, `part` which of several times: "90" and "180" days after, "before" and "after" a session.
    """

    id: str
    kind: SurveyKind = scalar(index=True, sensitivity=COUNTED)
    answered: Answered = scalar(sensitivity=COUNTED)
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    manner: Manner | None = scalar(default=None, sensitivity=COUNTED)
    part: str = scalar(default="", sensitivity=COUNTED)
    service: str = scalar(default="", sensitivity=COUNTED)
    area: ServiceArea | None = scalar(default=None, sensitivity=COUNTED)
    topic: Topic | None = scalar(default=None, sensitivity=COUNTED)
    about: str = scalar(default="", index=True, follows=True)
    record: str = scalar(default="", follows=True)
    officer: str = scalar(default="")


@noun("satisfaction", Home.CASE, once=True)
class Satisfaction:
    """How satisfied somebody was with a service; a reason instead of a degree is an answer that is not valid, and is
    shown as such. Why, in the person's words, is an answer of the form.
    """

    id: str
    survey: str = scalar(index=True, follows=True)
    scale: Scale | Missing = scalar(sensitivity=COUNTED)
    area: ServiceArea = scalar(sensitivity=COUNTED)
    service: str = scalar(default="", sensitivity=COUNTED)
    recorded: date = scalar(index=True, sensitivity=COUNTED)


@noun("knowledge_check", Home.CASE)
class KnowledgeCheck:
    """How many of the questions on a topic were right before and after a session on a day; None is not asked.

    Knowledge improved when more were right after it than before. `recorded` is the day of the later of the two.
    """

    id: str
    topic: Topic | None = scalar(default=None, sensitivity=COUNTED)
    session: date | None = scalar(default=None, sensitivity=COUNTED)
    asked: int = scalar(default=0, sensitivity=COUNTED)
    pre: int | None = scalar(default=None, sensitivity=COUNTED)
    post: int | None = scalar(default=None, sensitivity=COUNTED)
    recorded: date | None = scalar(default=None, index=True, sensitivity=COUNTED)
