"""The letter to health services, the orientation on regularisation and the information sheet of both cities: sourced
facts, short, in words that are Creole, on the pages they are meant for.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from datetime import date, time
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from migrant_office import icon_paths, paths
from migrant_office.models.sheet import Paper, SheetData, SheetService
from migrant_office.models.sheet.choice import BOTH, ENGLISH
from migrant_office.services.sheets.content import Budget, Content
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import Document, Form, columns_of
from migrant_office.services.sheets.fitting import Printing
from migrant_office.services.sheets.plain import plain_document
from migrant_office.services.sheets.service_facts import ServiceFacts
from migrant_office.services.sheets.words import Words

LINT = Path(__file__).resolve().parents[3] / "packaging" / "creole_lint.py"
COUNTRIES = {"santiago": "CL", "cdmx": "MX"}
PLAIN = ("health_letter", "regularisation")
SHEETS = list(product(COUNTRIES, (*PLAIN, "information")))
LONGEST = {"health_letter": (260, 260), "regularisation": (150, 170), "information": (150, 170)}
LANGUAGES = ("es", "ht", "en")
PLACEHOLDER, FIGURES = re.compile(r"\{\w+\}"), re.compile(r"\d+")
NOT_FACTS = {"frame", "title", "help", "sources"}
DAY = date(2026, 11, 25)
LONG_NAME = "María de los Ángeles Guadalupe Fernández de Córdoba y Saint-Jean-Baptiste Pierre"
CONTACT = "+56 2 2555 0123, lunes a viernes, 9:00 a 14:00, oficina.migrantes@ejemplo.cl"


@cache
def rows(city: str, name: str) -> list[dict[str, str]]:
    path = paths.resources() / "forms" / city / "sheets" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == "section key icon es ht en condition source".split()
        return list(reader)


def names(found: list[dict[str, str]]) -> list[str]:
    return [f"{row['section']}.{row['key']}" for row in found]


def printed(city: str, name: str, form: Form, person: str = "", contact: str = "") -> Document:
    return plain_document(load_definition(city, name), form, Printing("Oficina de ejemplo", "", DAY), person, contact)


def sections(document: Document) -> list[list[str]]:
    """The blocks of each page by name, without the title."""
    return [[piece.box.block.section for piece in page.pieces if hasattr(piece, "box")] for page in document.pages]


def forms(country: str) -> list[Form]:
    return [Form(paper, columns_of(languages, country)) for paper in Paper for languages in (BOTH, ENGLISH)]


# -- the words


@pytest.mark.parametrize(("city", "name"), list(product(COUNTRIES, PLAIN)))
def test_every_fact_names_its_source_and_has_an_icon(city: str, name: str):
    facts = [row for row in rows(city, name) if row["section"] not in NOT_FACTS and row["key"] != "head"]
    assert names([row for row in facts if not row["source"]]) == []
    assert names([row for row in facts if not row["icon"] and row["key"] != "sign"]) == []


@pytest.mark.parametrize("city", COUNTRIES)
def test_what_the_law_says_names_article_institution_or_record_and_when_it_was_read(city: str):
    told = [row for row in rows(city, "health_letter") if row["section"] == "law" and row["key"] != "head"]
    assert len(told) == 5
    assert names([row for row in told if not re.search(r"leíd[oa] (en nov\. 2026|el 2026-11-21)", row["source"])]) == []


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_every_row_is_short_and_speaks_three_languages(city: str, name: str):
    es, ht = LONGEST[name]
    shown = [row for row in rows(city, name) if row["key"] not in {"items", "lines", "picture"}]
    assert names([row for row in shown if not all(row[language] for language in LANGUAGES)]) == []
    assert names([row for row in shown if len(row["es"]) > es or len(row["ht"]) > ht]) == []


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_rows_that_share_a_key_exclude_each_other_by_condition(city: str, name: str):
    same = [f"{row['section']}.{row['key']} {row['condition']}" for row in rows(city, name) if row["key"] != "step"]
    assert len(same) == len(set(same))


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_a_translation_keeps_placeholders_figures_and_what_is_bold(city: str, name: str):
    for row in rows(city, name):
        assert len({tuple(sorted(PLACEHOLDER.findall(row[language]))) for language in LANGUAGES}) == 1, row
        assert len({tuple(FIGURES.findall(row[language])) for language in LANGUAGES}) == 1, row
        assert len({row[language].count("**") for language in LANGUAGES}) == 1, row
        assert row["es"].count("**") % 2 == 0, row


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_every_icon_exists(city: str, name: str):
    assert {row["icon"] for row in rows(city, name)} - {""} <= set(icon_paths.names())


def test_the_creole_passes_the_lint(tmp_path: Path):
    texts = [row["ht"] for city, name in SHEETS for row in rows(city, name) if row["section"] != "card"]
    said = tmp_path / "said.txt"
    said.write_text("\n".join(texts), encoding="utf-8")
    done = subprocess.run([sys.executable, LINT, said], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_nobody_is_called_by_a_word_that_makes_a_person_a_crime(city: str, name: str):
    said = " ".join(row[language] for row in rows(city, name) for language in LANGUAGES).lower()
    assert "ilegal" not in said
    assert "illegal" not in said


@pytest.mark.parametrize("city", COUNTRIES)
def test_the_orientation_prints_no_amount_and_no_telephone_of_an_institution(city: str):
    """Fees change each year and no source gives an address that holds: both are asked for."""
    said = " ".join(row["es"] for row in rows(city, "regularisation"))
    assert not re.search(r"\$|\d{3} \d{3,4}", said)
    assert "Monto: por confirmar" in said
    assert re.search(r"Dirección[^.]*: por confirmar", said)


# -- the pages


@pytest.mark.parametrize("city", COUNTRIES)
@pytest.mark.parametrize(("person", "contact"), [("", ""), ("Marie-Flore", CONTACT[:16]), (LONG_NAME, CONTACT)])
def test_the_letter_is_one_page_with_a_place_to_sign(city: str, person: str, contact: str):
    for form in forms(COUNTRIES[city]):
        assert sections(printed(city, "health_letter", form, person, contact)) == [
            ["letter", "law", "sign", "sources", "help"]
        ], form.paper


@pytest.mark.parametrize("city", COUNTRIES)
@pytest.mark.parametrize("contact", ["", CONTACT])
def test_page_one_of_the_orientation_has_ways_warnings_and_whom_to_ask(city: str, contact: str):
    for form in forms(COUNTRIES[city]):
        pages = sections(printed(city, "regularisation", form, contact=contact))
        assert len(pages) == 2, form.paper
        assert pages[0] == ["first", "ways", "beware", "help"]
        assert pages[1][-1] == "sources"


# -- the information sheet


def information(city: str, **appointment: object) -> list[str]:
    """The Spanish of the sheet of a service, row by row."""
    service = SheetService(name="Inscripción", area="salud", documents=(), steps=None, cost="gratis")
    data = SheetData("Oficina de ejemplo", "", "", "", service, DAY, **appointment)  # type: ignore[arg-type]
    words = Words(load_definition(city, "information"), columns_of(BOTH, COUNTRIES[city]))
    content: Content = ServiceFacts(data, words, Budget()).content()
    return [line.texts[0] for block in content.blocks for line in block.lines]


@pytest.mark.parametrize("city", COUNTRIES)
def test_without_an_appointment_it_says_where_and_that_nobody_was_told(city: str):
    said = information(city)
    assert "Dónde ir" in said
    assert "Horario: por confirmar con la institución" in said
    assert "Usted decide si va. Con esta hoja no avisamos a nadie." in said
    assert "<b>¿Preguntas?</b>" in said


@pytest.mark.parametrize("city", COUNTRIES)
def test_with_an_appointment_it_says_when_and_does_not_claim_that_nobody_knows(city: str):
    said = information(city, appointment_on=date(2026, 12, 3), appointment_at=time(10, 30))
    assert "Su cita" in said
    assert "<b>Jueves 3 de diciembre de 2026, a las 10:30 de la mañana</b>" in said
    assert "Usted decide si va." in said
    assert "<b>¿Preguntas? ¿No puede ir?</b>" in said


@pytest.mark.parametrize("city", COUNTRIES)
def test_it_speaks_of_a_service_and_of_no_referral(city: str):
    assert next(row["es"] for row in rows(city, "information") if row["key"] == "kind") == "Hoja de información"
    said = " ".join(row["es"] for row in rows(city, "information")).lower()
    assert not re.search("derivaci|canalizaci|talón", said)
