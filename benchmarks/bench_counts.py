"""A month's counts at 100,000 people, exact and protected, against one SQL pass over the same rows."""

from __future__ import annotations

import time

from benchmarks.office import PASSPHRASE, large_office, median
from migrant_office.models.counts.month import Month
from migrant_office.models.office import unlock
from migrant_office.services import month

ROUNDS = 7
ONE_PASS = """
SELECT p.sex, p.nationality, p.birth, count(DISTINCT e.doc), count(*) FROM encounter e JOIN person p ON p.doc = e.doc
WHERE e.recorded BETWEEN ? AND ? GROUP BY p.sex, p.nationality, p.birth
"""


def main() -> None:
    office = unlock(large_office(), PASSPHRASE)
    wanted = Month(2026, 10)
    times: dict[str, list[float]] = {"one SQL pass": [], "records": [], "exact tables": [], "protected": []}
    for _round in range(ROUNDS):
        marks = [time.perf_counter()]
        office.vault.read(ONE_PASS, (wanted.first.isoformat(), wanted.last.isoformat()))
        marks.append(time.perf_counter())
        found = month.records(office, wanted)
        marks.append(time.perf_counter())
        month.exact(office, wanted)
        marks.append(time.perf_counter())
        month.preview(office, wanted)
        marks.append(time.perf_counter())
        for name, start, end in zip(times, marks, marks[1:], strict=False):
            times[name].append(end - start)
    office.close()
    floor = median(times["one SQL pass"])
    print(f"  {len(found):,} records in the month")
    for name, taken in times.items():
        print(f"  {name:14} {median(taken) * 1e3:8.1f} ms   ratio {median(taken) / floor:5.1f}")


if __name__ == "__main__":
    main()
