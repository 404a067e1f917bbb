"""The wording of a sheet: rows that say the same in Spanish, Creole and English."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from migrant_office.models.parity import Review, Reviews


@dataclass(frozen=True)
class SheetText:
    """One row of a sheet definition or of the phrase table: the same meaning in Spanish, Creole and English.

    `condition` says when the row is printed (see `services.sheets.definition`). `source` names where a fact was read.
    `id` names the row within its sheet: section, key, and a number where several share both. `review` is who approved
    this Creole for this Spanish, None for a draft.
    """

    section: str
    key: str
    icon: str
    es: str
    ht: str
    en: str
    condition: str = ""
    source: str = ""
    id: str = ""
    review: Review | None = None

    def text(self, lang: str) -> str:
        """The wording in "es", "ht" or "en". Raises KeyError on any other language."""
        return {"es": self.es, "ht": self.ht, "en": self.en}[lang]

    @property
    def reviewed(self) -> bool:
        """A named person approved this Creole for exactly this Spanish; a name or figure alike in both needs none."""
        return self.es == self.ht or self.review is not None

    def judged(self, reviews: Reviews) -> SheetText:
        """The same row with its approval."""
        return replace(self, review=reviews.of(self.es, self.ht))


@dataclass(frozen=True)
class SheetDefinition:
    """The wording of one kind of sheet in one city, and the phrases that stand in for the catalogue's free Spanish.

    `rows` hold the frame, which every sheet has, and what the sheet says; `name` is that of its file.
    """

    city: str
    name: str
    rows: tuple[SheetText, ...]
    phrases: tuple[SheetText, ...] = ()

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with any word of the definition: two equal sheets carry the same."""
        text = "\n".join("\t".join((row.section, row.key, row.es, row.ht, row.en)) for row in self.rows + self.phrases)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def judged(self, reviews: Reviews) -> SheetDefinition:
        """The same wording with its approvals."""
        rows, phrases = (tuple(row.judged(reviews) for row in each) for each in (self.rows, self.phrases))
        return replace(self, rows=rows, phrases=phrases)
