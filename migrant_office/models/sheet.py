"""The nouns of a printed bilingual sheet: what it says about whom, the wording it says it in, and the paper."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

DRAFT, REVIEWED = "draft", "reviewed"
_UNKNOWN = re.compile(r"por confirmar|no dicho|ninguno dicho|(ver|igual que) [a-z]+-[a-z0-9-]+$", re.IGNORECASE)
"""How the catalogues write "no source says it", or point at another entry that a reader of the paper cannot open."""


class Paper(Enum):
    """Width and height in millimetres. Oficio is the 330 mm one of Chile, which also fits Mexico's 340 mm sheets."""

    A4 = (210.0, 297.0)
    LETTER = (215.9, 279.4)
    OFICIO = (216.0, 330.0)

    @classmethod
    def from_name(cls, name: str) -> Paper:
        """The paper of the office's setting: "a4", "letter" or "oficio". Raises KeyError on any other name."""
        return cls[name.strip().upper()]


@dataclass(frozen=True)
class SheetText:
    """One row of a sheet definition or of the phrase table: the same meaning in Spanish, Creole and English.

    `condition` says when the row is printed (see `services.sheets.definition`). `es_hash` is `spanish_hash` of the
    Spanish that the reviewer saw: once the Spanish differs the Creole is a draft again. `source` names where a fact
    was read.
    """

    section: str
    key: str
    icon: str
    es: str
    ht: str
    en: str
    condition: str = ""
    status: str = DRAFT
    reviewer: str = ""
    reviewed_on: str = ""
    es_hash: str = ""
    source: str = ""

    def text(self, lang: str) -> str:
        """The wording in "es", "ht" or "en". Raises KeyError on any other language."""
        return {"es": self.es, "ht": self.ht, "en": self.en}[lang]

    @property
    def reviewed(self) -> bool:
        """A named person approved this Creole for exactly this Spanish."""
        return self.status == REVIEWED and bool(self.reviewer) and self.es_hash == spanish_hash(self.es)


@dataclass(frozen=True)
class SheetDefinition:
    """The wording of one kind of sheet in one city, the phrases that stand in for the catalogue's free Spanish, and the
    wording of the slip that the institution sends back.
    """

    city: str
    rows: tuple[SheetText, ...]
    phrases: tuple[SheetText, ...]
    stub: tuple[SheetText, ...] = ()

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with any word of the definition: two equal sheets carry the same."""
        text = "\n".join(
            "\t".join((row.section, row.key, row.es, row.ht, row.en)) for row in self.rows + self.phrases + self.stub
        )
        return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class SheetService:
    """What the catalogue says of the service, in its own Spanish words; "" or None is "nobody has told us".

    `documents` and `steps` are lists of items: None when unknown, () when none is needed. `assured_on` is the day the
    office last confirmed the entry with the institution, given only while that still counts; `checked_on` is that day
    in any case.
    """

    name: str
    area: str = ""
    institution: str = ""
    address: str = ""
    documents: tuple[str, ...] | None = None
    steps: tuple[str, ...] | None = None
    cost: str = ""
    contact: str = ""
    assured_on: date | None = None
    checked_on: date | None = None


@dataclass(frozen=True)
class SheetData:
    """Everything one referral sheet says about one person; only what is given is printed.

    `person` is the name as spoken, `officer` a first name, `desk` the counter's number, `place` the address of the
    appointment (the service's own when empty). A date of appointment wins over `due_on`, the day to have gone by.
    `slip` is the code as it is shown, `made_on` the day of the referral.
    """

    office: str
    office_ht: str
    person: str
    slip: str
    service: SheetService
    printed_on: date
    city: str = ""
    appointment_on: date | None = None
    appointment_at: time | None = None
    place: str = ""
    due_on: date | None = None
    officer: str = ""
    desk: str = ""
    office_contact: str = ""
    demo: bool = False
    made_on: date | None = None


def known(text: str) -> str:
    """A fact of the catalogue, or "" where the catalogue itself says that it is still to be confirmed."""
    clean = " ".join(text.split())
    return "" if _UNKNOWN.match(clean) else clean


def spanish_hash(es: str) -> str:
    """Twelve hexadecimal digits of the Spanish wording; spacing and Unicode composition do not count."""
    return hashlib.sha256(unicodedata.normalize("NFC", " ".join(es.split())).encode()).hexdigest()[:12]
