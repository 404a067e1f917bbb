"""What a form may be, and every way it is refused: with the row, the column and a sentence."""

from __future__ import annotations

import csv
import io
import time

import pytest

from migrant_office.i18n import Translator
from migrant_office.models.forms.form import FormRefused, Kind
from migrant_office.models.forms.reading import load_form


def findings(data, kind="md"):
    """(level, row, column, offset) and the English sentence of everything found."""
    try:
        issues = load_form(data, kind).warnings
    except FormRefused as refused:
        issues = refused.issues
    for issue in issues:
        assert "{" not in issue.text(Translator("en")).replace("${", ""), "every placeholder is filled"
    return [(one.level, one.src.row, one.src.column, one.src.offset, one.sentence) for one in issues]


def errors(data, kind="md"):
    return [found[1:] for found in findings(data, kind) if found[0] == "error"]


def test_a_form_is_read_whole(family):
    assert (family.id, family.version, family.title) == ("family", "3", "Familia")
    assert family.languages == ("es", "ht")
    assert [page.label.get("ht") for page in family.pages] == ["Moun", "Kay"]
    assert [question.kind for question in family.root.questions()] == [
        *(Kind.TEXT, Kind.INTEGER, Kind.CALCULATE, Kind.SELECT_ONE, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.TEXT),
        Kind.NOTE,
    ]
    assert family.mapped("need.kind") is family.question("needs")
    assert family.mapped("need.words") is None
    assert family.order.index(("who", "adult")) < family.order.index(("home",)) < family.order.index(("home", "other"))


def test_empty_cells_of_a_language_are_told_one_by_one(survey):
    form = load_form(survey("type|name|label::Es (es)|label::Ht (ht)", "text|a|A|A", "text|b|B|"), "md")
    assert [(one.src.row, one.src.column) for one in form.warnings] == [(0, ""), (4, "label::Ht (ht)")]
    assert form.warnings[0].text(Translator("en")) == "Ht (ht): 1 of 2 texts are missing."


def test_loose_questions_make_pages_of_their_own(survey):
    rows = ("type|name|label", "text|a|A", "begin_group|g|G", "text|b|B", "end_group||", "text|c|C", "note|n|N")
    pages = load_form(survey(*rows, settings=("form_title", "Hoja")), "md").pages
    assert [[q.name for q in page.questions()] for page in pages] == [["a"], ["b"], ["c", "n"]]
    assert pages[0].label.get("es") == "Hoja"


def test_the_digest_is_of_the_meaning(survey):
    one = load_form(survey("type|name|label", "text|a|A", "text|b|B"), "md")
    same = load_form(b"# a remark\n\n" + survey("type  |  name|label", "text|a|A", "||", "string|b|B"), "md")
    other = load_form(survey("type|name|label", "text|a|A", "text|b|C"), "md")
    assert one.digest == same.digest != other.digest


