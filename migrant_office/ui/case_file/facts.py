"""What is known of a person, label and words; what nobody asked is left out, what she would not say is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.missing import Missing
from migrant_office.models.person import Person
from migrant_office.ui import words
from migrant_office.ui.theme.metrics import COLUMN_GAP, SMALL
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.text import Text


def facts_of(person: Person) -> list[tuple[str, str]]:
    """(label, value) in the order of the intake."""
    tr = translator()
    country = person.nationality
    told = [
        (_("Phone"), person.phone),
        (_("Contact"), words.contact_text(person.contact_rule, person.contact_words) or shown(person.contact_rule)),
        (_("Language"), shown(person.language)),
        (_("Birth"), birth(person)),
        (_("Sex"), shown(person.sex)),
        (_("Gender"), person.gender_words or shown(person.gender)),
        (
            _("Nationality"),
            shown(country) if isinstance(country, Missing) else person.nationality_words or tr.country(country),
        ),
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


class FactsCard(Card):
    """The card "Data", with the link that corrects them. A phone never stands without the rule for using it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.link = self._link

    def show_person(self, person: Person, beside_phone: Sequence[MarkSpec] = ()) -> None:
        """`beside_phone` are marks that only the case knows, such as no consent to contact."""
        self.clear()
        self.set_title(_("Data"))
        self.set_link(_("Correct"))
        known, grid = facts_of(person), QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        row = 0
        for label, value in known:
            grid.addWidget(Text(label, "hint", "hint", wrap=True), row, 0)
            grid.addWidget(Text(value, "body", wrap=True), row, 1)
            row += 1
            for mark in (*beside_phone, contact_mark(person)) if value == person.phone else ():
                if mark:
                    grid.addWidget(Chip(mark.text, mark.tone, mark.icon), row, 1)
                    row += 1
        self.body.addLayout(grid)
        if not known:
            self.add(Text(_("Nothing else was told yet. It can be completed any day."), "hint", "hint", wrap=True))


def contact_mark(person: Person) -> MarkSpec | None:
    """What stands beside a phone number: the rule, or that nobody asked for one yet."""
    rule = words.contact_rule_mark(person)
    if rule:
        return rule
    if isinstance(person.contact_rule, Missing):
        return MarkSpec(_("Ask first how this person may be contacted"), "warn", "shield-check", plate=True)
    return None
