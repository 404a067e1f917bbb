"""What is compared of two records: plain values, from a case or from a form half filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from migrant_office.models.names.folding import fold, spelled, words

ENOUGH = 3  # things known of somebody, from which a likeness says something
PHONE = 8  # last digits of a phone number: with and without the codes of country and network


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Texts as they were written; `birth` None where no day is known, `about` when only its year was told. `documents`
    are numbers in any writing.
    """

    given: str = ""
    surname: str = ""
    second_surname: str = ""
    birth: date | None = None
    about: bool = False
    sex: str = ""
    nationality: str = ""
    phone: str = ""
    documents: tuple[str, ...] = ()

    @property
    def given_words(self) -> tuple[str, ...]:
        return spelled(self.given)

    @property
    def surname_words(self) -> tuple[str, ...]:
        """First surname, then the second; particles left out."""
        return (*spelled(self.surname), *spelled(self.second_surname))

    @property
    def surname_whole(self) -> str:
        """Both surnames as one word, particles in it, for those that somebody wrote together or apart."""
        return "".join(words(f"{self.surname} {self.second_surname}"))

    @property
    def phone_digits(self) -> str:
        """The end of the phone number; '' for what is too short to be one."""
        digits = re.sub(r"\D", "", self.phone)[-PHONE:]
        return digits if len(digits) == PHONE else ""

    @property
    def document_numbers(self) -> frozenset[str]:
        """Letters and digits alone; what is shorter than five is no number."""
        bare = (fold(number).replace(" ", "") for number in self.documents)
        return frozenset(number for number in bare if len(number) > 4 and any(c.isdigit() for c in number))

    @property
    def known(self) -> int:
        """How many things are known of somebody; none while there is neither a name nor a document."""
        who = (self.given, self.surname, self.second_surname, self.document_numbers)
        about = (self.birth, self.phone_digits, self.sex, self.nationality)
        return sum(map(bool, (*who, *about))) if any(who) else 0
