from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.models.counts.month import Month
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, unlock
from migrant_office.models.other_id import OtherId
from migrant_office.models.person import Language, Person, Schooling, Sex
from migrant_office.models.reads.tables import dump
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.slots import Cost
from migrant_office.progress import Cancelled, Progress
from migrant_office.services import month, offices, people
from migrant_office.services.imports.people import import_people
from migrant_office.services.imports.refusals import FileRefused, MapRefused, RowsRefused
from tests.services.a_month import SECOND

MAP = (
    """
format = 1
source = "Padrón de muestra"
[person]
given = "Nombre"
surname = "Apellido"
sex = { column = "Sexo", codes = { Mujer = "woman", Hombre = "man", "N/R" = "?refused" } }
birth = { column = "Nacimiento", dates = ["%d/%m/%Y"] }
nationality = { column = "País", codes = { Haití = "HT", Perú = "PE" } }
schooling = { column = "Estudios", codes = { Básica = "primary", Media = "secondary" } }
children = "Hijos"
language = { constant = "ht" }
[registered]
column = "Fecha"
dates = ["%d/%m/%Y"]
[other_id]
system = "padron"
column = "Folio"
[encounter]
channel = "field"
[[referral]]
need = "work"
service = { column = "Derivada a", codes = { OMIL = "scl-omil", Taller = "taller" } }
state = { column = "Estado", codes = { Aceptada = "accepted" } }
outcome = { column = "Resultado", codes = { Trabaja = "job_found" } }
[[service]]
code = "taller"
name = "Taller de oficios"
owner = "Junta de vecinos"
area = "empleo"
""".replace("Haití =", '"Haití" =')
    .replace("Perú =", '"Perú" =')
    .replace("Básica =", '"Básica" =')
)
HEADER = "Folio;Nombre;Apellido;Sexo;Nacimiento;País;Estudios;Hijos;Fecha;Derivada a;Estado;Resultado;Comentario"
ROSE = "A1;Rose-Andrée;Jean-Baptiste;Mujer;02/01/1990;Haití;Media;2;05/03/2026;OMIL;;Trabaja;llamar de noche"
JUAN = "A2;Juan;De la Cruz;N/R;;Perú;;;06/03/2026;Taller;Aceptada;;"
FRANTZ = "A3;Frantz;Désir;Hombre;30/06/1985;haití;Básica;0;05/03/2026;;;;"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    offices.create_office(tmp_path / "office", city="santiago", passphrase="cuatro palabras", cost=Cost(1024, 1, 1))
    office = unlock(tmp_path / "office", "cuatro palabras")
    with clock.at(datetime(2026, 5, 4, 12).astimezone()):
        yield office
    office.close()


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(MAP, encoding="utf-8")
    return path


def sheet(tmp_path: Path, *lines: str, encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding=encoding)
    return path


def everybody(office: Office) -> dict[str, Person]:
    ids = [id for (id,) in office.vault.read("SELECT id FROM person")]
    found = [people.read_case(office, id).person for id in ids]
    return {person.given: person for person in found}


def test_a_row_becomes_a_case_with_all_that_it_tells(office: Office, tmp_path: Path, map_file: Path) -> None:
    report = import_people(office, sheet(tmp_path, ROSE, JUAN, FRANTZ), map_file)
    assert (report.people, report.referrals, report.services) == (3, 2, 1)
    assert report.unknown_columns == ("Comentario",)
    found = everybody(office)
    rose, juan = found["Rose-Andrée"], found["Juan"]
    assert (rose.surname, rose.sex, rose.nationality) == ("Jean-Baptiste", Sex.WOMAN, "HT")
    assert rose.birth == date(1990, 1, 2)
    assert (rose.schooling, rose.children, rose.language) == (Schooling.SECONDARY, 2, Language.HT)
    assert rose.opened == date(2026, 3, 5)
    assert (juan.sex, juan.birth, juan.schooling) == (Missing.REFUSED, None, Missing.NOT_ASKED)
    assert len({person.number for person in found.values()}) == 3


