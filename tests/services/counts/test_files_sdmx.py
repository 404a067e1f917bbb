"""SDMX-CSV 2.0, read strictly by the rules of its field guide (github.com/sdmx-twg/sdmx-csv)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from migrant_office.models.counts.terms import TOTAL
from migrant_office.services.counts.files import sdmx
from migrant_office.services.counts.files.sdmx import sdmx_bytes
from tests.services.counts.a_release import PERIODS, a_release

ID = re.compile(r"[A-Za-z0-9_@$-]+")  # IDType of SDMX 3.0
STRUCTURE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*:[A-Za-z0-9_@$-]+\(\d+\.\d+\.\d+\)")
TIMES = {"M": re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "Q": re.compile(r"\d{4}-Q[1-4]"), "A": re.compile(r"\d{4}")}


def read(data: bytes) -> list[dict[str, str]]:
    """The rows, or an AssertionError that says which rule is broken."""
    text = data.decode("utf-8")
    assert not text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert "".join(text.split("\r\n")).count("\n") == 0, "lines end in CR LF (RFC 4180)"
    head, *rows = lines
    assert head[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"], "the first columns and their order are given"
    assert len(set(head)) == len(head)
    assert all(ID.fullmatch(name) for name in head)
    assert {"TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS"} <= set(head)
    places = [head.index(name) for group in (sdmx.KEY, (sdmx.MEASURE,), sdmx.ATTRIBUTES) for name in group]
    assert places == sorted(places), "dimensions, measures, attributes"
    assert {len(row) for row in rows} == {len(head)}
    found = [dict(zip(head, row, strict=True)) for row in rows]
    for row in found:
        check(row)
    keys = [tuple(row[name] for name in sdmx.KEY) for row in found]
    assert len(set(keys)) == len(keys), "a key names one observation"
    return found


def check(row: dict[str, str]) -> None:
    assert row["STRUCTURE"] in ("dataflow", "datastructure", "dataprovision")
    assert STRUCTURE_ID.fullmatch(row["STRUCTURE_ID"])
    assert row["ACTION"] in "IARD"
    assert all(ID.fullmatch(row[name]) for name in sdmx.KEY)
    assert TIMES[row["FREQ"]].fullmatch(row["TIME_PERIOD"])
    assert row["OBS_STATUS"] in ("A", "Q", "M")
    assert row["CONF_STATUS"] == "F"
    assert (row["OBS_VALUE"] == "") is (row["OBS_STATUS"] != "A")
    assert row["OBS_VALUE"] == "" or (int(row["OBS_VALUE"]) % 5 == 0 and int(row["OBS_VALUE"]) >= 10)


@pytest.mark.parametrize("period", PERIODS)
def test_it_holds_every_figure_of_the_release(period):
    release = a_release(period)
    found = {tuple(row[name] for name in sdmx.KEY): row for row in read(sdmx_bytes(release))}
    seen = set()
    for table in release.tables:
        columns = [release.lines(name).column.upper() for name in table.dimensions]
        for cell in table.cells:
            codes = dict(zip(columns, cell.codes, strict=True))
            place = {
                "FREQ": {"2026-10": "M", "2026-Q4": "Q", "2026": "A"}[period],
                "REF_AREA": "13101",
                "OFFICE": "oficina",
                "INDICATOR": table.indicator,
                "TIME_PERIOD": period,
                "REVISION": "1",
            }
            key = tuple(place.get(name, codes.get(name, TOTAL)) for name in sdmx.KEY)
            if key not in seen:  # what two tables share stands once, as the first has it
                assert found[key]["OBS_VALUE"] == ("" if cell.value is None else str(cell.value))
                assert found[key]["OBS_STATUS"] == cell.obs_status
            seen.add(key)
    assert seen == found.keys()


def test_a_place_that_looks_like_a_formula_is_harmless_and_refused_by_the_strict_reader():
    release = a_release()
    hostile = replace(release, place=replace(release.place, code="=cmd|' /C calc'!A0"))
    data = sdmx_bytes(hostile)
    assert b",'=cmd" in data
    with pytest.raises(AssertionError):
        read(data)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"STRUCTURE,", b"DATAFLOW,"),
        (b"\r\n", b"\n"),
        (b",I,", b",X,"),
        (b",Q,F,", b",A,F,"),
        (b",2026-10,", b",2026-13,"),
    ],
)
def test_the_strict_reader_is_strict(before, after):
    data = sdmx_bytes(a_release())
    assert before in data
    with pytest.raises(AssertionError):
        read(data.replace(before, after, 1))
