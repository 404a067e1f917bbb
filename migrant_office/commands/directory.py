"""`directory import`, `directory export`, `directory check`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from migrant_office.commands.common import Told, opened, said
from migrant_office.i18n import _, ngettext, translator
from migrant_office.services.directory.exporting import FORMS, export_directory
from migrant_office.services.directory.importing import import_directory
from migrant_office.services.directory.reading import read_directory
from migrant_office.services.directory.refusals import SHOWN, Finding


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    room = commands.add_parser("directory", parents=[common], help=_("the service directory as HSDS 3.0, in and out"))
    kinds = room.add_subparsers(metavar=_("COMMAND"), required=True)
    where = _("a .json, a .zip, or a folder with its datapackage.json")
    taken = kinds.add_parser("import", parents=[common], help=_("take a directory in, all of it or nothing"))
    taken.add_argument("file", type=Path, metavar=_("FILE"), help=where)
    taken.set_defaults(run=run_import)
    given = kinds.add_parser("export", parents=[common], help=_("write the directory out"))
    given.add_argument("file", type=Path, metavar=_("FILE"), help=_("where to: a .json, a .zip, or a new folder"))
    given.add_argument(
        "--package", default="", metavar=_("NAME"), help=_("only what came in with this name, as it came")
    )
    given.add_argument(
        "--form", choices=FORMS, default="", help=_("how it is written (default: by the name of the file)")
    )
    given.set_defaults(run=run_export)
    check = kinds.add_parser("check", parents=[common], help=_("look for mistakes in a directory, without an office"))
    check.add_argument("file", type=Path, metavar=_("FILE"), help=where)
    check.set_defaults(run=run_check)


def run_import(given: argparse.Namespace) -> int:
    with opened(given) as office, Told() as progress:
        done = import_directory(office, given.file, progress)
    tell(done.remarks)
    new = ngettext("{count} new service", "{count} new services", done.new).format(count=done.new)
    known = ngettext("{count} that was here", "{count} that were here", done.known).format(count=done.known)
    said(_("Taken in: {new}, {known}.").format(new=new, known=known))
    return 0


def run_export(given: argparse.Namespace) -> int:
    with opened(given) as office, Told() as progress:
        count = export_directory(office, given.file, form=given.form, name=given.package, progress=progress)
    text = ngettext("Written: {count} service in {file}.", "Written: {count} services in {file}.", count)
    said(text.format(count=count, file=given.file.name))
    return 0


def run_check(given: argparse.Namespace) -> int:
    with Told() as progress:
        package, remarks = read_directory(given.file, progress)
    tell(remarks)
    count = len(package.tables.get("service", ()))
    text = ngettext(
        "The directory can be taken in: {count} service.", "The directory can be taken in: {count} services.", count
    )
    said(text.format(count=count))
    return 0


def tell(remarks: tuple[Finding, ...]) -> None:
    """What was taken as it is and is worth knowing."""
    for remark in remarks[:SHOWN]:
        said(_("Good to know: {text}").format(text=remark.text(translator())))
    if (more := len(remarks) - SHOWN) > 0:
        said(_("… and {count} more.").format(count=more))
