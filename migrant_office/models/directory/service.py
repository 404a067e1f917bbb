"""What is given, where, for whom, with which papers and at what cost. Tables of HSDS 3.0."""

from __future__ import annotations

from datetime import date
from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_service", Home.SERVICE)
class HsdsService:
    """Table `service`: the details of the services provided by organizations to a range of different groups."""

    id: str
    package: str = scalar(default="", index=True)
    organization_id: str | None = scalar(default=None)
    program_id: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None)
    alternate_name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    url: str | None = scalar(default=None, column=False)
    email: str | None = scalar(default=None, column=False)
    status: str | None = scalar(default=None)
    interpretation_services: str | None = scalar(default=None, column=False)
    application_process: str | None = scalar(default=None, column=False)
    fees_description: str | None = scalar(default=None, column=False)
    wait_time: str | None = scalar(default=None, column=False)
    fees: str | None = scalar(default=None, column=False)
    accreditations: str | None = scalar(default=None, column=False)
    eligibility_description: str | None = scalar(default=None, column=False)
    minimum_age: float | None = scalar(default=None, column=False)
    maximum_age: float | None = scalar(default=None, column=False)
    assured_date: date | None = scalar(default=None, column=False)
    assurer_email: str | None = scalar(default=None, column=False)
    licenses: str | None = scalar(default=None, column=False)
    alert: str | None = scalar(default=None, column=False)
    last_modified: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_service_at_location", Home.SERVICE)
class HsdsServiceAtLocation:
    """Table `service_at_location`: a link between a service and a specific location."""

    id: str
    service_id: str | None = scalar(default=None, index=True)
    location_id: str | None = scalar(default=None)
    description: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_service_area", Home.SERVICE)
class HsdsServiceArea:
    """Table `service_area`: the details of the geographic area for which a service is available."""

    id: str
    service_id: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    extent: str | None = scalar(default=None, column=False)
    extent_type: str | None = scalar(default=None, column=False)
    uri: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_required_document", Home.SERVICE)
class HsdsRequiredDocument:
    """Table `required_document`: the details of any documents that are required in order to access or use
    services.
    """

    id: str
    service_id: str | None = scalar(default=None, column=False)
    document: str | None = scalar(default=None, column=False)
    uri: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_cost_option", Home.SERVICE)
class HsdsCostOption:
    """Table `cost_option`: the costs of a service at certain points in time."""

    id: str
    service_id: str | None = scalar(default=None, column=False)
    valid_from: date | None = scalar(default=None, column=False)
    valid_to: date | None = scalar(default=None, column=False)
    option: str | None = scalar(default=None, column=False)
    currency: str | None = scalar(default=None, column=False)
    amount: float | None = scalar(default=None, column=False)
    amount_description: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)
