"""A form as the program holds it: frozen, complete, free of the spreadsheet it came from.

A *path* is the tuple of names from the top of the form, `("contact", "given")`; an *address* is the same written
as text, `/contact/given`. Answers, drafts and screens use addresses. Inside a repeat an address of an answer counts
the instances from 1, `/members[2]/given`; the address of the question itself has no counts, `/members/given`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_, Translator
from migrant_office.models.forms.expressions.values import Node

Path = tuple[str, ...]
NO_VALUES: Mapping[str, Any] = MappingProxyType({})
MOST_INSTANCES = 50  # of one repeat
_COUNTED = re.compile(r"\[\d+\]")


def address(path: Path) -> str:
    """A path as text: `("contact", "given")` is `/contact/given`."""
    return "/" + "/".join(path)


@dataclass(frozen=True)
class Text:
    """Words in several languages: `by_lang` maps a code ("es") to the words; `default` is the form's own language."""

    by_lang: Mapping[str, str] = field(default_factory=lambda: NO_VALUES)
    default: str = "default"

    def get(self, lang: str) -> str:
        """The words in `lang`, else in the form's own language, else in any, else ''."""
        found = self.by_lang.get(lang) or self.by_lang.get(self.default)
        return found or next((words for words in self.by_lang.values() if words), "")

    def has(self, lang: str) -> bool:
        return bool(self.by_lang.get(lang))

    def __bool__(self) -> bool:
        return any(self.by_lang.values())


NO_TEXT = Text()


@dataclass(frozen=True)
class Src:
    """A place in the spreadsheet: row as the spreadsheet program counts it (1 is the heading row of a workbook)."""

    sheet: str
    row: int = 0
    column: str = ""
    offset: int = -1  # characters into the cell, from 0; -1 when the whole cell is meant

    def at(self, column: str, offset: int = -1) -> Src:
        return Src(self.sheet, self.row, column, offset)


@dataclass(frozen=True)
class Issue:
    """Something wrong ("error"), doubtful ("warning") or without effect ("info") in a form. `sentence` is an English
    message id.
    """

    level: str
    src: Src
    sentence: str
    data: Mapping[str, object] = field(default_factory=lambda: NO_VALUES)

    def text(self, translator: Translator) -> str:
        """One sentence with its place, in the reader's language."""
        what = translator.gettext(self.sentence).format(**self.data)
        place = {"sheet": self.src.sheet, "row": self.src.row, "column": self.src.column}
        if self.src.row and self.src.column and self.src.offset >= 0:
            where = translator.gettext(N_("Sheet {sheet}, row {row}, column {column}, character {character}: {what}"))
            return where.format(**place, character=self.src.offset + 1, what=what)
        if self.src.row and self.src.column:
            where = translator.gettext(N_("Sheet {sheet}, row {row}, column {column}: {what}"))
        elif self.src.row:
            where = translator.gettext(N_("Sheet {sheet}, row {row}: {what}"))
        elif self.src.sheet:
            where = translator.gettext(N_("Sheet {sheet}: {what}"))
        else:
            return what
        return where.format(**place, what=what)


