"""Forms as they really arrive: broken, huge, half translated, hostile. One clear sentence each, with its place."""

from __future__ import annotations

import io
import os
import re
import statistics
import time
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import FormRefused
from migrant_office.models.forms.reading import load_form

ENGLISH = Translator("en")


def said(data, kind="md", level="error"):
    """Every finding of a level as one sentence."""
    try:
        issues = load_form(data, kind).warnings
    except FormRefused as refused:
        issues = refused.issues
    return [issue.text(ENGLISH) for issue in issues if issue.level == level]


def workbook(*rows, prepare=lambda _sheet: None):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label", "calculation"], *rows):
        book.active.append(row)
    prepare(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, change=lambda _name, content: content, extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in extra:
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "choices", "sentence"),
    [
        (
            ("calculate|a||${b} + 1|", "integer|b|B|${a} + 1|"),
            (),
            "Sheet survey, row 3, column calculation: "
            "These depend on each other in a circle [(]with their rows[)]: [ab] [(][34][)], [ab] [(][34][)][.]",
        ),
        (
            ("integer|a|A|${a} + 1|",),
            (),
            "Sheet survey, row 3, column calculation: The calculation of a reads a itself: .*once[(][)].",
        ),
        (("wibble|a|A||",), (), "Sheet survey, row 3, column type: There is no type wibble."),
        (
            ("geopoint|a|A||",),
            (),
            "Sheet survey, row 3, column type: Questions of the type geopoint are not on this desk.",
        ),
        (("select_one none|a|A||",), (), "Sheet survey, row 3, column type: The sheet of choices has no list none."),
        (
            ("text|a|A||", "text|b|B||selected(${a}, 'x'"),
            (),
            "Sheet survey, row 4, column relevant, character 19: The expression ends too early: [)] is missing.",
        ),
        (("text|a|A||${x} = 1",), (), "Sheet survey, row 3, column relevant, character 1: No question is named x."),
        (
            ("text|a|A||wibble(1)",),
            (),
            "Sheet survey, row 3, column relevant, character 1: There is no function wibble.",
        ),
        (("text|a|A||", "text|a|B||"), (), "Sheet survey, row 4, column name: The name a is used twice in one group."),
        (
            ("select_one l|a|A||",),
            ("l|x|X", "l|x|Y"),
            "Sheet choices, row 7, column name: The list l has the code x twice.",
        ),
    ],
)
def test_what_is_wrong_in_a_form_is_one_sentence_with_its_place(survey, rows, choices, sentence):
    listed = ("list_name|name|label", *choices) if choices else ()
    (found,) = said(survey("type|name|label|calculation|relevant", *rows, choices=listed))
    assert re.fullmatch(sentence, found), found


def test_a_language_that_lacks_half_its_texts_is_summed_up_once(survey):
    rows = [f"text|q{n}|¿{n}?|{'' if n % 2 else n}" for n in range(10)]
    choices = ("list_name|name|label::Español (es)|label::Kreyòl (ht)", "l|a|A|", "l|b|B|B")
    data = survey("type|name|label::Español (es)|label::Kreyòl (ht)", *rows, "select_one l|c|C|C", choices=choices)
    found = said(data, level="warning")
    assert found[0] == "Kreyòl (ht): 6 of 13 texts are missing."
    assert len(found) == 7, "and each empty cell"
    assert found[1] == "Sheet survey, row 4, column label::Kreyòl (ht): The words in this language are missing."


def test_five_thousand_choices_cascade_at_once(survey):
    choices = [f"l|c{n}|Choice {n}|{n % 50}" for n in range(5_000)]
    rows = ("type|name|label|choice_filter", "text|k|K|", "select_one l|a|A|kind = ${k}")
    filling = FormFilling(load_form(survey(*rows, choices=("list_name|name|label|kind", *choices)), "md"))
    times = []
    for number in range(50):
        filling.set("/k", str(number))
        started = time.perf_counter()
        found = filling.choices("/a")
        times.append(time.perf_counter() - started)
        assert len(found) == 100
    assert statistics.median(times) < 0.001


def test_more_than_ten_thousand_choices_are_refused(survey):
    choices = ("list_name|name|label", *(f"l|c{n}|X" for n in range(10_001)))
    (found,) = said(survey("type|name|label", "select_one l|a|A", choices=choices))
    assert found == "Sheet choices: There are more than 10000 rows here."


