"""What can be wrong with a file of people or its map: the place and the reason, never what a person is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_, Translator


class FileRefused(UserError):
    """The spreadsheet cannot be read as a table."""


class MapRefused(UserError):
    """The map cannot be understood, or does not fit the spreadsheet."""


class CellRefused(Exception):
    """One cell that cannot be taken. `reason` is a message id, `data` fills it."""

    def __init__(self, reason: str, **data: Any) -> None:
        super().__init__(reason)
        self.reason, self.data = reason, data


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken: its number in the spreadsheet, the column if one is to blame, and why."""

    row: int
    column: str
    reason: str
    data: dict[str, Any] = field(default_factory=dict)

    def text(self, translator: Translator) -> str:
        """One line: where and why."""
        why = translator.gettext(self.reason).format(**self.data)
        if not self.column:
            return translator.gettext(N_("Row {row}: {why}")).format(row=self.row, why=why)
        place = translator.gettext(N_("Row {row}, column “{column}”: {why}"))
        return place.format(row=self.row, column=self.column, why=why)


class RowsRefused(UserError):
    """Rows that cannot be taken; nobody was imported. `rows` lists all of them."""

    def __init__(self, rows: tuple[BadRow, ...]) -> None:
        super().__init__(
            N_("Nobody was imported. Correct these places and import the file again ({count}):"), count=len(rows)
        )
        self.rows = rows

    def text(self, translator: Translator) -> str:
        """The sentence, and under it one line for every place."""
        return "\n".join([super().text(translator), *(row.text(translator) for row in self.rows)])
