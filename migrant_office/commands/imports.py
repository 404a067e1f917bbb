"""`import people`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from migrant_office.commands.common import Told, opened, said
from migrant_office.i18n import _, ngettext
from migrant_office.services.imports.people import import_people


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    room = commands.add_parser("import", parents=[common], help=_("bring in data from a spreadsheet: people"))
    kinds = room.add_subparsers(metavar=_("COMMAND"), required=True)
    people = kinds.add_parser("people", parents=[common], help=_("people from a .csv or .xlsx, all of them or none"))
    people.add_argument("file", type=Path, metavar=_("FILE"))
    people.add_argument("--map", required=True, type=Path, metavar="MAP.toml", help=_("what each column means"))
    people.set_defaults(run=run_people)


def run_people(given: argparse.Namespace) -> int:
    with opened(given) as office, Told() as progress:
        report = import_people(office, given.file, given.map, progress)
    said(
        ngettext("{count} person was imported.", "{count} people were imported.", report.people).format(
            count=report.people
        )
    )
    return 0
