"""What a city's rules answer to a few facts; shared by the tests of the rules."""

from __future__ import annotations

from typing import Any

from migrant_office.models.city import load_city
from migrant_office.models.eligibility.facts import Facts
from migrant_office.models.eligibility.judging import Judge, Verdict
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.eligibility.told import VerdictCode

MEETS, MISSING, CONFIRM, NOT_MET = VerdictCode
SHORT = {"C": MEETS, "F": MISSING, "P": CONFIRM, "N": NOT_MET}


def city_of(code: str) -> str:
    return "santiago" if code.startswith(("scl-", "cl-", "body-cl")) else "cdmx"


def known(**facts: Any) -> dict[str, Any]:
    """Facts by name; `has_run_card="has"` is where a paper stands, `cares_for` a set."""
    return {(f"document:{n[4:]}" if n.startswith("has_") and n != "has_debts" else n): v for n, v in facts.items()}


def verdict(service: str, **facts: Any) -> Verdict:
    book = city_rules(city_of(service))
    return Judge(book, Facts(known(**facts))).verdict(service)


def truth(code: str, **facts: Any) -> bool | None:
    """Whether the conditions of one rule hold."""
    return Judge(city_rules(city_of(code)), Facts(known(**facts))).truth(f"rule:{code}")


def every_city() -> list[str]:
    return [load_city(city).id for city in ("santiago", "cdmx")]
