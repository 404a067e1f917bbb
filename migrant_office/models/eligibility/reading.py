"""A city's `rules.toml`, read and checked: everything that is wrong with it, each in one sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from migrant_office.errors import UserError
from migrant_office.i18n import N_, Translator
from migrant_office.models.eligibility.book import (
    Effect,
    Option,
    Paper,
    Question,
    Rule,
    RuleBook,
    Strength,
    bound,
)
from migrant_office.models.eligibility.clashes import clashes, never_true
from migrant_office.models.eligibility.conditions import All, Condition
from migrant_office.models.eligibility.fields import DOCUMENT, FIELDS, NO, YES, Field, Kind
from migrant_office.models.eligibility.lines import Reader, Wrong
from migrant_office.models.need import NeedKind
from migrant_office.models.spoken import Spoken

T = TypeVar("T")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
UNDATED = "undated"
LANGUAGES = ("es", "ht", "en")
RULE_KEYS = frozenset(
    "code number services areas kinds when then needs only es ht en source date strength confirmed advice".split()
)
PAPER_KEYS = frozenset("code held es ht en how service".split())
QUESTION_KEYS = frozenset("fact es ht en sensitive applies_to choices".split())
NAME = re.compile(r"[a-z][a-z0-9_]*$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a rule may name: services and areas of the catalogue, kinds of papers and values of lists of the intake
    form. None is not looked at.
    """

    services: frozenset[str] | None = None
    areas: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to mend: where, and a sentence."""

    where: str
    message: str
    data: Mapping[str, object]

    def text(self, translator: Translator) -> str:
        return f"{self.where}: {translator.gettext(self.message).format(**self.data)}"


class RulesRefused(UserError):
    """The file of rules cannot be used; `issues` are all that is wrong with it."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        first = issues[0]
        super().__init__(
            N_("The rules of this city cannot be used ({place}). Run “{command}” and mend the file."),
            place=first.where,
            command="migrant-office rules check",
        )
        self.issues = issues


def read_rules(source: str, words: Vocabulary | None = None) -> RuleBook:
    """The rules in the text of a file. Raises `RulesRefused` with everything that is wrong."""
    reading = _Reading(words or Vocabulary())
    try:
        book = reading.book(source)
    except RecursionError:
        book = None
        reading.wrong("rules.toml", N_("there are groups inside groups without end"))
    if reading.issues or book is None:
        raise RulesRefused(tuple(reading.issues))
    return book


