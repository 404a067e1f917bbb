"""What can be wrong with a directory: the table, the row, the column and the reason, in one sentence each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_, Translator

SHOWN = 200  # of a list of findings: whoever has more mends a rule of his export, not a row


class FileRefused(UserError):
    """The file or folder cannot be read as a directory at all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place. `row` counts from 1 as the data rows of a table do; 0 is the table itself."""

    table: str
    row: int
    column: str
    reason: str
    data: dict[str, Any] = field(default_factory=dict)

    def text(self, translator: Translator) -> str:
        """One line: where and why."""
        why = translator.gettext(self.reason).format(**self.data)
        if not self.row:
            return f"{self.table}: {why}"
        if not self.column:
            return translator.gettext(N_("{table}, row {row}: {why}")).format(table=self.table, row=self.row, why=why)
        place = translator.gettext(N_("{table}, row {row}, column “{column}”: {why}"))
        return place.format(table=self.table, row=self.row, column=self.column, why=why)


class DirectoryRefused(UserError):
    """Rows that cannot be taken; nothing was changed. `findings` lists all of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            N_("The directory was not taken in and nothing changed. Correct these places ({count}):"),
            count=len(findings),
        )
        self.findings = findings

    def text(self, translator: Translator) -> str:
        """The sentence, and under it a line for each place."""
        more = len(self.findings) - SHOWN
        lines = [super().text(translator), *(f.text(translator) for f in self.findings[:SHOWN])]
        return "\n".join(
            [*lines, translator.gettext(N_("… and {count} more.")).format(count=more)][: len(lines) + (more > 0)]
        )
