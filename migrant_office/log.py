"""The log file: where something went wrong, never about whom. No message text, no values, no names."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER = logging.getLogger("migrant_office")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False


def start(folder: Path) -> None:
    """Write to `logs/program.log` in the office's folder, private, at most three files of 200 kB."""
    logs = folder / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    file = logs / "program.log"
    file.touch(mode=0o600, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=200_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for old in LOGGER.handlers[:]:
        LOGGER.removeHandler(old)
        old.close()
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.WARNING)


def stop() -> None:
    """Close the file, so that its folder can be moved."""
    for handler in LOGGER.handlers[:]:
        LOGGER.removeHandler(handler)
        handler.close()


def crash(error: BaseException) -> None:
    """Keep where an unexpected error came from: the kinds of errors and the lines of the program, nothing else."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{Path(f.filename).stem}:{f.lineno}:{f.name}" for f in reversed(frames))
        LOGGER.error("%s at %s", type(error).__name__, places)
        error = error.__cause__  # type: ignore[assignment]  # the chain ends with None
