"""A sheet whose words need nothing of a case: only the office, the day, and for a letter the name of who carries it."""

from __future__ import annotations

from migrant_office.models.sheet import SheetDefinition, known
from migrant_office.services.sheets.composing import Facts, compose
from migrant_office.services.sheets.content import Budget, Content, clip
from migrant_office.services.sheets.document import Document, Form
from migrant_office.services.sheets.fitting import Printing, fitted
from migrant_office.services.sheets.reach import LONGEST, reached
from migrant_office.services.sheets.words import Words


def plain_document(
    definition: SheetDefinition, form: Form, printing: Printing, person: str = "", contact: str = ""
) -> Document:
    """The sheet, two pages or, with very many words, more; never under 11 points."""

    def make(_: Budget) -> tuple[Words, Content]:
        words = Words(definition, form.columns)
        return words, compose(words, _facts(words, printing, clip(person, LONGEST), contact))

    return fitted(make, (Budget(),), form, printing)


def _facts(words: Words, printing: Printing, person: str, contact: str) -> Facts:
    said = {"office": clip(printing.office, LONGEST), "person": person}
    left, right = (
        {**said, "contact": reached(contact, column), "date": column.long_date(printing.printed_on)}
        for column in words.columns
    )
    known_ = {"office_contact": known(contact), "person": person}
    return Facts(flags=frozenset(name for name, fact in known_.items() if fact), values=(left, right))
