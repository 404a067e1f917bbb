"""What the turned screen says, in two languages at once: Spanish, and the person's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from migrant_office import icon_paths
from migrant_office.i18n import LANGUAGE_NAMES, N_, Translator
from migrant_office.models.city import City
from migrant_office.models.forms.answers import Problem
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Choice, Text
from migrant_office.ui.person_mode.walk import question_at

FIRST = "es"
YES_NO = {"yes": "check", "no": "x"}
NOT_TRANSLATED = N_("In Spanish only")


@dataclass(frozen=True)
class Said:
    """One text in both languages. `other` is "" on a screen of one column; `borrowed` when it is the Spanish again,
    because nobody has written the other yet.
    """

    first: str
    other: str = ""
    borrowed: bool = False

    def spoken(self) -> str:
        """Both in one line, for screen readers."""
        return " · ".join(part for part in (self.first, "" if self.borrowed else self.other) if part)

    def __bool__(self) -> bool:
        return bool(self.first)


def pair(words: Sequence[str], *, borrowed: bool = False) -> Said:
    """One text, or two in the order of the languages."""
    return Said(words[0], words[1] if len(words) > 1 else "", borrowed)


@dataclass(frozen=True)
class Offer:
    """One answer that may be chosen; `icon` is the name of a Tabler icon or ""."""

    code: str
    said: Said
    icon: str = ""


class Speech:
    """Spanish and `second` ("ht", "en", or "" for Spanish alone), with the words and the country of the city."""

    def __init__(self, city: City, second: str) -> None:
        self.second = second
        self.languages = (FIRST, second) if second else (FIRST,)
        self._voices = [Translator(f"{lang}_{city.country}", city.words.get(lang)) for lang in self.languages]

    def names(self) -> Said:
        """The languages by their own names."""
        return pair([LANGUAGE_NAMES[lang] for lang in self.languages])

    def say(self, message: str, **data: object) -> Said:
        """A text of the program, filled in."""
        return pair([voice.gettext(message).format(**data) for voice in self._voices])

    def both(self, speak: Callable[[Translator], str]) -> Said:
        """What a function makes of each language: a date, an hour."""
        return pair([speak(voice) for voice in self._voices])

    def decimal_sign(self) -> str:
        """The comma or the point of this country."""
        return self._voices[0].number(0.5)[1]

    def problem(self, problem: Problem) -> Said:
        """Why an answer wants another look."""
        voices = zip(self._voices, self.languages, strict=True)
        return pair([problem.text(voice, lang) for voice, lang in voices])

    def label(self, filling: FormFilling, addr: str) -> Said:
        return self._form(question_at(filling, addr).label, [filling.label(addr, lang) for lang in self.languages])

    def hint(self, filling: FormFilling, addr: str) -> Said:
        return self._form(question_at(filling, addr).hint, [filling.hint(addr, lang) for lang in self.languages])

    def offer(self, choice: Choice) -> Offer:
        icon = choice.columns.get("icon", "").strip() or YES_NO.get(choice.value, "")
        said = self._form(choice.label, [choice.label.get(lang) for lang in self.languages])
        return Offer(choice.value, said, icon if icon in icon_paths.names() else "")

    def _form(self, text: Text, words: list[str]) -> Said:
        borrowed = bool(self.second) and bool(words[0]) and not text.has(self.second)
        return pair(words, borrowed=borrowed)
