"""Lists of names for invented people: Faker's, those written by hand in `data/`, and those made of syllables.

Faker is imported by the first call that needs it (`pip install -e '.[bench]'`); the program itself never does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random

DATA = Path(__file__).resolve().parent / "data"
FAKER = frozenset({"es_MX", "es_ES", "es_CO", "es_CL", "es_AR", "fr_FR", "fr_BE"})
FAKER_LISTS = {"women": "first_names_female", "men": "first_names_male", "surnames": "last_names"}
INVENTED, RARE = 16_000, 20_000  # names made of syllables, in each list


def folded(text: str) -> str:
    """The text in small letters without accents, letter for letter; ñ and ç stay."""
    return text.casefold().translate(_folding())


@cache
def _folding() -> dict[int, str]:
    letters = "áàâäãéèêëíìîïóòôöõúùûüýÿ"
    return {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in letters}


def unaccented(text: str) -> str:
    """The text as somebody in a hurry writes it: no accents, n for ñ, c for ç."""
    return text if text.isascii() else text.translate(_bare())


@cache
def _bare() -> dict[int, str]:
    small = _folding() | {ord("ñ"): "n", ord("ç"): "c", ord("œ"): "oe"}
    return small | {ord(chr(code).upper()): plain.upper() for code, plain in small.items()}


class Ranked:
    """Names of which the k-th is drawn as often as 1 / (k + flat): Zipf's law with Mandelbrot's shift."""

    __slots__ = ("flat", "names", "ratio")

    def __init__(self, names: Iterable[str], flat: float) -> None:
        self.names = tuple(dict.fromkeys(names))
        self.flat = flat
        self.ratio = (len(self.names) + flat) / flat
        self.names += self.names[-1:]  # what a rounded power of a chance next to 1 meets

    def draw(self, chance: float) -> str:
        """The name at a chance between 0 and 1."""
        return self.names[int(self.flat * self.ratio**chance - self.flat)]


@dataclass(frozen=True, slots=True)
class Origin:
    """The names of one country, and the habits of writing them."""

    country: str
    habit: str  # spanish | haitian | french | portuguese
    women: Ranked
    men: Ranked
    surnames: Ranked
    invented: float  # the share of given names that parents made up
    invented_women: Ranked
    invented_men: Ranked
    rare: Ranked


@cache
def origins() -> Mapping[str, tuple[float, Origin]]:
    """Country → its share of all people in percent, and its names."""
    found: dict[str, tuple[float, Origin]] = {}
    for line in read_lines("origins"):
        country, share, habit, given, surnames, invented, rare = line.split()
        found[country] = (
            float(share),
            Origin(
                country=country,
                habit=habit,
                women=_ranked("women", given),
                men=_ranked("men", given),
                surnames=_ranked("surnames", surnames),
                invented=float(invented),
                invented_women=_of_syllables("venezuelan_women", INVENTED),
                invented_men=_of_syllables("venezuelan_men", INVENTED),
                rare=_of_syllables(f"{rare}_surname_syllables", RARE),
            ),
        )
    return found


@cache
def french_words() -> frozenset[str]:
    """The folded words of names that are French or Creole and not Spanish."""
    french = [Ranked(read(f"haitian_{kind}"), 1) for kind in FAKER_LISTS]
    french += [_ranked(kind, "fr_FR,fr_BE") for kind in FAKER_LISTS]
    french.append(_of_syllables("haitian_surname_syllables", RARE))
    spanish = [_ranked(kind, "spanish,es_CO,es_ES,es_MX,es_CL") for kind in FAKER_LISTS]
    return frozenset(_words(french)) - frozenset(_words(spanish))


def _words(lists: Sequence[Ranked]) -> Iterator[str]:
    for each in lists:
        for name in each.names:
            yield from folded(name).replace("-", " ").split()


def read(name: str) -> list[str]:
    """The entries of a list in `data/`, in its order."""
    return [entry.strip() for line in read_lines(name) for entry in line.split(",") if entry.strip()]


def read_lines(name: str) -> list[str]:
    """The lines of a list in `data/`, without remarks."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _ranked(kind: str, lists: str) -> Ranked:
    """The named lists one after the other; a name that differs by accents only stands once."""
    once: dict[str, str] = {}
    for each in lists.split(","):
        for name in _of_faker(kind, each) if each in FAKER else _by_hand(kind, each):
            once.setdefault(folded(name), name)
    return Ranked(once.values(), flat=3 if kind != "surnames" else 6)


def _by_hand(kind: str, name: str) -> list[str]:
    return read(f"{name}_{kind}") if (DATA / f"{name}_{kind}.txt").exists() else []


@cache
def _of_faker(kind: str, locale: str) -> Sequence[str]:
    """A list of Faker's, the commonest first where it says so; one in the order of the alphabet is shuffled."""
    try:
        provider = import_module(f"faker.providers.person.{locale}").Provider
    except ImportError as error:
        raise ImportError("Invented people need Faker: pip install -e '.[bench]'") from error
    names = getattr(provider, FAKER_LISTS[kind])
    weights = list(names.values()) if isinstance(names, dict) else []
    listed = list(dict.fromkeys(names))
    if weights and len(set(weights)) > 1:
        return sorted(listed, key=lambda name: -names[name])
    if listed[:20] == sorted(listed[:20], key=folded):
        Random(f"{kind} {locale}").shuffle(listed)
    return listed


@cache
def _of_syllables(name: str, count: int) -> Ranked:
    """As many names made of the beginnings, middles and ends of a list; the same ones every time."""
    begins, middles, ends = (line.replace("-", " ").split(" ") for line in read_lines(name))
    rng = Random(name)
    made: dict[str, None] = {}
    while len(made) < count:
        middle = rng.choice(middles) if rng.random() < 0.75 else ""
        word = rng.choice(begins) + middle + rng.choice(ends)
        if 4 <= len(word) <= 12 and not _clumsy(word.casefold()):
            made[word] = None
    return Ranked(made, flat=40)


def _clumsy(word: str) -> bool:
    """Whether a vowel stands twice in a row, or four vowels or four other letters do."""
    kinds = "".join("v" if letter in "aeiouáéíóú" else "c" for letter in word)
    return "vvvv" in kinds or "cccc" in kinds or any(vowel * 2 in word for vowel in "aeiou")
