from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from migrant_office.models.names import sounds
from migrant_office.models.names.vocabulary import How, Vocabulary, one_letter_away

NAMES = "jean jan pierre pyè marie maría rose désir gonzález wilmer guadalupe".split()


def a_vocabulary(*names: str) -> Vocabulary:
    vocabulary = Vocabulary()
    rows = enumerate(names or NAMES, 1)
    vocabulary.add((number, name, " ".join(sounds.keys(name)), 3) for number, name in rows)
    return vocabulary


def how(vocabulary: Vocabulary, typed: str, word: str, *, far: bool = False) -> How | None:
    return next((m.how for m in vocabulary.meant(typed, far=far) if m.word == word), None)


def test_what_a_word_may_mean() -> None:
    vocabulary = a_vocabulary()
    assert how(vocabulary, "jean", "jean") is How.SAME
    assert how(vocabulary, "jean", "jan") is How.SOUNDS
    assert how(vocabulary, "guad", "guad") is How.BEGINS
    assert how(vocabulary, "gonsales", "gonzalez") is How.SOUNDS
    assert how(vocabulary, "lupe", "guadalupe") is How.VARIANT
    assert how(vocabulary, "guadlaupe", "guadalupe") is How.ONE_LETTER
    assert how(vocabulary, "guadxlxpe", "guadalupe") is None
    assert how(vocabulary, "guadxlxpe", "guadalupe", far=True) is How.TWO_LETTERS
    assert vocabulary.meant("zzz") == []


def test_an_unfinished_word_may_hold_a_slip() -> None:
    meant = a_vocabulary().meant("guafal")
    assert any(m.start and m.word == "guadal" for m in meant)


def test_the_surest_comes_first() -> None:
    scores = [m.score for m in a_vocabulary().meant("marie")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


def test_new_words_are_met_at_once() -> None:
    vocabulary = a_vocabulary()
    assert how(vocabulary, "zenaïda", "zenaida") is None
    vocabulary.add([(99, "zénaïda", " ".join(sounds.keys("zénaïda")), 1)])
    assert how(vocabulary, "zenaida", "zenaida") is How.SAME
    assert vocabulary.newest == 99
    assert vocabulary.ordered == sorted(vocabulary.heard)
    vocabulary.clear()
    assert (vocabulary.meant("marie"), vocabulary.newest) == ([], 0)


@given(
    st.text(alphabet="abcd", min_size=1, max_size=6),
    st.text(alphabet="abcd", min_size=1, max_size=7),
)
def test_one_letter_away_is_distance_one(one: str, other: str) -> None:
    assert (other in one_letter_away(one, "abcd")) == (OSA.distance(one, other) == 1)
