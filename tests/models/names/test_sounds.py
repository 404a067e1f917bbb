from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import paths
from migrant_office.models.names import memory, sounds
from migrant_office.models.names.folding import fold, joined, spelled
from migrant_office.models.names.variants import are_variants, variants

ONE_NAME = """jean/jan jean/yan pierre/pyè joseph/jozèf baptiste/batis françois/franswa auguste/ogis saintlouis/senlwi
charles/chal étienne/etyèn dieudonné/dyedone toussaint/tousen jacques/yak guerline/gerlin wideline/uidelin
desrosiers/derosie belizaire/belizè occéan/oseyan yaritza/yarisa heidy/jeidi gonzález/gonsales wilmer/guilmer
yhoselín/joselin ximena/jimena xiomara/siomara guillaume/giyom petitfrère/ptifrè antoine/antwan philippe/filip
stephanie/estefani thérèse/terèz""".split()
TWO_NAMES = "jean/carlos pierre/maría rosa/daniel louis/antonio désir/quispe mamani/flores".split()


@pytest.mark.parametrize("pair", ONE_NAME)
def test_spellings_of_one_name_share_a_key(pair: str) -> None:
    one, other = pair.split("/")
    assert sounds.keys(one) & sounds.keys(other)


@pytest.mark.parametrize("pair", TWO_NAMES)
def test_other_names_do_not(pair: str) -> None:
    one, other = pair.split("/")
    assert not sounds.keys(one) & sounds.keys(other)


def test_the_table_can_be_read() -> None:
    """Every rule compiles, and each that is not plain has an example that its own key bears out."""
    with (paths.resources() / "names" / "sounds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["ear"] for row in rows} == {"also", "es", "ht"}
    for row in rows:
        re.compile(row["pattern"])
        words = [word.strip().lower() for word in row["example"].split("=") if word.strip()]
        if len(words) > 1:
            assert row["why"], row
            shared = frozenset.intersection(*(sounds.keys(word) for word in words))
            assert shared, row["example"]


@given(st.text(max_size=30))
def test_any_word_has_keys_or_none(text: str) -> None:
    for word in spelled(text):
        assert sounds.keys(word) == sounds.keys(word)
        assert all(key.strip() for key in sounds.keys(word))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéíóúñçèê", min_size=1, max_size=14))
def test_accents_never_lose_a_name(word: str) -> None:
    assert fold(word) == fold(fold(word))
    assert sounds.keys(word) or not set(fold(word)) & set("aeiou")  # a lone h is mute


def test_parts_that_some_write_as_one() -> None:
    assert joined("Jean-Baptiste") == ["jeanbaptiste"]
    assert joined("María de la Cruz") == ["delacruz"]
    assert joined("D'Ángelo") == ["dangelo"]
    assert spelled("María de la Cruz") == ("maría", "cruz")


def test_forms_of_one_name() -> None:
    assert are_variants("pepe", "jose")
    assert are_variants("jozef", "joseph")
    assert not are_variants("pepe", "pedro")
    assert all(word == fold(word) for word in variants())


def test_nothing_is_remembered_after_locking() -> None:
    fold("Zwyxandrée")
    assert memory.size() > 0
    memory.forget()
    assert memory.size() == 0
