"""A spreadsheet goes out and comes back: what was marked is approved, what was changed is told."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.models.parity import Review, needs_review, normal
from migrant_office.services.creole import exchange
from migrant_office.services.creole.exchange import HEADINGS, Why, plain, safe
from migrant_office.services.creole.inventory import CreoleText, Standing, creole_texts
from tests.factories import DAY

TEXTS = tuple(
    CreoleText((Standing("santiago/sheets/referral.csv", f"row {n}"),), es, ht)
    for n, (es, ht) in enumerate([("Cita", "Randevou"), ("=1+1", "=1+1 an"), ("Gratis", "Gratis nèt"), ("-Sí", "@wi")])
)
HEADER = tuple(HEADINGS.values())


def rows_of(content: bytes, kind: str) -> list[list[str]]:
    if kind == ".csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [[str(cell.value or "") for cell in row] for row in page.iter_rows()]


def file_of(folder: Path, rows: list[list[str]], kind: str = ".csv") -> Path:
    file = folder / f"back{kind}"
    file.write_bytes(exchange.spreadsheet(rows[0], [[plain(c) for c in row] for row in rows[1:]], kind))
    return file


def filled(**cells: dict[int, str]) -> list[list[str]]:
    """The spreadsheet as it comes back, with some cells written: column=, row number (from 1), text."""
    rows = rows_of(exchange.written(TEXTS, ".csv"), ".csv")
    for name, told in cells.items():
        for number, text in told.items():
            rows[number][exchange.COLUMNS.index(name)] = text
    return rows


@pytest.mark.parametrize("kind", exchange.KINDS)
def test_every_text_of_the_program_comes_back_as_it_went(kind: str, tmp_path: Path) -> None:
    texts = creole_texts("santiago")
    rows = rows_of(exchange.written(texts, kind), kind)
    assert tuple(rows[0]) == HEADER
    for row in rows[1:]:
        row[exchange.COLUMNS.index("ok")] = "x"
    found = exchange.read(file_of(tmp_path, rows, kind), texts)
    assert found.told == ()
    assert set(found.approved) == {(text.es, text.ht) for text in texts}


@pytest.mark.parametrize("kind", exchange.KINDS)
def test_no_cell_is_a_formula(kind: str) -> None:
    content = exchange.written(TEXTS, kind)
    if kind == ".csv":
        cells = [cell for row in rows_of(content, kind)[1:] for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert "'=1+1" in cells
    else:
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        assert page is not None
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
        assert page["B3"].value == "=1+1"
        assert page["B3"].data_type == "s"


words = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12).map(normal).filter(bool)


@given(words)
def test_what_is_made_safe_is_told_again(text: str) -> None:
    assert plain(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@"))


@given(st.lists(st.tuples(words, words, st.booleans()), min_size=1, max_size=6, unique_by=lambda t: t[:2]))
def test_exactly_the_marked_rows_are_approved(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str, bool]]
) -> None:
    told = [(es, ht, ok) for es, ht, ok in told if needs_review(es, ht)]
    texts = [CreoleText((Standing("a", "1"),), es, ht) for es, ht, _ok in told]
    if not texts:
        return
    file = tmp_path_factory.mktemp("x") / "b.csv"
    lines = [
        [*line[:4], "X" if ok else "", *line[5:]] for line, (_, _, ok) in zip(exchange.lines(texts), told, strict=True)
    ]
    file.write_bytes(exchange.spreadsheet(HEADER, lines, ".csv"))
    found = exchange.read(file, texts)
    assert found.told == ()
    assert set(found.approved) == {(es, ht) for es, ht, ok in told if ok}


def test_a_correction_is_told_and_neither_applied_nor_approved(tmp_path: Path) -> None:
    rows = filled(ok={1: "x", 2: "x"}, correction={2: "+ bon"}, comment={2: "gade"})
    found = exchange.read(file_of(tmp_path, rows), TEXTS)
    assert found.approved == (("Cita", "Randevou"),)
    (told,) = found.told
    assert (told.row, told.why, told.correction, told.comment, told.refused) == (
        3,
        Why.CORRECTED,
        "+ bon",
        "gade",
        False,
    )
    report = rows_of(exchange.report(found, Translator("es")), ".csv")
    assert report[1][:6] == ["3", told.where, "'=1+1", "'=1+1 an", "'+ bon", "gade"]
    assert report[1][6]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"ok": {1: "x"}, "Creole": {1: "Randevou a"}}, Why.EDITED),
        ({"ok": {1: "x"}, "Spanish": {1: "La cita"}}, Why.EDITED),
        ({"Creole": {1: "Randevou a"}}, Why.EDITED),
        ({"ok": {1: "x"}, "code": {1: ""}}, Why.EDITED),
        ({"ok": {1: "quizás"}}, Why.NOT_SAID),
    ],
)
@pytest.mark.parametrize("kind", exchange.KINDS)
def test_a_row_that_was_changed_in_the_spreadsheet_is_refused(
    tmp_path: Path, cells: dict[str, dict[int, str]], why: Why, kind: str
) -> None:
    found = exchange.read(file_of(tmp_path, filled(**cells), kind), TEXTS)
    assert found.approved == ()
    assert [(told.row, told.why, told.refused) for told in found.told] == [(2, why, True)]


@pytest.mark.parametrize("change", ["es", "ht"])
def test_a_row_whose_text_changed_in_the_program_meanwhile_is_refused(tmp_path: Path, change: str) -> None:
    first = TEXTS[0]
    now = CreoleText(first.where, "Su cita" if change == "es" else first.es, "Lè" if change == "ht" else first.ht)
    found = exchange.read(file_of(tmp_path, filled(ok={1: "x", 3: "x"})), (now, *TEXTS[1:]))
    assert found.approved == (("Gratis", "Gratis nèt"),)
    assert [told.why for told in found.told] == [Why.CHANGED]


def test_a_text_that_was_marked_and_corrected_is_neither(tmp_path: Path) -> None:
    rows = filled(ok={1: "x"})
    rows.append([*rows[1][:3], "Lòt", "", "", rows[1][6]])
    found = exchange.read(file_of(tmp_path, rows), TEXTS)
    assert found.approved == ()
    assert {told.why for told in found.told} == {Why.CORRECTED, Why.TWICE}


def test_a_no_takes_back_what_somebody_approved_and_says_nothing_of_a_draft(tmp_path: Path) -> None:
    approved = replace(TEXTS[0], review=Review(*TEXTS[0].pair, "Marie", DAY))
    found = exchange.read(file_of(tmp_path, filled(ok={1: "No", 2: "non", 3: "x"})), (approved, *TEXTS[1:]))
    assert found.withdrawn == (("Cita", "Randevou"),)
    assert found.approved == (("Gratis", "Gratis nèt"),)
    assert found.told == ()


def test_yes_and_no_of_one_text_is_neither(tmp_path: Path) -> None:
    approved = replace(TEXTS[0], review=Review(*TEXTS[0].pair, "Marie", DAY))
    rows = filled(ok={1: "x"})
    rows.append([*rows[1][:4], "no", *rows[1][5:]])
    found = exchange.read(file_of(tmp_path, rows), (approved, *TEXTS[1:]))
    assert (found.approved, found.withdrawn) == ((), ())
    assert [told.why for told in found.told] == [Why.TWICE]


@pytest.mark.parametrize("yes", ["x", " X ", "ok", "Sí", "WI", "✓", "1"])
def test_a_yes_is_written_as_people_write_it(tmp_path: Path, yes: str) -> None:
    assert exchange.read(file_of(tmp_path, filled(ok={1: yes, 2: "no"})), TEXTS).approved == (("Cita", "Randevou"),)


def test_columns_may_stand_in_another_order_with_more_beside(tmp_path: Path) -> None:
    rows = [[*row[::-1], "más"] for row in filled(ok={1: "x"})]
    assert exchange.read(file_of(tmp_path, rows), TEXTS).approved == (("Cita", "Randevou"),)


def test_a_spreadsheet_without_its_columns_is_refused(tmp_path: Path) -> None:
    rows = [row[:-1] for row in filled(ok={1: "x"})]
    with pytest.raises(UserError) as refused:
        exchange.read(file_of(tmp_path, rows), TEXTS)
    assert refused.value.data == {"column": "code"}
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UserError):
        exchange.read(tmp_path / "x.xlsx", TEXTS)
    with pytest.raises(UserError):
        exchange.written(TEXTS, ".pdf")
