"""Which field of a record each question fills: the column `maps_to`, else its name when that is a standard one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrant_office.i18n import N_
from migrant_office.models.forms.columns import Columns
from migrant_office.models.forms.form import Group, Issue, Kind, Path, Question, Repeat, Src
from migrant_office.models.forms.outline import Draft
from migrant_office.models.forms.standard import STANDARD

_FIELD = re.compile(r"[a-z]\w*\.[a-z]\w*\Z", re.ASCII)
_RECORD = re.compile(r"[a-z]\w*(?:\.[a-z]\w*)?\Z", re.ASCII)


class Fields:
    """The fields and records of one form; what is wrong with them goes to `issues`."""

    def __init__(self, root: Draft, columns: Columns, issues: list[Issue]) -> None:
        self._columns = columns
        self._issues = issues
        self._repeats: dict[Path, str] = {}  # the record of each repeat
        self.taken: set[Path] = set()  # questions that got their field by their name
        self._first: dict[tuple[Path, str], int] = {}  # the row that a standard name filled a field from
        self._written: set[tuple[Path, str]] = set()
        waiting = [root]
        while waiting:
            draft = waiting.pop()
            written = self._cell(draft)
            if draft.repeat:
                self._repeats[draft.path] = written
            elif written:
                self._written.add((self._around(draft.path), written))
            waiting += draft.children

    def _cell(self, draft: Draft) -> str:
        return self._columns.cell(draft.row, "maps_to")

    def _around(self, path: Path) -> Path:
        """The innermost repeat around a path, () outside of all."""
        return next((path[:end] for end in range(len(path) - 1, 0, -1) if path[:end] in self._repeats), ())

    def _say(self, draft: Draft, meaning: str, level: str, sentence: str, data: Mapping[str, object]) -> None:
        place = Src("survey", draft.row.number, self._columns.heading(meaning))
        self._issues.append(Issue(level, place, sentence, data))

    def record(self, draft: Draft) -> str:
        """What each instance of a repeat makes, '' for nothing."""
        written = self._cell(draft)
        if written and not _RECORD.match(written):
            sentence = N_("The record of a repeat is written in small letters, such as held_document.")
            self._say(draft, "maps_to", "error", sentence, {})
        return written

    def field(self, draft: Draft, kind: Kind) -> str:
        """The field that a question fills, '' for none."""
        written = self._cell(draft)
        if not written:
            return self._standard(draft, kind)
        if not _FIELD.match(written):
            self._say(draft, "maps_to", "error", N_("A field is written as record.field, such as person.given."), {})
        return written

    def _standard(self, draft: Draft, kind: Kind) -> str:
        known, around = STANDARD.get(draft.path[-1]), self._around(draft.path)
        if known is None or (around, known.field) in self._written:
            return ""
        if around and self._repeats[around].rpartition(".")[2] != known.record:
            return ""  # the name of a member of the household is not that of the person
        if known.fits(kind):
            first = self._first.setdefault((around, known.field), draft.row.number)
            if first != draft.row.number:
                sentence = N_("Row {row} has this standard name already: the answer here is kept, and fills no field.")
                self._say(draft, "name", "warning", sentence, {"row": first})
                return ""
            self.taken.add(draft.path)
            return known.field
        sentence = N_("{name} is a standard name, asked as {kinds}: as {kind} its answer fills no field.")
        data = {"name": known.name, "kinds": ", ".join(sorted(known.kinds)), "kind": kind.value}
        self._say(draft, "type", "warning", sentence, data)
        return ""

    def check(self, root: Group) -> None:
        """No two questions fill one field: of the form, or within one repeat; nor two repeats one record."""
        seen: dict[tuple[Path, str], Question | Repeat] = {}
        for item in root.walk():
            if not isinstance(item, Question | Repeat) or not item.maps_to:
                continue
            around = self._around(item.path) if isinstance(item, Question) else ()
            if (first := seen.setdefault((around, item.maps_to), item)) is not item:
                place = item.src.at(self._columns.heading("maps_to"))
                data = {"field": item.maps_to, "row": first.src.row}
                sentence = N_("The field {field} is filled by row {row} already.")
                self._issues.append(Issue("error", place, sentence, data))
            elif around and not self._repeats[around]:
                sentence = N_(
                    "This repeat names no record, so {field} is filled by nobody: write maps_to on its first row."
                )
                place = item.src.at(self._columns.heading("maps_to"))
                self._issues.append(Issue("warning", place, sentence, {"field": item.maps_to}))
