"""Names without what writing habits add: case, accents, hyphens, particles."""

from __future__ import annotations

import re
import unicodedata

from migrant_office.models.names.memory import remembered

PARTICLES = frozenset({"da", "das", "de", "del", "di", "do", "dos", "du", "la", "las", "los", "y", "e"})
"""Words between names that people write or leave out: María de la Cruz, Carlos da Silva, Ortega y Gasset."""
JOINTS = re.compile("[-‐‑'’ʼ`´]")  # in Jean-Baptiste, D'Ángelo
_WORD = re.compile(r"[^\W_]+")


@remembered
def fold(text: str) -> str:
    """Lower case without accents, hyphens and signs, so that spelling habits do not hide anybody."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.casefold()))


@remembered
def spelled(text: str) -> tuple[str, ...]:
    """The words of a name in lower case with their accents, which tell how they sound; without particles."""
    return tuple(word for word in words(text) if word not in PARTICLES)


def words(text: str) -> list[str]:
    """The words of a text in lower case, accents kept."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def joined(text: str) -> list[str]:
    """Parts that some people write as one word, folded: "jeanbaptiste" of Jean-Baptiste, "delacruz" of de la Cruz."""
    found = [fold(JOINTS.sub("", word)) for word in text.split() if JOINTS.search(word.strip("-'"))]
    run = ""
    for word in fold(text).split():
        if word in PARTICLES and word not in ("y", "e"):
            run += word
        elif run:
            found.append(run + word)
            run = ""
    return found
