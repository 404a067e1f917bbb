"""A form being filled: answers in, what changed out. No screen, no storage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any

from migrant_office import clock
from migrant_office.i18n import N_
from migrant_office.models.forms.answers import MISSING, NOT_OFFERED, Answer, Cell, Problem, misfit, stored, typed
from migrant_office.models.forms.expressions.context import Context
from migrant_office.models.forms.expressions.functions import chance
from migrant_office.models.forms.expressions.patterns import Unanswered
from migrant_office.models.forms.expressions.values import LONGEST_RESULT, Node, to_boolean, to_string
from migrant_office.models.forms.form import Choice, Expr, Form, Group, Kind, Path, Question, Text
from migrant_office.models.missing import Missing

Changed = set[Path]  # named here, because inside the class `set` is the verb
_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_STRUCTURE = frozenset({Kind.NOTE, Kind.CALCULATE})


class FormFilling:
    """The answers to one form, always settled: every calculation and every relevance is up to date.

    An answer that is not relevant is kept and comes back when its question does; meanwhile expressions see it blank
    and `submission` leaves it out. The three missing answers live beside the value; expressions see them blank.
    `moment` (with its zone) is what `today()` and `now()` answer during the whole filling.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Answer] | None = None,
        *,
        moment: datetime | None = None,
        lang: str = "es",
    ) -> None:
        self.form = form
        self.lang = lang
        self.moment = moment or clock.local(clock.now())
        self._answers: dict[Path, str] = {}
        self._missing: dict[Path, Missing] = {}
        self._unknown: dict[str, dict[str, str]] = {}
        self._rank = {path: rank for rank, path in enumerate(form.order)}
        self._shown: dict[Path, bool] = {(): True}
        self._nodes = _nodes(form)
        self._context = self._surroundings()
        if answers is None:
            self._start()
        else:
            for addr, answer in answers.items():
                self._keep(self._question(addr), answer)
            self._settle(form.order, frozenset(form.by_path))

    # -- answering

    def set(self, addr: str, answer: Answer) -> frozenset[str]:
        """Take an answer, valid or not, a missing value, or None to clear; answers every address to show anew.

        Raises KeyError for an unknown address, ValueError for one that takes no answer.
        """
        question = self._question(addr)
        before = self._missing.get(question.path)
        self._keep(question, answer)
        changed = self._settle((question.path,), frozenset({question.path})) | {question.path}
        changed |= self.form.watchers.get(question.path, frozenset())
        if before is not self._missing.get(question.path):
            changed |= self.form.readers.get(question.path, frozenset())
        return frozenset(self.form.by_path[path].addr for path in changed)

    def _question(self, addr: str) -> Question:
        item = self.form.by_addr[addr]
        if not isinstance(item, Question) or not item.takes_answer:
            raise ValueError(addr)
        return item

    def _keep(self, question: Question, answer: Answer) -> None:
        self._missing.pop(question.path, None)
        self._answers.pop(question.path, None)
        if answer is None:
            return
        if isinstance(answer, str) and answer in _MISSING:
            self._missing[question.path] = Missing(answer)
        elif text := stored(question.kind, answer, self.form.lists.get(question.list_name)):
            self._answers[question.path] = text

    # -- settling

    def _start(self) -> None:
        """The defaults: fixed ones first, then those that are calculated, in the order of the form."""
        questions = list(self.form.root.questions())
        for question in questions:
            if isinstance(question.default, str):
                self._keep(question, question.default) if question.takes_answer else None
        self._settle(self.form.order)
        for question in questions:
            if isinstance(question.default, Expr) and question.takes_answer:
                self._keep(question, self._text(question.default, question.path))
                self._settle((question.path,), frozenset({question.path}))

    def _settle(self, paths: tuple[Path, ...], typed_in: frozenset[Path] = frozenset()) -> Changed:
        """Evaluate `paths` and whatever their changes reach, each once and in order; `typed_in` keep their answer."""
        waiting = [self._rank[path] for path in paths]
        heapify(waiting)
        queued = dict.fromkeys(waiting)
        changed: Changed = {*()}
        while waiting:
            path = self.form.order[heappop(waiting)]
            if not path or not self._update(path, keep=path in typed_in):
                continue
            changed.add(path)
            changed |= self.form.watchers.get(path, frozenset())
            for reader in self.form.readers.get(path, ()):
                rank = self._rank[reader]
                if rank not in queued:
                    queued[rank] = None
                    heappush(waiting, rank)
        return changed

    def _update(self, path: Path, *, keep: bool) -> bool:
        """Bring one question or group up to date; whether its relevance or its text changed."""
        item, node = self.form.by_path[path], self._nodes[path]
        before = (self._shown.get(path), node.text)
        shown = self._shown[path[:-1]] and (item.relevant is None or self._true(item.relevant, path, unanswered=True))
        self._shown[path] = shown
        if isinstance(item, Question):
            node.text = self._answers.get(path, "") if shown else ""
            if shown and item.calculate and path not in self._missing and not (keep and item.takes_answer):
                self._answers[path] = node.text = self._text(item.calculate, path)
        return before != (shown, node.text)

    def _value(self, expr: Expr, path: Path) -> Any:
        self._context.node = self._nodes[path]
        return expr.fn(self._context)

    def _text(self, expr: Expr, path: Path) -> str:
        """A result as stored: no number is no answer."""
        try:
            text = to_string(self._value(expr, path))
        except Unanswered:
            return ""
        return "" if text == "NaN" else text[:LONGEST_RESULT]

    def _true(self, expr: Expr | None, path: Path, *, unanswered: bool = False) -> bool:
        """Whether it holds; `unanswered` when a pattern in it could not be answered in time."""
        try:
            return expr is not None and to_boolean(self._value(expr, path))
        except Unanswered:
            return unanswered

    # -- looking

    def cell(self, addr: str) -> Cell:
        """Everything a screen shows of one question. Raises KeyError; ValueError for a group."""
        item = self.form.by_addr[addr]
        if not isinstance(item, Question):
            raise ValueError(addr)
        return Cell(
            value=self._answers.get(item.path, ""),
            missing=self._why_missing(item),
            relevant=self._shown[item.path],
            required=self._true(item.required, item.path) and item.takes_answer,
            readonly=not item.takes_answer or self._true(item.readonly, item.path),
            calculated=item.calculate is not None,
            problem=self._problem(item),
        )

    def _why_missing(self, question: Question) -> Missing | None:
        """An empty calculation is missing for the same reason as the first question it reads."""
        if question.path in self._missing or question.kind is not Kind.CALCULATE or question.calculate is None:
            return self._missing.get(question.path)
        if self._answers.get(question.path):
            return None
        read = sorted(question.calculate.deps & self._missing.keys(), key=lambda path: self._rank[path])
        return self._missing[read[0]] if read else None

    def _problem(self, question: Question) -> Problem | None:
        path = question.path
        if question.kind in _STRUCTURE or not self._shown[path] or path in self._missing:
            return None
        text = self._answers.get(path, "")
        if not text:
            missing = Problem(MISSING, N_("This answer is still missing."), question.required_message)
            return missing if self._true(question.required, path) else None
        if found := misfit(question.kind, text):
            return found
        if question.list_name and not {choice.value for choice in self.choices(question.addr)}.issuperset(text.split()):
            return NOT_OFFERED
        if question.constraint and not self._true(question.constraint, path, unanswered=True):
            return Problem("constraint", N_("Please look at this answer once more."), question.constraint_message)
        return None

    def relevant(self, addr: str) -> bool:
        """Whether a question or a group is asked now."""
        return self._shown[self.form.by_addr[addr].path]

    def choices(self, addr: str) -> tuple[Choice, ...]:
        """What may be chosen now; a retired choice only where it was chosen before."""
        question = self.form.by_addr[addr]
        if not isinstance(question, Question) or not question.list_name:
            return ()
        found = self._filtered(question)
        chosen = self._answers.get(question.path, "").split()
        return tuple(choice for choice in found if not choice.retired or choice.value in chosen)

    def _filtered(self, question: Question) -> tuple[Choice, ...]:
        listed, expr = self.form.lists[question.list_name], question.choice_filter
        if expr is None:
            return listed.choices
        self._context.node = self._nodes[question.path]
        if expr.index:
            column, wanted = expr.index
            return listed.index(column).get(to_string(wanted(self._context)), ())
        rows = listed.tree.children[0].children
        size = len(rows)
        places = enumerate(zip(listed.choices, rows, strict=True), 1)
        try:
            return tuple(
                choice for place, (choice, row) in places if to_boolean(expr.fn(self._context.at(row, place, size)))
            )
        except Unanswered:
            return listed.choices

    def visible(self) -> Iterator[str]:
        """The questions and notes asked now, in the order of the pages."""
        for question in self.form.root.questions():
            if question.kind is not Kind.CALCULATE and self._shown[question.path]:
                yield question.addr

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """Every answer that wants another look, among the questions asked now."""
        found = ((question.addr, self._problem(question)) for question in self.form.root.questions())
        return tuple((addr, problem) for addr, problem in found if problem is not None)

    def progress(self) -> tuple[int, int]:
        """(answered, asked) of the questions asked now; refused and unknown are answers, not asked is none."""
        asked = [q.path for q in self.form.root.questions() if q.takes_answer and self._shown[q.path]]
        answered = sum(bool(self._answers.get(path)) or self._missing.get(path) in _TOLD for path in asked)
        return answered, len(asked)

    # -- words

    def label(self, addr: str, lang: str) -> str:
        return self._words(self.form.by_addr[addr].label, lang)

    def hint(self, addr: str, lang: str) -> str:
        return self._words(self.form.by_addr[addr].hint, lang)

    def guidance(self, addr: str, lang: str) -> str:
        item = self.form.by_addr[addr]
        return "" if isinstance(item, Group) else self._words(item.guidance, lang)

    def _words(self, text: Text, lang: str) -> str:
        return _REFERENCE.sub(lambda found: self._named(found.group(1), lang), text.get(lang))

    def _named(self, name: str, lang: str) -> str:
        question = self.form.question(name)
        return self.answer_text(question.addr, lang) if self._shown[question.path] else ""

    def answer_text(self, addr: str, lang: str) -> str:
        """The answer in words: the labels of choices; dates and numbers as stored; '' for none."""
        question = self.form.by_addr[addr]
        text = self._answers.get(question.path, "")
        if isinstance(question, Question) and question.list_name:
            known = self.form.lists[question.list_name].by_value
            return ", ".join(known[code].label.get(lang) if code in known else code for code in text.split())
        return text

    # -- out and in again

    def submission(self) -> dict[str, str | int | float | list[str]]:
        """The answers that count, by address, typed; a missing one as its text (`?refused`)."""
        found: dict[str, str | int | float | list[str]] = {}
        for question, answer in self._counting():
            found[question.addr] = str(answer) if isinstance(answer, Missing) else typed(question.kind, answer)
        return found

    def mapped(self) -> dict[str, str | tuple[str, ...] | Missing]:
        """What goes to the fields of records, by their names (`person.given`): text, codes, or why it is missing.

        An answer that wants another look (a child of 200, a birth to come) stays in the draft and is left out here,
        and so is what was calculated from it.
        """
        found: dict[str, str | tuple[str, ...] | Missing] = {}
        for question, answer in self._counting():
            if not question.maps_to:
                continue
            if isinstance(answer, Missing) or question.kind is not Kind.SELECT_MULTIPLE:
                if isinstance(answer, Missing) or self._sound(question):
                    found[question.maps_to] = answer
            elif codes := self._fitting(question, answer):
                found[question.maps_to] = codes
        return found

    def _fitting(self, question: Question, answer: str) -> tuple[str, ...]:
        """The codes that are offered now; none when the answer breaks the form's own rule."""
        offered = {choice.value for choice in self.choices(question.addr)}
        sound = self._sound(question) or self._problem(question) is NOT_OFFERED
        return tuple(code for code in answer.split() if code in offered) if sound else ()

    def _sound(self, question: Question) -> bool:
        """Whether nothing is amiss with an answer, nor with those that it was calculated from."""
        waiting, seen = [question], {question.path}
        while waiting:
            one = waiting.pop()
            if (problem := self._problem(one)) and problem.code != MISSING:
                return False
            read = one.calculate.deps - seen if one.calculate else ()
            seen.update(read)
            waiting += [item for path in read if isinstance(item := self.form.by_path.get(path), Question)]
        return True

    def _counting(self) -> Iterator[tuple[Question, str | Missing]]:
        for question in self.form.root.questions():
            if question.kind is Kind.NOTE or not self._shown[question.path]:
                continue
            answer = self._answers.get(question.path) or self._why_missing(question)
            if answer:
                yield question, answer

    def snapshot(self) -> dict[str, Any]:
        """The draft as JSON: everything typed, valid or not, relevant or not. `restore` takes it back."""
        kept = {path: text for path, text in self._answers.items() if text and self._kept(path)}
        answers = {self.form.by_path[path].addr: text for path, text in kept.items()}
        missing = {self.form.by_path[path].addr: reason.value for path, reason in self._missing.items()}
        return {
            "form": self.form.id,
            "version": self.form.version,
            "digest": self.form.digest,
            "moment": self.moment.isoformat(),
            "lang": self.lang,
            "answers": dict(sorted((self._unknown.get("answers", {}) | answers).items())),
            "missing": dict(sorted((self._unknown.get("missing", {}) | missing).items())),
        }

    def _kept(self, path: Path) -> bool:
        """Calculations are made anew, except one that keeps what it once was."""
        item = self.form.by_path[path]
        return isinstance(item, Question) and (item.takes_answer or bool(item.calculate and item.calculate.reads_self))

    @classmethod
    def restore(cls, form: Form, snapshot: Mapping[str, Any]) -> FormFilling:
        """A draft taken up again, also under a newer version of its form: answers to questions that the form no
        longer has stay in the draft. Raises KeyError or ValueError when it is no snapshot.
        """
        filling = cls(form, {}, moment=datetime.fromisoformat(snapshot["moment"]), lang=snapshot["lang"])
        answers, missing = filling._take_back(snapshot, "answers"), filling._take_back(snapshot, "missing")
        filling._answers.update(answers)
        filling._missing.update({path: Missing(code) for path, code in missing.items()})
        filling._settle(form.order, frozenset(form.by_path))
        return filling

    def _take_back(self, snapshot: Mapping[str, Any], part: str) -> dict[Path, str]:
        found: dict[Path, str] = {}
        for addr, text in snapshot[part].items():
            item = self.form.by_addr.get(addr)
            if isinstance(item, Question) and item.kind is not Kind.NOTE:
                found[item.path] = text
            else:
                self._unknown.setdefault(part, {})[addr] = text
        return found

    def _surroundings(self) -> Context:
        form, moment = self.form, self.moment
        return Context(
            self._nodes[()].parent or self._nodes[()],
            self._nodes,
            today=moment.date().isoformat(),
            now=moment.isoformat(timespec="milliseconds"),
            lang=self.lang,
            chance=chance(moment.isoformat()),
            choice_label=self._choice_label,
            instance=lambda name: form.lists[name].tree,
        )

    def _choice_label(self, list_name: str, value: str) -> str:
        choice = self.form.lists[list_name].by_value.get(value)
        return choice.label.get(self.lang) if choice else ""


_MISSING = frozenset(Missing)
_TOLD = frozenset({Missing.REFUSED, Missing.UNKNOWN})


def _nodes(form: Form) -> dict[Path, Node]:
    """One node for every path, under a top that stands above the form."""
    nodes: dict[Path, Node] = {(): Node(form.root_name, Node(""))}
    for item in form.root.walk():
        nodes[item.path] = Node(item.name, nodes[item.path[:-1]])
    return nodes
