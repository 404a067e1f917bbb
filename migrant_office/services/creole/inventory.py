"""Every Creole text of the program, once by its pair, with the places it stands in and whether it is approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import dates

from migrant_office import paths
from migrant_office.errors import UserError
from migrant_office.i18n import HT_DAYS, HT_MONTHS, N_, REGIONS
from migrant_office.models.city import cities, load_city
from migrant_office.models.coded import Coded
from migrant_office.models.office import Office
from migrant_office.models.parity import Pair, Review, Reviews, needs_review, normal, pair_of
from migrant_office.models.sheet import SheetText
from migrant_office.services import office_forms, parity, sheet_wording
from migrant_office.services.creole.side_by_side import Beside, Unreadable, csv_texts, messages_in, texts_in
from migrant_office.services.sheets.definition import read_frame, shipped
from migrant_office.services.sheets.kinds import WORDINGS

INTERFACE, DATES = "interface", "dates"
"""Places that are no file of a city: the windows, and the names of days and months."""
COMMON = "common"


class TextState(Coded):
    DRAFT = "draft", N_("draft")
    REVIEWED = "reviewed", N_("reviewed")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a text stands: `place` is a file under the forms ("santiago/sheets/referral.csv") or the name of something
    that is none, `spot` a row, a key or the English beside it.
    """

    place: str
    spot: str

    def __str__(self) -> str:
        return f"{self.place}: {self.spot}"


@dataclass(frozen=True, slots=True)
class CreoleText:
    """A Spanish text and its Creole, every place they stand in together, and who approved them; None is a draft."""

    where: tuple[Standing, ...]
    es: str
    ht: str
    review: Review | None = None

    @property
    def pair(self) -> Pair:
        return pair_of(self.es, self.ht)

    @property
    def state(self) -> TextState:
        return TextState.REVIEWED if self.review else TextState.DRAFT

    @property
    def reviewer(self) -> str:
        return self.review.reviewer if self.review else ""

    @property
    def date(self) -> date | None:
        return self.review.on if self.review else None

    @property
    def places(self) -> tuple[str, ...]:
        """The places, each once."""
        return tuple(dict.fromkeys(standing.place for standing in self.where))


Found = Iterable[tuple[str, Beside]]  # place and text


def creole_texts(city: str = "", reviews: Reviews | None = None) -> tuple[CreoleText, ...]:
    """All Creole that the program ships for a city, or for every city; approved as the program says unless other
    reviews are given.

    Raises `UserError` for a city there is not and for a file that cannot be read.
    """
    ours = [load_city(city).id] if city else cities()
    files = file_texts(paths.resources() / "forms", (*ours, COMMON))
    known = Reviews(each.review for each in parity.shipped()) if reviews is None else reviews
    return judged([*files, *common_texts(paths.resources() / "i18n")], known)


def office_texts(office: Office) -> tuple[CreoleText, ...]:
    """All Creole that this office shows and prints, its own wordings and forms in place of the city's, approved as it
    says. Raises `UserError` as `creole_texts`.
    """
    own: dict[str, list[Beside]] = dict(_own_forms(office))
    own |= dict(_wordings(office))
    files = file_texts(paths.resources() / "forms", (office.city.id, COMMON))
    kept = [(place, text) for place, text in files if place not in own]
    mine = [(place, text) for place, texts in own.items() for text in texts]
    return judged([*kept, *mine, *common_texts(paths.resources() / "i18n")], parity.standing(office))


def _own_forms(office: Office) -> Iterator[tuple[str, list[Beside]]]:
    for name in office_forms.NAMES:
        if versions := office_forms.loaded_versions(office, name):
            place = f"{office.city.id}/{office_forms.FILES.get(name, name)}.md"
            yield place, list(csv_texts(versions[-1].source))


def _wordings(office: Office) -> Iterator[tuple[str, list[Beside]]]:
    """The rows of each sheet as this office prints them; what all sheets share stands in files of its own."""
    forms = paths.resources() / "forms"
    shared = {(row.es, row.ht) for row in read_frame(forms / COMMON / "sheets" / "frame.csv")}
    for name in WORDINGS:
        with suppress(UserError):  # a sheet that cannot be printed has nothing to approve
            rows = sheet_wording.definition(office, name).rows
            place = shipped(office.city.id, name).relative_to(forms).as_posix()
            yield place, [_beside(row) for row in rows if row.section != "frame" or (row.es, row.ht) not in shared]


def _beside(row: SheetText) -> Beside:
    return Beside(row.id, row.es, row.ht)


def file_texts(forms: Path, folders: Iterable[str]) -> list[tuple[str, Beside]]:
    """The texts of every file in some folders of the forms. Raises `UserError` for one that cannot be read."""
    found = []
    for folder in folders:
        for path in sorted((forms / folder).rglob("*")):
            place = path.relative_to(forms).as_posix()
            try:
                found += [(place, text) for text in texts_in(path)]
            except (Unreadable, OSError) as error:
                raise UserError(N_("“{file}” cannot be read. Restore the file."), file=place) from error
    return found


def common_texts(i18n: Path) -> list[tuple[str, Beside]]:
    """What no city says for itself: windows, countries, days and months."""
    found = [("countries.csv", text) for text in texts_in(i18n / "countries.csv")]
    for spanish in ("es", *(f"es_{region}" for region in REGIONS)):  # a country says some of them in its own words
        found += [(INTERFACE, text) for text in messages_in(i18n / spanish, i18n / "ht")]
    months, days = dates.get_month_names("wide", "stand-alone", "es"), dates.get_day_names("wide", "stand-alone", "es")
    found += [(DATES, Beside(str(n), str(months[n]), ht)) for n, ht in enumerate(HT_MONTHS, 1)]
    return [*found, *((DATES, Beside(str(n), str(days[n]), ht)) for n, ht in enumerate(HT_DAYS))]


def judged(found: Found, reviews: Reviews) -> tuple[CreoleText, ...]:
    """The texts that need a reader, each pair once in the order it was met, with its approval."""
    pairs: dict[Pair, tuple[str, str, list[Standing]]] = {}
    for place, text in found:
        if needs_review(text.es, text.ht):
            es, ht = normal(text.es), normal(text.ht)
            pairs.setdefault(pair_of(es, ht), (es, ht, []))[2].append(Standing(place, text.spot))
    return tuple(CreoleText(tuple(where), es, ht, reviews.by_hash(pair)) for pair, (es, ht, where) in pairs.items())


@dataclass(frozen=True, slots=True)
class Count:
    """How many texts of a place are approved, and how many are drafts."""

    place: str
    reviewed: int
    draft: int


def counted(texts: Iterable[CreoleText]) -> tuple[Count, ...]:
    """By place, in the order of their names; a text that stands in several counts in each."""
    found: dict[str, list[int]] = {}
    for text in texts:
        for place in text.places:
            found.setdefault(place, [0, 0])[text.state is TextState.DRAFT] += 1
    return tuple(Count(place, *found[place]) for place in sorted(found))


def chosen(texts: Iterable[CreoleText], place: str = "", *, drafts: bool = False) -> tuple[CreoleText, ...]:
    """Those of a place, named whole or by a folder or the end of its name ("sheets", "referral"), or only drafts."""
    return tuple(
        text
        for text in texts
        if (not drafts or text.state is TextState.DRAFT) and any(_is_in(each, place) for each in text.places)
    )


def _is_in(place: str, wanted: str) -> bool:
    parts = [*place.split("/"), Path(place).stem]
    return not wanted or place == wanted or wanted in parts or place.startswith(f"{wanted}/")
