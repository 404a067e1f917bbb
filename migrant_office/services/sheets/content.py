"""What a referral sheet says, in which order and in both languages: everything but where the ink goes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from xml.sax.saxutils import escape

from migrant_office.i18n import Translator
from migrant_office.models.sheet import SheetData, SheetDefinition, SheetText, known
from migrant_office.services.sheets.definition import holds
from migrant_office.services.sheets.phrases import Phrases, fold

_CONTACTS = re.compile(r";|(?<=\d), (?=[a-z])")  # "600 450 4000, lunes a viernes; dt.gob.cl"
_PHONE = re.compile(r"(?:\D{0,20}[ :])?[+*(]{0,2}\d[\d ()]+(?:\([^)]*\))?")
LONGEST_PHONE = 30  # letters that fit one column in large print
Pair = tuple[str, str]  # the same meaning in the left and in the right column, as reportlab markup
Columns = tuple[Translator, Translator]
HEAD, TICK, STEP, PLAIN, RULE, CARD, CALL = "head", "tick", "step", "plain", "rule", "card", "call"


@dataclass(frozen=True)
class Budget:
    """How much of a very long text is printed, so that a sheet never has a third page."""

    letters: int = 400  # of an item of a list
    facts: int = 200  # letters of a single fact: a name, an address
    first_documents: int = 99  # on page one; the others follow on page two
    documents: int = 99
    steps: int = 99
    notes: bool = True
    room: bool = True  # for rows that only repeat what the card says


@dataclass(frozen=True)
class Line:
    """One row of the sheet. When both texts are equal it is printed once, across both columns."""

    icon: str
    texts: Pair
    look: str = PLAIN
    number: int = 0

    @property
    def spans(self) -> bool:
        return self.look not in {TICK, STEP} and self.texts[0] == self.texts[1]


@dataclass(frozen=True)
class Picture:
    """An appointment for who does not read: calendar leaf, clock, code for the telephone."""

    day: date
    at: time | None
    month: str
    weekday: str
    before: str
    part: str
    beside: Pair
    caption: Pair


@dataclass(frozen=True)
class Block:
    section: str
    lines: tuple[Line, ...]
    picture: Picture | None = None


@dataclass(frozen=True)
class Content:
    """The whole sheet in words. `draft`: some Creole on it was not reviewed."""

    title: Line
    service: str
    blocks: tuple[Block, ...]
    draft: bool
    reviewers: tuple[str, ...]


def clean(text: str) -> str:
    """Text from outside without control characters, on one line."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def clip(text: str, letters: int) -> str:
    """The beginning of a long text, cut at a word where there is one, with a visible ellipsis."""
    text = clean(text)
    if len(text) <= letters:
        return text
    head = text[: letters - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[letters // 2 :] else head).rstrip(" ,.;") + "…"


def marked(template: str, values: Mapping[str, str]) -> str:
    """A wording with its facts filled in, as reportlab markup: `**bold**`, everything else taken literally."""
    pieces = escape(template).split("**")
    text = "".join(f"<b>{piece}</b>" if index % 2 else piece for index, piece in enumerate(pieces))
    return text.format(**{name: escape(value) for name, value in values.items()})


class Composer:
    """Puts one case into the words of one definition; notes on the way which rows were used."""

    def __init__(self, data: SheetData, definition: SheetDefinition, columns: Columns, budget: Budget) -> None:
        self.data, self.budget = data, budget
        self.languages = (columns[0].lang, columns[1].lang)
        self.columns = columns
        self._rows = definition.rows
        self._frame = {row.key: row for row in definition.rows if row.section == "frame"}
        self._phrases = Phrases(definition.phrases)
        self._used: list[SheetText] = list(self._frame.values())  # the frame stands on every page
        self._flags = self._known_flags()
        self._values = self._known_values()

    # -- words

    def frame(self, key: str) -> Pair:
        """A row of section "frame" in both languages, plain."""
        row = self._use(self._frame[key])
        return row.text(self.languages[0]), row.text(self.languages[1])

    def joined(self, key: str) -> str:
        """Both languages on one line: "Para · Pou"; once when they are the same word."""
        return " · ".join(dict.fromkeys(self.frame(key)))

    def _use(self, row: SheetText) -> SheetText:
        self._used.append(row)
        return row

    def _filled(self, row: SheetText) -> Pair:
        self._use(row)
        left, right = (
            marked(row.text(lang), values) for lang, values in zip(self.languages, self._values, strict=True)
        )
        return left, right

    def _phrase(self, kind: str, words: str) -> tuple[str, Pair]:
        """Icon and wording for an item of the catalogue; what nobody translated stays Spanish and says so."""
        words = clip(words, self.budget.letters)
        row = self._phrases.find(kind, words)
        if row is None and not known(words):
            return "help", self.frame("unknown")
        if row is None:
            return "", (words, self._untranslated(words))
        self._use(row)
        left = words if self.languages[0] == "es" else row.text(self.languages[0])
        return row.icon, (left, row.text(self.languages[1]))

    def _untranslated(self, words: str) -> str:
        return f"[{words}] ({self.frame('in_spanish')[1]})"

    # -- facts

    def _known_flags(self) -> frozenset[str]:
        data, service = self.data, self.data.service
        facts = {
            "appointment": data.appointment_on,
            "time": data.appointment_on and data.appointment_at is not None,
            "due": data.due_on and not data.appointment_on,
            "date": data.appointment_on or data.due_on,
            "institution": known(service.institution),
            "place": self.place(),
            "officer": clean(data.officer),
            "desk": clean(data.desk),
            "assured": service.assured_on,
            "stale": service.checked_on and not service.assured_on,
            "documents": service.documents,
            "no_documents": service.documents == (),
            "more_documents": len(service.documents or ()) > self.budget.first_documents,
            "cut_documents": len(service.documents or ()) > self.budget.documents,
            "steps": service.steps,
            "cut_steps": len(service.steps or ()) > self.budget.steps,
            "free": self._is_free(),
            "cost": known(service.cost),
            "phone": self._contact()[0],
            "contact": self._contact()[1],
            "office_contact": known(data.office_contact),
            "notes": self.budget.notes,
            "room": self.budget.room,
        }
        return frozenset(name for name, fact in facts.items() if fact)

    def place(self) -> str:
        return known(self.data.place) or known(self.data.service.address)

    def _is_free(self) -> bool:
        return fold(self.data.service.cost) == "gratis"

    def _contact(self) -> Pair:
        """The number to call, in large print, and the other ways: the office's own before the institution's."""
        for text in (self.data.office_contact, self.data.service.contact):
            parts = [
                clean(part) for part in _CONTACTS.split(text) if known(clean(part)) and "por confirmar" not in part
            ]
            if parts:
                phone = next((part for part in parts if _PHONE.fullmatch(part) and len(part) <= LONGEST_PHONE), "")
                others = " · ".join(part for part in parts if part != phone)
                return phone.replace(" ", "\u00a0"), clip(others, self.budget.facts)  # a number is never torn apart
        return "", ""

    def _known_values(self) -> tuple[dict[str, str], dict[str, str]]:
        left, right = (self._values_in(translator, index) for index, translator in enumerate(self.columns))
        return left, right

    def _values_in(self, translator: Translator, index: int) -> dict[str, str]:
        data, letters = self.data, self.budget.facts
        day, at = data.appointment_on or data.due_on, data.appointment_at
        phone, contact = self._contact()
        written = translator.long_date(day) if day else ""
        cost = clip(known(data.service.cost), letters)
        return {
            "date": written,
            "Date": written[:1].upper() + written[1:],
            "time": translator.time(at) if at is not None else "",
            "part": self.frame(part_of_day(at))[index] if at is not None else "",
            "checked": translator.long_date(data.service.checked_on) if data.service.checked_on else "",
            "institution": clip(known(data.service.institution), letters),
            "place": clip(self.place(), letters),
            "cost": self._phrase("cost", cost)[1][index] if cost else "",
            "phone": phone,
            "contact": contact,
            "officer": clip(data.officer, 40),
            "desk": clip(data.desk, 20),
        }

    # -- the sheet

    def compose(self) -> Content:
        """The whole sheet. Rows appear in the order of the definition, blocks in the order of their first row."""
        title = self._title()
        blocks = tuple(self._block(section) for section in dict.fromkeys(row.section for row in self._rows))
        return Content(
            title=title,
            service=escape(clip(self.data.service.name, self.budget.facts)),
            blocks=tuple(block for block in blocks if block.lines or block.picture),
            draft=self.is_draft(),
            reviewers=tuple(sorted({row.reviewer for row in self._used if row.reviewed})),
        )

    def is_draft(self) -> bool:
        return "ht" in self.languages and any(not row.reviewed for row in self._used)

    def _title(self) -> Line:
        row = self._phrases.find("area", self.data.service.area)
        if row is None:  # an area without a sentence of its own: the service's name speaks for itself
            return Line("file-text", (escape(clip(self.data.service.name, self.budget.facts)),) * 2)
        self._use(row)
        left, right = (escape(row.text(lang)) for lang in self.languages)
        return Line(row.icon, (left, right))

    def _block(self, section: str) -> Block:
        if section == "frame":
            return Block(section, ())
        rows = [row for row in self._rows if row.section == section and holds(row.condition, self._flags)]
        picture = self._picture() if any(row.key == "picture" for row in rows) else None
        return Block(section, tuple(self._numbered(rows)), picture)

    def _numbered(self, rows: list[SheetText]) -> Iterator[Line]:
        number = 0
        for row in rows:
            for line in self._lines(row):
                number += line.look == STEP
                yield Line(line.icon, line.texts, line.look, number if line.look == STEP else 0)

    def _lines(self, row: SheetText) -> Iterator[Line]:
        service = self.data.service
        first = self.budget.first_documents
        items: dict[str, tuple[str, ...]] = {
            "documents": (service.documents or ())[:first],
            "more_documents": (service.documents or ())[first : self.budget.documents],
            "steps": (service.steps or ())[: self.budget.steps],
        }
        if row.key == "items":
            kind, look = ("step", STEP) if row.section == "steps" else ("document", TICK)
            for words in items[row.section]:
                icon, texts = self._phrase(kind, words)
                yield Line(icon or row.icon, (escape(texts[0]), escape(texts[1])), PLAIN if icon == "help" else look)
        elif row.key == "lines":
            yield from (Line("", ("", ""), RULE) for _ in range(3))
        elif row.key != "picture":
            looks = {"head": HEAD, "step": STEP, "card": CARD, "call": CALL}
            yield Line(row.icon, self._filled(row), looks.get(row.key, PLAIN))

    def _picture(self) -> Picture | None:
        day = self.data.appointment_on or self.data.due_on
        if day is None:
            return None
        due = not self.data.appointment_on
        at = None if due else self.data.appointment_at
        return Picture(
            day=day,
            at=at,
            month=" · ".join(dict.fromkeys(column.month_name(day.month) for column in self.columns)),
            weekday=" · ".join(dict.fromkeys(column.weekday(day) for column in self.columns)),
            before=self.joined("before") if due else "",
            part=self.joined(part_of_day(at)) if at is not None else "",
            beside=self.frame("go_before" if due else "hour"),
            caption=self.frame("qr_due" if due else "qr"),
        )


def part_of_day(at: time | None) -> str:
    """The frame row that names the part of the day."""
    hour = at.hour if at is not None else 0
    return "morning" if hour < 12 else "afternoon" if hour < 19 else "evening"
