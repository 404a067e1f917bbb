"""The wording of the shipped sheets, and what happens to a table that an office broke while editing it."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from migrant_office import paths
from migrant_office.errors import UserError
from migrant_office.models.sheet import SheetText
from migrant_office.services.sheets.definition import holds, lacking, load_definition, read_phrases, read_rows
from migrant_office.services.sheets.kinds import WORDINGS

CITIES = ("santiago", "cdmx")
PLACEHOLDER = re.compile(r"\{\w+\}")
# The alphabet of 1979: no c without h, no q, x, no u but in ou, ui, oun; since 2016 no apostrophe and no hyphen.
NOT_CREOLE = re.compile(r"c(?!h)|[qx'’\-áéíóúñç¿¡]|(?<!o)u(?!i)")
NAMES = re.compile(r"\b[A-Z]{2,5}\b|PILARES|CESFAM|sence\.gob\.cl|Llave|ClaveÚnica|Registro Social de Hogares|N\.º")


def table(city: str) -> Path:
    return paths.resources() / "forms" / city / "sheets" / "referral.csv"


def all_rows() -> list[SheetText]:
    return [row for city in CITIES for row in (*load_definition(city).rows, *load_definition(city).phrases)]


@pytest.mark.parametrize("city", CITIES)
def test_each_city_has_its_sheet(city: str):
    assert load_definition(city).city == city


def test_the_cities_say_referral_in_their_own_word():
    words = {city: next(r.es for r in load_definition(city).rows if r.key == "kind") for city in CITIES}
    assert words == {"santiago": "Hoja de derivación", "cdmx": "Hoja de canalización"}


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("name", WORDINGS)
def test_every_sheet_of_every_city_can_be_used_and_names_each_row_once(city: str, name: str):
    rows = load_definition(city, name).rows
    assert len({row.id for row in rows}) == len(rows) > 20


def test_creole_is_written_in_the_creole_alphabet():
    card = {row.ht for row in all_rows() if row.section == "card" and row.key == "card"}  # Spanish on purpose
    texts = {row.ht for row in all_rows()} - card
    words = {NAMES.sub("", PLACEHOLDER.sub("", text)).lower() for text in texts}
    assert sorted(text for text in words if NOT_CREOLE.search(text)) == []


@pytest.mark.parametrize("text", ["m ap vini nan biwo-a", "mwen pale français", "quatre", "documento número", "lecol"])
def test_the_alphabet_test_sees_other_spellings(text: str):
    assert NOT_CREOLE.search(text)


def test_a_translation_keeps_the_figures():
    wrong = [row.es for row in all_rows() if re.findall(r"\d+", row.es) != re.findall(r"\d+", row.ht)]
    assert wrong == []


def test_every_emergency_number_names_its_source():
    rows = [row for city in CITIES for row in load_definition(city).rows if re.search(r"\d{3}", row.es)]
    assert len(rows) == 2
    assert [row.es for row in rows if not row.source] == []


def test_conditions():
    flags = frozenset({"appointment", "time"})
    assert holds("", flags)
    assert holds("appointment and time", flags)
    assert holds("appointment and not due", flags)
    assert not holds("appointment and not time", flags)
    assert not holds("due", flags)


def edited(tmp_path: Path, key: str, /, **changes: str) -> Path:
    with table("santiago").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["key"] == key).update(changes)
    target = tmp_path / "referral.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return target


@pytest.mark.parametrize(
    ("key", "changes", "named"),
    [
        ("come", {"icon": "unicorn"}, "unicorn"),
        ("come", {"condition": "raining"}, "raining"),
        ("come", {"condition": "documents and not raining"}, "raining"),
        ("come", {"ht": ""}, "ht"),
        ("ask", {"ht": "Mande pou {officer}."}, "desk"),
        ("ask", {"es": "{name}", "ht": "{name}", "en": "{name}"}, "name"),
        ("ask", {"es": "Pregunte por {officer"}, "{"),
        ("ask", dict.fromkeys(("es", "ht", "en"), "{desk:x}{officer}"), "desk"),
        ("ask", dict.fromkeys(("es", "ht", "en"), "{desk!r}{officer}"), "desk"),
        ("come", {"es": "**¿Le falta un documento?"}, "**"),
    ],
)
def test_a_broken_table_is_refused_with_what_is_wrong(tmp_path: Path, key: str, changes: dict[str, str], named: str):
    with pytest.raises(UserError) as raised:
        read_rows(edited(tmp_path, key, **changes))
    assert named in str(raised.value.data["fault"])


def test_the_row_that_is_named_is_the_row_of_the_spreadsheet(tmp_path: Path):
    path = edited(tmp_path, "come", icon="unicorn")
    with pytest.raises(UserError) as raised:
        read_rows(path)
    line = path.read_text(encoding="utf-8").splitlines()[int(str(raised.value.data["row"])) - 1]
    assert "unicorn" in line


@pytest.mark.parametrize("content", [b"", b"section,key\nframe,for\n", b"\xff\xfe\x00", b"kind,key,icon\nstep\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "referral.csv").write_bytes(content)
    with pytest.raises(UserError):
        read_rows(tmp_path / "referral.csv")


def test_a_short_row_is_refused_not_a_crash(tmp_path: Path):
    header = "kind,key,icon,es,ht,en\n"
    (tmp_path / "phrases.csv").write_text(header + "step,,,Ir\n", encoding="utf-8")
    with pytest.raises(UserError):
        read_phrases(tmp_path / "phrases.csv")


def test_a_sheet_without_a_row_that_the_code_asks_for_is_refused():
    whole = load_definition("santiago")
    with pytest.raises(UserError) as raised:
        lacking(replace(whole, rows=tuple(row for row in whole.rows if row.key != "qr_due")))
    assert raised.value.data == {"file": "referral.csv", "key": "frame.qr_due"}


def test_an_unknown_city_is_a_sentence():
    with pytest.raises(UserError):
        load_definition("atlantis")


def test_the_version_changes_with_any_word():
    definition = load_definition("santiago")
    first = replace(definition.rows[0], ht="Lòt bagay")
    assert replace(definition, rows=(first, *definition.rows[1:])).version != definition.version
