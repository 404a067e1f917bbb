"""What a form was and what it was told beyond the fields of records: kept with the case under the form's version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrant_office import clock
from migrant_office.models.form_record import Answer, FormRecord
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Kind, Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.restricted import PrivateAnswer
from migrant_office.services.intake.record import FIELDS, RECORDS, holds

ASKED_IN_VAIN = frozenset({Missing.REFUSED, Missing.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Kept:
    """The form's record, its free answers, and the sensitive ones for the compartment."""

    record: FormRecord
    answers: tuple[Answer, ...]
    private: tuple[PrivateAnswer, ...]
    note: str


def kept_of(office: Office, filling: FormFilling, use: str, inside: str = "") -> Kept:
    """Everything that no record holds of a form filled as `use`. `inside` limits it to one instance of a repeated group
    (its address and `/`); else what stands in groups that make records of their own is left to those.
    """
    form, today = filling.form, clock.today()
    answered, asked = filling.progress()
    record = FormRecord(
        id=new_id(),
        form=form.id,
        use=use,
        version=form.version,
        digest=form.digest,
        made=today,
        recorded=today,
        officer=office.officer,
        language=filling.lang,
        answered=answered,
        asked=asked,
        shown=dict(shown(filling, inside)) or None,
    )
    answers: list[Answer] = []
    private: list[PrivateAnswer] = []
    for addr, question in homeless(filling, inside):
        told = told_of(filling, addr, question)
        if question.sensitive:
            private.append(PrivateAnswer(id=new_id(), record=record.id, made=today, **told))
        else:
            answers.append(Answer(id=new_id(), record=record.id, made=today, **told))
    return Kept(record, tuple(answers), tuple(private), note_of(filling, inside))


def told_of(filling: FormFilling, addr: str, question: Question) -> dict[str, str]:
    cell = filling.cell(addr)
    free = question.kind is Kind.TEXT and cell.missing is None
    return {
        "question": question.name,
        "value": "" if free else (cell.missing.value if cell.missing else cell.value),
        "text": cell.value if free else "",
        "words": filling.answer_text(addr, filling.lang),
        "label": filling.label(addr, filling.lang),
    }


def homeless(filling: FormFilling, inside: str) -> Iterator[tuple[str, Question]]:
    """Answered questions whose answer no field of a record holds."""
    fed = feeding(filling.form)
    for addr, question in ours(filling, inside):
        cell = filling.cell(addr)
        if not cell.value and cell.missing not in ASKED_IN_VAIN:
            continue
        record, _, field = question.maps_to.partition(".")
        if question.maps_to in FIELDS:
            cls = RECORDS.get(record)
            lost = cell.missing is not None and (cls is None or not holds(cls, field, cell.missing))
            if lost and record != "consent":
                yield addr, question
        elif question.path not in fed or cell.missing:
            yield addr, question


def ours(filling: FormFilling, inside: str) -> Iterator[tuple[str, Question]]:
    """The questions asked now that belong here: inside one instance, or outside groups that make records."""
    for addr in filling.visible():
        question = filling.form.at(addr)
        if not isinstance(question, Question) or not question.takes_answer:
            continue
        if addr.startswith(inside) if inside else not makes_record(filling.form, question):
            yield addr, question


def makes_record(form: Form, question: Question) -> bool:
    """Whether a question stands in a repeated group that becomes records."""
    return any(getattr(form.by_path[path], "maps_to", "") for path in form.trails[question.path])


def shown(filling: FormFilling, inside: str) -> Iterator[tuple[str, str]]:
    """The words of each chosen code that a record holds: lists change, and the words as shown must not get lost."""
    for addr, question in ours(filling, inside):
        if question.maps_to and question.list_name and not question.sensitive and filling.cell(addr).value:
            yield question.maps_to, filling.answer_text(addr, filling.lang)


def note_of(filling: FormFilling, inside: str) -> str:
    """Answers that do not fit their question ("two or three" children), as words: nothing typed is lost."""
    wrong = {addr for addr, _problem in filling.problems()}
    return "\n".join(
        f"{filling.label(addr, filling.lang)} {filling.answer_text(addr, filling.lang) or filling.cell(addr).value}"
        for addr, question in ours(filling, inside)
        if addr in wrong and filling.cell(addr).value and (question.maps_to or question.path in feeding(filling.form))
    )


def feeding(form: Form) -> set[tuple[str, ...]]:
    """Paths of the questions whose answers a calculation carries into a field, such as the age into the birth."""
    carried = [q.calculate for q in form.by_path.values() if isinstance(q, Question) and q.maps_to and q.calculate]
    return {path for expression in carried for path in expression.deps}
