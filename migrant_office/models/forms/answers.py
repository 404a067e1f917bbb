"""One answer: its stored text, what a screen shows of it, and whether it fits its type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from migrant_office.i18n import N_, Translator
from migrant_office.models.forms.form import NO_TEXT, NO_VALUES, ChoiceList, Kind, Text
from migrant_office.models.missing import Missing

Answer = str | Sequence[str] | Missing | None

_INTEGER = re.compile(r"-?\d{1,15}\Z", re.ASCII)
_DECIMAL = re.compile(r"-?(?:\d{1,15}(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)
YES = "OK"  # what an acknowledgement stores, in every reader of forms


@dataclass(frozen=True)
class Problem:
    """Why an answer wants another look; it never stops anybody from saving. `own` are the form's own words, else
    `sentence` is a message id filled by `data`.
    """

    code: str
    sentence: str
    own: Text = NO_TEXT
    data: Mapping[str, object] = field(default_factory=lambda: NO_VALUES)

    def text(self, translator: Translator, lang: str) -> str:
        return self.own.get(lang) if self.own else translator.gettext(self.sentence).format(**self.data)


MISSING = "required"  # the code of a problem that is no answer at all
NOT_WHOLE = Problem("type", N_("Write a whole number, such as 3."))
NOT_NUMBER = Problem("type", N_("Write a number, such as 2.5."))
NOT_DATE = Problem("type", N_("Write a date that exists: day, month and year."))
NOT_TIME = Problem("type", N_("Write a time: hours and minutes, such as 14:30."))
NOT_SEEN = Problem("type", N_("This can only be marked as seen, or left open."))
NOT_OFFERED = Problem("choice", N_("This choice is not offered any more. Choose again."))


@dataclass(frozen=True)
class Cell:
    """What a screen shows of one question. `value` is the stored text: ISO dates, times as HH:MM, decimals with a
    point, the codes of choices by spaces, OK for what was acknowledged, the id of an attachment, '' for none; `missing`
    says why there is none, when that is known.
    """

    value: str
    missing: Missing | None
    relevant: bool
    required: bool
    readonly: bool
    calculated: bool
    problem: Problem | None

    @property
    def selected(self) -> tuple[str, ...]:
        """The codes chosen, for both kinds of choice."""
        return tuple(self.value.split())


def stored(kind: Kind, value: str | Sequence[str], choices: ChoiceList | None) -> str:
    """The text kept for what was typed or chosen; '' for nothing. What does not fit its type is kept as typed."""
    if kind is Kind.SELECT_MULTIPLE:
        codes = dict.fromkeys(value.split() if isinstance(value, str) else value)
        order = list(choices.by_value) if choices else []
        known = {code: place for place, code in enumerate(order)}
        return " ".join(sorted(codes, key=lambda code: known.get(code, len(known))))
    text = value if isinstance(value, str) else " ".join(value)
    if kind is Kind.TIME and (time := _TIME.match(text.strip())):
        return f"{int(time[1]):02}:{time[2]}"  # a desk has no use for seconds
    return text if kind is Kind.TEXT and text.strip() else text.strip()


def misfit(kind: Kind, text: str) -> Problem | None:
    """What keeps a stored text from being a number, a date, a time or an acknowledgement."""
    if kind is Kind.INTEGER and not _INTEGER.match(text):
        return NOT_WHOLE
    if kind is Kind.DECIMAL and not _DECIMAL.match(text):
        return NOT_NUMBER
    if kind is Kind.DATE and not is_date(text):
        return NOT_DATE
    if kind is Kind.TIME and not _TIME.match(text):
        return NOT_TIME
    return NOT_SEEN if kind is Kind.ACKNOWLEDGE and text != YES else None


def is_date(text: str) -> bool:
    try:
        return bool(_DATE.match(text) and date.fromisoformat(text))
    except ValueError:
        return False


def typed(kind: Kind, text: str) -> str | int | float | list[str]:
    """A stored text as JSON; what does not fit its type stays text."""
    if misfit(kind, text) is not None:
        return text
    if kind is Kind.INTEGER:
        return int(text)
    if kind is Kind.DECIMAL:
        return float(text)
    return text.split() if kind is Kind.SELECT_MULTIPLE else text
