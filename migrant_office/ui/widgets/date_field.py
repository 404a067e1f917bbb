"""A date that is typed, as people write it: 3/11/1990, 3-11-90 asked back, 3 de noviembre de 1990, 3 novanm 1990.

No QDateEdit: it cannot be empty, it changes under the mouse wheel and it corrects silently.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import N_, Translator, _, translator
from migrant_office.ui.widgets.field import LineField
from migrant_office.ui.widgets.search_combo import folded

_FIGURES = re.compile(r"\d+|[^\W\d_]+")
_LINKS = {"de", "del", "di", "of", "le", "el", "dia"}


@dataclass(frozen=True)
class ReadDate:
    """What a typed text means: `iso` is "2026-11-03" or ""; `problem` is a message id in words or ""."""

    iso: str = ""
    problem: str = ""


def read_date(text: str) -> ReadDate:
    """Read day, month, year in that order (or year first with four digits), the month in figures or in words.

    Words may be Spanish, Haitian Creole or English, whole or shortened to three letters or more. Two figures for the
    year are asked back: 26 may be 1926 or 2026, and a wrong guess would not be seen.
    """
    words = [word for word in _FIGURES.findall(folded(text)) if word not in _LINKS]
    if not words:
        return ReadDate(problem=_UNCLEAR if text.strip() else "")
    if len(words) == 1 and len(words[0]) == 8 and words[0].isdigit():
        words = [words[0][:2], words[0][2:4], words[0][4:]]
    if len(words) > 1 and not words[1].isdigit():
        month = _month(words[1])
        if month is None:
            return ReadDate(problem=N_("The month is not clear. Write the date like 3/11/1990."))
        words[1] = str(month)
    if len(words) != 3 or not all(word.isdigit() for word in words):
        return ReadDate(problem=_UNCLEAR)
    if len(words[0]) == 4:
        words.reverse()
    return _checked(words)


_UNCLEAR = N_("The date is not clear yet. Write day, month and year, like 3/11/1990.")


def _checked(words: list[str]) -> ReadDate:
    day, month, year = (int(word) for word in words)
    if len(words[2]) != 4:
        return ReadDate(problem=N_("Write the year with four figures, like 1990."))
    if not 1 <= month <= 12:
        return ReadDate(problem=N_("There are twelve months. Write the day first, like 3/11/1990."))
    try:
        return ReadDate(iso=dt.date(year, month, day).isoformat())
    except ValueError:
        return ReadDate(problem=N_("That month has no such day."))


def _month(word: str) -> int | None:
    """The month a folded word begins, in any of our languages; None when none or several do."""
    found: set[int] = set()
    for lang in ("es", "ht", "en"):
        names = [folded(Translator(lang).month_name(month)) for month in range(1, 13)]
        if word in names:
            return names.index(word) + 1
        if len(word) >= 3:
            found |= {number for number, name in enumerate(names, 1) if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


class DateField(LineField):
    """`value()` is "2026-11-03", or "" when empty or not clear; `problem()` says in words what is not clear.

    `latest` and `earliest` warn (they do not refuse): a day of birth in the future is worth a second look. When the
    field is left, a clear date is written again in the short form of the office.
    """

    changed = Signal(str)
    problem_changed = Signal(str)

    def __init__(
        self,
        value: str = "",
        *,
        earliest: dt.date | None = None,
        latest: dt.date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._earliest, self._latest = earliest, latest
        self._value = ""
        self.retranslate()
        self.set_value(value)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._settle)

    def value(self) -> str:
        return self._value

    def set_value(self, iso: str) -> None:
        """Show an ISO date or nothing, without a signal; a text that is no date is shown as it stands."""
        self._value = read_date(iso).iso
        self.setText(self._written() or iso)

    def problem(self) -> str:
        """What is not clear, in the language of the interface; "" when empty or fine."""
        read = read_date(self.text())
        if read.problem:
            return _(read.problem)
        if read.iso:
            day = dt.date.fromisoformat(read.iso)
            if self._latest and day > self._latest:
                return _("This day is still to come. You can save it all the same.")
            if self._earliest and day < self._earliest:
                return _("This day is long ago. You can save it all the same.")
        return ""

    def in_words(self) -> str:
        """The date with its weekday, to read back to the person; "" without one."""
        return translator().long_date(dt.date.fromisoformat(self._value)) if self._value else ""

    def retranslate(self) -> None:
        self.setPlaceholderText(_("day/month/year"))
        if self._value:
            self.setText(self._written())

    def _written(self) -> str:
        """Day, month, year in the order they are read in, whatever the language."""
        return dt.date.fromisoformat(self._value).strftime("%d/%m/%Y") if self._value else ""

    def _typed(self, text: str) -> None:
        iso = read_date(text).iso
        if iso != self._value:
            self._value = iso
            self.changed.emit(iso)
        if not self.problem():
            self.problem_changed.emit("")  # taken away at once, shown only when the field is left

    def _settle(self) -> None:
        if self._value:
            self.setText(self._written())
        self.setToolTip(self.in_words())
        self.problem_changed.emit(self.problem())
