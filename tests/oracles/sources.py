"""Public forms from a folder: read, mended where a known reason keeps our reader or pyxform from them, and written
out once for both.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from migrant_office.models.forms.columns import Columns
from migrant_office.models.forms.form import Form, FormRefused
from migrant_office.models.forms.reading import load_form
from migrant_office.models.forms.sheets import MOST_COLUMNS, READERS, Row, Sheet, Sheets
from migrant_office.models.forms.workbook import _text as workbook_text

ENDINGS = (".xlsx", ".xls", ".csv", ".md")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_KEPT = re.compile(
    r"(text|string|integer|int|decimal|date|note|calculate|select[ _]one(?: from)?|select[ _]multiple(?: from)?|select1"
    r"|select all that apply(?: from)?|(?:begin|end)[ _](?:group|repeat))( |\Z)",
    re.IGNORECASE,
)
_WANTED = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm"})
_NOT_COMPARED = ("trigger", "parameters", "save_to", "default", "maps_to", "sensitive")
_MOST_LINES = 20_000
_BEGINS = re.compile(r"begin[ _](group|repeat)\Z", re.IGNORECASE)
_REMOVED = re.compile(r"(begin|end)[ _](loop|looped group|lgroup|looped)|include\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"instance\('contact-summary'\)|pulldata\(|jr:itext\(")  # reads what is not in the form
_MEDIA = re.compile(r"(media::|image|audio|video|big-image)", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """One form: ours, the XForm of the same cells, and what was mended before either could read it."""

    path: str
    form: Form
    xform: str
    mended: frozenset[str]


@dataclass
class Harvest:
    """What a folder gave; `refused` are (file, reason)."""

    sources: list[Source] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    as_they_are: int = 0


def gather(folder: Path, *, as_they_are: bool = False) -> Harvest:
    """Every form under a folder. With `as_they_are`, also how many our reader takes unmended."""
    harvest = Harvest()
    for file in sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS):
        name = str(file.relative_to(folder))
        try:
            data = file.read_bytes()
            if as_they_are:
                harvest.as_they_are += _loads(data, file.suffix.lower()[1:])
            sheets, mended = _mended(_read(data, file.suffix.lower()))
            xform = _xform(sheets)
            harvest.sources.append(Source(name, load_form(_written(_unmapped(sheets)), "csv"), xform, mended))
        except FormRefused as refused:
            harvest.refused.append((name, _reason(refused)))
        except Exception as error:  # a folder from anywhere holds anything
            harvest.refused.append(
                (name, f"{type(error).__name__}: {str(error).splitlines()[0][:150] if str(error) else ''}")
            )
    return harvest


def _loads(data: bytes, kind: str) -> bool:
    try:
        load_form(data, kind)
    except FormRefused:
        return False
    return True


def _reason(refused: FormRefused) -> str:
    first = next(issue for issue in refused.issues if issue.level == "error")
    more = sum(issue.level == "error" for issue in refused.issues) - 1
    return (
        first.sentence.format(**first.data)[:200]
        + f" ({first.src.sheet} {first.src.row}"
        + (f", and {more} more)" if more else ")")
    )


# -- reading


def _read(data: bytes, ending: str) -> Sheets:
    if data[:4] == _OLD_WORKBOOK:
        return _old_workbook(data)
    if data[:2] == b"PK":
        return _workbook(data)
    return READERS[ending[1:]](data)[0]


def _workbook(data: bytes) -> Sheets:
    """The cells alone: what our reader says against formulas and merged cells is no matter here."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found: Sheets = {}
    for worksheet in book:
        name = worksheet.title.strip().lower()
        if name in _WANTED:
            worksheet.reset_dimensions()
            lines = worksheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=_MOST_LINES)
            found[name] = _sheet(name, [[workbook_text(cell) for cell in line] for line in lines])
    return found


def _old_workbook(data: bytes) -> Sheets:
    import xlrd  # pyxform brings it

    book = xlrd.open_workbook(file_contents=data)
    return {
        sheet.name.strip().lower(): _sheet(sheet.name.strip().lower(), list(_lines(book, sheet)))
        for sheet in book.sheets()
    }


def _lines(book: object, sheet: object) -> Iterator[list[str]]:
    import xlrd

    for number in range(sheet.nrows):  # type: ignore[attr-defined]
        line = []
        for cell in sheet.row(number):  # type: ignore[attr-defined]
            if cell.ctype == xlrd.XL_CELL_NUMBER and float(cell.value).is_integer():
                line.append(str(int(cell.value)))
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                line.append("TRUE" if cell.value else "FALSE")
            elif cell.ctype == xlrd.XL_CELL_DATE:
                line.append(xlrd.xldate_as_datetime(cell.value, book.datemode).date().isoformat())  # type: ignore[attr-defined]
            else:
                line.append(str(cell.value).strip().replace("\xa0", " "))
        yield line


def _sheet(name: str, lines: list[list[str]]) -> Sheet:
    filled = [(number, line) for number, line in enumerate(lines, 1) if any(line)]
    if not filled:
        return Sheet(name, (), ())
    at, headings = filled[0]
    rows = tuple(
        Row(number, {key: cell for key, cell in zip(headings, line, strict=False) if key and cell})
        for number, line in filled[1:]
    )
    return Sheet(name, tuple(key for key in headings if key), rows, at)


# -- mending


