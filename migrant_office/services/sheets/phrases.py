"""The catalogue's free Spanish, cut into items and said in another language where somebody translated it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from migrant_office.models.sheet import SheetText, known

_NONE_NEEDED = re.compile(r"ningun[oa]s?( nuevo)?( para \w+( \w+)?)?\.?$")
_OUTSIDE_BRACKETS = r"(?![^()]*\))"
_ADDRESS = re.compile(r"[^\W\d_][^,;@/*]*?\s(?:No\. ?)?\d{1,5}, \w")
_REMARK = re.compile(r"\s*\((consejo nuestro|práctica de|[^)]*prensa)[^)]*\)")
_STEP = re.compile(r"(?:^|\s)\d{1,2}\)\s*")


def fold(text: str) -> str:
    """How two wordings are compared: no accents, capitals, leading list number, closing point or double spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"^\d+[.)]\s*", "", " ".join(plain.split())).rstrip(" .;,")


class Phrases:
    """The phrase table by what the catalogue may call the same thing: `es` itself and every word of `key` ("a|b")."""

    def __init__(self, rows: Iterable[SheetText]) -> None:
        self._by_words: dict[tuple[str, str], SheetText] = {}
        for row in rows:
            for words in (row.es, *row.key.split("|")):
                self._by_words.setdefault((row.section, fold(words)), row)

    def find(self, kind: str, words: str) -> SheetText | None:
        """The row of a kind ("area", "document", "step", "cost") for these words, or None."""
        return self._by_words.get((kind, fold(words))) if fold(words) else None


def split_documents(text: str) -> tuple[str, ...] | None:
    """A list of papers as the catalogue writes it, as items. None when nobody knows; () when none is needed.

    What is still to be confirmed stays in the list as an item, so that the person asks.
    """
    clean = known(text)
    if not clean:
        return None
    if _NONE_NEEDED.match(clean.casefold()):
        return ()
    separator = ";" if re.search(";" + _OUTSIDE_BRACKETS, clean) else ","  # with both, the comma is inside an item
    items = _items(re.split(separator + _OUTSIDE_BRACKETS, clean))
    return tuple(item for item in items if len(items) == 1 or not _NONE_NEEDED.match(item.casefold()))


def split_steps(text: str) -> tuple[str, ...] | None:
    """Steps written "1) go 2) sign", as items; any other text is one step. None when nobody knows."""
    clean = known(text)
    if not clean:
        return None
    return _items(_STEP.split(clean))


def _items(parts: list[str]) -> tuple[str, ...]:
    """Items with a capital, without the remarks that the catalogue's writers left for each other."""
    items = (_REMARK.sub("", part).strip(" ;,") for part in parts)
    return tuple(item[0].upper() + item[1:] for item in items if item)


def institution_of(text: str) -> str:
    """The owner of a service as a person reads it: without what the catalogue's writers noted behind it."""
    return _REMARK.sub("", text).partition(";")[0].strip()


def split_contact(text: str) -> tuple[str, str]:
    """The address and the ways to call or write of a contact "street 1, town; telephone; page"; "" when not known."""
    parts = [part.strip() for part in text.split(";") if known(part) and "por confirmar" not in part.casefold()]
    address = next((part for part in parts if _ADDRESS.match(part)), "")
    return address, "; ".join(part for part in parts if part != address)
