"""What a package says about its own changes and tables. Tables of HSDS 3.0."""

from __future__ import annotations

from datetime import date
from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_metadata", Home.SERVICE)
class HsdsMetadata:
    """Table `metadata`: a record of the changes that have been made to the data in order to maintain provenance
    information.
    """

    id: str
    resource_id: str | None = scalar(default=None, column=False)
    resource_type: str | None = scalar(default=None, column=False)
    last_action_date: date | None = scalar(default=None, column=False)
    last_action_type: str | None = scalar(default=None, column=False)
    field_name: str | None = scalar(default=None, column=False)
    previous_value: str | None = scalar(default=None, column=False)
    replacement_value: str | None = scalar(default=None, column=False)
    updated_by: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_meta_table_description", Home.SERVICE)
class HsdsMetaTableDescription:
    """Table `meta_table_description`: metadata about individual tables."""

    id: str
    name: str | None = scalar(default=None, column=False)
    language: str | None = scalar(default=None, column=False)
    character_set: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)