class FormRefused(UserError):
    """The form cannot be used; `issues` lists every reason found, errors and warnings, in the order of the sheets."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__(N_("This form cannot be used yet. Correct the points listed below and load it again."))
        self.issues = issues


@dataclass(frozen=True)
class Choice:
    """One answer that may be chosen. `columns` are the other columns of its row, for filters; `retired` choices are
    no longer offered but keep their label for answers given before.
    """

    value: str
    label: Text
    columns: Mapping[str, str] = field(default_factory=lambda: NO_VALUES)
    retired: bool = False
    src: Src = Src("choices")


@dataclass(frozen=True)
class ChoiceList:
    name: str
    choices: tuple[Choice, ...]

    @cached_property
    def by_value(self) -> Mapping[str, Choice]:
        return {choice.value: choice for choice in self.choices}

    @cached_property
    def has_retired(self) -> bool:
        return any(choice.retired for choice in self.choices)

    @cached_property
    def _indices(self) -> dict[str, dict[str, tuple[Choice, ...]]]:
        return {}

    def index(self, column: str) -> Mapping[str, tuple[Choice, ...]]:
        """The choices grouped by one column, made once: a cascade over thousands of choices stays quick. One with an
        empty cell is in no group: every engine finds nothing there to be equal to.
        """
        if column not in self._indices:
            groups: dict[str, list[Choice]] = {}
            for choice in self.choices:
                groups.setdefault(self.cell(choice, column), []).append(choice)
            self._indices[column] = {value: tuple(group) for value, group in groups.items() if value}
        return self._indices[column]

    @cached_property
    def tree(self) -> Node:
        """The list as expressions walk it: a top, `root` in it, an `item` for each choice, a cell for each column."""
        top = Node(self.name)
        root = Node("root", top)
        for choice in self.choices:
            item = Node("item", root)
            for column, cell in {"label": choice.label.get(""), **choice.columns, "name": choice.value}.items():
                Node(column, item, cell)
        return top

    @staticmethod
    def cell(choice: Choice, column: str) -> str:
        return choice.value if column == "name" else choice.columns.get(column, "")


@dataclass(frozen=True)
class Expr:
    """An expression compiled to a closure: `fn(context)` answers str, float, bool or a list of nodes.

    `deps` are the paths it reads; `everything` when it may read any (a wildcard); `reads_self` when it reads its own
    question by `.`; `impure` when it asks the clock or chance; `wide` are those of `deps` that it may read in other
    instances of a repeat than its own; `index` = (column, closure) for the common choice filter `column = something`.
    """

    source: str
    fn: Callable[[Any], Any] = field(compare=False, repr=False)
    deps: frozenset[Path]
    src: Src
    impure: bool = False
    everything: bool = False
    reads_self: bool = False
    wide: frozenset[Path] = frozenset()
    index: tuple[str, Callable[[Any], Any]] | None = field(default=None, compare=False, repr=False)


class Kind(StrEnum):
    """The types of question this desk can ask. An IMAGE or FILE answer is the id of an attachment."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    ACKNOWLEDGE = "acknowledge"
    IMAGE = "image"
    FILE = "file"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    CALCULATE = "calculate"


@dataclass(frozen=True)
class Question:
    """One row of the survey. `guidance` tells the officer why it is asked and how; `maps_to` names the field of a
    record that the answer fills; `shown_deps` are the questions whose answers appear in its words.
    """

    path: Path
    kind: Kind
    src: Src
    label: Text = NO_TEXT
    hint: Text = NO_TEXT
    guidance: Text = NO_TEXT
    list_name: str = ""
    appearance: frozenset[str] = frozenset()
    relevant: Expr | None = None
    required: Expr | None = None
    constraint: Expr | None = None
    calculate: Expr | None = None
    default: Expr | str | None = None
    readonly: Expr | None = None
    choice_filter: Expr | None = None
    constraint_message: Text = NO_TEXT
    required_message: Text = NO_TEXT
    maps_to: str = ""
    sensitive: bool = False
    shown_deps: frozenset[Path] = frozenset()

    @property
    def name(self) -> str:
        return self.path[-1]

    @cached_property
    def addr(self) -> str:
        return address(self.path)

    @property
    def takes_answer(self) -> bool:
        return self.kind not in (Kind.NOTE, Kind.CALCULATE)


@dataclass(frozen=True)
class Group:
    """Questions that belong together; at the top of a form, one page of the screen. The root has the empty path."""

    path: Path
    src: Src
    label: Text = NO_TEXT
    hint: Text = NO_TEXT
    relevant: Expr | None = None
    children: tuple[Question | Group, ...] = ()
    appearance: frozenset[str] = frozenset()
    shown_deps: frozenset[Path] = frozenset()

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""

    @cached_property
    def addr(self) -> str:
        return address(self.path)

    @property
    def field_list(self) -> bool:
        return "field-list" in self.appearance

    def walk(self) -> Iterator[Question | Group]:
        """Every descendant in the order of the form, a group before what it holds."""
        for child in self.children:
            yield child
            if isinstance(child, Group):
                yield from child.walk()

    def questions(self) -> Iterator[Question]:
        return (item for item in self.walk() if isinstance(item, Question))