def test_referrals_come_with_their_state_and_service(office: Office, tmp_path: Path, map_file: Path) -> None:
    import_people(office, sheet(tmp_path, ROSE, JUAN, FRANTZ), map_file)
    rows = office.vault.read("SELECT service, area, state, outcome, due_now FROM referral ORDER BY service")
    assert rows == [
        ("scl-omil", "employment", "completed", "job_found", None),
        ("taller", "employment", "accepted", None, "2026-03-21"),
    ]
    assert office.vault.read("SELECT name, owner, closed FROM service WHERE id = 'taller'") == [
        ("Taller de oficios", "Junta de vecinos", 0)
    ]
    assert office.vault.read("SELECT kind, made FROM need ORDER BY made") == [
        ("work", "2026-03-05"),
        ("work", "2026-03-06"),
    ]


def test_people_are_found_and_counted_in_the_month_they_came(office: Office, tmp_path: Path, map_file: Path) -> None:
    import_people(office, sheet(tmp_path, ROSE, JUAN, FRANTZ), map_file)
    assert [line.name for line in people.search(office, "jeanb")] == ["Rose-Andrée Jean-Baptiste"]
    found = Counter(record.indicator for record in month.records(office, Month(2026, 3)))
    assert found == {"attentions": 3, "referrals": 2, "openings": 3, "outcomes": 1}


def test_what_comes_into_a_closed_month_counts_now(office: Office, tmp_path: Path, map_file: Path) -> None:
    closed = month.close(office, Month(2026, 3), SECOND).sha256
    import_people(office, sheet(tmp_path, ROSE), map_file)
    assert month.records(office, Month(2026, 3)) == []
    found = {record.indicator for record in month.records(office, Month(2026, 5))}
    assert found >= {"attentions", "referrals", "openings"}
    assert office.vault.read("SELECT made, recorded FROM encounter") == [("2026-03-05", "2026-05-04")]
    assert month.close(office, Month(2026, 3), SECOND).sha256 == closed


def test_the_same_file_is_not_taken_twice(office: Office, tmp_path: Path, map_file: Path) -> None:
    import_people(office, sheet(tmp_path, ROSE, JUAN), map_file)
    before = dump(office.vault)
    with pytest.raises(RowsRefused) as refused:
        import_people(office, sheet(tmp_path, FRANTZ, JUAN), map_file)
    assert [(bad.row, bad.column) for bad in refused.value.rows] == [(3, "Folio")]
    assert dump(office.vault) == before


def test_the_foreign_number_stays_in_the_case(office: Office, tmp_path: Path, map_file: Path) -> None:
    import_people(office, sheet(tmp_path, ROSE), map_file)
    (id,) = office.vault.read("SELECT id FROM person")[0]
    told = office.vault.file(Ref(Home.CASE, id)).one(OtherId)
    assert told is not None
    assert (told.system, told.code) == ("padron", "A1")


BAD = {
    "A1;Rose;Jean;Mujr;02/01/1990;Haití;Media;2;05/03/2026;OMIL;;;": "Sexo",
    "A1;Rose;Jean;Mujer;1990-13-02;Haití;Media;2;05/03/2026;OMIL;;;": "Nacimiento",
    "A1;Rose;Jean;Mujer;06/03/2026;Haití;Media;2;05/03/2026;OMIL;;;": "Nacimiento",
    "A1;Rose;Jean;Mujer;02/01/1890;Haití;Media;2;05/03/2026;OMIL;;;": "Nacimiento",
    "A1;Rose;Jean;Mujer;02/01/1990;Narnia;Media;2;05/03/2026;OMIL;;;": "País",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Alta;2;05/03/2026;OMIL;;;": "Estudios",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;dos;05/03/2026;OMIL;;;": "Hijos",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;-1;05/03/2026;OMIL;;;": "Hijos",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2027;OMIL;;;": "Fecha",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;2;;OMIL;;;": "Fecha",
    ";Rose;Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2026;OMIL;;;": "Folio",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2026;INEM;;;": "Derivada a",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2026;OMIL;Ido;;": "Estado",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2026;OMIL;;Bien;": "Resultado",
    "A1;Rose;Jean;Mujer;;Haití;Media;2;05/03/1850;OMIL;;;": "Fecha",
    "A1;" + "R" * 300 + ";Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2026;OMIL;;;": "Nombre",
    "A1;Rose;Jean;Mujer;02/01/1990;Haití;Media;2;05/03/2026;OMIL;;;;más": "",
}


