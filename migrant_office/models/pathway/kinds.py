"""Codes of the three pathways: what can happen on each, and what is chosen after a result."""

from __future__ import annotations

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded


class PathwayKind(Coded):
    """Employment is the first priority, by two ways, employee or own business ([002:302], [002:318]); certification
    leads to both ([002:1336]).
    """

    CERTIFICATION = "certification", N_("Certification of skills")
    ENTREPRENEURSHIP = "entrepreneurship", N_("Own business")
    EMPLOYMENT = "employment", N_("Employment")


class Stage(Coded):
    """What can happen on a pathway: certification ([002:1336], [002:1327]), own business ([002:981], [002:1369], events
    by kind as indicator 1.4.A counts them [002:3558]), employment ([002:1348], [002:3372]).
    """

    PROFILE = "profile", N_("Profile chosen")
    ENROLLED = "enrolled", N_("Enrolled")
    ASSESSED = "assessed", N_("Assessed")
    RESULT = "result", N_("Result")
    ISSUED = "issued", N_("Certificate issued")
    DELIVERED = "delivered", N_("Certificate delivered")

    COMPLETED = "completed", N_("Course completed")
    COURSE_CERTIFICATE = "course_certificate", N_("Certificate of the course")
    TALK = "talk", N_("Talk")
    CAPITAL = "capital", N_("Seed capital")
    MENTORING = "mentoring", N_("Mentoring")
    FAIR = "fair", N_("Fair")
    MARKET = "market", N_("Market or online market")
    FORMALISED = "formalised", N_("Business formalised")

    JOB_PROFILE = "job_profile", N_("Job profile made")
    APPLICATION = "application", N_("Application")
    INTERVIEW = "interview", N_("Interview")
    HIRED = "hired", N_("Hired")
    STAYED = "stayed", N_("After three months")
    LEFT = "left", N_("Left the job")

    DECIDED = "decided", N_("What comes next")
    DROPPED_OUT = "dropped_out", N_("Did not finish")
    MISTAKE = "mistake", N_("Written by mistake")


class Result(Coded):
    """Of an assessment; 14 of 100 who finished did not know theirs ([002:1336])."""

    COMPETENT = "competent", N_("Competent")
    NOT_YET = "not_yet_competent", N_("Not yet competent")
    PENDING = "result_pending", N_("Result pending")


class Placement(Coded):
    """Whether somebody competent goes on to placement, which is asked for all of them ([002:1348], [002:1631]); else
    why not. The reasons follow the situations and barriers the evaluation names ([002:409], [002:1087], [002:1360]).
    """

    MADE = "made", N_("Placement begins now")
    WORKS = "works", N_("Already works in it")
    STUDIES = "studies", N_("Goes on studying first")
    CARE = "care", N_("Cares for somebody now")
    HEALTH = "health", N_("Health")
    PAPERS = "papers", N_("Has no paper that allows work")
    NO_OFFER = "no_offer", N_("There is no placement service now")
    NOT_WANTED = "not_wanted", N_("Does not want it")
    OTHER = "other", N_("Other")


class AfterNotYet(Coded):
    """What comes after *aún no competente*: nobody is left without a next step ([002:396], [002:1631])."""

    REINFORCE = "reinforce", N_("Reinforce and be assessed again")
    OTHER_PROFILE = "other_profile", N_("Another profile")
    OTHER_SERVICE = "other_service", N_("Another service")
    GIVES_UP = "gives_up", N_("Does not go on")


class Stays(Coded):
    """Whether somebody hired is still there after three months."""

    YES = "yes", N_("Still works there")
    NO = "no", N_("No longer works there")
    UNKNOWN = "unknown", N_("It is not known")


class LeftWhy(Coded):
    """Why a job ended; codes of ours, for the evaluation asks for no such reason."""

    CONTRACT_ENDED = "contract_ended", N_("The contract ended")
    DISMISSED = "dismissed", N_("Was dismissed")
    CONDITIONS = "conditions", N_("Pay or conditions")
    BETTER_JOB = "better_job", N_("Found a better job")
    CARE = "care", N_("Caring for a relative")
    HEALTH = "health", N_("Health")
    PAPERS = "papers", N_("Papers")
    DISCRIMINATION = "discrimination", N_("Discrimination")
    MOVED = "moved", N_("Moved away")
    OTHER = "other", N_("Other")


class Ending(Coded):
    """Why a pathway is closed."""

    DONE = "done", N_("Everything is done")
    DROPPED_OUT = "dropped_out", N_("Did not finish")
    GAVE_UP = "gave_up", N_("Does not go on")
    NOT_TAKEN_UP = "not_taken_up", N_("Was not taken up")
    ELSEWHERE = "elsewhere", N_("Goes on elsewhere")
    MISTAKE = "mistake", N_("Written by mistake")


class Point(Coded):
    """When a situation of work was told: before migrating, when the person came, or later."""

    ORIGIN = "origin", N_("Before migrating")
    BASELINE = "baseline", N_("When the person came")
    FOLLOW_UP = "follow_up", N_("Later")


SUPPORTS: dict[Stage, str] = {
    Stage.ENROLLED: "course",
    Stage.TALK: "talk",
    Stage.CAPITAL: "seed_capital",
    Stage.MENTORING: "mentoring",
    Stage.FAIR: "fair",
    Stage.MARKET: "online_market",
}
"""Supports of an own business that indicator 1.4.A counts apart: the milestone, and the indicator's word for it."""
