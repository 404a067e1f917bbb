"""The checklists of both cities: whole, sourced, of services that exist; and what a broken one says."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import paths
from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.city import cities
from migrant_office.models.rapid_path import FILE, Checklist, checklist_from, load_checklist
from migrant_office.models.restricted import Sign
from migrant_office.models.spoken import Spoken

ROOT = Path(__file__).resolve().parents[2]
SIGNS = st.sets(st.sampled_from(Sign))


def folder(city: str) -> Path:
    return paths.resources() / "forms" / city


def told(city: str = "santiago") -> dict[str, Any]:
    return tomllib.loads((folder(city) / FILE).read_text(encoding="utf-8"))


def every_word(checklist: Checklist) -> Iterator[Spoken]:
    for step in checklist.steps(Sign):
        yield from (words for words in (step.words, step.say, step.ask) if words)
    yield from checklist.avoided(Sign)


@pytest.mark.parametrize("city", cities())
def test_every_sign_has_its_steps_for_the_same_day(city: str) -> None:
    checklist = load_checklist(folder(city))
    for sign in Sign:
        path = checklist.paths[sign]
        assert path.same_day
        assert path.steps
        codes = [step.code for step in checklist.steps([sign])]
        assert codes[:4] == ["alone", "interpreter", "safe_contact", "emergency"], "first what keeps her safe"
        assert codes[-3:] == ["offer", "no_details", "next"]
        assert any(step.refer or step.ask for step in path.steps), "somebody is named, or that nobody is known"
    for sign in (Sign.CHILD_ALONE, Sign.CHILD_AT_RISK):
        steps = checklist.paths[sign].steps
        assert any(step.code.endswith("_body") and step.ask for step in steps)
        assert any(step.code.endswith("_stay") for step in steps)
    assert any(step.code == "child_carer" and step.say for step in checklist.paths[Sign.CHILD_ALONE].steps)


@pytest.mark.parametrize("city", cities())
def test_it_refers_only_to_open_services_of_the_catalogue(city: str) -> None:
    with (folder(city) / "services" / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    checklist = load_checklist(folder(city))
    named = {code for step in checklist.steps(Sign) for code in step.refer}
    assert set(checklist.services(Sign)) < named
    assert named <= rows.keys()
    assert not any("cerrad" in rows[code]["name"] + rows[code]["mode"] for code in named)


@pytest.mark.parametrize("city", cities())
def test_every_fact_has_its_source_and_no_address_of_a_refuge_stands_there(city: str) -> None:
    checklist = load_checklist(folder(city))
    for step in checklist.steps(Sign):
        assert step.source
        assert step.source_date
        if step.ask:
            assert "por confirmar con la institución" in step.ask.es
    text = (folder(city) / FILE).read_text(encoding="utf-8")
    assert not any(word in text for word in ("Calle", "Avenida", "Av. ", "@"))


@pytest.mark.parametrize("city", cities())
def test_nobody_is_asked_what_happened(city: str) -> None:
    said = [step.say.es for step in load_checklist(folder(city)).steps(Sign) if step.say]
    assert said
    assert not [text for text in said if any(word in text.casefold() for word in ("qué pasó", "quién fue", "cómo fue"))]


@pytest.mark.parametrize("city", cities())
def test_its_creole_passes_the_lint(city: str, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("\n".join(words.ht for words in every_word(load_checklist(folder(city)))), encoding="utf-8")
    script = ROOT / "packaging" / "creole_lint.py"
    done = subprocess.run([sys.executable, script, text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_words_speak_the_language_of_the_reader() -> None:
    words = Spoken(es="a", ht="b", en="c")
    assert [words.text(lang) for lang in LANGUAGES] == ["a", "c", "b"]


@given(one=SIGNS, other=SIGNS)
def test_more_signs_never_lose_a_step_and_none_stands_twice(one: set[Sign], other: set[Sign]) -> None:
    checklist = load_checklist(folder("santiago"))
    both = [step.code for step in checklist.steps(one | other)]
    assert len(both) == len(set(both))
    assert {step.code for step in checklist.steps(one)} <= set(both)
    assert set(checklist.services(one)) <= set(checklist.services(one | other))
    assert len(checklist.avoided(one)) == len(set(checklist.avoided(one)))
    assert all(checklist.step(code) for code in both)
    assert checklist.step("no_such_step") is None


def broken() -> Iterator[tuple[str, dict[str, Any]]]:
    for spoil in ("format", "sign", "language", "twice", "source", "kind"):
        file = told()
        if spoil == "format":
            file["format"] = 2
        elif spoil == "sign":
            file["path"] = file["path"][1:]
        elif spoil == "language":
            del file["path"][0]["step"][0]["ht"]
        elif spoil == "twice":
            file["path"][0]["step"][0]["code"] = "alone"
        elif spoil == "source":
            file["common"]["first"][0]["source_date"] = ""
        else:
            file["path"][0]["sign"] = "no_such_sign"
        yield spoil, file


@pytest.mark.parametrize(("spoil", "file"), list(broken()))
def test_a_broken_checklist_is_refused_whole_and_says_where(spoil: str, file: dict[str, Any]) -> None:
    with pytest.raises(UserError) as refused:
        checklist_from(file)
    sentence = refused.value.text(Translator("en"))
    place = {"format": "format", "sign": "gender_violence", "language": "gv_line", "twice": "alone", "source": "alone"}
    assert FILE in sentence
    assert place.get(spoil, "no_such_sign") in sentence


def test_no_checklist_and_no_toml_are_refused_in_words(tmp_path: Path) -> None:
    for text in (None, "format = ", "\xff"):
        made = tmp_path / str(text and len(text))
        made.mkdir()
        if text:
            (made / FILE).write_bytes(text.encode("latin-1"))
        with pytest.raises(UserError):
            load_checklist(made)
