"""The forms a city ships with, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from migrant_office.models.forms.form import Form
from migrant_office.models.forms.reading import load_form

LISTS = "lists"
"""The folder beside a form with the csv files it may choose from."""

_Seen = tuple[Path, int, int]  # a file, when it was changed, its size


def city_form(city_folder: Path, name: str = "intake") -> Form:
    """The form `<name>.md` of a city's folder; read again only when it or one of its lists has changed.

    Raises FormRefused, and OSError when there is no such file.
    """
    lists = sorted((city_folder / LISTS).glob("*.csv"))
    return _read(_seen(city_folder / f"{name}.md"), tuple(_seen(file) for file in lists))


def _seen(file: Path) -> _Seen:
    status = file.stat()
    return file, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=32)
def _read(form: _Seen, lists: tuple[_Seen, ...]) -> Form:
    files = {file.name: file.read_bytes() for file, _changed, _size in lists}
    return load_form(form[0].read_bytes(), form[0].suffix.removeprefix("."), files, judge=False)
