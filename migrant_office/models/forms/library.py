"""The forms a city ships with, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from migrant_office.models.forms.form import Form
from migrant_office.models.forms.reading import load_form


def city_form(city_folder: Path, name: str = "intake") -> Form:
    """The form `<name>.md` of a city's folder; read again only when the file has changed.

    Raises FormRefused, and OSError when there is no such file.
    """
    file = city_folder / f"{name}.md"
    status = file.stat()
    return _read(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _read(file: Path, _changed: int, _size: int) -> Form:
    return load_form(file.read_bytes(), file.suffix.removeprefix("."))
