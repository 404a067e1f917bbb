"""The log file: where something went wrong, never about whom. No message text, no values, no names."""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER = logging.getLogger("migrant_office")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False


class PrivateFile(RotatingFileHandler):
    """A log file for its owner alone, also after it was rotated; when it cannot be written, work goes on without."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(handle, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """A full disk: silence, where the library would print a traceback."""


def start(folder: Path) -> None:
    """Write to `logs/program.log` in the office's folder, private, at most three files of 200 kB.

    Where that cannot be, nothing is kept: an office is not closed to its people for want of a log.
    """
    stop()
    try:
        logs = folder / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        handler = PrivateFile(logs / "program.log", maxBytes=200_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.WARNING)


def stop() -> None:
    """Close the file, so that its folder can be moved."""
    for handler in LOGGER.handlers[:]:
        LOGGER.removeHandler(handler)
        with suppress(OSError):  # a full disk
            handler.close()
    LOGGER.addHandler(logging.NullHandler())  # else the library prints on the error output


def crash(error: BaseException) -> None:
    """Keep where an unexpected error came from: the kinds of errors and the lines of the program, nothing else."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{Path(f.filename).stem}:{f.lineno}:{f.name}" for f in reversed(frames))
        LOGGER.error("%s at %s", type(error).__name__, places)
        error = error.__cause__  # type: ignore[assignment]  # the chain ends with None
