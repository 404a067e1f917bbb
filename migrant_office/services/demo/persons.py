"""One invented person, with the answers an intake would have written down."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any, TypeVar

from migrant_office.ids import new_id
from migrant_office.models.missing import Missing
from migrant_office.models.person import Gender, Language, Person, Schooling, Sex, Situation
from migrant_office.services.demo.draw import Draw, happens
from migrant_office.services.demo.names import invented_name
from migrant_office.services.demo.profile import People

T = TypeVar("T")
MID_YEAR = (7, 1)  # where only the year of birth is known, as in the intake
GROWN_UP = 18
TRANS = {Sex.WOMAN: Gender.TRANS_MAN, Sex.MAN: Gender.TRANS_WOMAN}
SAME = {Sex.WOMAN: Gender.WOMAN, Sex.MAN: Gender.MAN}


def invented_person(rng: Random, people: People, today: date, *, kind: str) -> Person:
    """Somebody who comes for the first time today. `kind` is "desk", or "course" for those who want a course."""
    woman = happens(rng, people.women[kind])
    sex = Sex.OTHER if happens(rng, people.shares["sex_other"]) else Sex.WOMAN if woman else Sex.MAN
    nationality = people.nationality(rng)
    name = invented_name(rng, nationality, woman=woman)
    chosen = invented_name(rng, nationality, woman=not woman).given.split()[0]
    birth, estimated, age = invented_birth(rng, people, today, kind)
    return Person(
        id=new_id(),
        given=name.given,
        surname=name.surname,
        second_surname=name.second_surname,
        chosen_name=chosen if happens(rng, people.shares["chosen_name"]) else "",
        sex=or_missing(rng, people.missing["sex"], sex),
        gender=or_missing(rng, people.missing["gender"], gender_of(rng, people, sex)),
        nationality=or_missing(rng, people.missing["nationality"], nationality),
        birth=birth,
        birth_estimated=estimated,
        **language_of(rng, people, nationality),
        **way_to_reach(rng, people),
        **work_and_home(rng, people, kind, age, "woman" if woman else "man"),
        demo=True,
    )


def or_missing(rng: Random, missing: Draw[Missing | None], value: T) -> T | Missing:
    """The answer, or the reason why there is none."""
    return missing(rng) or value


def invented_birth(rng: Random, people: People, today: date, kind: str) -> tuple[date | Missing, bool, int]:
    """(birth date or why there is none, whether only the year is known, age)."""
    youngest, oldest = people.ages[kind](rng)
    age = rng.randint(youngest, oldest)
    days = rng.randrange(365)
    birth = date.fromordinal(before(today, age).toordinal() - days)
    estimated = happens(rng, people.shares["birth_estimated"])
    if estimated:
        birth = date(birth.year, *MID_YEAR)
    told = or_missing(rng, people.missing["birth"], birth)
    return told, estimated and told is birth, age


def before(day: date, years: int) -> date:
    """The same day so many years ago; 28 February for a leap day."""
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def gender_of(rng: Random, people: People, sex: Sex) -> Gender:
    drawn = people.gender(rng)
    if drawn == "trans" and sex in TRANS:
        return TRANS[sex]
    return Gender.NON_BINARY if drawn == "non_binary" else SAME.get(sex, Gender.NON_BINARY)


def language_of(rng: Random, people: People, nationality: str) -> dict[str, Any]:
    spoken = people.languages.get(nationality, people.languages["other"])(rng)
    interpreter = happens(rng, people.interpreter) and spoken is Language.HT
    return {"language": or_missing(rng, people.missing["language"], spoken), "interpreter": interpreter}


def way_to_reach(rng: Random, people: People) -> dict[str, Any]:
    has_phone, number = happens(rng, people.shares["has_phone"]), rng.randrange(10_000)
    rule = or_missing(rng, people.missing["contact_rule"], people.contact_rule(rng))
    return {
        "phone": people.phone.format(number=number) if has_phone else "",
        "contact_rule": rule,
        "commune": people.commune(rng),
    }


def work_and_home(rng: Random, people: People, kind: str, age: int, sex: str) -> dict[str, Any]:
    """Schooling, children, what the person does; of the very young, only what makes sense to ask."""
    schooling = or_missing(rng, people.missing["schooling"], people.schooling[kind](rng))
    children = or_missing(rng, people.missing["children"], people.children[kind](rng))
    childcare = or_missing(rng, people.missing["childcare"], rng.random() < 1 / 3)
    now = people.situation["before" if kind == "course" else "desk"](rng)
    situation = or_missing(rng, people.missing["situation"], now)
    occupation = people.occupations[sex](rng)
    if age < GROWN_UP:
        return {"schooling": Schooling.PRIMARY, "situation": Situation.STUDYING}
    has_children = not isinstance(children, Missing) and children > 0
    return {
        "schooling": schooling,
        "children": children,
        "childcare": childcare if has_children else None,
        "situation": situation,
        "occupation": occupation,
    }