@pytest.mark.parametrize(
    ("heading", "row", "place"),
    [
        ("type|name|label|relevant", "text|b|B|foo(${a})", (4, "relevant", 0)),
        ("type|name|label|relevant", "text|b|B|${a} = 'x", (4, "relevant", 7)),
        ("type|name|label|relevance", "text|b|B|${zz} = 1", (4, "relevance", 0)),
        ("type|name|label|bind::constraint", "text|b|B|. >", (4, "bind::constraint", 3)),
        ("type|name|label|relevant", "text|b|B|${b} = 1", (4, "relevant", -1)),
        ("type|name|label|calculation", "calculate|b||", (4, "calculation", -1)),
        ("type|name|label", "geopoint|b|B", (4, "type", -1)),
        ("type|name|label", "barcode|b|B", (4, "type", -1)),
        ("type|name|label", "wibble|b|B", (4, "type", -1)),
        ("type|name|label", "db:person|b|B", (4, "type", -1)),
        ("type|name|label", "select_one nolist|b|B", (4, "type", -1)),
        ("type|name|label|choice_filter", "select_one l or_other|b|B|name != 'y'", (4, "type", -1)),
        ("type|name|label", "select_one x.csv|b|B", (4, "type", -1)),
        ("type|name|label", "select_one_from_file x.xml|b|B", (4, "type", -1)),
        ("type|name|label", "select_one_from_file ../x.csv|b|B", (4, "type", -1)),
        *(("type|name|label", f"{kind}|b|B", (4, "type", -1)) for kind in ("range", "rank l", "dateTime", "audio")),
        *(("type|name|label", f"{kind}|b|B", (4, "type", -1)) for kind in ("video", "geotrace", "geoshape")),
        ("type|name|label", "select_one_from_file x.csv|b|B", (4, "type", -1)),
        ("type|name|label", "begin_repeat|b|B", (4, "type", -1)),
        ("type|name|label", "begin_group|b|B", (4, "type", -1)),
        ("type|name|label", "end_group||", (4, "type", -1)),
        ("type|name|label", "text||B", (4, "name", -1)),
        ("type|name|label", "text|two words|B", (4, "name", -1)),
        ("type|name|label", "text|a|B", (4, "name", -1)),
        ("type|name|label", "text|b|", (4, "label", -1)),
        ("type|name|label", "text|b|Hello ${zz}", (4, "label", -1)),
        ("type|name|label|default", "integer|b|B|many", (4, "default", -1)),
        ("type|name|label|default", "select_one l|b|B|zz", (4, "default", -1)),
        ("type|name|label|maps_to", "text|b|B|given name", (4, "maps_to", -1)),
        ("type|name|label|trigger", "text|b|B|${a}", (4, "trigger", -1)),
        ("type|name|label|choice_filter", "select_one l|b|B|colour = 1", (4, "choice_filter", 0)),
    ],
)
def test_an_error_has_its_row_column_and_character(survey, heading, row, place):
    data = survey(heading, "text|a|A", row, choices=("list_name|name|label", "l|x|X"))
    found = errors(data)
    assert place in [one[:3] for one in found], found


def test_every_error_is_told_at_once(survey):
    rows = ("type|name|label|relevant", "text|a|A|foo()", "wibble|b|B|", "text||C|")
    assert len(errors(survey(*rows))) == 3


def test_circles_name_their_rows(survey):
    rows = (
        "type|name|label|calculation|relevant",
        "calculate|a||${b} + 1|",
        "calculate|b||${c} + 1|",
        "text|t|T||",
        "calculate|c||${a}|",
    )
    with pytest.raises(FormRefused) as caught:
        load_form(survey(*rows), "md")
    (issue,) = caught.value.issues
    assert {"a (3)", "b (4)", "c (6)"} == set(str(issue.data["names"]).split(", "))
    hidden = ("type|name|label|calculation|relevant", "text|x|X||${y} = 1", "text|y|Y||${x} = 1")
    assert len(errors(survey(*hidden))) == 1, "a circle through what is asked"
    inside = ("type|name|label|relevant", "begin_group|g|G|${x} = 1", "text|x|X|", "end_group|||")
    assert errors(survey(*inside)), "a group that opens by a question inside it"


def test_looking_at_itself_is_no_circle(survey):
    rows = (
        "type|name|label|calculation|constraint",
        "text|a|A||. != ''",
        "calculate|b||.|",
        "calculate|c||once(today())|",
    )
    assert errors(survey(*rows)) == []


def test_two_questions_for_one_field(survey):
    rows = ("type|name|label|maps_to", "text|a|A|person.given", "text|b|B|person.given")
    assert [one[:2] for one in errors(survey(*rows))] == [(4, "maps_to")]


def test_choices_are_checked(survey):
    rows = ("type|name|label", "select_one l|a|A")
    found = errors(survey(*rows, choices=("list_name|name|label", "l|x|X", "l|x|Y", "l||Z", "l|a b|W", "l|v|")))
    assert [one[:2] for one in found] == [(7, "name"), (8, "name"), (9, "name"), (10, "label")]


