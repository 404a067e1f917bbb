"""Put what an invented person tells into a form, as somebody at the desk would type it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from migrant_office import clock
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Question, Repeat
from migrant_office.models.missing import Missing
from migrant_office.services.demo.asking import Told

MEMBERS, PAPERS, TRADES = "household.member", "held_document", "experience"
PLACE = "place"  # chosen by its words: the file of the city's people names communes
Group = Iterable[Mapping[str, Answer]]  # the answers of each instance of a repeated group


def filled(
    form: Form, told: Told, *, start: FormFilling | None = None, most: int | None = None, members: Group = ()
) -> FormFilling:
    """A form with everything that it asks and the person has an answer to; with `most` only the first so many.

    Taken up like a draft, in one piece: to set answer after answer would cost four times as much. `start` is the form
    as it was begun for somebody known.
    """
    asked = asked_in(form)
    draft = start.snapshot() if start else {"answers": {}, "missing": {}, "counts": {}}
    names = [name for name in asked.questions if told.answers.get(name)]
    for name in names[:most]:
        question = asked.questions[name]
        answer = asked.coded(name, told.answers[name])
        put(draft, question.addr, answer)
    if most is None:
        for record, group in ((MEMBERS, members), (PAPERS, told.papers), (TRADES, told.trades)):
            put_each(draft, asked.repeats.get(record), group)
    moment = clock.local(clock.now()).isoformat()
    return FormFilling.restore(form, {"lang": "es", "moment": moment, **draft})


def put(draft: dict[str, Any], addr: str, answer: Answer) -> None:
    part = "missing" if isinstance(answer, Missing) else "answers"
    draft["answers"].pop(addr, None)
    draft[part][addr] = answer if isinstance(answer, str) else " ".join(answer or ())


def put_each(draft: dict[str, Any], repeat: Repeat | None, group: Group) -> None:
    """One instance of a repeated group for each."""
    if repeat is None:
        return
    number = 0
    for number, answers in enumerate(group, 1):
        for name, answer in answers.items():
            if answer:
                put(draft, f"{repeat.addr}[{number}]/{name}", answer)
    if number:
        draft["counts"][repeat.addr] = number


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a form asks what: questions outside repeated groups by name, the groups by the record that they make, and
    the codes of communes by their words.
    """

    questions: Mapping[str, Question]
    repeats: Mapping[str, Repeat]
    places: Mapping[str, str]

    def coded(self, name: str, answer: Answer) -> Answer:
        return self.places.get(str(answer), "other") if name == PLACE else answer


_KNOWN: dict[str, Asked] = {}  # by the digest of the form: a demo fills three forms hundreds of times


def asked_in(form: Form) -> Asked:
    if form.digest not in _KNOWN:
        questions = {q.name: q for q in form.root.questions() if q.takes_answer and not form.trails[q.path]}
        offered = form.lists[questions[PLACE].list_name].choices if PLACE in questions else ()
        repeats = {item.maps_to: item for item in form.by_path.values() if isinstance(item, Repeat)}
        _KNOWN[form.digest] = Asked(questions, repeats, {c.label.get("es"): c.value for c in offered})
    return _KNOWN[form.digest]
