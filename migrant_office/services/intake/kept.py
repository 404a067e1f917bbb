"""What a form was and what it was told beyond the fields of records: kept with the case under the form's version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrant_office import clock
from migrant_office.models.form_record import Answer, FormRecord
from migrant_office.models.forms.answers import misfit
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.office import Office, new_id
from migrant_office.models.restricted import PrivateAnswer
from migrant_office.services.intake.held import ALONE, Holding

OUTSIDE = frozenset({""})


@dataclass(frozen=True, slots=True)
class Kept:
    """The form's record, its free answers, and the sensitive ones for the compartment."""

    record: FormRecord
    answers: tuple[Answer, ...]
    private: tuple[PrivateAnswer, ...]
    note: str


def kept_of(office: Office, holding: Holding, owners: frozenset[str] = OUTSIDE) -> Kept:
    """Everything that no record holds of what belongs to `owners`: members by the addresses of their instances, "" for
    what was told outside of them.
    """
    filling, today = holding.filling, clock.today()
    form = filling.form
    answered, asked = filling.progress()
    record = FormRecord(
        id=new_id(),
        form=form.id,
        use=holding.use,
        version=form.version,
        digest=form.digest,
        made=today,
        recorded=today,
        officer=office.officer,
        language=filling.lang,
        answered=answered,
        asked=asked,
        shown=dict(shown(holding, owners)) or None,
    )
    answers: list[Answer] = []
    private: list[PrivateAnswer] = []
    for addr, question in homeless(holding, owners):
        told = told_of(filling, addr, question)
        if holding.is_private(question):
            private.append(PrivateAnswer(id=new_id(), record=record.id, made=today, **told))
        else:
            answers.append(Answer(id=new_id(), record=record.id, made=today, **told))
    if "" in owners:
        private += (PrivateAnswer(id=new_id(), record=record.id, made=today, **told) for told in placeless(filling))
    return Kept(record, tuple(answers), tuple(private), note_of(holding, owners))


def told_of(filling: FormFilling, addr: str, question: Question) -> dict[str, str]:
    """An answer as it is kept: what can be counted as its value, what was written freely as its text."""
    cell, words = filling.cell(addr), filling.answer_text(addr, filling.lang)
    free = cell.missing is None and is_free(filling, question, cell.value, words)
    return {
        "question": question.name,
        "value": "" if free else (cell.missing.value if cell.missing else cell.value),
        "text": cell.value if free else "",
        "words": words,
        "label": filling.label(addr, filling.lang),
    }


def is_free(filling: FormFilling, question: Question, value: str, words: str) -> bool:
    """Whether it was written and not chosen, measured or dated: names stand in such answers, so nothing counts them."""
    if question.kind is Kind.TEXT or misfit(question.kind, value):
        return True
    if not question.list_name:
        return False
    unknown = set(value.split()) - filling.form.lists[question.list_name].by_value.keys()
    return bool(unknown & set(words.split(", ")))  # a code that the list has lost has its words


def homeless(holding: Holding, owners: frozenset[str]) -> Iterator[tuple[str, Question]]:
    """Answered questions whose answer neither a record nor the note of the day holds."""
    noted = {addr for addr, _question in doubtful(holding, owners)}
    for addr, question in holding.ours(owners):
        if addr not in noted and not holding.is_held(addr, question):
            yield addr, question


def placeless(filling: FormFilling) -> Iterator[dict[str, str]]:
    """Answers of a draft to questions that a newer version of its form has not any more.

    Nobody knows here whether those were sensitive, so they belong into the compartment.
    """
    snapshot = filling.snapshot()
    for addr, answer in snapshot["answers"].items():
        name = addr.rpartition("/")[2]
        if not takes_answer(filling, addr):
            words = snapshot["shown"].get(addr, {})
            yield {"question": name, "label": name, "text": answer, "words": ", ".join(words.values()) or answer}


def takes_answer(filling: FormFilling, addr: str) -> bool:
    """Whether the form has a question there now, asked or not."""
    try:
        item = filling.form.at(addr)
    except KeyError:
        return False
    return isinstance(item, Question) and item.kind is not Kind.NOTE


def shown(holding: Holding, owners: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The words of each chosen code that a record holds: lists change, and the words as shown must not get lost."""
    filling = holding.filling
    for addr, question in holding.ours(owners):
        chosen = question.list_name and filling.cell(addr).value and not holding.is_private(question)
        if chosen and holding.takes(question) and holding.around(question) not in ALONE:
            yield question.maps_to, filling.answer_text(addr, filling.lang)


def doubtful(holding: Holding, owners: frozenset[str]) -> Iterator[tuple[str, Question]]:
    """Answers that do not fit the record they were meant for ("two or three" children); sensitive ones are no note."""
    for addr, question in holding.ours(owners):
        meant = question.maps_to or question.path in holding.carried
        if addr in holding.wrong and holding.filling.cell(addr).value and meant and not holding.is_private(question):
            yield addr, question


def note_of(holding: Holding, owners: frozenset[str]) -> str:
    """The doubtful answers in words: nothing typed is lost."""
    filling, lang = holding.filling, holding.filling.lang
    return "\n".join(
        f"{filling.label(addr, lang)} {filling.answer_text(addr, lang) or filling.cell(addr).value}"
        for addr, _question in doubtful(holding, owners)
    )
