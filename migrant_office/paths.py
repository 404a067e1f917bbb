"""Where the program's own files lie, in a source tree, in an installed wheel and in a frozen folder."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder `resources/`. Raises FileNotFoundError when the installation is incomplete."""
    here = Path(__file__).resolve().parent
    for folder in (Path(getattr(sys, "_MEIPASS", here)) / "resources", here / "resources", here.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("resources")


def default_data() -> Path:
    """The folder of the office when the command line names none."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "migrant-office"


def write_atomically(target: Path, data: bytes, *, private: bool = True) -> None:
    """Write a whole file or nothing: temporary file beside it, fsync, rename, fsync of the folder.

    The file is readable by its owner alone (0600) from the first byte unless `private` is false.
    Raises OSError as the system gives it.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut; Windows has no such call and needs none."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
