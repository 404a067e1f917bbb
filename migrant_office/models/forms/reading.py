"""A form from a file: cells first, our checks next, pyxform last, and a list of everything wrong."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from migrant_office.i18n import N_
from migrant_office.models.forms.building import build
from migrant_office.models.forms.form import NO_VALUES, Form, FormRefused, Issue, Src
from migrant_office.models.forms.sheets import FOREIGN, MOST_BYTES, READERS, Sheets, refusal
from migrant_office.models.forms.workbook import from_workbook

KINDS = ("md", "csv", "xlsx")
log = logging.getLogger(__name__)
_ROW = re.compile(r"^\[row : (\d+)\]\s*")
_ON_SHEET = re.compile(r"'(survey|choices|settings)' sheet|on the (survey|choices|settings) ", re.IGNORECASE)


def load_form(data: bytes, kind: str, files: Mapping[str, bytes] = NO_VALUES, *, judge: bool = True) -> Form:
    """Read a form. `kind` is md, csv or xlsx; `files` are the csv files beside it that it may choose from, by name.
    Without `judge` pyxform is not asked: for a form that was judged when it came in, or when it was written.

    Raises FormRefused with every finding when any of them is an error; `Form.warnings` keeps the others.
    Takes up to a second for a large form: not on the thread that draws.
    """
    sheets, issues = _cells(data, kind)
    if "survey" not in sheets or not sheets["survey"].rows:
        raise FormRefused((*issues, Issue("error", Src(""), N_("The form has no sheet named survey, or it is empty."))))
    _check_foreign(sheets, issues)
    form = build(sheets, issues, files)
    if judge and not _errors(issues):
        issues += _judged(sheets)
    if _errors(issues):
        raise FormRefused(_in_order(issues))
    return replace(form, warnings=_in_order(issues))


def _cells(data: bytes, kind: str) -> tuple[Sheets, list[Issue]]:
    if kind not in KINDS:
        raise refusal(N_("A form is a file of the kind .xlsx, .csv or .md."))
    if len(data) > MOST_BYTES:
        raise refusal(N_("The file is too large for a form: at most {most} MB."), most=MOST_BYTES // 1_000_000)
    if kind == "xlsx":
        return from_workbook(data)
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise refusal(N_("This is a workbook with another ending in its name. Name it .xlsx and try again."))
    return READERS[kind](data)


def _check_foreign(sheets: Sheets, issues: list[Issue]) -> None:
    issues += [
        Issue("error", Src(name), N_("Sheets of this kind are not on this desk yet."))
        for name in sheets.keys() & FOREIGN
    ]


def _judged(sheets: Sheets) -> list[Issue]:
    """What pyxform says against it: a form that passes also runs in ODK and KoboToolbox.

    It is given the cells, not the file, and only forms that already passed our own checks.
    """
    from pyxform.errors import PyXFormError  # 0.2 s, wanted only here
    from pyxform.xls2xform import convert

    workbook: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        workbook[name] = [dict(row.cells) for row in sheet.rows]
        workbook[f"{name}_header"] = [dict.fromkeys(sheet.headings)]
    try:
        convert(workbook, warnings=[], form_name="data")
    except PyXFormError as error:
        return [_translated(str(error), sheets)]
    except Exception as error:  # it raises several kinds on odd cells
        log.warning("pyxform failed on a form: %s", type(error).__name__)  # never the cells
        return [Issue("error", Src(""), N_("The form cannot be read by the library that all its readers share."))]
    return []


def _translated(message: str, sheets: Sheets) -> Issue:
    """A finding of pyxform with its row as we count; its sentence stays in English."""
    src = Src("")
    if found := _ROW.search(message):
        named = _ON_SHEET.search(message)
        name = next((one.lower() for one in named.groups() if one), "survey") if named else "survey"
        rows, place = sheets[name].rows if name in sheets else (), int(found.group(1)) - 2
        src = Src(name, rows[place].number if 0 <= place < len(rows) else 0)
    return Issue("error", src, N_("Other readers of forms say: {detail}"), {"detail": _ROW.sub("", message)})


def _errors(issues: list[Issue]) -> bool:
    return any(issue.level == "error" for issue in issues)


def _in_order(issues: list[Issue]) -> tuple[Issue, ...]:
    sheets = {"settings": 1, "survey": 2, "choices": 3}
    unique = dict.fromkeys(
        (one.level, one.src, one.sentence, tuple(sorted(one.data.items(), key=str))) for one in issues
    )
    found = [Issue(level, src, sentence, dict(data)) for level, src, sentence, data in unique]
    return tuple(sorted(found, key=lambda one: (sheets.get(one.src.sheet, 0), one.src.row, one.src.offset)))
