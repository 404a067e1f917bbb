"""Points for and against two records being of one person, each with the reason in words.

The points follow what the errors of a register tell: an equal document or birth date is rare by chance, an equal common
name is not. They were set on invented people and are measured on the test list (docs/decisions/021).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.names.folding import fold, spelled
from migrant_office.models.names.memory import remembered
from migrant_office.models.names.sounds import keys
from migrant_office.models.names.variants import are_variants
from migrant_office.models.names.vocabulary import ALIKE, sound_alike

Rarity = Callable[[str], float]  # a folded word → 0 (everybody's name) to 1 (nearly nobody's)

LIKELY, LISTED, POSSIBLE = 8.0, 5.25, 4.4  # points from which the officer is told, and how
TWO_SURNAMES = 1.6  # how much more two equal surnames say than one
NAMES_ALONE = 0.75  # what names lack that nothing else bears out: most of the false alarms are namesakes
SOUND = 0.72  # from here on two words are one name heard differently
YEAR, GENERATION = 366, 12  # days; years between a mother and her daughter of the same name, at least


class Reason(Coded):
    """Why two records are alike, or not. Codes are kept with the officer's answer and never change."""

    DOCUMENT = "document", N_("Same document number")
    DOCUMENT_NEAR = "document_near", N_("Document number with one figure changed")
    BIRTH = "birth", N_("Same birth date")
    BIRTH_TURNED = "birth_turned", N_("Birth date with day and month exchanged")
    BIRTH_NEAR = "birth_near", N_("Birth date with one figure changed")
    BIRTH_YEAR = "birth_year", N_("Same birth year; one of the dates is only approximate")
    GIVEN = "given", N_("Same given name")
    GIVEN_SOUNDS = "given_sounds", N_("The given name sounds alike")
    SURNAME = "surname", N_("Same surname")
    SURNAME_SOUNDS = "surname_sounds", N_("The surname sounds alike")
    SECOND = "second", N_("Same second surname")
    TURNED = "turned", N_("Given name and surname exchanged")
    SURNAMES_TURNED = "surnames_turned", N_("Surnames exchanged")
    PHONE = "phone", N_("Same phone")
    OTHER_BIRTH = "other_birth", N_("Another birth date")
    OTHER_GIVEN = "other_given", N_("Another given name")
    OTHER_SURNAME = "other_surname", N_("Another surname")
    OTHER_SEX = "other_sex", N_("Another sex")
    OTHER_NATIONALITY = "other_nationality", N_("Another nationality")


