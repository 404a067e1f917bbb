"""Names as people write them: out of the capitals of a document, split in two surnames, and kept as they are typed."""

from __future__ import annotations

import re
import unicodedata

from migrant_office.models.names.folding import PARTICLES

_WITHIN = {"NXX": "Ñ", "UXX": "Ü"}  # how a zone may write the two, ICAO Doc 9303 part 3, section 6
_WRITTEN = re.compile("|".join(_WITHIN))


def kept_name(text: str) -> str:
    """A name as it is stored: composed (NFC), without blanks at its ends; nothing else is touched, nothing refused."""
    return unicodedata.normalize("NFC", text).strip()


def written_name(capitals: str) -> str:
    """Words in capitals as a name: "MARIA DE LA CRUZ" is "Maria de la Cruz". Whoever knows the accents adds them."""
    told = _WRITTEN.sub(lambda found: _WITHIN[found.group()], capitals)
    return " ".join(word.lower() if word.lower() in PARTICLES else word.capitalize() for word in told.split())


def two_surnames(surnames: str) -> tuple[str, str]:
    """First and second surname, particles going with what follows: "de la Cruz Soto" is ("de la Cruz", "Soto").

    The second takes all that is left; it is '' when there is only one.
    """
    words = surnames.split()
    end = next((at for at, word in enumerate(words, 1) if word.lower() not in PARTICLES), len(words))
    if end < len(words) - 1 and words[end].lower() == "y":
        return " ".join(words[:end]), " ".join(words[end + 1 :])
    return " ".join(words[:end]), " ".join(words[end:])


TWO_SURNAMES = frozenset("BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PY SV UY VE".split())
"""States (ISO alpha-2) whose people commonly carry a first and a second surname: there a split is offered at once."""
