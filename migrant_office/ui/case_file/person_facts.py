"""What is known of a person, label and words; what nobody asked is left out, what she would not say is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.missing import Missing
from migrant_office.models.person import Person
from migrant_office.ui import words

Facts = list[tuple[str, str]]
"""(label, value), none of them empty."""


def facts_of(person: Person) -> Facts:
    """What matters at every visit, in the order of the intake."""
    return said(
        [
            (_("Phone"), person.phone),
            (_("Contact"), words.contact_text(person.contact_rule, person.contact_words) or shown(person.contact_rule)),
            (_("Language"), person.language_words or shown(person.language)),
            (_("Birth"), birth(person)),
            (_("Sex"), shown(person.sex)),
            (_("Gender"), person.gender_words or shown(person.gender)),
            (_("Nationality"), country(person.nationality, person.nationality_words)),
            (_("Where the person lives"), person.commune),
            (_("Children in care"), shown(person.children)),
            (_("Schooling"), shown(person.schooling)),
            (_("Situation"), shown(person.situation)),
            (_("Occupation"), person.occupation),
        ]
    )


def further_facts(case: CaseFile) -> list[tuple[str, Facts]]:
    """(heading, facts) of everything else that was told; headings without facts are left out."""
    person, codes = case.person, case.shown
    groups = [
        (_("Contact and language"), contact(person)),
        (_("Origin and stay"), stay(person, codes)),
        (
            _("Home and care"),
            [(_("Looks after"), several(person.cares_for)), (_("Childcare"), truth(person.childcare))],
        ),
        (_("Work and studies"), work(person)),
        (_("Age, gender and diversity"), diversity(person)),
        (_("Other answers"), [(answer.label or answer.question, answer.words) for answer in case.latest_answers]),
    ]
    return [(heading, facts) for heading, told in groups if (facts := said(told))]


def contact(person: Person) -> Facts:
    return [
        (_("Other names"), person.other_names),
        (_("E-mail"), person.email),
        (_("Prefers"), shown(person.channel)),
        (_("Trusted person"), "  ·  ".join(part for part in (person.trusted, person.trusted_phone) if part)),
        (_("Address"), person.address),
        (_("Other languages"), several(person.other_languages)),
        (_("Speaks Spanish"), shown(person.spanish_speaks)),
        (_("Reads Spanish"), shown(person.spanish_reads)),
        (_("Writes Spanish"), shown(person.spanish_writes)),
        (_("Internet"), shown(person.internet)),
    ]


def stay(person: Person, codes: Mapping[str, str]) -> Facts:
    status = shown(person.status) if isinstance(person.status, Missing) else codes.get("person.status", person.status)
    others = ", ".join(sorted(country(code) for code in person.other_nationalities))
    return [
        (_("Country of birth"), country(person.birth_country)),
        (_("Other nationalities"), others),
        (_("Arrived"), shown(person.arrived)),
        (_("Plans"), shown(person.intention)),
        (_("Reasons to come"), several(person.reasons)),
        (_("Category"), shown(person.category)),
        (_("Migration status, as told"), status),
        (_("Social register"), shown(person.registry)),
    ]


def work(person: Person) -> Facts:
    return [
        (_("Recognition of studies"), shown(person.recognition)),
        (_("Kind of work"), shown(person.work_kind)),
        (_("Work sought"), "  ·  ".join(part for part in (person.sought, shown(person.sought_group)) if part)),
        (_("Barriers"), several(person.barriers)),
    ]


def diversity(person: Person) -> Facts:
    return [
        (_("Indigenous people"), person.indigenous_people or truth(person.indigenous)),
        (_("Seeing"), shown(person.seeing)),
        (_("Hearing"), shown(person.hearing)),
        (_("Walking"), shown(person.walking)),
        (_("Remembering"), shown(person.remembering)),
        (_("Self-care"), shown(person.self_care)),
        (_("Communicating"), shown(person.communicating)),
    ]


def said(facts: Iterable[tuple[str, str]]) -> Facts:
    return [(label, value) for label, value in facts if value]


def shown(value: object) -> str:
    """A stored answer in words; nothing for one that was not asked."""
    if value is None or value is Missing.NOT_ASKED:
        return ""
    return words.coded(value)


def truth(value: object) -> str:
    """Yes, no, or why it is not known."""
    return (_("Yes") if value else _("No")) if isinstance(value, bool) else shown(value)


def several(codes: Iterable[object]) -> str:
    return ", ".join(sorted(words.coded(code) for code in codes))


def country(code: str | Missing, told: str = "") -> str:
    if isinstance(code, Missing):
        return shown(code)
    return told or (_("Stateless") if code == "stateless" else translator().country(code))


def birth(person: Person) -> str:
    if not isinstance(person.birth, date):
        return shown(person.birth)
    if person.birth_estimated:
        return _("about {year}").format(year=person.birth.year)
    return translator().date(person.birth)
