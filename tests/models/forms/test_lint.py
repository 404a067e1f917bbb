"""The second pair of eyes: what is doubtful in a form that loads."""

from __future__ import annotations

import pytest

from migrant_office.i18n import Translator
from migrant_office.models.forms.lint import lint
from migrant_office.models.forms.reading import load_form

CHOICES = ("list_name|name|label", "yn|yes|Yes", "yn|no|No")


@pytest.fixture
def linted(survey):
    """The findings about a form without languages: (level, row, column, sentence)."""

    def look(*rows, choices=CHOICES, settings=(), languages=(), **named):
        form = load_form(survey(*rows, choices=choices, settings=settings), "md")
        return [
            (one.level, one.src.row, one.src.column, one.text(Translator("en")).rpartition(": ")[2])
            for one in lint(form, languages, **named)
        ]

    return look


def places(found):
    return [one[:3] for one in found]


def test_a_sound_form_is_not_talked_about(linted):
    rows = (
        "type|name|label|relevant",
        "select_one yn|a|A|",
        "text|b|B|${a} = 'yes'",
        "date|c|C|today() > date('2026-01-01')",
    )
    assert linted(*rows) == []


@pytest.mark.parametrize("shut", ["false()", "no", "${a} = 'yes' and false()", "not(true())", "false() or false()"])
def test_what_is_never_asked_is_told(linted, shut):
    found = linted("type|name|label|relevant", "select_one yn|a|A|", f"text|b|B|{shut}")
    assert places(found) == [("warning", 4, "relevant")]


@pytest.mark.parametrize(
    "condition",
    [
        *("${a} = 'maybe'", "'maybe' = ${a}", "selected(${a}, 'maybe')", "../a = 'maybe'", "/data/g/a = 'maybe'"),
        "${t} = 'x' and (${t} != 'y' or selected( ${a} , 'maybe'))",
    ],
)
def test_a_code_that_no_list_has_is_told(linted, condition):
    rows = ("type|name|label|relevant", "begin_group|g|G|", "select_one yn|a|A|", "text|t|T|", f"text|b|B|{condition}")
    found = linted(*rows, "end_group|||")
    assert places(found) == [("warning", 6, "relevant")]
    assert "maybe" in found[0][3] or "never so" in found[0][3]


def test_codes_that_are_there_and_texts_are_not_talked_about(linted):
    rows = ("type|name|label|relevant", "select_multiple yn|a|A|", "text|t|T|selected(${a}, 'no') or ${a} = ''")
    assert linted(*rows, "text|b|B|${t} = 'maybe'") == []


def test_names_that_are_used_twice_anywhere(linted):
    rows = ("type|name|label", "text|a|A", "begin_group|g|G", "text|a|A", "end_group||")
    assert places(linted(*rows)) == [("warning", 5, "name")]


def test_sensitive_questions_leave_a_way_out(linted):
    rows = ("type|name|label|sensitive|required", "select_one yn|a|A|yes|", "text|b|B|yes|yes", "text|c|C|yes|")
    found = linted(*rows)
    assert places(found) == [("info", 0, ""), ("warning", 4, "required")]
    alone = linted(*rows, settings=("missing_answers", "no"))
    assert places(alone) == [("warning", 3, "type"), ("warning", 4, "required")]
    own = (*CHOICES, "yn|prefer_not|Rather not")
    assert places(linted(*rows[:2], choices=own, settings=("missing_answers", "no"))) == []


def test_dates_compared_as_texts(linted):
    found = linted(
        "type|name|label|constraint|relevant", "date|a|A|. <= '2026-12-31'|", "text|b|B||${a} = '2026-01-01'"
    )
    assert places(found) == [("warning", 3, "constraint")]
    assert "date('2026-12-31')" in found[0][3]


def test_names_for_every_program(linted):
    found = linted("type|name|label", "text|año|A", "select_one yn|b|B", choices=(*CHOICES, "yn|sí|Sí"))
    assert places(found) == [("warning", 3, "name"), ("warning", 9, "name")]


def test_fields_that_nobody_knows(linted):
    rows = (
        "type|name|label|maps_to",
        "text|a|A|person.given",
        "text|b|B|person.gven",
        "begin_repeat|r|R|household.member",
        "text|c|C|member.given",
        "end_repeat|||",
        "begin_repeat|s|S|wibble",
        "text|d|D|member.x",
        "end_repeat|||",
    )
    assert linted(*rows) == []
    found = linted(*rows, fields=frozenset({"person.given", "member.given"}))
    assert places(found) == [("warning", row, "maps_to") for row in (4, 8, 9)]


def test_a_form_without_creole_is_told_once(linted):
    rows = ("type|name|label::Español (es)", "text|a|A", "text|b|B")
    assert linted(*rows, choices=(), languages=("es", "ht")) == [
        ("warning", 0, "", "The form has no texts in Kreyòl ayisyen (ht)."),
    ]


def test_what_loading_told_about_a_language_is_not_told_again(survey):
    rows = ("type|name|label::Español (es)|label::Kreyòl (ht)|hint::Español (es)", "text|a|A|A|Look", "text|b|B||")
    form = load_form(survey(*rows), "md")
    assert [one.src.row for one in form.warnings] == [0, 4]
    found = lint(form)
    assert [(one.src.row, one.src.column) for one in found] == [(3, "hint")]
    assert "Kreyòl" in found[0].text(Translator("en"))


def test_whole_columns_of_a_language_that_are_missing(survey):
    rows = ("type|name|label::Español (es)|label::Kreyòl (ht)", "select_one l|a|A|A")
    form = load_form(survey(*rows, choices=("list_name|name|label::Español (es)", "l|x|X", "l|y|Y")), "md")
    assert form.warnings == ()
    found = [one.text(Translator("en")) for one in lint(form)]
    assert found[0] == "Kreyòl ayisyen (ht): 2 of 3 texts are missing."
    assert found[1] == "Sheet choices, row 6, column label: The words in Kreyòl ayisyen (ht) are missing."
    assert len(found) == 3
