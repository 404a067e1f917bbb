"""Runs every `bench_*.py` of this folder that has a `main()`, each in a process of its own.

Words choose the benchmarks whose names hold one of them. `--out FILE` keeps a copy of what was printed.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def discover() -> list[str]:
    """Names of the benchmark modules, sorted; found by reading, not by importing."""
    return [path.stem for path in sorted(HERE.glob("bench_*.py")) if _has_main(path)]


def _has_main(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body)


def run(name: str) -> subprocess.CompletedProcess[str]:
    call = f"import sys; from benchmarks.{name} import main; sys.exit(main())"
    return subprocess.run([sys.executable, "-c", call], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    names = [name for name in discover() if not options.words or any(word in name for word in options.words)]
    if not names:
        print("No benchmark has that name.", file=sys.stderr)
        return 2
    report: list[str] = []
    failed: list[str] = []
    for name in names:
        print(f"== {name}", flush=True)
        done = run(name)
        print(done.stdout, flush=True)
        report.append(f"== {name}\n{done.stdout}")
        if done.returncode != 0:
            failed.append(name)
    if options.out:
        options.out.write_text("\n".join(report), encoding="utf-8")
    if failed:
        print(f"Not met or not finished: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
