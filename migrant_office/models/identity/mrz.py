"""The machine-readable zone of a passport, card or visa: what it says, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest
from itertools import islice

from migrant_office import clock
from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.identity import cleaning, repairing
from migrant_office.models.identity.layouts import FILLER, Layout
from migrant_office.models.identity.names import written_name
from migrant_office.models.identity.repairing import fits
from migrant_office.models.identity.states import is_known, state_of

_STRAY = frozenset("CEGKLSX")  # a smudged filler is read as one of these
_MOST_CUT, _MOST_READ, _MOST_MENDED = 5_000, 300, 6  # cuts of a text looked at, read, and read with corrections
_SHORTEST = 72  # characters of the smallest zone; with fewer somebody is still typing


class DocumentKind(Coded):
    """What lies on the desk, by the first letter of its code."""

    PASSPORT = "passport", N_("Passport")
    CARD = "id_card", N_("Identity card")
    VISA = "visa", N_("Visa")


_KINDS = {"P": DocumentKind.PASSPORT, "V": DocumentKind.VISA}


@dataclass(frozen=True)
class Reading:
    """One thing read. `checked` is whether its check digit agrees, None when it has none; `was` is what stood there,
    when it was corrected; `doubt` is a message id, when something else is strange.
    """

    value: str
    checked: bool | None = None
    was: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Mrz:
    """A zone that was read. Dates are ISO, shortened where the document does not say ("1990", "1990-05"); states are
    ISO alpha-2 or, where there is none, ICAO's letters; sex is F, M, X or ''. `whole` is the digit over everything.
    """

    layout: str
    code: str
    kind: DocumentKind
    country: Reading
    number: Reading
    nationality: Reading
    birth: Reading
    sex: Reading
    expiry: Reading
    given: Reading
    surnames: Reading
    optional: tuple[str, ...]
    whole: bool | None
    lines: tuple[str, ...]

    @property
    def readings(self) -> dict[str, Reading]:
        """Every reading by the name of its field."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Reading)}

    @property
    def is_certain(self) -> bool:
        """Whether every digit agrees and nothing was corrected or strange."""
        doubtful = any(r.checked is False or r.was or r.doubt for r in self.readings.values())
        return self.whole is not False and not doubtful


@dataclass(frozen=True)
class MrzProblem:
    """Why nothing was read. `code` is empty, short or unlike; `sentence` a message id."""

    code: str
    sentence: str


EMPTY = MrzProblem("empty", N_("Scan or type the lines with the signs < at the foot of the document."))
SHORT = MrzProblem("short", N_("The lines are not complete yet."))
UNLIKE = MrzProblem(
    "unlike", N_("These are not the lines of a passport or card. Type them as they stand, with every <.")
)


def read_mrz(text: str, today: date | None = None) -> Mrz | MrzProblem:
    """Read typed or scanned lines, in any case and with the rubbish that readers add. Never raises.

    `today` decides the century of a birth, which is never in the future; the desk's own day when it is None. A wrong
    check digit leaves a doubt on its field. What looked alike and was put right is told in `Reading.was`.
    """
    day, typed = today or clock.today(), cleaning.characters(text)
    likely = nlargest(_MOST_MENDED, _candidates(text, typed), key=lambda one: one.score(day, mend=False))
    best = max(likely, key=lambda one: one.score(day), default=None)
    if best is not None and best.score(day) >= _ENOUGH:
        return _read(best.layout, best.lines, day)
    if not typed:
        return EMPTY
    return SHORT if len(text) < _SHORTEST else UNLIKE


@dataclass(frozen=True)
class _Candidate:
    """One way to cut the text; `lost` are the points that it loses by what it leaves out or adds."""

    layout: Layout
    lines: tuple[str, ...]
    lost: int

    def score(self, today: date, *, mend: bool = True) -> int:
        return _score(_read(self.layout, self.lines, today, mend=mend)) - self.lost


