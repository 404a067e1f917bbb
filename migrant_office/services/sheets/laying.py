"""Lays an office's rows over the wording that the program ships, and says what is wrong with a row.

A row that cannot be used here, because a newer program wrote it or two desks changed it at once, is left out and the
program's own is printed in its place: the sheet is always there, and the screen says which row waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGE_NAMES, N_
from migrant_office.models.sheet import SheetDefinition, SheetText
from migrant_office.models.sheet_row import SAID, SheetRow, fingerprint
from migrant_office.services.sheets.definition import NO_TEXT, braces, fault
from migrant_office.services.sheets.kinds import FRAME, WORDINGS, Wording

FRAMED, TITLE, HEAD, PICTURE = "frame", "title", "head", "picture"
LONGEST = 400
"""Letters of one row in one language; a row of fixed place has at most twice its program's and `MORE`."""
MORE = 40
KEYS = ("text", "tick", "step", "call", "lines")
"""What a row of the office's can be: words, with a box to tick, a numbered step, a telephone in large print, lines to
write on.
"""
NEWER = N_("A newer program wrote this row. Bring this program up to date.")
TOO_MANY = N_("A sheet holds at most {count} rows of the office. Take one away first.")
MOST_OWN = 60


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A row as it stands in this office. `text` is what is printed, or would be if it were not `removed`; `said` what
    the office wrote, the same unless there is a `fault`, which says why not. `shipped` is the program's, None for a row
    of the office's own. One that is `needed` can be changed, but neither taken out nor made to depend on something
    else. `place`: within its section.
    """

    text: SheetText
    said: SheetText
    shipped: SheetText | None = None
    kept: SheetRow | None = None
    fault: UserError | None = None
    needed: bool = False
    place: float = 0.0

    @property
    def id(self) -> str:
        return self.kept.id if self.kept else self.text.id

    @property
    def removed(self) -> bool:
        return self.kept is not None and self.kept.removed and not self.needed

    @property
    def own(self) -> bool:
        return self.shipped is None

    @property
    def changed(self) -> bool:
        """Whether the office says something here that the program does not."""
        kept = self.kept
        return kept is not None and (kept.own or kept.removed or any(getattr(kept, name) is not None for name in SAID))

    @property
    def moved(self) -> bool:
        return self.kept is not None and not self.kept.own and self.kept.place is not None

    @property
    def outdated(self) -> bool:
        """The program's text has changed since the office changed it."""
        if not self.changed or self.shipped is None or self.kept is None or self.kept.base is None:
            return False
        return self.kept.base != fingerprint(self.shipped)

    @property
    def fixed(self) -> bool:
        """A row that stays where it is: its place on the page is the code's."""
        return is_fixed(self.text)

    @property
    def worded(self) -> bool:
        """Whether it says something: a list that the program fills has no words of its own."""
        return self.text.key not in NO_TEXT


def is_fixed(row: SheetText) -> bool:
    return row.section in {FRAMED, TITLE} or row.key == HEAD


def lay(shipped: SheetDefinition, kept: Mapping[str, SheetRow]) -> tuple[WordingRow, ...]:
    """Every row of a sheet in its order, those taken out among them: the frame first."""
    wording = WORDINGS[shipped.name]
    needed = needed_rows(shipped)
    found: dict[str, list[WordingRow]] = {}
    for row in shipped.rows:
        rows = found.setdefault(row.section, [])
        rows.append(_laid(row, kept.get(row.id), wording, needed=row.id in needed, place=len(rows) + 1.0))
    program = {row.id for row in shipped.rows}
    for own in sorted(kept.values(), key=lambda row: row.id):
        if own.id not in program:
            section = str(own.section) if str(own.section) in found else next(reversed(found))
            found[section].append(_added(own, wording, found))
    return tuple(row for rows in found.values() for row in sorted(rows, key=_order))


def needed_rows(shipped: SheetDefinition) -> frozenset[str]:
    """The ids of rows that the code asks for, and of heads under which the picture of an appointment is drawn."""
    wording = WORDINGS[shipped.name]
    pictured = {row.section for row in shipped.rows if row.key == PICTURE}
    asked = wording.required | {f"{FRAMED}.{key}" for key in FRAME}
    return frozenset(
        row.id
        for row in shipped.rows
        if row.section == FRAMED or f"{row.section}.{row.key}" in asked or (row.key == HEAD and row.section in pictured)
    )


def _order(row: WordingRow) -> tuple[float, bool, str]:
    return row.place, row.own, row.id


def _laid(shipped: SheetText, kept: SheetRow | None, wording: Wording, *, needed: bool, place: float) -> WordingRow:
    if kept is None:
        return WordingRow(shipped, shipped, shipped, needed=needed, place=place)
    said, wrong = _texts(kept)
    text = replace(shipped, **said)
    if needed:
        text = replace(text, condition=shipped.condition)
    wrong = wrong or refusal(text, shipped, wording)
    at = kept.place if isinstance(kept.place, float | int) and wording.framed and not is_fixed(shipped) else place
    return WordingRow(shipped if wrong else text, text, shipped, kept, wrong, needed, float(at))