@dataclass(frozen=True)
class Repeat(Group):
    """Questions asked as often as there are members, documents, jobs. `count` calculates how often, else whoever fills
    the form adds instances, at most `limit`; `maps_to` names the record that each instance makes.
    """

    count: Expr | None = None
    limit: int = MOST_INSTANCES
    maps_to: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form.

    `root_name` is what absolute paths call its top; `digest` the SHA-256 of what it means (hexadecimal), the same from
    a workbook, csv or md; `order` lists every path so that each comes after what it depends on; `readers` maps a path
    to those evaluated anew when it changes, `watchers` to those that only look or are judged differently then; `wide`
    holds the pairs (read, reader) in which other instances of a repeat may be read than the reader's own. Without
    `missing_answers` the form itself says that the three missing answers are not to be offered beside its questions.
    """

    id: str
    version: str
    title: str
    digest: str
    languages: tuple[str, ...]
    default_language: str
    root_name: str
    root: Group
    lists: Mapping[str, ChoiceList]
    order: tuple[Path, ...]
    readers: Mapping[Path, frozenset[Path]]
    watchers: Mapping[Path, frozenset[Path]]
    wide: frozenset[tuple[Path, Path]] = frozenset()
    missing_answers: bool = True
    warnings: tuple[Issue, ...] = ()

    @cached_property
    def by_path(self) -> Mapping[Path, Question | Group]:
        return {item.path: item for item in self.root.walk()}

    @cached_property
    def by_addr(self) -> Mapping[str, Question | Group]:
        return {item.addr: item for item in self.root.walk()}

    def at(self, addr: str) -> Question | Group:
        """The question or group of an address, also of one inside an instance: `/members[2]/given`. Raises KeyError."""
        return self.by_addr[addr if "[" not in addr else _COUNTED.sub("", addr)]

    @cached_property
    def rank(self) -> Mapping[Path, int]:
        """The place of each path in the order of evaluation."""
        return {path: rank for rank, path in enumerate(self.order)}

    @cached_property
    def trails(self) -> Mapping[Path, tuple[Path, ...]]:
        """For each path, the repeats it stands in, from the outermost."""
        repeats = [item.path for item in self.root.walk() if isinstance(item, Repeat)]
        return {
            path: tuple(one for one in repeats if len(one) < len(path) and path[: len(one)] == one)
            for path in ((), *self.by_path)
        }

    @cached_property
    def _names(self) -> Mapping[str, Question]:
        return {question.name: question for question in self.root.questions()}

    @cached_property
    def _fields(self) -> Mapping[str, Question]:
        return {q.maps_to: q for q in self.root.questions() if q.maps_to and not self.trails[q.path]}

    def question(self, name: str) -> Question:
        """The question of that name. Raises KeyError."""
        return self._names[name]

    def mapped(self, field_name: str) -> Question | None:
        """The question outside repeats that fills a field of a record, such as `person.given`."""
        return self._fields.get(field_name)

    @cached_property
    def pages(self) -> tuple[Group, ...]:
        """The steps of the screen: each group at the top, and each run of questions between such groups."""
        pages: list[Group] = []
        loose: list[Question | Group] = []
        for child in (*self.root.children, None):
            if isinstance(child, Question):
                loose.append(child)
                continue
            if loose:
                pages.append(Group((), loose[0].src, Text({self.default_language: self.title}), children=tuple(loose)))
                loose = []
            if child is not None:
                pages.append(child)
        return tuple(page for page in pages if any(q.kind is not Kind.CALCULATE for q in page.questions()))
