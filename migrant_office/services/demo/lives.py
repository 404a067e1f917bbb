"""How an invented person lives: what she holds, does, hopes for and agrees to."""

from __future__ import annotations

from itertools import islice

from migrant_office.models.missing import Missing
from migrant_office.models.person import Situation
from migrant_office.services.demo.asking import GROWN_UP, Answers, Asking

FUNCTIONING = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
MOBILITY = ("category", "status", "papers_help", "registry", "intention")
CONSENT = ("consent_contact", "consent_share_public", "consent_share_private", "consent_sensitive")
HELPS = ("work_help", "certification_profile", "evidence", "business_help")
OWN_PAPERS = {"passport", "national_id", "birth_certificate", "degree"}
MOST_PAPERS = 4  # nobody lists more at a desk
ENDLESS = {"degree", "birth_certificate", "work_certificate", "curp"}
NUMBERED = {"has", "in_process", "expired"}


def diversity(asking: Asking) -> Answers:
    """What is told in private or not at all; the six questions on functioning are asked together or not."""
    answers: Answers = {question: asking.one(question) for question in ("orientation", "indigenous")}
    asked = asking.or_missing("functioning", "")
    return answers | {question: asked or asking.people.answers[question](asking.rng) for question in FUNCTIONING}


def mobility(asking: Asking) -> Answers:
    """When, why and as what somebody is here."""
    months = asking.span(asking.people.arrived)
    index = asking.today.year * 12 + asking.today.month - 1 - months
    year_only = asking.percent(asking.people.shares["year_only"])
    arrived = f"{index // 12}" if year_only else f"{index // 12}-{index % 12 + 1:02d}"
    asked = (*MOBILITY, *(("entry",) if "entry" in asking.people.answers else ()))
    return {
        "arrived": asking.or_missing("arrived", arrived),
        "reasons": asking.several("reasons"),
        **{question: asking.one(question) for question in asked},
    }


def helps(asking: Asking) -> Answers:
    """What would help, asked of those who look for work, a certificate or a business."""
    return {question: asking.several(question) for question in HELPS}


def papers(asking: Asking, nationality: str) -> tuple[Answers, ...]:
    """The papers told, with the day each ends; numbers read as invented."""
    drawn = ((kind, state(asking.rng)) for kind, state in asking.people.papers.items())
    return tuple(
        paper(asking, kind, state, nationality) for kind, state in islice((p for p in drawn if p[1]), MOST_PAPERS)
    )


def paper(asking: Asking, kind: str, state: str, nationality: str) -> Answers:
    answers: Answers = {"document_kind": kind, "document_state": state}
    number = asking.rng.randrange(100_000)
    if state in NUMBERED and kind in ("passport", "national_id"):
        answers["document_number"] = f"DEMO{number:05d}"
    if kind in OWN_PAPERS:
        answers["document_country"] = nationality
    if kind not in ENDLESS:
        if state == "has":
            answers["document_expires"] = asking.day(asking.span(asking.people.ends))
        elif state == "expired":
            answers["document_expires"] = asking.day(-asking.span(asking.people.ended))
    return answers


def trades(asking: Asking, sex: str, nationality: str, age: int) -> tuple[Answers, ...]:
    """What somebody has worked in, with its group and whether a paper shows it."""
    people, rng = asking.people, asking.rng
    found: dict[str, Answers] = {}
    for _ in range(people.how_many_trades(rng)):
        group = people.trades(rng)
        words = people.trade_words[sex][group](rng)
        years = min(asking.span(people.years_in_trade), max(age - GROWN_UP, 1))
        found[words] = {
            "experience_words": words,
            "experience_group": asking.or_missing("experience_group", group),
            "experience_years": asking.or_missing("experience_years", str(years)),
            "experience_provable": asking.or_missing("provable", "yes" if asking.percent(people.provable) else "no"),
        }
        if asking.percent(people.abroad):
            found[words]["experience_country"] = nationality
    return tuple(found.values()) if age >= GROWN_UP else ()


def work_and_home(asking: Asking, kind: str, age: int, worked: tuple[Answers, ...]) -> Answers:
    """Schooling, children, what the person does; of the very young, only what makes sense to ask."""
    people, rng = asking.people, asking.rng
    children = asking.or_missing("children", str(people.children[kind](rng)))
    now = people.situation["before" if kind == "course" else "desk"](rng)
    answers: Answers = {
        "schooling": asking.or_missing("schooling", people.schooling[kind](rng).value),
        "recognition": asking.one("recognition"),
        "children": children,
        "cares_for": asking.several("cares_for"),
        "childcare": asking.or_missing("childcare", "yes" if asking.percent(people.shares["childcare"]) else "no"),
        "situation": asking.or_missing("situation", now.value),
        "work_kind": asking.one("work_kind"),
        "internet": asking.one("internet"),
        "barriers": asking.several("barriers"),
        "occupation": worked[0]["experience_words"] if worked else "",
    }
    if age < GROWN_UP:
        return {"schooling": "primary", "situation": Situation.STUDYING.value, "internet": answers["internet"]}
    if worked and now is Situation.LOOKING:
        group = worked[0]["experience_group"]
        answers |= {"sought": worked[0]["experience_words"], "sought_group": group}
    if not isinstance(children, Missing) and int(children) > 0:
        cares = answers["cares_for"]
        answers["cares_for"] = ("children", *(() if isinstance(cares, Missing) else cares or ()))
    return answers


def consent(asking: Asking, age: int, surname: str) -> Answers:
    """What is agreed to; for a minor, by somebody who answers for her."""
    answers: Answers = {question: asking.one(question) for question in CONSENT}
    answers["consent_manner"] = asking.people.answers["consent_manner"](asking.rng)
    by = (
        {"consent_by": "guardian", "consent_guardian": f"María {surname}"} if age < GROWN_UP else {"consent_by": "self"}
    )
    return answers | by
