"""`counts show` (exact, for management, logged) and `counts close` (protected files)."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from migrant_office.commands.common import opened, said
from migrant_office.i18n import N_, _, translator
from migrant_office.models.coded import Coded, label_of
from migrant_office.models.counts.catalogue import EVERY_VALUE
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.terms import TOTAL, UNKNOWN, Lines
from migrant_office.models.person import Language, Schooling, Sex, Situation
from migrant_office.models.referral import Outcome
from migrant_office.services import catalogue, month
from migrant_office.services.counts.exact import ExactTable

COUNTRIES = ("nationality", "served_in")
CODES: dict[str, type[Coded]] = {
    "sex": Sex,
    "schooling": Schooling,
    "language": Language,
    "situation": Situation,
    "outcome": Outcome,
}
TITLES = {
    "schooling": N_("Schooling"),
    "children": N_("Children in care"),
    "language": N_("Language"),
    "situation": N_("Situation"),
    "served_in": N_("Country of the programme"),
    "service": N_("Service"),
    "outcome": N_("What came of it"),
}


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    counts = commands.add_parser("counts", parents=[common], help=_("the counts of a month: show, close"))
    kinds = counts.add_subparsers(metavar=_("COMMAND"), required=True)
    show = kinds.add_parser("show", parents=[common], help=_("exact counts, for management only; the look is logged"))
    show.add_argument("--month", required=True, metavar=_("YYYY-MM"))
    show.add_argument(
        "--by",
        default="",
        metavar=_("LIST"),
        help=_("one-way tables of these dimensions, e.g. sex,age:survey,nationality:each,schooling"),
    )
    show.set_defaults(run=run_show)
    close = kinds.add_parser("close", parents=[common], help=_("freeze a month and write its protected files"))
    close.add_argument("--month", required=True, metavar=_("YYYY-MM"))
    close.add_argument("--out", required=True, type=Path, metavar=_("DIR"))
    close.set_defaults(run=run_close)


def run_show(given: argparse.Namespace) -> int:
    wanted = Month.parse(given.month)
    with opened(given) as office:
        tables = month.exact(office, wanted, tuple(part.strip() for part in given.by.split(",") if part.strip()))
        services = {line.id: line.name for line in catalogue.lines(office)}
    said(
        _("Exact counts of {month}: internal use, not to be passed on.").format(
            month=translator().month(wanted.year, wanted.month)
        )
    )
    for table in tables:
        for line in lines(table, services):
            said(line)
    return 0


def lines(table: ExactTable, services: Mapping[str, str]) -> list[str]:
    """A table as text: persons and events apart, lines without anybody left out."""
    lang = translator().lang
    title = _(TITLES[table.code]) if table.code in TITLES else table.label.get(lang)
    found = ["", f"{title} · {table.indicator_label.get(lang)}", f"  {'':40} {_('persons'):>10} {_('events'):>10}"]
    for cell in table.cells:
        if cell.persons or cell.events:
            names = [
                name_of(dimension, code, services) for dimension, code in zip(table.dimensions, cell.codes, strict=True)
            ]
            found.append(f"  {' · '.join(names) or _('Total'):40} {cell.persons:>10} {cell.events:>10}")
    return found


def name_of(dimension: Lines, code: str, services: Mapping[str, str]) -> str:
    """A line in words; where every value has its own line, those of the field it was told in."""
    if code == TOTAL:
        return _("Total")
    name, _colon, scheme = dimension.id.partition(":")
    if scheme != EVERY_VALUE:
        return dimension.label_of(code).get(translator().lang)
    if code == UNKNOWN:
        return _("No answer")
    if name in COUNTRIES:
        return _("Other") if code == "other" else translator().country(code)
    if name == "service":
        return services.get(code, code)
    label = label_of(CODES[name](code)) if name in CODES and code in set(CODES[name]) else code
    return _(label)


def run_close(given: argparse.Namespace) -> int:
    wanted = Month.parse(given.month)
    with opened(given) as office:
        folder = month.close_and_publish(office, wanted, given.out)
    said(_("The month is closed. Its files are in: {folder}").format(folder=folder))
    return 0
