"""What a document says, into the form: only where it is asked, and over no answer that somebody gave already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from migrant_office import clock
from migrant_office.i18n import Translator
from migrant_office.models.coded import MISSING_LABELS
from migrant_office.models.forms.answers import is_date
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Kind, Question, Repeat
from migrant_office.models.identity.births import birth_doubt
from migrant_office.models.identity.checked import CheckedNumber, checked_curp, checked_phone, checked_run
from migrant_office.models.identity.mrz import DocumentKind, Mrz
from migrant_office.models.identity.names import kept_name
from migrant_office.models.identity.states import STATELESS, state_words
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState
from migrant_office.models.person import Sex

Answers = Mapping[str, str]
"""Fields and what was read for them: `person.given`, `document.number`... Dates are ISO, states as in `Mrz`."""

DOCUMENT = "held_document"
_RECORDS = {
    "person": ("household.member", ("person.given", "person.surname")),
    "document": (DOCUMENT, ("document.number",)),
}
"""Record of `Answers`: what a repeat of it maps to, and by what one instance is told from the others."""

_SEX = {"F": Sex.WOMAN, "M": Sex.MAN, "X": Sex.OTHER}
_STATES = frozenset({"person.nationality", "document.country"})
_RUN_ON_CARD = re.compile(r"(\d{6,9}) ([\dK])\Z")
_KINDS: Mapping[tuple[DocumentKind, str], tuple[str, ...]] = {
    (DocumentKind.CARD, "CL"): ("run_card", "run"),
    (DocumentKind.CARD, "MX"): ("inm_card",),
}
_ANY_KIND: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.PASSPORT: ("passport",),
    DocumentKind.CARD: ("national_id", "id_card"),
    DocumentKind.VISA: ("visa",),
}


def answers_from(read: Mrz, given: str, surname: str, second_surname: str) -> dict[str, str]:
    """What a zone tells, with the names as somebody corrected them. What it does not say is left out."""
    told = {
        "person.given": kept_name(given),
        "person.surname": kept_name(surname),
        "person.second_surname": kept_name(second_surname),
        "person.birth": read.birth.value,
        "person.nationality": read.nationality.value,
        "person.sex": str(_SEX.get(read.sex.value, "")),
        "document.kind": read.kind.value,
        "document.number": run_on(read) or read.number.value,
        "document.country": read.country.value,
        "document.expires": read.expiry.value if is_date(read.expiry.value) else "",
    }
    return {field: value for field, value in told.items() if value}


def run_on(read: Mrz) -> str:
    """The RUN that a Chilean card carries beside its own number, when its digit agrees; else ''."""
    if read.kind is not DocumentKind.CARD or read.country.value != "CL":
        return ""
    for text in read.optional:
        if found := _RUN_ON_CARD.match(text):
            run = checked_run("-".join(found.groups()))
            return run.text if run.ok else ""
    return ""


# -- into the form


@dataclass(frozen=True)
class Step:
    """One answer on its way into the form. `addr` is '' while its place must still be made. `there` are the words of
    what somebody answered already, '' when nothing stands in the way, and `read` those of the new answer, under the
    words of the question in `label`; `kept` says that what is there stays, whatever the officer chooses.
    """

    field: str
    addr: str
    answer: str
    label: str = ""
    there: str = ""
    read: str = ""
    kept: bool = False


def steps(filling: FormFilling, answers: Answers, translator: Translator, within: str = "") -> tuple[Step, ...]:
    """What would be written where. What the form does not ask, or has no choice for, is not in it. Changes nothing.

    `within` is the instance of a family's form whose person it is; without it the person of that name, else the first
    whose names are still blank, else one more.
    """
    found = []
    rooms = {record: _room(filling, record, answers, within) for record in _RECORDS}
    for field, value in _told(rooms["person"], answers, translator).items():
        room = rooms[field.partition(".")[0]]
        question = room.question(field)
        if question is not None and (answer := _fitting(filling.form, question, field, value, answers)):
            found.append(_step(filling, question, Step(field, room.address(question), answer), translator))
    return tuple(found)


def conflicts(filling: FormFilling, answers: Answers, translator: Translator, within: str = "") -> tuple[Step, ...]:
    """The steps that stand against what somebody answered."""
    return tuple(step for step in steps(filling, answers, translator, within) if step.there)


def apply(
    filling: FormFilling, answers: Answers, translator: Translator, over: Collection[str] = (), within: str = ""
) -> frozenset[str]:
    """Write what was read; over an answer only for the fields in `over`. Answers every address to show anew, among
    them those of a place that was made for a document or a member of the family.
    """
    changed: set[str] = set()
    for record in _RECORDS:
        room = _room(filling, record, answers, within)
        is_told = any(field.startswith(f"{record}.") for field in answers)
        if is_told and room.repeat and not room.place and filling.can_add(room.repeat.addr):
            changed |= filling.add(room.repeat.addr)
    for step in steps(filling, answers, translator, within):
        if step.addr and (not step.there or (step.field in over and not step.kept)):
            changed |= filling.set(step.addr, step.answer)
    return frozenset(changed)


def _step(filling: FormFilling, question: Question, step: Step, tr: Translator) -> Step:
    """With what stands in its way, if anything does. That a question was left out stands in nobody's way."""
    if not step.addr:
        return step
    cell = filling.cell(step.addr)
    known = cell.missing is None or cell.missing is Missing.NOT_ASKED
    if known and (not cell.value or _is_same(question.kind, cell.value, step.answer)):
        return step if not cell.value else replace(step, answer=cell.value)
    there = tr.gettext(MISSING_LABELS[cell.missing]) if cell.missing else _words(filling, question, cell.value, tr)
    label = filling.label(step.addr, tr.lang)
    read = _words(filling, question, step.answer, tr)
    return replace(step, label=label, there=there, read=read, kept=step.field == "person.sex")


