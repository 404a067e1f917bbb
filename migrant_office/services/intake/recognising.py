"""Whoever is being registered may be known: what is compared, what the officer said, and going on with her file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Repeat
from migrant_office.models.judgement import Verdict
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.office import Office
from migrant_office.models.person import Person
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.operation import Operation
from migrant_office.services import duplicates
from migrant_office.services.intake.drafts import begin, save_draft
from migrant_office.services.intake.held import MEMBERS
from migrant_office.services.intake.record import Told, text_of, values
from migrant_office.services.office_forms import COMPLETION

JUDGED = "judged"  # beside a draft's answers: whose (address of the member, or "") → case → verdict
NAMES = ("person.given", "person.surname", "person.second_surname", "person.chosen_name")
OTHER_NAMES = "person.other_names"
BIRTH = frozenset({"birth_date", "age"})  # standard questions

Beside = Mapping[str, Any]


def facts_told(filling: FormFilling, whose: str = "") -> Facts:
    """What a form tells of somebody so far; `whose` is the address of a member of a family."""
    told: Told = filling.mapped()
    if whose:
        told = dict(told) | dict(filling.recorded(MEMBERS).get(whose, {}))
    person = Person(id="-", **values(Person, "person", told))
    inside = (one for addr, one in filling.recorded("held_document").items() if addr.startswith(whose))
    numbers = (text_of(values(HeldDocument, "held_document", one).get("number")) for one in (*inside, told))
    return person.facts_with(tuple(filter(None, numbers)))


def members_told(filling: FormFilling) -> tuple[str, ...]:
    """The addresses of the members of a family, each somebody who may be known; "" alone in any other form."""
    return tuple(filling.recorded(MEMBERS)) or ("",)


# what the officer said


def judged(beside: Beside, whose: str = "") -> dict[str, Verdict]:
    """What was said of the cases that look like this person, by case."""
    told = beside.get(JUDGED, {})
    found = told.get(whose, {}) if isinstance(told, dict) else {}
    return {case: Verdict(code) for case, code in found.items() if code in set(Verdict)}


def with_judgement(beside: Beside, whose: str, case: str, verdict: Verdict) -> dict[str, Any]:
    """What is to be put beside the answers: all that was said, and one thing more."""
    told = {one: dict(said) for one, said in beside.get(JUDGED, {}).items()}
    told.setdefault(whose, {})[case] = verdict.value
    return {JUDGED: told}


def write_judgements(office: Office, op: Operation, case: str, beside: Beside, whose: str = "") -> None:
    """Keep what was said with the case that was opened, inside its operation. A case that is gone meanwhile says
    nothing any more.
    """
    for other, verdict in judged(beside, whose).items():
        if other != case and duplicates.is_there(office, other):
            duplicates.put_judgement(office, op, case, other, verdict)


# she is known


def go_on_with(
    office: Office, draft: Draft, filling: FormFilling, beside: Beside, case: str
) -> tuple[Draft, FormFilling]:
    """The same answers as the completion of a case that is open already; that draft takes the place of this one.

    What was told today stands in the form, to be looked at before it is saved; but the file keeps its names and a birth
    date it has: a name told otherwise goes to the other names. Raises `Gone` without the case.
    """
    new, known = begin(office, COMPLETION, case)
    others = [name for field in NAMES if (name := differing(filling, known, field))]
    for question in filling.form.root.questions():
        if question.takes_answer and not filling.form.trails[question.path]:
            carry(known, question.name, answer_in(filling, question.addr))
    for repeat in (item for item in filling.form.by_path.values() if isinstance(item, Repeat)):
        carry_repeat(filling, known, repeat)
    add_names(known, others)
    saved = save_draft(office, new, known, {key: told for key, told in beside.items() if key != JUDGED})
    drafts.discard(office.vault, draft.id)
    return saved, known


def answer_in(filling: FormFilling, addr: str) -> Answer:
    """What was answered, or why not; None for what nobody asked."""
    cell = filling.cell(addr)
    if cell.missing in (Missing.REFUSED, Missing.UNKNOWN):
        return cell.missing
    return cell.value or None


def carry(known: FormFilling, name: str, answer: Answer) -> None:
    """Put one answer into the other form, where it has a question of that name that it may fill."""
    question = next((q for q in known.form.root.questions() if q.name == name and q.takes_answer), None)
    if answer is None or question is None or known.form.trails[question.path]:
        return
    held = known.cell(question.addr).value
    if question.maps_to not in NAMES and not (held and name in BIRTH):
        known.set(question.addr, answer)


def carry_repeat(filling: FormFilling, known: FormFilling, repeat: Repeat) -> None:
    """The papers and trades told today, each as one more of those of the case."""
    if not isinstance(known.form.by_path.get(repeat.path), Repeat):
        return
    for instance in filling.instances(repeat.addr):
        told = {addr: answer_in(filling, addr) for addr in filling.visible() if addr.startswith(f"{instance}/")}
        if not any(told.values()) or not known.can_add(repeat.addr):
            continue
        known.add(repeat.addr)
        into = known.instances(repeat.addr)[-1]
        for addr, answer in told.items():
            if answer is not None:
                known.set(addr.replace(instance, into, 1), answer)


def add_names(known: FormFilling, names: Iterable[str]) -> None:
    question = next((q for q in known.form.root.questions() if q.maps_to == OTHER_NAMES and q.takes_answer), None)
    if question is not None and (told := " ".join(dict.fromkeys(names))):
        before = known.cell(question.addr).value
        known.set(question.addr, f"{before} {told}".strip())


def differing(filling: FormFilling, known: FormFilling, field: str) -> str:
    """A name that was told today and that the file writes otherwise."""
    told, stored = (text_of(one.mapped().get(field)) for one in (filling, known))
    return told if told and told != stored else ""
