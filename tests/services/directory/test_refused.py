"""Each kind of bad input: one clear sentence, and nothing changed."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.models.office import Office
from migrant_office.progress import Cancelled, Progress
from migrant_office.services.directory import source
from migrant_office.services.directory.importing import import_directory
from migrant_office.services.directory.refusals import DirectoryRefused
from tests.services.directory.samples import SAMPLE, SERVICE, Tables, csv_sample, read_json, tabular

NOWHERE = "11111111-1111-4111-8111-111111111111"
EN = Translator("en")


def refused(office: Office, path: Path) -> str:
    """What is said, after making sure that nothing was written."""
    before = len(office.vault.envelopes())
    with pytest.raises(UserError) as error:
        import_directory(office, path)
    assert len(office.vault.envelopes()) == before
    return error.value.text(EN)


def dangling(told: Tables) -> None:
    told["services.csv"][0]["organization_id"] = NOWHERE


def nobodys(told: Tables) -> None:
    for phone in told["phones.csv"]:
        for column in [c for c in phone if c.endswith("_id")]:
            phone[column] = NOWHERE


def no_such_day(told: Tables) -> None:
    told["services.csv"][0]["assured_date"] = "2024-02-30"


def no_such_hour(told: Tables) -> None:
    told["schedules.csv"][0]["opens_at"] = "25:00"


def twice(told: Tables) -> None:
    told["services.csv"].append(dict(told["services.csv"][0]) | {"name": "Another"})


def no_name(told: Tables) -> None:
    del told["services.csv"][0]["name"]


def strange_status(told: Tables) -> None:
    told["services.csv"][0]["status"] = "sleeping"


def no_uuid(told: Tables) -> None:
    told["locations.csv"][0]["id"] = "../../etc"


def nothing(told: Tables) -> None:
    told["services.csv"][0]["name"] = None


def no_services(told: Tables) -> None:
    for rows in told.values():
        rows.clear()
    told["organizations.csv"] = read_json(SAMPLE / "tabular.json")["organizations.csv"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (dangling, f"service, row 1, column “organization_id”: there is no organization with the id {NOWHERE}"),
        (nobodys, "phone, row 1: nothing that this row belongs to is in the package"),
        (no_such_day, "service, row 1, column “assured_date”: “2024-02-30” is not a date (year-month-day)"),
        (no_such_hour, "schedule, row 1, column “opens_at”: “25:00” is not a time of the day"),
        (twice, f"service, row 2, column “id”: {SERVICE} is there twice, in rows 1 and 2; each needs its own"),
        (no_name, "service, row 1, column “name”: it is missing"),
        (strange_status, "“sleeping” is none of: active, inactive, defunct, temporarily closed"),
        (no_uuid, "“../../etc” is not an identifier (UUID)"),
        (nothing, "service, row 1, column “name”: “None” is not of the kind that the schema wants (string)"),
        (no_services, "service: there is no service in it"),
    ],
)
def test_rows_that_cannot_be_taken(desk: Office, tmp_path: Path, change: Callable[[Tables], None], said: str) -> None:
    text = refused(desk, tabular(tmp_path / "bad.json", change))
    assert said in text
    assert text.startswith("The directory was not taken in and nothing changed.")


def test_all_that_is_wrong_is_listed_at_once(desk: Office, tmp_path: Path) -> None:
    def wrong(told: Tables) -> None:
        dangling(told)
        no_such_hour(told)
        told["services.csv"] += [{"id": f"11111111-1111-4111-8111-{i:012}"} for i in range(300)]

    with pytest.raises(DirectoryRefused) as error:
        import_directory(desk, tabular(tmp_path / "bad.json", wrong))
    assert len(error.value.findings) == 2 + 300 * 3
    lines = error.value.text(EN).splitlines()
    assert len(lines) == 202
    assert lines[-1] == "… and 702 more."


def test_two_different_objects_of_one_id_in_nested_json(desk: Office, tmp_path: Path) -> None:
    told = read_json(SAMPLE / "service_full.json")
    told["contacts"][0]["name"] = "Somebody else"
    (tmp_path / "bad.json").write_text(json.dumps(told), encoding="utf-8")
    assert "stands here twice and says two things" in refused(desk, tmp_path / "bad.json")


def test_one_phone_of_two_services_in_nested_json(desk: Office, tmp_path: Path) -> None:
    one = {"id": SERVICE, "name": "a", "status": "active", "phones": [{"id": NOWHERE, "number": "1"}]}
    told = [one, one | {"id": NOWHERE[:-1] + "2"}]
    (tmp_path / "bad.json").write_text(json.dumps(told), encoding="utf-8")
    assert "stands under two of service" in refused(desk, tmp_path / "bad.json")


FILES: dict[str, tuple[bytes, str]] = {
    "no.zip": (b"PK\x03\x04 broken", "no zip archive, or it is damaged"),
    "no.json": (b"{", "“no.json” is not JSON (line 1)"),
    "deep.json": (b"[" * 100_000, "is not JSON"),
    "latin.json": ('{"name": "Niño"}'.encode("latin-1"), "“latin.json” is not written in UTF-8"),
    "other.json": (b'{"a": 1}', "nothing in it is a directory of HSDS 3.0"),
    "list.json": (b"[1, 2]", "nothing in it is a directory"),
    "nan.json": (b'{"id": NaN}', "a number that nobody can keep: NaN"),
    "huge.json": (b'{"id": 99999999999999999999999}', "a number that nobody can keep"),
    "far.json": (b'{"id": 1e999}', "a number that nobody can keep"),
    "half.json": (b'{"id": "\\ud800"}', "is not JSON"),
    "letter.txt": (b"Dear all", "is no directory: choose a .json file, a .zip, or a folder"),
    "empty.json": (b"", "is not JSON"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_directory(desk: Office, tmp_path: Path, name: str) -> None:
    data, said = FILES[name]
    (tmp_path / name).write_bytes(data)
    assert said in refused(desk, tmp_path / name)


def test_a_folder_without_its_descriptor(desk: Office, tmp_path: Path) -> None:
    folder = csv_sample(tmp_path / "sample")
    (folder / "datapackage.json").unlink()
    assert "There is no datapackage.json in “sample”" in refused(desk, folder)


def test_a_table_that_is_named_and_not_there(desk: Office, tmp_path: Path) -> None:
    folder = csv_sample(tmp_path / "sample")
    (folder / "phones.csv").unlink()
    assert "the file “phones.csv” is named in datapackage.json and is not there" in refused(desk, folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name,id\n", "the column “id” is there twice"),
        ("", "the first line does not name the columns"),
        ("id,service_id,source\na,b\n", "this row has 2 cells, the first line names 3"),
        ('id,source\n"a,b\n', "this cannot be read as CSV"),
    ],
)
def test_tables_that_are_no_tables(desk: Office, tmp_path: Path, text: str, said: str) -> None:
    folder = csv_sample(tmp_path / "sample")
    (folder / "funding.csv").write_text(text, encoding="utf-8")
    assert said in refused(desk, folder)


def test_a_table_in_another_alphabet(desk: Office, tmp_path: Path) -> None:
    folder = csv_sample(tmp_path / "sample")
    (folder / "funding.csv").write_bytes("id,source\n1,Fundación\n".encode("latin-1"))
    assert "“funding.csv” is not written in UTF-8" in refused(desk, folder)


@pytest.mark.parametrize("name", ["../out.csv", "/etc/passwd", "a/../../b", "C:\\x", "a\\..\\b"])
def test_names_that_lead_out_of_a_zip(desk: Office, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name  # as a hostile writer would: the library itself mends some
        archive.writestr(info, "x")
        archive.writestr("datapackage.json", "{}")
    assert "holds a name that leads out of the archive" in refused(desk, tmp_path / "bad.zip")


def test_a_link_in_a_zip(desk: Office, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        link = zipfile.ZipInfo("datapackage.json")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "leads out of the archive" in refused(desk, tmp_path / "bad.zip")


def test_a_descriptor_whose_paths_lead_out(desk: Office, tmp_path: Path) -> None:
    folder = csv_sample(tmp_path / "sample")
    (tmp_path / "secret.csv").write_text("id\n", encoding="utf-8")
    told = {"resources": [{"name": "service", "path": "../secret.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    assert "names no tables" in refused(desk, folder)
    told = {"resources": [{"name": "service", "path": "link.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    os.symlink(tmp_path / "secret.csv", folder / "link.csv")
    assert "is not there" in refused(desk, folder)


def test_a_bomb_is_not_unpacked(desk: Office, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", b" " * (32 * source.MEGABYTE))
    assert (tmp_path / "bomb.zip").stat().st_size < source.MEGABYTE
    assert "unpacks to far too much" in refused(desk, tmp_path / "bomb.zip")


def test_a_file_that_is_too_large_is_not_read(desk: Office, tmp_path: Path) -> None:
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(source.LARGEST + 1)  # takes no room on the disk
    assert "is larger than 512 MB" in refused(desk, tmp_path / "large.json")


def test_a_zip_with_a_password(desk: Office, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "locked.zip", "w") as archive:
        archive.writestr("datapackage.json", "{}")
    data = bytearray((tmp_path / "locked.zip").read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(data))
    assert "protected with a password" in refused(desk, tmp_path / "locked.zip")


def test_a_stopped_import_leaves_nothing(desk: Office) -> None:
    class Stopped(Progress):
        def report(self, done: int, total: int) -> None:
            self.cancelled = total > 0 and done == 0 and self.total > 0
            super().report(done, total)
            self.total = total

    before = len(desk.vault.envelopes())
    progress = Stopped()
    progress.total = 1
    with pytest.raises(Cancelled):
        import_directory(desk, SAMPLE / "tabular.json", progress)
    assert len(desk.vault.envelopes()) == before
