"""What is known of a person, label and words; what nobody asked is left out, what she would not say is said."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import _, translator
from migrant_office.models.missing import Missing
from migrant_office.models.person import Person
from migrant_office.ui import words


def facts_of(person: Person) -> list[tuple[str, str]]:
    """(label, value) in the order of the intake."""
    tr = translator()
    country = person.nationality
    told = [
        (_("Phone"), person.phone),
        (_("Contact"), shown(person.contact_rule)),
        (_("Language"), shown(person.language)),
        (_("Birth"), birth(person)),
        (_("Sex"), shown(person.sex)),
        (_("Gender"), person.gender_words or shown(person.gender)),
        (_("Nationality"), shown(country) if isinstance(country, Missing) else
         person.nationality_words or tr.country(country)),
        (_("Where the person lives"), person.commune),
        (_("Children in care"), shown(person.children)),
        (_("Schooling"), shown(person.schooling)),
        (_("Situation"), shown(person.situation)),
        (_("Occupation"), person.occupation),
    ]
    return [(label, value) for label, value in told if value]


def shown(value: object) -> str:
    """A stored answer in words; nothing for one that was not asked."""
    if value is None or value is Missing.NOT_ASKED:
        return ""
    return words.coded(value)


def birth(person: Person) -> str:
    if not isinstance(person.birth, date):
        return shown(person.birth)
    if person.birth_estimated:
        return _("about {year}").format(year=person.birth.year)
    return translator().date(person.birth)
