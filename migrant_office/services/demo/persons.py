"""Who an invented person is, and all that she would answer to the intake of her city."""

from __future__ import annotations

from datetime import date
from random import Random

from migrant_office.models.forms.answers import Answer
from migrant_office.models.missing import Missing
from migrant_office.models.person import ContactRule, Gender, Language, Sex
from migrant_office.services.demo.asking import GROWN_UP, Answers, Asking, Told
from migrant_office.services.demo.lives import consent, diversity, helps, mobility, papers, trades, work_and_home
from migrant_office.services.demo.names import Name, invented_name
from migrant_office.services.demo.profile import People

TRANS = {Sex.WOMAN: Gender.TRANS_MAN, Sex.MAN: Gender.TRANS_WOMAN}
SAME = {Sex.WOMAN: Gender.WOMAN, Sex.MAN: Gender.MAN}


def invented_person(
    rng: Random, people: People, today: date, *, kind: str, ages: tuple[int, int] | None = None
) -> Told:
    """Somebody who comes for the first time today. `kind` is "desk", or "course" for those who want a course; `ages`
    limits the full years.
    """
    asking = Asking(rng, people, today)
    woman = asking.percent(people.women[kind])
    nationality = people.nationality(rng)
    name = invented_name(rng, nationality, woman=woman)
    age = rng.randint(*(ages or people.ages[kind](rng)))
    sex = Sex.OTHER if asking.percent(people.shares["sex_other"]) else Sex.WOMAN if woman else Sex.MAN
    worked = trades(asking, "woman" if woman else "man", nationality, age)
    answers = {
        **name_of(asking, name, nationality, woman=woman),
        **contact_of(asking, nationality),
        **origin_of(asking, nationality),
        **birth_of(asking, age),
        "sex": asking.or_missing("sex", sex.value),
        "gender": asking.or_missing("gender", gender_of(asking, sex).value),
        **diversity(asking),
        **mobility(asking),
        **work_and_home(asking, kind, age, worked),
        **helps(asking),
        **consent(asking, age, name.surname),
    }
    return Told(answers, papers(asking, nationality), worked, age)


def relative(rng: Random, people: People, today: date, speaker: Told, role: str) -> Told:
    """Somebody of the household of `speaker`: her partner, or a child of hers."""
    asking = Asking(rng, people, today)
    nationality = str(speaker.answers["nationality"])
    woman = asking.percent(50)
    name = invented_name(rng, nationality, woman=woman)
    if role == "child":
        age = rng.randint(0, min(GROWN_UP - 1, max(speaker.age - GROWN_UP, 0)))
        name = Name(name.given, str(speaker.answers["surname"]), name.surname if name.second_surname else "")
    else:
        age = max(GROWN_UP, speaker.age + rng.randint(-6, 8))
    answers: Answers = {
        "given": name.given,
        "surname": name.surname,
        "second_surname": name.second_surname,
        **birth_of(asking, age),
        "sex": asking.or_missing("sex", (Sex.WOMAN if woman else Sex.MAN).value),
        "nationality": asking.or_missing("nationality", nationality),
        "role": role,
    }
    return Told(answers, (), (), age)


def name_of(asking: Asking, name: Name, nationality: str, *, woman: bool) -> Answers:
    """The name, and in a few cases another that the person goes by."""
    chosen = invented_name(asking.rng, nationality, woman=not woman).given.split()[0]
    goes_by = asking.percent(asking.people.shares["chosen_name"])
    return {
        "given": name.given,
        "surname": name.surname,
        "second_surname": name.second_surname,
        "chosen_name": chosen if goes_by else "",
    }


def birth_of(asking: Asking, age: int) -> Answers:
    """The birth date; the age alone where only that is known; or why there is neither."""
    days = asking.rng.randrange(365)
    birth = date.fromordinal(before(asking.today, age).toordinal() - days)
    estimated = asking.percent(asking.people.shares["birth_estimated"])
    told = asking.or_missing("birth", birth.isoformat())
    if isinstance(told, Missing):
        return {"birth_date": told}
    return {"age": str(age), "age_or_year": str(age)} if estimated else {"birth_date": told, "age_or_year": told[:4]}


def before(day: date, years: int) -> date:
    """The same day so many years ago; 28 February for a leap day."""
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def gender_of(asking: Asking, sex: Sex) -> Gender:
    drawn = asking.people.gender(asking.rng)
    if drawn == "trans" and sex in TRANS:
        return TRANS[sex]
    return Gender.NON_BINARY if drawn == "non_binary" else SAME.get(sex, Gender.NON_BINARY)


def origin_of(asking: Asking, nationality: str) -> Answers:
    """Nationality and language; how well somebody knows Spanish is asked of those who speak another."""
    people, rng = asking.people, asking.rng
    spoken = people.languages.get(nationality, people.languages["other"])(rng)
    told = asking.or_missing("nationality", nationality)
    answers: Answers = {
        "nationality": told,
        "birth_country": told if asking.percent(people.shares["born_there"]) else asking.people.nationality(rng),
        "language": asking.or_missing("language", spoken.value),
    }
    if spoken is not Language.ES:
        answers["interpreter"] = "yes" if asking.percent(people.interpreter) and spoken is Language.HT else "no"
        others = asking.several("other_languages")
        answers["other_languages"] = others if isinstance(others, Missing) else tuple(c for c in others if c != spoken)
        answers |= {
            question: asking.one(question) for question in ("spanish_speaks", "spanish_reads", "spanish_writes")
        }
    return answers


def contact_of(asking: Asking, nationality: str) -> Answers:
    """How to reach somebody, and where she lives; often nobody she trusts is named."""
    people, rng = asking.people, asking.rng
    rule: Answer = asking.or_missing("contact_rule", people.contact_rule(rng).value)
    trusted = invented_name(rng, nationality, woman=asking.percent(50)).given.split()[0]
    numbers = [people.phone.format(number=rng.randrange(10_000)) for _ in range(2)]
    named = asking.percent(people.shares["trusted"])
    return {
        "contact_rule": rule,
        "phone": numbers[0] if asking.percent(people.shares["has_phone"]) else "",
        "channel": asking.one("channel") if rule == ContactRule.ANY else "",
        "trusted": trusted if named else "",
        "trusted_phone": numbers[1] if named else "",
        "place": people.commune(rng),
    }