class _Reading:
    """One file: collects what is wrong instead of stopping at the first."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.issues: list[Issue] = []
        self.collected = ""
        self.questions: dict[str, Question] = {}
        self.papers: dict[str, Paper] = {}
        self.reader = Reader(self._field, words.documents, words.listed, {})

    def _field(self, name: str) -> Field | None:
        own = self.questions.get(name)
        return FIELDS.get(name) or (own.field if own else None)

    def wrong(self, where: str, message: str, **data: object) -> None:
        self.issues.append(Issue(where, message, data))

    def tried(self, where: str, read: Callable[[], T]) -> T | None:
        """What `read` gives, or None after its complaint was noted."""
        try:
            return read()
        except Wrong as wrong:
            self.wrong(where, wrong.message, **wrong.data)
            return None

    def book(self, source: str) -> RuleBook | None:
        try:
            told = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            self.wrong("rules.toml", N_("the file is no TOML ({detail})"), detail=error)
            return None
        if unknown := told.keys() - {"file", "lists", "questions", "papers", "rules"}:
            self.wrong("rules.toml", N_("nothing is called “{name}” here"), name=min(unknown))
        for name, kind in (("file", dict), ("lists", dict), ("questions", list), ("papers", list), ("rules", list)):
            if not isinstance(told.setdefault(name, kind()), kind):
                self.wrong(name, N_("this is not written as in the other cities"))
                return None
        head = told["file"]
        collected = head.get("collected")
        if not isinstance(collected, date):
            self.wrong("[file]", N_("“{key}” must be a day, such as 2026-11-21"), key="collected")
        else:
            self.collected = collected.isoformat()
        groups = {name: self._list(f"[lists] {name}", told["lists"], name) for name in told["lists"]}
        self.reader = Reader(self._field, self.words.documents, self.words.listed, groups)
        never = frozenset(self._list("[file]", head, "never_offered"))
        unprinted = frozenset(self._list("[file]", head, "never_printed"))
        self._known_services("[file]", sorted(never | unprinted))
        secret = frozenset(self._list("[file]", head, "never_printed_papers"))
        if self.words.documents is not None and (strange := secret - self.words.documents):
            self.wrong("[file]", N_("nothing is called “{name}” here"), name=min(strange))
        self._questions(told["questions"])
        self._papers(told["papers"])
        rules = tuple(self._rules(told["rules"]))
        if self.issues or not isinstance(collected, date):
            return None
        book = replace(bound(collected, rules, self.papers, self.questions, never, unprinted), unprinted_papers=secret)
        for where, message, data in (*never_true(book), *clashes(book)):
            self.wrong(where, message, **data)
        return book

    # parts

    def _entries(self, name: str, told: Any, key: str, keys: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each table with its place in the file; one without a code, twice told, or with unknown keys is named."""
        seen: set[str] = set()
        for number, entry in enumerate(told, 1):
            if not isinstance(entry, dict):
                self.wrong(f"[[{name}]] {number}", N_("this is not written as in the other cities"))
                continue
            code = str(entry.get(key, ""))
            where = f"[[{name}]] {code or number}"
            if not code:
                self.wrong(where, N_("“{key}” is missing"), key=key)
            elif code in seen:
                self.wrong(where, N_("there are two of this code"))
            if unknown := entry.keys() - keys:
                self.wrong(where, N_("nothing is called “{name}” here"), name=min(unknown))
            seen.add(code)
            yield where, entry

    def _list(self, where: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """The texts of a list; a single text in its place is named."""
        told = entry.get(key, [])
        if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
            self.wrong(where, N_("“{key}” must be a list of texts in brackets"), key=key)
            return ()
        return tuple(told)

    def _spoken(self, where: str, told: Any) -> Spoken:
        words = told if isinstance(told, dict) else {}
        missing = [lang for lang in LANGUAGES if not str(words.get(lang) or "").strip()]
        if missing:
            self.wrong(where, N_("the words in “{language}” are missing"), language=", ".join(missing))
            return Spoken("", "", "")
        return Spoken(*(str(words[lang]).strip() for lang in LANGUAGES))

    def _condition(self, where: str, told: Any) -> Condition:
        return self.tried(where, lambda: self.reader.condition(told)) or All()

    def _questions(self, told: Any) -> None:
        waiting: list[tuple[str, str, Any]] = []
        for where, entry in self._entries("questions", told, "fact", QUESTION_KEYS):
            name = str(entry.get("fact", ""))
            options = tuple(
                Option(str(choice.get("code", "")), self._spoken(where, choice))
                for choice in entry.get("choices", ())
                if isinstance(choice, dict)
            )
            codes = tuple(option.code for option in options) or (YES, NO)
            kind = Kind.CODE if options else Kind.YES_NO
            own = Field(name, kind, codes)
            if not name.startswith(DOCUMENT) and name not in FIELDS and not NAME.match(name):
                self.wrong(where, N_("“{name}” cannot name a fact: small letters, digits and _"), name=name)
            self.questions[name] = Question(
                FIELDS.get(name, own), self._spoken(where, entry), entry.get("sensitive") is True, None, options
            )
            if "applies_to" in entry:
                waiting.append((where, name, entry["applies_to"]))
        for where, name, condition in waiting:
            q = self.questions[name]
            read = self._condition(where, condition)
            self.questions[name] = Question(q.field, q.words, q.sensitive, read, q.options)

    def _papers(self, told: Any) -> None:
        for where, entry in self._entries("papers", told, "code", PAPER_KEYS):
            code = str(entry.get("code", ""))
            if not entry.get("held"):
                self.wrong(where, N_("“{key}” is missing"), key="held")
            how = self._spoken(where, entry["how"]) if "how" in entry else None
            service = str(entry.get("service", ""))
            self._known_services(where, [service] if service else [])
            held = self._condition(where, entry.get("held", []))
            self.papers[code] = Paper(code, self._spoken(where, entry), held, how, service)

    def _rules(self, told: Any) -> Iterator[Rule]:
        for where, entry in self._entries("rules", told, "code", RULE_KEYS):
            services, areas, kinds = (self._list(where, entry, key) for key in ("services", "areas", "kinds"))
            if not any(entry.get(key) for key in ("services", "areas", "kinds")):
                self.wrong(where, N_("it names no service, no area and no need"))
            for kind in set(kinds) - set(NeedKind):
                self.wrong(where, N_("no need is called “{need}”"), need=kind)
            self._known_services(where, services)
            for area in areas:
                if self.words.areas is not None and area not in self.words.areas:
                    self.wrong(where, N_("no area is called “{area}”"), area=area)
            needs = self._list(where, entry, "needs")
            for code in needs:
                if code not in self.papers:
                    self.wrong(where, N_("no paper is called “{paper}”; describe it in [[papers]]"), paper=code)
            then, strength = self._code(where, entry, "then", Effect), self._code(where, entry, "strength", Strength)
            if (then is Effect.NO_OFFER) and not kinds:
                self.wrong(
                    where, N_("“{effect}” is said of needs: name them in “{key}”"), effect="no_offer", key="kinds"
                )
            if then is not Effect.MEETS and (needs or entry.get("only")):
                self.wrong(where, N_("“{key}” belongs to rules that say “{effect}”"), key="needs, only", effect="meets")
            yield Rule(
                code=str(entry.get("code", "")),
                then=then or Effect.CONFIRM,
                words=self._spoken(where, entry),
                source=self._source(where, entry),
                dated=self._dated(where, entry),
                strength=strength or Strength.SEED,
                services=services,
                areas=areas,
                kinds=kinds,
                when=self._when(where, entry),
                needs=needs,
                only=entry.get("only") is True,
                number=entry["number"] if isinstance(entry.get("number"), int) else 0,
                confirmed=self._confirmed(where, entry),
                advice=self._spoken(where, entry["advice"]) if "advice" in entry else None,
            )

    def _when(self, where: str, entry: Mapping[str, Any]) -> Condition:
        if "when" not in entry:
            self.wrong(where, N_("“{key}” is missing"), key="when")
        return self._condition(where, entry.get("when", []))

    def _known_services(self, where: str, codes: Any) -> None:
        for code in codes:
            if self.words.services is not None and code not in self.words.services:
                self.wrong(where, N_("no service of the catalogue is called “{service}”"), service=code)

    def _code(self, where: str, entry: Mapping[str, Any], key: str, codes: type[Any]) -> Any:
        told = str(entry.get(key, ""))
        if told not in {member.value for member in codes}:
            known = ", ".join(member.value for member in codes)
            self.wrong(where, N_("“{key}” must be one of: {known}"), key=key, known=known)
            return None
        return codes(told)

    def _source(self, where: str, entry: Mapping[str, Any]) -> str:
        source = str(entry.get("source", "")).strip()
        if not source:
            self.wrong(where, N_("the source is missing: who says so?"))
        return source

    def _dated(self, where: str, entry: Mapping[str, Any]) -> str:
        told = str(entry.get("date", "")).strip()
        if not told:
            self.wrong(where, N_("the date of the source is missing; write “{word}” when it shows none"), word=UNDATED)
        elif told != UNDATED and not DATE.match(told):
            self.wrong(where, N_("“{date}” is no date: write 2026, 2026-03 or 2026-03-21"), date=told)
        elif told != UNDATED and told > self.collected:  # never against the clock: that of a desk may be wrong
            self.wrong(where, N_("the date “{date}” is later than “{key}”"), date=told, key="collected")
        return "" if told == UNDATED else told

    def _confirmed(self, where: str, entry: Mapping[str, Any]) -> date | None:
        told = entry.get("confirmed")
        if told is not None and not isinstance(told, date):
            self.wrong(where, N_("“{date}” is no date: write 2026, 2026-03 or 2026-03-21"), date=told)
            return None
        return told
