"""`creole`: a person who reads Creole gets the texts as a spreadsheet, and what she approves holds from then on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from migrant_office import paths
from migrant_office.models.office import unlock
from migrant_office.models.parity import read_registry
from migrant_office.services import parity
from migrant_office.services.creole.exchange import COLUMNS
from migrant_office.services.creole.inventory import creole_texts
from tests.commands.running import Ran
from tests.factories import PASSPHRASE

Run = Callable[..., Ran]
EN = ("--language", "en")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree of the program that a test may write to."""
    root = tmp_path / "tree"
    shutil.copytree(paths.resources() / "i18n", root / "resources" / "i18n")
    (root / "resources" / "forms").symlink_to(paths.resources() / "forms")
    (root / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: root / "resources")
    return root


def mark(file: Path, **cells: str) -> None:
    """Write a cell into the rows of a workbook: ok="x" into all of them, Creole2="…" into the second."""
    book = openpyxl.load_workbook(file)
    page = book.active
    assert page is not None
    for name, text in cells.items():
        column = COLUMNS.index(name.rstrip("0123456789")) + 1
        only = int(name.lstrip("".join(COLUMNS)) or 0) if name[-1].isdigit() else 0
        for number in [only + 1] if only else range(2, page.max_row + 1):
            page.cell(number, column, text)
    book.save(file)


def test_the_status_counts_by_place(run: Run) -> None:
    ran = run("creole", "status", "--city", "santiago", *EN)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert "santiago/notice.toml: 0 reviewed, 49 draft" in lines
    assert lines[-1] == f"In all, each text once: 0 reviewed, {len(creole_texts('santiago'))} draft"
    assert not any("cdmx" in line for line in lines)


def test_what_a_reader_approves_is_kept_in_a_source_tree(run: Run, tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "stub.xlsx"
    assert run("creole", "export", file, "--place", "stub", "--city", "cdmx", *EN).code == 0
    mark(file, ok="x", correction3="Lòt bagay")
    ran = run("creole", "import", file, "--reviewer", "Marie Désir", "--date", "2026-11-20", *EN)
    assert ran.code == 0
    kept = read_registry((tree / "resources" / "i18n" / "reviews.csv").read_text(encoding="utf-8"))
    assert f"{len(kept)} texts are approved." in ran.out
    assert "1 row needs somebody: see stub-report.csv." in ran.out
    assert {(each.review.reviewer, each.review.on.isoformat()) for each in kept} == {("Marie Désir", "2026-11-20")}
    report = (tmp_path / "stub-report.csv").read_text(encoding="utf-8-sig")
    assert "Lòt bagay" in report
    status = run("creole", "status", "--city", "cdmx", *EN).out
    assert f"cdmx/sheets/stub.csv: {len(kept)} reviewed, 1 draft" in status
    more = tmp_path / "more.csv"
    assert run("creole", "export", more, "--drafts", "--place", "stub", "--city", "cdmx", *EN).code == 0
    assert len(more.read_text(encoding="utf-8").splitlines()) == 2
    parity._registry.cache_clear()


def test_a_no_takes_an_approval_out_of_the_registry(run: Run, tree: Path, tmp_path: Path) -> None:
    registry = tree / "resources" / "i18n" / "reviews.csv"
    for number, answer in enumerate(("x", "no")):
        file = tmp_path / f"stub{number}.xlsx"
        run("creole", "export", file, "--place", "stub", "--city", "cdmx", *EN)
        mark(file, ok1=answer)
        ran = run("creole", "import", file, "--reviewer", "Marie", *EN)
        assert ran.code == 0
        assert len(read_registry(registry.read_text(encoding="utf-8"))) == (answer == "x")
    assert "1 text is a draft again." in ran.out


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "opened by its passphrase"])
def test_an_office_keeps_its_own_approvals_in_one_act(
    run: Run, desk_folder: Path, tmp_path: Path, key: Path, asked: bool
) -> None:
    flag = ("--office",) if asked else ()
    file, own = tmp_path / "notice.xlsx", (*flag, "--data", desk_folder, "--passphrase-file", key, *EN)
    assert run("creole", "export", file, "--place", "notice", *own).code == 0
    mark(file, ok="x", Creole2="Yon lòt tèks")
    ran = run("creole", "import", file, "--reviewer", "Marie", *own)
    assert ran.code == 1, "a row was refused"
    assert "Row 3:" in ran.out
    assert "48 texts are approved." in ran.out
    assert "santiago/notice.toml: 48 reviewed, 1 draft" in run("creole", "status", *own).out
    office = unlock(desk_folder, PASSPHRASE)
    assert len(parity.standing(office)) == 48
    assert {entry.turn for entry in parity.own(office).values()} == {1}
    office.close()
    assert (paths.resources() / parity.REGISTRY).read_text(encoding="utf-8").count("\n") == 1


def test_nothing_is_written_over_and_nothing_is_approved_by_nobody(run: Run, tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "notice.xlsx"
    run("creole", "export", file, "--place", "notice", *EN)
    before = file.read_bytes()
    assert "exists already" in run("creole", "export", file, *EN).sentence
    assert file.read_bytes() == before
    mark(file, ok="x")
    assert "name" in run("creole", "import", file, "--reviewer", " ", *EN).sentence
    assert "future" in run("creole", "import", file, "--reviewer", "Marie", "--date", "2999-01-01", *EN).sentence
    assert "no day" in run("creole", "import", file, "--reviewer", "Marie", "--date", "ayer", *EN).sentence
    (tmp_path / "notice-report.csv").write_text("", encoding="utf-8")
    assert "notice-report.csv" in run("creole", "import", file, "--reviewer", "Marie", *EN).sentence
    assert "no such text" in run("creole", "export", tmp_path / "a.csv", "--place", "nowhere", *EN).sentence
    assert ".xlsx or .csv" in run("creole", "export", tmp_path / "a.pdf", *EN).sentence
    assert read_registry((tree / "resources" / "i18n" / "reviews.csv").read_text(encoding="utf-8")) == ()


def test_an_installed_program_has_no_registry_to_write(run: Run, tree: Path, tmp_path: Path) -> None:
    (tree / "pyproject.toml").unlink()
    file = tmp_path / "notice.xlsx"
    run("creole", "export", file, "--place", "notice", *EN)
    mark(file, ok="x")
    assert "--office" in run("creole", "import", file, "--reviewer", "Marie", *EN).sentence
