"""What a screen shows of a filled form: cells, choices, words, what is asked and what wants another look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrant_office.i18n import N_
from migrant_office.models.forms.answers import MISSING, NOT_OFFERED, Cell, Problem, misfit
from migrant_office.models.forms.expressions.patterns import Unanswered
from migrant_office.models.forms.expressions.values import to_boolean, to_string
from migrant_office.models.forms.form import Choice, Group, Kind, Question, Text
from migrant_office.models.forms.settling import Settling
from migrant_office.models.forms.spots import Instance, Spot
from migrant_office.models.missing import Missing

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_STRUCTURE = frozenset({Kind.NOTE, Kind.CALCULATE})
_TOLD = frozenset({Missing.REFUSED, Missing.UNKNOWN})


class Looking(Settling):
    """Questions to a filling that change nothing in it. An unknown address raises KeyError everywhere."""

    def _spot(self, addr: str) -> Spot:
        return self._garden.by_addr[addr]

    def _asked(self) -> Iterator[tuple[Spot, Question]]:
        """Every question, note and calculation that is relevant now, in the order of the form."""
        for spot in self._garden.walk(self.form.root, self._garden.home):
            if spot.shown and isinstance(spot.item, Question):
                yield spot, spot.item

    # -- one place

    def cell(self, addr: str) -> Cell:
        """Everything a screen shows of one question. Raises KeyError; ValueError for a group."""
        spot = self._spot(addr)
        item = spot.item
        if not isinstance(item, Question):
            raise ValueError(addr)
        return Cell(
            value=spot.answer,
            missing=self._why_missing(spot),
            relevant=spot.shown,
            required=self._true(item.required, spot) and item.takes_answer,
            readonly=not item.takes_answer or self._true(item.readonly, spot),
            calculated=item.calculate is not None,
            problem=self._problem(spot),
        )

    def _why_missing(self, spot: Spot) -> Missing | None:
        """An empty calculation is missing for the same reason as the first question it reads."""
        item = spot.item
        if not isinstance(item, Question) or item.kind is not Kind.CALCULATE or item.calculate is None:
            return spot.missing
        if spot.missing or spot.answer:
            return spot.missing
        for path in sorted(item.calculate.deps, key=self.form.rank.__getitem__):
            for read in self._garden.reach(spot.home, path, live=True):
                if read.missing:
                    return read.missing
        return None

    def _problem(self, spot: Spot) -> Problem | None:
        item = spot.item
        if not isinstance(item, Question) or item.kind in _STRUCTURE or not spot.shown or spot.missing:
            return None
        text = spot.answer
        if not text:
            missing = Problem(MISSING, N_("This answer is still missing."), item.required_message)
            return missing if self._true(item.required, spot) else None
        if found := misfit(item.kind, text):
            return found
        if item.list_name and not self._offers(spot, item, text.split()):
            return NOT_OFFERED
        if item.constraint and not self._true(item.constraint, spot, unanswered=True):
            return Problem("constraint", N_("Please look at this answer once more."), item.constraint_message)
        return None

    def relevant(self, addr: str) -> bool:
        """Whether a question, a group, a repeat or one of its instances is asked now."""
        return self._spot(addr).shown

    # -- choices

    def choices(self, addr: str) -> tuple[Choice, ...]:
        """What may be chosen now; a retired choice only where it was chosen before."""
        return self._choices(self._spot(addr))

    def _choices(self, spot: Spot) -> tuple[Choice, ...]:
        question = spot.item
        if not isinstance(question, Question) or not question.list_name:
            return ()
        found = self._filtered(spot, question)
        if not self.form.lists[question.list_name].has_retired:
            return found
        chosen = spot.answer.split()
        return tuple(choice for choice in found if not choice.retired or choice.value in chosen)

    def _offers(self, spot: Spot, question: Question, codes: list[str]) -> bool:
        """Whether all these may be chosen now. Their own rows are looked at first: lists are long, answers short."""
        if question.choice_filter is None:
            return self.form.lists[question.list_name].by_value.keys() >= set(codes)
        first = {choice.value for choice in self._filtered(spot, question, frozenset(codes))}
        return first.issuperset(codes) or {choice.value for choice in self._choices(spot)}.issuperset(codes)

    def _filtered(self, spot: Spot, question: Question, among: frozenset[str] | None = None) -> tuple[Choice, ...]:
        """The choices that the filter lets through; with `among` no others than these are looked at."""
        listed, expr = self.form.lists[question.list_name], question.choice_filter
        if expr is None:
            return listed.choices
        self._context.stand(spot, spot.home)
        if expr.index:
            column, wanted = expr.index
            return listed.index(column).get(to_string(wanted(self._context)), ())
        rows = listed.tree.children[0].children
        size = len(rows)
        places = enumerate(zip(listed.choices, rows, strict=True), 1)
        try:
            return tuple(
                choice
                for place, (choice, row) in places
                if (among is None or choice.value in among) and to_boolean(expr.fn(self._context.at(row, place, size)))
            )
        except Unanswered:
            return listed.choices

    # -- the whole

    def visible(self) -> Iterator[str]:
        """The questions and notes asked now, in the order of the pages."""
        return (spot.addr for spot, question in self._asked() if question.kind is not Kind.CALCULATE)

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """Every answer that wants another look, among the questions asked now."""
        found = ((spot.addr, self._problem(spot)) for spot, _question in self._asked())
        return tuple((addr, problem) for addr, problem in found if problem is not None)

    def progress(self) -> tuple[int, int]:
        """(answered, asked) of the questions asked now; refused and unknown are answers, not asked is none."""
        asked = [spot for spot, question in self._asked() if question.takes_answer]
        return sum(bool(spot.answer) or spot.missing in _TOLD for spot in asked), len(asked)

    def questions(self, group: Group | str) -> tuple[str, ...]:
        """The addresses of every question under a group, a page, a repeat or an instance, asked or not.

        In repeats those of the live instances. A page of loose questions has no address: give the group itself.
        """
        home = self._garden.home
        if isinstance(group, str):
            spot = self._spot(group)
            if not isinstance(spot.item, Group):
                raise ValueError(group)
            group, home = spot.item, spot.home
            if isinstance(spot, Instance):
                return tuple(one.addr for one in self._garden.walk(group, home) if isinstance(one.item, Question))
        top = Group((), group.src, children=(group,)) if group.path else group
        return tuple(spot.addr for spot in self._garden.walk(top, home) if isinstance(spot.item, Question))

    # -- words

    def label(self, addr: str, lang: str) -> str:
        spot = self._spot(addr)
        return self._words(spot.item.label, lang, spot)

    def hint(self, addr: str, lang: str) -> str:
        spot = self._spot(addr)
        return self._words(spot.item.hint, lang, spot)

    def guidance(self, addr: str, lang: str) -> str:
        spot = self._spot(addr)
        return self._words(spot.item.guidance, lang, spot) if isinstance(spot.item, Question) else ""

    def _words(self, text: Text, lang: str, spot: Spot) -> str:
        return _REFERENCE.sub(lambda found: self._named(found.group(1), lang, spot), text.get(lang))

    def _named(self, name: str, lang: str, spot: Spot) -> str:
        """The answer that stands in the words of a question; of several instances the first, as in other readers."""
        for named in self._garden.reach(spot.home, self.form.question(name).path, live=True):
            return self._answer_text(named, lang) if named.shown else ""
        return ""

    def answer_text(self, addr: str, lang: str) -> str:
        """The answer in words: the labels of choices; dates and numbers as stored; '' for none.

        A code that the list has lost keeps the words it was last shown with.
        """
        return self._answer_text(self._spot(addr), lang)

    def _answer_text(self, spot: Spot, lang: str) -> str:
        question = spot.item
        if not isinstance(question, Question) or not question.list_name:
            return spot.answer
        known = self.form.lists[question.list_name].by_value
        codes = spot.answer.split()
        return ", ".join(
            known[code].label.get(lang) if code in known else spot.labels.get(code, code) for code in codes
        )