@pytest.mark.parametrize(("line", "column"), BAD.items())
def test_a_bad_cell_is_named_and_nobody_is_imported(
    office: Office, tmp_path: Path, map_file: Path, line: str, column: str
) -> None:
    before = dump(office.vault)
    with pytest.raises(RowsRefused) as refused:
        import_people(office, sheet(tmp_path, FRANTZ, line), map_file)
    assert [(bad.row, bad.column) for bad in refused.value.rows] == [(3, column)]
    assert dump(office.vault) == before


def test_every_bad_row_is_listed_and_no_name_is_told(office: Office, tmp_path: Path, map_file: Path) -> None:
    with pytest.raises(RowsRefused) as refused:
        import_people(office, sheet(tmp_path, *BAD), map_file)
    assert len(refused.value.rows) >= len(BAD)
    text = refused.value.text(Translator("en"))
    lines = text.splitlines()
    assert len(lines) == 1 + len(refused.value.rows)
    assert "“Mujr”" in text  # a coded answer tells what to mend
    for personal in ("Rose", "Jean", "1990", "1890", "RRR"):
        assert personal not in text


@pytest.mark.parametrize(
    ("cells", "hidden", "shown"),
    [
        ({"Sexo": "Rose-Andrée"}, "", "Rose-Andrée"),  # the map says that this column is coded
        ({"Sexo": "12.345.678-5"}, "12.345", ""),
        ({"Sexo": "llegó con su hermana Rose"}, "Rose", "llegó con su hermana…"),
        ({"Jefa de hogar": "Rose-Andrée"}, "Rose", ""),
        ({"Jefa de hogar": "12.345.678-5"}, "12.345", ""),
        ({"Residencia": "Rose-Andrée"}, "Rose", ""),
        ({"Estado": "Rose-Andrée"}, "Rose", ""),
        ({"Derivada a": "Rose-Andrée"}, "Rose", ""),
        ({"Hijos": "Rose-Andrée"}, "Rose", ""),
        ({"Fecha": "Rose-Andrée"}, "Rose", ""),
        ({"Nombre": "Rose-Andrée " * 20}, "Rose", ""),
        ({"Nacimiento": "?Rose-Andrée"}, "Rose", ""),
    ],
)
def test_only_coded_answers_are_shown_again(
    office: Office, tmp_path: Path, cells: dict[str, str], hidden: str, shown: str
) -> None:
    (tmp_path / "map.toml").write_text(
        'format = 1\n[person]\ngiven = "Nombre"\nbirth = "Nacimiento"\nchildren = "Hijos"\n'
        'interpreter = "Jefa de hogar"\nnationality = "Residencia"\n'
        'sex = { column = "Sexo", codes = { Mujer = "woman" } }\n[registered]\ncolumn = "Fecha"\n'
        '[[referral]]\nservice = "Derivada a"\nstate = "Estado"\n'
    )
    row = {
        "Nombre": "",
        "Nacimiento": "",
        "Hijos": "",
        "Jefa de hogar": "",
        "Residencia": "",
        "Sexo": "",
        "Fecha": "2026-03-05",
        "Derivada a": "",
        "Estado": "",
    } | cells
    (tmp_path / "people.csv").write_text(";".join(row) + "\n" + ";".join(row.values()) + "\n")
    with pytest.raises(RowsRefused) as refused:
        import_people(office, tmp_path / "people.csv", tmp_path / "map.toml")
    assert [(bad.row, bad.column) for bad in refused.value.rows] == [(2, next(iter(cells)))]
    for lang in ("en", "es", "ht"):
        text = refused.value.text(Translator(lang))
        assert shown in text
        assert not hidden or hidden not in text


