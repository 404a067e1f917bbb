"""What the pages say is so: commands, pictures, paths, keys, columns, decisions, and the recipe for a third city."""

from __future__ import annotations

import argparse
import ast
import csv
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from migrant_office import cli, paths
from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.models.city import load_city
from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.forms import standard
from migrant_office.models.office import unlock
from migrant_office.services import catalogue, intake, offices, sheets
from migrant_office.services.demo.profile import told
from migrant_office.services.imports.map_file import read_map
from migrant_office.services.intake.record import FIELDS
from tests.factories import CHEAP, PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GUIDE, CITY, HOUSE, README = DOCS / "guia.md", DOCS / "agregar-una-ciudad.md", DOCS / "house.md", ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
LARGEST_PICTURE = 120_000  # bytes
INVENTED = "sanjacinto"  # the city of the recipe
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
OURS = re.compile(r"`((?:migrant_office|resources|tests|docs|packaging|benchmarks)/[\w./-]*)`")
UNDER_THE_PACKAGE = re.compile(r"`((?:models|services|ui|commands)/[\w/]+(?:\.py)?)`")

by_name = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)


def read(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(page), re.MULTILINE | re.DOTALL)


def code_words(page: Path) -> set[str]:
    """Everything that stands alone in a pair of backticks."""
    return set(re.findall(r"`([^`\n]+)`", read(page)))


# commands


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """The names of all commands, those of two words included."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                inner = list(commands(below, f"{before}{name} "))
                yield from inner or [f"{before}{name}"]


def test_every_command_is_named_in_the_readme() -> None:
    known = set(commands(cli.parser()))
    assert {"open", "import people", "counts close"} <= known
    assert known - code_words(README) == set()


def test_every_command_has_an_example_in_the_readme() -> None:
    shown = "\n".join(blocks(README, "console"))
    assert [name for name in commands(cli.parser()) if f"migrant-office {name} " not in shown] == []


def examples() -> list[str]:
    lines = [line for page in PAGES for block in blocks(page, "console") for line in block.splitlines()]
    return [line for line in lines if line.startswith("migrant-office ")]


@pytest.mark.parametrize("line", examples())
def test_every_example_is_a_command_line_that_the_program_takes(line: str) -> None:
    given = cli.parser().parse_args(shlex.split(line.replace(INVENTED, "cdmx"))[1:])
    assert given.run is not None


def test_an_example_with_an_unknown_option_would_be_found() -> None:
    with pytest.raises(UserError):
        cli.parser().parse_args(["demo", "--town", "santiago"])


@by_name
def test_every_target_of_make_that_is_named_is_there(page: Path) -> None:
    targets = set(re.findall(r"^(\w+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)", read(page))) <= targets


def test_the_map_of_the_guide_can_be_read(tmp_path: Path) -> None:
    (shown,) = blocks(GUIDE, "toml")
    (tmp_path / "mapa.toml").write_text(shown, "utf-8")
    assert read_map(tmp_path / "mapa.toml").person["given"].column == "Nombre"


# links, pictures, paths


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@by_name
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(read(page)):
        assert not target.startswith("http"), target
        name, _, anchor = target.partition("#")
        there = page.parent / name if name else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", read(there), re.MULTILINE)
            assert anchor in {slug(heading) for heading in headings}, target


def test_the_readme_shows_every_picture_and_each_is_small() -> None:
    shown = {name for name in LINK.findall(read(README)) if name.endswith(".png")}
    kept = sorted((DOCS / "pictures").iterdir())
    assert shown == {path.relative_to(ROOT).as_posix() for path in kept}
    assert len(kept) == 13
    assert [path.name for path in kept if path.stat().st_size >= LARGEST_PICTURE] == []
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in kept)


@pytest.mark.parametrize("page", [README, GUIDE, CITY, HOUSE], ids=lambda path: path.name)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    named = {name for name in OURS.findall(read(page)) if INVENTED not in name}
    assert named, "the page names no path: has the way of writing them changed?"
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda path: path.name)
def test_every_module_that_a_decision_names_is_there(page: Path) -> None:
    named = UNDER_THE_PACKAGE.findall(read(page))
    assert [name for name in named if not (ROOT / "migrant_office" / name).exists()] == []


# keys

IN_SPANISH = {"Intro": "Return", "Mayús": "Shift", "↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}
IN_SPANISH |= {"Supr": "Del", "Retroceso": "Backspace", "RePág": "PageUp", "AvPág": "PageDown"}
CHORD = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:F\d{1,2}|[A-Z0-9]|Return)|F\d{1,2}")
KEY = re.compile(r"Key_(\w+)")


def bound() -> tuple[set[str], set[str]]:
    """(chords that the window binds, single keys that widgets answer), read from the source."""
    chords, keys = set(), set()
    for path in (ROOT / "migrant_office" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHORD.fullmatch(node.value):
                chords.add(node.value)
            elif isinstance(node, ast.keyword) and node.arg == "shortcut" and isinstance(node.value, ast.Constant):
                keys.add(str(node.value.value))
            elif isinstance(node, ast.Attribute) and (found := KEY.fullmatch(node.attr)):
                keys.add({"Escape": "Esc", "Enter": "Return"}.get(found[1], found[1]))
            elif isinstance(node, ast.Attribute) and node.attr == "isdigit" and path.name == "answers.py":
                keys |= set("1234567890")
            elif isinstance(node, ast.Attribute) and node.attr == "Undo":
                chords.add("Ctrl+Z")
    return chords, keys


def table_of_keys() -> set[str]:
    _, _, rest = read(GUIDE).partition("\n## Atajos de teclado\n")
    table, _, _ = rest.partition("\n## ")
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    written = {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}
    return {"+".join(IN_SPANISH.get(part, part) for part in key.split("+")) for key in written}


def test_the_table_names_only_keys_that_the_window_answers() -> None:
    chords, keys = bound()
    assert len(table_of_keys()) > 15
    assert table_of_keys() - chords - keys == set()


def test_every_key_of_the_window_is_in_the_table() -> None:
    assert bound()[0] - table_of_keys() == set()


# decisions


@pytest.mark.parametrize("page", DECISIONS[1:], ids=lambda path: path.name)
def test_a_decision_follows_the_template(page: Path) -> None:
    text = read(page)
    wanted = re.findall(r"^## .+$", read(DOCS / "decisions" / "template.md"), re.MULTILINE)
    assert re.findall(r"^## .+$", text, re.MULTILINE) == wanted
    assert text.startswith(f"# {page.name[:3]} ")
    assert re.match(r"#.+\n\nState: (proposed|accepted|replaced by \d{3})\. Date: \d{4}-\d\d\.", text)
    parts = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    assert all(part.strip() for part in parts)
    assert len(text.splitlines()) < 60, "one page"


def test_the_list_of_decisions_is_whole() -> None:
    listed = re.findall(r"^\| \[(\d{3})\]\(([\w.-]+)\) \|", read(DECISIONS[0]), re.MULTILINE)
    assert [name for _, name in listed] == [path.name for path in DECISIONS[1:]]
    assert all(name.startswith(number) for number, name in listed)
    assert len({number for number, _ in listed}) == len(listed)


# a third city


def header(name: str) -> list[str]:
    with (paths.resources() / "forms" / "cdmx" / name).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.mark.parametrize("name", ["services/services.csv", "sheets/referral.csv"])
def test_the_recipe_explains_every_column(name: str) -> None:
    assert set(header(name)) - code_words(CITY) == set()


def test_the_recipe_explains_every_part_of_a_city() -> None:
    folder = paths.resources() / "forms" / "cdmx"
    profile = tomllib.loads(read(folder / "office.toml"))
    words = set(re.findall(r"[\w.]+", " ".join(code_words(CITY))))
    assert {"city", *profile["city"], "words", "followup", "areas", "match", "needs"} - words == set()
    assert set(tomllib.loads(read(folder / "indicators.toml"))) - {"tables"} - words == set()
    named = {word for word in code_words(CITY) if (folder / word).is_file()}
    assert named == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


RENAMED = (
    ("office.toml", 'code = "MX"\nname = "Ciudad de México"', 'code = "SJ"\nname = "San Jacinto"'),
    ("office.toml", '"Refer" = "Canalizar"', '"Refer" = "Referir"'),
    ("services/services.csv", "\nmx-", "\nsj-"),
    ("rules.toml", '"mx-', '"sj-'),
    ("indicators.toml", 'city = "cdmx"', f'city = "{INVENTED}"'),
)


@pytest.fixture
def third_city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The recipe's first step in resources of the test's own: a folder copied and named."""
    here = tmp_path / "resources"
    here.mkdir()
    for path in paths.resources().iterdir():
        if path.name == "forms":
            shutil.copytree(path, here / "forms")
        else:
            (here / path.name).symlink_to(path)
    folder = here / "forms" / INVENTED
    shutil.copytree(here / "forms" / "cdmx", folder)
    for name, old, new in RENAMED:
        text = read(folder / name)
        assert old in text, name
        (folder / name).write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: here)
    yield INVENTED
    load_city.cache_clear()


