"""Our own catalogue as HSDS, and back: ids made from our codes, and what HSDS has no place for as attributes.

Left out of every export: who of the office confirmed a service, who answered there, and what waits to be checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from migrant_office.ids import made_id
from migrant_office.models.city import City
from migrant_office.models.directory.procedure import Procedure
from migrant_office.models.service import Service
from migrant_office.models.vault.cells import plain
from migrant_office.models.vault.nouns import NOUNS, changed
from migrant_office.services.directory.index import Index
from migrant_office.services.directory.meaning import COLUMNS, OPEN, service_from_rows
from migrant_office.services.directory.package import Package, Row

KEPT_HOME = ("id", "confirmed_by", "answered_by", "check_wanted", "check_why")
FIELDS = tuple(f.name for f in fields(Service) if f.name not in KEPT_HOME)
STEPS = "procedure"  # the code of the attribute that holds one version of the steps


TAXONOMY = made_id("taxonomy", "migrant-office")
TAXONOMY_NAME = "migrant-office"
AREAS = made_id("taxonomy", "migrant-office-areas")


def term_id(field: str) -> str:
    return made_id("term", field)


TERMS = {term_id(field): field for field in (*FIELDS, STEPS)}
NAMES = {
    "irregular": "Serves people whatever their migration status (true, false)",
    "channel": "How it is given (in_person, virtual, mixed)",
    "childcare": "Childcare while one is served (true, false)",
    "appointment": "An appointment is needed (true, false)",
    "answer_days": "Days within which an answer is promised",
    "accepts": "A document of identity that is accepted, by its code",
    "check_days": "Days until the facts are asked for again",
    "withheld": "Why it is never offered to a person",
    STEPS: "One version of the office's own steps (JSON)",
}


def is_own(service: Service) -> bool:
    """Whether a service is of this office's catalogue, and did not come in a package."""
    return bool(service.code) and service.id == service.code


def hsds_id(service: Service, city: City) -> str:
    return made_id("service", city.id, service.code) if is_own(service) else service.id


def organization_row(owner: str, city: City | None) -> Row:
    """The organization of this name; "–" stands for one that nobody names, for HSDS wants one."""
    name = owner or "–"
    return {"id": made_id("organization", city.id if city else "", owner), "name": name, "description": name}


def own_rows(service: Service, city: City) -> Package:
    """The rows that say a service of ours, without its attributes."""
    id, owner = hsds_id(service, city), organization_row(service.owner, city)
    row: Row = {"id": id, "organization_id": owner["id"], "status": OPEN if not service.closed else "inactive"}
    row |= {column: getattr(service, field) for field, column in COLUMNS.items() if getattr(service, field)}
    row |= {"name": service.name or service.code, "alternate_name": service.aliases or None}
    row |= {"assured_date": service.confirmed.isoformat() if isinstance(service.confirmed, date) else None}
    documents = [part.strip() for part in service.documents.split(";") if part.strip()]
    papers = [
        {"id": made_id("document", id, str(i)), "service_id": id, "document": document}
        for i, document in enumerate(documents)
    ]
    area = {
        "id": made_id("attribute", id, "area"),
        "link_id": id,
        "taxonomy_term_id": made_id("area", city.id, service.area),
        "link_entity": "service",
    }
    return Package(
        form="tabular",
        tables={
            "organization": [owner],
            "service": [{k: v for k, v in row.items() if v is not None}],
            "required_document": papers,
            "attribute": [area],
            "taxonomy_term": area_rows(city, service.area),
        },
    )


def area_rows(city: City, area: str) -> list[Row]:
    label = city.area_label(area, "es") or area
    id = made_id("area", city.id, area)
    told = {"id": id, "code": f"{city.id}:{area}", "name": label, "description": label}
    return [told | {"taxonomy": "migrant-office-areas", "taxonomy_id": AREAS}]


