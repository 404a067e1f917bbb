"""From the start of the process to an unlocked window, against an empty PySide6 window, interleaved in one run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.office import PASSPHRASE, median
from migrant_office.models.vault.slots import STRONG
from migrant_office.services.demo.making import make_demo

ROUNDS = 7
EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(0, app.quit); app.exec()
"""
OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from migrant_office.app import Window, application
app = application(); window = Window(app, Path(sys.argv[1])); window.begin(sys.argv[2]); window.show()
def look():
    if window.workspace and getattr(window.workspace.pages["today"], "shown", None):
        timer.stop(); window.close(); app.quit()
timer = QTimer(); timer.timeout.connect(look); timer.start(5); app.exec()
"""
UNLOCK = """
import sys
from pathlib import Path
from migrant_office.models.office import unlock
unlock(Path(sys.argv[1]), sys.argv[2]).close()
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "office"
        make_demo(
            folder,
            city="santiago",
            people=300,
            months=6,
            until=date(2026, 10, 31),
            seed=5,
            passphrase=PASSPHRASE,
            cost=STRONG,
        )
        times: dict[str, list[float]] = {"empty window": [], "unlocked window": [], "unlocking alone": []}
        for number in range(ROUNDS + 1):
            for taken, code in zip(times.values(), (EMPTY, OURS, UNLOCK), strict=True):
                seconds = run(code, folder)
                if number:  # the first round warms the disk
                    taken.append(seconds)
    floor = median(times["empty window"])
    for name, taken in times.items():
        print(f"  {name:16} {median(taken) * 1e3:7.0f} ms   ratio {median(taken) / floor:4.1f}")


def run(code: str, folder: Path) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, str(folder), PASSPHRASE], check=True, env=environment, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