NAMES = frozenset(
    {
        *(Reason.GIVEN, Reason.GIVEN_SOUNDS, Reason.SURNAME, Reason.SURNAME_SOUNDS, Reason.SECOND, Reason.TURNED),
        Reason.SURNAMES_TURNED,
    }
)
HERS = frozenset({Reason.GIVEN, Reason.GIVEN_SOUNDS, Reason.TURNED})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points and reasons; those for come first, the weightiest first."""

    points: float
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        return self.points >= LIKELY

    @property
    def is_possible(self) -> bool:
        """Enough for the officer at the desk, who has the person before her."""
        return self.points >= POSSIBLE

    @property
    def is_listed(self) -> bool:
        """Enough for the list of the whole office, which nobody should have to read in vain."""
        return self.points >= LISTED


def common(_word: str) -> float:
    """The rarity of a word of which nothing is known."""
    return 0.5


def compare(one: Facts, other: Facts, rarity: Rarity = common) -> Likeness:
    """How much speaks for two records being of one person."""
    named = names(one, other, rarity)
    weighed = [*named, *births(one, other), *papers(one, other), *others(one, other)]
    if not any(reason in HERS for reason, _ in named):  # a family shares its phone
        weighed = [told for told in weighed if told[0] is not Reason.PHONE]
    weighed.sort(key=lambda told: -told[1])
    alone = NAMES_ALONE if weighed and all(reason in NAMES for reason, _ in weighed) else 0.0
    return Likeness(round(total(weighed) - alone, 2), tuple(reason for reason, _ in weighed))


Weighed = tuple[Reason, float]


def names(one: Facts, other: Facts, rarity: Rarity) -> list[Weighed]:
    """Given names and surnames as they stand, and exchanged; the reading that says more counts."""
    if not (one.given_words or one.surname_words) or not (other.given_words or other.surname_words):
        return []
    straight = given_names(one, other, rarity) + surnames(one, other, rarity)
    turned = exchanged(one, other, rarity)
    return turned if turned and total(turned) > total(straight) else straight


def total(weighed: Sequence[Weighed]) -> float:
    return sum(points for _, points in weighed)


def exchanged(one: Facts, other: Facts, rarity: Rarity) -> list[Weighed]:
    """One of the records has the surname as the given name, and the other way round."""
    first = alike_words(one.given_words, other.surname_words[:2], rarity)
    second = alike_words(one.surname_words[:2], other.given_words, rarity)
    return [(Reason.TURNED, first + second - 0.5)] if first and second else []


def given_names(one: Facts, other: Facts, rarity: Rarity) -> list[Weighed]:
    if not one.given_words or not other.given_words:
        return []
    parted = len(one.given_words) != len(other.given_words)
    if parted and (whole := match("".join(one.given_words), "".join(other.given_words))):  # Ana María and Anamaría
        points = min(sum(weight(word, rarity) for word in words) for words in (one.given_words, other.given_words))
        return [(Reason.GIVEN if whole == 1 else Reason.GIVEN_SOUNDS, min(whole * points, 3.5) + 0.3)]
    few, many = sorted((one.given_words, other.given_words), key=len)
    points, sure, left = 0.0, True, 0
    for word in few:
        best, candidate = max(((match(word, candidate), candidate) for candidate in many), default=(0.0, ""))
        left += best == 0
        sure = sure and best == 1
        points += best * worth(word, candidate, rarity)
    if left == len(few):
        return [(Reason.OTHER_GIVEN, -5.0)]
    if left:  # Marie-Ange and Marie-Rose: a name in common, and one that is another
        return [(Reason.OTHER_GIVEN, -3.5)]
    return [(Reason.GIVEN if sure else Reason.GIVEN_SOUNDS, min(points, 3.5))]


def surnames(one: Facts, other: Facts, rarity: Rarity) -> list[Weighed]:
    """First with first and second with second, or exchanged; a second surname that one has not says nothing."""
    mine, theirs = halves(one), halves(other)
    if not mine[0] or not theirs[0]:
        return []
    if whole := match(one.surname_whole, other.surname_whole):  # Saint Fleur and Saintfleur, de la Cruz and Delacruz
        longest, their_longest = (max(facts.surname_words or [""], key=len) for facts in (one, other))
        points = whole * worth(longest, their_longest, rarity)
        points *= TWO_SURNAMES if one.second_surname and other.second_surname else 1
        return [(Reason.SURNAME if whole == 1 else Reason.SURNAME_SOUNDS, points)]
    first, second = alike(mine[0], theirs[0], rarity), alike(mine[1], theirs[1], rarity)
    if first:
        found = [(Reason.SURNAME if is_same(mine[0], theirs[0]) else Reason.SURNAME_SOUNDS, first)]
        if mine[1] and theirs[1]:
            found.append((Reason.SECOND, second) if second else (Reason.OTHER_SURNAME, -2.0))
        return found
    crossed = alike(mine[0], theirs[1], rarity) + alike(mine[1], theirs[0], rarity)
    return [(Reason.SURNAMES_TURNED, crossed - 0.5)] if crossed else [(Reason.OTHER_SURNAME, -3.0)]


def halves(facts: Facts) -> tuple[Sequence[str], Sequence[str]]:
    """The words of the first and of the second surname; two words in one field are two surnames where one is told."""
    first, second = spelled(facts.surname), spelled(facts.second_surname)
    return (first[:1], first[1:]) if len(first) == 2 and not second else (first, second)


def alike(mine: Sequence[str], theirs: Sequence[str], rarity: Rarity) -> float:
    """Points for two surnames of perhaps several words; 0 where they are others."""
    if not mine or not theirs:
        return 0.0
    whole = match("".join(mine), "".join(theirs))
    return whole * worth(max(mine, key=len), max(theirs, key=len), rarity) if whole else 0.0


def alike_words(mine: Sequence[str], theirs: Sequence[str], rarity: Rarity) -> float:
    """Points for the best pair of two lists of words."""
    return max((match(a, b) * worth(a, b, rarity) for a in mine for b in theirs), default=0.0)


def is_same(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return fold("".join(mine)) == fold("".join(theirs))


def worth(one: str, other: str, rarity: Rarity) -> float:
    """The points of a pair: those of the commoner spelling, for a slip of the pen is rare without meaning anything."""
    return min(weight(one, rarity), weight(other, rarity))


def weight(word: str, rarity: Rarity) -> float:
    """From 1.2 points for everybody's name to 3.2 for a rare one."""
    return 1.2 + 2.0 * rarity(fold(word))


