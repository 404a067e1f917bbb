"""`forms check`, `list`, `save`, `load`, `count`: the forms that an office edits in a spreadsheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from migrant_office.commands.common import opened, said
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.city import cities, load_city
from migrant_office.models.forms.form import Form, FormRefused, Issue
from migrant_office.models.forms.lint import lint
from migrant_office.models.forms.reading import load_form
from migrant_office.models.forms.versions import What, migrate
from migrant_office.models.forms.writing import as_csv, as_workbook, sheets_of
from migrant_office.services import office_forms as forms
from migrant_office.services.intake.record import FIELDS
from migrant_office.services.intake.tally import asked, tally

LEVELS = {"error": N_("Must be mended"), "warning": N_("Better be mended"), "info": N_("Good to know")}
REFUSED = 1


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    room = commands.add_parser("forms", parents=[common], help=_("check, save and load the forms of the office"))
    kinds = room.add_subparsers(metavar=_("COMMAND"), required=True)
    check = kinds.add_parser("check", parents=[common], help=_("look for mistakes in a form, without an office"))
    check.add_argument("file", type=Path, metavar=_("FILE"), help=_("a form as .xlsx, .csv or .md"))
    check.set_defaults(run=run_check)
    listed = kinds.add_parser("list", parents=[common], help=_("the forms in use, with their versions"))
    listed.set_defaults(run=run_list)
    save = kinds.add_parser("save", parents=[common], help=_("write a form out, to edit it in a spreadsheet program"))
    save.add_argument("name", choices=forms.NAMES, help=_("which form"))
    save.add_argument("file", type=Path, metavar=_("FILE"), help=_("where to, as .xlsx or .csv"))
    save.add_argument("--city", choices=cities(), help=_("the form of a city, without an office"))
    save.set_defaults(run=run_save)
    load = kinds.add_parser("load", parents=[common], help=_("take a form in: it is used from then on"))
    load.add_argument("name", choices=forms.NAMES, help=_("which form"))
    load.add_argument("file", type=Path, metavar=_("FILE"), help=_("a form as .xlsx, .csv or .md"))
    load.set_defaults(run=run_load)
    count = kinds.add_parser("count", parents=[common], help=_("how people answered a question of the office's own"))
    count.add_argument("question", nargs="?", default="", help=_("name of the question; without it, all are named"))
    count.set_defaults(run=run_count)


def kind_of(file: Path) -> str:
    return file.suffix.removeprefix(".").lower()


def beside(file: Path) -> dict[str, bytes]:
    """The choice lists (.csv) that lie beside a form, for questions that choose from a file."""
    folder = file.parent
    return {one.name: one.read_bytes() for one in sorted(folder.glob("*.csv")) if one.resolve() != file.resolve()}


def read_form(file: Path) -> Form:
    """The form in a file. Raises `FormRefused`."""
    return load_form(file.read_bytes(), kind_of(file), beside(file))


def run_check(given: argparse.Namespace) -> int:
    try:
        form = read_form(given.file)
    except FormRefused as refused:
        tell(refused.issues)
        said(refused.text(translator()), error=True)
        return REFUSED
    tell((*form.warnings, *lint(form, fields=FIELDS)))
    questions = sum(question.takes_answer for question in form.root.questions())
    text = ngettext("The form can be used: {count} question.", "The form can be used: {count} questions.", questions)
    said(text.format(count=questions))
    return 0


def tell(issues: tuple[Issue, ...]) -> None:
    """The findings, what must be mended first; the same finding once."""
    order = list(LEVELS)
    seen = dict.fromkeys((issue.level, issue.text(translator())) for issue in issues)
    for level, text in sorted(seen, key=lambda one: order.index(one[0])):
        said(f"{_(LEVELS[level])}: {text}")


def run_list(given: argparse.Namespace) -> int:
    with opened(given) as office:
        for name in forms.NAMES:
            form = forms.in_use(office, name)
            if form is None:
                continue
            own = forms.loaded_versions(office, name)
            told = _("{name}: {title}, version {version}").format(name=name, title=form.title, version=form.version)
            said(told + (" · " + _("loaded {day}").format(day=translator().date(own[-1].made)) if own else ""))
    return 0


def run_save(given: argparse.Namespace) -> int:
    kind = kind_of(given.file)
    if kind not in ("xlsx", "csv"):
        raise UserError(N_("Name the file .xlsx or .csv."))
    if given.file.exists():
        raise UserError(N_("“{file}” exists already. Choose another name."), file=given.file.name)
    if given.city:
        sheets = sheets_of(forms.city_file(load_city(given.city).folder, given.name).read_bytes(), "md")
    else:
        with opened(given) as office:
            sheets = forms.sheets_in_use(office, given.name)
    data = as_workbook(sheets) if kind == "xlsx" else as_csv(sheets).encode("utf-8-sig")
    given.file.write_bytes(data)
    said(_("Written: {file}. After editing, write another version in its settings.").format(file=given.file.name))
    return 0


def run_load(given: argparse.Namespace) -> int:
    data, files = given.file.read_bytes(), beside(given.file)
    with opened(given) as office:
        try:
            loaded = forms.load(office, given.name, data, kind_of(given.file), files)
        except FormRefused as refused:
            tell(refused.issues)
            raise
    for change in migrate(loaded.before, loaded.form) if loaded.before else ():
        if change.what is not What.SAME:
            said(change.text(translator()))
    said(_("The form is in use from now on, in version {version}.").format(version=loaded.form.version or "–"))
    return 0


def run_count(given: argparse.Namespace) -> int:
    with opened(given) as office:
        if not given.question:
            for name, people in asked(office):
                said(f"{name}\t{people}")
            return 0
        for line in tally(office, given.question, translator()):
            said(f"{line.words}\t{line.people}")
    return 0
