"""Places: where they are and how one gets in. Tables of HSDS 3.0."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_location", Home.SERVICE)
class HsdsLocation:
    """Table `location`: the locations where organizations operate."""

    id: str
    package: str = scalar(default="", index=True)
    location_type: str | None = scalar(default=None, column=False)
    url: str | None = scalar(default=None, column=False)
    organization_id: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None)
    alternate_name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    transportation: str | None = scalar(default=None, column=False)
    latitude: float | None = scalar(default=None, column=False)
    longitude: float | None = scalar(default=None, column=False)
    external_identifier: str | None = scalar(default=None, column=False)
    external_identifier_type: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_address", Home.SERVICE)
class HsdsAddress:
    """Table `address`: the addresses of locations where organizations operate."""

    id: str
    location_id: str | None = scalar(default=None, column=False)
    attention: str | None = scalar(default=None, column=False)
    address_1: str | None = scalar(default=None, column=False)
    address_2: str | None = scalar(default=None, column=False)
    city: str | None = scalar(default=None, column=False)
    region: str | None = scalar(default=None, column=False)
    state_province: str | None = scalar(default=None, column=False)
    postal_code: str | None = scalar(default=None, column=False)
    country: str | None = scalar(default=None, column=False)
    address_type: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_accessibility", Home.SERVICE)
class HsdsAccessibility:
    """Table `accessibility`: the details of the arrangements for access to locations for people who have
    disabilities.
    """

    id: str
    location_id: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    details: str | None = scalar(default=None, column=False)
    url: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)
