"""The wording of one sheet in the languages of its columns; notes what was used, and so whether it is a draft."""

from __future__ import annotations

from collections.abc import Mapping

from migrant_office.models.sheet import SheetDefinition, SheetText, known
from migrant_office.services.sheets.content import Columns, Pair, clip, marked
from migrant_office.services.sheets.phrases import Phrases


class Words:
    """Rows of a definition by name, in two languages."""

    def __init__(self, definition: SheetDefinition, columns: Columns) -> None:
        self.definition, self.columns = definition, columns
        self.languages = (columns[0].lang, columns[1].lang)
        self.frame = {row.key: row for row in definition.rows if row.section == "frame"}
        self.rows = tuple(row for row in definition.rows if row.section != "frame")
        self._phrases = Phrases(definition.phrases)
        self._used: list[SheetText] = list(self.frame.values())  # the frame stands on every page

    def pair(self, key: str) -> Pair:
        """A row of section "frame" in both languages, plain."""
        return self.texts(self.frame[key])

    def joined(self, key: str) -> str:
        """Both languages on one line: "Para · Pou"; once when they are the same word."""
        return " · ".join(dict.fromkeys(self.pair(key)))

    def use(self, row: SheetText) -> SheetText:
        self._used.append(row)
        return row

    def texts(self, row: SheetText) -> Pair:
        """A row in both languages, plain."""
        self.use(row)
        return row.text(self.languages[0]), row.text(self.languages[1])

    def filled(self, row: SheetText, values: tuple[Mapping[str, str], Mapping[str, str]]) -> Pair:
        """A row in both languages with its facts, as markup."""
        self.use(row)
        left, right = (marked(row.text(lang), known) for lang, known in zip(self.languages, values, strict=True))
        return left, right

    def phrase(self, kind: str, words: str, letters: int) -> tuple[str, Pair]:
        """Icon and wording for an item of the catalogue; what nobody translated stays Spanish and says so."""
        words = clip(words, letters)
        row = self.find(kind, words)
        if row is None and not known(words):
            return "help", self.pair("unknown")
        if row is None:
            return "", (words, self._untranslated(words))
        left, right = self.texts(row)
        return row.icon, (words if self.languages[0] == "es" else left, words if self.languages[1] == "es" else right)

    def find(self, kind: str, words: str) -> SheetText | None:
        """The row of the phrase table for an item of the catalogue."""
        return self._phrases.find(kind, words)

    def _untranslated(self, words: str) -> str:
        return words if self.languages[1] == "es" else f"[{words}] ({self.pair('in_spanish')[1]})"

    @property
    def draft(self) -> bool:
        """Whether Creole was used that nobody approved."""
        return "ht" in self.languages and any(not row.reviewed for row in self._used)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who approved what was used, with the day: named in the footer of a sheet that is no draft."""
        found = {(row.review.reviewer, row.review.on) for row in self._used if row.review}
        latest = {name: max(day for who, day in found if who == name) for name, _ in found}
        return tuple(f"{name}, {self.columns[0].date(day)}" for name, day in sorted(latest.items()))
