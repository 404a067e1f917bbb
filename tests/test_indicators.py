"""Every field that `docs/indicadores.md` names is stored, and may be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from migrant_office.models.everything import NOUNS_OF_AN_OFFICE
from migrant_office.models.office import Office, unlock
from migrant_office.models.pathway.kinds import Stage
from migrant_office.models.sheet_print import SheetKind
from migrant_office.models.vault.nouns import NOUNS, Noun, Sensitivity
from migrant_office.services import sheet_prints
from migrant_office.services.demo.making import make_demo
from tests.factories import CHEAP, PASSPHRASE

TEXT = (Path(__file__).parents[1] / "docs" / "indicadores.md").read_text("utf-8")
ROWS = [line.split("|") for line in TEXT.splitlines() if line.startswith("| ") and "`" in line]
CLASS_A = (*("1.2.A", "1.2.b", "1.2.C", "1.4.A", "1.2.D", "1.2.E", "1.4.B"), *("2.2.a", "2.2.b", "2.2.c", "2.2.E"))
BY_NAME: dict[str, Noun] = {NOUNS[cls].name: NOUNS[cls] for cls in NOUNS_OF_AN_OFFICE}
FIELDS = sorted({found for row in ROWS for found in re.findall(r"`(\w+\.\w+)`", row[3])})


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_a_column_that_may_be_counted(field: str) -> None:
    name, column = field.split(".")
    noun = BY_NAME[name]
    assert column in {*noun.columns, *noun.rules}, f"{field} is no column"
    assert noun.sensitivity[column] is Sensitivity.COUNTED


@pytest.mark.parametrize("code", CLASS_A)
def test_each_class_a_indicator_has_a_row(code: str) -> None:
    assert [row for row in ROWS if code in re.split(r"[,\s]+", row[1])]


def test_the_milestones_named_are_those_there_are() -> None:
    told = TEXT.split("## Qué quiere decir")[1].split("- `milestone.result`")[0]
    named = set(re.findall(r"`(\w+)`", told))
    assert named == {stage.value for stage in Stage} - {Stage.PROFILE.value, Stage.MISTAKE.value}


# every class A indicator is a number of stored fields

TARGET = "p.category IN ('migrant', 'refugee', 'asylum_seeker')"  # nationals are served and not counted ([002:3550])
PEOPLE = "SELECT count(DISTINCT p.doc) FROM {table} x JOIN person p ON p.doc = x.doc AND p.id = p.doc WHERE {which}"


def people(table: str, which: str) -> str:
    return PEOPLE.format(table=table, which=f"{which} AND {TARGET}")


def step(way: str, *kinds: str) -> str:
    return f"x.holds AND x.way = '{way}' AND x.kind IN ({', '.join(repr(kind) for kind in kinds)})"


def satisfied(area: str) -> str:
    """Those of the top two of five, over the valid answers."""
    top = "sum(x.scale IN ('very_high', 'high'))"
    return f"SELECT {top} * 100 / count(*) FROM satisfaction x WHERE x.scale NOT LIKE '?%' AND x.area = '{area}'"


ASSESSED = ("assessed", "result", "issued", "delivered")  # a later step proves the earlier
WORK = "(x.area = 'employment' OR x.need = 'work') AND x.state <> 'entered-in-error'"
SUPPORTS = ("completed", "course_certificate", "talk", "capital", "mentoring", "fair", "market", "formalised")
BETTER = "x.topic = '{topic}' AND x.post > x.pre"
AGAIN = "x.point = 'follow_up' AND x.doc IN (SELECT doc FROM labour_snapshot WHERE point = 'baseline')"
COMPUTED = {
    "1.2.A people": people("referral", WORK),
    "1.2.A by a step": people("milestone", "x.holds AND x.way = 'employment'"),
    "1.2.A applications": f"SELECT count(*) FROM milestone x WHERE {step('employment', 'application')}",
    "1.2.A hired": f"SELECT count(*) FROM milestone x WHERE {step('employment', 'hired')}",
    "1.2.b enrolled": people("milestone", step("entrepreneurship", "enrolled", "completed", "course_certificate")),
    "1.2.b completed": people("milestone", step("entrepreneurship", "completed", "course_certificate")),
    "1.2.C started": people("milestone", step("certification", *ASSESSED)),
    "1.2.C competent": people("milestone", "x.holds AND x.result = 'competent'"),
    "1.2.C issued": people("milestone", step("certification", "issued", "delivered")),
    "1.2.C delivered": people("milestone", step("certification", "delivered")),
    "1.2.C women": people("milestone", f"{step('certification', *ASSESSED)} AND p.sex = 'woman'"),
    "1.4.A people": people("milestone", step("entrepreneurship", *SUPPORTS)),
    "1.4.A under 29": people("milestone", f"{step('entrepreneurship', *SUPPORTS)} AND p.birth > '1996'"),
    "1.4.A events": f"SELECT count(*) FROM milestone x WHERE {step('entrepreneurship', *SUPPORTS)}",
    "1.2.D": satisfied("intermediation"),
    "1.2.E": satisfied("employability"),
    "1.4.B": satisfied("entrepreneurship"),
    "2.2.a": people("knowledge_check", BETTER.format(topic="labour_rights")),
    "2.2.b": people("knowledge_check", BETTER.format(topic="unions")),
    "2.2.c": people("knowledge_check", BETTER.format(topic="migration_law")),
    "2.2.E": "SELECT sum(x.copies) FROM sheet_print x WHERE x.way = 'printed' AND x.sheet = 'route'",
    "P34": people("labour_snapshot", AGAIN),
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A year and a half of an invented office (each topic comes up), and a sheet that was printed twice."""
    folder = tmp_path_factory.mktemp("indicators") / "office"
    until = date(2026, 11, 18)
    make_demo(folder, city="santiago", people=150, months=18, until=until, seed=7, passphrase=PASSPHRASE, cost=CHEAP)
    office = unlock(folder, PASSPHRASE)
    sheet_prints.note(office, SheetKind.ROUTE, languages=("es", "ht"), copies=2)
    yield office
    office.close()


@pytest.mark.parametrize("what", COMPUTED)
def test_each_is_a_number_of_a_lived_office(lived: Office, what: str) -> None:
    ((number,),) = lived.vault.read(COMPUTED[what])
    assert isinstance(number, int)
    assert number > 0


def test_a_number_is_computed_for_every_class_a_indicator() -> None:
    assert {what.split()[0] for what in COMPUTED} - {"P34"} == set(CLASS_A)
