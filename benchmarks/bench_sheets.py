"""Information sheets of a service: one, and five hundred with a name each in one file, in a process without Qt.

The floor is the same table of the same rows drawn by WeasyPrint in the same run, without pictures, code and fitting;
forty of them stand for five hundred, which would take minutes. Fails when our five hundred take 100 MB or more, or when
a sheet takes longer than its table there.
Run: python -m benchmarks sheets
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.memory import peak_mb
from benchmarks.peer_weasyprint import Drawn, Rows
from migrant_office.models.office import Office, unlock
from migrant_office.models.sheet import Choice, SheetData
from migrant_office.models.vault.slots import Cost
from migrant_office.services import catalogue
from migrant_office.services.sheet_batches import INFORMATION, Gathered, Wanted, Whom, gather, make
from migrant_office.services.sheets.content import HEAD
from migrant_office.services.sheets.document import write
from migrant_office.services.sheets.referral import BUDGETS
from migrant_office.services.sheets.service_facts import ServiceFacts
from migrant_office.services.sheets.words import Words

MANY, PEER_MANY, ROUNDS, GOAL = 500, 40, 40, 100.0  # GOAL: MB
CHILD = """
import sys
sys.modules.update(pandas=None, numpy=None)  # loaded only where a benchmark's peer has brought them; no office has them
from benchmarks.bench_sheets import child
child(*sys.argv[1:])
"""
PASSPHRASE, CHEAP = "oficina de muestra", Cost(1024, 1, 1)
SERVICE = "employment"  # the area whose first service is printed


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one sheet, seconds and megabytes of many."""

    one: list[float]
    many: float
    before: float
    peak: float
    size: int
    pages: int


def median(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def prepared(folder: Path, *, tagged: bool = False) -> Gathered:
    """MANY sheets of the first service of an area that says what to bring, each with another name."""
    office = unlock(folder, PASSPHRASE)
    try:
        return of_office(office, tagged=tagged)
    finally:
        office.close()


def of_office(office: Office, *, tagged: bool) -> Gathered:
    lines = catalogue.lines(office, offered_only=True)
    service = next(line.id for line in lines if line.area == SERVICE and catalogue.service(office, line.id).documents)
    wanted = Wanted(sheet=INFORMATION, whom=Whom.BLANK, service=service)
    gathered = gather(office, wanted, Choice(tagged=tagged))
    (about,) = gathered.each
    assert isinstance(about, SheetData)
    return replace(gathered, each=tuple(replace(about, person=f"Wideline Jean-Baptiste {n}") for n in range(MANY)))


def rows_of(gathered: Gathered) -> Rows:
    """The words of one of the sheets, as another program may draw them."""
    data = gathered.each[0]
    assert isinstance(data, SheetData)
    content = ServiceFacts(data, Words(gathered.definition, gathered.form.columns), BUDGETS[0]).content()
    blocks = [[(line.look == HEAD, *line.texts) for line in block.lines] for block in content.blocks]
    return Rows(content.title.texts, blocks, gathered.form.paper.value)


def measured(gathered: Gathered) -> Measured:
    before = peak_mb()

    def one(at: int) -> float:
        started = time.perf_counter()
        write([gathered.document(gathered.each[at])])
        return 1_000 * (time.perf_counter() - started)

    one(0)  # reads the typefaces
    times = [one(at) for at in range(ROUNDS)]
    started = time.perf_counter()
    batch = make(gathered)
    seconds = time.perf_counter() - started
    return Measured(times, seconds, before, peak_mb(), len(batch.sheet.pdf), batch.sheet.pages)


def child(folder: str, kind: str) -> None:
    """What a process of its own does: one measurement as JSON on its output."""
    gathered = prepared(Path(folder), tagged=kind == "tagged")
    assert "PySide6" not in sys.modules
    print(json.dumps(asdict(rows_of(gathered)) if kind == "rows" else asdict(measured(gathered))))


def apart(*arguments: str) -> str:
    """The output of another Python of this environment; "" when it could not do its work, with its reason told."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'it ended without a word'}")
        return ""
    return done.stdout


def ours(folder: Path, kind: str) -> Measured | None:
    said = apart("-c", CHILD, str(folder), kind)
    return Measured(**json.loads(said)) if said else None


def peer(folder: Path) -> Drawn | None:
    rows = folder.parent / "rows.json"
    rows.write_text(apart("-c", CHILD, str(folder), "rows"), encoding="utf-8")
    said = apart("-m", "benchmarks.peer_weasyprint", str(rows), str(PEER_MANY))
    return Drawn(**json.loads(said)) if said else None


# -- what is printed


def tell(name: str, found: Measured) -> None:
    print(f"  {name:<34}{median(found.one):8.1f} ms   p95 {p95(found.one):6.1f} ms")
    print(f"  {f'{MANY} in one file, {found.pages} pages':<34}{found.many:8.1f} s    {found.size / 1e6:6.1f} MB file")
    print(f"  {'memory at the most':<34}{found.peak:8.0f} MB   {found.before:6.0f} MB before the first sheet")


def tell_peer(found: Drawn) -> None:
    print(f"  {'WeasyPrint, the table alone':<34}{1e3 * found.one:8.1f} ms   first {1e3 * found.first:6.1f} ms")
    told = f"  its {found.count} in one file, as {MANY}"
    print(f"{told:<36}{found.many * MANY / found.count:8.1f} s    measured {found.many:.1f} s")
    print(f"  {f'its memory with {found.count}':<34}{found.peak:8.0f} MB")


def is_tagged(folder: Path) -> bool:
    """Whether a tagged copy is another file than the printed one: a program without tags gives the same."""
    plain, tagged = (prepared(folder, tagged=wanted) for wanted in (False, True))
    one, other = (make(replace(gathered, each=gathered.each[:1])) for gathered in (plain, tagged))
    return one.sheet.pdf != other.sheet.pdf


def compare(folder: Path) -> bool:
    plain = ours(folder, "plain")
    if plain is None:
        return False
    tell("one information sheet", plain)
    if is_tagged(folder) and (tagged := ours(folder, "tagged")):
        tell("one, tagged", tagged)
        print(f"  tags cost{median(tagged.one) / median(plain.one):29.2f} times a sheet without")
    else:
        print("  tagged copies: none that differ yet")
    other = peer(folder)
    if other is None:
        return plain.peak < GOAL
    tell_peer(other)
    one, many = median(plain.one) / 1e3 / other.one, plain.many / (other.many * MANY / other.count)
    print(f"  ratio to WeasyPrint: one sheet {one:.2f}, {MANY} sheets {many:.2f}")
    return plain.peak < GOAL and one <= 1


def main() -> int:
    from migrant_office.services import offices  # making an office takes memory that the sheets do not

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        offices.create_office(folder, city="santiago", passphrase=PASSPHRASE, demo=True, cost=CHEAP)
        met = compare(folder)
    print("met" if met else "not met")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