def test_a_header_that_was_forgotten_tells_nobodys_name(office: Office, tmp_path: Path, map_file: Path) -> None:
    (tmp_path / "people.csv").write_text("A1;Rose;Rose;Mujer\nA2;Juan;Cruz;Hombre\n")
    with pytest.raises(FileRefused) as refused:
        import_people(office, tmp_path / "people.csv", map_file)
    assert "Rose" not in refused.value.text(Translator("es"))
    assert "2" in refused.value.text(Translator("en"))


@pytest.mark.parametrize("day", ["0001-01-01", "1850-03-05", "1899-12-31"])
def test_nobody_came_before_1900(office: Office, tmp_path: Path, day: str) -> None:
    (tmp_path / "map.toml").write_text(
        'format = 1\n[person]\ngiven = "Nombre"\nbirth = { column = "Edad", age = true }\n'
        '[registered]\ncolumn = "Fecha"\n'
    )
    (tmp_path / "people.csv").write_text(f"Nombre,Edad,Fecha\nAna,34,1900-01-01\nLuz,34,{day}\n")
    with pytest.raises(RowsRefused) as refused:
        import_people(office, tmp_path / "people.csv", tmp_path / "map.toml")
    assert [(bad.row, bad.column) for bad in refused.value.rows] == [(3, "Fecha")]


@pytest.mark.parametrize("wrong", ["no file", "no map", "a folder", "a folder as map", "no folder"])
def test_what_cannot_be_opened_is_said_of_the_file(office: Office, tmp_path: Path, map_file: Path, wrong: str) -> None:
    file, where = sheet(tmp_path, ROSE), map_file
    files = {"no file": tmp_path / "none.csv", "a folder": tmp_path, "no folder": tmp_path / "x" / "a.csv"}
    file = files.get(wrong, file)
    where = {"no map": tmp_path / "none.toml", "a folder as map": tmp_path}.get(wrong, where)
    with pytest.raises(MapRefused if "map" in wrong else FileRefused) as refused:
        import_people(office, file, where)
    assert "cannot be read" in refused.value.text(Translator("en"))


