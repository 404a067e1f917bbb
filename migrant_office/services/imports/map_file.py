"""MAP.toml read into a `PeopleMap`: whatever cannot be understood is told in one sentence with its table and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind
from migrant_office.services.imports.mapping import FIELDS, ISO, Cell, PeopleMap, ReferralMap, ServiceMap
from migrant_office.services.imports.refusals import MapRefused
from migrant_office.services.imports.table import folded, plain_text

C = TypeVar("C", bound=Coded)
FORMAT = 1
MOST_BYTES = 1_000_000
SAMPLE_DAY = date(1987, 11, 23)  # no two of its parts are alike
CODE = re.compile(r"\w[\w.\-]{0,79}")  # also an id, and the last part of a key in its document

MISSING = N_("In the map, {place} is missing. Add it.")
UNKNOWN = N_("In the map, {place} has no meaning. Remove it or correct its name.")
NO_TEXT = N_("In the map, {place} must be a text between quotation marks.")
NO_LIST = N_("In the map, {place} must be a list of texts.")
NO_TABLE = N_("In the map, {place} must be a table.")
NO_TABLES = N_("In the map, {place} must be written as [[{place}]], once for each.")
NO_DAY = N_("In the map, {place} must be a day, such as 2026-03-05.")
NO_FORM = N_("In the map, {place} must tell how days are written, such as %d/%m/%Y.")
NO_CHOICE = N_("In the map, {place} must be one of these: {codes}.")
NO_SOURCE = N_("In the map, {place} needs a column or a constant, and not both.")
NO_CODE = N_("In the map, {place} must be a short code of letters, figures, points and hyphens.")


def read_map(path: Path) -> PeopleMap:
    """The map in a file. Raises `MapRefused`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise MapRefused(N_("The map is too large. Choose the file that tells what each column means."))
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise MapRefused(N_("The map cannot be read. Check its name and who may open it.")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapRefused(N_("The map is not proper TOML: {detail}."), detail=str(error)) from error
    except RecursionError:
        raise MapRefused(N_("The map is not proper TOML: {detail}."), detail="[[[") from None
    return map_from(told)


def map_from(told: dict[str, Any]) -> PeopleMap:
    """A map as TOML gives it. Raises `MapRefused` naming the table and the key."""
    whole = Part(told, "").only(WHOLE)
    if type(version := whole.take("format")) is not int or version != FORMAT:
        raise MapRefused(NO_CHOICE, place="format", codes=FORMAT)
    person = whole.part("person", FIELDS)
    other = whole.part("other_id", ("system", *CELL)) if "other_id" in told else None
    encounter = whole.part("encounter", ("channel",)) if "encounter" in told else None
    return PeopleMap(
        person={name: cell_from(person.take(name), person.place(name)) for name in person.told},
        registered=cell_from(whole.take("registered"), "registered"),
        sheet=whole.text("sheet", ""),
        source=whole.text("source", ""),
        system=other.text("system") if other else "",
        other_id=cell_from({k: v for k, v in other.told.items() if k != "system"}, "other_id") if other else Cell(),
        channel=encounter.choice("channel", Channel) if encounter else None,
        referrals=tuple(referral_from(each) for each in whole.parts("referral", ("need", *REFERRAL))),
        services=tuple(service_from(each) for each in whole.parts("service", SERVICE)),
        ignored=whole.texts("ignore"),
    )


WHOLE = ("format", "sheet", "source", "person", "registered", "other_id", "encounter", "referral", "service", "ignore")
CELL = ("column", "constant", "day", "codes", "dates", "age")
REFERRAL = ("service", "state", "outcome", "drop_out")
SERVICE = ("code", "name", "owner", "area", "gives", "closed")


class Part:
    """A table of the map under its name; every way to take something from it says where it is wrong."""

    def __init__(self, told: object, name: str) -> None:
        if not isinstance(told, dict):
            raise MapRefused(NO_TABLE, place=name)
        self.told: dict[str, Any] = told
        self.name = name

    def place(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def only(self, keys: Iterable[str]) -> Part:
        if strange := sorted(self.told.keys() - set(keys)):
            raise MapRefused(UNKNOWN, place=self.place(strange[0]))
        return self

    def take(self, key: str) -> Any:
        if key not in self.told:
            raise MapRefused(MISSING, place=self.place(key))
        return self.told[key]

    def part(self, key: str, keys: Iterable[str]) -> Part:
        return Part(self.take(key), self.place(key)).only(keys)

    def parts(self, key: str, keys: Iterable[str]) -> list[Part]:
        many = self.told.get(key, [])
        if not isinstance(many, list):
            raise MapRefused(NO_TABLES, place=self.place(key))
        return [Part(each, f"{self.place(key)} {number}").only(keys) for number, each in enumerate(many, 1)]

    def text(self, key: str, default: str | None = None) -> str:
        if key not in self.told and default is not None:
            return default
        return text_from(self.take(key), self.place(key))

    def texts(self, key: str) -> tuple[str, ...]:
        many = self.told.get(key, [])
        if not isinstance(many, list) or not all(isinstance(each, str) for each in many):
            raise MapRefused(NO_LIST, place=self.place(key))
        return tuple(map(plain_text, many))

    def truth(self, key: str) -> bool:
        found = self.told.get(key, False)
        if not isinstance(found, bool):
            raise MapRefused(NO_CHOICE, place=self.place(key), codes="true, false")
        return found

    def choice(self, key: str, kind: type[C]) -> C:
        try:
            return kind(self.text(key))
        except ValueError:
            codes = ", ".join(each.value for each in kind)
            raise MapRefused(NO_CHOICE, place=self.place(key), codes=codes) from None


def text_from(told: object, place: str) -> str:
    if not isinstance(told, str):
        raise MapRefused(NO_TEXT, place=place)
    return plain_text(told)


def cell_from(told: object, place: str) -> Cell:
    """A column by its name alone, or a table of the keys of `CELL`. Raises `MapRefused`."""
    if isinstance(told, str):
        told = {"column": told}
    part = Part(told, place).only(CELL)
    constant = day_from(part) if "day" in part.told else part.text("constant", "")
    column = part.text("column", "")
    if bool(column) == bool(constant) or {"day", "constant"} <= part.told.keys():
        raise MapRefused(NO_SOURCE, place=place)
    codes = Part(part.told.get("codes", {}), part.place("codes"))
    return Cell(
        column=column,
        constant=constant,
        age=part.truth("age"),
        dates=(*forms_from(part), *ISO),
        codes={folded(written): codes.text(written) for written in codes.told},
    )


def day_from(part: Part) -> str:
    day = part.take("day")
    if type(day) is not date:  # a moment would be one too
        raise MapRefused(NO_DAY, place=part.place("day"))
    return day.isoformat()


def forms_from(part: Part) -> tuple[str, ...]:
    """The forms of days, each tried once: what cannot be read back would blame every row."""
    forms = part.texts("dates")
    for form in forms:
        try:
            sound = datetime.strptime(SAMPLE_DAY.strftime(form), form).date() == SAMPLE_DAY  # noqa: DTZ007 - no zone
        except (ValueError, re.error):
            sound = False
        if not sound:
            raise MapRefused(NO_FORM, place=part.place("dates"))
    return forms


def referral_from(part: Part) -> ReferralMap:
    cells = {name: cell_from(part.take(name), part.place(name)) for name in REFERRAL if name in part.told}
    if "service" not in cells:
        raise MapRefused(MISSING, place=part.place("service"))
    return ReferralMap(need=part.choice("need", NeedKind) if "need" in part.told else None, **cells)


def service_from(part: Part) -> ServiceMap:
    code = part.text("code")
    if not CODE.fullmatch(code):
        raise MapRefused(NO_CODE, place=part.place("code"))
    return ServiceMap(
        code=code,
        name=part.text("name"),
        owner=part.text("owner"),
        area=part.text("area"),
        gives=part.text("gives", ""),
        closed=part.truth("closed"),
    )
