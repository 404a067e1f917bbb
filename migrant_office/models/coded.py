"""Codes with a word for people: what is stored is the code, what is shown is the translated label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from migrant_office.i18n import N_
from migrant_office.models.missing import Missing


class Coded(StrEnum):
    """An enum whose members are `CODE = "code", N_("Label")`. The code is part of the format and never changes."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


MISSING_LABELS = {
    Missing.REFUSED: N_("Prefers not to answer"),
    Missing.UNKNOWN: N_("Does not know"),
    Missing.NOT_ASKED: N_("Not asked"),
}


def label_of(value: object) -> str:
    """The message id for a stored value: a code, a missing answer, or the text itself when it is neither."""
    if isinstance(value, Coded):
        return value.label
    if isinstance(value, Missing):
        return MISSING_LABELS[value]
    return "" if value is None else str(value)
