"""What the audit found: one finding an attack, in words for people who read no statistics."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from migrant_office.i18n import N_, Translator

FORMAT = 1
# The attacks in their order, by the names of the note (reference "anonymisation" 3.5).
ATTACKS: Mapping[str, str] = {
    "A1": N_("Working a release out from its own totals"),
    "A2": N_("Comparing several releases"),
    "A3": N_("Writing the same release again"),
    "A4": N_("Looking for somebody registered late"),
    "A5": N_("Guessing from a revision who was added"),
    "A6": N_("Averaging many exports"),
    "A7": N_("Finding out what nearly everybody of a group is"),
    "A8": N_("Finding one person behind many events"),
    "A9": N_("Subtracting nearly equal groups of people"),
    "A10": N_("Searching every file for exact figures, keys and names"),
    "A11": N_("Comparing the same people in several tables"),
    "A12": N_("Trying the attacker on figures that are known to be weak"),
}
Data = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one attack found. `passed`: the attack failed. `figure`: what was measured, None when nothing was.

    `message` is an English message id filled by `data`; neither holds anything about a person. `ran` is False when
    the attack had nothing to work on (one release cannot be compared).
    """

    attack: str
    passed: bool
    figure: float | None
    message: str
    data: Data = field(default_factory=dict)
    ran: bool = True

    def words(self, t: Translator) -> str:
        """The finding as a sentence in the reader's language."""
        told = {name: t.gettext(str(value)) if name == "kind" else value for name, value in self.data.items()}
        return t.gettext(self.message).format(**told)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A table that had to stay in the office, or was made coarser, and after which attack."""

    table: str
    attack: str
    message: str
    data: Data = field(default_factory=dict)

    def words(self, t: Translator) -> str:
        return t.gettext(self.message).format(table=self.table, attack=self.attack, **self.data)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All findings about the releases with these names, and what was taken out before they passed."""

    releases: tuple[str, ...]
    findings: tuple[Finding, ...]
    dropped: tuple[Dropped, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every attack failed."""
        return all(finding.passed for finding in self.findings)

    def finding(self, attack: str) -> Finding:
        """The finding of "A1". Raises KeyError when the audit did not try it."""
        return {finding.attack: finding for finding in self.findings}[attack]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the ledger."""
        told = asdict(self)
        return {"format": FORMAT, **{name: list(values) for name, values in told.items()}}

    def to_json(self) -> str:
        """Canonical: keys sorted, no spaces."""
        return json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> AuditReport:
        """The report of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
        told: dict[str, Any] = json.loads(text)
        if told["format"] != FORMAT:
            raise ValueError("format")
        return cls(
            tuple(told["releases"]),
            tuple(Finding(**one) for one in told["findings"]),
            tuple(Dropped(**one) for one in told["dropped"]),
        )
