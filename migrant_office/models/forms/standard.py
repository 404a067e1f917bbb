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
_OURS = N_("Intake of this program")


@dataclass(frozen=True)
class StandardQuestion:
    """A name with a meaning: the `field` it fills when asked as one of `kinds` (or calculated); `meaning` and `source`
    are message ids.
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
    StandardQuestion("chosen_name", "person.chosen_name", _TEXT, N_("Name the person wants to be called by")),
    StandardQuestion("language", "person.language", _ONE, N_("Language the person prefers to speak")),
    StandardQuestion("language_other", "person.language_words", _TEXT, N_("Another language, in words")),
    StandardQuestion("interpreter", "person.interpreter", _ONE, N_("Whether an interpreter is needed")),
    StandardQuestion("contact_rule", "person.contact_rule", _ONE, N_("How to reach the person without risk")),
    StandardQuestion("phone", "person.phone", _TEXT, N_("Telephone number")),
    StandardQuestion("commune", "person.commune", _TEXT, N_("Where the person lives: commune or borough")),
    StandardQuestion("birth", "person.birth", frozenset({Kind.DATE}), N_("Date of birth")),
    StandardQuestion("birth_estimated", "person.birth_estimated", _ONE, N_("Whether the date of birth is estimated")),
    StandardQuestion("sex", "person.sex", _ONE, N_("Sex as registered")),
    StandardQuestion("gender", "person.gender", _ONE, N_("Gender the person identifies with")),
    StandardQuestion("gender_words", "person.gender_words", _TEXT, N_("Gender in the person's own words")),
    StandardQuestion("nationality", "person.nationality", _ONE, N_("Nationality")),
    StandardQuestion("nationality_words", "person.nationality_words", _TEXT, N_("Another nationality, in words")),
    StandardQuestion(
        "children", "person.children", frozenset({Kind.INTEGER}), N_("How many children the person looks after")
    ),
    StandardQuestion("childcare", "person.childcare", _ONE, N_("Whether childcare is needed")),
    StandardQuestion("schooling", "person.schooling", _ONE, N_("Last level of studies completed")),
    StandardQuestion("situation", "person.situation", _ONE, N_("What the person does at present")),
    StandardQuestion("occupation", "person.occupation", _TEXT, N_("Work the person does or knows how to do")),
    StandardQuestion("needs", "need.kind", frozenset({Kind.SELECT_MULTIPLE}), N_("What the person needs today")),
    StandardQuestion("needs_other", "need.words", _TEXT, N_("Another need, in words")),
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