def _words(filling: FormFilling, question: Question, answer: str, tr: Translator) -> str:
    """An answer as people read it."""
    if question.kind is Kind.DATE and is_date(answer):
        return tr.date(date.fromisoformat(answer))
    listed = filling.form.lists[question.list_name].by_value if question.list_name else {}
    return listed[answer].label.get(tr.lang) if answer in listed else answer


def _is_same(kind: Kind, one: str, other: str) -> bool:
    """A name with its accents is the name of the document: whoever typed it knew better."""
    return one == other or (kind is Kind.TEXT and _folded(one) == _folded(other))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


# -- what the form asks


@dataclass(frozen=True)
class _Room:
    """Where the fields of one record are asked: in the form itself, or in an instance of `repeat`. `place` is that
    instance, '' while it must still be made.
    """

    form: Form
    repeat: Repeat | None = None
    place: str = ""

    def question(self, field: str) -> Question | None:
        """Where a field is asked. A birth may be calculated: then the one date it reads, else the one year."""
        name = field.replace("document.", f"{DOCUMENT}.", 1) if field.startswith("document.") else field
        inside = self.repeat.questions() if self.repeat else ()
        question = next((q for q in inside if q.maps_to == name), None) if self.repeat else self.form.mapped(name)
        if question is None or question.takes_answer or question.calculate is None:
            return question
        read = [self.form.by_path.get(path) for path in question.calculate.deps]
        asked = [q for q in read if isinstance(q, Question) and q.takes_answer]
        dates = [q for q in asked if q.kind is Kind.DATE] or [q for q in asked if _is_year(q)]
        return dates[0] if len(dates) == 1 else None

    def address(self, question: Question, place: str = "") -> str:
        place = place or self.place
        if self.repeat is None:
            return question.addr
        return place + question.addr.removeprefix(self.repeat.addr) if place else ""


def _room(filling: FormFilling, record: str, answers: Answers, within: str) -> _Room:
    form = filling.form
    maps_to, keys = _RECORDS[record]
    repeats = (item for item in form.root.walk() if isinstance(item, Repeat) and item.maps_to == maps_to)
    repeat = next((one for one in repeats if not form.trails[one.path]), None)
    if repeat is None or (record == "person" and form.mapped("person.given") is not None):
        return _Room(form)
    if record == "person" and within:
        return _Room(form, repeat, within)
    return _Room(form, repeat, _place(filling, _Room(form, repeat), answers, keys))