def _added(own: SheetRow, wording: Wording, sections: Mapping[str, object]) -> WordingRow:
    said, wrong = _texts(own)
    texts = dict.fromkeys(SAID, "") | said
    text = SheetText(section=str(own.section or ""), key=str(own.key or ""), id=own.id, **texts)
    wrong = wrong or refusal(text, None, wording)
    if text.section not in sections:
        wrong = UserError(N_("The program has no such row or part any more."))
    elif not is_fixed(text) and text.key not in KEYS:
        wrong = UserError(NEWER)
    elif is_fixed(text) or not wording.framed:
        wrong = UserError(N_("This part of the sheet takes no rows of the office."))
    place = float(own.place) if isinstance(own.place, float | int) else 1e6
    return WordingRow(text, text, None, own, wrong, place=place)


def _texts(kept: SheetRow) -> tuple[dict[str, Any], UserError | None]:
    """What the office says in which fields; a newer program may have written what this one cannot read."""
    told = {name: value for name in SAID if (value := getattr(kept, name)) is not None}
    known = {name: value for name, value in told.items() if isinstance(value, str)}
    return known, None if len(known) == len(told) else UserError(NEWER)


def printed(shipped: SheetDefinition, rows: Iterable[WordingRow]) -> SheetDefinition:
    """The wording as it is printed: without what was taken out, and without rows of the office that cannot be used."""
    return replace(shipped, rows=tuple(row.text for row in rows if not row.removed and not (row.own and row.fault)))


# -- what is wrong with a row


def cleaned(text: str) -> str:
    """What somebody typed, on one line and without characters that no paper shows."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def words_of(row: SheetText, shipped: SheetText | None, wording: Wording) -> frozenset[str]:
    """What may stand in braces in a row: where the code draws the text as it is, only what the program's has."""
    if wording.framed and row.section != FRAMED:
        return wording.words
    return (
        frozenset().union(*(braces(text) for text in (shipped.es, shipped.ht, shipped.en))) if shipped else frozenset()
    )


def refusal(row: SheetText, shipped: SheetText | None, wording: Wording) -> UserError | None:
    """Why a row cannot be printed, as a sentence that says what to do; None when it can."""
    texts = {"es": row.es, "ht": row.ht, "en": row.en}
    try:
        named = [braces(text) for text in texts.values()]
    except ValueError:
        return UserError(
            N_("A curly bracket is not right. Write a whole name such as {sample}, or no bracket."), sample="{office}"
        )
    if wrong := _wrong_braces(named, words_of(row, shipped, wording)):
        return wrong
    if wrong := _wrong(fault(row, wording), row, wording):
        return wrong
    most = LONGEST
    if shipped and (row.section == FRAMED or not wording.framed):
        most = 2 * max(len(shipped.es), len(shipped.ht), len(shipped.en)) + MORE
    if max(map(len, texts.values())) > most:
        return UserError(N_("The text is too long for its place: at most {count} letters."), count=most)
    return None


def _wrong_braces(named: list[frozenset[str]], words: AbstractSet[str]) -> UserError | None:
    if unknown := frozenset().union(*named) - words:
        return UserError(
            N_("“{name}” cannot be filled in here. What can: {known}."),
            name=shown(unknown),
            known=shown(words) or "–",
        )
    if named.count(named[0]) != len(named):
        every, common = frozenset().union(*named), named[0].intersection(*named)
        return UserError(
            N_("The three languages must have the same names in brackets: {name} is missing in one."),
            name=shown(every - common),
        )
    return None


def _wrong(found: str, row: SheetText, wording: Wording) -> UserError | None:
    """The sentence for what `definition.fault` found."""
    if not found:
        return None
    kind, _, word = found.partition("=")
    if kind == "icon":
        return UserError(N_("There is no icon “{icon}”. Choose one in the field Icon."), icon=word)
    if kind == "condition":
        return UserError(
            N_("It is to be printed only with “{word}”, which this sheet does not know. It knows: {known}."),
            word=word,
            known=", ".join(sorted(wording.flags)),
        )
    if kind == "**":
        return UserError(N_("Two asterisks begin bold letters and two end them: one pair is not closed."))
    lacking = [LANGUAGE_NAMES[lang] for lang in ("es", "ht", "en") if not row.text(lang)]
    if lacking:
        return UserError(
            N_("The text is missing in: {languages}. Write it in all three."), languages=", ".join(lacking)
        )
    return UserError(N_("This row cannot be printed: {fault}."), fault=found)


def shown(names: AbstractSet[str]) -> str:
    """Names as they are typed in a text."""
    return " ".join(f"{{{name}}}" for name in sorted(names))
