"""The names of questions that every form of this program understands without a column `maps_to`.

Whoever writes a form in a spreadsheet needs to know no field: a question named `given` fills the given names. The
column `maps_to` beats this table. A name once published is never taken away, because forms outlive the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrant_office.i18n import N_, Translator
from migrant_office.models.forms.form import Kind

_TEXT = frozenset({Kind.TEXT})
_ONE = frozenset({Kind.SELECT_ONE})
_MANY = frozenset({Kind.SELECT_MULTIPLE})
_WHOLE = frozenset({Kind.INTEGER})
_DAY = frozenset({Kind.DATE})
_FILE = frozenset({Kind.FILE, Kind.IMAGE})
_OURS = N_("Intake of this program")
_AGD = N_("Age, gender and diversity policy of UNHCR")
_WG = N_("Washington Group Short Set")
_ISCO = N_("ISCO-08, the classification of occupations")
_CONSENT = "ISO/IEC TS 27560"


@dataclass(frozen=True)
class StandardQuestion:
    """A name with a meaning: the `field` it fills when asked as one of `kinds` (or calculated); `meaning` and `source`
    are message ids; a source like [002:2755] is a line of the evaluation of the programme.
    """

    name: str
    field: str
    kinds: frozenset[Kind]
    meaning: str
    source: str = _OURS

    def fits(self, kind: Kind) -> bool:
        return kind in self.kinds or kind is Kind.CALCULATE

    @property
    def record(self) -> str:
        return self.field.partition(".")[0]


_QUESTIONS = (
    StandardQuestion("given", "person.given", _TEXT, N_("Given names")),
    StandardQuestion("surname", "person.surname", _TEXT, N_("First family name")),
    StandardQuestion("second_surname", "person.second_surname", _TEXT, N_("Second family name")),
    StandardQuestion("other_names", "person.other_names", _TEXT, N_("Other names the person has used")),
    StandardQuestion("chosen_name", "person.chosen_name", _TEXT, N_("Name the person wants to be called by"), _AGD),
    StandardQuestion("birth", "person.birth", _DAY, N_("Date of birth")),
    StandardQuestion("birth_estimated", "person.birth_estimated", _ONE, N_("Whether the date of birth is estimated")),
    StandardQuestion(
        "birth_country", "person.birth_country", _ONE, N_("Country of birth, ISO 3166 alpha-2"), "[002:2722]"
    ),
    StandardQuestion("sex", "person.sex", _ONE, N_("Sex as registered"), "[002:2708]"),
    StandardQuestion("gender", "person.gender", _ONE, N_("Gender the person identifies with"), _AGD),
    StandardQuestion("gender_words", "person.gender_words", _TEXT, N_("Gender in the person's own words"), _AGD),
    StandardQuestion(
        "nationality", "person.nationality", _ONE, N_("Nationality, ISO 3166 alpha-2, or stateless"), "[002:2722]"
    ),
    StandardQuestion("nationality_words", "person.nationality_words", _TEXT, N_("Another nationality, in words")),
    StandardQuestion("other_nationalities", "person.other_nationalities", _MANY, N_("Further nationalities")),
    StandardQuestion(
        "indigenous", "person.indigenous", _ONE, N_("Whether the person says she is indigenous"), "[002:1094]"
    ),
    StandardQuestion("indigenous_people", "person.indigenous_people", _TEXT, N_("Which people"), "[002:1094]"),
    StandardQuestion("language", "person.language", _ONE, N_("Language the person prefers to speak"), "[002:2748]"),
    StandardQuestion("language_other", "person.language_words", _TEXT, N_("Another language, in words"), "[002:2748]"),
    StandardQuestion("other_languages", "person.other_languages", _MANY, N_("Further languages")),
    StandardQuestion(
        "spanish_speaks", "person.spanish_speaks", _ONE, N_("How well the person speaks Spanish"), "[002:2755]"
    ),
    StandardQuestion(
        "spanish_reads", "person.spanish_reads", _ONE, N_("How well the person reads Spanish"), "[002:2755]"
    ),
    StandardQuestion(
        "spanish_writes", "person.spanish_writes", _ONE, N_("How well the person writes Spanish"), "[002:2755]"
    ),
    StandardQuestion("interpreter", "person.interpreter", _ONE, N_("Whether an interpreter is needed")),
    StandardQuestion("contact_rule", "person.contact_rule", _ONE, N_("How to reach the person without risk")),
    StandardQuestion("contact_words", "person.contact_words", _TEXT, N_("When and how to reach the person, in words")),
    StandardQuestion("phone", "person.phone", _TEXT, N_("Telephone number")),
    StandardQuestion("email", "person.email", _TEXT, N_("E-mail address")),
    StandardQuestion("channel", "person.channel", _ONE, N_("The way the person likes best to be reached")),
    StandardQuestion("trusted", "person.trusted", _TEXT, N_("Somebody the person trusts")),
    StandardQuestion("trusted_phone", "person.trusted_phone", _TEXT, N_("Telephone of that somebody")),
    StandardQuestion("address", "person.address", _TEXT, N_("Address")),
    StandardQuestion("commune", "person.commune", _TEXT, N_("Where the person lives: commune or borough")),
    StandardQuestion(
        "children", "person.children", _WHOLE, N_("How many children the person looks after"), "[002:2742]"
    ),
    StandardQuestion("cares_for", "person.cares_for", _MANY, N_("Whom else the person looks after"), "[002:1087]"),
    StandardQuestion("childcare", "person.childcare", _ONE, N_("Whether childcare is needed"), "[002:1087]"),
    StandardQuestion("category", "person.category", _ONE, N_("Category of mobility, as the person says"), "[002:1002]"),
    StandardQuestion(
        "status",
        "person.status",
        _ONE,
        N_("Migration status, coarse, as the person says; codes of the city"),
        "[002:478]",
    ),
    StandardQuestion(
        "registry", "person.registry", _ONE, N_("Whether the person is in the city's social register"), "[002:1437]"
    ),
    StandardQuestion("arrived", "person.arrived", _TEXT, N_("Month or year of arrival, such as 2026-03"), "[002:789]"),
    StandardQuestion("intention", "person.intention", _ONE, N_("To stay, to travel on, to go back"), "[002:492]"),
    StandardQuestion("reasons", "person.reasons", _MANY, N_("Why the person came"), "[002:486]"),
    StandardQuestion("seeing", "person.seeing", _ONE, N_("Difficulty seeing"), _WG),
    StandardQuestion("hearing", "person.hearing", _ONE, N_("Difficulty hearing"), _WG),
    StandardQuestion("walking", "person.walking", _ONE, N_("Difficulty walking or climbing steps"), _WG),
    StandardQuestion("remembering", "person.remembering", _ONE, N_("Difficulty remembering or concentrating"), _WG),
    StandardQuestion("self_care", "person.self_care", _ONE, N_("Difficulty with self-care"), _WG),
    StandardQuestion("communicating", "person.communicating", _ONE, N_("Difficulty communicating"), _WG),
    StandardQuestion("schooling", "person.schooling", _ONE, N_("Last level of studies completed"), "[002:2732]"),
    StandardQuestion(
        "recognition", "person.recognition", _ONE, N_("Where the recognition of studies stands"), "[002:409]"
    ),
    StandardQuestion("situation", "person.situation", _ONE, N_("What the person does at present"), "[002:1360]"),
    StandardQuestion("work_kind", "person.work_kind", _ONE, N_("For whom the person works"), "[002:2774]"),
    StandardQuestion("occupation", "person.occupation", _TEXT, N_("Work the person does or knows how to do")),
    StandardQuestion("sought", "person.sought", _TEXT, N_("Work the person looks for")),
    StandardQuestion("sought_group", "person.sought_group", _ONE, N_("Major group of that work"), _ISCO),
    StandardQuestion("internet", "person.internet", _ONE, N_("Access to the internet"), "[002:1369]"),
    StandardQuestion(
        "barriers", "person.barriers", _MANY, N_("What keeps the person from work or a course"), "[002:799]"
    ),
    StandardQuestion(
        "campaign", "person.campaign", _TEXT, N_("Operation in the field in which the person was registered")
    ),
    StandardQuestion("needs", "need.kind", _MANY, N_("What the person needs today")),
    StandardQuestion("needs_other", "need.words", _TEXT, N_("Another need, in words")),
    StandardQuestion("document_kind", "held_document.kind", _ONE, N_("A document: its kind"), "[002:518]"),
    StandardQuestion("document_words", "held_document.words", _TEXT, N_("A document: which other kind")),
    StandardQuestion(
        "document_state",
        "held_document.state",
        _ONE,
        N_("A document: has it, in process, expired, lost, lacks it"),
        "[002:518]",
    ),
    StandardQuestion("document_number", "held_document.number", _TEXT, N_("A document: its number")),
    StandardQuestion("document_country", "held_document.country", _ONE, N_("A document: the country that issued it")),
    StandardQuestion("document_expires", "held_document.expires", _DAY, N_("A document: the day it expires")),
    StandardQuestion("document_copy", "held_document.copy", _FILE, N_("A document: a copy of it")),
    StandardQuestion("experience_words", "experience.words", _TEXT, N_("A job: what it was"), "[002:790]"),
    StandardQuestion("experience_group", "experience.group", _ONE, N_("A job: its major group"), _ISCO),
    StandardQuestion("experience_years", "experience.years", _WHOLE, N_("A job: for how many years")),
    StandardQuestion("experience_country", "experience.country", _ONE, N_("A job: in which country")),
    StandardQuestion(
        "experience_provable", "experience.provable", _ONE, N_("A job: whether a paper proves it"), "[002:790]"
    ),
    StandardQuestion("role", "member.role", _ONE, N_("In a family: what the member is to the one who speaks")),
    StandardQuestion(
        "guardian",
        "member.guardian",
        _ONE,
        N_("In a family: whether the one who speaks answers for this minor"),
        "[002:1315]",
    ),
    StandardQuestion(
        "orientation",
        "protection.orientation",
        _ONE,
        N_("Sexual orientation; kept in the restricted compartment"),
        _AGD,
    ),
    StandardQuestion(
        "orientation_words",
        "protection.orientation_words",
        _TEXT,
        N_("Sexual orientation in own words; kept in the compartment"),
        _AGD,
    ),
    StandardQuestion(
        "entry",
        "protection.entry",
        _ONE,
        N_("How the person entered the country; kept in the compartment"),
        "[002:428]",
    ),
    StandardQuestion(
        "signs", "protection.signs", _MANY, N_("Signs that open the rapid path; kept in the compartment"), "[002:1085]"
    ),
    StandardQuestion("consent_contact", "consent.contact", _ONE, N_("Agrees to be contacted"), _CONSENT),
    StandardQuestion(
        "consent_share_public", "consent.share_public", _ONE, N_("Agrees that public offices are told"), _CONSENT
    ),
    StandardQuestion(
        "consent_share_private",
        "consent.share_private",
        _ONE,
        N_("Agrees that private organisations are told"),
        _CONSENT,
    ),
    StandardQuestion(
        "consent_sensitive", "consent.sensitive", _ONE, N_("Agrees that sensitive answers are kept"), _CONSENT
    ),
    StandardQuestion("consent_by", "consent.by", _ONE, N_("Who agreed: the person or a guardian"), _CONSENT),
    StandardQuestion("consent_manner", "consent.manner", _ONE, N_("How it was said"), _CONSENT),
    StandardQuestion("consent_guardian", "consent.guardian", _TEXT, N_("The guardian, in words"), _CONSENT),
)
STANDARD: Mapping[str, StandardQuestion] = {question.name: question for question in _QUESTIONS}


def rows(translator: Translator | None = None) -> Iterator[tuple[str, ...]]:
    """The published table in the reader's language (English without one), its heading first: name, kinds, field,
    meaning, source.
    """
    said = (translator or Translator("en")).gettext
    yield tuple(said(one) for one in (N_("Name"), N_("Type"), N_("Field"), N_("Meaning"), N_("Source")))
    for one in STANDARD.values():
        yield one.name, ", ".join(sorted(one.kinds)), one.field, said(one.meaning), said(one.source)
