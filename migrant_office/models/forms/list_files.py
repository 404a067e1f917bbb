"""Choice lists that lie beside a form as csv files: for choices, `instance()` and `pulldata()`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from migrant_office.i18n import N_
from migrant_office.models.forms.columns import Columns
from migrant_office.models.forms.form import Choice, ChoiceList, Issue, Src
from migrant_office.models.forms.lists import choice_lists
from migrant_office.models.forms.sheets import MOST_BYTES, MOST_ROWS, Row, Sheet, from_table, refusal

NAME = re.compile(r"[\w\-]+\.csv\Z", re.IGNORECASE)  # no folder in it: nothing outside the bundle is reached


class ListFiles:
    """The csv files of a form's bundle that its survey names; others that lie there are not read.

    `tables` are whole files, by their names without .csv, for expressions.
    """

    def __init__(self, files: Mapping[str, bytes], survey: Sheet, default: str, issues: list[Issue]) -> None:
        self._default = default
        self._issues = issues
        self._sheets: dict[str, Sheet] = {}
        for name, data in named_in(survey, files).items():
            if len(data) > MOST_BYTES:
                raise refusal(
                    N_("The file is too large for a form: at most {most} MB."), Src(name), most=MOST_BYTES // 1_000_000
                )
            self._sheets[name[:-4]] = from_table(name, data, issues, MOST_ROWS["choices"])
        self.tables = {name: self._table(name, sheet) for name, sheet in self._sheets.items()}

    def _table(self, name: str, sheet: Sheet) -> ChoiceList:
        return ChoiceList(name, tuple(self._row(row) for row in sheet.rows))

    def _row(self, row: Row) -> Choice:
        return Choice(row.cells.get("name", ""), Columns(_NO_SHEET).text(row, "label", self._default), dict(row.cells))

    def columns(self, name: str) -> frozenset[str]:
        return frozenset(self._sheets[name].headings)

    def choices(self, name: str, value: str, label: str, *, twice: bool) -> ChoiceList | None:
        """The choices of a file, None when it has no such columns. `value` and `label` are the headings of the codes
        and words; other languages stand in columns `label::Language (code)` as in the sheet of choices.
        """
        sheet = self._sheets[name]
        heads = {value: "name", **{one: "label" + one[len(label) :] for one in sheet.headings if _is(one, label)}}
        if value not in sheet.headings or len(heads) < 2:
            return None
        heads |= {head: f"file {head}" for head in sheet.headings if head not in heads and _is(head, "name", "label")}
        rows = [
            replace(row, cells={"list_name": name} | {heads.get(head, head): cell for head, cell in row.cells.items()})
            for row in sheet.rows
        ]
        headings = ("list_name", *(heads.get(head, head) for head in sheet.headings))
        named = Sheet(sheet.name, headings, tuple(rows), sheet.heading_row)
        columns = Columns(named, like="choices")
        return choice_lists(named, columns, self._default, twice=twice, issues=self._issues).get(
            name, ChoiceList(name, ())
        )


def named_in(survey: Sheet, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of the files that a survey names. A folder holds others: nobody's list of people may come along."""
    cells = "\n".join(cell for row in survey.rows for cell in row.cells.values())
    return {
        name: data
        for name, data in files.items()
        if NAME.match(name) and re.search(rf"(?<![\w-]){re.escape(name[:-4])}(?:\.csv\b|['\"])", cells)
    }


def _is(heading: str, *meant: str) -> bool:
    return heading.partition("::")[0] in meant


_NO_SHEET = Sheet("choices", ("label",), ())
