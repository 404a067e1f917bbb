from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrant_office.i18n import LANGUAGES
from migrant_office.models.office import unlock
from migrant_office.services import people
from tests.commands.running import Ran
from tests.factories import PASSPHRASE

Run = Callable[..., Ran]
MAP = """
format = 1
source = "Padrón de muestra"
[person]
given = "Nombre"
birth = { column = "Nacimiento", dates = ["%d/%m/%Y"] }
sex = { column = "Sexo", codes = { Mujer = "woman", Hombre = "man" } }
[registered]
column = "Fecha"
"""
HEADER = "Fecha;Nombre;Sexo;Nacimiento"


@pytest.fixture
def brought(run: Run, desk_folder: Path, key: Path, tmp_path: Path) -> Callable[..., Ran]:
    """Import these lines."""

    def brings(*lines: str, map: str = MAP, lang: str = "es", name: str = "people.csv") -> Ran:  # noqa: A002 - as the option
        (tmp_path / name).write_text("\n".join([HEADER, *(f"2026-03-02;{line}" for line in lines)]), encoding="utf-8")
        (tmp_path / "map.toml").write_text(map, encoding="utf-8")
        return run(
            "import",
            "people",
            tmp_path / name,
            "--map",
            tmp_path / "map.toml",
            "--data",
            desk_folder,
            "--passphrase-file",
            key,
            "--language",
            lang,
        )

    return brings


def names(folder: Path) -> list[str]:
    office = unlock(folder, PASSPHRASE)
    found = [line.name for line in people.recent(office)]
    office.close()
    return found


def test_people_come_in(brought: Callable[..., Ran], desk_folder: Path) -> None:
    ran = brought("Rose;Mujer;03/03/1990", "Juan;Hombre;")
    assert (ran.code, ran.err) == (0, "")
    assert "2" in ran.out
    assert names(desk_folder) == ["Juan", "Rose"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_bad_row_is_listed_and_nobody_comes_in(brought: Callable[..., Ran], desk_folder: Path, lang: str) -> None:
    ran = brought("Rose;Mujer;03/03/1990", "Juan;Varón;", "Ana;Mujer;31/02/1990", "Eva;Nadie;mañana", lang=lang)
    assert (ran.code, ran.out) == (1, "")
    first, *places = ran.err.splitlines()
    assert "4" in first
    assert len(places) == 4
    for number, place in zip(("3", "4", "5", "5"), places, strict=True):
        assert number in place
    assert not any(name in ran.err for name in ("Rose", "Juan", "Ana", "Eva"))
    assert names(desk_folder) == []


@pytest.mark.parametrize(
    "wrong", ["no file", "no map", "a folder", "map no toml", "map no text", "map empty", "wrong kind", "no column"]
)
def test_what_cannot_be_imported_is_one_sentence_about_the_file(
    run: Run, brought: Callable[..., Ran], desk_folder: Path, key: Path, tmp_path: Path, wrong: str
) -> None:
    maps = {"map no toml": "[person", "map empty": "", "no column": MAP.replace('"Nombre"', '"Apodo"')}
    ran = brought("Rose;Mujer;", map=maps.get(wrong, MAP), name="people.doc" if wrong == "wrong kind" else "people.csv")
    file, where = tmp_path / "people.csv", tmp_path / "map.toml"
    if wrong not in (*maps, "wrong kind"):
        if wrong == "map no text":
            where.write_bytes(b"\xff\xfe\x00")
        file = {"no file": tmp_path / "none.csv", "a folder": tmp_path}.get(wrong, file)
        where = tmp_path / "none.toml" if wrong == "no map" else where
        ran = run("import", "people", file, "--map", where, "--data", desk_folder, "--passphrase-file", key)
    sentence = ran.sentence
    assert "carpeta no tiene" not in sentence  # the office is well
    assert "Esta carpeta" not in sentence
    assert "oficina" not in sentence
