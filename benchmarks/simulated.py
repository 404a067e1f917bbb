"""Simulated offices for the audit: people from a seed, as in the measurements behind the method (decision 037).

16 nationalities in 6 regions, status depends on nationality, sex X 0.6 %, disability 4.5 %, 10 services in 4 groups.
`MENU` is our own set of nine linked two-way tables with both levels; the note's own set was thrown away.
"""

from __future__ import annotations

import hmac
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from migrant_office.models.counts.catalogue import Catalogue, Dimension, Scheme, Table
from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Office, Release
from migrant_office.models.counts.terms import Category, Indicator, Label, Parameters, Place
from migrant_office.paths import resources
from migrant_office.services.counts.protect import protect

SIZES = (60, 300, 1_000, 20_000)
SECRET = b"0123456789abcdef" * 2
OFFICE = Office("simulated", "Simulated office", demo=True)

# Country, region, weight, weights of regular, in process and irregular.
NATIONS = [
    ("VE", "R1", 33, (40, 35, 25)),
    ("CO", "R1", 12, (55, 30, 15)),
    ("EC", "R1", 5, (65, 25, 10)),
    ("PE", "R2", 16, (70, 20, 10)),
    ("BO", "R2", 9, (50, 25, 25)),
    ("HT", "R3", 11, (30, 35, 35)),
    ("DO", "R3", 3, (35, 25, 40)),
    ("CU", "R3", 3, (30, 50, 20)),
    ("AR", "R4", 2, (90, 8, 2)),
    ("BR", "R4", 1.5, (85, 10, 5)),
    ("PY", "R4", 1, (80, 15, 5)),
    ("HN", "R5", 1, (30, 40, 30)),
    ("SV", "R5", 0.8, (35, 40, 25)),
    ("MX", "R5", 0.7, (80, 15, 5)),
    ("CN", "R6", 0.6, (80, 15, 5)),
    ("IN", "R6", 0.4, (70, 20, 10)),
]
STATUSES = ("temporary_residence", "process", "irregular")  # as the shipped catalogue names them
SERVICES = {f"s{n}": group for n, group in enumerate(["WORK"] * 3 + ["TRAIN"] * 3 + ["PAPERS"] * 2 + ["CARE"] * 2)}
SERVICE_WEIGHTS = (22, 10, 6, 12, 7, 5, 16, 9, 8, 5)
OUTCOMES = ("attended", "pending", "refused", "none")
SHIPPED_AREAS = ("employment", "certification", "business", "regularisation", "health", "education", "housing", "legal")
AGES = ((0, 17, 8), (18, 29, 34), (30, 44, 38), (45, 59, 15), (60, 85, 5))


def people(persons: int, seed: int) -> list[Record]:
    """One record of each person, with everything that is counted of her."""
    rnd = random.Random(f"{persons}/{seed}")
    return [_person(rnd, number) for number in range(persons)]


def _person(rnd: random.Random, number: int) -> Record:
    country, _region, _weight, status = rnd.choices(NATIONS, [nation[2] for nation in NATIONS])[0]
    low, high, _weight = rnd.choices(AGES, [band[2] for band in AGES])[0]
    return Record(
        person=f"p{number:07d}",
        event=f"e{number:07d}-0",
        indicator="attentions",
        sex=rnd.choices(("woman", "man", "other"), (55, 44.4, 0.6))[0],
        age=rnd.randint(low, high),
        nationality=country,
        service_type=rnd.choices(list(SERVICES), SERVICE_WEIGHTS)[0],
        extra={
            "status": rnd.choices(STATUSES, status)[0],
            "outcome": rnd.choices(OUTCOMES, (40, 35, 10, 15))[0],
            "disability": "yes" if rnd.random() < 0.045 else "no",
        },
    )


def visits(persons: int, seed: int) -> list[Record]:
    """What a month of an office holds: each person with one or more attentions, most with referrals."""
    rnd = random.Random(f"visits {persons}/{seed}")
    found = []
    for person in people(persons, seed):
        for number in range(rnd.choices((1, 2, 3, 9), (70, 20, 8, 2))[0]):
            found.append(replace(person, event=f"{person.person}a{number}", service_type=""))
        for number in range(rnd.choices((0, 1, 2, 3), (25, 50, 18, 7))[0]):
            area = rnd.choice(SHIPPED_AREAS)
            found.append(replace(person, event=f"{person.person}r{number}", indicator="referrals", service_type=area))
    return found


def shipped(city: str = "santiago") -> Catalogue:
    return read_catalogue(resources() / "forms" / city / "indicators.toml")


def released(records: list[Record], catalogue: Catalogue, month: str = "2026-10", *, secret: bytes = SECRET) -> Release:
    moment = datetime(2026, 11, 6, 15, 30, tzinfo=UTC)
    return protect(
        records, catalogue, Month.parse(month), 1, secret, office=OFFICE, created_at=moment, language="es_CL"
    )