def attributes(service: Service, derived: Service, id: str) -> list[Row]:
    """What the rows of a service do not say of it, one row a value."""
    found: list[Row] = []
    for field in FIELDS:
        value = getattr(service, field)
        if value == getattr(derived, field):
            continue
        told = plain(value)
        for i, one in enumerate(told or [""] if isinstance(value, frozenset) else [told]):
            found.append(attribute(id, field, i, one if isinstance(one, str) else json.dumps(one)))
    return found


def attribute(id: str, field: str, number: int, value: str) -> Row:
    row = {"id": made_id("attribute", id, field, str(number)), "link_id": id, "taxonomy_term_id": term_id(field)}
    return row | {"link_entity": "service"} | ({"value": value} if value else {})


def procedure_attributes(id: str, procedures: Iterable[Procedure]) -> list[Row]:
    """The versions of the steps, without who wrote them."""
    rows = []
    for i, told in enumerate(sorted(procedures, key=lambda p: (p.version, p.id))):
        value = {"id": told.id, "version": told.version, "made": str(plain(told.made)), "steps": list(told.steps)}
        rows.append(attribute(id, STEPS, i, json.dumps(value, ensure_ascii=False)))
    return rows


def taxonomy_rows(used: Iterable[str]) -> tuple[list[Row], list[Row]]:
    """(taxonomies, terms) that explain the attributes with these term ids."""
    terms = [
        {
            "id": id,
            "code": f"{TAXONOMY_NAME}:{TERMS[id]}",
            "name": TERMS[id],
            "description": NAMES.get(TERMS[id], TERMS[id]),
            "taxonomy": TAXONOMY_NAME,
            "language": "en",
            "taxonomy_id": TAXONOMY,
        }
        for id in sorted(set(used) & TERMS.keys(), key=lambda id: TERMS[id])
    ]
    described = [
        {"id": TAXONOMY, "name": TAXONOMY_NAME, "description": "What the catalogue of an office knows beside HSDS"},
        {"id": AREAS, "name": "migrant-office-areas", "description": "The areas of service of an office"},
    ]
    return described, terms


def derived_service(service: Service, city: City) -> Service:
    """What somebody who knows only the rows would take a service of ours for."""
    rows = own_rows(service, city)
    return service_from_rows(rows.tables["service"][0], Index(rows), city, id=service.id)


def with_attributes(derived: Service, found: Iterable[Row]) -> Service:
    """A service with what attributes of our taxonomy say of it. An unreadable value says nothing."""
    noun, told = NOUNS[Service], dict[str, Any]()
    for row in found:
        field, value = TERMS.get(row["taxonomy_term_id"], ""), row.get("value") or ""
        if field == STEPS or not field:
            continue
        if field in noun.flags:
            told[field] = told.get(field, frozenset()) | ({noun.read_value(field, value)} if value else set())
            continue
        read = value_of(field, value)
        told |= {field: read} if read is not UNREAD else {}
    return changed(derived, **told)


UNREAD = object()


def value_of(field: str, value: str) -> Any:
    """A field's value from the text of its attribute; `UNREAD` for what no program of ours wrote."""
    kinds = NOUNS[Service].hints[field]
    if kinds is str:
        return value
    try:
        told = value if "|" not in str(kinds) and kinds is not bool else json.loads(value)
    except ValueError:
        told = value
    if told is None:
        return None
    read = NOUNS[Service].read_value(field, told)
    return UNREAD if type(read).__name__ == "Unrecognised" else read


def procedures_of(found: Iterable[Row]) -> list[Procedure]:
    """The versions of steps that attributes hold; what cannot be read is none."""
    steps: list[Procedure] = []
    for row in found:
        if TERMS.get(row["taxonomy_term_id"]) != STEPS:
            continue
        try:
            told = json.loads(row.get("value") or "")
            made = Procedure(
                id=str(told["id"]).replace("/", ""),
                version=int(told["version"]),
                made=date.fromisoformat(told["made"]),
                steps=tuple(map(str, told["steps"])),
            )
        except (ValueError, TypeError, KeyError):
            continue
        steps.append(made)
    return steps
