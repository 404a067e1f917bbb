"""The person of a case file. One expediente belongs to one person and carries the same id."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.diversity import HARD, Barrier, Care, Difficulty, Internet, SpanishLevel
from migrant_office.models.likeness import blocking
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import (
    PROTECTED_STATUS,
    PROTECTION,
    Category,
    HeldDocument,
    Intention,
    Reason,
    Registry,
)
from migrant_office.models.other_id import OtherId
from migrant_office.models.vault.nouns import (
    File,
    Home,
    Merging,
    Searched,
    Sensitivity,
    flags,
    keyed,
    noun,
    projected,
    scalar,
)
from migrant_office.models.work import Occupation, Recognition, WorkKind

ALPHA_2 = 2  # letters of a country's code; anything else is a reason or told in words
COUNTED, SENSITIVE = Sensitivity.COUNTED, Sensitivity.SENSITIVE


class Sex(Coded):
    """As the published tables count it: women, men, other ([002:2708])."""

    WOMAN = "woman", N_("Woman")
    MAN = "man", N_("Man")
    OTHER = "other", N_("Other")


class Gender(Coded):
    WOMAN = "woman", N_("Woman")
    MAN = "man", N_("Man")
    TRANS_WOMAN = "trans_woman", N_("Trans woman")
    TRANS_MAN = "trans_man", N_("Trans man")
    NON_BINARY = "non_binary", N_("Non-binary")
    OTHER = "other", N_("Other, in her or his words")


class Language(Coded):
    ES = "es", N_("Spanish")
    HT = "ht", N_("Haitian Creole")
    FR = "fr", N_("French")
    PT = "pt", N_("Portuguese")
    EN = "en", N_("English")
    OTHER = "other", N_("Other")


class Schooling(Coded):
    """The last level completed, as the survey asks it ([002:2732])."""

    NONE = "none", N_("None")
    PRIMARY = "primary", N_("Primary")
    SECONDARY = "secondary", N_("Secondary")
    TECHNICAL = "technical", N_("Higher, not university")
    UNIVERSITY = "university", N_("University")
    POSTGRADUATE = "postgraduate", N_("Postgraduate")


class Situation(Coded):
    """What the person does today, as asked before and after certification ([002:1360])."""

    RELATED_JOB = "related_job", N_("Works in the trade")
    OTHER_JOB = "other_job", N_("Works in something else")
    LOOKING = "looking", N_("Is looking for work")
    HOME_OR_CARE = "home_or_care", N_("Home or care of relatives")
    STUDYING = "studying", N_("Studies")


class Channel(Coded):
    """The way somebody likes best to be reached; the contact rule decides whether it may be used."""

    CALL = "call", N_("Telephone call")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    MESSAGE = "message", N_("Text message")
    EMAIL = "email", N_("E-mail")
    IN_PERSON = "in_person", N_("In person")


class ContactRule(Coded):
    """How this person can be contacted without harm; shown wherever a phone number is."""

    ANY = "any", N_("May be called")
    WHATSAPP_ONLY = "whatsapp_only", N_("Only WhatsApp")
    NO_MESSAGES = "no_messages", N_("Leave no message")
    ONLY_IN_PERSON = "only_in_person", N_("Only in person")


@noun("person", Home.CASE, subject=True)
class Person:
    """Who the person is, in her own words. Nothing here is ever needed to open a case.

    Codes that differ from city to city (`status`, `nationality` "stateless") are those of the city's intake form.
    `arrived` is a month or a year as told (`2026-03`, `2026`); `household` the id of her household; `restricted` a case
    on the rapid path, which only those with the compartment's key see; `path_opened` since when that path waits for its
    end; `told_once` that a story is written down.
    """

    id: str
    number: str = scalar(
        default="", index=True, search=Searched.CODES, merging=Merging.KEPT
    )  # the folio on paper; says nothing of the person
    given: str = scalar(default="", search=Searched.NAMES)
    surname: str = scalar(default="", index=True, search=Searched.NAMES)
    second_surname: str = scalar(default="", search=Searched.NAMES)
    other_names: str = scalar(default="", column=False, search=Searched.NAMES)
    chosen_name: str = scalar(default="", search=Searched.NAMES)
    birth: date | Missing | None = scalar(default=None, sensitivity=COUNTED)
    birth_estimated: bool = scalar(default=False)
    birth_country: str | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    sex: Sex | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    gender: Gender | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=SENSITIVE)
    gender_words: str = scalar(default="", column=False, sensitivity=SENSITIVE)
    nationality: str | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    nationality_words: str = scalar(default="", column=False)
    other_nationalities: frozenset[str] = flags(default=frozenset())
    indigenous: bool | Missing | None = scalar(default=None, sensitivity=COUNTED)
    indigenous_people: str = scalar(default="", column=False, sensitivity=SENSITIVE)

    language: Language | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    language_words: str = scalar(default="", column=False)
    other_languages: frozenset[Language] = flags(default=frozenset())
    spanish_speaks: SpanishLevel | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    spanish_reads: SpanishLevel | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    spanish_writes: SpanishLevel | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    interpreter: bool = scalar(default=False)

    phone: str = scalar(default="", search=Searched.PHONES)
    email: str = scalar(default="", column=False, search=Searched.TEXTS)
    channel: Channel | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    contact_rule: ContactRule | Missing = scalar(default=Missing.NOT_ASKED)
    contact_words: str = scalar(default="")
    trusted: str = scalar(default="", column=False)
    trusted_phone: str = scalar(default="", column=False)
    address: str = scalar(default="", column=False)
    commune: str = scalar(default="")
    household: str = scalar(default="", index=True)

    children: int | Missing | None = scalar(default=None, sensitivity=COUNTED)
    cares_for: frozenset[Care] = flags(default=frozenset())
    childcare: bool | Missing | None = scalar(default=None)

    category: Category | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    status: str | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)
    registry: Registry | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    arrived: str | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    intention: Intention | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    reasons: frozenset[Reason] = flags(default=frozenset())

    seeing: Difficulty | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)
    hearing: Difficulty | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)
    walking: Difficulty | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)
    remembering: Difficulty | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)
    self_care: Difficulty | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)
    communicating: Difficulty | Missing = scalar(default=Missing.NOT_ASKED, column=False, sensitivity=SENSITIVE)

    schooling: Schooling | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    recognition: Recognition | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    situation: Situation | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    work_kind: WorkKind | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    occupation: str = scalar(default="", column=False)
    sought: str = scalar(default="", column=False, search=Searched.TEXTS)
    sought_group: Occupation | Missing = scalar(default=Missing.NOT_ASKED, sensitivity=COUNTED)
    internet: Internet | Missing = scalar(default=Missing.NOT_ASKED, column=False)
    barriers: frozenset[Barrier] = flags(default=frozenset())

    campaign: str = scalar(
        default="", search=Searched.TEXTS, column=False
    )  # an operation in the field, so that its people can be found again
    served_in: str = scalar(
        default="", merging=Merging.KEPT, sensitivity=COUNTED
    )  # country of the programme, ISO alpha-2; for imports
    opened: date | None = scalar(default=None, index=True, merging=Merging.FIRST, sensitivity=COUNTED)
    restricted: bool = scalar(default=False, index=True, merging=Merging.ANY)
    path_opened: date | None = scalar(default=None, merging=Merging.FIRST)
    told_once: bool = scalar(default=False, merging=Merging.ANY)
    demo: bool = scalar(default=False, column=False, merging=Merging.KEPT)

    @projected(sensitivity=COUNTED)
    def disability(self, _file: File) -> str:
        """`yes` or `no` by the Washington Group's cut-off; a missing answer's sign while the six do not decide."""
        told = (self.seeing, self.hearing, self.walking, self.remembering, self.self_care, self.communicating)
        if HARD & frozenset(told):
            return "yes"
        return next((answer.value for answer in told if isinstance(answer, Missing)), "no")

    @projected(index=False, sensitivity=COUNTED)
    def standing(self, _file: File) -> str:
        """The status as it may be counted: all of international protection is one, so that no column of the tables says
        who asked for asylum.
        """
        return PROTECTION if self.status in PROTECTED_STATUS else str(self.status)

    def facts(self, file: File) -> Facts:
        """What of a person can be compared with another record."""
        papers = (p.number for p in file.all(HeldDocument).values())
        return self.facts_with((*papers, *(i.code for i in file.all(OtherId).values())))

    def facts_with(self, documents: tuple[str, ...]) -> Facts:
        """The same with numbers told elsewhere, such as in a form."""
        return Facts(
            given=self.given,
            surname=self.surname,
            second_surname=self.second_surname,
            birth=self.birth if isinstance(self.birth, date) else None,
            about=self.birth_estimated is True,
            sex=self.sex.value if isinstance(self.sex, Sex) else "",
            nationality=self.nationality if len(self.nationality) == ALPHA_2 else "",
            phone=self.phone,
            documents=documents,
        )

    @keyed
    def likeness_keys(self, file: File) -> frozenset[int]:
        return blocking.keys(self.facts(file))

    @property
    def name(self) -> str:
        """As the person is called at the desk: the chosen name first, then the surnames."""
        return full_name(self.given, self.surname, self.second_surname, self.chosen_name)

    def age_on(self, day: date) -> int | None:
        return age_on(self.birth, day)


def full_name(given: str, surname: str, second_surname: str, chosen_name: str) -> str:
    return " ".join(n for n in (chosen_name or given, surname, second_surname) if n)


def age_on(birth: object, day: date) -> int | None:
    """Full years on a day; None when the birth date is not known."""
    if not isinstance(birth, date):
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