def _place(filling: FormFilling, room: _Room, answers: Answers, keys: tuple[str, ...]) -> str:
    """The instance where these keys stand already, else one where they are blank; '' when one must be made."""
    assert room.repeat is not None  # noqa: S101 - only asked of a room that is a repeat
    asked = [(question, _folded(answers.get(key, ""))) for key in keys if (question := room.question(key))]
    blank = ""
    for place in filling.instances(room.repeat.addr):
        there = [_folded(filling.cell(room.address(question, place)).value) for question, _read in asked]
        if any(there) and there == [read for _question, read in asked]:
            return place
        if not blank and not any(there) and (room.repeat.maps_to != DOCUMENT or _is_untouched(filling, place)):
            blank = place
    return blank


def _is_untouched(filling: FormFilling, place: str) -> bool:
    """Whether nobody answered anything in an instance: a paper without a number may still be another paper."""
    cells = [filling.cell(addr) for addr in filling.questions(place)]
    return not any((cell.value or cell.missing) and not cell.calculated for cell in cells)


def _told(room: _Room, answers: Answers, tr: Translator) -> dict[str, str]:
    """The answers, and what follows from them: the words of a country that is in no list, the state of a paper."""
    told = dict(answers)
    question = room.question("person.nationality")
    if question and (code := answers.get("person.nationality")) and not _state(room.form, question, code):
        told["person.nationality_words"] = state_words(code, tr)
    if expires := answers.get("document.expires"):
        is_over = date.fromisoformat(expires) < clock.today()
        told["document.state"] = DocumentState.EXPIRED if is_over else DocumentState.HAS
    return told


def _fitting(form: Form, question: Question, field: str, value: str, answers: Answers) -> str:
    """The value as this question takes it; '' when it has no choice for it."""
    if question.kind is Kind.DATE:
        return value if is_date(value) else ""
    if not question.list_name:
        return value[:4] if _is_year(question) else value
    if field in _STATES:
        return _state(form, question, value) or _offered(form, question, ("other",))
    if field == "document.kind":
        kind = DocumentKind(value)
        country = answers.get("document.country", "")
        abroad = answers.get("person.nationality") != country  # a Mexican's own card is no card of the migration office
        own = _KINDS.get((kind, country), ()) if abroad else ()
        return _offered(form, question, (*own, *_ANY_KIND[kind], "other"))
    return _offered(form, question, (value,))


def _is_year(question: Question) -> bool:
    """The registration in six questions asks for an age or a year in one field."""
    return question.kind is Kind.INTEGER and "year" in question.name


def _state(form: Form, question: Question, code: str) -> str:
    """The choice for a state; '' when the list has none. Where states are written and not chosen, its code."""
    if not question.list_name:
        return code
    return _offered(form, question, ("stateless",) if code == STATELESS else (code,))


def _offered(form: Form, question: Question, codes: tuple[str, ...]) -> str:
    known = form.lists[question.list_name].by_value
    return next((code for code in codes if code in known and not known[code].retired), "")


# -- one answer at a time


def doubt(field: str, value: str, city_country: str, *, kind: str = "") -> str | None:
    """What is worth a second look in one answer, as a message id; None when nothing is.

    `field` is what the question maps to, `city_country` the country (ISO alpha-2) of a phone without one, `kind` that
    of the document whose number it is: only RUN and CURP can be checked.
    """
    if field == "person.birth" and is_date(value):
        return birth_doubt(date.fromisoformat(value), clock.today()) or None
    told = _checked(field, value, city_country, kind)
    return (told.sentence or None) if told else None


def kept(field: str, value: str, city_country: str, *, kind: str = "") -> str:
    """An answer as it is stored: a number in its usual form when nothing is doubtful, a text composed (NFC)."""
    told = _checked(field, value, city_country, kind)
    return told.text if told and told.ok else kept_name(value)


def _checked(field: str, value: str, city_country: str, kind: str) -> CheckedNumber | None:
    """What is known of a number; None for fields that hold none that can be checked."""
    if field in {"person.phone", "person.trusted_phone"}:
        return checked_phone(value, city_country)
    if field == f"{DOCUMENT}.number" and kind.split("_")[0] in {"run", "rut"}:
        return checked_run(value)
    if field == f"{DOCUMENT}.number" and kind.split("_")[0] == "curp":
        return checked_curp(value)
    return None
