"""The notice of each city: whole in three languages, short enough to be heard, and strict about who is public."""

from __future__ import annotations

import csv
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import paths
from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models import notice as notices
from migrant_office.models.city import cities
from migrant_office.models.notice import ASKED, EXPLAINED, Basis, Bodies, NoticeRefused, load_notice, notice_from

CITIES = ("santiago", "cdmx")
HEARD_IN_A_MINUTE = 190  # words of Spanish, read aloud without haste


def raw(city: str = "santiago") -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "forms" / city / "notice.toml").read_text(encoding="utf-8"))


def owners(city: str) -> dict[str, str]:
    with (paths.resources() / "forms" / city / "services" / "services.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["owner"] for row in csv.DictReader(file)}


def test_every_city_has_a_notice():
    assert set(CITIES) == set(cities())


@pytest.mark.parametrize("city", CITIES)
def test_it_says_everything_in_three_languages_and_in_a_minute(city: str):
    notice = load_notice(city)
    told = {p.key for p in notice.paragraphs}
    assert told == {
        *("who", "what", "why", "status", "how_long", "with_whom", "safe", "rights", "change", "complaint"),
    }
    for lang in LANGUAGES:
        assert all(p.spoken.text(lang) for p in notice.paragraphs)
    assert sum(len(p.spoken.es.split()) for p in notice.paragraphs) <= HEARD_IN_A_MINUTE
    assert {p.code for p in notice.asked} == ASKED
    assert {p.code for p in notice.purposes} - ASKED == EXPLAINED
    assert all(p.basis is Basis.FUNCTION for p in notice.purposes if not p.asked), "what is not asked rests on the law"
    assert all(p.laws for p in notice.purposes)


@pytest.mark.parametrize("city", CITIES)
def test_whoever_says_no_hears_that_the_attention_stays_the_same(city: str):
    for purpose in load_notice(city).asked:
        assert "sigue igual" in purpose.refused.es, purpose.code
        assert "menm jan an" in purpose.refused.ht, purpose.code


@pytest.mark.parametrize("city", CITIES)
def test_what_no_source_says_is_to_be_confirmed(city: str):
    notice = load_notice(city)
    how_long = next(p for p in notice.paragraphs if p.key == "how_long")
    assert "por confirmar" in how_long.spoken.es
    assert "pou konfime" in how_long.spoken.ht
    assert all(law.source for p in notice.purposes for law in p.laws)


@pytest.mark.parametrize("place", ["paragraphs", "purposes", "words"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_half_a_notice_is_refused_whole_with_a_sentence(place: str, lang: str):
    told = raw()
    if place == "paragraphs":
        told["paragraphs"][2][lang] = "  "
    elif place == "purposes":
        del told["purposes"][3]["question"][lang]
    else:
        told["words"]["sign"][lang] = ""
    with pytest.raises(NoticeRefused) as caught:
        notice_from(told)
    said = caught.value.text(Translator("en"))
    assert f"“{lang}”" in said
    assert {"paragraphs": "why", "purposes": "share_public.question", "words": "words.sign"}[place] in said


def broken(change: Any) -> dict[str, Any]:
    told = deepcopy(raw())
    change(told)
    return told


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t["purposes"].pop(),
        lambda t: t["purposes"].append(t["purposes"][0]),
        lambda t: t["purposes"][2].update(code="marketing"),
        lambda t: t["purposes"][2].update(basis="interest"),
        lambda t: t["purposes"][4].pop("handover"),
        lambda t: t["purposes"][2].update(laws=["no such law"]),
        lambda t: t["paragraphs"][0].update(icon="no-such-icon"),
        lambda t: t["notice"].update(date="soon"),
        lambda t: t.pop("words"),
        lambda t: t["words"].pop("yes"),
        lambda t: t["purposes"][4]["handover"].update(ht="Èske ou dakò ak {non}?"),
        lambda t: t["purposes"][4]["handover"].update(ht="Èske ou dakò?"),
        lambda t: t["words"]["page"].update(es="Página {page"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(tmp_path: Path, change: Any, monkeypatch: pytest.MonkeyPatch):
    told = broken(change)
    monkeypatch.setattr(tomllib, "loads", lambda _text: told)
    file = tmp_path / "notice.toml"
    file.write_text("", encoding="utf-8")
    with pytest.raises(NoticeRefused) as caught:
        notices.read_notice(file)
    assert "Restore the file" in caught.value.text(Translator("en"))


def test_no_file_and_no_toml_are_refused_too(tmp_path: Path):
    file = tmp_path / "notice.toml"
    for content in (None, b"[notice", b"\xff\xfe", b"[notice]\nid = 'x'"):
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(NoticeRefused):
            notices.read_notice(file)


@given(st.sampled_from([p["key"] for p in raw()["paragraphs"]]), st.sampled_from(LANGUAGES))
def test_any_changed_word_makes_another_edition(key: str, lang: str):
    told = raw()
    next(p for p in told["paragraphs"] if p["key"] == key)[lang] += " x"
    assert notice_from(told).edition != load_notice("santiago").edition


def test_spacing_of_the_file_does_not_make_another_edition():
    told = raw()
    told["paragraphs"][0]["es"] = "  " + told["paragraphs"][0]["es"].replace(" ", "  ")
    assert notice_from(told).edition == load_notice("santiago").edition
    assert load_notice("santiago").edition.startswith("1-")


@pytest.mark.parametrize(
    ("city", "code", "public"),
    [
        ("santiago", "scl-omil", True),
        ("santiago", "scl-oficina-migrantes", True),
        ("santiago", "scl-1455", True),
        ("santiago", "scl-refugio", True),
        ("santiago", "scl-santiago-cocina", False),  # with ACNUR: the data would leave the public bodies
        ("santiago", "scl-ipe", False),  # Integra is a foundation
        ("santiago", "scl-acnur-chile", False),
        ("santiago", "scl-udp", False),
        ("santiago", "scl-chilevalora-gastronomia-comercio", False),
        ("cdmx", "mx-a3h-12", True),
        ("cdmx", "mx-comar", True),
        ("cdmx", "mx-sos-mujeres", True),
        ("cdmx", "mx-sin-fronteras", False),
        ("cdmx", "mx-red-emprendedores", False),
    ],
)
def test_who_is_public_is_known_by_the_whole_name(city: str, code: str, public: bool):
    assert load_notice(city).bodies.is_public(owners(city)[code]) is public


@given(st.text(max_size=30))
def test_whoever_is_not_known_counts_as_private(text: str):
    bodies = Bodies(("Municipalidad de Santiago", "SENCE"), ("con", "y"))
    assert bodies.is_public(f"SENCE con {text}qz") is False
    assert bodies.is_public("sence / MUNICIPALIDAD de SANTIAGO") is True
    assert not any(map(bodies.is_public, ("", " - ", "con y")))
