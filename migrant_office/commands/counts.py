"""`counts show` (exact, for management, logged) and `counts close` (protected files), `counts audit`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from migrant_office.commands.common import opened, said
from migrant_office.i18n import _, translator
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services import catalogue, month
from migrant_office.services.counts.audit.report import ATTACKS, AuditReport
from migrant_office.services.counts.exact import ExactTable


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    counts = commands.add_parser("counts", parents=[common], help=_("the counts of a month: show, close, audit"))
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
    attack = kinds.add_parser(
        "audit", parents=[common], help=_("attack published releases together, as somebody outside could")
    )
    attack.add_argument("folders", nargs="+", type=Path, metavar=_("DIR"))
    attack.set_defaults(run=run_audit)


def run_show(given: argparse.Namespace) -> int:
    wanted = Month.parse(given.month)
    with opened(given) as office:
        services = {line.id: line.name for line in catalogue.lines(office)}
        by = tuple(part.strip() for part in given.by.split(",") if part.strip())
        tables = month.exact(office, wanted, by, services=services)
    said(
        _("Exact counts of {month}: internal use, not to be passed on.").format(
            month=translator().month(wanted.year, wanted.month)
        )
    )
    for table in tables:
        for line in lines(table):
            said(line)
    return 0


def lines(table: ExactTable) -> list[str]:
    """A table as text: persons and events apart, lines without anybody left out."""
    lang = translator().lang
    found = [
        "",
        f"{table.label.get(lang)} · {table.indicator_label.get(lang)}",
        f"  {'':40} {_('persons'):>10} {_('events'):>10}",
    ]
    for cell in table.cells:
        if cell.persons or cell.events:
            pairs = zip(table.dimensions, cell.codes, strict=True)
            names = [_("Total") if code == TOTAL else dimension.label_of(code).get(lang) for dimension, code in pairs]
            found.append(f"  {' · '.join(names) or _('Total'):40} {cell.persons:>10} {cell.events:>10}")
    return found


def run_close(given: argparse.Namespace) -> int:
    wanted = Month.parse(given.month)
    with opened(given) as office:
        folder = month.close_and_publish(office, wanted, given.out)
    said(_("The month is closed. Its files are in: {folder}").format(folder=folder))
    return 0


def run_audit(given: argparse.Namespace) -> int:
    """Reads releases from their files alone; no office is opened. 1 when any attack succeeds."""
    from migrant_office.services.counts.audit.reading import folders, read_stored
    from migrant_office.services.counts.audit.stored import audit_stored  # the solver: not at the start

    passed = True
    for report in audit_stored([read_stored(folder) for folder in folders(given.folders)]):
        passed &= report.passed
        for line in audit_lines(report):
            said(line)
    said(_("Every attack failed.") if passed else _("An attack succeeded. Do not pass these files on."))
    return 0 if passed else 1


def audit_lines(report: AuditReport) -> list[str]:
    """One paragraph an attack: its number and name, how it went, and in words what was found."""
    t = translator()
    found = [", ".join(report.releases)]
    for finding in report.findings:
        word = (
            t.gettext("not tried") if not finding.ran else t.gettext("holds") if finding.passed else t.gettext("BROKEN")
        )
        found.append(f"  {finding.attack:4}{word} · {t.gettext(ATTACKS[finding.attack])}")
        found.append(f"      {finding.words(t)}")
    return found
