"""Made-up months: records by the hundred from a seed, no names anywhere."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Office
from migrant_office.paths import resources
from migrant_office.services.counts.protect import protect

SERVICES = ["employment", "certification", "regularisation", "health", "gender_violence", ""]
NATIONALITIES = ["VE", "PE", "HT", "CO", "BO", "EC", "CN", ""]


def make_records(persons: int, seed: int = 1) -> list[Record]:
    """Persons with one to four attentions and none to three referrals, some with a birthday between two of them."""
    rnd = random.Random(seed)
    records = []
    for number in range(persons):
        age = rnd.choice([None, *range(2, 90, 3)])  # 17, 29, 44, 59: a birthday away from another band
        person = Record(
            person=f"p{number:05d}",
            event="",
            indicator="",
            sex=rnd.choices(["woman", "man", "other", "?refused", ""], [60, 34, 2, 2, 2])[0],
            nationality=rnd.choices(NATIONALITIES, [33, 20, 12, 12, 9, 6, 4, 4])[0],
            extra={"schooling": rnd.choice(["primary", "secondary", "higher", "?not_asked"])},
        )
        for stream, most in (("attentions", rnd.randint(1, 4)), ("referrals", rnd.randint(0, 3))):
            for _ in range(most):
                grown = age if age is None else age + rnd.choice([0, 0, 0, 1])
                event = f"{rnd.getrandbits(60):015x}"
                service = rnd.choice(SERVICES) if stream == "referrals" else ""
                records.append(replace(person, event=event, indicator=stream, age=grown, service_type=service))
    rnd.shuffle(records)
    return records


@pytest.fixture(scope="session")
def catalogue():
    return read_catalogue(resources() / "forms" / "santiago" / "indicators.toml")


@pytest.fixture(scope="session")
def released(catalogue):
    """A function that protects records, in October 2026 unless told otherwise."""

    def make(records, of=catalogue, month="2026-10", revision=1, secret=b"0123456789abcdef" * 2):
        moment = datetime(2026, 11, 6, 15, 30, tzinfo=UTC)
        office = Office("oficina-demo", "Oficina de Migrantes", demo=False)
        return protect(
            records, of, Month.parse(month), revision, secret, office=office, created_at=moment, language="es_CL"
        )

    return make


@pytest.fixture(scope="session")
def records():
    """The maker of records: `records(persons, seed)`."""
    return make_records
