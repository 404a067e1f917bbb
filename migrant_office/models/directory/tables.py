"""The tables of HSDS 3.0 by their published names."""

from __future__ import annotations

from typing import Any

from migrant_office.models.directory import classification, contact, location, organization, provenance, service

TABLES: dict[str, type[Any]] = {
    "organization": organization.HsdsOrganization,
    "program": organization.HsdsProgram,
    "service": service.HsdsService,
    "attribute": classification.HsdsAttribute,
    "service_at_location": service.HsdsServiceAtLocation,
    "location": location.HsdsLocation,
    "phone": contact.HsdsPhone,
    "contact": contact.HsdsContact,
    "address": location.HsdsAddress,
    "schedule": contact.HsdsSchedule,
    "funding": organization.HsdsFunding,
    "service_area": service.HsdsServiceArea,
    "required_document": service.HsdsRequiredDocument,
    "language": contact.HsdsLanguage,
    "accessibility": location.HsdsAccessibility,
    "taxonomy_term": classification.HsdsTaxonomyTerm,
    "metadata": provenance.HsdsMetadata,
    "meta_table_description": provenance.HsdsMetaTableDescription,
    "cost_option": service.HsdsCostOption,
    "organization_identifier": organization.HsdsOrganizationIdentifier,
    "taxonomy": classification.HsdsTaxonomy,
}
SUBJECTS = ("service", "organization", "location", "taxonomy")  # each has a document; the rows of others lie in theirs
OURS = ("id", "package", "row", "extra")  # what a noun holds beside the columns of its table
