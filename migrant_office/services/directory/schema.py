"""The published schema of HSDS 3.0: tables, columns, links, nesting, and a validator for the rows of each table.

Both published forms are read: the Table Schema of `datapackage.json` for rows of CSV, the JSON Schema of
`service_with_definitions.json` for JSON. A nested object is checked as a row, its lists object by object.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from migrant_office import paths
from migrant_office.models.directory.tables import TABLES

TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$"
FORMATS = {"date": {"format": "date"}, "datetime": {"format": "date-time"}, "time": {"pattern": TIME}}
CONTEXT = {  # links by what stands at the other end, not by a foreign key of their own
    "attribute": {"link_id": "", "taxonomy_term_id": "taxonomy_term"},
    "metadata": {"resource_id": ""},
    "organization": {"parent_organization_id": "organization"},
    "taxonomy_term": {"parent_id": "taxonomy_term"},
}
SHOWN_NESTED = {("organization", "parent_organization_id"), ("taxonomy_term", "parent_id")}  # stay in nested objects


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table. `columns` to their published types; `links` to the table they point into, "" for any; `needed` those
    that a row of a table cannot lack; `lists` and `objects` are what a nested object holds, by property.
    """

    name: str
    path: str
    columns: dict[str, str]
    links: dict[str, str]
    needed: frozenset[str]
    unique: tuple[str, ...]
    lists: dict[str, str]
    objects: dict[str, str]

    @property
    def nested(self) -> tuple[str, ...]:
        """The columns that a nested object shows: the links are told by where it stands."""
        return tuple(c for c in self.columns if c not in self.links or (self.name, c) in SHOWN_NESTED)


def read_json(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((paths.resources() / "hsds" / name).read_text(encoding="utf-8"))
    return told


@cache
def descriptor() -> dict[str, Any]:
    """The published `datapackage.json`."""
    return read_json("datapackage.json")


@cache
def definitions() -> dict[str, Any]:
    """The published JSON Schema of each table, by name."""
    told = read_json("service_with_definitions.json")
    found: dict[str, Any] = told.pop("definitions")
    return found | {"service": told}


@cache
def tables() -> dict[str, Table]:
    """Every table by its name, in the published order."""
    return {resource["name"]: table_from(resource) for resource in descriptor()["resources"]}


def table_from(resource: dict[str, Any]) -> Table:
    name, told = resource["name"], resource["schema"]
    links = {key["fields"]: key["reference"]["resource"] for key in told.get("foreignKeys", ())}
    links |= CONTEXT.get(name, {})
    lists, objects = nesting(name)
    return Table(
        name=name,
        path=resource["path"],
        columns={field["name"]: field["type"] for field in told["fields"]},
        links=links,
        needed=frozenset(f["name"] for f in told["fields"] if f["constraints"].get("required")),
        # a link that may not repeat would allow an organization one program: a slip of the published file
        unique=tuple(f["name"] for f in told["fields"] if f["constraints"].get("unique") and f["name"] not in links),
        lists=lists,
        objects=objects,
    )


def nesting(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """(lists, objects) that an object of a table holds: property to table."""
    lists: dict[str, str] = {}
    objects: dict[str, str] = {}
    for prop, told in definitions()[name]["properties"].items():
        if "items" in told:
            lists[prop] = table_of(told["items"], prop)
        elif "$ref" in told or told.get("type") == "object":
            objects[prop] = table_of(told, prop)
    # the published file begins at the service, so what leads back to one is not in it
    lists |= {"services": "service"} if name == "organization" else {}
    objects |= {"service": "service"} if name == "service_at_location" else {}
    return lists, objects


def table_of(told: dict[str, Any], prop: str) -> str:
    name = told.get("$ref", "").rpartition("/")[2] or told.get("name", prop)
    return name if name in TABLES else prop


def table_validator(name: str) -> Any:
    """For rows of CSV, from the Table Schema."""
    return validators()[0][name]


def object_validator(name: str) -> Any:
    """For objects of JSON, without what is nested in them."""
    return validators()[1][name]


@cache
def validators() -> tuple[dict[str, Any], dict[str, Any]]:
    import jsonschema_rs  # heavy, and wanted only where a directory comes in

    def made(schema: dict[str, Any]) -> Any:
        return jsonschema_rs.validator_for(schema, validate_formats=True)

    resources = {resource["name"]: resource["schema"] for resource in descriptor()["resources"]}
    return (
        {name: made(from_table_schema(told)) for name, told in resources.items()},
        {name: made(from_definition(name)) for name in resources},
    )


def from_table_schema(told: dict[str, Any]) -> dict[str, Any]:
    properties = {}
    for field in told["fields"]:
        kind = {"type": "number" if field["type"] == "number" else "string"} | FORMATS.get(field["type"], {})
        kind |= {"format": field["format"]} if "format" in field else {}
        properties[field["name"]] = kind | {k: v for k, v in field["constraints"].items() if k == "enum"}
    required = [field["name"] for field in told["fields"] if field["constraints"].get("required")]
    return {"type": "object", "properties": properties, "required": required}


def from_definition(name: str) -> dict[str, Any]:
    told, table = definitions()[name], tables()[name]
    properties = {
        prop: {k: v for k, v in kind.items() if k in ("type", "format", "enum")}
        | FORMATS.get(kind.get("datapackage_type", ""), {})
        for prop, kind in told["properties"].items()
        if prop in table.columns
    }
    return {"type": "object", "properties": properties, "required": told["required"]}
