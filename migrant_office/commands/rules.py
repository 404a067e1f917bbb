"""`rules check`: whether the rules of a city can be used, and everything that is wrong with them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from migrant_office.commands.common import said
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.city import cities, load_city
from migrant_office.models.eligibility.library import FILE, vocabulary
from migrant_office.models.eligibility.reading import RulesRefused, read_rules
from migrant_office.services.directory.source import NOT_UTF8

REFUSED = 1


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    room = commands.add_parser("rules", parents=[common], help=_("check who can have which service"))
    kinds = room.add_subparsers(metavar=_("COMMAND"), required=True)
    check = kinds.add_parser("check", parents=[common], help=_("look for mistakes in the rules, without an office"))
    check.add_argument("file", type=Path, nargs="?", metavar=_("FILE"), help=_("a file of rules; with --city"))
    whose = _("whose services and forms the rules speak of; else every city")
    check.add_argument("--city", choices=cities(), help=whose)
    check.set_defaults(run=run_check)


def run_check(given: argparse.Namespace) -> int:
    """Returns 1 when any rule must be mended; each finding is a line."""
    if given.file is not None and not given.city:
        raise UserError(N_("Say whose rules these are with --city."))
    if given.file is not None:
        return check_one(given.city, given.file)
    files = {city: load_city(city).folder / FILE for city in ([given.city] if given.city else cities())}
    return max((check_one(city, file) for city, file in files.items() if file.is_file() or given.city), default=0)


def check_one(city: str, file: Path) -> int:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(NOT_UTF8, name=file.name) from error
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read. Check its name and who may read it."), file=file.name) from error
    try:
        book = read_rules(text, vocabulary(city))
    except RulesRefused as refused:
        for issue in refused.issues:
            said(f"{city}: {issue.text(translator())}")
        count = len(refused.issues)
        text = ngettext("{city}: {count} thing must be mended.", "{city}: {count} things must be mended.", count)
        said(text.format(city=city, count=count), error=True)
        return REFUSED
    text = ngettext("{city}: {count} rule can be used.", "{city}: {count} rules can be used.", len(book.rules))
    said(text.format(city=city, count=len(book.rules)))
    return 0
