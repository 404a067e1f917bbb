"""How people answered the office's own questions: exact figures for management, logged, never written to a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from migrant_office.errors import UserError
from migrant_office.i18n import N_, Translator
from migrant_office.models.coded import MISSING_LABELS
from migrant_office.models.forms.form import Form, Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.reads import answers as reads
from migrant_office.models.vault import access
from migrant_office.services.office_forms import NAMES, every_version

WRITTEN = N_("Written in own words")


@dataclass(frozen=True, slots=True)
class Tally:
    """One answer in words and the people who gave it last; somebody who chose several stands in several lines."""

    words: str
    people: int


def asked(office: Office) -> list[tuple[str, int]]:
    """(question, people) of every question with answers of its own."""
    return reads.questions(office.vault)


def tally(office: Office, question: str, translator: Translator) -> list[Tally]:
    """The answers to one question, most given first. Raises `UserError` when nobody answered it yet."""
    given = {(case, code) for case, value in reads.values(office.vault, question) for code in value.split() or [""]}
    found = Counter(code for _case, code in given)
    if not found:
        raise UserError(N_("Nobody has answered a question named “{name}” yet."), name=question)
    access.note(office.vault, "counts", question)
    labels = labels_of(office, question, translator.lang)
    return [
        Tally(words_of(code, labels, translator), people)
        for code, people in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def words_of(code: str, labels: dict[str, str], translator: Translator) -> str:
    if not code:
        return translator.gettext(WRITTEN)
    if code in set(Missing):
        return translator.gettext(MISSING_LABELS[Missing(code)])
    return labels.get(code, code)


def labels_of(office: Office, question: str, lang: str) -> dict[str, str]:
    """The words of a question's choices, the newest first: a choice that its list has lost was given all the same."""
    found: dict[str, str] = {}
    for form in (form for name in NAMES for form in every_version(office, name)):
        item = named(form, question)
        if item and item.list_name:
            found = {one.value: one.label.get(lang) for one in form.lists[item.list_name].choices} | found
    return found


def named(form: Form, question: str) -> Question | None:
    return next((one for one in form.root.questions() if one.name == question), None)