def _candidates(text: str, typed: int) -> Iterator[_Candidate]:
    """The ways to cut the text that may be a zone; each once, and not more than a screen can wait for."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for layout, lines, other in islice(cleaning.zones(text), _MOST_CUT):
        if (layout.name, lines) in seen or not _may_be(layout, lines):
            continue
        seen.add((layout.name, lines))
        left_out = typed - cleaning.characters("".join(lines))
        yield _Candidate(layout, lines, min(left_out, _MOST_LEFT_OUT) + min(other, _MOST_OTHER))
        if len(seen) >= _MOST_READ:
            return


# -- whether it is one

_DIGIT, _STATE, _ENOUGH = 10, 3, 13  # points of a digit that agrees, of a state that exists, and what a zone must reach
_MOST_LEFT_OUT, _MOST_OTHER, _NO_DATES = 8, 4, 5  # points lost by rubbish around, by another length, without a date


def _may_be(layout: Layout, lines: tuple[str, ...]) -> bool:
    """A quick look before anything is computed: the code, and figures where the two dates stand."""
    if repairing.letters(lines[0][:1]) not in layout.begins:
        return False
    dates = layout.piece("birth", lines) + layout.piece("expiry", lines)
    states = layout.piece("country", lines) + layout.piece("nationality", lines)
    figures = repairing.digits(dates).replace(FILLER, "0")
    return figures.isdigit() and repairing.letters(states).replace(FILLER, "A").isalpha()


def _score(found: Mrz) -> int:
    """How much speaks for a reading: digits that agree count most, then states that exist; corrections cost."""
    readings = found.readings.values()
    agree = sum(reading.checked is True for reading in readings) + (found.whole is True)
    states = is_known(found.country.value) + is_known(found.nationality.value)
    against = sum(bool(r.was) + bool(r.doubt) + (r.checked is False) for r in readings)
    named = bool(found.surnames.value) + bool(found.given.value) + bool(found.sex.value)
    dated = bool(found.birth.value or found.expiry.value)
    return _DIGIT * agree + _STATE * states + named - against - (0 if dated else _NO_DATES)


# -- reading


def _read(layout: Layout, lines: tuple[str, ...], today: date, *, mend: bool = True) -> Mrz:
    """Read exact lines. Without `mend` number and optional data are taken as they stand: it is a look, quick."""
    told = _pieces(layout, lines)
    mended = _mended(layout, told, search=mend)
    whole = _whole(layout, mended)
    number, optional = _long_number(layout, told, mended)
    given, surnames = _names(told["names"], mended["names"])
    return Mrz(
        layout=layout.name,
        code=mended["code"].strip(FILLER),
        kind=_KINDS.get(mended["code"][0], DocumentKind.CARD),
        country=_state(told["country"], mended["country"]),
        number=number,
        nationality=_state(told["nationality"], mended["nationality"]),
        birth=_date("birth", told, mended, today),
        sex=_sex(told["sex"]),
        expiry=_date("expiry", told, mended, today),
        given=given,
        surnames=surnames,
        optional=tuple(filter(None, (_bare(optional), _bare(mended.get("more", ""))))),
        whole=whole,
        lines=_rebuilt(layout, mended),
    )


def _pieces(layout: Layout, lines: tuple[str, ...]) -> dict[str, str]:
    return {name: place.of(lines) for name, place in layout.places.items()}


_ONLY_FIGURES = ("birth", "expiry", "birth_digit", "expiry_digit", "number_digit", "optional_digit", "whole_digit")
_ONLY_LETTERS = ("code", "country", "nationality", "names")


def _mended(layout: Layout, told: dict[str, str], *, search: bool) -> dict[str, str]:
    """Each piece with what its place allows; with `search` number and optional data as the digits agree on."""
    mended = dict(told)
    for name in _ONLY_FIGURES:
        if name in told:
            mended[name] = repairing.digits(told[name])
    for name in _ONLY_LETTERS:
        mended[name] = repairing.letters(told[name])
    if not search:
        return mended

    def agrees(number: str, optional: str) -> bool:
        return _whole(layout, {**mended, "number": number, "optional": optional}) is not False

    number = repairing.spellings(mended["number"], mended["number_digit"])
    optional = repairing.spellings(mended["optional"], mended.get("optional_digit", ""))
    if pair := repairing.agreed(number, optional, agrees):
        mended["number"], mended["optional"] = pair
    return mended


def _rebuilt(layout: Layout, pieces: dict[str, str]) -> tuple[str, ...]:
    rows = [[FILLER] * layout.width for _line in range(layout.lines)]
    for name, place in layout.places.items():
        rows[place.line][place.start : place.end] = pieces[name]
    return tuple("".join(row) for row in rows)


def _whole(layout: Layout, pieces: dict[str, str]) -> bool | None:
    if not layout.whole:
        return None
    return fits(layout.covered(_rebuilt(layout, pieces)), pieces["whole_digit"])


def _bare(text: str) -> str:
    """Optional data without their fillers."""
    return " ".join(text.replace(FILLER, " ").split())


def _long_number(layout: Layout, told: dict[str, str], mended: dict[str, str]) -> tuple[Reading, str]:
    """The number and what remains of the optional data. On cards a number of more than nine characters goes on there,
    with its check digit behind it and a filler in the usual place of the digit (part 5, section 4.2.4).
    """
    rest = mended["optional"].split(FILLER, 1)[0]
    if mended["number_digit"] == FILLER and layout.width < 44 and len(rest) > 1 and mended["number"][-1] != FILLER:
        number, digit = mended["number"] + rest[:-1], repairing.digits(rest[-1])
        return Reading(number, fits(number, digit)), mended["optional"][len(rest) :]
    was = _bare(told["number"]) if told["number"] != mended["number"] else ""
    checked = fits(mended["number"], mended["number_digit"]) if mended["number"].strip(FILLER) else None
    return Reading(_bare(mended["number"]), checked, was), mended["optional"]


def _state(told: str, mended: str) -> Reading:
    code = state_of(mended)
    was = told.strip(FILLER) if told != mended else ""
    return Reading(code, None, was, "" if is_known(code) else N_("No state has this code."))


def _sex(told: str) -> Reading:
    if told in ("F", "M", "X"):
        return Reading(told)
    return Reading("", None, "", "" if told == FILLER else N_("The sign for the sex is not clear."))


# -- dates

_NO_SUCH_DAY = N_("There is no such day. Look at the document.")


def _date(name: str, told: dict[str, str], mended: dict[str, str], today: date) -> Reading:
    text, digit = mended[name], mended[f"{name}_digit"]
    was = told[name] if told[name] != text else ""
    if not text.strip(FILLER):
        return Reading("", None, was)
    value = _iso(text, today, birth=name == "birth")
    return Reading(value, fits(text, digit), was, "" if value else _NO_SUCH_DAY)


def _iso(text: str, today: date, *, birth: bool) -> str:
    """YYMMDD as ISO, shortened where day or month are fillers; '' when it is no date.

    A birth lies in the latest century that is not to come, an end of validity in the one nearest to today.
    """
    year, month, day = (text[at : at + 2] for at in (0, 2, 4))
    if not year.isdigit():
        return ""
    known = [part for part in (month, day) if part.isdigit()]
    if FILLER in "".join(known) or (day.isdigit() and not month.isdigit()):
        return ""
    near = today.year - today.year % 100 + int(year)
    days = [found for full in (near - 100, near, near + 100) if (found := _day(full, known))]
    if birth:
        days = [found for found in days if found <= today]
    else:
        days.sort(key=lambda found: -abs((found - today).days))
    return days[-1].isoformat()[: 4 + 3 * len(known)] if days else ""


def _day(year: int, known: list[str]) -> date | None:
    """The day of that year; None when the calendar has none."""
    try:
        month, day = (int(part) for part in (*known, "01", "01")[:2])
        return date(year, month, day)
    except ValueError:
        return None


# -- names

_CUT = N_("The line is full: the name may go on.")
_STRANGE = N_("There is something after the names. Look at the document.")


def _names(told: str, mended: str) -> tuple[Reading, Reading]:
    """Given names and surnames; what stands behind them is a smudge, or a doubt."""
    surnames, _sep, after = mended.partition(FILLER * 2)
    given, _sep, rest = after.strip(FILLER).partition(FILLER * 2)
    was = told.rstrip(FILLER) if told != mended else ""
    doubt = _CUT if mended[-1] != FILLER else ""
    if strays := rest.replace(FILLER, ""):
        smudge = all(c in _STRAY for c in strays)
        was, doubt = (was or told.rstrip(FILLER), "") if smudge else (was, _STRANGE)
        given = given if smudge else f"{given}{FILLER}{rest}"
    first = Reading(written_name(_bare(given)), None, was, doubt)
    return first, replace(first, value=written_name(_bare(surnames)))
