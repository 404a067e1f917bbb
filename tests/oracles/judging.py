"""What was decided about differences between engines, kept as data in judged.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

JUDGED = Path(__file__).with_name("judged.toml")


@dataclass(frozen=True)
class Example:
    """One expression with answers to the questions a and b, and what we answer. `stored` means as a calculation."""

    expression: str
    answer: str | float | bool
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Judgement:
    """A kind of difference: patterns that are searched for in the expression, in what we say and in what they say;
    `forms` narrows it to some files. `alike`: both say the same and only write it otherwise, so they agree. `right` is
    ours, theirs or both; `source` is where that stands.
    """

    name: str
    right: str
    why: str
    source: str
    engines: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    expression: str = ""
    ours: str = ""
    theirs: str = ""
    forms: str = ""
    alike: bool = False
    examples: tuple[Example, ...] = ()

    def covers(self, one: Difference) -> bool:
        if (self.engines and one.engine not in self.engines) or (self.what and one.what not in self.what):
            return False
        pairs = (
            (self.expression, one.expression),
            (self.ours, one.ours),
            (self.theirs, one.theirs),
            (self.forms, one.form),
        )
        return all(re.search(pattern, text, re.DOTALL) for pattern, text in pairs)


@dataclass(frozen=True)
class Difference:
    """One answer that is not the same; `ours` and `theirs` as texts."""

    engine: str
    form: str
    addr: str
    what: str
    expression: str
    ours: str
    theirs: str


def judgements(path: Path = JUDGED) -> tuple[Judgement, ...]:
    """All that was judged, in the order of the file: the first that covers a difference counts."""
    found = []
    for entry in tomllib.loads(path.read_text("utf-8"))["judgement"]:
        examples = tuple(Example(**one) for one in entry.pop("examples", ()))
        engines, what = tuple(entry.pop("engines", ())), tuple(entry.pop("what", ()))
        found.append(Judgement(**entry, engines=engines, what=what, examples=examples))
    return tuple(found)


def judged(one: Difference, known: Sequence[Judgement]) -> Judgement | None:
    return next((judgement for judgement in known if judgement.covers(one)), None)
