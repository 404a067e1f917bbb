"""`creole status`, `creole export`, `creole import`: Creole out to its readers, and what they approved back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from migrant_office import clock, paths
from migrant_office.commands.common import opened, said
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.city import cities
from migrant_office.models.office import Office
from migrant_office.models.parity import pair_of, registered, write_registry
from migrant_office.services import parity
from migrant_office.services.creole import exchange
from migrant_office.services.creole.inventory import CreoleText, chosen, counted, creole_texts, office_texts

REFUSED = 1
SHOWN = 20  # rows named on the terminal; all are in the report


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    room = commands.add_parser("creole", parents=[common], help=_("who has read the Creole: out to readers and back"))
    kinds = room.add_subparsers(metavar=_("COMMAND"), required=True)
    status = kinds.add_parser("status", parents=[common], help=_("how many texts are reviewed, by place"))
    status.set_defaults(run=run_status)
    out = kinds.add_parser("export", parents=[common], help=_("write the texts out for a person who reads Creole"))
    out.add_argument("file", type=Path, metavar=_("FILE"), help=_("where to, as .xlsx or .csv"))
    place = _("only a folder or file of them: {places}…").format(places="sheets, notice, interface")
    out.add_argument("--place", default="", metavar=_("PLACE"), help=place)
    out.add_argument("--drafts", action="store_true", help=_("only what nobody has approved"))
    out.set_defaults(run=run_export)
    back = kinds.add_parser("import", parents=[common], help=_("take in what a reader approved"))
    back.add_argument("file", type=Path, metavar=_("FILE"), help=_("the spreadsheet that came back"))
    back.add_argument("--reviewer", required=True, metavar=_("NAME"), help=_("name of the person who read the texts"))
    back.add_argument("--date", default="", metavar=_("DAY"), help=_("day of the reading, 2026-12-31 (default: today)"))
    where = _("file for corrections and refused rows (default: beside the spreadsheet)")
    back.add_argument("--report", type=Path, metavar=_("FILE"), help=where)
    back.set_defaults(run=run_import)
    for each in (status, out, back):
        which = each.add_mutually_exclusive_group()
        which.add_argument(
            "--office", action="store_true", help=_("in the office of --data; else what the program ships")
        )
        which.add_argument("--city", choices=cities(), default="", help=_("texts of one city; else of every city"))


@contextmanager
def texts_of(given: argparse.Namespace) -> Iterator[tuple[Office | None, tuple[CreoleText, ...]]]:
    """The office, if one was asked for, and the texts that the command is about. Whoever gives a passphrase means the
    office, and must not change what the program ships.
    """
    if given.office or given.passphrase_file is not None:
        with opened(given) as office:
            yield office, office_texts(office)
    else:
        yield None, creole_texts(given.city)


def run_status(given: argparse.Namespace) -> int:
    with texts_of(given) as (_office, texts):
        for count in counted(texts):
            line = _("{place}: {reviewed} reviewed, {draft} draft")
            said(line.format(place=count.place, reviewed=count.reviewed, draft=count.draft))
        reviewed = sum(1 for text in texts if text.review)
        line = _("In all, each text once: {reviewed} reviewed, {draft} draft")
        said(line.format(reviewed=reviewed, draft=len(texts) - reviewed))
    return 0


def run_export(given: argparse.Namespace) -> int:
    new_file(given.file)
    with texts_of(given) as (_office, texts):
        found = chosen(texts, given.place, drafts=given.drafts)
        if not found:
            raise UserError(N_("There is no such text. “{command}” names the places."), command="creole status")
        paths.write_atomically(given.file, exchange.written(found, given.file.suffix), private=False)
    text = ngettext("Written: {count} text in {file}.", "Written: {count} texts in {file}.", len(found))
    said(text.format(count=len(found), file=given.file.name))
    return 0


def new_file(file: Path) -> None:
    """Raises `UserError` for a file that is no spreadsheet or exists already."""
    if file.suffix.lower() not in exchange.KINDS:
        raise UserError(N_("Name the file .xlsx or .csv."))
    if file.exists():
        raise UserError(N_("“{file}” exists already. Choose another name."), file=file.name)


def run_import(given: argparse.Namespace) -> int:
    """Returns 1 when any row is refused; what the others approve is taken all the same."""
    report = given.report or given.file.with_name(f"{given.file.stem}-report.csv")
    new_file(report)
    on = day_of(given.date)
    with texts_of(given) as (office, texts):
        found = exchange.read(given.file, texts)
        if office:
            parity.approve(office, found.approved, given.reviewer, on)
            parity.withdraw(office, found.withdrawn)
        elif found.approved or found.withdrawn:
            keep(found, given.reviewer, on)
    if found.told:
        paths.write_atomically(report, exchange.report(found, translator(), report.suffix), private=False)
    tell(found, report)
    return REFUSED if any(told.refused for told in found.told) else 0


def tell(found: exchange.Read, report: Path) -> None:
    count = len(found.approved)
    said(ngettext("{count} text is approved.", "{count} texts are approved.", count).format(count=count))
    if count := len(found.withdrawn):
        text = ngettext("{count} text is a draft again.", "{count} texts are drafts again.", count)
        said(text.format(count=count))
    for told in found.told[:SHOWN]:
        said(_("Row {row}: {why}").format(row=told.row or "–", why=told.why.text(translator())))
    if found.told:
        line = ngettext(
            "{count} row needs somebody: see {file}.", "{count} rows need somebody: see {file}.", len(found.told)
        )
        said(line.format(count=len(found.told), file=report.name))


def day_of(text: str) -> date:
    """A day as 2026-12-31, today's where none is given. Raises `UserError` for what is none."""
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as error:
        raise UserError(N_("“{text}” is no day. Write it as 2026-12-31."), text=text) from error


def keep(found: exchange.Read, reviewer: str, on: date) -> None:
    """Write what a reader decided into the registry that the program ships with; only a source tree has one to write.

    Raises `UserError` in an installed program, and as `parity.checked`.
    """
    file = paths.resources() / parity.REGISTRY
    if not (paths.resources().parent / "pyproject.toml").is_file():
        raise UserError(N_("An installed program keeps approvals in an office: add --office."))
    name, day = parity.checked(reviewer, on)
    kept = {(each.review.es_hash, each.review.ht_hash): each for each in parity.shipped()}
    for es, ht in found.withdrawn:
        kept.pop(pair_of(es, ht), None)
    for es, ht in found.approved:
        new = registered(es, ht, name, day)
        kept[new.review.es_hash, new.review.ht_hash] = new
    paths.write_atomically(file, write_registry(kept.values()).encode(), private=False)
