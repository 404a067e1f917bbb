"""The Creole lint: silent on Creole, loud on French, Spanish, English and lost accents."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def lint(script):
    return script("creole_lint")


@pytest.mark.parametrize(
    "text",
    [
        "Ou gen dwa pou ou gen yon entèprèt gratis.",
        "Si ou pa konprann, poze kesyon. Nou ap ede ou ranpli fòmilè a.",
        "Rele nan {phone} oswa ekri {name}@example.org: biwo a ouvri lendi rive vandredi, 9:00–13:00.",
        "Ale nan Registro Civil ak paspò ou.",  # a name in the middle of a sentence
        "<b>Fèy</b> &nbsp; KREYÒL AYISYEN",
        "&Anrejistre",
    ],
)
def test_creole_passes(lint, text):
    assert list(lint.findings(text)) == []


@pytest.mark.parametrize(
    ("text", "at_least"),
    [
        ("Vous avez droit à un interprète gratuit dans votre commune.", 6),
        ("Usted tiene derecho a un intérprete gratis en su municipio.", 4),
        ("You have the right to ask for your documents.", 4),
        ("Lekol la mande yon fomile pou timoun nan, epi ou gen yon randevou nan lopital.", 2),
        ("M'ap vini nan biwo-a.", 2),
        ("Dokiman yo nan dosyé a.", 1),
        ("Le bureau est fermé.", 3),
    ],
)
def test_other_languages_and_lost_accents_do_not(lint, text, at_least):
    assert len(list(lint.findings(text))) >= at_least


def test_the_glossary_speaks_creole(lint):
    """Every attested word passes, but the variants the glossary itself lists as not ours."""
    with lint.GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 400
    assert all(all(row.values()) for row in rows)
    found = [(row["ht"], what) for row in rows for what in lint.findings(row["ht"]) if "glossary says" not in what]
    assert found == []


def test_text_must_be_composed(lint):
    assert list(lint.findings("fòmilè")) == []
    assert any("NFC" in what for what in lint.findings("fòmile\u0300"))


@given(st.text())
def test_any_text_is_read_without_falling(lint, text):
    assert all(isinstance(what, str) for what in lint.findings(text))
