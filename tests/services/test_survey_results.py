"""The figures of surveys: what the evaluation printed comes out again, and silence is never hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Language, Person, Schooling, Sex
from migrant_office.models.survey import Answered, Scale, ServiceArea, SurveyKind, Topic
from migrant_office.services import people, surveys
from migrant_office.services.surveys import About, Results
from migrant_office.services.surveys.results import Asked, improved, percent, satisfied
from tests.factories import DAY

PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "survey_instruments.json").read_text(encoding="utf-8"))
PREFIX = {"2i": ("ent", SurveyKind.ENTREPRENEURSHIP), "2j": ("cert", SurveyKind.CERTIFICATION)}
SEX = {"mujer": Sex.WOMAN, "hombre": Sex.MAN}
SCHOOLING = {
    "primaria": Schooling.PRIMARY,
    "secundaria": Schooling.SECONDARY,
    "superior_no_univ": Schooling.TECHNICAL,
    "superior_univ": Schooling.UNIVERSITY,
    "postgrado": Schooling.POSTGRADUATE,
    "no_responde": Missing.REFUSED,
}
BORN = {"lt_30": date(2000, 1, 1), "from_30_to_60": date(1980, 1, 1), "gt_60": date(1955, 1, 1)}
LANGUAGE = {"es": Language.ES, "fr": Language.FR, "no_responde": Missing.REFUSED}
NATIONALITY: Mapping[str, Any] = {"otro": "EC", "no_responde": Missing.REFUSED}

Choice = list[str] | str | Missing


def spread(counts: Mapping[str, int], people: int) -> list[list[str]]:
    """The codes of each person: every code goes to as many people as it should, one after the other, in a round."""
    given: list[list[str]] = [[] for _ in range(people)]
    at = 0
    for code, count in counts.items():
        for _ in range(count):
            given[at % people].append(code)
            at += 1
    return given


def certified() -> Iterator[dict[str, Choice]]:
    """The answers of 117 people that give every share printed of them ([002:1336] to [002:1365])."""
    before = spread({"trabajaba": 73, "buscaba_trabajo": 28, "hogar_cuidado": 19, "estudiaba": 4}, 117)
    now = spread({"trabaja": 74, "busca_trabajo": 26, "hogar_cuidado": 15, "cuida_familiar": 7, "estudia": 5}, 117)
    needs = spread({"formacion": 77, "confianza": 54, "bolsa_trabajo": 34}, 117)
    useful = ["muy_alta"] * 40 + ["alta"] * 43 + ["mediana"] * 10 + ["baja"] * 24
    reasons = spread({"acreditar": 58, "potencialidades": 45, "confianza": 21}, 93)
    results: list[str | Missing] = ["competente"] * 89 + ["aun_no_competente"] * 5 + ["pendiente"] * 9
    results += [Missing.REFUSED] * 6
    for n in range(117):
        told: dict[str, Choice] = {"q09": before[n], "q20": now[n], "q19": needs[n], "q17": useful[n]}
        told["q14"] = "si" if n < 109 else "no"
        if n < 109:
            told["q15"] = results[n]
        if n < 93:
            told["q18"] = reasons[n] or Missing.REFUSED
        if "trabaja" in now[n]:
            told["q21"] = "si"
        yield told


def entrepreneurs() -> Iterator[dict[str, Choice]]:
    """The same of 44 people ([002:1369], [002:1393])."""
    needs = spread({"financiamiento": 26, "at_mercados_digitales": 25}, 44)
    nine = ("clientes_proveedores", "contabilidad", "admin_tiempo", "distribuir_tiempo")
    for n in range(44):
        told: dict[str, Choice] = {"q19": needs[n], "q12": "si" if n < 39 else "no", "q16": "muy_alta"}
        if n < 39:
            told["q13"] = "si" if n < 31 else "no"
        told["q17"] = ["mejoras_negocio"] if n < 12 else ["ideas"]
        if n < 12:
            told |= {f"q18_{row}": "mucho" if n < 9 else "poco" for row in nine}
            told["q18_internet_marketing"] = "mucho" if n < 10 else "nada"
        if n < 11:
            told["q18_innovaciones"] = "mucho" if n < 9 else "regular"
        yield told


def profile(instrument: str) -> list[dict[str, Any]]:
    """So many people with the printed margins."""
    name = "2l_certificacion" if instrument == "2j" else "2l_emprendimiento"
    table = next(t for t in PUBLISHED["published_tables"] if t["id"] == name)
    cells = {d["by"]: [c["code"] for c in d["cells"] for _ in range(c["count"])] for d in table["distributions"]}
    return [
        {
            "sex": SEX[sex],
            "birth": BORN[age],
            "schooling": SCHOOLING[school],
            "nationality": NATIONALITY.get(nation, nation),
            "language": LANGUAGE[language],
        }
        for sex, age, school, nation, language in zip(
            cells["sexo"],
            cells["edad_banda"],
            cells["nivel_educativo"],
            cells["nacionalidad"],
            cells["lengua_materna"],
            strict=True,
        )
    ]


def answer(office: Office, told: Mapping[str, Any], kind: SurveyKind, prefix: str, given: Mapping[str, Choice]) -> None:
    person = Person(id=new_id(), **told)
    people.open_case(office, person)
    draft, filling, beside = surveys.begin(office, person.id, About(kind=kind, part="90"))
    for name, value in given.items():
        filling.set(filling.form.question(f"{prefix}_{name}").addr, value)
    surveys.complete(office, draft, filling, beside)


def this_year(office: Office) -> Results:
    return surveys.results(office, date(DAY.year, 1, 1), date(DAY.year, 12, 31))


@pytest.mark.parametrize("instrument", PREFIX)
def test_the_printed_shares_come_out_again(desk: Office, instrument: str) -> None:
    prefix, kind = PREFIX[instrument]
    with desk.batch():
        for told, given in zip(
            profile(instrument), certified() if instrument == "2j" else entrepreneurs(), strict=True
        ):
            answer(desk, told, kind, prefix, given)
    found = {summary.question: summary for summary in this_year(desk).summaries[kind]}
    for printed in (p for p in PUBLISHED["published_results"] if p["instrument"] == instrument):
        if printed["count_inferred"] is None:
            continue  # 85 % of the entrepreneurs: nobody knows of how many
        code, question = printed["code"], f"{prefix}_{printed['question']}"
        codes = [one.strip().replace("no_responde", Missing.REFUSED) for one in code.split("+")]
        asked = [question]
        if printed["question"] == "q18" and instrument == "2i":
            asked, codes = [f"{question}_{row.strip()}" for row in code.split(",")], ["mucho"]
        if code == "at_mercados_*":
            codes = ["at_mercados_fisicos", "at_mercados_digitales"]
        for name in asked:
            summary, base = found[name], printed.get("denominator") or printed["denominator_inferred"]
            assert summary.people(*codes) == printed["count_inferred"], printed["id"]
            assert base in {summary.asked, summary.answered}, printed["id"]
            assert percent(summary.people(*codes), base) == printed["percent"], printed["id"]


@pytest.mark.parametrize("instrument", PREFIX)
def test_the_printed_profiles_come_out_again(desk: Office, instrument: str) -> None:
    prefix, kind = PREFIX[instrument]
    name = "2l_certificacion" if instrument == "2j" else "2l_emprendimiento"
    table = next(t for t in PUBLISHED["published_tables"] if t["id"] == name)
    with desk.batch():
        for told in profile(instrument):
            answer(desk, told, kind, prefix, {"q19": ["otro"]})
    found = this_year(desk).respondents[kind]
    codes: dict[str, Mapping[str, Any]] = {"sexo": SEX, "nivel_educativo": SCHOOLING, "lengua_materna": LANGUAGE}
    codes |= {"nacionalidad": NATIONALITY, "edad_banda": {}}
    ours = {"sexo": "sex", "edad_banda": "age", "nivel_educativo": "schooling"}
    ours |= {"nacionalidad": "nationality", "lengua_materna": "language"}
    for by, code in ours.items():
        cells = next(d["cells"] for d in table["distributions"] if d["by"] == by)
        assert found[code] == {str(codes[by].get(c["code"], c["code"])): c["count"] for c in cells}, by
    women = found["sex"]["woman"]
    assert percent(women, table["population"]) == {"2j": 79, "2i": 82}[instrument]


# satisfaction

PRINTED = {  # area: (share, satisfied, valid): 1.2.D, 1.2.E, 1.4.B ([002:3553], [002:3554], [002:3559])
    ServiceArea.INTERMEDIATION: (94, 47, 50),
    ServiceArea.EMPLOYABILITY: (93, 28, 30),
    ServiceArea.ENTREPRENEURSHIP: (90, 9, 10),
}


def test_the_indicators_of_satisfaction(desk: Office) -> None:
    with desk.batch():
        for area, (_share, happy, valid) in PRINTED.items():
            for n in range(valid + 4):
                person = Person(id=new_id(), sex=Sex.WOMAN if n % 2 else Sex.MAN, nationality="HT")
                people.open_case(desk, person)
                about = About(kind=SurveyKind.SATISFACTION, about=new_id(), area=area)
                if n < valid:
                    surveys.satisfy(desk, person.id, about, Scale.HIGH if n < happy else Scale.MEDIUM)
                elif n < valid + 2:
                    surveys.satisfy(desk, person.id, about, Missing.REFUSED)
                else:
                    surveys.record_no_answer(desk, person.id, about, Answered.NOT_REACHED)
    found = this_year(desk)
    for one in found.of("area"):
        share, happy, valid = PRINTED[ServiceArea(one.code)]
        assert (one.share, one.satisfied, one.valid) == (share, happy, valid)
        assert (one.silent, one.not_reached) == (2, 2)
    (whole,) = found.of("")
    assert (whole.satisfied, whole.valid, whole.asked) == (84, 90, 102)
    for by in ("sex", "age", "nationality", "area"):
        assert sum(one.valid for one in found.of(by)) == whole.valid
    (response,) = found.responses
    assert (response.answered, response.refused, response.not_reached) == (90, 6, 6)


def test_another_year_says_nothing(desk: Office) -> None:
    person = Person(id=new_id())
    people.open_case(desk, person)
    surveys.satisfy(desk, person.id, About(kind=SurveyKind.SATISFACTION), Scale.HIGH)
    assert not this_year(desk).is_empty
    before = surveys.results(desk, date(DAY.year - 1, 1, 1), date(DAY.year - 1, 12, 31))
    assert before.is_empty
    assert before.of("")[0].share is None


scales = st.sampled_from([*Scale, Missing.REFUSED, None])


@st.composite
def rows(draw: st.DrawFn) -> list[Asked]:
    found = []
    for n in range(draw(st.integers(0, 12))):
        scale = draw(scales)
        valid = isinstance(scale, Scale)
        answered = Answered.ANSWERED if valid else Answered.REFUSED if scale else Answered.NOT_REACHED
        found.append(
            Asked(
                person=draw(st.sampled_from("abc")),
                kind="satisfaction",
                about="",
                part="",
                answered=answered,
                area=draw(st.sampled_from(list(ServiceArea))),
                scale=scale,
                day=f"2026-03-{n + 1:02}",
                sex=draw(st.sampled_from(["woman", "man", "?refused"])),
                birth=draw(st.sampled_from(["1997-03-05", "1990-01-01", None, "?refused", "2-2"])),
                nationality=draw(st.sampled_from(["HT", "VE", "?not_asked", ""])),
                schooling="",
                language="",
            )
        )
    return found


@given(rows())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_groups_add_up_and_a_share_is_of_valid_answers(told: list[Asked]) -> None:
    found = list(satisfied(told))
    whole = found[0]
    assert whole.asked == len({(row.person, row.area) for row in told})
    assert 0 <= whole.satisfied <= whole.valid <= whole.asked
    assert (whole.share is None) == (whole.valid == 0)
    area = [one for one in found if one.by == "area"]
    assert sum(one.asked for one in area) == whole.asked
    for by in {one.by for one in found}:
        mine = [one for one in found if one.by == by]
        assert sum(one.satisfied for one in mine) == whole.satisfied
        assert len({one.code for one in mine}) == len(mine)


def test_nobody_after_an_answer_takes_it_away() -> None:
    base: dict[str, Any] = dict.fromkeys(("part", "about", "sex", "nationality", "schooling", "language"), "")
    base["birth"] = None
    happy = Asked("a", "satisfaction", scale="high", answered="answered", area="other", day="2026-03-01", **base)
    gone = happy._replace(scale=None, answered="not_reached", day="2026-03-02")
    sad = happy._replace(scale="low", day="2026-03-03")
    assert (lambda one: (one.satisfied, one.valid))(next(satisfied([happy, gone]))) == (1, 1)
    assert (lambda one: (one.satisfied, one.valid))(next(satisfied([happy, gone, sad]))) == (0, 1)


def test_knowledge_improved_by_topic_and_sex() -> None:
    told = [
        ("a", "unions", 1, 3, "woman"),
        ("a", "unions", 3, 3, "woman"),  # another session: she improved in one of them
        ("b", "unions", 2, 2, "man"),
        ("c", "unions", 3, 1, "woman"),
        ("d", "unions", 1, None, "woman"),
        ("a", "migration_law", 0, 1, "woman"),
    ]
    found = {(one.topic, one.sex): (one.improved, one.both, one.once) for one in improved(told)}
    assert found == {
        (Topic.UNIONS, ""): (1, 3, 1),
        (Topic.UNIONS, "man"): (0, 1, 0),
        (Topic.UNIONS, "woman"): (1, 2, 1),
        (Topic.MIGRATION_LAW, ""): (1, 1, 0),
        (Topic.MIGRATION_LAW, "woman"): (1, 1, 0),
    }


@given(st.integers(0, 300), st.integers(1, 300))
def test_percent_rounds_half_up(part: int, whole: int) -> None:
    found = percent(min(part, whole), whole)
    assert found is not None
    assert abs(found - 100 * min(part, whole) / whole) <= 0.5
    assert percent(1, 8) == 13  # 12.5
    assert percent(1, 0) is None
