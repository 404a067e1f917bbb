"""The notice of a city: what a person is told about her data, and what she may decide, in three languages.

It is `resources/forms/<city>/notice.toml`. A text that lacks a language makes the whole file refused: nobody is asked
to agree to half a notice. Each legal basis names its article and the day somebody verified it; "" is *por confirmar*.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from migrant_office import icon_paths, paths
from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGES, N_
from migrant_office.models.spoken import Spoken

ASKED = frozenset({"contact", "share_public", "share_private", "sensitive"})
EXPLAINED = frozenset({"attention", "statistics"})
"""The purposes the program knows how to respect; a notice must name them all."""
WORDS = frozenset(
    "kind column free decide yes no body sign person fingerprint guardian officer day law confirm sample unreviewed "
    "printed version page".split()
)
"""What the sheet asks the file for by name."""
_PLACES = {"body", "page", "pages"}
_DIGITS = 16  # of the digest kept with each consent


class Basis(StrEnum):
    """What allows a use. A purpose of `FUNCTION` that is asked all the same is asked out of respect."""

    CONSENT = "consent"
    FUNCTION = "function"


class NoticeRefused(UserError):
    """The file of the notice cannot be used; the sentence names the place."""


@dataclass(frozen=True, slots=True)
class Law:
    """Where a basis is written. `verified_on` is None while nobody of the office has confirmed it."""

    key: str
    text: str
    source: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    key: str
    icon: str
    spoken: Spoken
    laws: tuple[Law, ...]


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of the data. `each`: asked again for every body that would receive them; `written`: the law wants a
    signature; `handover` is the question for one named `{body}`; `refused` what happens after a no.
    """

    code: str
    icon: str
    asked: bool
    each: bool
    written: bool
    basis: Basis
    laws: tuple[Law, ...]
    title: Spoken
    question: Spoken
    refused: Spoken
    handover: Spoken | None


@dataclass(frozen=True, slots=True)
class Bodies:
    """How the owner of a service is known to be a public body: nothing unknown may remain of its name."""

    public: tuple[str, ...]
    joins: tuple[str, ...]

    def is_public(self, owner: str) -> bool:
        """Whether every part of an owner's name is a public body of the list; an unknown or empty one is not."""
        after = without(folded(owner), self.public)
        return after != folded(owner) and not re.search(r"\w", without(after, self.joins))


@dataclass(frozen=True, slots=True)
class Notice:
    """A whole notice. `source` is the text of its file, so that what somebody agreed to can be kept and read again."""

    id: str
    version: int
    date: date
    bodies: Bodies
    paragraphs: tuple[Paragraph, ...]
    purposes: tuple[Purpose, ...]
    words: Mapping[str, Spoken]
    digest: str
    source: str = field(default="", repr=False)

    @property
    def edition(self) -> str:
        """What a consent keeps: the version and the beginning of the digest, so that no change of words is unseen."""
        return f"{self.version}-{self.digest[:_DIGITS]}"

    @property
    def spoken(self) -> Iterator[Spoken]:
        """Every text that is translated."""
        yield from (paragraph.spoken for paragraph in self.paragraphs)
        for purpose in self.purposes:
            yield from (purpose.title, purpose.question, purpose.refused)
            yield from (purpose.handover,) if purpose.handover else ()
        yield from self.words.values()

    @property
    def asked(self) -> tuple[Purpose, ...]:
        return tuple(p for p in self.purposes if p.asked)

    def purpose(self, code: str) -> Purpose:
        """Raises KeyError when the notice does not ask it."""
        return {p.code: p for p in self.asked}[code]


