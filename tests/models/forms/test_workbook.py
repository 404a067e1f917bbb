"""Workbooks: rows that must not get lost, and files that must not be opened."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from migrant_office.i18n import Translator
from migrant_office.models.forms.form import FormRefused
from migrant_office.models.forms.reading import load_form

HEADINGS = ["type", "name", "label", "default", "relevant"]


def workbook(*rows, prepare=lambda _sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (HEADINGS, *rows):
        sheet.append(row)
    prepare(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(data):
    with pytest.raises(FormRefused) as caught:
        load_form(data, "xlsx")
    return [(issue.src.row, issue.sentence) for issue in caught.value.issues]


def test_a_workbook_says_the_same_as_its_markdown(survey):
    data = workbook(["text", "a", "A"], [], ["integer", "b", "B", 3])
    form = load_form(data, "xlsx")
    markdown = load_form(survey("type|name|label|default|relevant", "text|a|A||", "integer|b|B|3|"), "md")
    assert form.digest == markdown.digest
    assert form.question("b").src.row == 4


def test_rows_after_a_long_gap_are_read():
    data = workbook(["text", "a", "A"], *([[]] * 100), ["text", "b", "B"])
    assert load_form(data, "xlsx").question("b").src.row == 103


def test_cells_become_what_xlsform_means():
    data = workbook(["date", "a", "A", date(2020, 1, 2)], ["integer", "b", "B", 4.0], ["text", "c", "C", None, True])
    form = load_form(data, "xlsx")
    assert (form.question("a").default, form.question("b").default) == ("2020-01-02", "4")
    relevant = form.question("c").relevant
    assert relevant is not None
    assert relevant.source == "true()"


def test_merged_cells_and_formulas_are_named():
    merged = workbook(["text", "a", "A"], ["text", "b", "B"], prepare=lambda sheet: sheet.merge_cells("C2:C3"))
    assert (2, "The cells {cells} are merged: separate them.") in refusal(merged)
    formula = workbook(["text", "a", "A"], ["text", "b", '=CONCATENATE("B")'])
    assert (3, "The question has no words to show.") in refusal(formula), "what it showed was never saved"


def _zip(entries) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def test_bombs_are_refused_unopened(monkeypatch):
    def never(*_args, **_named):
        raise AssertionError("the workbook was opened")

    monkeypatch.setattr(openpyxl, "load_workbook", never)
    for entries in (
        [("xl/worksheets/sheet1.xml", b"0" * 40_000_000)],
        [("xl/media/image1.png", b"0" * 110_000_000)],
        [(f"{number}.xml", b"") for number in range(300)],
    ):
        ((_row, sentence),) = refusal(_zip(entries))
        assert "unpacks" in sentence


def test_external_entities_are_refused():
    data = workbook(["text", "a", "A"])
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    entries = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = evil + content.replace(b"<?xml version='1.0' encoding='UTF-8'?>", b"").replace(
                    b"<v>1</v>", b"<v>&e;</v>"
                )
            entries.append((name, content))
    ((_row, sentence),) = refusal(_zip(entries))
    assert "cannot be read" in sentence


def test_a_damaged_workbook_gets_one_sentence(caplog):
    data = bytearray(workbook(["text", "a", "SECRET"]))
    data[200:400] = b"\x00" * 200
    with pytest.raises(FormRefused) as caught:
        load_form(bytes(data), "xlsx")
    assert len(caught.value.issues) == 1
    assert caught.value.issues[0].text(Translator("en"))
    assert "SECRET" not in caplog.text


def test_a_stray_cell_far_away_costs_no_time():
    data = workbook(["text", "a", "A"], prepare=lambda sheet: sheet.cell(20_000, 16_000, "stray"))
    start = time.perf_counter()
    assert load_form(data, "xlsx").question("a")
    assert time.perf_counter() - start < 20, "millions of cells that are not there were looked at"
