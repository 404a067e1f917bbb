"""Terms that classify records, and what a record says beyond its table. Tables of HSDS 3.0."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_taxonomy", Home.SERVICE)
class HsdsTaxonomy:
    """Table `taxonomy`: the taxonomies from which taxonomy terms are taken."""

    id: str
    package: str = scalar(default="", index=True)
    name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    uri: str | None = scalar(default=None, column=False)
    version: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_taxonomy_term", Home.SERVICE)
class HsdsTaxonomyTerm:
    """Table `taxonomy_term`: each service can be categorized according to one or more taxonomy terms."""

    id: str
    code: str | None = scalar(default=None, column=False)
    name: str | None = scalar(default=None, column=False)
    description: str | None = scalar(default=None, column=False)
    parent_id: str | None = scalar(default=None, column=False)
    taxonomy: str | None = scalar(default=None, column=False)
    language: str | None = scalar(default=None, column=False)
    taxonomy_id: str | None = scalar(default=None, column=False)
    term_uri: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_attribute", Home.SERVICE)
class HsdsAttribute:
    """Table `attribute`: a link between a service and one or more classifications that describe the nature of the
    service provided.
    """

    id: str
    link_id: str | None = scalar(default=None, column=False)
    taxonomy_term_id: str | None = scalar(default=None, column=False)
    link_type: str | None = scalar(default=None, column=False)
    link_entity: str | None = scalar(default=None, column=False)
    value: str | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
    extra: dict[str, Any] | None = scalar(default=None, column=False)