def _mended(sheets: Sheets) -> tuple[Sheets, frozenset[str]]:
    """The form as far as expressions go: types of other platforms become texts, gaps in names and words are filled."""
    if "survey" not in sheets or not sheets["survey"].rows:
        raise ValueError("no sheet named survey")
    done: Counter[str] = Counter()
    found: Sheets = {
        name: sheets[name] for name in ("survey", "choices", "settings") if name in sheets and sheets[name].rows
    }
    if sheets.keys() & {"external_choices", "entities", "osm"}:
        done["sheet"] += 1
    found["survey"] = _survey(found["survey"], done)
    if "choices" in found:
        found["choices"] = _choices(found["choices"], done)
    settings = found.get("settings", Sheet("settings", (), (Row(2, {}),)))
    kept = {key: cell for key, cell in settings.rows[0].cells.items() if not _is(key, "name", "style", "instance_name")}
    found["settings"] = Sheet(
        "settings",
        tuple(dict.fromkeys((*kept, "allow_choice_duplicates"))),
        (Row(2, kept | {"allow_choice_duplicates": "yes"}),),
    )
    return found, frozenset(done)


def _is(heading: str, *names: str) -> bool:
    return heading.strip().lower().replace(" ", "_") in names


def _heading(sheet: Sheet, *names: str) -> str:
    return next((key for name in names for key in sheet.headings if _is(key, name)), names[0])


def _survey(survey: Sheet, done: Counter[str]) -> Sheet:
    kind, name = _heading(survey, "type", "command"), _heading(survey, "name", "tag", "value")
    label = next((key for key in survey.headings if key.lower().startswith(("label", "caption"))), "label")
    unknown = Columns(survey).unknown
    dropped = {key for key in survey.headings if key in unknown or _MEDIA.match(key) or _is(key, *_NOT_COMPARED)}
    if dropped:
        done["column"] += 1
    rows: list[Row] = []
    for row in survey.rows:
        cells = {key: cell for key, cell in row.cells.items() if key not in dropped}
        if _REMOVED.match(cells.get(kind, "")):
            raise ValueError("a loop or an include, which XLSForm no longer has")
        if kind in cells:
            rows.append(replace(row, cells=_question(cells, kind, name, label, row.number, done)))
    headings = [key for key in (*survey.headings, name, label) if key not in dropped]
    return Sheet("survey", tuple(dict.fromkeys(headings)), tuple(rows), survey.heading_row)


def _question(
    cells: dict[str, str], kind: str, name: str, label: str, number: int, done: Counter[str]
) -> dict[str, str]:
    written = re.sub(r"\s+", " ", cells[kind]).strip()
    other = re.sub(r"\s+or[ _](specify[ _])?other\Z", "", written, flags=re.IGNORECASE)
    if not _KEPT.match(written) or re.search(r"\.(csv|xml|geojson)\b|\$\{", written):
        done["type"] += 1
        cells[kind] = "integer" if written.lower().startswith("range") else "text"
        cells = {key: cell for key, cell in cells.items() if not _is(key, "choice_filter")}
    elif other != written:
        done["or_other"] += 1
        cells[kind] = other
    relevant = next((key for key in cells if _is(key, "relevant", "relevance", "bind::relevant")), "")
    if _BEGINS.match(cells[kind]) and cells.get(relevant, "").startswith("./"):
        done["relevant"] += 1
        del cells[relevant]
    for key in [key for key in cells if _OUTSIDE.search(cells[key])]:
        done["outside"] += 1
        cells[key] = "''"
    if cells.get(name) == "meta":
        done["meta"] += 1
        cells[name] = "meta_"
    ends = cells[kind].lower().startswith("end")
    if name not in cells and not ends:
        done["name"] += 1
        cells[name] = f"unnamed_{number}"
    plain = not _BEGINS.match(cells[kind]) and cells[kind].lower() != "calculate"
    if not ends and plain and label not in cells:
        done["label"] += 1
        cells[label] = "-"
    return cells


def _choices(choices: Sheet, done: Counter[str]) -> Sheet:
    name = _heading(choices, "name", "value")
    label = next((key for key in choices.headings if key.lower().startswith(("label", "caption"))), "label")
    dropped = {key for key in choices.headings if _MEDIA.match(key)}
    rows: list[Row] = []
    for row in choices.rows:
        cells = {key: cell for key, cell in row.cells.items() if key not in dropped}
        if name in cells and label not in cells:
            done["label"] += 1
            cells[label] = cells[name]
        if name in cells:
            rows.append(replace(row, cells=cells))
    headings = [key for key in (*choices.headings, label) if key not in dropped]
    return Sheet("choices", tuple(dict.fromkeys(headings)), tuple(rows), choices.heading_row)


# -- writing


def _unmapped(sheets: Sheets) -> Sheets:
    """Each question with a field of its own, so that no two are taken for the same standard question."""
    survey = sheets["survey"]
    rows = tuple(replace(row, cells=row.cells | {"maps_to": f"oracle.q{row.number}"}) for row in survey.rows)
    return sheets | {"survey": replace(survey, headings=(*survey.headings, "maps_to"), rows=rows)}


def _written(sheets: Mapping[str, Sheet]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for name, sheet in sheets.items():
        writer.writerow([name])
        writer.writerow(["", *sheet.headings])
        writer.writerows(["", *(row.cells.get(key, "") for key in sheet.headings)] for row in sheet.rows)
    return out.getvalue().encode()


def _xform(sheets: Mapping[str, Sheet]) -> str:
    from pyxform.xls2xform import convert

    workbook: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        workbook[name] = [dict(row.cells) for row in sheet.rows]
        workbook[f"{name}_header"] = [dict.fromkeys(sheet.headings)]
    return str(convert(workbook, warnings=[], form_name="data").xform)
