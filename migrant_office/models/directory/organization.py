"""Who gives services: the organization, its programs, numbers in registers, and money. Tables of HSDS 3.0."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_organization", Home.SERVICE)
class HsdsOrganization:
    """Table `organization`: the details about each organization delivering services."""

    id: str
    package: str = scalar(default="", index=True)
    name: str | None = scalar(default=None)
    alternate_name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    email: str | None = scalar(default=None, column=False)
    website: str | None = scalar(default=None, column=False)
    tax_status: str | None = scalar(default=None, column=False)
    tax_id: str | None = scalar(default=None, column=False)
    year_incorporated: float | None = scalar(default=None, column=False)
    legal_status: str | None = scalar(default=None, column=False)
    logo: str | None = scalar(default=None, column=False)
    uri: str | None = scalar(default=None, column=False)
    parent_organization_id: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_organization_identifier", Home.SERVICE)
class HsdsOrganizationIdentifier:
    """Table `organization_identifier`: the details of the third party identifiers for organizations, such as:
    company registration number, charity number, tax registration number.
    """

    id: str
    organization_id: str | None = scalar(default=None, column=False)
    identifier_scheme: str | None = scalar(default=None, column=False)
    identifier_type: str | None = scalar(default=None, column=False)
    identifier: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_program", Home.SERVICE)
class HsdsProgram:
    """Table `program`: the details of collections of related services."""

    id: str
    organization_id: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None, column=False)
    alternate_name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_funding", Home.SERVICE)
class HsdsFunding:
    """Table `funding`: the sources of funding for a service or organization."""

    id: str
    organization_id: str | None = scalar(default=None, column=False)
    service_id: str | None = scalar(default=None, column=False)
    source: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)
