"""What a sheet knows of a service, of the appointment there, and of the person who goes: referral and information."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from xml.sax.saxutils import escape

from migrant_office.i18n import Translator
from migrant_office.models.sheet import SheetData, known
from migrant_office.services.sheets.calendar_code import calendar_entry, qr_matrix
from migrant_office.services.sheets.composing import Facts, compose
from migrant_office.services.sheets.content import PLAIN, STEP, TICK, Budget, Content, Line, Pair, Picture, clean, clip
from migrant_office.services.sheets.phrases import fold
from migrant_office.services.sheets.reach import said_in
from migrant_office.services.sheets.words import Words

_CONTACTS = re.compile(r";|(?<=\d), (?=[a-z])")  # "600 450 4000, lunes a viernes; dt.gob.cl"
_PHONE = re.compile(r"(?:\D{0,20}[ :])?[+*(]{0,2}\d[\d ()]+(?:\([^)]*\))?")
LONGEST_PHONE = 30  # letters that fit one column in large print
LONGEST_PERSON = 120


class ServiceFacts:
    """One case in the words of one definition, as much of it as a budget allows."""

    def __init__(self, data: SheetData, words: Words, budget: Budget) -> None:
        self.data, self.words, self.budget = data, words, budget

    def content(self) -> Content:
        """The whole sheet."""
        title = self._title()
        name = escape(clip(self.data.service.name, self.budget.facts))
        return compose(self.words, self.facts(), title, () if title.texts == (name, name) else (name,))

    def facts(self) -> Facts:
        left, right = (self._values_in(translator, index) for index, translator in enumerate(self.words.columns))
        return Facts(
            flags=self._flags(),
            values=(left, right),
            items=self._items(),
            picture=self._picture(),
            person=clip(self.data.person, min(self.budget.facts, LONGEST_PERSON)),
        )

    def _title(self) -> Line:
        """The area's sentence; an area without one leaves the service's name to speak for itself."""
        row = self.words.find("area", self.data.service.area)
        if row is None:
            return Line("file-text", (escape(clip(self.data.service.name, self.budget.facts)),) * 2)
        left, right = (escape(text) for text in self.words.texts(row))
        return Line(row.icon, (left, right))

    def _flags(self) -> frozenset[str]:
        data, service, budget = self.data, self.data.service, self.budget
        documents, steps = service.documents or (), service.steps or ()
        facts = {
            "appointment": data.appointment_on,
            "time": data.appointment_on and data.appointment_at is not None,
            "due": data.due_on and not data.appointment_on,
            "date": data.appointment_on or data.due_on,
            "institution": known(service.institution),
            "place": self._place(),
            "officer": clean(data.officer),
            "desk": clean(data.desk),
            "person": clean(data.person),
            "assured": service.assured_on,
            "stale": service.checked_on and not service.assured_on,
            "documents": documents,
            "no_documents": service.documents == (),
            "more_documents": len(documents) > budget.first_documents,
            "cut_documents": len(documents) > budget.documents,
            "steps": steps,
            "cut_steps": len(steps) > budget.steps,
            "free": fold(service.cost) == "gratis",
            "cost": known(service.cost),
            "phone": self._contact()[0],
            "contact": self._contact()[1],
            "office_contact": known(data.office_contact),
            "notes": budget.notes,
            "room": budget.room,
            "two_languages": self.words.languages[0] != self.words.languages[1],
        }
        return frozenset(name for name, fact in facts.items() if fact)

    def _place(self) -> str:
        return known(self.data.place) or known(self.data.service.address)

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
            "part": self.words.pair(part_of_day(at))[index] if at is not None else "",
            "checked": translator.long_date(data.service.checked_on) if data.service.checked_on else "",
            "institution": clip(known(data.service.institution), letters),
            "place": clip(self._place(), letters),
            "cost": self.words.phrase("cost", cost, self.budget.letters)[1][index] if cost else "",
            "phone": phone,
            "contact": said_in(contact, translator),
            "officer": clip(data.officer, 40),
            "desk": clip(data.desk, 20),
            "office": clip(data.office, 90),
        }

    def _items(self) -> dict[str, tuple[Line, ...]]:
        documents, steps = self.data.service.documents or (), self.data.service.steps or ()
        first, last = self.budget.first_documents, self.budget.documents
        return {
            "documents": tuple(self._named("document", TICK, documents[:first])),
            "more_documents": tuple(self._named("document", TICK, documents[first:last])),
            "steps": tuple(self._named("step", STEP, steps[: self.budget.steps])),
        }

    def _named(self, kind: str, look: str, items: tuple[str, ...]) -> Iterator[Line]:
        for item in items:
            icon, texts = self.words.phrase(kind, item, self.budget.letters)
            yield Line(icon, (escape(texts[0]), escape(texts[1])), PLAIN if icon == "help" else look)

    def _picture(self) -> Picture | None:
        day = self.data.appointment_on or self.data.due_on
        if day is None:
            return None
        due, words = not self.data.appointment_on, self.words
        at = None if due else self.data.appointment_at
        title = " / ".join(dict.fromkeys(words.pair("qr_due_title" if due else "qr_title")))
        return Picture(
            day=day,
            at=at,
            month=" · ".join(dict.fromkeys(column.month_name(day.month) for column in words.columns)),
            weekday=" · ".join(dict.fromkeys(column.weekday(day) for column in words.columns)),
            before=words.joined("before") if due else "",
            part=words.joined(part_of_day(at)) if at is not None else "",
            beside=words.pair("go_before" if due else "hour"),
            caption=words.pair("qr_due" if due else "qr"),
            code=qr_matrix(calendar_entry(title, day, at, clip(self._place(), 90))),
        )


def part_of_day(at: time | None) -> str:
    """The frame row that names the part of the day."""
    hour = at.hour if at is not None else 0
    return "morning" if hour < 12 else "afternoon" if hour < 19 else "evening"
