"""What an office says on its sheets in the place of the program's wording, or beside it."""

from __future__ import annotations

from migrant_office.models.parity import text_hash
from migrant_office.models.sheet import SheetText
from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("sheet_row", Home.FORM)
class SheetRow:
    """One row that the office changed, took out or added, in the document of its sheet (`document_of`).

    `id` is that of the program's row (`SheetText.id`), or a new one for a row of the office's own, which has a
    `section` and a `key`. A field that is None says what the program says, so that a newer program is heard where the
    office said nothing. `place` orders the rows of a section, where the program's have 1, 2, 3… `base` is the
    `fingerprint` of the program's row when the office last looked at it.
    """

    id: str
    section: str | None = scalar(default=None, column=False)
    key: str | None = scalar(default=None, column=False)
    icon: str | None = scalar(default=None, column=False)
    es: str | None = scalar(default=None, column=False)
    ht: str | None = scalar(default=None, column=False)
    en: str | None = scalar(default=None, column=False)
    condition: str | None = scalar(default=None, column=False)
    place: float | None = scalar(default=None, column=False)
    removed: bool = scalar(default=False)
    base: str | None = scalar(default=None, column=False)

    @property
    def own(self) -> bool:
        """A row of the office's, which stands in the place of none of the program's."""
        return self.section is not None


SAID = ("icon", "es", "ht", "en", "condition")
"""The fields of a row that an office says in its own words."""
CHANGES = (*SAID, "place")
TYPED = "sheet_row"
"""The form of a draft (`vault.drafts`) that is no intake: what is being written for a row."""


def document_of(sheet: str) -> str:
    """The id of the document with the rows of one sheet."""
    return f"sheet-{sheet}"


def fingerprint(row: SheetText) -> str:
    """Says whether a row of the program is still as it was: icon, texts and condition."""
    return text_hash("\n".join((row.icon, row.es, row.ht, row.en, row.condition)))