def test_what_is_left_out_is_said(survey):
    rows = ("type|name|label|relevent|image", "start|s||", "text|a|A|true()|x.png")
    warned = {(row, column) for level, row, column, *_ in findings(survey(*rows)) if level == "warning"}
    assert warned == {(3, "type"), (2, "relevent"), (4, "image")}


def test_what_only_pyxform_minds_comes_with_its_row(survey):
    rows = ("type|name|label", "text|a|A", "text|meta|B")
    (found,) = errors(survey(*rows))
    assert found[3].startswith("Other readers")
    wide = ("type|name|label|parameters", "text|a|A|", "||||", "select_one l|b|B|colour=1")
    (found,) = errors(survey(*wide, choices=("list_name|name|label", "l|x|X")))
    assert found[0] == 5


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_as_spreadsheet_programs_write_it(delimiter, encoding):
    out = io.StringIO()
    lines = ("survey", ",type,name,label", "", ",text,a,¿Qué;\nes?", ",foo,b,B")
    csv.writer(out, delimiter=delimiter).writerows(line.split(",") if line else [] for line in lines)
    found = findings(out.getvalue().encode(encoding), "csv")
    assert ("error", 5, "type", -1, "There is no type {kind}.") in found
    assert len(found) == (2 if encoding == "cp1252" else 1), "Windows' letters are read with a warning"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        *((b"", "md"), (b"", "csv"), (b"", "xlsx"), (b"hello", "md"), (b"hello", "xlsx"), (b"\xff\xfe\x00", "csv")),
        *(
            (b"PK\x03\x04rest", "csv"),
            (b"\xd0\xcf\x11\xe0" + b"x" * 600, "xlsx"),
            (b"| survey |\n", "md"),
            (b"x", "pdf"),
        ),
        *(
            (b"| survey |\n| | type | name | label |\n", "md"),
            (b"\x00" * 3_000, "csv"),
            (b'survey\n,"' + b"x" * 200_000, "csv"),
        ),
    ],
)
def test_what_is_no_form_gets_one_sentence(data, kind):
    (found,) = errors(data, kind)
    assert found[3]


def test_too_much_is_refused_quickly(survey):
    many = tuple(f"l|c{number}|X" for number in range(10_001))
    started = time.perf_counter()
    (found,) = errors(survey("type|name|label", "select_one l|a|A", choices=("list_name|name|label", *many)))
    assert "rows" in found[3]
    assert errors(b"x" * 20_000_001)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("deep", [21, 300])
def test_groups_too_deep_are_one_finding(survey, deep):
    rows = (*(f"begin_group|g{n}|G" for n in range(deep)), "text|a|A", *["end_group||"] * deep)
    ((row, column, _offset, _sentence),) = errors(survey("type|name|label", *rows))
    assert (row, column) == (2 + 1 + 20, "type")
    rows = (*(f"begin_group|g{n}|G" for n in range(20)), "text|a|A", *["end_group||"] * 20)
    assert errors(survey("type|name|label", *rows)) == []


def test_an_expression_with_too_many_parts_is_one_finding(survey):
    rows = ("type|name|label|calculation", "text|a|A|", "calculate|c||" + "+".join(["1"] * 4_000))
    ((row, column, _offset, _sentence),) = errors(survey(*rows))
    assert (row, column) == (4, "calculation")


def test_a_pattern_that_some_answers_keep_busy_is_told(survey):
    (told,) = findings(survey("type|name|label|constraint", r"text|a|A|regex(., '^(\w+ ?){1,4}(\w+ ?){1,4}$')"))
    assert (told[0], told[2]) == ("warning", "constraint")


def test_five_thousand_choices_are_fine(survey):
    many = tuple(f"l|c{number}|X|{number % 50}" for number in range(5_000))
    rows = ("type|name|label|choice_filter", "text|k|K|", "select_one l|a|A|kind = ${k}")
    assert errors(survey(*rows, choices=("list_name|name|label|kind", *many))) == []
