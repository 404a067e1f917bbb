"""`init`, `demo`, `rebuild`, `check`, `recovery`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from migrant_office.commands.common import Told, opened, passphrase, said
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _
from migrant_office.models.city import cities, load_city
from migrant_office.services import checking, offices
from migrant_office.services.demo.making import make_demo

DEMO_PASSPHRASE = "oficina de muestra"  # noqa: S105 - an office of invented people has no secret


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    init = commands.add_parser("init", parents=[common], help=_("make a new office and show its recovery code"))
    init.add_argument("--city", required=True, choices=cities())
    init.add_argument("--name", default="", metavar=_("NAME"), help=_("name of the office"))
    init.set_defaults(run=run_init)
    demo = commands.add_parser("demo", parents=[common], help=_("make an office of invented people"))
    demo.add_argument("--city", choices=cities(), default="santiago")
    demo.add_argument("--people", type=number, default=400, metavar="N")
    demo.add_argument("--months", type=number, default=12, metavar="M")
    demo.add_argument(
        "--until", type=day, metavar=_("YYYY-MM-DD"), help=_("last day of the invented life (default: today)")
    )
    demo.add_argument("--seed", type=whole, default=7, metavar="S")
    demo.set_defaults(run=run_demo)
    rebuild = commands.add_parser("rebuild", parents=[common], help=_("make every table anew and compare"))
    rebuild.add_argument("--from-log", action="store_true", help=_("make the documents anew too, from the log"))
    rebuild.set_defaults(run=run_rebuild)
    check = commands.add_parser("check", parents=[common], help=_("look whether the office is whole"))
    check.set_defaults(run=run_check)
    recovery = commands.add_parser(
        "recovery", parents=[common], help=_("make a new recovery code in the place of the old")
    )
    recovery.set_defaults(run=run_recovery)


def whole(text: str) -> int:
    """A whole number, for argparse. Raises `UserError`, which argparse lets pass."""
    try:
        return int(text)
    except ValueError as error:
        raise UserError(N_("“{text}” is not a whole number."), text=text) from error


def number(text: str) -> int:
    """A whole number above zero, for argparse. Raises `UserError`."""
    if (value := whole(text)) < 1:
        raise UserError(N_("“{text}” is too little. Write a whole number above zero."), text=text)
    return value


def day(text: str) -> date:
    """A day, for argparse. Raises `UserError`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            N_("“{text}” is not a day. Write year, month and day, for example 2026-10-31."), text=text
        ) from error


def run_init(given: argparse.Namespace) -> int:
    code = offices.create_office(
        given.data, city=given.city, name=given.name, passphrase=passphrase(given), language=given.language or ""
    )
    said(_("The office was made. Print this recovery code and keep it away from the computer:"))
    said(code)
    return 0


def run_demo(given: argparse.Namespace) -> int:
    secret = passphrase(given) if given.passphrase_file else DEMO_PASSPHRASE
    with Told() as progress:
        make_demo(
            given.data,
            city=given.city,
            people=given.people,
            months=given.months,
            seed=given.seed,
            until=given.until or load_city(given.city).today(),
            passphrase=secret,
            language=given.language or "",
            progress=progress,
        )
    said(_("The demo office was made. Everybody in it is invented."))
    if not given.passphrase_file:
        said(_("Its passphrase is: {passphrase}").format(passphrase=secret))
    return 0


def run_rebuild(given: argparse.Namespace) -> int:
    with opened(given) as office, Told() as progress:
        rows, same = offices.rebuild(office, progress, replay=given.from_log)
    if not same:
        raise UserError(
            N_("{rows} rows were made anew and some differ from before. Tell who maintains the program."), rows=rows
        )
    said(_("{rows} rows were made anew, all as before.").format(rows=rows))
    return 0


def run_check(given: argparse.Namespace) -> int:
    with opened(given) as office, Told() as progress:
        findings = checking.check(office, progress)
    for finding in findings:
        said(
            f"{_(finding.what)}: {_(finding.sentence).format(place=finding.place) if finding.sentence else _('whole')}"
        )
    if any(finding.sentence for finding in findings):
        raise UserError(N_("The office is not whole. Keep a copy of its folder before doing anything else."))
    return 0


def run_recovery(given: argparse.Namespace) -> int:
    code = offices.renew_recovery(given.data, passphrase(given))
    said(_("This is the new recovery code; the old one opens nothing any more. Print it and keep it apart:"))
    said(code)
    return 0
