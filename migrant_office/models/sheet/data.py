"""What printed sheets say about whom: a referral or a service, a route."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

_UNKNOWN = re.compile(r"por confirmar|no dicho|ninguno dicho|(ver|igual que) [a-z]+-[a-z0-9-]+$", re.IGNORECASE)
"""How the catalogues write "no source says it", or point at another entry that a reader of the paper cannot open."""


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


@dataclass(frozen=True)
class RouteLine:
    """A fact in the left and the right language. `state` names the row of the wording that says how it stands."""

    state: str
    texts: tuple[str, str]
    hints: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class RouteGroup:
    """A need with its services, open ones first."""

    icon: str
    title: tuple[str, str]
    lines: tuple[RouteLine, ...]


@dataclass(frozen=True)
class RouteData:
    """What one printed Ruta says; `person` is the name as spoken. `draft`: some Creole of its lines, which do not stand
    in the wording of the sheet, was approved by nobody. `contact`: telephone and hours of the office.
    """

    office: str
    office_ht: str
    city: str
    person: str
    printed_on: date
    stations: tuple[RouteLine, ...]
    groups: tuple[RouteGroup, ...]
    papers: tuple[RouteLine, ...]
    demo: bool = False
    draft: bool = False
    contact: str = ""


def known(text: str) -> str:
    """A fact of the catalogue, or "" where the catalogue itself says that it is still to be confirmed."""
    clean = " ".join(text.split())
    return "" if _UNKNOWN.match(clean) else clean