def test_a_code_twice_in_one_file_is_refused(office: Office, tmp_path: Path, map_file: Path) -> None:
    with pytest.raises(RowsRefused) as refused:
        import_people(office, sheet(tmp_path, ROSE, ROSE), map_file)
    assert [(bad.row, bad.column) for bad in refused.value.rows] == [(3, "Folio")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_of_older_spreadsheets_are_read(office: Office, tmp_path: Path, map_file: Path, encoding: str) -> None:
    import_people(office, sheet(tmp_path, ROSE, encoding=encoding), map_file)
    assert "Rose-Andrée" in everybody(office)


def test_a_workbook_is_read_with_its_days_numbers_and_formulas(office: Office, tmp_path: Path, map_file: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADER.split(";"))
    page.append(
        [
            "A1",
            "Rose-Andrée",
            "Jean-Baptiste",
            "Mujer",
            date(1990, 1, 2),
            "Haití",
            "Media",
            2.0,
            date(2026, 3, 5),
            "OMIL",
            None,
            "Trabaja",
            "=1+1",
        ]
    )
    page.append([])
    page.append(FRANTZ.split(";"))
    book.save(tmp_path / "people.xlsx")
    assert import_people(office, tmp_path / "people.xlsx", map_file).people == 2
    rose = everybody(office)["Rose-Andrée"]
    assert (rose.birth, rose.children, rose.opened) == (date(1990, 1, 2), 2, date(2026, 3, 5))


def test_an_age_gives_the_year_of_birth_alone(office: Office, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        'format = 1\n[person]\ngiven = "Nombre"\n'
        'birth = { column = "Edad", age = true, codes = { "no sabe" = "?unknown" } }\n'
        "[registered]\nday = 2026-03-05\n"
    )
    (tmp_path / "ages.csv").write_text("Nombre,Edad\nAna,34\nLuz,no sabe\nEva,0\n")
    import_people(office, tmp_path / "ages.csv", tmp_path / "map.toml")
    found = everybody(office)
    assert (found["Ana"].age_on(date(2026, 3, 5)), found["Ana"].birth_estimated) == (34, True)
    assert found["Ana"].birth == date(1991, 7, 1)
    assert (found["Luz"].birth, found["Luz"].birth_estimated) == (Missing.UNKNOWN, False)
    assert found["Eva"].age_on(date(2026, 3, 5)) == 0


class StopsSoon(Progress):
    def report(self, done: int, total: int) -> None:
        self.cancelled = done > 0
        super().report(done, total)


def test_a_cancelled_import_leaves_nothing(office: Office, tmp_path: Path, map_file: Path) -> None:
    before = dump(office.vault)
    lines = [FRANTZ.replace("A3", f"B{n}") for n in range(120)]
    with pytest.raises(Cancelled):
        import_people(office, sheet(tmp_path, *lines), map_file, StopsSoon())
    assert dump(office.vault) == before
    assert import_people(office, sheet(tmp_path, *lines), map_file).people == 120


MAPS = {
    "a key that nobody reads": MAP.replace("[person]", "[persons]\na = 1\n[person]"),
    "a field that no person has": MAP.replace("surname =", "nickname ="),
    "a number that the office gives": MAP.replace("surname =", "number ="),
    "a column that is not there": MAP.replace('"Apellido"', '"Apellidos"'),
    "a code that no office knows": MAP.replace('"woman"', '"lady"'),
    "a constant that no office knows": MAP.replace('"ht" }', '"klingon" }'),
    "a missing answer where none can be": MAP.replace(
        'given = "Nombre"', 'given = { column = "Nombre", codes = { x = "?refused" } }'
    ),
    "a service that is not there": MAP.replace('"scl-omil"', '"scl-omill"'),
    "a need that is not one": MAP.replace('need = "work"', 'need = "luck"'),
    "a state that is not one": MAP.replace('"accepted"', '"fine"'),
    "a column and a constant": MAP.replace('{ constant = "ht" }', '{ constant = "ht", column = "Sexo" }'),
    "no day of registration": MAP.replace('[registered]\ncolumn = "Fecha"\ndates = ["%d/%m/%Y"]\n', ""),
    "a format to come": MAP.replace("format = 1", "format = 2"),
    "no map at all": "Nombre,Sexo",
    "a channel that is not one": MAP.replace('"field"', '"pigeon"'),
}


@pytest.mark.parametrize("text", MAPS.values(), ids=MAPS.keys())
def test_a_map_that_does_not_fit_is_refused(office: Office, tmp_path: Path, map_file: Path, text: str) -> None:
    map_file.write_text(text, encoding="utf-8")
    with pytest.raises(MapRefused) as refused:
        import_people(office, sheet(tmp_path, ROSE), map_file)
    assert refused.value.text(Translator("es"))
    assert office.vault.read("SELECT count(*) FROM person") == [(0,)]


@pytest.mark.parametrize("name", ["people.ods", "people.xls"])
def test_other_kinds_of_files_are_refused(office: Office, tmp_path: Path, map_file: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 something")
    with pytest.raises(FileRefused):
        import_people(office, tmp_path / name, map_file)


def test_every_refusal_is_one_the_command_line_can_tell() -> None:
    assert all(issubclass(kind, UserError) for kind in (FileRefused, MapRefused, RowsRefused))
