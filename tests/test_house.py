"""The house itself: floors, sizes, pins, and what may never stand in the project's files."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", "out", "build", "dist"}
LONGEST = 400
# A path of one machine, or a registry's host. A bracket before the stroke is an XLSForm path: instance('x')/root/item.
ELSEWHERE = re.compile(r"(^|[^a-z)])/(work|farm|root)/|(pypi|pythonhost|npmjs|debian)[a-z]*\.(org|com)")


def project_files() -> list[Path]:
    """What git holds or would add; without git, everything but the folders that are never committed."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-co", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return [ROOT / name for name in listed if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _skipped(path.relative_to(ROOT))]


def _skipped(path: Path) -> bool:
    return any(part in SKIPPED or part == "__pycache__" or part.endswith("_cache") for part in path.parts)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    call = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", call, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_import_contracts_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("models/missing.py", "import migrant_office.services", "Floors"),
        ("models/missing.py", "import PySide6.QtCore", "No Qt below ui"),
        ("services/sheets/__init__.py", "import sqlite3", "No SQL above models"),
        ("services/sheets/__init__.py", "import migrant_office.services.counts", "Services are separate rooms"),
        ("services/sheets/__init__.py", "import loro", "Only one module knows Loro"),
        ("services/counts/files/__init__.py", "import migrant_office.models.vault.nouns", "Whoever writes a release"),
        ("ui/month/__init__.py", "import migrant_office.models.vault.vault", "Widgets never hold the store"),
        ("ui/month/__init__.py", "import migrant_office.ui.people", "Screens are separate rooms"),
        ("models/vault/nouns.py", "import migrant_office.models.vault.vault", "No cycles"),
        ("models/a_new_noun.py", "", "Inside models"),
    ],
)
def test_a_seeded_violation_breaks_its_contract(tmp_path: Path, file: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "migrant_office", tmp_path / "migrant_office", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "migrant_office" / file
    target.write_text(f"{target.read_text('utf-8') if target.exists() else ''}\n{line}\n", "utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    _, _, broken = done.stdout.partition("Broken contracts")
    assert any(row.startswith(contract) for row in broken.splitlines()), done.stdout


def test_no_file_of_ours_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in project_files() if path.suffix == ".py"}
    assert len(lengths) > 50
    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_no_machine_and_no_registry_is_named() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # fonts and pictures
        found += [f"{path.relative_to(ROOT)}: {line[:120]}" for line in text.splitlines() if ELSEWHERE.search(line)]
    assert found == []


def test_packaging_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not list((ROOT / "tests").rglob("__init__.py"))


def pins() -> dict[NormalizedName, str]:
    """Library name in canonical spelling → its one version, from constraints.txt."""
    rows = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {}
    for row in rows:
        requirement = Requirement(row)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", row
        assert "*" not in specifier.version, row
        assert requirement.url is None, row
        pinned[canonicalize_name(requirement.name)] = specifier.version
    assert len(pinned) == len(rows)
    return pinned


def needed_by(requirements: list[Requirement]) -> set[NormalizedName]:
    """The canonical names of all that these bring along on this machine."""
    seen: set[NormalizedName] = set()
    waiting = list(requirements)
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in seen:
            seen.add(name)
            below = [Requirement(row) for row in metadata.requires(name) or []]
            waiting += [each for each in below if each.marker is None or each.marker.evaluate({"extra": ""})]
    return seen


def declared() -> tuple[list[Requirement], list[Requirement]]:
    """What pyproject.toml asks for: to run, and to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run = [Requirement(row) for row in project["dependencies"]]
    return run, [Requirement(row) for row in project["optional-dependencies"]["dev"]]


def test_every_library_has_one_exact_pin_that_pyproject_allows() -> None:
    run, develop = declared()
    pinned = pins()
    assert needed_by(run + develop) - {"pip"} <= set(pinned)
    for requirement in run + develop:
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_what_the_program_imports_is_declared() -> None:
    """No library reaches the program only because another happens to bring it along."""
    providers = metadata.packages_distributions()
    names = {canonicalize_name(requirement.name) for requirement in declared()[0]}
    names.add(canonicalize_name("shiboken6"))  # one release with PySide6
    stray = set()
    for path in (ROOT / "migrant_office").rglob("*.py"):
        for module in imported_roots(path) - set(sys.stdlib_module_names) - {"migrant_office"}:
            if not names & {canonicalize_name(each) for each in providers.get(module, [])}:
                stray.add(f"{path.relative_to(ROOT)}: {module}")
    assert stray == set()


def imported_roots(path: Path) -> set[str]:
    roots = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            roots.add(node.module.split(".")[0])
    return roots


def in_a_new_process(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_sqlite_utils_works_on_the_encrypted_driver() -> None:
    done = in_a_new_process(
        "import migrant_office.models.vault.connection, sqlite_utils.db, sqlcipher3\n"
        "assert sqlite_utils.db.sqlite3 is sqlcipher3, sqlite_utils.db.sqlite3"
    )
    assert done.returncode == 0, done.stderr


def test_the_store_refuses_to_load_after_a_sqlite_utils_on_another_driver() -> None:
    done = in_a_new_process("import sqlite_utils\nimport migrant_office.models.vault.connection")
    assert done.returncode == 1
    assert "ImportError" in done.stderr


def test_only_the_connection_imports_a_driver() -> None:
    vault = ROOT / "migrant_office" / "models" / "vault"
    importers = {
        path.relative_to(ROOT / "migrant_office").as_posix()
        for path in (ROOT / "migrant_office").rglob("*.py")
        if imported_roots(path) & {"sqlite3", "sqlcipher3", "sqlite_utils", "pysqlite3"}
    }
    assert importers == {(vault / "connection.py").relative_to(ROOT / "migrant_office").as_posix()}


@pytest.mark.parametrize("script", sorted((ROOT / "packaging").glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_of_the_door_parse(script: Path) -> None:
    done = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert [int(number) for number in re.findall(r"^(\d+)\. [A-Z]", text, re.MULTILINE)] == list(range(1, 16))
    assert "Appendix" in text


def test_every_library_the_program_runs_with_is_in_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8").lower()
    spelt = canonicalize_name(notices)
    run, _ = declared()
    absent = {name for name in needed_by(run) - {"pip", "pyside6-essentials"} if name not in spelt}
    assert absent == set()
