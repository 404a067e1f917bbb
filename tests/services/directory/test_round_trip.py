from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import UserError
from migrant_office.models.office import Office
from migrant_office.models.reads.tables import dump
from migrant_office.services.directory.exporting import export_directory
from migrant_office.services.directory.importing import import_directory
from migrant_office.services.directory.nesting import Flattening, Nesting
from migrant_office.services.directory.package import Package
from migrant_office.services.directory.reading import read_directory
from migrant_office.services.directory.rows import noun_from, row_from
from migrant_office.services.directory.schema import tables
from tests.services.directory.samples import SAMPLE, csv_sample, read_csv, read_json, tabular

WITH_SERVICES = (
    "tabular.json",
    "service_full.json",
    "organization_full.json",
    "service_at_location_full.json",
    "service_list.json",
    "service_at_location_list.json",
)


@pytest.mark.parametrize("name", WITH_SERVICES)
def test_every_published_json_with_services_comes_out_unchanged(desk: Office, tmp_path: Path, name: str) -> None:
    import_directory(desk, SAMPLE / name)
    export_directory(desk, tmp_path / "out.json", name=Path(name).stem)
    assert read_json(tmp_path / "out.json") == read_json(SAMPLE / name)


@pytest.mark.parametrize(
    "name", sorted(p.name for p in SAMPLE.glob("*.json") if p.name not in ("base.json", "tabular.json"))
)
def test_every_published_json_is_flattened_and_nested_again(name: str) -> None:
    package, _remarks = read_directory(SAMPLE / name)
    told = read_json(SAMPLE / name)
    nested = Nesting(package.tables, full=package.full).all(package.root, package.tables[package.root])
    assert nested == told.get("contents", [told])


def test_the_published_csv_comes_out_unchanged(desk: Office, tmp_path: Path) -> None:
    source = csv_sample(tmp_path / "sample")
    import_directory(desk, source)
    export_directory(desk, tmp_path / "out", name="sample")
    assert read_csv(tmp_path / "out") == read_csv(source)
    assert read_json(tmp_path / "out" / "datapackage.json") == read_json(source / "datapackage.json")


def test_a_zip_is_as_good_as_a_folder_also_with_a_folder_in_it(desk: Office, tmp_path: Path) -> None:
    source = csv_sample(tmp_path / "sample")
    with zipfile.ZipFile(tmp_path / "sample.zip", "w") as archive:
        for file in source.iterdir():
            archive.write(file, f"inside/{file.name}")
    import_directory(desk, tmp_path / "sample.zip")
    export_directory(desk, tmp_path / "out.zip", name="sample")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert read_csv(tmp_path / "unpacked") == read_csv(source)


def test_unknown_columns_and_tables_and_spellings_survive(desk: Office, tmp_path: Path) -> None:
    source = csv_sample(tmp_path / "sample")
    locations = (source / "locations.csv").read_text(encoding="utf-8").splitlines()
    head, row = locations[0], locations[1]
    spelt = row.replace(",100,101,", ",-33.4500,1e2,")
    assert spelt != row
    (source / "locations.csv").write_text(f"x_colour,{head}\nblue,{spelt}\n", encoding="utf-8")
    (source / "units.csv").write_text("id,name\n1,bed\n2,seat\n", encoding="utf-8")
    told = read_json(source / "datapackage.json")
    told["resources"].append({"name": "unit", "path": "units.csv"})
    (source / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    import_directory(desk, source)
    export_directory(desk, tmp_path / "out", name="sample")
    assert read_csv(tmp_path / "out") == read_csv(source)
    assert read_json(tmp_path / "out" / "datapackage.json") == told


def test_taking_the_same_in_again_changes_nothing(desk: Office, tmp_path: Path) -> None:
    first = import_directory(desk, SAMPLE / "tabular.json")
    before, envelopes = dump(desk.vault), len(desk.vault.envelopes())
    again = import_directory(desk, SAMPLE / "tabular.json")
    assert (first.new, first.known, again.new, again.known) == (1, 0, 0, 1)
    assert dump(desk.vault) == before
    assert len(desk.vault.envelopes()) == envelopes


def test_a_newer_package_takes_the_place_of_the_older(desk: Office, tmp_path: Path) -> None:
    import_directory(desk, SAMPLE / "tabular.json")

    def newer(told: dict[str, list[dict[str, object]]]) -> None:
        told["schedules.csv"].clear()
        told["services.csv"][0]["fees_description"] = "Free"

    (tmp_path / "new").mkdir()
    newer_file = tabular(tmp_path / "new" / "tabular.json", newer)
    import_directory(desk, newer_file)
    export_directory(desk, tmp_path / "out.json", name="tabular")
    assert {k: v for k, v in read_json(tmp_path / "out.json").items() if v} == {
        k: v for k, v in read_json(newer_file).items() if v
    }


def test_everything_together_is_valid_whatever_its_form(desk: Office, tmp_path: Path) -> None:
    import_directory(desk, SAMPLE / "service_list.json")  # a list leaves out whose a program is
    for name, form in (("all.json", ""), ("all.zip", ""), ("nested.json", "services"), ("orgs.json", "organizations")):
        written = export_directory(desk, tmp_path / name, form=form)
        package, _remarks = read_directory(tmp_path / name)
        assert len(package.tables["service"]) == written == 64


def test_it_is_said_when_nothing_of_that_name_came_in(desk: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No directory"):
        export_directory(desk, tmp_path / "out.json", name="nobody")
    (tmp_path / "there.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="exists already"):
        export_directory(desk, tmp_path / "there.json")
    assert (tmp_path / "there.json").read_text(encoding="utf-8") == "{}"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
VALUES = {
    "string": TEXTS,
    "time": TEXTS,
    "datetime": TEXTS,
    "date": st.dates().map(lambda day: day.isoformat()),
    "number": st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False),
}


@given(st.data(), st.sampled_from(sorted(tables())))
def test_any_row_of_any_table_is_given_back(data: st.DataObject, name: str) -> None:
    kinds = {c: VALUES[kind] for c, kind in tables()[name].columns.items() if c != "id"}
    row = data.draw(st.fixed_dictionaries({"id": st.uuids().map(str)}, optional=kinds))
    row |= data.draw(st.dictionaries(TEXTS.map(lambda t: f"x_{t}"), TEXTS | st.integers(-9, 9), max_size=2))
    assert row_from(name, noun_from(name, row, 0)) == row


@given(st.lists(st.uuids().map(str), unique=True, min_size=1, max_size=6), st.data())
def test_any_nesting_of_phones_and_contacts_is_given_back(ids: list[str], data: st.DataObject) -> None:
    service: dict[str, Any] = {"id": ids[0], "name": "a", "status": "active"}
    for id in ids[1:]:
        under = data.draw(st.sampled_from(["phones", "contacts"]))
        service.setdefault(under, []).append({"id": id} | ({"number": "1"} if under == "phones" else {}))
    package = Package(form="one", root="service")
    flat = Flattening(package)
    flat.take("service", service)
    assert flat.findings == []
    assert Nesting(package.tables, full=True).all("service", package.tables["service"]) == [service]