def spanning(records: list[Record], catalogue: Catalogue, first: str, last: str, *, secret: bytes = SECRET) -> Release:
    """The release of the months from the one to the other; its figures have keys of their own, as its period has."""
    start, end = Month.parse(first), Month.parse(last)
    own = hmac.digest(secret, f"{first}/{last}".encode(), "sha256")
    release = released(records, catalogue, last, secret=own)
    return replace(release, period=f"{first}/{last}", start=start.first, end=end.last)


def year_to_date(
    catalogue: Catalogue, before: int, new: int, seed: int, *, secret: bytes = SECRET
) -> list[tuple[list[Record], Release]]:
    """Year to date, a month, and year to date with that month: records and release of each."""
    everybody = people(before + new, seed)
    parts = [(everybody[:before], "2026-01", "2026-09"), (everybody[before:], "2026-10", "2026-10")]
    parts.append((everybody, "2026-01", "2026-10"))
    return [(mine, spanning(mine, catalogue, first, last, secret=secret)) for mine, first, last in parts]


# -- MENU


def menu(pairs: int = 9) -> Catalogue:
    """Nine linked two-way tables or the first of them, nationality and service by single lines and by groups."""
    by_region: dict[str, list[str]] = {}
    for country, region, _weight, _status in NATIONS:
        by_region.setdefault(region, []).append(country)
    by_group: dict[str, list[str]] = {}
    for service, group in SERVICES.items():
        by_group.setdefault(group, []).append(service)
    dimensions = (
        _dimension("sex", one={"F": ["woman"], "M": ["man"], "X": ["other"]}),
        _dimension("age", month=_bands()),
        _dimension("nationality", one={n[0]: [n[0]] for n in NATIONS}, group=by_region),
        _dimension("service_type", one={s: [s] for s in SERVICES}, group=by_group),
        _dimension("status", sensitive=True, one={s: [s] for s in STATUSES}),
        _dimension("outcome", one={o: [o] for o in OUTCOMES}),
    )
    return Catalogue(
        version="menu",
        city="menu",
        place=Place(country="CHL", code="13101", name="Santiago", hxl="#adm2+code"),
        parameters=Parameters(
            base=5,
            threshold=10,
            row_persons=30,
            row_rest=10,
            top_one_percent=50,
            top_two_percent=90,
            office_persons=30,
        ),
        legal=_words("-"),
        indicators=(
            Indicator(
                code="cases_opened",
                counts="attentions",
                unit="persons",
                label=_words("persons"),
                definition=_words("persons"),
                source=_words("-"),
            ),
        ),
        dimensions={dimension.code: dimension for dimension in dimensions},
        tables={"month": tuple(_menu_tables(pairs))},
    )


PAIRS = (
    ("sex", "age"),
    ("nationality", "sex"),
    ("nationality", "age"),
    ("nationality", "status"),
    ("service_type", "sex"),
    ("service_type", "age"),
    ("service_type", "outcome"),
    ("status", "sex"),
    ("outcome", "sex"),
)


def _menu_tables(pairs: int) -> Iterator[Table]:
    levels = {"nationality": ("one", "group"), "service_type": ("one", "group"), "age": ("month",)}
    for first, second in PAIRS[:pairs]:
        for level in levels.get(first, ("one",)):
            names = (f"{first}:{level}", f"{second}:{levels.get(second, ('one',))[0]}")
            yield Table(
                code=f"{first}_{level}_{second}",
                label=_words(f"{first} {level} {second}"),
                dimensions=names,
                indicators=("cases_opened",),
            )


def _bands() -> dict[str, list[str]]:
    return {f"Y{low}T{high}": [str(age) for age in range(low, high + 1)] for low, high, _weight in AGES}


def _dimension(code: str, *, sensitive: bool = False, **schemes: dict[str, list[str]]) -> Dimension:
    made = {name: _scheme(lines, bands=code == "age") for name, lines in schemes.items()}
    return Dimension(
        code=code,
        column={"service_type": "service"}.get(code, code),
        label=_words(code),
        of="person",
        sensitive=sensitive,
        schemes=made,
    )


def _scheme(lines: dict[str, list[str]], *, bands: bool) -> Scheme:
    last = list(lines)[-1]  # everybody has an answer: no line stands for a missing one
    return Scheme(
        categories=tuple(Category(code, _words(code)) for code in lines),
        values={} if bands else {value.casefold(): code for code, values in lines.items() for value in values},
        bands=tuple((int(v[0]), int(v[-1]), code) for code, v in lines.items()) if bands else (),
        rest=last,
        missing=last,
    )


def _words(text: str) -> Label:
    return Label(text, text, text)