@remembered
def match(one: str, other: str) -> float:
    """How surely two spellings are one name: 1 the same, 0 another; for José and Josué, Mario and María, 0."""
    mine, theirs = fold(one).replace(" ", ""), fold(other).replace(" ", "")
    if mine == theirs:
        return 1.0
    if not mine or not theirs:
        return 0.0
    if are_variants(mine, theirs):
        return 0.75
    if mine[:-1] == theirs[:-1] and {mine[-1], theirs[-1]} <= set("aeo"):  # Julio and Julia, Denis and Denise apart
        return 0.0
    near, sound = OSA.normalized_similarity(mine, theirs), sound_alike(one, other)
    if sound >= 0.99:
        return 0.9
    if min(len(mine), len(theirs)) > 4 and (near >= 0.8 or sound >= 0.8):
        return 0.8
    return 0.6 if sound >= SOUND or (sound >= ALIKE and keys(one) & keys(other)) else 0.0


def births(one: Facts, other: Facts) -> list[Weighed]:
    a, b = one.birth, other.birth
    if a is None or b is None:
        return []
    if one.about or other.about:
        return about(a.year - b.year)
    if a == b:  # an invented first of January is half a date
        return [(Reason.BIRTH, 2.2 if is_first(a) else 4.0)]
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return [(Reason.BIRTH_TURNED, 3.0)]
    if a.year == b.year and (is_first(a) or is_first(b)):
        return [(Reason.BIRTH_YEAR, 1.2)]
    if OSA.distance(a.isoformat(), b.isoformat()) == 1:
        return [(Reason.BIRTH_NEAR, 1.5)]
    years = abs((a - b).days) / YEAR
    return [(Reason.OTHER_BIRTH, -1.5 if years <= 1 else -4.0 if years <= GENERATION else -6.0)]


def about(years: int) -> list[Weighed]:
    """Two births of which one is only a year, told as an age perhaps: one year more or less says nothing."""
    if years == 0:
        return [(Reason.BIRTH_YEAR, 1.2)]
    return [] if abs(years) == 1 else [(Reason.OTHER_BIRTH, -1.5 if abs(years) <= 3 else -4.0)]


def is_first(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def papers(one: Facts, other: Facts) -> list[Weighed]:
    mine, theirs = one.document_numbers, other.document_numbers
    if mine & theirs:
        return [(Reason.DOCUMENT, 6.0)]
    if any(len(a) > 5 and OSA.distance(a, b) == 1 for a in mine for b in theirs):
        return [(Reason.DOCUMENT_NEAR, 2.5)]
    return []


def others(one: Facts, other: Facts) -> list[Weighed]:
    found = []
    if one.phone_digits and one.phone_digits == other.phone_digits:
        found.append((Reason.PHONE, 2.0))
    if one.sex and other.sex and one.sex != other.sex:
        found.append((Reason.OTHER_SEX, -1.5))
    if one.nationality and other.nationality and one.nationality != other.nationality:
        found.append((Reason.OTHER_NATIONALITY, -1.0))
    return found


def rarity_of(people_with: int, people: int) -> float:
    """0 for a name of one in ten or more, 1 for a name of one in a million or nobody's yet."""
    share = max(people_with, 1) / max(people, 1_000)
    return min(max((-math.log10(share) - 1) / 5 * 1.6, 0.0), 1.0)
