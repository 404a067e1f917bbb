"""`forms`: an office checks, saves, edits and loads its forms in a spreadsheet, and counts its own questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from migrant_office.models.city import cities, load_city
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.reading import load_form
from migrant_office.models.office import unlock
from migrant_office.services import intake
from tests.commands.running import Ran
from tests.factories import PASSPHRASE

Run = Callable[..., Ran]
BAD = """
| survey |
|  | type         | name | label::Español (es) | label::Kreyòl (ht) | calculation |
|  | select_one x | a    | Hola                |                    |             |
|  | tekst        | b    | Hola                | Bonjou             |             |
|  | calculate    | c    |                     |                    | ${d} + 1    |
|  | calculate    | d    |                     |                    | ${c} + 1    |
"""


@pytest.mark.parametrize("city", cities())
@pytest.mark.parametrize("name", ["intake", "quick", "family"])
def test_the_forms_of_every_city_pass_the_check(run: Run, city: str, name: str) -> None:
    ran = run("forms", "check", load_city(city).folder / f"{name}.md", "--language", "en")
    assert ran.code == 0
    assert "Must be mended" not in ran.out
    assert "Better be mended" not in ran.out
    assert "The form can be used" in ran.out


def test_everything_wrong_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.md"
    file.write_text(BAD, encoding="utf-8")
    ran = run("forms", "check", file, "--language", "en")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Must be mended"] * 3 + ["Better be mended"] * 2
    assert "row 4, column type" in lines[0]
    assert "row 5, column type" in lines[1]
    assert "c (6), d (7)" in lines[2]
    assert "cannot be used yet" in ran.err


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["intake", "family"])
def test_a_form_goes_out_and_comes_back_the_same(run: Run, tmp_path: Path, ending: str, name: str) -> None:
    out = tmp_path / f"form.{ending}"
    assert run("forms", "save", name, out, "--city", "santiago").code == 0
    first = load_form((load_city("santiago").folder / f"{name}.md").read_bytes(), "md")
    assert load_form(out.read_bytes(), ending).digest == first.digest
    assert "exists already" in run("forms", "save", name, out, "--city", "santiago", "--language", "en").sentence


def test_a_workbook_edited_in_a_spreadsheet_is_the_form_from_then_on(
    run: Run, tmp_path: Path, desk_folder: Path, key: Path
) -> None:
    office = ("--data", desk_folder, "--passphrase-file", key, "--language", "en")
    out = tmp_path / "mine.xlsx"
    run("forms", "save", "quick", out, *office)
    book = openpyxl.load_workbook(out)
    survey, settings = book["survey"], book["settings"]
    heads = [cell.value for cell in survey[1]]
    row = survey.max_row + 1
    for heading, words in {
        "type": "select_one ate",
        "name": "ate_today",
        "label::Español (es)": "¿Comió hoy?",
        "label::Kreyòl (ht)": "Èske ou manje jodi a?",
        "label::English (en)": "Did you eat today?",
    }.items():
        survey.cell(row, heads.index(heading) + 1, words)
    choices = book["choices"]
    columns = [cell.value for cell in choices[1]]
    for at, (code, es, ht, en) in enumerate([("yes", "Sí", "Wi", "Yes"), ("no", "No", "Non", "No")], 1):
        told = {"list_name": "ate", "name": code, "label::Español (es)": es, "label::Kreyòl (ht)": ht}
        for heading, words in (told | {"label::English (en)": en}).items():
            choices.cell(choices.max_row + (heading == "list_name"), columns.index(heading) + 1, words)
        assert choices.max_row >= at
    book.save(out)
    ran = run("forms", "load", "quick", out, *office)
    assert "still says version" in ran.err, ran
    settings.cell(2, [cell.value for cell in settings[1]].index("version") + 1, "own 1")
    book.save(out)
    ran = run("forms", "load", "quick", out, *office)
    assert ran.code == 0, ran
    assert "ate_today: new." in ran.out
    assert "in use from now on, in version own 1" in ran.out
    assert "quick:" in run("forms", "list", *office).out
    opened = unlock(desk_folder, PASSPHRASE)
    for given, ate in (("Rose", "no"), ("Eva", "no"), ("Ana", "yes")):
        filling = FormFilling(intake.intake_form(opened, intake.QUICK))
        filling.set(filling.form.question("given").addr, given)
        filling.set(filling.form.question("ate_today").addr, ate)
        intake.complete(opened, intake.new_draft(opened, intake.QUICK), filling)
    opened.close()
    counted = run("forms", "count", "ate_today", *office)
    assert counted.out.splitlines() == ["No\t2", "Yes\t1"]
    assert "ate_today\t3" in run("forms", "count", *office).out
    assert "Nobody has answered" in run("forms", "count", "no_such", *office).sentence


def test_a_form_that_is_refused_changes_nothing(run: Run, tmp_path: Path, desk_folder: Path, key: Path) -> None:
    file = tmp_path / "bad.md"
    file.write_text(BAD, encoding="utf-8")
    office = ("--data", desk_folder, "--passphrase-file", key, "--language", "en")
    before = run("forms", "list", *office).out
    ran = run("forms", "load", "intake", file, *office)
    assert ran.code == 1
    assert "row 4, column type" in ran.out
    assert run("forms", "list", *office).out == before


@pytest.mark.parametrize("name", ["no-such.xlsx", "form.docx"])
def test_what_is_no_form_is_told(run: Run, tmp_path: Path, name: str) -> None:
    if name.endswith("docx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 something")
    ran = run("forms", "check", tmp_path / name, "--language", "en")
    assert ran.code == 1
    assert ran.err.strip()
