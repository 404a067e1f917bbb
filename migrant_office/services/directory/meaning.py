"""What a service of HSDS is to this house: a `Service` that one can refer to, read from its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from migrant_office.models.city import City
from migrant_office.models.need import NeedKind
from migrant_office.models.service import Service
from migrant_office.services.directory.index import Index
from migrant_office.services.directory.package import Row

OPEN = "active"
PLACE = ("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code")
COLUMNS = {  # fields that one column says: an edit of the one is an edit of the other
    "name": "name",
    "gives": "description",
    "who": "eligibility_description",
    "cost": "fees_description",
    "steps": "application_process",
}


def service_from_rows(row: Row, index: Index, city: City, *, id: str = "") -> Service:
    """The service that a row and what belongs to it describe. Facts that HSDS has no place for stay unknown."""
    area = area_of(row, index, city)
    profile = city.area(area)
    owner = index.row("organization", row.get("organization_id"))
    assured = row.get("assured_date")
    told: dict[str, Any] = {field: text(row.get(column)) for field, column in COLUMNS.items()}
    return Service(
        id=id or row["id"],
        owner=text(owner.get("name")) if owner else "",
        area=area,
        documents="; ".join(joined(index.under("required_document", "service_id", row["id"]), "document")),
        contact="; ".join(contacts(row, index)),
        aliases=text(row.get("alternate_name")),
        confirmed=date.fromisoformat(assured) if isinstance(assured, str) else None,
        closed=row.get("status") != OPEN,
        needs=frozenset(NeedKind(need) for need in (profile.needs if profile else ())),
        **(told | {"cost": told["cost"] or "; ".join(costs(row, index))}),
    )


def text(value: object) -> str:
    return "" if value is None else str(value)


def joined(rows: Iterable[Row], *columns: str) -> list[str]:
    """What rows say in some columns, one text a row; equal ones and empty ones once."""
    lines = (" ".join(filter(None, (text(row.get(column)).strip() for column in columns))) for row in rows)
    return list(dict.fromkeys(filter(None, lines)))


def costs(row: Row, index: Index) -> list[str]:
    return joined(
        index.under("cost_option", "service_id", row["id"]), "option", "amount", "currency", "amount_description"
    )


def places(row: Row, index: Index) -> list[str]:
    """The ids of the locations where a service is given."""
    found = index.under("service_at_location", "service_id", row["id"])
    return [at["location_id"] for at in found if at.get("location_id")]


def contacts(row: Row, index: Index) -> list[str]:
    """Phones, addresses, e-mail and web page: the service's own first, then those of its places and organization."""
    where = places(row, index)
    phones = index.under("phone", "service_id", row["id"]) or index.under_any("phone", "location_id", where)
    phones = phones or index.under("phone", "organization_id", text(row.get("organization_id")))
    addresses = [address(one) for one in index.under_any("address", "location_id", where)]
    reached = [text(row.get("email")), text(row.get("url"))]
    return list(dict.fromkeys(filter(None, [*joined(phones, "number"), *addresses, *reached])))


def address(row: Row) -> str:
    return ", ".join(filter(None, (text(row.get(column)) for column in PLACE)))


def area_of(row: Row, index: Index, city: City) -> str:
    """The area that one of its terms names, by code or by any word of the city for it; else the city's default."""
    words = {word.casefold(): a.code for a in city.areas for word in (a.code, a.es, a.en, a.ht, *a.match)}
    for attribute in index.under("attribute", "link_id", row["id"]):
        term = index.row("taxonomy_term", attribute.get("taxonomy_term_id")) or {}
        for said in (term.get("code"), term.get("name")):
            if area := words.get(text(said).casefold()):
                return area
    return city.default_area
