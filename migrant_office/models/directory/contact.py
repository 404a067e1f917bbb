"""How an organization, a service or a place is reached, when, and in which language. Tables of HSDS 3.0."""

from __future__ import annotations

from datetime import date
from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_contact", Home.SERVICE)
class HsdsContact:
    """Table `contact`: the details of the named contacts for services and organizations."""

    id: str
    organization_id: str | None = scalar(default=None, column=False)
    service_id: str | None = scalar(default=None, column=False)
    service_at_location_id: str | None = scalar(default=None, column=False)
    location_id: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None, column=False)
    title: str | None = scalar(default=None, column=False)
    department: str | None = scalar(default=None, column=False)
    email: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_phone", Home.SERVICE)
class HsdsPhone:
    """Table `phone`: the details of the telephone numbers used to contact organizations, services, and
    locations.
    """

    id: str
    location_id: str | None = scalar(default=None)
    service_id: str | None = scalar(default=None, index=True)
    organization_id: str | None = scalar(default=None)
    contact_id: str | None = scalar(default=None, column=False)
    service_at_location_id: str | None = scalar(default=None)
    number: str | None = scalar(default=None)
    extension: float | None = scalar(default=None)
    type: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_schedule", Home.SERVICE)
class HsdsSchedule:
    """Table `schedule`: the details of when a service or location is open."""

    id: str
    service_id: str | None = scalar(default=None, index=True)
    location_id: str | None = scalar(default=None, index=True)
    service_at_location_id: str | None = scalar(default=None, index=True)
    valid_from: date | None = scalar(default=None)
    valid_to: date | None = scalar(default=None)
    dtstart: date | None = scalar(default=None)
    timezone: float | None = scalar(default=None)
    until: date | None = scalar(default=None)
    count: float | None = scalar(default=None)
    wkst: str | None = scalar(default=None)
    freq: str | None = scalar(default=None)
    interval: float | None = scalar(default=None)
    byday: str | None = scalar(default=None)
    byweekno: str | None = scalar(default=None)
    bymonthday: str | None = scalar(default=None)
    byyearday: str | None = scalar(default=None)
    description: str | None = scalar(default=None, column=False)
    opens_at: str | None = scalar(default=None)
    closes_at: str | None = scalar(default=None)
    schedule_link: str | None = scalar(default=None, column=False)
    attending_type: str | None = scalar(default=None, column=False)
    notes: str | None = scalar(default=None)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_language", Home.SERVICE)
class HsdsLanguage:
    """Table `language`: the languages that are spoken at locations or services."""

    id: str
    service_id: str | None = scalar(default=None, column=False)
    location_id: str | None = scalar(default=None, column=False)
    phone_id: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None, column=False)
    code: str | None = scalar(default=None, column=False)
    note: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)