def test_a_workbook_of_ten_megabytes_is_read():
    data = repacked(workbook(["text", "a", "A"]), extra=[("xl/media/image1.png", os.urandom(10_000_000))])
    assert len(data) > 10_000_000
    started = time.perf_counter()
    assert load_form(data, "xlsx").question("a").label.get("es") == "A"
    assert time.perf_counter() - started < 5
    assert said(b"PK\x03\x04" + b"x" * 20_000_001, "xlsx") == ["The file is too large for a form: at most 20 MB."]


def test_a_bomb_is_refused_unopened():
    bomb = repacked(workbook(["text", "a", "A"]), extra=[("xl/worksheets/sheet9.xml", b"<c>" * 20_000_000)])
    assert len(bomb) < 1_000_000
    started = time.perf_counter()
    (found,) = said(bomb, "xlsx")
    assert "unpacks to far too much" in found
    assert time.perf_counter() - started < 1


def test_a_formula_is_warned_about_with_its_cell():
    def with_value(name, content):
        return content.replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>") if "sheet1" in name else content

    data = repacked(workbook(["text", "a", "A"], ["integer", "b", "B", "=3+4"]), with_value)
    found = said(data, "xlsx", "warning")
    assert any(one.startswith("Sheet survey, row 3, column D: This cell is a formula") for one in found)


def test_merged_cells_are_named():
    data = workbook(["text", "a", "A"], ["text", "b", "B"], prepare=lambda sheet: sheet.merge_cells("C2:C3"))
    assert "Sheet survey, row 2: The cells C2:C3 are merged: separate them." in said(data, "xlsx")


def test_rows_after_sixty_empty_ones_and_outside_the_written_size_are_read():
    def smaller(name, content):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:D2"', content) if "sheet1" in name else content

    data = repacked(workbook(["text", "a", "A"], *([[]] * 70), ["text", "z", "Z"]), smaller)
    assert load_form(data, "xlsx").question("z").src.row == 73


def test_external_entities_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")

    def evil(name, content):
        if "sheet1" not in name:
            return content
        head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
        return head + re.sub(rb"^<\?xml[^>]*\?>", b"", content).replace(b"<v>", b"<v>&e;", 1)

    found = said(repacked(workbook(["text", "a", "A"]), evil), "xlsx")
    assert len(found) == 1
    assert "cannot be read" in found[0]
    assert "hunter2" not in found[0]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "md"])
def test_an_old_workbook_under_another_name_is_told(kind):
    (found,) = said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, kind)
    assert "workbook" in found


@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig"])
def test_csv_of_a_spanish_spreadsheet_program(sign, encoding):
    lines = ("survey", ",type,name,label", ",text,a,¿Qué año?")
    data = "\r\n".join(lines).replace(",", sign).encode(encoding)
    assert load_form(data, "csv").question("a").label.get("es") == "¿Qué año?"
    warned = said(data, "csv", "warning")
    assert warned == (["The file is not in UTF-8: look whether accents are right."] if encoding == "latin-1" else [])


def test_appearances_of_telephones_are_passed_over_with_a_remark(survey):
    data = survey("type|name|label|appearance", "text|a|A|multiline", "text|b|B|ex:camera", "date|c|C|month-year")
    assert said(data, level="info") == [
        "Sheet survey, row 4, column appearance: The appearance ex:camera has no effect on this desk."
    ]


_cells = st.one_of(
    st.sampled_from(
        [
            *("", "text", "integer", "select_one l", "select_multiple l or_other", "begin_group", "end_group"),
            *("begin_repeat", "end_repeat", "calculate", "note", "time", "a", "b", "c", "${a}", "${b} + 1"),
            *("count(${a})", "../a", ". > 3", "yes", "position(..)", "indexed-repeat(${a}, ${b}, 1)", "x.y", "given"),
        ]
    ),
    st.text(st.characters(exclude_characters="|\r\n", exclude_categories=["Cs"]), max_size=8),
)


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(*[_cells] * 7), max_size=8))
def test_no_form_whatsoever_is_more_than_refused(survey, rows):
    head = "type|name|label|relevant|calculation|repeat_count|maps_to"
    data = survey(head, *("|".join(row) for row in rows), choices=("list_name|name|label", "l|x|X"))
    if found := said(data):
        assert all(found)
        return
    form = load_form(data, "md")
    filling = FormFilling(form)
    assert FormFilling.restore(form, filling.snapshot()).submission() == filling.submission()