def without(text: str, phrases: tuple[str, ...]) -> str:
    """A folded text with whole phrases taken out, the longest first."""
    for words in sorted(map(folded, phrases), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", text)
    return text


def folded(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.split())


@cache
def load_notice(city: str) -> Notice:
    """The notice of a city. Raises `NoticeRefused`."""
    return read_notice(paths.resources() / "forms" / city / "notice.toml")


def read_notice(path: Path) -> Notice:
    """A notice from its file. Raises `NoticeRefused` with one sentence that names what is missing."""
    try:
        return parse_notice(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise refused(type(error).__name__) from error


def parse_notice(source: str) -> Notice:
    """A notice from the text of its file. Raises `NoticeRefused`."""
    try:
        return replace(notice_from(tomllib.loads(source)), source=source)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refused(str(error.args[0]) if isinstance(error, KeyError) else type(error).__name__) from error


def refused(place: str) -> NoticeRefused:
    return NoticeRefused(N_("The notice of this city cannot be used: {place}. Restore the file."), place=place)


def notice_from(told: Mapping[str, Any]) -> Notice:
    """Raises KeyError, TypeError or ValueError naming the place, `NoticeRefused` for a missing language."""
    head = told["notice"]
    laws = {law["key"]: law_from(law) for law in told["laws"]}
    notice = Notice(
        id=str(head["id"]),
        version=int(head["version"]),
        date=head["date"],
        bodies=Bodies(tuple(told["bodies"]["public"]), tuple(told["bodies"]["joins"])),
        paragraphs=tuple(paragraph_from(p, laws) for p in told["paragraphs"]),
        purposes=tuple(purpose_from(p, laws) for p in told["purposes"]),
        words={key: spoken_from(text, f"words.{key}") for key, text in told["words"].items()},
        digest="",
    )
    check(notice)
    return replace(notice, digest=digest_of(notice))


def check(notice: Notice) -> None:
    """Raises KeyError naming what a notice lacks, ValueError when it has no date."""
    if not isinstance(notice.date, date):
        raise KeyError("notice.date")
    asked, explained = {p.code for p in notice.asked}, {p.code for p in notice.purposes if not p.asked}
    if lacking := (ASKED - asked) | (EXPLAINED - explained) | (WORDS - notice.words.keys()):
        raise KeyError(min(lacking))
    if len(notice.purposes) != len(asked | explained) or unknown_in(asked | explained):
        raise KeyError("purposes.code")
    for purpose in notice.asked:
        if purpose.code.startswith("share") and purpose.handover is None:
            raise KeyError(f"{purpose.code}.handover")


def unknown_in(codes: set[str]) -> set[str]:
    return codes - ASKED - EXPLAINED


def law_from(told: Mapping[str, Any]) -> Law:
    day = told["verified_on"]
    return Law(told["key"], told["text"], told["source"], day if isinstance(day, date) else None)


def paragraph_from(told: Mapping[str, Any], laws: Mapping[str, Law]) -> Paragraph:
    return Paragraph(told["key"], icon_of(told), spoken_from(told, told["key"]), laws_of(told, laws))


def purpose_from(told: Mapping[str, Any], laws: Mapping[str, Law]) -> Purpose:
    code = told["code"]
    title, question, refused = (spoken_from(told[name], f"{code}.{name}") for name in ("title", "question", "refused"))
    return Purpose(
        code=code,
        icon=icon_of(told),
        asked=bool(told["asked"]),
        each=bool(told.get("each", False)),
        written=bool(told.get("written", False)),
        basis=Basis(told["basis"]),
        laws=laws_of(told, laws),
        title=title,
        question=question,
        refused=refused,
        handover=spoken_from(told["handover"], f"{code}.handover") if "handover" in told else None,
    )


def icon_of(told: Mapping[str, Any]) -> str:
    if told["icon"] not in icon_paths.names():
        raise KeyError(f"icon = {told['icon']}")
    return str(told["icon"])


def laws_of(told: Mapping[str, Any], laws: Mapping[str, Law]) -> tuple[Law, ...]:
    return tuple(laws[key] for key in told["laws"])


def spoken_from(told: Mapping[str, Any], place: str) -> Spoken:
    """Raises `NoticeRefused` when a language is missing, or when the languages have different places to fill."""
    texts = {lang: " ".join(str(told.get(lang) or "").split()) for lang in LANGUAGES}
    for lang, text in texts.items():
        if not text:
            raise NoticeRefused(
                N_("The notice of this city says “{place}” without its text in “{language}”. Write it first."),
                place=place,
                language=lang,
            )
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name is not None} for text in texts.values()]
    if any(names != fields[0] or not names <= _PLACES for names in fields):
        raise KeyError(place)
    return Spoken(**texts)


def digest_of(notice: Notice) -> str:
    """SHA-256 of everything the notice says; spacing of the file does not count."""
    said: list[str] = [notice.id, str(notice.version), notice.date.isoformat()]
    for paragraph in notice.paragraphs:
        said += [paragraph.key, *texts(paragraph.spoken), *(law.text for law in paragraph.laws)]
    for purpose in notice.purposes:
        said += [purpose.code, purpose.basis, str((purpose.asked, purpose.each, purpose.written))]
        for spoken in (purpose.title, purpose.question, purpose.refused, purpose.handover):
            said += texts(spoken) if spoken else []
        said += [law.text for law in purpose.laws]
    return hashlib.sha256("\0".join(unicodedata.normalize("NFC", text) for text in said).encode()).hexdigest()


def texts(spoken: Spoken) -> tuple[str, str, str]:
    return spoken.es, spoken.ht, spoken.en
