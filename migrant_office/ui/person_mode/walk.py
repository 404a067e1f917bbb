"""Which question the person is shown next: those that are asked now, take an answer and are not the officer's own."""

from __future__ import annotations

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind, Question

OFFICER_ONLY = "officer-only"
"""The appearance of a question that is never turned to the person."""
PAPERS = frozenset({"image", "file"})  # brought in by the officer
DEFAULT_SECOND = "ht"
SECONDS = (DEFAULT_SECOND, "en", "")


def question_at(filling: FormFilling, addr: str) -> Question:
    """The question behind an address, also behind that of one instance of a repeat. Raises KeyError."""
    found = filling.form.at(addr)
    if not isinstance(found, Question):
        raise KeyError(addr)
    return found


def second_language(filling: FormFilling) -> str:
    """The language beside Spanish: what the person said; Creole until then; none for who speaks Spanish."""
    asked = filling.form.mapped("person.language")
    told = filling.cell(asked.addr).value if asked else ""
    return {"es": "", "en": "en"}.get(told, DEFAULT_SECOND)


def following(second: str) -> str:
    """The language offered after this one, in a round."""
    return SECONDS[(SECONDS.index(second) + 1) % len(SECONDS)]


class Walk:
    """The way through a form from one question on. `here` is the address shown now, "" before the first and after the
    last. Each page shows its sensitive questions first, while the officer has just turned the screen and stands back.

    An answer may make a question appear that stands before: it comes next.
    """

    def __init__(self, filling: FormFilling, start: str = "") -> None:
        self.filling, self._start = filling, start
        self._pages = {q.addr: number for number, page in enumerate(filling.form.pages) for q in page.questions()}
        self._trail: list[str] = []
        self.here = ""

    def order(self) -> list[str]:
        """Every address to be shown as the answers are now, in the order of showing."""
        shown = list(self.filling.visible())
        start = shown.index(self._start) if self._start in shown else 0
        first = self._page(shown[start]) if shown else 0
        found = []
        for place, addr in enumerate(shown):
            question, page = question_at(self.filling, addr), self._page(addr)
            sensitive = self._is_sensitive(shown, place)
            ahead = page > first or (page == first and (place >= start or sensitive))
            if ahead and self._is_asked(addr, question):
                found.append((page, addr != self._start, not sensitive, place, addr))
        return [addr for *_rank, addr in sorted(found)]

    def _is_sensitive(self, shown: list[str], place: int) -> bool:
        """A note goes with the question that it introduces."""
        page = self._page(shown[place])
        for addr in shown[place:]:
            question = question_at(self.filling, addr)
            if question.kind is not Kind.NOTE:
                return question.sensitive and self._page(addr) == page
        return False

    def _page(self, addr: str) -> int:
        return self._pages.get(question_at(self.filling, addr).addr, 0)

    def _is_asked(self, addr: str, question: Question) -> bool:
        if OFFICER_ONLY in question.appearance or question.kind.value in PAPERS:
            return False
        return question.kind is Kind.NOTE or not self.filling.cell(addr).readonly

    def go_on(self) -> bool:
        """To the next question not shown yet; False, and `here` is "", after the last."""
        if self.here:
            self._trail.append(self.here)
        self.here = next((addr for addr in self.order() if addr not in self._trail), "")
        return bool(self.here)

    def can_go_back(self) -> bool:
        return bool(self._trail)

    def go_back(self) -> bool:
        """To the question shown before, if it is still asked; False when there is none."""
        asked = set(self.order())
        while self._trail:
            addr = self._trail.pop()
            if addr in asked:
                self.here = addr
                return True
        return False

    def last(self) -> str:
        """The address shown now or, after the end, the last one shown; "" when none was."""
        return self.here or (self._trail[-1] if self._trail else "")

    def dots(self) -> tuple[int, int]:
        """The place of the present question among those of its page, from 0, and how many they are; 0, 0 at the end."""
        if not self.here:
            return 0, 0
        page = self._page(self.here)
        brothers = [addr for addr in self.order() if self._page(addr) == page]
        return (brothers.index(self.here), len(brothers)) if self.here in brothers else (0, 0)
