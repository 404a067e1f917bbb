"""The large office that benchmarks share: 100,000 invented people, made once and kept in the temporary folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from migrant_office.errors import UserError
from migrant_office.models.office import unlock
from migrant_office.models.vault.slots import Cost
from migrant_office.services.demo.making import make_demo

PASSPHRASE = "oficina de muestra"
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
CHEAP = Cost(1024, 1, 1)


def large_office() -> Path:
    """The folder of an office of PEOPLE people, with twelve months of life."""
    folder = Path(tempfile.gettempdir()) / f"migrant-office-bench-{PEOPLE}"
    if not opens(folder):
        shutil.rmtree(folder, ignore_errors=True)
        start = time.perf_counter()
        make_demo(
            folder,
            city="santiago",
            people=PEOPLE,
            months=12,
            until=date(2026, 10, 31),
            seed=11,
            passphrase=PASSPHRASE,
            cost=CHEAP,
            light=True,
        )
        seconds = time.perf_counter() - start
        print(f"  made an office of {PEOPLE:,} people in {seconds:.0f} s ({PEOPLE / seconds:.0f} a second)")
    return folder


def opens(folder: Path) -> bool:
    """Whether an office of this program lies there; one of an older format is made anew."""
    try:
        unlock(folder, PASSPHRASE).close()
    except UserError:
        return False
    return True


def median(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
