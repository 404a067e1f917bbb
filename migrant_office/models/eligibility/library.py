"""The rules of a city, read once for as long as its file stays as it is."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from migrant_office.i18n import N_
from migrant_office.models.city import load_city
from migrant_office.models.eligibility.book import RuleBook, bound
from migrant_office.models.eligibility.reading import Issue, RulesRefused, Vocabulary, read_rules
from migrant_office.models.forms.library import city_form

FILE = "rules.toml"
NO_RULES = bound(date.min, (), {}, {}, frozenset(), frozenset())
LISTS = ("status", "document", "nationality")


def city_rules(city: str) -> RuleBook:
    """The rules of a city, checked against its catalogue and its intake form; none when the city has no such file.

    Raises `RulesRefused`.
    """
    path = load_city(city).folder / FILE
    if not path.is_file():
        return NO_RULES
    try:
        return _read(city, path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise RulesRefused((Issue(FILE, N_("the file cannot be read"), {}),)) from error


@lru_cache(maxsize=8)
def _read(city: str, path: Path, _changed: int) -> RuleBook:
    return read_rules(path.read_text(encoding="utf-8"), vocabulary(city))


def vocabulary(city: str) -> Vocabulary:
    """What the rules of a city may name."""
    profile = load_city(city)
    with (profile.folder / "services" / "services.csv").open(encoding="utf-8", newline="") as file:
        services = frozenset(row["code"] for row in csv.DictReader(file))
    lists = city_form(profile.folder).lists
    listed = {name: frozenset(c.value for c in lists[name].choices) for name in LISTS if name in lists}
    places = [choice.label.by_lang for choice in lists["place"].choices] if "place" in lists else []
    communes = frozenset(words for each in places for words in each.values())
    documents = listed.pop("document", None)
    return Vocabulary(
        services, frozenset(area.code for area in profile.areas), documents, {**listed, "commune": communes}
    )
