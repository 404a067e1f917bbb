"""One counted event, as storage hands it to the counts: codes only, no name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event of one person in the period.

    `person` and `event` are stable ids; ids of events sort in time (UUIDv7). `indicator` names the stream of events
    ("attentions", "referrals") from which the catalogue's indicators are counted. `age` is in whole years at the
    event. `nationality` is an ISO 3166 alpha-2 code. `extra` holds further one-way dimensions (schooling, children,
    outcome...). Empty text, None and the "?..." values of `Missing` mean that there is no answer.
    """

    person: str
    event: str
    indicator: str
    sex: str = ""
    age: int | None = None
    nationality: str = ""
    service_type: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def value(self, dimension: str) -> str | int | None:
        """The raw value of a dimension; an unknown name is looked up in `extra` and is "" when it is not there."""
        if dimension in _OWN:
            value: str | int | None = getattr(self, dimension)
            return value
        return self.extra.get(dimension, "")


_OWN = frozenset({"sex", "age", "nationality", "service_type"})
