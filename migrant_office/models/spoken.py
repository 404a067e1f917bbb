"""One meaning in the three languages of the program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """The wordings of a file that carries its languages side by side: notice, rapid path, rules."""

    es: str
    ht: str
    en: str

    def text(self, lang: str) -> str:
        """The wording in "es", "ht" or "en"; English for any other."""
        return {"es": self.es, "ht": self.ht}.get(lang, self.en)
