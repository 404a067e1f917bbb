"""`counts show` (exact, for management, logged), `close`, `revise`, `verify` and `audit` of published files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from migrant_office.commands.common import opened, said
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, translator
from migrant_office.models.counts.month import MONTH, QUARTER, YEAR, Month, Period, Quarter, Year
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services import catalogue, month
from migrant_office.services.counts.audit.report import ATTACKS, AuditReport
from migrant_office.services.counts.exact import ExactTable
from migrant_office.services.periods import changes, closing, verifying

CLOSED = {
    MONTH: N_("The month is closed. Its files are in: {folder}"),
    QUARTER: N_("The quarter is closed. Its files are in: {folder}"),
    YEAR: N_("The year is closed. Its files are in: {folder}"),
}


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    counts = commands.add_parser(
        "counts", parents=[common], help=_("the counts of a month, a quarter, a year: show, close, verify, audit")
    )
    kinds = counts.add_subparsers(metavar=_("COMMAND"), required=True)
    show = kinds.add_parser("show", parents=[common], help=_("exact counts, for management only; the look is logged"))
    add_period(show)
    show.add_argument(
        "--by",
        default="",
        metavar=_("LIST"),
        help=_("one-way tables of these dimensions, e.g. sex,age:survey,nationality:each,schooling"),
    )
    show.set_defaults(run=run_show)
    close = kinds.add_parser("close", parents=[common], help=_("freeze a period and write its protected files"))
    add_release(close)
    close.set_defaults(run=run_close)
    revise = kinds.add_parser(
        "revise", parents=[common], help=_("release a closed period once more, after its year; both stay in the ledger")
    )
    add_release(revise)
    revise.set_defaults(run=run_revise)
    verify = kinds.add_parser(
        "verify",
        parents=[common],
        help=_("whether published files are as they were released; with a passphrase by the office's ledger too"),
    )
    verify.add_argument("folder", type=Path, metavar=_("DIR"))
    verify.set_defaults(run=run_verify)
    attack = kinds.add_parser(
        "audit", parents=[common], help=_("attack published releases together, as somebody outside could")
    )
    attack.add_argument("folders", nargs="+", type=Path, metavar=_("DIR"))
    attack.set_defaults(run=run_audit)


def add_period(parser: argparse.ArgumentParser) -> None:
    """One of three ways to name a period."""
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("--month", metavar=_("YYYY-MM"))
    one.add_argument("--quarter", metavar=_("YYYY-QN"))
    one.add_argument("--year", metavar=_("YYYY"))


def add_release(parser: argparse.ArgumentParser) -> None:
    """What a release needs: a period, a folder, and two people."""
    add_period(parser)
    parser.add_argument("--out", required=True, type=Path, metavar=_("DIR"))
    parser.add_argument(
        "--second-user", default="", metavar=_("NAME"), help=_("who approves it beside you; only a demo does without")
    )


def period_of(given: argparse.Namespace) -> Period:
    """Raises `UserError` for what is no month, quarter or year."""
    if given.month is not None:
        return Month.parse(given.month)
    return Quarter.parse(given.quarter) if given.quarter is not None else Year.parse(given.year)


def in_words(period: Period) -> str:
    return translator().month(period.year, period.month) if isinstance(period, Month) else str(period)


def run_show(given: argparse.Namespace) -> int:
    wanted = period_of(given)
    with opened(given) as office:
        services = {line.id: line.name for line in catalogue.lines(office)}
        by = tuple(part.strip() for part in given.by.split(",") if part.strip())
        tables = month.exact(office, wanted, by, services=services)
    said(_("Exact counts of {month}: internal use, not to be passed on.").format(month=in_words(wanted)))
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
    wanted = period_of(given)
    with opened(given) as office:
        folder = month.close_and_publish(office, wanted, given.out, given.second_user)
    said(_(CLOSED[wanted.kind]).format(folder=folder))
    return 0


def run_revise(given: argparse.Namespace) -> int:
    """Say how many published cells differ; never how many people, which stays in the office."""
    wanted = period_of(given)
    with opened(given) as office:
        before = month.preview(office, wanted)
        release = closing.revise(office, wanted, given.second_user)
        folder = closing.publish(office, release, given.out)
    cells = len(changes.diff(before, release))
    said(_("Revised: {count} published figures changed. The files are in: {folder}").format(count=cells, folder=folder))
    return 0


def run_verify(given: argparse.Namespace) -> int:
    """By the checksums alone, or with a passphrase by the ledger of the office too. Raises `UserError` when something
    is not as it was released.
    """
    if given.passphrase_file is None:
        found = verifying.verify(given.folder)
    else:
        with opened(given) as office:
            found = verifying.verify(given.folder, office)
    for one in found:
        said(f"{_(one.what)}: {_(one.sentence).format(place=one.place) if one.sentence else _('in order')}")
    if any(one.sentence for one in found):
        raise UserError(N_("These files are not what was released. Do not use them; ask for them again."))
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