def test_a_copied_folder_is_a_city(third_city: str, tmp_path: Path) -> None:
    """The recipe followed: an office, its catalogue, its form, its sheet and its tables, without a line of code."""
    offices.create_office(tmp_path / "office", city=third_city, passphrase=PASSPHRASE, cost=CHEAP)
    with closing(unlock(tmp_path / "office", PASSPHRASE)) as office:
        assert office.city.name == "San Jacinto"
        assert office.city.words["es"]["Refer"] == "Referir"
        lines = catalogue.lines(office)
        assert len(lines) > 50
        assert all(line.id.startswith("sj-") for line in lines)
        assert all(line.confirmed is None for line in lines)
        assert intake.intake_form(office).pages
        assert read_catalogue(office.city.folder / "indicators.toml").city == third_city
    assert sheets.load_definition(third_city).rows
    assert city_rules(third_city).rules


def test_a_city_without_shares_has_no_demo(third_city: str) -> None:
    with pytest.raises(UserError, match="no demo for the city"):
        told(third_city)


def test_the_table_of_standard_questions_is_that_of_the_program() -> None:
    page = (ROOT / "docs" / "preguntas-estandar.md").read_text(encoding="utf-8")
    shown = [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in page.splitlines() if "|" in line[:2]
    ]
    assert [row for row in shown if set(row[0]) != {"-"}] == list(standard.rows(Translator("es")))


def test_every_standard_question_fills_a_field_that_is_there() -> None:
    assert {question.field for question in standard.STANDARD.values()} <= FIELDS
    shared = {"household.address", "household.commune", "household.arrived"}  # only a family's form says so
    assert FIELDS - {question.field for question in standard.STANDARD.values()} == shared
