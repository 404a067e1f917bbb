"""The rows of the survey sheet as a tree: types and names checked, groups opened and closed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrant_office.i18n import N_
from migrant_office.models.forms.columns import Columns
from migrant_office.models.forms.form import Issue, Kind, Path, Src
from migrant_office.models.forms.sheets import Row, Sheet, refusal
from migrant_office.models.forms.unkept import SENTENCE, unkept

DEEPEST = 20  # groups in groups; public forms have six
DEEPEST_REPEATS = 2  # a repeat in a repeat: 50 times 50 instances are enough
NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_SELECT = re.compile(
    r"(?:(?P<one>select[ _]one(?: from)?|select1|add select one prompt using)"
    r"|select[ _]multiple(?: from)?|select all that apply(?: from)?|add select multiple prompt using)"
    r"\s+(?P<list>\S+)(?P<other>\s+or[ _](?:specify[ _])?other)?\Z",
    re.IGNORECASE,
)
_FROM_FILE = re.compile(
    r"(?:(?P<one>select[ _]one)|select[ _]multiple)[ _]from[ _]file\s+(?P<file>\S+)(?P<other>\s+or[ _]other)?\Z",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?P<edge>begin|end)[ _](?P<what>group|lgroup|repeat|looped group|loop)\Z", re.IGNORECASE)
_PLAIN = {
    **{kind.value: kind for kind in Kind if kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)},
    "string": Kind.TEXT,
    "int": Kind.INTEGER,
    "trigger": Kind.ACKNOWLEDGE,
    "photo": Kind.IMAGE,
}
# What a telephone notes by itself; a desk keeps its own account of who wrote what and when.
_METADATA = frozenset(
    {
        *("start", "end", "today", "deviceid", "imei", "phonenumber", "phone number", "username", "email", "audit"),
        *("simserial", "sim serial", "subscriberid", "subscriber id", "start-geopoint", "background-audio"),
    }
)
# Types of XLSForm that this desk cannot ask.
_ELSEWHERE = frozenset(
    {
        *("datetime", "range", "rank", "hidden", "xml-external", "csv-external", "geopoint", "geotrace", "geoshape"),
        *("audio", "video", "barcode", "background-geopoint", "osm", "select_one_external"),
    }
)


@dataclass
class Draft:
    """A question or group before its expressions are compiled; `kind` is None for a group, which may `repeat`.

    `file` is the csv file a question chooses from; `other` asks for a last choice in own words; `words_of` makes this
    the question for those words, and names the question it belongs to.
    """

    path: Path
    row: Row
    kind: Kind | None
    list_name: str = ""
    repeat: bool = False
    file: str = ""
    other: bool = False
    words_of: str = ""
    children: list[Draft] = field(default_factory=list)


class Outline:
    """Builds the tree; `issues` collects everything wrong on the way."""

    def __init__(self, sheet: Sheet, columns: Columns, lists: frozenset[str], issues: list[Issue]) -> None:
        self._columns = columns
        self.lists = lists
        self._issues = issues
        self.root = Draft((), Row(0, {}), None)
        self._open: list[tuple[Draft, str]] = [(self.root, "")]
        for row in sheet.rows:
            self._take(row)
        for draft, _what in self._open[1:]:
            self._error(draft.row, "type", N_("This group is never closed: add a row end_group."))

    def _error(self, row: Row, meaning: str, sentence: str, **data: object) -> None:
        self._issues.append(Issue("error", Src("survey", row.number, self._columns.heading(meaning)), sentence, data))

    def _take(self, row: Row) -> None:
        kind = re.sub(r"\s+", " ", self._columns.cell(row, "type")).strip()
        if not kind:
            self._error(row, "type", N_("The row has no type of question."))
        elif block := _BLOCK.match(kind):
            self._edge(row, block.group("edge").lower(), block.group("what").lower())
        elif kind.lower() in _METADATA:
            self._issues.append(
                Issue(
                    "warning",
                    Src("survey", row.number, self._columns.heading("type")),
                    N_("{kind} is not asked and not kept here."),
                    {"kind": kind},
                )
            )
        else:
            self._question(row, kind)

    def _edge(self, row: Row, edge: str, what: str) -> None:
        if edge == "begin":
            if what not in ("group", "lgroup", "repeat"):
                self._error(row, "type", N_("Loops are not on this desk: use begin_repeat."))
            repeats = sum(other.repeat for other, _what in self._open)
            if what == "repeat" and repeats >= DEEPEST_REPEATS:
                self._error(
                    row, "type", N_("A repeat stands in repeats already: {most} deep is the most."), most=repeats
                )
            if len(self._open) > DEEPEST:
                where = Src("survey", row.number, self._columns.heading("type"))
                sentence = N_("Groups stand in groups more than {most} deep: close some of them before this row.")
                raise refusal(sentence, where, most=DEEPEST)
            draft = Draft((*self._open[-1][0].path, self._name(row)), row, None, repeat=what == "repeat")
            self._add(draft)
            self._open.append((draft, what))
        elif len(self._open) == 1 or self._open[-1][1] != what:
            self._error(row, "type", N_("This row closes a group that was not opened."))
        else:
            self._open.pop()

    def _question(self, row: Row, written: str) -> None:
        kind: Kind | None = _PLAIN.get(written.lower())
        chosen, file = _SELECT.match(written), _FROM_FILE.match(written)
        found = chosen or file
        if found:
            kind = Kind.SELECT_ONE if found.group("one") else Kind.SELECT_MULTIPLE
        elif kind is None:
            self._unknown_type(row, written)
        path = (*self._open[-1][0].path, self._name(row, kind))
        draft = Draft(path, row, kind or Kind.TEXT, other=bool(found and found.group("other")))
        if chosen:
            draft.list_name = chosen.group("list")
            self._check_list(row, draft.list_name)
        elif file:
            draft.file = file.group("file")
        self._add(draft)
        if draft.other:
            self._check_other(draft)
            words = (*path[:-1], f"{path[-1]}_other")
            self._add(Draft(words, row, Kind.TEXT, words_of=path[-1]))

    def _unknown_type(self, row: Row, written: str) -> None:
        first = written.lower().split(" ")[0]
        if written.lower() in _ELSEWHERE or first in _ELSEWHERE:
            self._error(row, "type", N_("Questions of the type {kind} are not on this desk."), kind=written)
        else:
            self._error(row, "type", N_("There is no type {kind}."), kind=written)

    def _check_list(self, row: Row, name: str) -> None:
        if "${" in name or re.search(r"\.(csv|xml|geojson)\Z", name):
            sentence = N_("Choices from a file are asked as select_one_from_file or select_multiple_from_file.")
            self._error(row, "type", sentence)
        elif name not in self.lists:
            self._error(row, "type", N_("The sheet of choices has no list {name}."), name=name)

    def _check_other(self, draft: Draft) -> None:
        if draft.file or self._columns.cell(draft.row, "choice_filter"):
            sentence = N_(
                "or_other does not go with a filter or a file: add a choice and a question of its own for it."
            )
            self._error(draft.row, "type", sentence)

    def _name(self, row: Row, kind: Kind | None = None) -> str:
        name = self._columns.cell(row, "name")
        if not name and kind is Kind.NOTE:
            return f"note_{row.number}"
        if not NAME.match(name):
            sentence = N_("The name {name} has signs that names cannot have.") if name else N_("The row has no name.")
            self._error(row, "name", sentence, name=name)
            return f"unnamed_{row.number}"
        if unkept(name):
            self._error(row, "name", SENTENCE)
        return name

    def _add(self, draft: Draft) -> None:
        brothers = self._open[-1][0].children
        if any(other.path == draft.path for other in brothers):
            self._error(draft.row, "name", N_("The name {name} is used twice in one group."), name=draft.path[-1])
        brothers.append(draft)
