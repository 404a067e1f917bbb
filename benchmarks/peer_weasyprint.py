"""The rows of a sheet as an HTML table, drawn by WeasyPrint: the usual way from words to a PDF.

Only the table: no appointment in pictures, no code for the telephone, no fitting to two pages. It draws less than the
sheet, so the ratio speaks for it.
Run: python -m benchmarks.peer_weasyprint ROWS COUNT, where ROWS is a file of JSON; prints what it took as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.memory import peak_mb
from migrant_office import paths

STYLE = """
@page {{ size: {width}mm {height}mm; margin: 28mm 15mm 21mm }}
@font-face {{ font-family: Andika; src: url({regular}) }}
@font-face {{ font-family: Andika; font-weight: bold; src: url({bold}) }}
body {{ font: 12.2pt/1.3 Andika }}
.sheet {{ break-after: page }}
table {{ width: 100%; border-collapse: collapse; margin-bottom: 13pt }}
td {{ width: 50%; padding: 5.4pt; border-bottom: 0.35pt solid black; vertical-align: middle }}
td + td {{ border-left: 0.35pt solid black }}
.head td {{ background: #ededed; font-weight: bold; border-left: 0 }}
"""


@dataclass(frozen=True)
class Rows:
    """A sheet in words: the title and, a block each, rows of (is a heading, left, right) as markup."""

    title: tuple[str, str]
    blocks: list[list[tuple[bool, str, str]]]
    paper: tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    first: float  # seconds for the first sheet, reading the typefaces included
    one: float  # median of a sheet alone
    many: float  # all sheets in one file
    count: int
    peak: float  # MB
    size: int  # bytes of the file of all sheets


def html(rows: Rows, count: int) -> str:
    fonts = paths.resources() / "fonts"
    style = STYLE.format(
        width=rows.paper[0],
        height=rows.paper[1],
        regular=(fonts / "Andika-Regular.ttf").as_uri(),
        bold=(fonts / "Andika-Bold.ttf").as_uri(),
    )
    tables = "".join(f"<table>{''.join(map(_row, block))}</table>" for block in rows.blocks)
    sheet = f'<div class="sheet"><h1>{rows.title[0]}<br>{rows.title[1]}</h1>{tables}</div>'
    return f"<html lang=es><head><style>{style}</style></head><body>{sheet * count}</body></html>"


def _row(row: tuple[bool, str, str]) -> str:
    head, left, right = row
    return f"<tr{' class=head' if head else ''}><td>{left}</td><td>{right}</td></tr>"


def drawn(rows: Rows, count: int, rounds: int = 9) -> Drawn:
    """Times of one sheet and of many. Raises OSError where Pango is not on the machine."""
    from weasyprint import HTML

    def seconds(copies: int) -> tuple[float, int]:
        started = time.perf_counter()
        content = HTML(string=html(rows, copies)).write_pdf()
        return time.perf_counter() - started, len(content)

    first = seconds(1)[0]
    one = sorted(seconds(1)[0] for _round in range(rounds))[rounds // 2]
    many, size = seconds(count)
    return Drawn(first, one, many, count, peak_mb(), size)


def main(arguments: list[str]) -> int:
    told = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    rows = Rows(**told)
    try:
        print(json.dumps(asdict(drawn(rows, int(arguments[1])))))
    except (OSError, ImportError) as problem:
        print(f"WeasyPrint cannot be loaded here: {str(problem).splitlines()[0]}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
