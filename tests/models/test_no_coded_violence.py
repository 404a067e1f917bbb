"""No code and no choice of a form says what violence somebody lived, what was done to her, or what she is accused of.

A municipal desk refers in confidence (docs/decisions and `models/restricted.py`); the signs of the rapid path are as
coarse as its steps need, and are the only exception.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import migrant_office.models
from migrant_office import paths
from migrant_office.models.city import cities
from migrant_office.models.coded import Coded
from migrant_office.models.forms.library import city_form
from migrant_office.models.restricted import Sign

FAMILIES = {
    "violence": r"violen|vyolans|agres|golpe|abus|abizad|maltrat|assault|beaten|feminicid|honou?r kill",
    "sexual": r"\brape|violaci[oó]n|sexual (violence|abuse|exploit)|survival sex|prostitu|genital|\bfgm\b|kadejak",
    "torture": r"tortur|tòti",
    "trafficking": r"traffick|\btrata\b|trafik|slave|esclav",
    "offence": r"criminal|delito|delinc|offen[cs]e|convict|condena|antecedente|perpetrator|agresor|prison|c[aá]rcel",
    "arms": r"combatant|combatiente|guerrill|\bgang|pandill|\bmara\b",
    "threat": r"threat to staff|amenaza al personal",
}
FORBIDDEN = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in FAMILIES.items()}


HARMLESS = {("reason", "insecurity"), ("document", "background_check")}
"""Why people left, as a census asks it of a country ([002:486]); a certificate that procedures ask for, with nothing of
what it says. Neither tells what anybody lived or did.
"""


def found(text: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text.replace("_", " "))]


def coded_enums() -> list[type[Coded]]:
    for module in pkgutil.walk_packages(migrant_office.models.__path__, "migrant_office.models."):
        importlib.import_module(module.name)
    kinds: list[type[Coded]] = []
    waiting = [Coded]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.__module__.startswith("migrant_office."):
                kinds.append(kind)
                waiting.append(kind)
    return kinds


def test_the_walk_meets_the_codes_of_the_office() -> None:
    assert {"Sex", "NeedKind", "Reason", "State", "Sign", "Op"} <= {kind.__name__ for kind in coded_enums()}


@pytest.mark.parametrize("kind", [k for k in coded_enums() if k is not Sign], ids=lambda kind: kind.__name__)
def test_no_code_tells_of_violence_torture_or_offences(kind: type[Coded]) -> None:
    for member in kind:
        assert found(f"{member.value} {member.label}") == [], member


def test_the_signs_stay_as_coarse_as_their_steps() -> None:
    assert [sign.value for sign in Sign] == [
        "gender_violence",
        "child_alone",
        "child_at_risk",
        "exploitation",
        "danger",
    ]
    for sign in Sign:
        assert set(found(f"{sign.value} {sign.label}")) <= {"violence", "trafficking"}
        assert sign.label.startswith(("May ", "Child ", "Fears ")), "a doubt or a fear, never a finding"


@pytest.mark.parametrize("city", cities())
def test_no_choice_of_a_form_tells_of_them(city: str) -> None:
    folder = paths.resources() / "forms" / city
    forms = sorted({path.stem for path in folder.glob("*.md")} | {path.stem for path in folder.glob("*.xlsx")})
    assert "intake" in forms
    met = 0
    allowed = HARMLESS | {("sign", sign.value) for sign in Sign}
    for name in forms:
        for choices in city_form(folder, name).lists.values():
            for choice in choices.choices:
                met += 1
                if (choices.name, choice.value) not in allowed:
                    assert found(f"{choice.value} {choice.label}") == [], (name, choice.value)
    assert met > 10


@pytest.mark.parametrize(
    "text",
    ["sexual_violence", "Víctima de tortura", "criminal_record", "Antecedentes penales", "Fue golpeada por", "FGM"],
)
def test_what_is_forbidden_is_found(text: str) -> None:
    assert found(text)
