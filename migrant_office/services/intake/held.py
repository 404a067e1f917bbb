"""Which answers the records of a case take as they are. Whatever they leave is kept beside them, so that an office may
ask what it wants, where it wants, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from migrant_office.models.consent import Manner, SaidBy
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Path, Question
from migrant_office.models.missing import Missing
from migrant_office.services.intake.record import FIELDS, RECORDS, holds
from migrant_office.services.office_forms import FAMILY

MEMBERS = "household.member"
OF_A_CASE = frozenset({"person", "need", "consent", "protection", "held_document", "experience"})
OF_A_FAMILY = OF_A_CASE | {"household", "member"}
OF_A_MEMBER = OF_A_CASE | {"member"}
ALONE = frozenset({"held_document", "experience"})
"""Repeated groups whose instances are records of a case, wherever they stand."""
CARRIED = frozenset({"person.birth", "person.birth_estimated", "person.commune", "household.commune"})
"""Calculated fields that say everything of the answers they were made from."""
ANY_WORDS = frozenset({"guardian", "kind", "words"})
CODES = {"by": frozenset(SaidBy), "manner": frozenset(Manner)}


@dataclass(frozen=True)
class Holding:
    """A filling that is being completed as `use`."""

    filling: FormFilling
    use: str

    @property
    def form(self) -> Form:
        return self.filling.form

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The addresses of the instances that become cases of their own."""
        return tuple(self.filling.recorded(MEMBERS)) if self.use == FAMILY else ()

    @cached_property
    def wrong(self) -> frozenset[str]:
        """The addresses of answers that want another look: no record takes them."""
        return frozenset(addr for addr, _problem in self.filling.problems())

    @cached_property
    def carried(self) -> frozenset[Path]:
        """The questions whose answers a calculation takes into a record whole, such as the age into the birth."""
        made = (q for q in self.form.root.questions() if q.calculate and q.maps_to in CARRIED and self.takes(q))
        return frozenset(path for question in made if question.calculate for path in question.calculate.deps)

    def owner(self, addr: str) -> str:
        """The member whose case an answer belongs to, by the address of the instance; "" for what was told once."""
        return next((one for one in self.members if addr.startswith(f"{one}/")), "")

    @cached_property
    def told(self) -> tuple[tuple[str, str, Question], ...]:
        """(owner, address, question) of every question that is asked now and answered."""
        return tuple(self._told())

    def _told(self) -> Iterator[tuple[str, str, Question]]:
        for addr in self.filling.visible():
            question = self.form.at(addr)
            if isinstance(question, Question) and question.takes_answer:
                cell = self.filling.cell(addr)
                if cell.value or cell.missing in (Missing.REFUSED, Missing.UNKNOWN):
                    yield self.owner(addr), addr, question

    def ours(self, owners: frozenset[str]) -> Iterator[tuple[str, Question]]:
        """The answered questions, asked now, that belong to these owners."""
        return ((addr, question) for owner, addr, question in self.told if owner in owners)

    def around(self, question: Question) -> str | None:
        """The record of the innermost repeated group around a question, "" for one that makes none; None outside."""
        trail = self.form.trails[question.path]
        return getattr(self.form.by_path[trail[-1]], "maps_to", "") if trail else None

    def takes(self, question: Question) -> bool:
        """Whether some record is made where a question stands that has the field it fills."""
        around, record = self.around(question), question.maps_to.partition(".")[0]
        if around is None:
            taken = OF_A_FAMILY if self.use == FAMILY else OF_A_CASE
        elif around == MEMBERS:
            taken = OF_A_MEMBER if self.members else frozenset()
        else:
            taken = ALONE & {around}
        return question.maps_to in FIELDS and record in taken

    def is_held(self, addr: str, question: Question) -> bool:
        """Whether an answer is in a record as it was given, by itself or by what is calculated from it."""
        cell = self.filling.cell(addr)
        if addr in self.wrong or not (cell.value or cell.missing):
            return False
        if cell.missing is None and question.path in self.carried:
            return True
        return self.takes(question) and fits(question.maps_to, cell.missing or cell.value)

    def is_private(self, question: Question) -> bool:
        """Whether an answer belongs into the compartment: it is sensitive, or its words repeat one that is."""
        return any(map(is_sensitive, read_by(self.form, question)))


def fits(field: str, answer: str | Missing) -> bool:
    """Whether the field of a record has a place for an answer."""
    record, _, name = field.partition(".")
    if record in RECORDS:
        return holds(RECORDS[record], name, answer)
    if isinstance(answer, Missing):
        return record == "consent"  # nobody asked, or nobody agreed: either way there is none
    return name in ANY_WORDS or answer in CODES.get(name, ("yes", "no"))


def is_sensitive(question: Question) -> bool:
    return question.sensitive or question.maps_to.startswith("protection.")


def read_by(form: Form, question: Question) -> Iterator[Question]:
    """A question and those whose answers stand in its words, through calculations too."""
    waiting, seen = [question], {question.path}
    while waiting:
        one = waiting.pop()
        yield one
        named = one.shown_deps if one is question else one.calculate.deps if one.calculate else frozenset()
        for path in named - seen:
            seen.add(path)
            if isinstance(other := form.by_path.get(path), Question):
                waiting.append(other)
