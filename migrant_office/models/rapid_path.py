"""The rapid path of a city: what the desk does for each sign, in order, read from its `protection.toml`.

The file is data that an office may change. It is taken whole or refused with the place where it does not agree.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGES, N_
from migrant_office.models.restricted import Sign
from migrant_office.models.spoken import Spoken

FILE = "protection.toml"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the officer does. `say` is what the person may hear, in her language; `refer` are codes of services.

    `ask` names an institution that no source names for this city: it stands as "to be confirmed".
    """

    code: str
    words: Spoken
    say: Spoken | None
    refer: tuple[str, ...]
    ask: Spoken | None
    source: str
    source_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPath:
    """The steps of one sign, after those that every sign has; what must not be done; when a referral is due."""

    sign: Sign
    same_day: bool
    steps: tuple[Step, ...]
    avoid: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The whole of one city."""

    first: tuple[Step, ...]
    last: tuple[Step, ...]
    avoid: tuple[Spoken, ...]
    paths: Mapping[Sign, SignPath]

    def steps(self, signs: Iterable[Sign]) -> tuple[Step, ...]:
        """The steps for some signs: the common ones around those of each sign, in the order of `Sign`, none twice."""
        own = [step for path in self._of(signs) for step in path.steps]
        return tuple({step.code: step for step in (*self.first, *own, *self.last)}.values())

    def avoided(self, signs: Iterable[Sign]) -> tuple[Spoken, ...]:
        """What must not be done, none twice."""
        return tuple(dict.fromkeys((*self.avoid, *(words for path in self._of(signs) for words in path.avoid))))

    def services(self, signs: Iterable[Sign]) -> tuple[str, ...]:
        """Codes of the services that take these signs, nearest first."""
        return tuple(dict.fromkeys(code for path in self._of(signs) for step in path.steps for code in step.refer))

    def step(self, code: str) -> Step | None:
        """A step by its code; None for one that an older checklist had."""
        return next((step for step in self.steps(Sign) if step.code == code), None)

    def _of(self, signs: Iterable[Sign]) -> list[SignPath]:
        """The paths of the known signs; one of a newer program has none here."""
        chosen = set(signs)
        return [self.paths[sign] for sign in Sign if sign in chosen]


@cache
def load_checklist(folder: Path) -> Checklist:
    """The checklist of a city's folder. Raises `UserError` that names the place when it cannot be used."""
    try:
        told = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise refused("") from error
    return checklist_from(told)


def checklist_from(told: Mapping[str, Any]) -> Checklist:
    """Raises `UserError` for another format, a missing language or sign, or a code that stands twice."""
    if told.get("format") != FORMAT:
        raise refused("format")
    paths = {path.sign: path for path in each(told, "path", path_from)}
    if missing := [sign.value for sign in Sign if sign not in paths]:
        raise refused(missing[0])
    common = told.get("common", {})
    made = Checklist(
        first=tuple(each(common, "first", step_from)),
        last=tuple(each(common, "last", step_from)),
        avoid=tuple(each(common, "avoid", words_from)),
        paths=paths,
    )
    codes = [step.code for step in (*made.first, *made.last, *(s for p in paths.values() for s in p.steps))]
    if twice := [code for code in codes if codes.count(code) > 1]:
        raise refused(twice[0])
    return made


def path_from(told: Mapping[str, Any]) -> SignPath:
    return SignPath(
        sign=Sign(told["sign"]),
        same_day=told["same_day"] is True,
        steps=tuple(each(told, "step", step_from)),
        avoid=tuple(each(told, "avoid", words_from)),
    )


def step_from(told: Mapping[str, Any]) -> Step:
    source = {name: told[name] for name in ("source", "source_date")}
    if not all(isinstance(text, str) and text for text in source.values()):
        raise ValueError("source")
    return Step(
        code=str(told["code"]),
        words=words_from(told),
        say=words_from(told["say"]) if "say" in told else None,
        refer=tuple(str(code) for code in told.get("refer", ())),
        ask=words_from(told["ask"]) if "ask" in told else None,
        **source,
    )


def words_from(told: Mapping[str, Any]) -> Spoken:
    spoken = {lang: told[lang] for lang in LANGUAGES}
    if not all(isinstance(text, str) and text.strip() for text in spoken.values()):
        raise ValueError("words")
    return Spoken(**spoken)


def each(told: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], Any]) -> list[Any]:
    """Every table of a list, made; a fault is told with the list's name, the table's number and its code."""
    made = []
    for number, table in enumerate(told.get(name, ()), 1):
        try:
            made.append(make(table))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            code = table.get("code") or table.get("sign") or number if isinstance(table, dict) else number
            raise refused(f"{name} {code}") from error
    return made


def refused(place: str) -> UserError:
    return UserError(N_("The rapid path of this city cannot be read: {file} {place}."), file=FILE, place=place)
